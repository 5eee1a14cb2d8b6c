#!/usr/bin/env bash
# Version: owlrl 7.6.2 with rdflib 7.6.0 (Python 3.11).
# Behaviour: the RDFS closure concludes that a number 1 is the boolean true, and that true is 1, even
#   with the axioms of datatypes switched off: literals are looked up by their Python values, and in
#   Python 1 == True. So whoever counts from 1 in a graph with a "true" gets flags, and flags get numbers.
#   Specification: XML Schema Definition Language 1.1, part 2, 2.2: the value spaces of different
#   primitive datatypes (xsd:decimal, xsd:boolean) are disjoint.
# Seen on 2026-11-30:
#   e:a e:page "true"^^xsd:boolean
#   e:b e:open "1"^^xsd:integer
# Fails (exit 1) where the package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q 'owlrl==7.6.2' 'rdflib==7.6.0'
seen=$("$folder/venv/bin/python" - <<'PY'
import owlrl
from rdflib import Graph, Namespace

E = Namespace("http://example.org/")
graph = Graph().parse(data=f"@prefix e: <{E}> . e:a e:page 1 . e:b e:open true .", format="turtle")
before = set(graph)
closure = owlrl.DeductiveClosure(
    owlrl.RDFS_Semantics, axiomatic_triples=False, datatype_axioms=False
)
closure.expand(graph)
for subject, predicate, value in sorted(set(graph) - before):
    if predicate in (E.page, E.open):
        kind = value.datatype.rpartition("#")[2]
        print(f'e:{subject[-1]} e:{predicate.removeprefix(E)} "{value}"^^xsd:{kind}')
PY
)
expected='e:a e:page "true"^^xsd:boolean
e:b e:open "1"^^xsd:integer'
echo "$seen"
[ "$seen" = "$expected" ]
