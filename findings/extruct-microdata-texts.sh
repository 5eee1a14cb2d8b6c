#!/usr/bin/env bash
# Version: extruct 0.18.0 (Python 3.11), microdata-rdf-streaming-parser 3.0.0 (npm; Node.js 20).
# Behaviour: a <time> of microdata that has no attribute datetime is an empty text to extruct, though its
#   value is what stands in it; so a date of an event that a person reads on the page is not there. And
#   between elements extruct sets a space, also within words: H2O is "H 2 O", m² two words. A <time> with
#   its attribute, and text without elements in it, come out well, so that trials show nothing. The
#   reader of microdata that Comunica uses has the values as specified.
#   Specification: HTML, 5.2.4 (microdata, values: of a time element its datetime value, else the descendant
#   text content), 4.5.14 (the time element: its child text content where there is no datetime attribute).
# Seen on 2026-11-30 (element | extruct | microdata-rdf-streaming-parser):
#   <time itemprop="p" datetime="2024-05-01">May 1</time> | 2024-05-01 | 2024-05-01
#   <time itemprop="p">2024-05-01</time> |  | 2024-05-01
#   <time itemprop="p">2024</time> |  | 2024
#   <b itemprop="p">Water</b> | Water | Water
#   <b itemprop="p">5 m<sup>2</sup></b> | 5 m 2 | 5 m2
#   <b itemprop="p">H<sub>2</sub>O</b> | H 2 O | H2O
# Fails (exit 1) where a package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund microdata-rdf-streaming-parser@3.0.0 >/dev/null &
python3 -m venv venv
venv/bin/pip install -q 'extruct==0.18.0'
wait "$!"
cat >run.mjs <<'JS'
import { readFileSync } from "node:fs";
import { MicrodataRdfParser } from "microdata-rdf-streaming-parser";

const answers = [];
for (const page of JSON.parse(readFileSync(0))) {
  const parser = new MicrodataRdfParser({ baseIRI: "http://e.org/" });
  parser.end(page);
  for await (const { predicate, object } of parser)
    if (predicate.value === "http://schema.org/p") answers.push(object.value);
}
console.log(JSON.stringify(answers));
JS
cat >run.py <<'PY'
import json
import subprocess

from extruct import MicrodataExtractor

ELEMENTS = [
    '<time itemprop="p" datetime="2024-05-01">May 1</time>',
    '<time itemprop="p">2024-05-01</time>',
    '<time itemprop="p">2024</time>',
    '<b itemprop="p">Water</b>',
    '<b itemprop="p">5 m<sup>2</sup></b>',
    '<b itemprop="p">H<sub>2</sub>O</b>',
]
HEAD = '<!DOCTYPE html><html><head><title>t</title></head><body><div itemscope itemtype="http://schema.org/C">'
pages = [f"{HEAD}{element}</div></body></html>" for element in ELEMENTS]
theirs = subprocess.run(["node", "run.mjs"], input=json.dumps(pages), stdout=-1, text=True).stdout
for element, page, other in zip(ELEMENTS, pages, json.loads(theirs), strict=True):
    (item,) = MicrodataExtractor().extract(page, base_url="http://e.org/")
    print(element, item["properties"]["p"], other, sep=" | ")
PY
seen=$(venv/bin/python -W ignore run.py)
expected='<time itemprop="p" datetime="2024-05-01">May 1</time> | 2024-05-01 | 2024-05-01
<time itemprop="p">2024-05-01</time> |  | 2024-05-01
<time itemprop="p">2024</time> |  | 2024
<b itemprop="p">Water</b> | Water | Water
<b itemprop="p">5 m<sup>2</sup></b> | 5 m 2 | 5 m2
<b itemprop="p">H<sub>2</sub>O</b> | H 2 O | H2O'
echo "$seen"
[ "$seen" = "$expected" ]
