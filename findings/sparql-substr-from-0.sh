#!/usr/bin/env bash
# Version: rdflib 7.6.0, pyoxigraph 0.5.13, elementpath 5.1.4 (Python 3.11),
#   @comunica/query-sparql-rdfjs-lite 5.2.3, n3 2.13.12 (npm; Node.js 20).
# Behaviour: SUBSTR counts from 1, and offsets of annotations from 0. Who forgets to add one does not get
#   one letter too many or too few from rdflib and Comunica, but the last letter of the text, or nothing:
#   what is before the first letter is counted from the end, as their languages do. Nothing says so. As
#   specified, the place before the first letter is empty, and the rest is given, as Oxigraph does.
#   Specification: SPARQL 1.1 Query Language, 17.4.3.3 (SUBSTR is XPath's fn:substring; the first letter is
#   at 1); XQuery 1.0 and XPath 2.0 Functions and Operators, 7.4.3 (fn:substring("12345", 0, 3) is "12").
# Seen on 2026-11-30, of "12345" (start, length | rdflib | Comunica | pyoxigraph | XPath):
#   1, 3 | '123' | '123' | '123' | '123'
#   0, 3 | '' | '' | '12' | '12'
#   0 | '5' | '5' | '12345' | '12345'
#   -1 | '45' | '45' | '12345' | '12345'
#   -1, 3 | '' | '' | '1' | '1'
#   4, 9 | '45' | '45' | '45' | '45'
# Fails (exit 1) where an engine behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @comunica/query-sparql-rdfjs-lite@5.2.3 n3@2.13.12 >/dev/null &
python3 -m venv venv
venv/bin/pip install -q 'rdflib==7.6.0' 'pyoxigraph==0.5.13' 'elementpath==5.1.4'
wait "$!"
cat >run.mjs <<'JS'
import { readFileSync } from "node:fs";
import { QueryEngine } from "@comunica/query-sparql-rdfjs-lite";
import { Store } from "n3";

const engine = new QueryEngine();
const answers = [];
for (const query of JSON.parse(readFileSync(0))) {
  const rows = await engine.queryBindings(query, { sources: [new Store()] });
  answers.push((await rows.toArray())[0].get("x").value);
}
console.log(JSON.stringify(answers));
JS
cat >run.py <<'PY'
import json
import subprocess
from xml.etree.ElementTree import XML

import elementpath
import pyoxigraph
import rdflib
from elementpath.xpath3 import XPath3Parser

PLACES = ["1, 3", "0, 3", "0", "-1", "-1, 3", "4, 9"]
queries = [f'SELECT (SUBSTR("12345", {place}) AS ?x) {{}}' for place in PLACES]
theirs = subprocess.run(["node", "run.mjs"], input=json.dumps(queries), stdout=-1, text=True).stdout
for place, query, comunica in zip(PLACES, queries, json.loads(theirs), strict=True):
    by_rdflib = str(next(iter(rdflib.Graph().query(query)))[0])
    oxigraph = next(iter(pyoxigraph.Store().query(query)))["x"].value
    meant = elementpath.select(XML("<a/>"), f'substring("12345", {place})', parser=XPath3Parser)
    print(place, *map(repr, (by_rdflib, comunica, oxigraph, meant)), sep=" | ")
PY
seen=$(venv/bin/python -W ignore run.py)
expected="1, 3 | '123' | '123' | '123' | '123'
0, 3 | '' | '' | '12' | '12'
0 | '5' | '5' | '12345' | '12345'
-1 | '45' | '45' | '12345' | '12345'
-1, 3 | '' | '' | '1' | '1'
4, 9 | '45' | '45' | '45' | '45'"
echo "$seen"
[ "$seen" = "$expected" ]
