#!/usr/bin/env bash
# Version: rdflib 7.6.0, pyoxigraph 0.5.13 (Python 3.11), @comunica/query-sparql-rdfjs-lite 5.2.3, n3 2.13.12
#   (npm; Node.js 20).
# Behaviour: what is not "n/a" is another set of values in each engine. In Comunica a number, a date or a
#   boolean is neither equal nor unequal to a string, so that a filter that is meant to leave one word out
#   leaves all of them out; rdflib and Oxigraph keep them, and Oxigraph drops what is of a datatype of
#   one's own. It is so with !=, with NOT IN and with !(... = ...). Comunica goes by the letter, but not for
#   texts with a language. Columns of one type show nothing. To compare STR(?o) is the same in all.
#   Specification: SPARQL 1.1 Query Language, 17.4.1.7 (RDFterm-equal: a type error where two literals
#   are not the same term), 17.3 (A != B is its negation), 17.2 (an error in a FILTER removes the row).
# Seen on 2026-11-30 (filter on 5, "n/a", a date, "x"@en, an IRI, true, "y"^^e:own | what is left in
#   rdflib | pyoxigraph | Comunica):
#   ?o != "n/a" | 5 date text IRI true own | 5 date text IRI true | text IRI
#   ?o NOT IN ("n/a") | 5 date text IRI true own | 5 date text IRI true | text IRI
#   !(?o = "n/a") | 5 date text IRI true own | 5 date text IRI true | text IRI
#   ?o != 6 | 5 n/a date text IRI true own | 5 n/a date text IRI true | 5 IRI
#   STR(?o) != "n/a" | 5 date text IRI true own | 5 date text IRI true own | 5 date text IRI true own
# Fails (exit 1) where an engine behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @comunica/query-sparql-rdfjs-lite@5.2.3 n3@2.13.12 >/dev/null &
python3 -m venv venv
venv/bin/pip install -q 'rdflib==7.6.0' 'pyoxigraph==0.5.13'
wait "$!"
cat >data.ttl <<'TTL'
@prefix e: <http://e.org/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
e:5 e:p 5 . e:na e:p "n/a" . e:date e:p "2024-05-01"^^xsd:date . e:text e:p "x"@en .
e:IRI e:p e:x . e:true e:p true . e:own e:p "y"^^e:own .
TTL
cat >run.mjs <<'JS'
import { readFileSync } from "node:fs";
import { QueryEngine } from "@comunica/query-sparql-rdfjs-lite";
import { Parser, Store } from "n3";

const engine = new QueryEngine();
const sources = [new Store(new Parser().parse(readFileSync("data.ttl", "utf8")))];
const answers = [];
for (const query of JSON.parse(readFileSync(0))) {
  const rows = await (await engine.queryBindings(query, { sources })).toArray();
  answers.push(rows.map((row) => row.get("s").value));
}
console.log(JSON.stringify(answers));
JS
cat >run.py <<'PY'
import json
import subprocess

import pyoxigraph
import rdflib

FILTERS = ['?o != "n/a"', '?o NOT IN ("n/a")', '!(?o = "n/a")', "?o != 6", 'STR(?o) != "n/a"']
NAMES = {"5": "5", "na": "n/a", "date": "date", "text": "text", "IRI": "IRI", "true": "true", "own": "own"}


def left(subjects) -> str:
    local = {str(subject).removeprefix("http://e.org/") for subject in subjects}
    return " ".join(word for name, word in NAMES.items() if name in local)


graph = rdflib.Graph().parse("data.ttl")
store = pyoxigraph.Store()
store.load(path="data.ttl")
queries = [f"SELECT ?s {{ ?s <http://e.org/p> ?o FILTER({one}) }}" for one in FILTERS]
theirs = subprocess.run(["node", "run.mjs"], input=json.dumps(queries), stdout=-1, text=True).stdout
for one, query, comunica in zip(FILTERS, queries, json.loads(theirs), strict=True):
    by_rdflib = left(row[0] for row in graph.query(query))
    by_oxigraph = left(row["s"].value for row in store.query(query))
    print(one, by_rdflib, by_oxigraph, left(comunica), sep=" | ")
PY
seen=$(venv/bin/python -W ignore run.py)
expected='?o != "n/a" | 5 date text IRI true own | 5 date text IRI true | text IRI
?o NOT IN ("n/a") | 5 date text IRI true own | 5 date text IRI true | text IRI
!(?o = "n/a") | 5 date text IRI true own | 5 date text IRI true | text IRI
?o != 6 | 5 n/a date text IRI true own | 5 n/a date text IRI true | 5 IRI
STR(?o) != "n/a" | 5 date text IRI true own | 5 date text IRI true own | 5 date text IRI true own'
echo "$seen"
[ "$seen" = "$expected" ]
