#!/usr/bin/env bash
# Version: rdflib 7.6.0, pyoxigraph 0.5.13, lightrdf 0.4.0 (Python 3.11), rdfxml-streaming-parser 3.3.0,
#   rdflib 2.4.0 (npm, rdflib.js; Node.js 20).
# Behaviour: the text of a literal in RDF/XML that an XML parser gives in pieces, as it does around a CDATA
#   section or a comment, is kept in one parser of five. Two keep the last piece alone, without a word
#   (lightrdf drops what stands in CDATA altogether), one has no triple, and one says that the
#   text is unexpected. Text with character references is read well by all, so that trials show nothing.
#   It is the reader of RDF/XML that Comunica uses which keeps the last piece.
#   Specification: RDF 1.1 XML Syntax, 6.2 (a text event is all of the characters in a row, by the XML
#   Information Set, in which CDATA sections are plain characters), 7.2.16 (literalPropertyElt).
# Seen on 2026-11-30 (text | rdflib | pyoxigraph | lightrdf | rdfxml-streaming-parser | rdflib.js):
#   Rain &amp; snow | Rain & snow | Rain & snow | Rain & snow | Rain & snow | Rain & snow
#   Rain <![CDATA[& snow]]> | Rain & snow | error | Rain  | & snow | no triple
#   <![CDATA[Rain & snow]]> | Rain & snow | Rain & snow |  | Rain & snow | Rain & snow
#   No <!-- new --> rain fell | No  rain fell | error |  rain fell |  rain fell | no triple
# Fails (exit 1) where a package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q 'rdflib==7.6.0' 'pyoxigraph==0.5.13' 'lightrdf==0.4.0'
npm install --silent --no-audit --no-fund rdfxml-streaming-parser@3.3.0 rdflib@2.4.0 >/dev/null
cat >run.mjs <<'JS'
import { readFileSync } from "node:fs";
import { graph, parse } from "rdflib";
import { RdfXmlParser } from "rdfxml-streaming-parser";

const base = "http://e.org/";
const text = readFileSync("one.rdf", "utf8");
const stream = await new Promise((resolve, reject) => {
  const parser = new RdfXmlParser({ baseIRI: base });
  const values = [];
  parser.on("data", (quad) => values.push(quad.object.value));
  parser.on("error", reject);
  parser.on("end", () => resolve(values));
  parser.end(text);
});
const whole = graph();
parse(text, whole, base, "application/rdf+xml");
const values = whole.statements.map(({ object }) => object.value);
for (const found of [stream, values]) console.log(found.length ? found[0] : "no triple");
JS
cat >run.py <<'PY'
import subprocess
from pathlib import Path

import lightrdf
import pyoxigraph
import rdflib

FILE = Path("one.rdf")


def by_pyoxigraph(text: str) -> str:
    try:
        (quad,) = pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.RDF_XML)
    except SyntaxError:
        return "error"
    return quad.object.value


for literal in (
    "Rain &amp; snow",
    "Rain <![CDATA[& snow]]>",
    "<![CDATA[Rain & snow]]>",
    "No <!-- new --> rain fell",
):
    text = f"""<rdf:RDF xmlns:rdf="{rdflib.RDF}" xmlns:e="http://e.org/">
<rdf:Description rdf:about="http://e.org/a"><e:p>{literal}</e:p></rdf:Description></rdf:RDF>"""
    FILE.write_text(text, "utf-8")
    (one,) = rdflib.Graph().parse(data=text, format="xml").objects()
    ((_, _, other),) = lightrdf.Parser().parse(str(FILE), base_iri="http://e.org/")
    theirs = subprocess.check_output(["node", "run.mjs"], text=True).splitlines()
    print(literal, one, by_pyoxigraph(text), other[1:-1], *theirs, sep=" | ")
PY
seen=$(venv/bin/python run.py)
expected='Rain &amp; snow | Rain & snow | Rain & snow | Rain & snow | Rain & snow | Rain & snow
Rain <![CDATA[& snow]]> | Rain & snow | error | Rain  | & snow | no triple
<![CDATA[Rain & snow]]> | Rain & snow | Rain & snow |  | Rain & snow | Rain & snow
No <!-- new --> rain fell | No  rain fell | error |  rain fell |  rain fell | no triple'
echo "$seen"
[ "$seen" = "$expected" ]
