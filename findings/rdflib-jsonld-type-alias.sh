#!/usr/bin/env bash
# Version: rdflib 7.6.0, PyLD 3.3.0 (Python 3.11).
# Behaviour: where a context names @type by an expanded definition, {"@id": "@type", "@container":
#   "@set"}, rdflib reads the classes of nodes under that name, but loses the datatype of literals under
#   it: "2024-11"^^xsd:gYearMonth becomes a plain string, without a word. PyLD keeps it.
#   Specification: JSON-LD 1.1, 9.15.1 (a definition of @type or an alias may have @container: @set) and
#   9.5 (value objects: @type or an alias of it).
# Seen on 2026-11-30:
#   rdflib ['http://e.org/C', 'None']
#   PyLD ['http://e.org/C', 'http://www.w3.org/2001/XMLSchema#gYearMonth']
# Fails (exit 1) where a package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q 'rdflib==7.6.0' 'pyld==3.3.0'
seen=$("$folder/venv/bin/python" -W ignore - <<'PY'
import json

import rdflib
from pyld import jsonld

document = {
    "@context": {"type": {"@id": "@type", "@container": "@set"}},
    "@id": "http://e.org/a",
    "type": ["http://e.org/C"],
    "http://e.org/p": {
        "@value": "2024-11",
        "type": "http://www.w3.org/2001/XMLSchema#gYearMonth",
    },
}
graph = rdflib.Graph().parse(data=json.dumps(document), format="json-ld")
subject = rdflib.URIRef("http://e.org/a")
literal = graph.value(subject, rdflib.URIRef("http://e.org/p"))
print("rdflib", [str(graph.value(subject, rdflib.RDF.type)), str(literal.datatype)])

(node,) = jsonld.expand(document)
print("PyLD", [*node["@type"], node["http://e.org/p"][0]["@type"]])
PY
)
expected="rdflib ['http://e.org/C', 'None']
PyLD ['http://e.org/C', 'http://www.w3.org/2001/XMLSchema#gYearMonth']"
echo "$seen"
[ "$seen" = "$expected" ]
