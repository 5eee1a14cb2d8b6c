#!/usr/bin/env bash
# Version: PyLD 3.3.0, rdflib 7.6.0 (Python 3.11), rdf-canonize 5.0.0 (Node.js 20).
# Behaviour: PyLD does not read the numeric escapes of N-Quads: "Z\u00FCrich" is a text with a backslash
#   and five letters and digits in the middle, in literals and in IRIs, without a word. Written out, the
#   backslash is escaped once more. So files of writers that keep to ASCII are read as other names, and
#   their canonical form, and what is hashed or signed, is another than elsewhere.
#   Specification: RDF 1.1 N-Quads, 3 (grammar: UCHAR in STRING_LITERAL_QUOTE and in IRIREF), 2.2 and 2.3.
# Seen on 2026-11-30 (canonical form of <http://e.org/Z\u00FCrich> <http://e.org/name> "Z\u00FCrich"):
#   PyLD <http://e.org/Z\u00FCrich> <http://e.org/name> "Z\\u00FCrich" .
#   rdf-canonize <http://e.org/Zürich> <http://e.org/name> "Zürich" .
#   rdflib <http://e.org/Zürich> <http://e.org/name> "Zürich" .
# Fails (exit 1) where a package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q 'pyld==3.3.0' 'rdflib==7.6.0'
npm install --silent --no-audit --no-fund rdf-canonize@5.0.0 >/dev/null
cat >triple.nq <<'NQ'
<http://e.org/Z\u00FCrich> <http://e.org/name> "Z\u00FCrich" .
NQ
cat >run.js <<'JS'
const { canonize } = require("rdf-canonize");
const text = require("fs").readFileSync("triple.nq", "utf8");
const options = { algorithm: "RDFC-1.0", inputFormat: "application/n-quads" };
canonize(text, { ...options, format: "application/n-quads" }).then((canonical) =>
  process.stdout.write(`rdf-canonize ${canonical}`),
);
JS
cat >run.py <<'PY'
import subprocess
from pathlib import Path

from pyld import jsonld
from rdflib import Graph
from rdflib.compare import to_canonical_graph

text = Path("triple.nq").read_text("utf-8")
options = {"inputFormat": "application/n-quads", "format": "application/n-quads"}
print("PyLD", jsonld.normalize(text, {"algorithm": "URDNA2015", **options}).strip())
print(subprocess.check_output(["node", "run.js"], text=True, encoding="utf-8").strip())
canonical = to_canonical_graph(Graph().parse(data=text, format="nt"))
print("rdflib", canonical.serialize(format="nt").strip())
PY
seen=$(PYTHONIOENCODING=utf-8 venv/bin/python run.py)
expected='PyLD <http://e.org/Z\u00FCrich> <http://e.org/name> "Z\\u00FCrich" .
rdf-canonize <http://e.org/Zürich> <http://e.org/name> "Zürich" .
rdflib <http://e.org/Zürich> <http://e.org/name> "Zürich" .'
echo "$seen"
[ "$seen" = "$expected" ]
