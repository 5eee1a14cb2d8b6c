#!/usr/bin/env bash
# Version: maplib 0.20.26, pyoxigraph 0.5.13 (Python 3.11).
# Behaviour: triples whose literal has no place in a column of maplib are gone after reading, without
#   an error or a warning: true written as 1, integers of more than 64 bits, days with a time zone, years
#   of five digits, midnight as 24:00. Long decimals stay, with twelve digits behind the point. Each is a
#   valid literal of its datatype, and pyoxigraph has them all.
#   Specification: XML Schema Definition Language 1.1, part 2, 3.3.2, 3.3.3, 3.3.7, 3.3.9, 3.4.13.
# Seen on 2026-11-30 (read | what the model has of it):
#   "1"^^xsd:boolean | nothing
#   "12345678901234567890"^^xsd:integer | nothing
#   "2024-05-01Z"^^xsd:date | nothing
#   "12024-05-01"^^xsd:date | nothing
#   "2024-05-01T24:00:00"^^xsd:dateTime | nothing
#   "0.12345678901234567890"^^xsd:decimal | "0.123456789012"
#   "2024-05-01"^^xsd:date | "2024-05-01"
# Fails (exit 1) where the package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q 'maplib==0.20.26' 'pyoxigraph==0.5.13'
seen=$("$folder/venv/bin/python" - 2>/dev/null <<'PY'
import maplib
import pyoxigraph

literals = (
    ("1", "boolean"),
    ("12345678901234567890", "integer"),
    ("2024-05-01Z", "date"),
    ("12024-05-01", "date"),
    ("2024-05-01T24:00:00", "dateTime"),
    ("0.12345678901234567890", "decimal"),
    ("2024-05-01", "date"),
)
for lexical, name in literals:
    typed = f'"{lexical}"^^<http://www.w3.org/2001/XMLSchema#{name}>'
    triple = f"<http://e.org/a> <http://e.org/p> {typed} .\n"
    (quad,) = pyoxigraph.parse(triple, format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert quad.object.value == lexical
    model = maplib.Model()
    model.reads(triple, format="ntriples")
    written = model.writes(format="ntriples")
    found = f'"{written.split(chr(34))[1]}"' if written else "nothing"
    print(f'"{lexical}"^^xsd:{name} | {found}')
PY
)
expected='"1"^^xsd:boolean | nothing
"12345678901234567890"^^xsd:integer | nothing
"2024-05-01Z"^^xsd:date | nothing
"12024-05-01"^^xsd:date | nothing
"2024-05-01T24:00:00"^^xsd:dateTime | nothing
"0.12345678901234567890"^^xsd:decimal | "0.123456789012"
"2024-05-01"^^xsd:date | "2024-05-01"'
echo "$seen"
[ "$seen" = "$expected" ]
