#!/usr/bin/env bash
# Version: pyshacl 0.40.1 with rdflib 7.6.0, shacl 0.3.4, pyrudof 0.3.35 (Python 3.11), shacl-engine
#   1.1.2, rdf-validate-shacl 0.6.5 (Node.js 20).
# Behaviour: sh:datatype also means that a value is well-formed, and no two engines see the same. pySHACL
#   takes what Python's own readers take (1_000, NaN, a day for a dateTime), pyrudof a part of that, the
#   engines in JavaScript go by patterns and take the 30th of February, one of them a month 13. Only the
#   package "shacl" rejects all six. Data that passed one engine break in the next.
#   Specification: SHACL, 4.1.2 (for the datatypes that SPARQL 1.1 knows, a literal must not be
#   ill-typed); XML Schema Definition Language 1.1, part 2, 3.3.3, 3.3.7, 3.4.13.
# Seen on 2026-11-30 (a literal that is none of its datatype | what sh:datatype says of it by
#   pyshacl | shacl | pyrudof | shacl-engine | rdf-validate-shacl):
#   1_000 xsd:integer | ok | broken | broken | broken | broken
#   1_000.5 xsd:decimal | ok | broken | ok | broken | broken
#   NaN xsd:decimal | ok | broken | broken | broken | broken
#   2023-01-01 xsd:dateTime | ok | broken | broken | broken | broken
#   2023-02-30T00:00:00 xsd:dateTime | broken | broken | broken | ok | ok
#   2023-13-01T00:00:00 xsd:dateTime | broken | broken | broken | broken | ok
# Fails (exit 1) where an engine behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q 'pyshacl==0.40.1' 'rdflib==7.6.0' 'shacl==0.3.4' 'pyrudof==0.3.35'
npm install --silent --no-audit --no-fund shacl-engine@1.1.2 rdf-validate-shacl@0.6.5 n3@2.13.12 \
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
    f"{value} xsd:{name}": case(f"sh:datatype xsd:{name}", f'"{value}"^^xsd:{name}')
    for value, name in (
        ("1_000", "integer"),
        ("1_000.5", "decimal"),
        ("NaN", "decimal"),
        ("2023-01-01", "dateTime"),
        ("2023-02-30T00:00:00", "dateTime"),
        ("2023-13-01T00:00:00", "dateTime"),
    )
}
PY
cat >run.mjs <<'JS'
import { readFileSync } from "node:fs";
import rdfDataset from "@rdfjs/dataset";
import { DataFactory, Parser } from "n3";
import RdfValidateShacl from "rdf-validate-shacl";
import { Validator } from "shacl-engine";

const dataset = (text) => rdfDataset.dataset(new Parser().parse(text));
const factory = { ...DataFactory, ...rdfDataset };
const answers = {};
for (const [name, [shapes, data]] of Object.entries(JSON.parse(readFileSync(0)))) {
  const engine = new Validator(dataset(shapes), { factory });
  const other = new RdfValidateShacl(dataset(shapes));
  answers[name] = [
    (await engine.validate({ dataset: dataset(data) })).conforms,
    (await other.validate(dataset(data))).conforms,
  ];
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
    conforms = (by_pyshacl(shapes, data), fast, by_rudof(shapes, data), *theirs[name])
    print(name, *("ok" if one else "broken" for one in conforms), sep=" | ")
PY
seen=$(venv/bin/python -W ignore run.py)
expected='1_000 xsd:integer | ok | broken | broken | broken | broken
1_000.5 xsd:decimal | ok | broken | ok | broken | broken
NaN xsd:decimal | ok | broken | broken | broken | broken
2023-01-01 xsd:dateTime | ok | broken | broken | broken | broken
2023-02-30T00:00:00 xsd:dateTime | broken | broken | broken | ok | ok
2023-13-01T00:00:00 xsd:dateTime | broken | broken | broken | broken | ok'
echo "$seen"
[ "$seen" = "$expected" ]
