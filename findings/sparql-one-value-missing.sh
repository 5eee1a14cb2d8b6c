#!/usr/bin/env bash
# Version: rdflib 7.6.0, pyoxigraph 0.5.13, maplib 0.20.26 (Python 3.11),
#   @comunica/query-sparql-rdfjs-lite 5.2.3, n3 2.13.12 (npm; Node.js 20).
# Behaviour: where one of many things has no value, as OPTIONAL allows, Oxigraph gives no sum, average,
#   smallest or largest value of the others at all: the cell is empty. COUNT is as expected, so that a sum
#   of nothing stands beside a count of two. rdflib and Comunica leave the thing out, as SQL does; so does
#   maplib, but it counts "no value" as a distinct one, and puts no space between what it joins. Oxigraph
#   goes by the letter, in which the unbound one is an error, and only COUNT removes errors. With
#   FILTER(BOUND(?v)) the numbers of all four are the same.
#   Specification: SPARQL 1.1 Query Language, 18.5.1 (ListEval: an unbound variable is an error), 18.5.1.2
#   (Count removes error elements), 18.5.1.7 (GroupConcat: a space, unless another separator is given).
# Seen on 2026-11-30, of 3, 5 and a thing without a value (rdflib | pyoxigraph | maplib | Comunica):
#   COUNT(?v) | 2 | 2 | 2 | 2
#   COUNT(DISTINCT ?v) | 2 | 2 | 3 | 2
#   SUM(?v) | 8 | none | 8 | 8
#   AVG(?v) | 4 | none | 4 | 4
#   MIN(?v) | 3 | none | 3 | 3
#   MAX(?v) | 5 | none | 5 | 5
#   GROUP_CONCAT(STR(?v)) | 3 5 | none | 35 | 3 5
# Fails (exit 1) where an engine behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @comunica/query-sparql-rdfjs-lite@5.2.3 n3@2.13.12 >/dev/null &
python3 -m venv venv
venv/bin/pip install -q 'rdflib==7.6.0' 'pyoxigraph==0.5.13' 'maplib==0.20.26'
wait "$!"
echo '@prefix e: <http://e.org/> . e:a a e:C ; e:p 3 . e:b a e:C ; e:p 5 . e:c a e:C .' >data.ttl
cat >run.mjs <<'JS'
import { readFileSync } from "node:fs";
import { QueryEngine } from "@comunica/query-sparql-rdfjs-lite";
import { Parser, Store } from "n3";

const engine = new QueryEngine();
const sources = [new Store(new Parser().parse(readFileSync("data.ttl", "utf8")))];
const answers = [];
for (const query of JSON.parse(readFileSync(0))) {
  const rows = await (await engine.queryBindings(query, { sources })).toArray();
  answers.push(rows[0].get("x")?.value ?? null);
}
console.log(JSON.stringify(answers));
JS
cat >run.py <<'PY'
import json
import subprocess

import maplib
import pyoxigraph
import rdflib

AGGREGATES = ["COUNT(?v)", "COUNT(DISTINCT ?v)", "SUM(?v)", "AVG(?v)", "MIN(?v)", "MAX(?v)"]
AGGREGATES += ["GROUP_CONCAT(STR(?v))"]
PATTERN = "{ ?s a <http://e.org/C> OPTIONAL { ?s <http://e.org/p> ?v } }"


def text(value: object) -> str:
    if value is None:
        return "none"
    text = str(value).removesuffix(".0")  # an average of 4.0, which is 4
    return {"5 3": "3 5", "53": "35"}.get(text, text)  # the order of what is joined is free


graph = rdflib.Graph().parse("data.ttl")
store = pyoxigraph.Store()
store.load(path="data.ttl")
model = maplib.Model()
model.read("data.ttl")
queries = [f"SELECT ({one} AS ?x) {PATTERN}" for one in AGGREGATES]
theirs = subprocess.run(["node", "run.mjs"], input=json.dumps(queries), stdout=-1, text=True).stdout
for one, query, comunica in zip(AGGREGATES, queries, json.loads(theirs), strict=True):
    oxigraph = next(iter(store.query(query)))["x"]
    values = (
        next(iter(graph.query(query)))[0],
        oxigraph and oxigraph.value,
        model.query(query)["x"].to_list()[0],
        comunica,
    )
    print(one, *map(text, values), sep=" | ")
PY
seen=$(venv/bin/python -W ignore run.py)
expected='COUNT(?v) | 2 | 2 | 2 | 2
COUNT(DISTINCT ?v) | 2 | 2 | 3 | 2
SUM(?v) | 8 | none | 8 | 8
AVG(?v) | 4 | none | 4 | 4
MIN(?v) | 3 | none | 3 | 3
MAX(?v) | 5 | none | 5 | 5
GROUP_CONCAT(STR(?v)) | 3 5 | none | 35 | 3 5'
echo "$seen"
[ "$seen" = "$expected" ]
