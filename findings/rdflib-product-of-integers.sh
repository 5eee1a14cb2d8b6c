#!/usr/bin/env bash
# Version: rdflib 7.6.0, pyoxigraph 0.5.13, shacl 0.3.4 (Python 3.11), @comunica/query-sparql-rdfjs-lite 5.2.3,
#   n3 2.13.12 (npm; Node.js 20).
# Behaviour: the product of two whole numbers is an xsd:decimal in rdflib, while their sum is an xsd:integer;
#   a product with an xsd:float is one too, and the decimal is written 6.0 to Turtle. What a CONSTRUCT or
#   an update makes so is not found by a pattern with 6, and shapes that ask for integers reject it. In
#   print both are 6, so that a trial shows nothing. Oxigraph and Comunica keep the type.
#   Specification: SPARQL 1.1 Query Language, 17.3 (op:numeric-multiply); XQuery 1.0 and XPath 2.0 Functions
#   and Operators, 6.2 (integers give an integer, but for division; with an xs:float, an xs:float).
# Seen on 2026-11-30 (what is computed | datatype in rdflib | pyoxigraph | Comunica):
#   2 + 3 | integer | integer | integer
#   2 * 3 | decimal | integer | integer
#   2 * 3 - 1 | decimal | integer | integer
#   "2"^^xsd:float * 3 | decimal | float | float
#   INSERT of 2 * 3 in rdflib, rows of { ?s e:p 6 } | 0
#   and sh:datatype xsd:integer on it | broken
# Fails (exit 1) where an engine behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @comunica/query-sparql-rdfjs-lite@5.2.3 n3@2.13.12 >/dev/null &
python3 -m venv venv
venv/bin/pip install -q 'rdflib==7.6.0' 'pyoxigraph==0.5.13' 'shacl==0.3.4'
wait "$!"
cat >run.mjs <<'JS'
import { readFileSync } from "node:fs";
import { QueryEngine } from "@comunica/query-sparql-rdfjs-lite";
import { Store } from "n3";

const engine = new QueryEngine();
const answers = [];
for (const query of JSON.parse(readFileSync(0))) {
  const rows = await engine.queryBindings(query, { sources: [new Store()] });
  answers.push((await rows.toArray())[0].get("x").datatype.value);
}
console.log(JSON.stringify(answers));
JS
cat >run.py <<'PY'
import json
import subprocess

import pyoxigraph
import rdflib
import shacl

XSD = "http://www.w3.org/2001/XMLSchema#"
CASES = ["2 + 3", "2 * 3", "2 * 3 - 1", '"2"^^xsd:float * 3']
SHAPES = f"""@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <http://e.org/> .
e:S a sh:NodeShape ; sh:targetNode e:a ; sh:property [ sh:path e:p ; sh:datatype <{XSD}integer> ] ."""

queries = [f"PREFIX xsd: <{XSD}> SELECT ({case} AS ?x) {{}}" for case in CASES]
theirs = subprocess.run(["node", "run.mjs"], input=json.dumps(queries), stdout=-1, text=True).stdout
for case, query, comunica in zip(CASES, queries, json.loads(theirs), strict=True):
    by_rdflib = next(iter(rdflib.Graph().query(query)))[0].datatype
    oxigraph = next(iter(pyoxigraph.Store().query(query)))["x"].datatype.value
    print(case, *(one.removeprefix(XSD) for one in (by_rdflib, oxigraph, comunica)), sep=" | ")
graph = rdflib.Graph()
graph.update("PREFIX e: <http://e.org/> INSERT { e:a e:p ?x } WHERE { BIND(2 * 3 AS ?x) }")
rows = len(graph.query("SELECT ?s { ?s <http://e.org/p> 6 }"))
print("INSERT of 2 * 3 in rdflib, rows of { ?s e:p 6 }", rows, sep=" | ")
conforms = shacl.Shapes.from_turtle(SHAPES).validate_turtle(graph.serialize()).conforms
print("and sh:datatype xsd:integer on it", "ok" if conforms else "broken", sep=" | ")
PY
seen=$(venv/bin/python -W ignore run.py)
expected='2 + 3 | integer | integer | integer
2 * 3 | decimal | integer | integer
2 * 3 - 1 | decimal | integer | integer
"2"^^xsd:float * 3 | decimal | float | float
INSERT of 2 * 3 in rdflib, rows of { ?s e:p 6 } | 0
and sh:datatype xsd:integer on it | broken'
echo "$seen"
[ "$seen" = "$expected" ]
