#!/usr/bin/env bash
# Version: cffconvert 2.0.0, pybtex 0.26.1, rispy 0.10.0 (Python 3.11), @citation-js/core and its plugins
#   bibtex, ris 0.8.2 and cff 0.6.2 (npm; Node.js 20).
# Behaviour: cffconvert writes the name of an organisation to BibTeX as it stands in the CITATION.cff. A reader
#   splits authors at "and" and takes the last word for the family name: one office becomes two authors,
#   an institute a person called Institute. In RIS, the last line is ER alone, without the sign that
#   makes it a tag: rispy finds no record in the file, and citation-js a title with ER at its end.
#   citation-js writes the same file as both are meant, with the organisation in braces and a whole ER.
#   Specification: Citation File Format 1.2.0, definitions.entity (name: one entity); BibTeXing, 4 (names:
#   "and" between them, braces keep together); RIS format, "ER  - " (the end of a reference).
# Seen on 2026-11-30:
#   Office for Roads and Bridges, BibTeX by cffconvert: for Roads, Office; Bridges
#   Office for Roads and Bridges, BibTeX by citation-js: {Office for Roads and Bridges}
#   Rain Institute, BibTeX by cffconvert: Institute, Rain
#   Rain Institute, BibTeX by citation-js: {Rain Institute}
#   RIS by cffconvert: 0 records to rispy, title to citation-js On rain ER
#   RIS by citation-js: 1 records to rispy, title to citation-js On rain
# Fails (exit 1) where a package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q 'cffconvert==2.0.0' 'pybtex==0.26.1' 'rispy==0.10.0'
npm install --silent --no-audit --no-fund @citation-js/core@0.8.2 @citation-js/plugin-bibtex@0.8.2 \
  @citation-js/plugin-ris@0.8.2 @citation-js/plugin-cff@0.6.2 >/dev/null
cat >run.js <<'JS'
// Writes standard input as the format that is named, or tells the title of it.
const { Cite } = require("@citation-js/core");
for (const name of ["bibtex", "ris", "cff"]) require(`@citation-js/plugin-${name}`);
const cite = new Cite(require("fs").readFileSync(0, "utf8"));
const [format] = process.argv.slice(2);
process.stdout.write(format === "title" ? cite.data[0].title.trim() : cite.format(format));
JS
cat >run.py <<'PY'
import subprocess

import rispy
from cffconvert import Citation
from pybtex.database import parse_string


def by_citation_js(text: str, what: str) -> str:
    command = ["node", "run.js", what]
    return subprocess.run(command, input=text, stdout=-1, text=True, check=True).stdout


def written(organisation: str, what: str) -> dict[str, str]:
    text = f"""cff-version: 1.2.0
message: Please cite this.
title: On rain
date-released: 2024-05-01
authors:
  - name: {organisation}
"""
    citation = Citation(text)
    citation.validate()
    ours = citation.as_bibtex() if what == "bibtex" else citation.as_ris()
    return {"cffconvert": ours, "citation-js": by_citation_js(text, what)}


for organisation in ("Office for Roads and Bridges", "Rain Institute"):
    for name, text in written(organisation, "bibtex").items():
        (entry,) = parse_string(text, "bibtex").entries.values()
        authors = "; ".join(map(str, entry.persons["author"]))
        print(f"{organisation}, BibTeX by {name}: {authors}")
for name, text in written("Rain Institute", "ris").items():
    title = by_citation_js(text, "title")
    print(f"RIS by {name}: {len(rispy.loads(text))} records to rispy, title to citation-js {title}")
PY
seen=$(venv/bin/python -W ignore run.py)
expected='Office for Roads and Bridges, BibTeX by cffconvert: for Roads, Office; Bridges
Office for Roads and Bridges, BibTeX by citation-js: {Office for Roads and Bridges}
Rain Institute, BibTeX by cffconvert: Institute, Rain
Rain Institute, BibTeX by citation-js: {Rain Institute}
RIS by cffconvert: 0 records to rispy, title to citation-js On rain ER
RIS by citation-js: 1 records to rispy, title to citation-js On rain'
echo "$seen"
[ "$seen" = "$expected" ]
