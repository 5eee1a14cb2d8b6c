#!/usr/bin/env bash
# Version: pyshacl 0.40.1 with rdflib 7.6.0, shacl 0.3.4, pyrudof 0.3.35 (Python 3.11), shacl-engine
#   1.1.2, rdf-validate-shacl 0.6.5 (Node.js 20).
# Behaviour: a shape that is a class as well, and has no sh:targetClass, is meant for the instances of
#   that class; which kinds of class count is decided by each engine. With owl:Class, as ontologies
#   write it, three engines check nothing at all and report that the data conform; with the axiom that
#   an owl:Class is an rdfs:Class beside it, which the specification asks for, still two. One engine
#   takes a shape that is no class for a class.
#   Specification: SHACL, 2.1.3.3 (the shape must be a SHACL instance of rdfs:Class in the shapes graph).
# Seen on 2026-11-30 (what the shape is beside a sh:NodeShape | what is said of data that break it by
#   pyshacl | shacl | pyrudof | shacl-engine | rdf-validate-shacl):
#   rdfs:Class | broken | broken | broken | broken | broken
#   owl:Class | broken | ok | ok | broken | ok
#   owl:Class, with the axiom | broken | ok | ok | broken | broken
#   no class | ok | ok | ok | broken | ok
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


def shape(classes: str, axiom: str = "") -> list[str]:
    """Shapes that ask each instance of e:C for a label, and an instance without one."""
    property_shape = "sh:property [ sh:path rdfs:label ; sh:minCount 1 ]"
    shapes = f"{PREFIXES} e:C a sh:NodeShape {classes} ; {property_shape} . {axiom}"
    return [shapes, f"{PREFIXES} e:a a e:C ."]


CASES = {
    "rdfs:Class": shape(", rdfs:Class"),
    "owl:Class": shape(", owl:Class"),
    "owl:Class, with the axiom": shape(", owl:Class", "owl:Class rdfs:subClassOf rdfs:Class ."),
    "no class": shape(""),
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
expected='rdfs:Class | broken | broken | broken | broken | broken
owl:Class | broken | ok | ok | broken | ok
owl:Class, with the axiom | broken | ok | ok | broken | broken
no class | ok | ok | ok | broken | ok'
echo "$seen"
[ "$seen" = "$expected" ]
