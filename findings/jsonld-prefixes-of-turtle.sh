#!/usr/bin/env bash
# Version: @frogcat/ttl2jsonld 0.0.10, jsonld-streaming-serializer 4.0.0, jsonld 9.0.0, n3 2.13.12 (npm;
#   Node.js 20), PyLD 3.3.0, pyoxigraph 0.5.13, rdflib 7.6.0 (Python 3.11).
# Behaviour: a prefix of Turtle may end anywhere (obo:GO_, as ontologies have it); one of a JSON-LD context
#   that is a plain string is none unless the IRI ends in one of : / ? # [ ] @. Two writers take the
#   prefixes as they come and shorten names by them: what is read back has IRIs such as <GO:0008150>, which
#   are valid, so that no reader complains, and every link to the real ones is lost. rdflib writes the
#   same graph with the IRIs in full. The four readers agree, as the specification asks.
#   Specification: JSON-LD 1.1 Processing Algorithms and API, 4.2.2 (create term definition, step 14.2.5:
#   the prefix flag), 5.2.2 (IRI expansion, step 6.4); JSON-LD 1.1, 4.1.5 (compact IRIs).
# Seen on 2026-11-30 (written from GO:0008150, and read by
#   jsonld.js | PyLD | pyoxigraph | rdflib):
#   ttl2jsonld GO:0008150 | GO:0008150 | GO:0008150 | GO:0008150 | GO:0008150
#   jsonld-streaming-serializer GO:0008150 | GO:0008150 | GO:0008150 | GO:0008150 | GO:0008150
#   rdflib http://o.org/GO_0008150 | http://o.org/GO_0008150 | http://o.org/GO_0008150 |
#     http://o.org/GO_0008150 | http://o.org/GO_0008150
# Fails (exit 1) where a package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q 'pyld==3.3.0' 'pyoxigraph==0.5.13' 'rdflib==7.6.0'
npm install --silent --no-audit --no-fund @frogcat/ttl2jsonld@0.0.10 n3@2.13.12 jsonld@9.0.0 \
  jsonld-streaming-serializer@4.0.0 >/dev/null
cat >graph.ttl <<'TTL'
@prefix GO: <http://o.org/GO_> .
@prefix e: <http://e.org/> .
GO:0008150 e:name "process" .
TTL
cat >write.mjs <<'JS'
import { readFileSync } from "node:fs";
import ttl2jsonld from "@frogcat/ttl2jsonld";
import { JsonLdSerializer } from "jsonld-streaming-serializer";
import { Parser } from "n3";

const turtle = readFileSync("graph.ttl", "utf8");
const context = { GO: "http://o.org/GO_", e: "http://e.org/" };
const serializer = new JsonLdSerializer({ context });
for (const quad of new Parser().parse(turtle)) serializer.write(quad);
serializer.end();
let text = "";
for await (const part of serializer) text += part;
const documents = {
  ttl2jsonld: ttl2jsonld.parse(turtle),
  "jsonld-streaming-serializer": JSON.parse(text),
};
console.log(JSON.stringify(documents));
JS
cat >read.mjs <<'JS'
import jsonld from "jsonld";

const [quad] = await jsonld.toRDF(JSON.parse(process.argv[2]));
console.log(quad.subject.value);
JS
cat >run.py <<'PY'
import json
import subprocess

import pyoxigraph
import rdflib
from pyld import jsonld


def by_jsonld_js(text: str) -> str:
    return subprocess.check_output(["node", "read.mjs", text], text=True).strip()


def by_pyld(text: str) -> str:
    ((triple,),) = jsonld.to_rdf(json.loads(text)).values()
    return triple["subject"]["value"]


def by_pyoxigraph(text: str) -> str:
    (quad,) = pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.JSON_LD)
    return quad.subject.value


def by_rdflib(text: str) -> str:
    (subject,) = rdflib.Graph().parse(data=text, format="json-ld").subjects()
    return str(subject)


documents = json.loads(subprocess.check_output(["node", "write.mjs"], text=True))
graph = rdflib.Graph(bind_namespaces="none").parse("graph.ttl")
documents["rdflib"] = json.loads(graph.serialize(format="json-ld", auto_compact=True))
for name, document in documents.items():
    assert document["@context"]["GO"] == "http://o.org/GO_"
    (node,) = document.get("@graph", [document])
    text = json.dumps(document)
    read = (reader(text) for reader in (by_jsonld_js, by_pyld, by_pyoxigraph, by_rdflib))
    print(f"{name} {node['@id']}", *read, sep=" | ")
PY
seen=$(venv/bin/python run.py)
full=http://o.org/GO_0008150
expected="ttl2jsonld GO:0008150 | GO:0008150 | GO:0008150 | GO:0008150 | GO:0008150
jsonld-streaming-serializer GO:0008150 | GO:0008150 | GO:0008150 | GO:0008150 | GO:0008150
rdflib $full | $full | $full | $full | $full"
echo "$seen"
[ "$seen" = "$expected" ]
