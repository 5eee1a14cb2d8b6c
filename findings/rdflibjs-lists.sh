#!/usr/bin/env bash
# Version: rdflib 2.4.0 (npm, rdflib.js), n3 2.13.12 (Node.js 20).
# Behaviour: a list that was read from Turtle has no end in N-Triples and N-Quads (its last rdf:rest is
#   an IRI that RDF does not have, rdf:nill) and no members in RDF/XML (an empty parseType="Collection",
#   which is read as rdf:nil). Turtle alone gives it back. What ends a list is what readers of lists,
#   of SHACL's sh:in or OWL's unionOf look for.
#   Specification: RDF Schema 1.1, 5.2 (rdf:nil); RDF 1.1 XML Syntax, 2.16 (Collection).
# Seen on 2026-11-30, of the list ("x" "y"):
#   Turtle: first "x", first "y", end rdf:nil
#   N-Triples: first "x", first "y", end rdf:nill
#   N-Quads: first "x", first "y", end rdf:nill
#   RDF/XML: <e:p rdf:parseType="Collection"></e:p>
# Fails (exit 1) where the package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund rdflib@2.4.0 n3@2.13.12 >/dev/null
cat >run.js <<'JS'
const rdf = require("rdflib");
const { Parser } = require("n3");
const base = "http://e.org/doc";
const graph = rdf.graph();
rdf.parse('<http://e.org/a> <http://e.org/p> ("x" "y") .', graph, base, "text/turtle");
const write = (type) => rdf.serialize(null, graph, base, type);
const name = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
for (const [format, type] of [
  ["Turtle", "text/turtle"],
  ["N-Triples", "application/n-triples"],
  ["N-Quads", "application/n-quads"],
]) {
  const quads = new Parser({ baseIRI: base }).parse(write(type));
  const firsts = quads.filter((quad) => quad.predicate.value === `${name}first`);
  const rests = quads.filter((quad) => quad.predicate.value === `${name}rest`);
  const [end] = rests.filter((quad) => quad.object.termType === "NamedNode");
  const members = firsts.map((quad) => `first "${quad.object.value}"`).sort();
  console.log(`${format}: ${members.join(", ")}, end ${end.object.value.replace(name, "rdf:")}`);
}
console.log("RDF/XML:", write("application/rdf+xml").match(/<e:p.*/)[0]);
JS
seen=$(node run.js)
expected='Turtle: first "x", first "y", end rdf:nil
N-Triples: first "x", first "y", end rdf:nill
N-Quads: first "x", first "y", end rdf:nill
RDF/XML: <e:p rdf:parseType="Collection"></e:p>'
echo "$seen"
[ "$seen" = "$expected" ]
