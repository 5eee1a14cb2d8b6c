#!/usr/bin/env bash
# Version: extruct 0.18.0, pyrdfa3 3.6.5 with rdflib 7.6.0 (Python 3.11), rdfa-streaming-parser 3.0.2 (npm;
#   Node.js 20).
# Behaviour: extruct reads the RDFa of a page with pyrdfa3, but does not tell it that the page is HTML, and so
#   the rules for HTML are not applied: of a <time> it gives the words for people and not the date
#   in its attribute, dates have no datatype, and no text has the language that the page says. pyrdfa3
#   itself, and a second reader, give all of these for the same page.
#   Specification: HTML+RDFa 1.1, 3.1 (additional processing rules: the lang attribute, time and datetime).
# Seen on 2026-11-30 (element, in <html lang="de"> | extruct | pyrdfa3 | rdfa-streaming-parser):
#   <time property="e:p" datetime="2024-05-01">am Mittwoch</time> | "am Mittwoch" |
#     "2024-05-01"^^xsd:date | "2024-05-01"^^xsd:date
#   <time property="e:p">2024-05-01</time> | "2024-05-01" | "2024-05-01"^^xsd:date |
#     "2024-05-01"^^xsd:date
#   <b property="e:p">Regen</b> | "Regen" | "Regen"@de | "Regen"@de
#   <b property="e:p" content="1" datatype="xsd:integer">eins</b> | "1"^^xsd:integer |
#     "1"^^xsd:integer | "1"^^xsd:integer
# Fails (exit 1) where a package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q 'extruct==0.18.0' 'pyrdfa3==3.6.5' 'rdflib==7.6.0'
npm install --silent --no-audit --no-fund rdfa-streaming-parser@3.0.2 >/dev/null
cat >run.mjs <<'JS'
import { RdfaParser } from "rdfa-streaming-parser";

const parser = new RdfaParser({ baseIRI: "http://e.org/a", contentType: "text/html" });
parser.end(process.argv[2]);
for await (const { object } of parser) {
  const kind = object.datatype.value.split("#")[1];
  const suffix = { string: "", langString: `@${object.language}` }[kind] ?? `^^xsd:${kind}`;
  console.log(`"${object.value}"${suffix}`);
}
JS
cat >run.py <<'PY'
import subprocess
from io import BytesIO

import extruct
from pyRdfa import pyRdfa
from rdflib import XSD

BASE = "http://e.org/a"


def told(value: str, datatype: str | None, language: str | None) -> str:
    kind = f"^^xsd:{datatype.removeprefix(str(XSD))}" if datatype else ""
    return f'"{value}"' + (f"@{language}" if language else kind)


for element in (
    '<time property="e:p" datetime="2024-05-01">am Mittwoch</time>',
    '<time property="e:p">2024-05-01</time>',
    '<b property="e:p">Regen</b>',
    '<b property="e:p" content="1" datatype="xsd:integer">eins</b>',
):
    head = '<!doctype html><html lang="de" prefix="e: http://e.org/"><head><title>Regen</title></head>'
    page = f"{head}<body><p>{element}</p></body></html>"
    ((node,),) = extruct.extract(page, base_url=BASE, syntaxes=["rdfa"]).values()
    (one,) = node["http://e.org/p"]
    ours = told(one["@value"], one.get("@type"), one.get("@language"))
    graph = pyRdfa(base=BASE, media_type="text/html").graph_from_source(BytesIO(page.encode()))
    (literal,) = graph.objects()
    itself = told(literal, literal.datatype, literal.language)
    other = subprocess.check_output(["node", "run.mjs", page], text=True).strip()
    print(element, ours, itself, other, sep=" | ")
PY
seen=$(venv/bin/python -W ignore run.py 2>/dev/null)
day='"2024-05-01"^^xsd:date'
expected="<time property=\"e:p\" datetime=\"2024-05-01\">am Mittwoch</time> | \"am Mittwoch\" | $day | $day
<time property=\"e:p\">2024-05-01</time> | \"2024-05-01\" | $day | $day
<b property=\"e:p\">Regen</b> | \"Regen\" | \"Regen\"@de | \"Regen\"@de
<b property=\"e:p\" content=\"1\" datatype=\"xsd:integer\">eins</b> | \"1\"^^xsd:integer | \
\"1\"^^xsd:integer | \"1\"^^xsd:integer"
echo "$seen"
[ "$seen" = "$expected" ]
