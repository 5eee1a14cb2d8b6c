#!/usr/bin/env bash
# Version: rdflib 7.6.0, pyoxigraph 0.5.13, elementpath 5.1.4 (Python 3.11),
#   @comunica/query-sparql-rdfjs-lite 5.2.3, n3 2.13.12 (npm; Node.js 20).
# Behaviour: the second text of REPLACE is handed to the replacing function of the language that an engine is
#   written in, and each has rules of its own. "$1kg" is empty in Oxigraph, where it names a group "1kg";
#   the $0 of "<$0>" is a character of code 0 in rdflib; and a dollar sign, written \$ as XPath has it, is
#   written by none of the three. With a space behind the number, and without backslashes, all do the
#   same, so that trials show nothing. elementpath, an XPath processor, has it as specified.
#   Specification: SPARQL 1.1 Query Language, 17.4.3.15 (REPLACE is XPath's fn:replace); XQuery 1.0 and XPath
#   2.0 Functions and Operators, 7.6.3 ($N, \$ and \\; digits behind $N beyond the number of groups).
# Seen on 2026-11-30 (text, pattern, replacement | rdflib | pyoxigraph | Comunica | XPath):
#   5 USD, ([0-9]+) USD, USD $1 | USD 5 | USD 5 | USD 5 | USD 5
#   5 USD, ([0-9]+) USD, \$$1 | \5 | \$1 | \$1 | $5
#   5 kg, ([0-9]+) kg, $1kg | 5kg |  | 5kg | 5kg
#   5, ([0-9]), $10 | error |  | 50 | 50
#   5 USD, [0-9]+, <$0> | <\x00> USD | <5> USD | <5> USD | <5> USD
#   a/b, /, \\ | a\b | a\\b | a\\b | a\b
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

CASES = [
    ("5 USD", "([0-9]+) USD", "USD $1"),
    ("5 USD", "([0-9]+) USD", r"\$$1"),
    ("5 kg", "([0-9]+) kg", "$1kg"),
    ("5", "([0-9])", "$10"),
    ("5 USD", "[0-9]+", "<$0>"),
    ("a/b", "/", r"\\"),
]


def by_rdflib(query: str) -> str:
    try:
        return str(next(iter(rdflib.Graph().query(query)))[0]).replace("\0", r"\x00")
    except Exception as error:  # one of the module re
        return "error" if "invalid group reference" in str(error) else repr(error)


queries = [f"SELECT (REPLACE({', '.join(map(json.dumps, case))}) AS ?x) {{}}" for case in CASES]
theirs = subprocess.run(["node", "run.mjs"], input=json.dumps(queries), stdout=-1, text=True).stdout
for case, query, comunica in zip(CASES, queries, json.loads(theirs), strict=True):
    oxigraph = next(iter(pyoxigraph.Store().query(query)))["x"].value
    xpath = f"replace({', '.join(chr(34) + part + chr(34) for part in case)})"
    meant = elementpath.select(XML("<a/>"), xpath, parser=XPath3Parser)
    print(", ".join(case), by_rdflib(query), oxigraph, comunica, meant, sep=" | ")
PY
seen=$(venv/bin/python -W ignore run.py)
expected=$(
  cat <<'TXT'
5 USD, ([0-9]+) USD, USD $1 | USD 5 | USD 5 | USD 5 | USD 5
5 USD, ([0-9]+) USD, \$$1 | \5 | \$1 | \$1 | $5
5 kg, ([0-9]+) kg, $1kg | 5kg |  | 5kg | 5kg
5, ([0-9]), $10 | error |  | 50 | 50
5 USD, [0-9]+, <$0> | <\x00> USD | <5> USD | <5> USD | <5> USD
a/b, /, \\ | a\b | a\\b | a\\b | a\b
TXT
)
echo "$seen"
[ "$seen" = "$expected" ]
