#!/usr/bin/env bash
# Version: rdf-parse 4.0.0, microdata-rdf-streaming-parser 3.0.0, microdata-node 2.0.0 (npm; Node.js 20).
# Behaviour: one link of a page with <base href> is two IRIs in one graph. rdf-parse, which reads pages with
#   the parsers that Comunica has, goes by the base for RDFa and JSON-LD and not for microdata; nor does the
#   newest parser of that. So what JSON-LD says of a file, and what microdata says of the same file, are
#   said of two, and one is not there. Nothing is said. On a page without a base all agree, so that
#   a trial shows nothing. microdata-node has the IRI that a browser follows.
#   Specification: HTML Standard, 5.2.4 (microdata values: URLs are resolved against the document), 2.4.3
#   (document base URL) and 4.2.3 (base); JSON-LD 1.1, 7.1 (base IRI from HTML's base element).
# Seen on 2026-11-30 (base of http://e.org/page | the link data.csv by rdf-parse in RDFa | in JSON-LD | in
#   microdata | in microdata by its newest parser | by microdata-node):
#   none | /data.csv | /data.csv | /data.csv | /data.csv | /data.csv
#   /files/ | /files/data.csv | /files/data.csv | /data.csv | /data.csv | /files/data.csv
# Fails (exit 1) where a package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund rdf-parse@4.0.0 microdata-rdf-streaming-parser@3.0.0 \
  microdata-node@2.0.0 >/dev/null
cat >run.mjs <<'JS'
import { Readable } from "node:stream";
import { toJson } from "microdata-node";
import { MicrodataRdfParser } from "microdata-rdf-streaming-parser";
import { rdfParser } from "rdf-parse";

const baseIRI = "http://e.org/page";
for (const base of [null, "/files/"]) {
  const head = base ? `<base href="${base}">` : "";
  const page = `<!doctype html><html><head>${head}<title>Rain</title>
<script type="application/ld+json">{"http://e.org/json": {"@id": "data.csv"}}</script></head>
<body><p><a property="http://e.org/rdfa" href="data.csv">Rain</a></p>
<p itemscope itemtype="http://e.org/T"><a itemprop="micro" href="data.csv">Rain</a></p></body></html>`;
  const found = {};
  const quads = rdfParser.parse(Readable.from([page]), { contentType: "text/html", baseIRI });
  for await (const { predicate, object } of quads) found[predicate.value.slice(13)] = object.value;
  const parser = new MicrodataRdfParser({ baseIRI });
  parser.end(page);
  for await (const { predicate, object } of parser)
    if (predicate.value.endsWith("micro")) found.newest = object.value;
  const [node] = toJson(page, { base: baseIRI }).items[0].properties.micro;
  const all = [found.rdfa, found.json, found.micro, found.newest, node];
  console.log([base ?? "none", ...all.map((iri) => iri.slice(12))].join(" | "));
}
JS
seen=$(node run.mjs)
expected='none | /data.csv | /data.csv | /data.csv | /data.csv | /data.csv
/files/ | /files/data.csv | /files/data.csv | /data.csv | /data.csv | /files/data.csv'
echo "$seen"
[ "$seen" = "$expected" ]
