#!/usr/bin/env bash
# Version: morph-kgc 2.10.0 (Python 3.11).
# Behaviour: the cells of a column that a mapping declares as xsd:integer go through a floating-point number
#   and a machine integer, to take away an ".0". A number of 16 digits and more becomes another one; from
#   2^63 on it is -9223372036854775808, with a minus; and what is no integer, 3.7, is one that was cut
#   off, where a mistake in the data ought to show. Nothing is said. The same cells without a datatype, or
#   as xsd:long or xsd:nonNegativeInteger, come out as they stand in the table.
#   Specification: RML Core, natural mapping (of CSV: the string of the cell) and rml:datatype ("the lexical
#   form"); R2RML, 10.2 (natural mapping of SQL values: the lexical form of an xsd:integer).
# Seen on 2026-11-30 (cell | with xsd:integer | with xsd:nonNegativeInteger | without a datatype):
#   28000000000 | 28000000000 | 28000000000 | 28000000000
#   9007199254740993 | 9007199254740992 | 9007199254740993 | 9007199254740993
#   1234567890123456789 | 1234567890123456768 | 1234567890123456789 | 1234567890123456789
#   12345678901234567890 | -9223372036854775808 | 12345678901234567890 | 12345678901234567890
#   3.7 | 3 | 3.7 | 3.7
# Fails (exit 1) where the package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q 'morph-kgc==2.10.0'
printf 'id,n\n1,28000000000\n2,9007199254740993\n3,1234567890123456789\n4,12345678901234567890\n5,3.7\n' >table.csv
cat >map.ttl <<'TTL'
@prefix rr: <http://www.w3.org/ns/r2rml#> . @prefix rml: <http://semweb.mmlab.be/ns/rml#> .
@prefix ql: <http://semweb.mmlab.be/ns/ql#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix e: <http://e.org/> .
e:map rml:logicalSource [ rml:source "table.csv" ; rml:referenceFormulation ql:CSV ] ;
  rr:subjectMap [ rr:template "http://e.org/{id}" ] ;
  rr:predicateObjectMap
    [ rr:predicate e:integer ; rr:objectMap [ rml:reference "n" ; rr:datatype xsd:integer ] ] ,
    [ rr:predicate e:other ; rr:objectMap [ rml:reference "n" ; rr:datatype xsd:nonNegativeInteger ] ] ,
    [ rr:predicate e:plain ; rr:objectMap [ rml:reference "n" ] ] .
TTL
cat >run.py <<'PY'
import csv
import logging
import re

import morph_kgc

logging.disable(logging.CRITICAL)

if __name__ == "__main__":
    triples = morph_kgc.materialize_set("[CONFIGURATION]\nnumber_of_processes: 1\n[a]\nmappings: map.ttl\n")
    forms = {}
    for triple in triples:
        row, name, form = re.match(r'<http://e.org/(\d)> <http://e.org/(\w+)> "([^"]*)"', triple).groups()
        forms[row, name] = form
    with open("table.csv", newline="") as file:
        for row in csv.DictReader(file):
            mapped = (forms[row["id"], name] for name in ("integer", "other", "plain"))
            print(row["n"], *mapped, sep=" | ")
PY
seen=$(venv/bin/python -W ignore run.py)
expected='28000000000 | 28000000000 | 28000000000 | 28000000000
9007199254740993 | 9007199254740992 | 9007199254740993 | 9007199254740993
1234567890123456789 | 1234567890123456768 | 1234567890123456789 | 1234567890123456789
12345678901234567890 | -9223372036854775808 | 12345678901234567890 | 12345678901234567890
3.7 | 3 | 3.7 | 3.7'
echo "$seen"
[ "$seen" = "$expected" ]
