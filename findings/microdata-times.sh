#!/usr/bin/env bash
# Version: extruct 0.18.0, microdata 0.8.0 (Python 3.11), microdata-node 2.0.0, microdata-rdf-streaming-parser
#   3.0.0 (npm; Node.js 20).
# Behaviour: a date of a page that is the text of its <time>, without the attribute datetime, is an empty
#   string to three of four readers of microdata: they take the attribute that is not there. It is
#   the short way to write a date that people and machines read alike; with the attribute all four are right,
#   so that a trial shows nothing. A page of schema.org so has a datePublished, and no date. Of <data>, the
#   element for values, one reader takes the words for people, another makes a number of the value.
#   Specification: HTML Standard, 5.2.4 (values: of time its datetime value, of data and meter the attribute
#   value, a string), 4.5.14 (the datetime value: the attribute, else the text).
# Seen on 2026-11-30 (element | extruct | microdata | microdata-node | microdata-rdf-streaming-parser):
#   <time itemprop="p" datetime="2024-05-01">1 May</time>
#     | "2024-05-01" | "2024-05-01" | "2024-05-01" | "2024-05-01"
#   <time itemprop="p">2024-05-01</time> | "" | "" | "" | "2024-05-01"
#   <data itemprop="p" value="007">seven</data> | "007" | "seven" | 7 | "007"
# Fails (exit 1) where a package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q 'extruct==0.18.0' 'microdata==0.8.0'
npm install --silent --no-audit --no-fund microdata-node@2.0.0 microdata-rdf-streaming-parser@3.0.0 >/dev/null
cat >run.mjs <<'JS'
import { toJson } from "microdata-node";
import { MicrodataRdfParser } from "microdata-rdf-streaming-parser";

const page = process.argv[2];
const values = toJson(page, { base: "http://e.org/a" }).items[0].properties.p;
const parser = new MicrodataRdfParser({ baseIRI: "http://e.org/a" });
parser.end(page);
for await (const { object } of parser) if (object.termType === "Literal") values.push(object.value);
console.log(values.map((value) => JSON.stringify(value)).join(" | "));
JS
cat >run.py <<'PY'
import json
import subprocess

import extruct
import microdata

for element in (
    '<time itemprop="p" datetime="2024-05-01">1 May</time>',
    '<time itemprop="p">2024-05-01</time>',
    '<data itemprop="p" value="007">seven</data>',
):
    page = f'<!doctype html><html><body><div itemscope itemtype="http://e.org/T">{element}</div></body></html>'
    (item,) = extruct.extract(page, base_url="http://e.org/a", syntaxes=["microdata"])["microdata"]
    (other,) = microdata.get_items(page)
    values = [item["properties"]["p"], *json.loads(other.json())["properties"]["p"]]
    js = subprocess.check_output(["node", "run.mjs", page], text=True).strip()
    print(element, *map(json.dumps, values), js, sep=" | ")
PY
seen=$(venv/bin/python -W ignore run.py)
expected='<time itemprop="p" datetime="2024-05-01">1 May</time> | "2024-05-01" | "2024-05-01" | "2024-05-01" | "2024-05-01"
<time itemprop="p">2024-05-01</time> | "" | "" | "" | "2024-05-01"
<data itemprop="p" value="007">seven</data> | "007" | "seven" | 7 | "007"'
echo "$seen"
[ "$seen" = "$expected" ]
