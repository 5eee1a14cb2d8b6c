#!/usr/bin/env bash
# Version: pyoxigraph 0.5.13 (Python 3.11).
# Behaviour: triples in named graphs take more than twice the room on disk that the same triples take
#   in the default graph, however few graphs there are: a store keeps three orders of the default
#   graph, and six of what stands in graphs. Who sizes a disk by triples alone finds it full.
# Seen on 2026-11-30, of 100,000 triples (7.8 MB without graphs, 20.8 MB in 2,000 graphs):
#   in 1 graph, more than twice: True
#   in 2000 graphs, more than twice: True
# Fails (exit 1) where the package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q 'pyoxigraph==0.5.13'
seen=$("$folder/venv/bin/python" - <<'PY'
import tempfile
from pathlib import Path

from pyoxigraph import RdfFormat, Store

COUNT = 100_000


def room(graphs: int) -> int:
    """Bytes on disk of the triples in so many named graphs; 0 for the default graph."""
    lines = []
    for n in range(COUNT):
        graph = f" <https://e.org/g/{n % graphs}>" if graphs else ""
        triple = f"<https://e.org/s/{n // 10}> <https://e.org/p/{n % 10}> <https://e.org/o/{n % 5000}>"
        lines.append(f"{triple}{graph} .\n")
    with tempfile.TemporaryDirectory() as place:
        store = Store(place)
        store.bulk_load(input="".join(lines).encode(), format=RdfFormat.N_QUADS)
        store.optimize()
        store.flush()
        assert len(store) == COUNT
        del store
        return sum(file.stat().st_size for file in Path(place).glob("*.sst"))


plain = room(0)
for graphs in (1, 2000):
    print(f"in {graphs} graph{'s' * (graphs > 1)}, more than twice: {room(graphs) > 2 * plain}")
PY
)
echo "$seen"
[ "$seen" = "in 1 graph, more than twice: True
in 2000 graphs, more than twice: True" ]
