#!/usr/bin/env bash
# Version: rdflib 7.6.0, pyoxigraph 0.5.13 (Python 3.11), sparqljs 3.7.4, @traqula/parser-sparql-1-1 and
#   @traqula/algebra-sparql-1-1 1.3.1, n3 2.13.12 (npm; Node.js 20).
# Behaviour: a prefixed name with an escaped character, as names of Wikipedia have them, is read as meant in
#   Turtle, and with the backslash as a part of the IRI in SPARQL, by three readers of four: rdflib,
#   sparqljs and traqula, which Comunica reads queries with. So the name that was copied from a file
#   into a query is not found in that file, and nothing says why: no rows, as for a name that is not
#   there. pyoxigraph finds it. The IRI in full, between < and >, is read well by all.
#   Specification: SPARQL 1.1 Query Language, 4.1.1 (prefixed names: "ns:id\=123"), 19.8 (grammar:
#   PN_LOCAL_ESC).
# Seen on 2026-11-30 (name | rows of rdflib, pyoxigraph | IRI behind http://e.org/ by
#   n3 from Turtle | sparqljs | traqula):
#   e:Mercury | 1, 1 | Mercury | Mercury | Mercury
#   e:Mercury_\(planet\) | 0, 1 | Mercury_(planet) | Mercury_\(planet\) | Mercury_\(planet\)
#   e:Johnson\,_Ana | 0, 1 | Johnson,_Ana | Johnson\,_Ana | Johnson\,_Ana
#   e:a\/b | 0, 1 | a/b | a\/b | a\/b
#   <http://e.org/a/b> | 1, 1 | a/b | a/b | a/b
# Fails (exit 1) where a package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q 'rdflib==7.6.0' 'pyoxigraph==0.5.13'
npm install --silent --no-audit --no-fund sparqljs@3.7.4 n3@2.13.12 @traqula/parser-sparql-1-1@1.3.1 \
  @traqula/algebra-sparql-1-1@1.3.1 >/dev/null
cat >run.mjs <<'JS'
import { toAlgebra } from "@traqula/algebra-sparql-1-1";
import { Parser as TraqulaParser } from "@traqula/parser-sparql-1-1";
import { Parser as TurtleParser } from "n3";
import sparqljs from "sparqljs";

const [turtle, query] = process.argv.slice(2);
for (const { value } of [
  new TurtleParser().parse(turtle)[0].subject,
  new sparqljs.Parser().parse(query).where[0].triples[0].subject,
  toAlgebra(new TraqulaParser().parse(query)).input.patterns[0].subject,
])
  console.log(value.replace("http://e.org/", ""));
JS
cat >run.py <<'PY'
import logging
import subprocess

import pyoxigraph
import rdflib

logging.disable(logging.CRITICAL)
for name in (
    "e:Mercury",
    r"e:Mercury_\(planet\)",
    r"e:Johnson\,_Ana",
    r"e:a\/b",
    "<http://e.org/a/b>",
):
    prefix, triple = "PREFIX e: <http://e.org/> ", f"{name} e:p 1 ."
    query = f"{prefix} SELECT * {{ {name} e:p ?o }}"
    store = pyoxigraph.Store()
    store.load(prefix + triple, pyoxigraph.RdfFormat.TURTLE)
    graph = rdflib.Graph().parse(data=prefix + triple, format="turtle")
    rows = ", ".join(str(len(list(source.query(query)))) for source in (graph, store))
    theirs = subprocess.check_output(["node", "run.mjs", prefix + triple, query], text=True)
    print(name, rows, *theirs.splitlines(), sep=" | ")
PY
seen=$(venv/bin/python run.py)
expected='e:Mercury | 1, 1 | Mercury | Mercury | Mercury
e:Mercury_\(planet\) | 0, 1 | Mercury_(planet) | Mercury_\(planet\) | Mercury_\(planet\)
e:Johnson\,_Ana | 0, 1 | Johnson,_Ana | Johnson\,_Ana | Johnson\,_Ana
e:a\/b | 0, 1 | a/b | a\/b | a\/b
<http://e.org/a/b> | 1, 1 | a/b | a/b | a/b'
echo "$seen"
[ "$seen" = "$expected" ]
