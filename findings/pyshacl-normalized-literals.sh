#!/usr/bin/env bash
# Version: pyshacl 0.40.1 with rdflib 7.6.0, shacl 0.3.4, pyrudof 0.3.35 (Python 3.11), rdf-validate-shacl
#   0.6.5 (Node.js 20).
# Behaviour: pySHACL judges literals as rdflib rewrites them on reading, and not as the file has them: 1
#   and 01 are one value to sh:maxCount, 01 is in the list (1); a pattern that 007 fulfils is broken
#   by "7", and one for dates with a time zone by a date whose zone was taken away. Three other engines
#   agree on the opposite of each. Text or a file in place of a graph changes nothing; what helps is a
#   graph whose literals were made with normalize=False.
#   Specification: SHACL, 1.1 and 4.2.2, 4.4.3, 4.8.3 (terms, and lexical forms as str() gives them);
#   RDF 1.1 Concepts and Abstract Syntax, 3.3 (literals are the same term where their forms are).
# Seen on 2026-11-30 (a constraint and values | what is said by
#   pyshacl | shacl | pyrudof | rdf-validate-shacl):
#   sh:maxCount 1, of 1 and 01 | ok | broken | broken | broken
#   sh:in (1), of 01 | ok | broken | broken | broken
#   sh:pattern "^00", of 007 | broken | ok | ok | ok
#   sh:pattern "Z$", of 2024-05-01Z | broken | ok | ok | ok
# Fails (exit 1) where an engine behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q 'pyshacl==0.40.1' 'rdflib==7.6.0' 'shacl==0.3.4' 'pyrudof==0.3.35'
npm install --silent --no-audit --no-fund rdf-validate-shacl@0.6.5 n3@2.13.12 \
  @rdfjs/dataset@2.0.3 >/dev/null
cat >cases.py <<'PY'
PREFIXES = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <http://e.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def case(constraint: str, values: str) -> list[str]:
    shapes = f"e:S a sh:NodeShape ; sh:targetNode e:a ; sh:property [ sh:path e:p ; {constraint} ] ."
    return [PREFIXES + shapes, f"{PREFIXES} e:a e:p {values} ."]


CASES = {
    "sh:maxCount 1, of 1 and 01": case("sh:maxCount 1", "1, 01"),
    "sh:in (1), of 01": case("sh:in (1)", "01"),
    'sh:pattern "^00", of 007': case('sh:pattern "^00"', "007"),
    'sh:pattern "Z$", of 2024-05-01Z': case('sh:pattern "Z$"', '"2024-05-01Z"^^xsd:date'),
}
PY
cat >run.mjs <<'JS'
import { readFileSync } from "node:fs";
import rdfDataset from "@rdfjs/dataset";
import { Parser } from "n3";
import RdfValidateShacl from "rdf-validate-shacl";

const dataset = (text) => rdfDataset.dataset(new Parser().parse(text));
const answers = {};
for (const [name, [shapes, data]] of Object.entries(JSON.parse(readFileSync(0)))) {
  const engine = new RdfValidateShacl(dataset(shapes));
  answers[name] = (await engine.validate(dataset(data))).conforms;
}
console.log(JSON.stringify(answers));
JS
cat >run.py <<'PY'
import json
import logging
import subprocess

import pyrudof
import pyshacl
import rdflib
import shacl

from cases import CASES

logging.disable(logging.CRITICAL)


def by_pyshacl(shapes: str, data: str) -> bool:
    graph, shapes_graph = (rdflib.Graph().parse(data=text) for text in (data, shapes))
    return pyshacl.validate(graph, shacl_graph=shapes_graph)[0]


def by_rudof(shapes: str, data: str) -> bool:
    rudof = pyrudof.Rudof(pyrudof.RudofConfig())
    rudof.read_data(data)
    rudof.read_shacl(shapes)
    return rudof.validate_shacl().conforms


theirs = json.loads(
    subprocess.run(["node", "run.mjs"], input=json.dumps(CASES), stdout=-1, text=True).stdout
)
for name, (shapes, data) in CASES.items():
    fast = shacl.Shapes.from_turtle(shapes).validate_turtle(data).conforms
    conforms = (by_pyshacl(shapes, data), fast, by_rudof(shapes, data), theirs[name])
    print(name, *("ok" if one else "broken" for one in conforms), sep=" | ")
PY
seen=$(venv/bin/python -W ignore run.py)
expected='sh:maxCount 1, of 1 and 01 | ok | broken | broken | broken
sh:in (1), of 01 | ok | broken | broken | broken
sh:pattern "^00", of 007 | broken | ok | ok | ok
sh:pattern "Z$", of 2024-05-01Z | broken | ok | ok | ok'
echo "$seen"
[ "$seen" = "$expected" ]
