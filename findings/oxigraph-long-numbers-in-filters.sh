#!/usr/bin/env bash
# Version: pyoxigraph 0.5.13, rdflib 7.6.0 (Python 3.11).
# Behaviour: Oxigraph keeps integers of more than 64 bits, and decimals of more than 18 digits behind
#   the point, and finds them; but to compare or add one is an error, which to a FILTER means false: rows
#   are missing, and a SUM over many values is empty for one of them. In rdflib the same queries find all.
#   Specification: SPARQL 1.1 Query Language, 17.2 (errors in FILTER), 17.3 (operators); XML Schema
#   Definition Language 1.1, part 2, 5.4 (16 digits of a decimal are enough to conform).
# Seen on 2026-11-30 (numbers | rows | rows above 1 | sum):
#   pyoxigraph: 5, 9223372036854775807 | 2 | 2 | none
#   pyoxigraph: 5, 9223372036854775808 | 2 | 1 | none
#   pyoxigraph: 5.0, 2.1234567890123456789 | 2 | 1 | none
#   rdflib: 5, 9223372036854775807 | 2 | 2 | 9223372036854775812
#   rdflib: 5, 9223372036854775808 | 2 | 2 | 9223372036854775813
#   rdflib: 5.0, 2.1234567890123456789 | 2 | 2 | 7.1234567890123456789
# Fails (exit 1) where a package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q 'pyoxigraph==0.5.13' 'rdflib==7.6.0'
seen=$("$folder/venv/bin/python" - <<'PY'
import pyoxigraph
import rdflib

NUMBERS = ("5, 9223372036854775807", "5, 9223372036854775808", "5.0, 2.1234567890123456789")
QUERIES = (
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER(?o > 1) }",
    "SELECT (SUM(?o) AS ?n) { ?s ?p ?o }",
)


def stored(turtle: str) -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    store.load(turtle, pyoxigraph.RdfFormat.TURTLE)
    return store


def told(value: object) -> object:
    return "none" if value is None else getattr(value, "value", value)


for name, read in {"pyoxigraph": stored, "rdflib": lambda text: rdflib.Graph().parse(data=text)}.items():
    for numbers in NUMBERS:
        source = read(f"<http://e.org/a> <http://e.org/p> {numbers} .")
        ((one,), (above,), (total,)) = (next(iter(source.query(query))) for query in QUERIES)
        print(f"{name}: {numbers}", told(one), told(above), told(total), sep=" | ")
PY
)
expected='pyoxigraph: 5, 9223372036854775807 | 2 | 2 | none
pyoxigraph: 5, 9223372036854775808 | 2 | 1 | none
pyoxigraph: 5.0, 2.1234567890123456789 | 2 | 1 | none
rdflib: 5, 9223372036854775807 | 2 | 2 | 9223372036854775812
rdflib: 5, 9223372036854775808 | 2 | 2 | 9223372036854775813
rdflib: 5.0, 2.1234567890123456789 | 2 | 2 | 7.1234567890123456789'
echo "$seen"
[ "$seen" = "$expected" ]
