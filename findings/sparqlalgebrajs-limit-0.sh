#!/usr/bin/env bash
# Version: sparqlalgebrajs 5.0.2, @traqula/parser-sparql-1-1, @traqula/algebra-sparql-1-1 and
#   @traqula/generator-sparql-1-1 1.3.1 (npm; Node.js 20), pyoxigraph 0.5.13 (Python 3.11).
# Behaviour: a query that goes to the algebra and back, as engines and proxies do that send parts of a query
#   on, is another one. LIMIT 0, which asks for the variables alone, is gone, so that all rows are
#   sent; a group of its own in braces is joined with what stands around it, so that a filter or BIND
#   sees variables that it must not see, and answers are more or fewer. Each of these is a valid query,
#   and nothing is said. traqula, by the same authors, gives all of them back as they were meant.
#   Specification: SPARQL 1.1 Query Language, 15.5 (LIMIT 0), 18.2.1 and 18.2.2.6 (a group is translated on
#   its own; the filter in the group of an OPTIONAL), 18.5 (Extend).
# Seen on 2026-11-30 (answers to the query | and as sparqlalgebrajs | and as traqula gives it back):
#   LIMIT 0: 0 | 2 | 0
#   LIMIT 1: 1 | 1 | 1
#   { BIND(?o + 1 AS ?x) }: 0 | 2 | 0
#   OPTIONAL { { FILTER(?o > 1) } }: 0 | 1 | 0
#   OPTIONAL { FILTER(?o > 1) }: 1 | 1 | 1
# Fails (exit 1) where a package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q 'pyoxigraph==0.5.13'
npm install --silent --no-audit --no-fund sparqlalgebrajs@5.0.2 @traqula/parser-sparql-1-1@1.3.1 \
  @traqula/algebra-sparql-1-1@1.3.1 @traqula/generator-sparql-1-1@1.3.1 >/dev/null
cat >run.mjs <<'JS'
import { readFileSync } from "node:fs";
import { toAlgebra, toAst } from "@traqula/algebra-sparql-1-1";
import { Generator } from "@traqula/generator-sparql-1-1";
import { Parser } from "@traqula/parser-sparql-1-1";
import { toSparql, translate } from "sparqlalgebrajs";

const back = (query) => [
  toSparql(translate(query)),
  new Generator().generate(toAst(toAlgebra(new Parser().parse(query)))),
];
console.log(JSON.stringify(JSON.parse(readFileSync(0)).map(back)));
JS
cat >run.py <<'PY'
import json
import subprocess

from pyoxigraph import RdfFormat, Store

P, Q = "<http://e.org/p>", "<http://e.org/q>"
# What is asked, the query, and the variable whose values are counted.
CASES = (
    ("LIMIT 0", f"SELECT * {{ ?s {P} ?o }} LIMIT 0", "s"),
    ("LIMIT 1", f"SELECT * {{ ?s {P} ?o }} LIMIT 1", "s"),
    ("{ BIND(?o + 1 AS ?x) }", f"SELECT * {{ ?s {P} ?o {{ BIND(?o + 1 AS ?x) }} }}", "x"),
    (
        "OPTIONAL { { FILTER(?o > 1) } }",
        f"SELECT * {{ ?s {P} ?o OPTIONAL {{ {{ ?s {Q} ?n FILTER(?o > 1) }} }} }}",
        "n",
    ),
    (
        "OPTIONAL { FILTER(?o > 1) }",
        f"SELECT * {{ ?s {P} ?o OPTIONAL {{ ?s {Q} ?n FILTER(?o > 1) }} }}",
        "n",
    ),
)
store = Store()
store.load(f"<http://e.org/a> {P} 1, 2 ; {Q} 5 .", RdfFormat.TURTLE)
queries = json.dumps([query for _, query, _ in CASES])
command = ["node", "run.mjs"]
ran = subprocess.run(command, input=queries, stdout=-1, text=True, check=True)
theirs = json.loads(ran.stdout)
for (what, query, variable), returned in zip(CASES, theirs, strict=True):
    counts = (
        sum(row[variable] is not None for row in store.query(text)) for text in (query, *returned)
    )
    print(f"{what}: {' | '.join(map(str, counts))}")
PY
seen=$(venv/bin/python run.py)
expected='LIMIT 0: 0 | 2 | 0
LIMIT 1: 1 | 1 | 1
{ BIND(?o + 1 AS ?x) }: 0 | 2 | 0
OPTIONAL { { FILTER(?o > 1) } }: 0 | 1 | 0
OPTIONAL { FILTER(?o > 1) }: 1 | 1 | 1'
echo "$seen"
[ "$seen" = "$expected" ]
