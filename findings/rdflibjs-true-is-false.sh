#!/usr/bin/env bash
# Version: rdflib 2.4.0 (npm, rdflib.js; Node.js 20).
# Behaviour: a "true" that was read from RDF/XML, or from a typed literal in Turtle, is written as false
#   to Turtle and JSON-LD: the writer takes every boolean but "1" for false. The bare word true of Turtle
#   is read as "1", so that a file of Turtle alone comes back right, and no simple trial shows it.
#   Specification: XML Schema Definition Language 1.1, part 2, 3.3.2.2 (true and 1 are the same value).
# Seen on 2026-11-30 (what is read | written as N-Triples | as Turtle | as JSON-LD):
#   Turtle true | "1" | true | true
#   Turtle "true"^^xsd:boolean | "true" | false | false
#   RDF/XML | "true" | false | false
# Fails (exit 1) where the package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund rdflib@2.4.0 >/dev/null
cat >run.js <<'JS'
const rdf = require("rdflib");
const xsd = "http://www.w3.org/2001/XMLSchema#boolean";
const triple = `<http://e.org/a> <http://e.org/open> "true"^^<${xsd}> .`;
const xml = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://e.org/">
  <rdf:Description rdf:about="http://e.org/a"><open rdf:datatype="${xsd}">true</open></rdf:Description>
</rdf:RDF>`;
for (const [name, type, text] of [
  ["Turtle true", "text/turtle", "<http://e.org/a> <http://e.org/open> true ."],
  ['Turtle "true"^^xsd:boolean', "text/turtle", triple],
  ["RDF/XML", "application/rdf+xml", xml],
]) {
  const graph = rdf.graph();
  rdf.parse(text, graph, "http://b.org/doc", type);
  const write = (as) => rdf.serialize(null, graph, "http://b.org/doc", as);
  const [lexical] = write("application/n-triples").match(/"\w+"/);
  const [, turtle] = write("text/turtle").match(/open (\w+)/);
  const [, json] = write("application/ld+json").match(/open": (\w+)/);
  console.log([name, lexical, turtle, json].join(" | "));
}
JS
seen=$(node run.js)
expected='Turtle true | "1" | true | true
Turtle "true"^^xsd:boolean | "true" | false | false
RDF/XML | "true" | false | false'
echo "$seen"
[ "$seen" = "$expected" ]
