#!/usr/bin/env bash
# Version: pyshacl 0.40.1 with rdflib 7.6.0, shacl 0.3.4, pyrudof 0.3.35 (Python 3.11), shacl-engine
#   1.1.2, rdf-validate-shacl 0.6.5 (Node.js 20).
# Behaviour: shacl-engine looks for subclasses in the shapes, and not in the data. With the ontology in
#   the data, where the specification puts it, targets by class miss the instances of subclasses, so
#   that broken data conform, and sh:class rejects them; with the ontology in the shapes it is the only
#   one of five engines that finds any. Whoever changes the engine moves the ontology, or has it in both.
#   Specification: SHACL, 1.1 (SHACL subclass), 2.1.3.2 and 4.1.1 (SHACL instances in the data graph).
# Seen on 2026-11-30 (what is asked, where rdfs:subClassOf stands | what is said by
#   pyshacl | shacl | pyrudof | shacl-engine | rdf-validate-shacl):
#   target of an instance without e:p, data | broken | broken | broken | ok | broken
#   target of an instance without e:p, shapes | ok | ok | ok | broken | ok
#   sh:class, data | ok | ok | ok | broken | ok
#   sh:class, shapes | broken | broken | broken | ok | broken
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

TARGET = "e:S a sh:NodeShape ; sh:targetClass e:C ; sh:property [ sh:path e:p ; sh:minCount 1 ] ."
CLASS = "e:S a sh:NodeShape ; sh:targetNode e:a ; sh:property [ sh:path e:p ; sh:class e:C ] ."
AXIOM = "e:D rdfs:subClassOf e:C ."


def case(shapes: str, data: str) -> list[str]:
    return [PREFIXES + shapes, PREFIXES + data]


CASES = {
    "target of an instance without e:p, data": case(TARGET, f"e:a a e:D . {AXIOM}"),
    "target of an instance without e:p, shapes": case(TARGET + AXIOM, "e:a a e:D ."),
    "sh:class, data": case(CLASS, f"e:a e:p e:b . e:b a e:D . {AXIOM}"),
    "sh:class, shapes": case(CLASS + AXIOM, "e:a e:p e:b . e:b a e:D ."),
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
expected='target of an instance without e:p, data | broken | broken | broken | ok | broken
target of an instance without e:p, shapes | ok | ok | ok | broken | ok
sh:class, data | ok | ok | ok | broken | ok
sh:class, shapes | broken | broken | broken | ok | broken'
echo "$seen"
[ "$seen" = "$expected" ]
