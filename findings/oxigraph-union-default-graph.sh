#!/usr/bin/env bash
# Version: pyoxigraph 0.5.13, rdflib 7.6.0 (Python 3.11).
# Behaviour: with the union of all graphs as the default graph, Oxigraph finds a triple once for each
#   graph that it stands in, so that COUNT(*) over one triple in two graphs is 2. rdflib's union counts
#   it once. A default graph is an RDF graph, and so a set.
#   Specification: SPARQL 1.1 Query Language, 13.1 and 18.1.2 (the default graph is a graph); RDF 1.1
#   Concepts, 3 (an RDF graph is a set of triples).
# Seen on 2026-11-30:
#   pyoxigraph 2
#   rdflib 1
# Fails (exit 1) where a package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q 'pyoxigraph==0.5.13' 'rdflib==7.6.0'
seen=$("$folder/venv/bin/python" - <<'PY'
import pyoxigraph
import rdflib

triple = "<http://e.org/s> <http://e.org/p> <http://e.org/o>"
data = f"{triple} <http://e.org/g1> .\n{triple} <http://e.org/g2> .\n"
query = "SELECT (COUNT(*) AS ?n) { ?s <http://e.org/p> ?o }"

store = pyoxigraph.Store()
store.load(data.encode(), pyoxigraph.RdfFormat.N_QUADS)
(row,) = store.query(query, use_default_graph_as_union=True)
print("pyoxigraph", row[0].value)

dataset = rdflib.Dataset(default_union=True)
dataset.parse(data=data, format="nquads")
(row,) = dataset.query(query)
print("rdflib", row[0])
PY
)
expected='pyoxigraph 2
rdflib 1'
echo "$seen"
[ "$seen" = "$expected" ]
