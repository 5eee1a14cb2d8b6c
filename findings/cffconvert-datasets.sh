#!/usr/bin/env bash
# Version: cffconvert 2.0.0 (Python 3.11), @citation-js/core 0.8.2 with its plugin cff 0.6.2 (npm; Node.js 20).
# Behaviour: of a CITATION.cff that is valid to cffconvert itself, the schema.org and CodeMeta that it makes say
#   other things: a dataset is a SoftwareSourceCode, two licences are one IRI with the brackets and
#   quotes of a Python list in it, and the DOI of the work gives way to the first one in "identifiers",
#   which may be that of all versions. So it is no dataset to who looks for datasets, and who cites it
#   cites something else. citation-js reads the type and the DOI of the same file as they stand.
#   Specification: Citation File Format 1.2.0, schema guide: type (software or dataset), license (one or
#   more), doi (of the work), identifiers (further ones); schema.org, Dataset; RFC 3986, 3.3 (no "[" in a
#   path).
# Seen on 2026-11-30:
#   valid to cffconvert: True
#   schema.org and CodeMeta: SoftwareSourceCode, https://doi.org/10.5072/rain.1,
#     https://spdx.org/licenses/['CC-BY-4.0', 'MIT']
#   citation-js: dataset, 10.5072/rain.2
# Fails (exit 1) where a package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q 'cffconvert==2.0.0'
npm install --silent --no-audit --no-fund @citation-js/core@0.8.2 @citation-js/plugin-cff@0.6.2 >/dev/null
cat >CITATION.cff <<'CFF'
cff-version: 1.2.0
message: Please cite this.
type: dataset
title: Rain of a year
version: "2"
date-released: 2024-05-01
authors:
  - name: Rain Institute
doi: 10.5072/rain.2
identifiers:
  - type: doi
    value: 10.5072/rain.1
    description: all versions
license: [CC-BY-4.0, MIT]
CFF
cat >run.py <<'PY'
import json
from pathlib import Path

from cffconvert import Citation
from jsonschema.exceptions import ValidationError

citation = Citation(Path("CITATION.cff").read_text("utf-8"))
try:
    citation.validate()
    print("valid to cffconvert: True")
except ValidationError:
    print("valid to cffconvert: False")
made = [json.loads(text) for text in (citation.as_schemaorg(), citation.as_codemeta())]
told = {", ".join((one["@type"], one["identifier"], one["license"])) for one in made}
print("schema.org and CodeMeta:", *told)
PY
cat >run.js <<'JS'
const { Cite } = require("@citation-js/core");
require("@citation-js/plugin-cff");
const [{ type, DOI }] = new Cite(require("fs").readFileSync("CITATION.cff", "utf8")).data;
console.log(`citation-js: ${type}, ${DOI}`);
JS
seen=$(venv/bin/python -W ignore run.py && node run.js)
expected="valid to cffconvert: True
schema.org and CodeMeta: SoftwareSourceCode, https://doi.org/10.5072/rain.1, \
https://spdx.org/licenses/['CC-BY-4.0', 'MIT']
citation-js: dataset, 10.5072/rain.2"
echo "$seen"
[ "$seen" = "$expected" ]
