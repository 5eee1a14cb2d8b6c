#!/usr/bin/env bash
# Version: rocrate 0.16.0, PyLD 3.3.0 (Python 3.11).
# Behaviour: a crate that defines terms of its own, beside those of RO-Crate, loses the definitions
#   when it is read and written again: the keys stay, and mean nothing. A reader of JSON-LD drops them
#   without a word, so that a change of a title costs all own properties. Whoever changes a crate puts the
#   terms back (crate.metadata.extra_terms).
#   Specification: RO-Crate Metadata Specification 1.1, appendix "Extending RO-Crate" (own terms in an
#   object in the list of @context); JSON-LD 1.1, 9.2 (keys that no context defines are dropped).
# Seen on 2026-11-30 (the terms that the context defines | what JSON-LD has of <#a>):
#   before: ['confidence'] | ['https://e.org/terms#confidence', 'https://schema.org/name']
#   after: [] | ['https://schema.org/name']
#   the key is still there: True
# Fails (exit 1) where the package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q 'rocrate==0.16.0' 'pyld==3.3.0'
mkdir crate
cat >crate/ro-crate-metadata.json <<'JSON'
{"@context": ["https://w3id.org/ro/crate/1.1/context", {"confidence": "https://e.org/terms#confidence"}],
 "@graph": [
  {"@id": "ro-crate-metadata.json", "@type": "CreativeWork", "about": {"@id": "./"},
   "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"}},
  {"@id": "./", "@type": "Dataset", "name": "A crate", "description": "Of one entity",
   "datePublished": "2024-05-01", "license": "MIT", "mentions": {"@id": "#a"}},
  {"@id": "#a", "@type": "Thing", "name": "A", "confidence": "high"}]}
JSON
seen=$(venv/bin/python - 2>/dev/null <<'PY'
import json
from pathlib import Path

from pyld import jsonld
from rocrate.rocrate import ROCrate


def context_of_rocrate(url: str, options: dict) -> dict:
    """Of the context of RO-Crate, which is not fetched, what is asked of it here."""
    context = {"@context": {"name": "https://schema.org/name", "Thing": "https://schema.org/Thing"}}
    return {"contextUrl": None, "documentUrl": url, "document": context}


def own_terms_and_properties(folder: str) -> str:
    document = json.loads(Path(folder, "ro-crate-metadata.json").read_text("utf-8"))
    contexts = document["@context"]
    contexts = contexts if isinstance(contexts, list) else [contexts]
    terms = [term for context in contexts if isinstance(context, dict) for term in context]
    options = {"base": "https://e.org/", "documentLoader": context_of_rocrate}
    nodes = jsonld.expand(document, options)
    (node,) = (node for node in nodes if node["@id"].endswith("#a"))
    return f"{terms} | {sorted(key for key in node if key[0] != '@')}"


print("before:", own_terms_and_properties("crate"))
crate = ROCrate("crate")
crate.name = "Another title"
crate.write("changed")
print("after:", own_terms_and_properties("changed"))
print("the key is still there:", ROCrate("changed").dereference("#a")["confidence"] == "high")
PY
)
expected="before: ['confidence'] | ['https://e.org/terms#confidence', 'https://schema.org/name']
after: [] | ['https://schema.org/name']
the key is still there: True"
echo "$seen"
[ "$seen" = "$expected" ]
