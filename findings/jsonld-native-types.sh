#!/usr/bin/env bash
# Version: jsonld 9.0.0 (npm, jsonld.js; Node.js 20), PyLD 3.3.0 (Python 3.11).
# Behaviour: with useNativeTypes, which makes integers JSON numbers, jsonld.js leaves an integer that is
#   not written in the shortest way (007, +5), or that a JavaScript number cannot hold, as a string and
#   drops its datatype: it comes back as an xsd:string. Without useNativeTypes all come back as they were.
#   Specification: JSON-LD 1.1 Processing Algorithms and API, 8.5.2 (RDF to object conversion: a valid
#   xsd:integer becomes a number, and what is not converted keeps its datatype).
# Seen on 2026-11-30 (literal | jsonld.js, there and back | PyLD, there and back):
#   "7"^^xsd:integer | 7, integer | 7, integer
#   "007"^^xsd:integer | "007", string | 7, integer
#   "+5"^^xsd:integer | "+5", string | 5, integer
#   "9007199254740993"^^xsd:integer | "9007199254740993", string | 9007199254740993, integer
# Fails (exit 1) where a package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q 'pyld==3.3.0'
npm install --silent --no-audit --no-fund jsonld@9.0.0 >/dev/null
cat >run.js <<'JS'
const jsonld = require("jsonld");
(async () => {
  const format = { format: "application/n-quads" };
  const document = await jsonld.fromRDF(process.argv[2], { ...format, useNativeTypes: true });
  const value = document[0]["http://e.org/p"][0]["@value"];
  const [quad] = await jsonld.toRDF(document);
  console.log(`${JSON.stringify(value)}, ${quad.object.datatype.value.split("#")[1]}`);
})();
JS
cat >run.py <<'PY'
import json
import subprocess

from pyld import jsonld

for lexical in ("7", "007", "+5", "9007199254740993"):
    typed = f'"{lexical}"^^<http://www.w3.org/2001/XMLSchema#integer>'
    triple = f"<http://e.org/a> <http://e.org/p> {typed} .\n"
    theirs = subprocess.check_output(["node", "run.js", triple], text=True).strip()
    document = jsonld.from_rdf(triple, {"format": "application/n-quads", "useNativeTypes": True})
    value = document[0]["http://e.org/p"][0]["@value"]
    ((back,),) = jsonld.to_rdf(document).values()
    datatype = back["object"]["datatype"].partition("#")[2]
    print(f'"{lexical}"^^xsd:integer | {theirs} | {json.dumps(value)}, {datatype}')
PY
seen=$(venv/bin/python run.py)
expected='"7"^^xsd:integer | 7, integer | 7, integer
"007"^^xsd:integer | "007", string | 7, integer
"+5"^^xsd:integer | "+5", string | 5, integer
"9007199254740993"^^xsd:integer | "9007199254740993", string | 9007199254740993, integer'
echo "$seen"
[ "$seen" = "$expected" ]
