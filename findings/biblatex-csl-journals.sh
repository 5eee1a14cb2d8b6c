#!/usr/bin/env bash
# Version: biblatex-csl-converter 3.6.0, @citation-js/core and its plugins bibtex, csl 0.8.2 (npm; Node.js 20).
# Behaviour: an article in a journal becomes a CSL "article", which is a work that is in no journal, as a
#   preprint: styles write "In", and volume and pages as those of a book. The number of its issue becomes
#   the number of a series, which is not printed, and the name of the journal is put into small letters,
#   as titles are. A collection of essays becomes a data set, and is printed so. citation-js
#   reads the same entries as the style means them. The package has article-journal among its
#   types, and writes it for entries that came from CSL.
#   Specification: CSL 1.0.2, appendix III, types (article, article-journal, book, dataset), appendix IV
#   (issue, collection-number); biblatex, 2.1.1 (@article, @collection), 2.2.2 (number of a journal).
# Seen on 2026-11-30 (type of entry | CSL type and the style APA by biblatex-csl-converter | by citation-js):
#   article | article | Cruz, A. (2024). Rain. In Journal of weather (Vol. 4, pp. 1–5).
#     | article-journal | Cruz, A. (2024). Rain. Journal of Weather, 4(3), 1–5.
#   collection | dataset | Cruz, A. (Ed.). (2024). Rain [Dataset]. Press.
#     | book | Cruz, A. (Ed.). (2024). Rain. Press.
#   book | book | Cruz, A. (2024). Rain. Press. | book | Cruz, A. (2024). Rain. Press.
# Fails (exit 1) where a package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund biblatex-csl-converter@3.6.0 @citation-js/core@0.8.2 \
  @citation-js/plugin-bibtex@0.8.2 @citation-js/plugin-csl@0.8.2 >/dev/null
cat >run.mjs <<'JS'
import core from "@citation-js/core";
import "@citation-js/plugin-bibtex";
import "@citation-js/plugin-csl";
import { CSLExporter, parse } from "biblatex-csl-converter";

const printed = (cite) =>
  `${cite.data[0].type} | ${cite.format("bibliography", { template: "apa" }).trim()}`;
for (const [type, fields] of [
  ["article", "author={Cruz, Ana}, journal={Journal of Weather}, volume=4, number=3, pages={1--5}"],
  ["collection", "editor={Cruz, Ana}, publisher={Press}"],
  ["book", "author={Cruz, Ana}, publisher={Press}"],
]) {
  const text = `@${type}{a, title={Rain}, year=2024, ${fields}}`;
  const [csl] = Object.values(new CSLExporter(parse(text, { sync: true }).entries).parse());
  const both = [new core.Cite({ ...csl, id: "a" }), new core.Cite(text)].map(printed);
  console.log([type, ...both].join(" | "));
}
JS
seen=$(node run.mjs)
expected='article | article | Cruz, A. (2024). Rain. In Journal of weather (Vol. 4, pp. 1–5). | article-journal | Cruz, A. (2024). Rain. Journal of Weather, 4(3), 1–5.
collection | dataset | Cruz, A. (Ed.). (2024). Rain [Dataset]. Press. | book | Cruz, A. (Ed.). (2024). Rain. Press.
book | book | Cruz, A. (2024). Rain. Press. | book | Cruz, A. (2024). Rain. Press.'
echo "$seen"
[ "$seen" = "$expected" ]
