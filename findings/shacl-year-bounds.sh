#!/usr/bin/env bash
# Version: pyshacl 0.40.1 with rdflib 7.6.0, shacl 0.3.4, pyrudof 0.3.35 (Python 3.11), rdf-validate-shacl
#   0.6.5 (Node.js 20).
# Behaviour: a bound for years (xsd:gYear), as catalogues and citations have them, is broken by every
#   year, however small, in two engines, and works as a person expects in two. It is no accident:
#   values are compared with SPARQL's "<", which knows no xsd:gYear, and what cannot be compared breaks
#   the bound. So shapes that were written beside one engine reject all data in the next. And of a
#   date and a year, it is pySHACL and rdf-validate-shacl that find an order.
#   Specification: SHACL, 4.3 (value range constraints); SPARQL 1.1 Query Language, 17.3 (operators).
# Seen on 2026-11-30 (a value and its sh:maxInclusive | what is said by
#   pyshacl | shacl | pyrudof | rdf-validate-shacl):
#   2024, 2030 | broken | broken | ok | ok
#   2034, 2030 | broken | broken | broken | broken
#   2024-05-01, 2030 | ok | broken | broken | ok
#   2024-05-01, 2030-01-01 | ok | ok | ok | ok
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


YEAR = '"2030"^^xsd:gYear'
CASES = {
    "2024, 2030": case(f"sh:maxInclusive {YEAR}", '"2024"^^xsd:gYear'),
    "2034, 2030": case(f"sh:maxInclusive {YEAR}", '"2034"^^xsd:gYear'),
    "2024-05-01, 2030": case(f"sh:maxInclusive {YEAR}", '"2024-05-01"^^xsd:date'),
    "2024-05-01, 2030-01-01": case(
        'sh:maxInclusive "2030-01-01"^^xsd:date', '"2024-05-01"^^xsd:date'
    ),
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
expected='2024, 2030 | broken | broken | ok | ok
2034, 2030 | broken | broken | broken | broken
2024-05-01, 2030 | ok | broken | broken | ok
2024-05-01, 2030-01-01 | ok | ok | ok | ok'
echo "$seen"
[ "$seen" = "$expected" ]
