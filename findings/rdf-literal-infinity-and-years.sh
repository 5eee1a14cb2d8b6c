#!/usr/bin/env bash
# Version: rdf-literal 2.0.0, n3 2.13.12 (npm; Node.js 20), elementpath 5.1.4 (Python 3.11).
# Behaviour: the package that turns JavaScript values into literals and back does not read what it writes,
#   and writes what is no literal of its datatype. Infinity is written as "INF" and read as NaN. A number
#   of 10^21 and more becomes an xsd:long with an exponent, where 1.5 is an xsd:double. The year -0044 is
#   read as 2044, and a date with a time zone as a date that is invalid. Nothing is said of any of these,
#   unless one asks for checks on reading.
#   Specification: XML Schema Definition Language 1.1, part 2, 3.3.5.2 (INF), 3.4.16 (long: an integer),
#   3.3.11 (gYear: the minus), 3.3.9 (date: an optional time zone).
# Seen on 2026-11-30 (what is written or read | by rdf-literal | what elementpath has for the literal):
#   Infinity | "INF"^^xsd:double | inf
#   1e+21 | "1e+21"^^xsd:long | error
#   1.5 | "1.5E0"^^xsd:double | 1.5
#   "INF"^^xsd:double | NaN | inf
#   "-0044"^^xsd:gYear | 2044 | -0044
#   "2024"^^xsd:gYear | 2024 | 2024
#   "2024-05-01+06:00"^^xsd:date | Invalid Date | 2024-05-01+06:00
#   "2024-05-01"^^xsd:date | 2024-05-01 | 2024-05-01
# Fails (exit 1) where a package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q 'elementpath==5.1.4'
npm install --silent --no-audit --no-fund rdf-literal@2.0.0 n3@2.13.12 >/dev/null
cat >run.js <<'JS'
const { DataFactory } = require("n3");
const { fromRdf, toRdf } = require("rdf-literal");
const XSD = "http://www.w3.org/2001/XMLSchema#";
for (const number of [Infinity, 1e21, 1.5]) {
  const { value, datatype } = toRdf(number, { dataFactory: DataFactory });
  const kind = datatype.value.replace(XSD, "");
  console.log([number, `"${value}"^^xsd:${kind}`, value, kind].join("\t"));
}
for (const [lexical, kind] of [
  ["INF", "double"],
  ["-0044", "gYear"],
  ["2024", "gYear"],
  ["2024-05-01+06:00", "date"],
  ["2024-05-01", "date"],
]) {
  let read = fromRdf(DataFactory.literal(lexical, DataFactory.namedNode(XSD + kind)));
  if (kind === "gYear") read = read.getFullYear();
  else if (kind === "date" && !isNaN(read)) read = read.toISOString().slice(0, 10);
  console.log([`"${lexical}"^^xsd:${kind}`, read, lexical, kind].join("\t"));
}
JS
cat >run.py <<'PY'
import subprocess

from elementpath.datatypes import Date, DoubleProxy, GregorianYear, Long

READERS = {
    "double": DoubleProxy,
    "long": Long,
    "gYear": GregorianYear.fromstring,
    "date": Date.fromstring,
}
for line in subprocess.check_output(["node", "run.js"], text=True).splitlines():
    what, theirs, lexical, kind = line.split("\t")
    try:
        value = str(READERS[kind](lexical))
    except ValueError:
        value = "error"
    print(what, theirs, value, sep=" | ")
PY
seen=$(TZ=UTC venv/bin/python run.py)
expected='Infinity | "INF"^^xsd:double | inf
1e+21 | "1e+21"^^xsd:long | error
1.5 | "1.5E0"^^xsd:double | 1.5
"INF"^^xsd:double | NaN | inf
"-0044"^^xsd:gYear | 2044 | -0044
"2024"^^xsd:gYear | 2024 | 2024
"2024-05-01+06:00"^^xsd:date | Invalid Date | 2024-05-01+06:00
"2024-05-01"^^xsd:date | 2024-05-01 | 2024-05-01'
echo "$seen"
[ "$seen" = "$expected" ]
