#!/usr/bin/env bash
# Version: pyoxigraph 0.5.13 (Python 3.11).
# Behaviour: a Store gives numbers and times back in another lexical form than they were loaded in, so
#   that what is dumped is not the graph that was loaded: two literals are the same term only where
#   their lexical forms are (RDF 1.1 Concepts, 3.3). The parser of the same package keeps the forms.
# Seen on 2026-11-29, loaded, then from the parser, then from the store:
#   decimal   3.20                      3.20                      3.2
#   integer   007                       007                       7
#   double    1.5e2                     1.5e2                     150
#   dateTime  2024-01-01T00:00:00.000Z  2024-01-01T00:00:00.000Z  2024-01-01T00:00:00Z
# Fails (exit 1) where the package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q 'pyoxigraph==0.5.13'
seen=$("$folder/venv/bin/python" - <<'PY'
from pyoxigraph import RdfFormat, Store, parse

literals = {
    "decimal": "3.20",
    "integer": "007",
    "double": "1.5e2",
    "dateTime": "2024-01-01T00:00:00.000Z",
}
for name, lexical in literals.items():
    datatype = f"http://www.w3.org/2001/XMLSchema#{name}"
    data = f'<https://e.org/s> <https://e.org/p> "{lexical}"^^<{datatype}> .\n'.encode()
    (parsed,) = parse(data, format=RdfFormat.N_TRIPLES)
    store = Store()
    store.load(data, format=RdfFormat.N_TRIPLES)
    (stored,) = store
    print(f"{name:<9} {lexical:<25} {parsed.object.value:<25} {stored.object.value}")
PY
)
expected='decimal   3.20                      3.20                      3.2
integer   007                       007                       7
double    1.5e2                     1.5e2                     150
dateTime  2024-01-01T00:00:00.000Z  2024-01-01T00:00:00.000Z  2024-01-01T00:00:00Z'
echo "$seen"
[ "$seen" = "$expected" ]
