#!/usr/bin/env bash
# Version: @comunica/query-sparql-rdfjs-lite 5.2.3, n3 2.13.12 (npm; Node.js 20), rdflib 7.6.0, elementpath
#   5.1.4 (Python 3.11).
# Behaviour: a month after the 31st of January is the 2nd of March, a month before the 31st of March too, and
#   a year after the 29th of February the 1st of March: in Comunica a day that the month does not have
#   runs over into the next one. Terms and deadlines so end in another month, of a lease or a quarter.
#   Days up to the 28th, and durations in days, come out well, so that trials show nothing. rdflib and
#   XPath have the last day of the month that is meant.
#   Specification: XML Schema, part 2, second edition, E.1 (adding durations: a day beyond the end of the
#   month becomes its last day); XPath and XQuery Functions and Operators 3.1, 9.7 (the same for XPath).
# Seen on 2026-11-30 (what is computed | Comunica | rdflib | XPath):
#   2024-01-15 + P1M | 2024-02-15 | 2024-02-15 | 2024-02-15
#   2024-01-31 + P1M | 2024-03-02 | 2024-02-29 | 2024-02-29
#   2024-03-31 - P1M | 2024-03-02 | 2024-02-29 | 2024-02-29
#   2024-08-31 + P1M | 2024-10-01 | 2024-09-30 | 2024-09-30
#   2024-02-29 + P1Y | 2025-03-01 | 2025-02-28 | 2025-02-28
# Fails (exit 1) where a package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @comunica/query-sparql-rdfjs-lite@5.2.3 n3@2.13.12 >/dev/null &
python3 -m venv venv
venv/bin/pip install -q 'rdflib==7.6.0' 'elementpath==5.1.4'
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
import rdflib
from elementpath.xpath3 import XPath3Parser

CASES = ["2024-01-15 + P1M", "2024-01-31 + P1M", "2024-03-31 - P1M", "2024-08-31 + P1M", "2024-02-29 + P1Y"]
XSD = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>"
queries = []
for case in CASES:
    day, sign, duration = case.split()
    literals = f'"{day}"^^xsd:date {sign} "{duration}"^^xsd:yearMonthDuration'
    queries.append(f"{XSD} SELECT ({literals} AS ?x) {{}}")
theirs = subprocess.run(["node", "run.mjs"], input=json.dumps(queries), stdout=-1, text=True).stdout
for case, query, comunica in zip(CASES, queries, json.loads(theirs), strict=True):
    day, sign, duration = case.split()
    by_rdflib = next(iter(rdflib.Graph().query(query)))[0]
    xpath = f'xs:date("{day}") {sign} xs:yearMonthDuration("{duration}")'
    meant = elementpath.select(XML("<a/>"), xpath, parser=XPath3Parser)
    print(case, comunica, by_rdflib, meant, sep=" | ")
PY
seen=$(venv/bin/python -W ignore run.py)
expected='2024-01-15 + P1M | 2024-02-15 | 2024-02-15 | 2024-02-15
2024-01-31 + P1M | 2024-03-02 | 2024-02-29 | 2024-02-29
2024-03-31 - P1M | 2024-03-02 | 2024-02-29 | 2024-02-29
2024-08-31 + P1M | 2024-10-01 | 2024-09-30 | 2024-09-30
2024-02-29 + P1Y | 2025-03-01 | 2025-02-28 | 2025-02-28'
echo "$seen"
[ "$seen" = "$expected" ]
