#!/usr/bin/env bash
# Version: PyLD 3.3.0, pyoxigraph 0.5.13, rdflib 7.6.0, shacl 0.3.4 (Python 3.11), jsonld.js 9.0.0
#   (Node.js 20).
# Behaviour: where a context says that a term is an xsd:decimal, and the document has a JSON number with
#   a fraction, what comes out is "3.5E0"^^xsd:decimal, which no decimal is: shapes reject it, and stores
#   compare it with nothing. A whole number, or the number as a string, comes out well. Three processors
#   do so, for the specification asks for it; rdflib does not.
#   Specification: JSON-LD 1.1 Processing Algorithms and API, 8.2.2 (object to RDF conversion, step 10:
#   a number with a fraction is in the canonical form of xsd:double, whatever the datatype); XML Schema
#   Definition Language 1.1, part 2, 3.3.3.1 (decimals have no exponent).
# Seen on 2026-11-30 (of 3.5 | of 3 | of "3.5" | is 3.5 an xsd:decimal to SHACL):
#   jsonld.js "3.5E0" | "3" | "3.5" | False
#   PyLD "3.5E0" | "3" | "3.5" | False
#   pyoxigraph "3.5E0" | "3" | "3.5" | False
#   rdflib "3.5" | "3" | "3.5" | True
# Fails (exit 1) where a package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q 'pyld==3.3.0' 'pyoxigraph==0.5.13' 'rdflib==7.6.0' 'shacl==0.3.4'
npm install --silent --no-audit --no-fund jsonld@9.0.0 >/dev/null
cat >run.js <<'JS'
const jsonld = require("jsonld");
(async () => {
  const document = JSON.parse(process.argv[2]);
  process.stdout.write(await jsonld.toRDF(document, { format: "application/n-quads" }));
})();
JS
cat >run.py <<'PY'
import json
import subprocess

import pyoxigraph
import rdflib
import shacl
from pyld import jsonld

DECIMAL = "http://www.w3.org/2001/XMLSchema#decimal"
SHAPES = shacl.Shapes.from_turtle(f"""@prefix sh: <http://www.w3.org/ns/shacl#> .
<http://e.org/S> a sh:NodeShape ; sh:targetNode <http://e.org/a> ;
    sh:property [ sh:path <http://e.org/price> ; sh:datatype <{DECIMAL}> ] .""")


def oxigraph(text: str) -> str:
    (quad,) = pyoxigraph.parse(text.encode(), format=pyoxigraph.RdfFormat.JSON_LD)
    return f"{quad} ."


processors = {
    "jsonld.js": lambda text: subprocess.check_output(["node", "run.js", text], text=True),
    "PyLD": lambda text: jsonld.to_rdf(json.loads(text), {"format": "application/n-quads"}),
    "pyoxigraph": oxigraph,
    "rdflib": lambda text: rdflib.Graph().parse(data=text, format="json-ld").serialize(format="nt"),
}
for name, triples_of in processors.items():
    made = []
    for number in (3.5, 3, "3.5"):
        context = {"price": {"@id": "http://e.org/price", "@type": DECIMAL}}
        document = {"@context": context, "@id": "http://e.org/a", "price": number}
        made.append(triples_of(json.dumps(document)))
    forms = (f'"{triple.split(chr(34))[1]}"' for triple in made)
    print(name, " | ".join([*forms, str(SHAPES.validate_turtle(made[0]).conforms)]))
PY
seen=$(venv/bin/python -W ignore run.py)
expected='jsonld.js "3.5E0" | "3" | "3.5" | False
PyLD "3.5E0" | "3" | "3.5" | False
pyoxigraph "3.5E0" | "3" | "3.5" | False
rdflib "3.5" | "3" | "3.5" | True'
echo "$seen"
[ "$seen" = "$expected" ]
