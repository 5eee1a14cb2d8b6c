#!/usr/bin/env bash
# Version: PyLD 3.3.0 (Python 3.11), jsonld.js 9.0.0 (Node.js 20).
# Behaviour: where a context has a name for @value, compacting into a language map leaves each value as
#   an object with that name and the language, not as the string that the algorithm asks for; to expand
#   the result is then an error (invalid language map value). Without the name for @value the same
#   document is compacted well.
#   Specification: JSON-LD 1.1 Processing Algorithms and API, 5.1.2 (compaction, a container with
#   @language): the value becomes the expanded item's @value.
# Seen on 2026-11-30:
#   PyLD no name: {"en": "A"}
#   PyLD a name: {"en": {"language": "en", "text": "A"}}
#   jsonld.js no name: {"en":"A"}
#   jsonld.js a name: {"en":{"language":"en","text":"A"}}
# Fails (exit 1) where a package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q 'pyld==3.3.0'
npm install --silent --prefix "$folder" 'jsonld@9.0.0' >/dev/null
cat >"$folder/cases.json" <<'JSON'
{"no name": {"label": {"@id": "http://e.org/l", "@container": "@language"}},
 "a name": {"label": {"@id": "http://e.org/l", "@container": "@language"},
            "text": "@value", "language": "@language"}}
JSON
cat >"$folder/run.py" <<'PY'
import json, sys

from pyld import jsonld

for name, context in json.load(open(sys.argv[1])).items():
    document = {"@context": context, "@id": "http://e.org/a", "label": {"en": "A"}}
    found = jsonld.compact(jsonld.expand(document), context)
    print(f"PyLD {name}:", json.dumps(found["label"], sort_keys=True))
PY
cat >"$folder/run.js" <<'JS'
const jsonld = require("jsonld");
const cases = require("./cases.json");
(async () => {
  for (const [name, context] of Object.entries(cases)) {
    const document = { "@context": context, "@id": "http://e.org/a", label: { en: "A" } };
    const found = await jsonld.compact(await jsonld.expand(document), context);
    console.log(`jsonld.js ${name}:`, JSON.stringify(found.label));
  }
})();
JS
seen=$("$folder/venv/bin/python" "$folder/run.py" "$folder/cases.json" && node "$folder/run.js")
expected='PyLD no name: {"en": "A"}
PyLD a name: {"en": {"language": "en", "text": "A"}}
jsonld.js no name: {"en":"A"}
jsonld.js a name: {"en":{"language":"en","text":"A"}}'
echo "$seen"
[ "$seen" = "$expected" ]
