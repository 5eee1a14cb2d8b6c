#!/usr/bin/env bash
# Version: pyoxigraph 0.5.13, rdflib 7.6.0 (Python 3.11), sparqlxml-parse 3.3.0 (npm; Node.js 20).
# Behaviour: pyoxigraph takes away the white space at the ends of literals when it reads SPARQL results in XML,
#   so that the answers of another store, as rdflib writes them, are other literals in XML than in
#   JSON, and are not found again in the store that they come from. It does not show with
#   its own results, which have &#32; there. A carriage return stands as it is in the XML of both, of which
#   a reader of XML makes a line feed; pyoxigraph alone does not. sparqlxml-parse reads what was written.
#   Specification: SPARQL Query Results XML Format, 2.3.1 (literal: the characters of the element); XML 1.0,
#   2.10 (white space is passed on) and 2.11 (line ends; a return is written as &#13;).
# Seen on 2026-11-30 (literal | written by rdflib and read by pyoxigraph as XML, as JSON, by
#   sparqlxml-parse as XML | written by pyoxigraph and read by rdflib as XML):
#   'rain' | 'rain', 'rain', 'rain' | 'rain'
#   'rain ' | 'rain', 'rain ', 'rain ' | 'rain '
#   '\n  rain' | 'rain', '\n  rain', '\n  rain' | '\n  rain'
#   ' ' | '', ' ', ' ' | ' '
#   'rain\r\nsnow' | 'rain\r\nsnow', 'rain\r\nsnow', 'rain\nsnow' | 'rain\nsnow'
# Fails (exit 1) where a package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q 'pyoxigraph==0.5.13' 'rdflib==7.6.0'
npm install --silent --no-audit --no-fund sparqlxml-parse@3.3.0 >/dev/null
cat >run.mjs <<'JS'
import { SparqlXmlParser } from "sparqlxml-parse";

const rows = await new SparqlXmlParser().parseXmlResultsStream(process.stdin);
for await (const row of rows) process.stdout.write(row.o.value);
JS
cat >run.py <<'PY'
import subprocess
from io import BytesIO

import pyoxigraph
import rdflib
from pyoxigraph import QueryResultsFormat
from rdflib.query import Result

QUERY = "SELECT ?o { ?s ?p ?o }"


def by_pyoxigraph(text: bytes, format_: QueryResultsFormat) -> str:
    ((literal,),) = pyoxigraph.parse_query_results(text, format=format_)
    return literal.value


for value in ("rain", "rain ", "\n  rain", " ", "rain\r\nsnow"):
    graph = rdflib.Graph()
    graph.add((rdflib.RDF.nil, rdflib.RDF.value, rdflib.Literal(value)))
    xml, json = (graph.query(QUERY).serialize(format=name) for name in ("xml", "json"))
    other = subprocess.run(["node", "run.mjs"], input=xml, stdout=-1, check=True).stdout.decode()
    theirs = (by_pyoxigraph(xml, QueryResultsFormat.XML), by_pyoxigraph(json, QueryResultsFormat.JSON))
    store = pyoxigraph.Store()
    store.load(graph.serialize(format="nt").encode(), pyoxigraph.RdfFormat.N_TRIPLES)
    (row,) = store.query(QUERY)
    assert row[0].value == value
    written = store.query(QUERY).serialize(format=QueryResultsFormat.XML)
    ((literal,),) = Result.parse(BytesIO(written), format="xml")
    print(repr(value), ", ".join(map(repr, (*theirs, other))), repr(str(literal)), sep=" | ")
PY
seen=$(venv/bin/python run.py)
expected="'rain' | 'rain', 'rain', 'rain' | 'rain'
'rain ' | 'rain', 'rain ', 'rain ' | 'rain '
'\\n  rain' | 'rain', '\\n  rain', '\\n  rain' | '\\n  rain'
' ' | '', ' ', ' ' | ' '
'rain\\r\\nsnow' | 'rain\\r\\nsnow', 'rain\\r\\nsnow', 'rain\\nsnow' | 'rain\\nsnow'"
echo "$seen"
[ "$seen" = "$expected" ]
