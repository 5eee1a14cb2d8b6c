#!/usr/bin/env bash
# Version: csvw 4.1.1 (Python 3.11), rdf-parser-csvw 1.1.0 (npm; Node.js 20).
# Behaviour: rdf-parser-csvw applies the format of a date, and no other: a number with separators, a
#   percentage, a boolean of own words become literals of the declared type with the text of the cell,
#   which are none of that type, and a column with a separator stays one value. csvw reads the same table
#   and metadata as meant. So the triples are ill-typed just where metadata says how to read a cell.
#   Specification: Model for Tabular Data and Metadata on the Web, 6.4 (parsing cells: separator, then
#   format), 6.4.2 (numbers), 6.4.3 (booleans), 6.4.4 (dates).
# Seen on 2026-11-30 (cell | csvw | rdf-parser-csvw):
#   05.01.2024 | 2024-01-05 | "2024-01-05"^^xsd:date
#   1.234,50 | 1234.50 | "1.234,50"^^xsd:decimal
#   12% | 0.12 | "12%"^^xsd:decimal
#   Y | True | "Y"^^xsd:boolean
#   a;b | ['a', 'b'] | "a;b"^^xsd:string
# Fails (exit 1) where a package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q 'csvw==4.1.1'
npm install --silent --no-audit --no-fund rdf-parser-csvw@1.1.0 n3@2.13.12 @rdfjs/dataset@2.0.3 >/dev/null
printf 'day,amount,share,open,names\n05.01.2024,"1.234,50",12%%,Y,a;b\n' >table.csv
cat >table.csv-metadata.json <<'JSON'
{"@context": "http://www.w3.org/ns/csvw", "url": "table.csv", "tableSchema": {
  "aboutUrl": "http://e.org/a", "columns": [
  {"name": "day", "titles": "day", "datatype": {"base": "date", "format": "dd.MM.yyyy"}},
  {"name": "amount", "titles": "amount",
   "datatype": {"base": "decimal", "format": {"decimalChar": ",", "groupChar": "."}}},
  {"name": "share", "titles": "share", "datatype": {"base": "decimal", "format": {"pattern": "#0%"}}},
  {"name": "open", "titles": "open", "datatype": {"base": "boolean", "format": "Y|N"}},
  {"name": "names", "titles": "names", "separator": ";"}]}}
JSON
# The same metadata as triples, which is what the reader takes without fetching the context.
cat >metadata.ttl <<'TTL'
@prefix c: <http://www.w3.org/ns/csvw#> .
<http://e.org/table> a c:Table ; c:url "table.csv" ; c:tableSchema [
  c:aboutUrl "http://e.org/a" ; c:column (
  [ c:name "day" ; c:title "day" ; c:datatype [ c:base "date" ; c:format "dd.MM.yyyy" ] ]
  [ c:name "amount" ; c:title "amount" ;
    c:datatype [ c:base "decimal" ; c:format [ c:decimalChar "," ; c:groupChar "." ] ] ]
  [ c:name "share" ; c:title "share" ;
    c:datatype [ c:base "decimal" ; c:format [ c:pattern "#0%" ] ] ]
  [ c:name "open" ; c:title "open" ; c:datatype [ c:base "boolean" ; c:format "Y|N" ] ]
  [ c:name "names" ; c:title "names" ; c:separator ";" ] ) ] .
TTL
cat >run.mjs <<'JS'
import { createReadStream, readFileSync } from "node:fs";
import rdfDataset from "@rdfjs/dataset";
import { Parser } from "n3";
import CsvwParser from "rdf-parser-csvw";

const metadata = rdfDataset.dataset(new Parser().parse(readFileSync("metadata.ttl", "utf8")));
const parser = new CsvwParser({ metadata, baseIRI: "http://e.org/" });
for await (const { subject, object } of parser.import(createReadStream("table.csv")))
  if (subject.value === "http://e.org/a" && object.termType === "Literal") {
    const datatype = object.datatype.value.value ?? object.datatype.value; // one within another
    console.log(`"${object.value}"^^xsd:${datatype.split("#")[1]}`);
  }
JS
cat >run.py <<'PY'
import csv
import subprocess

from csvw import Table

theirs = subprocess.check_output(["node", "run.mjs"], text=True).splitlines()
with open("table.csv", newline="") as file:
    _, cells = csv.reader(file)
(row,) = Table.from_file("table.csv-metadata.json")
for cell, value, literal in zip(cells, row.values(), theirs, strict=True):
    value = value.date() if hasattr(value, "date") else value
    print(cell, value, literal, sep=" | ")
PY
seen=$(venv/bin/python run.py 2>/dev/null)
expected="05.01.2024 | 2024-01-05 | \"2024-01-05\"^^xsd:date
1.234,50 | 1234.50 | \"1.234,50\"^^xsd:decimal
12% | 0.12 | \"12%\"^^xsd:decimal
Y | True | \"Y\"^^xsd:boolean
a;b | ['a', 'b'] | \"a;b\"^^xsd:string"
echo "$seen"
[ "$seen" = "$expected" ]
