#!/usr/bin/env bash
# Version: rdflib 7.6.0, pyoxigraph 0.5.13, lightrdf 0.4.0 (Python 3.11), rdfxml-streaming-parser 3.3.0,
#   rdflib 2.4.0 (npm, rdflib.js; Node.js 20).
# Behaviour: three of five parsers of RDF/XML make an rdf:XMLLiteral that is no XML any more, or another
#   element's. rdfxml-streaming-parser, with which Comunica reads, writes "3 &lt; 5" as 3 < 5; it and
#   lightrdf leave out the namespaces that are declared further up, so that an element with a prefix
#   cannot be read and one without is in none. pyoxigraph writes all of them into the element, and so xmlns
#   twice where it has its own. None is reported, and plain text comes out well in all.
#   Specification: RDF 1.1 XML Syntax, 7.2.17 (parseType="Literal": an XML literal of the content's XML
#   information items, which have namespaces); RDF 1.1 Concepts, 5.2 (the lexical space: content that between
#   any start and end tag conforms to XML Namespaces).
# Seen on 2026-11-30 (content, in <e:p xmlns="http://x.org/" xmlns:e="http://e.org/">; what a reader of XML
#   sees in the literal of rdflib | rdflib.js | pyoxigraph | lightrdf | rdfxml-streaming-parser):
#   Rain
#     Rain | Rain | Rain | Rain | Rain
#   3 &lt; 5
#     3 < 5 | 3 < 5 | 3 < 5 | 3 < 5 | no XML
#   <b>3</b>
#     {http://x.org/}b | {http://x.org/}b | {http://x.org/}b | b | b
#   <e:b>3</e:b>
#     {http://e.org/}b | {http://e.org/}b | {http://e.org/}b | no XML | no XML
#   <b xmlns="http://y.org/">3</b>
#     {http://y.org/}b | {http://y.org/}b | no XML | {http://y.org/}b | {http://y.org/}b
# Fails (exit 1) where a package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q 'rdflib==7.6.0' 'pyoxigraph==0.5.13' 'lightrdf==0.4.0'
npm install --silent --no-audit --no-fund rdfxml-streaming-parser@3.3.0 rdflib@2.4.0 >/dev/null
cat >run.mjs <<'JS'
import $rdf from "rdflib";
import { RdfXmlParser } from "rdfxml-streaming-parser";

const document = process.argv[2];
const graph = $rdf.graph();
$rdf.parse(document, graph, "http://e.org/", "application/rdf+xml");
const literals = graph.statements.map((statement) => statement.object.value);
const parser = new RdfXmlParser();
parser.end(document);
for await (const quad of parser) literals.push(quad.object.value);
console.log(JSON.stringify(literals));
JS
cat >run.py <<'PY'
import json
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import lightrdf
from pyoxigraph import RdfFormat, parse
from rdflib import RDF, Graph


def told(literal: str) -> str:
    try:
        element = ElementTree.fromstring(f"<literal>{literal}</literal>")
    except ElementTree.ParseError:
        return "no XML"
    return element[0].tag if len(element) else element.text


def light(document: str) -> str:
    Path("a.rdf").write_text(document, encoding="utf-8")
    ((_, _, term),) = lightrdf.Parser().parse("a.rdf")
    literal, datatype = term.rsplit("^^", 1)
    assert datatype == f"<{RDF.XMLLiteral}>"
    return json.loads(literal)


for content in ("Rain", "3 &lt; 5", "<b>3</b>", "<e:b>3</e:b>", '<b xmlns="http://y.org/">3</b>'):
    document = (
        f'<rdf:RDF xmlns:rdf="{RDF}" xmlns:e="http://e.org/" xmlns="http://x.org/">'
        '<rdf:Description rdf:about="http://e.org/a">'
        f'<e:p rdf:parseType="Literal">{content}</e:p></rdf:Description></rdf:RDF>'
    )
    (first,) = Graph().parse(data=document, format="xml").objects()
    (quad,) = parse(document.encode(), RdfFormat.RDF_XML)
    js, streaming = json.loads(subprocess.check_output(["node", "run.mjs", document]))
    literals = [str(first), js, quad.object.value, light(document), streaming]
    print(content, *map(told, literals), sep=" | ")
PY
seen=$(venv/bin/python -W ignore run.py)
expected='Rain | Rain | Rain | Rain | Rain | Rain
3 &lt; 5 | 3 < 5 | 3 < 5 | 3 < 5 | 3 < 5 | no XML
<b>3</b> | {http://x.org/}b | {http://x.org/}b | {http://x.org/}b | b | b
<e:b>3</e:b> | {http://e.org/}b | {http://e.org/}b | {http://e.org/}b | no XML | no XML
<b xmlns="http://y.org/">3</b> | {http://y.org/}b | {http://y.org/}b | no XML | {http://y.org/}b | {http://y.org/}b'
echo "$seen"
[ "$seen" = "$expected" ]
