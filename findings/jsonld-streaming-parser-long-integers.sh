#!/usr/bin/env bash
# Version: jsonld-streaming-parser 5.0.1, jsonld 9.0.0 (npm; Node.js 20), PyLD 3.3.0, pyoxigraph 0.5.13
#   (Python 3.11).
# Behaviour: a whole JSON number of more than 2^53 is read as a string (xsd:string), its digits kept;
#   below zero as a number that is rounded. Queries that compare or add leave such values out, of which
#   nobody is told. It is the reader of JSON-LD that Comunica uses. The others give an xsd:integer,
#   jsonld.js a rounded one.
#   Specification: JSON-LD 1.1 Processing Algorithms and API, 8.2.2 (object to RDF conversion, step 11).
# Seen on 2026-11-30 (of 9007199254740993 | of -9007199254740993):
#   jsonld-streaming-parser string 9007199254740993 | integer -9007199254740992
#   jsonld.js integer 9007199254740992 | integer -9007199254740992
#   PyLD integer 9007199254740993 | integer -9007199254740993
#   pyoxigraph integer 9007199254740993 | integer -9007199254740993
# Fails (exit 1) where a package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q 'pyld==3.3.0' 'pyoxigraph==0.5.13'
npm install --silent --no-audit --no-fund jsonld-streaming-parser@5.0.1 jsonld@9.0.0 >/dev/null
cat >run.js <<'JS'
const jsonld = require("jsonld");
const { JsonLdParser } = require("jsonld-streaming-parser");
const documents = ["9007199254740993", "-9007199254740993"].map(
  (number) => `{"@id": "http://e.org/a", "http://e.org/p": ${number}}`,
);
const told = ({ datatype, value }) => `${datatype.value.split("#")[1]} ${value}`;
const stream = (text) =>
  new Promise((resolve, reject) => {
    const parser = new JsonLdParser();
    parser.on("data", (quad) => resolve(told(quad.object)));
    parser.on("error", reject);
    parser.end(text);
  });
const whole = async (text) => told((await jsonld.toRDF(JSON.parse(text)))[0].object);
(async () => {
  for (const [name, read] of [["jsonld-streaming-parser", stream], ["jsonld.js", whole]])
    console.log(name, (await Promise.all(documents.map(read))).join(" | "));
})();
JS
cat >run.py <<'PY'
import json

import pyoxigraph
from pyld import jsonld


def by_pyld(text: str) -> tuple[str, str]:
    ((triple,),) = jsonld.to_rdf(json.loads(text)).values()
    return triple["object"]["datatype"], triple["object"]["value"]


def by_pyoxigraph(text: str) -> tuple[str, str]:
    (quad,) = pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.JSON_LD)
    return quad.object.datatype.value, quad.object.value


for name, read in {"PyLD": by_pyld, "pyoxigraph": by_pyoxigraph}.items():
    told = []
    for number in ("9007199254740993", "-9007199254740993"):
        datatype, value = read(f'{{"@id": "http://e.org/a", "http://e.org/p": {number}}}')
        told.append(f"{datatype.partition('#')[2]} {value}")
    print(name, " | ".join(told))
PY
seen=$(node run.js && venv/bin/python run.py)
expected='jsonld-streaming-parser string 9007199254740993 | integer -9007199254740992
jsonld.js integer 9007199254740992 | integer -9007199254740992
PyLD integer 9007199254740993 | integer -9007199254740993
pyoxigraph integer 9007199254740993 | integer -9007199254740993'
echo "$seen"
[ "$seen" = "$expected" ]
