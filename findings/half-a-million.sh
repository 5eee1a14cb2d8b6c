#!/usr/bin/env bash
# Version: @microsoft/recognizers-text-suite 1.3.1, compromise 14.17.0 (npm; Node.js 20), quantulum3
#   0.10.0 (Python 3.11).
# Behaviour: three readers of numbers in English do not agree on half a million. Recognizers-Text takes a
#   half before a power of ten for a fraction with the power below the line, "half a millionth", and adds
#   that to a number before it; the whole phrase is one number of type "number", as if understood.
#   quantulum3 leaves the half to be one and a half; compromise reads half a million and drops the half of
#   two and a half million. "Half a dozen" is 6 to the first, and 1.5 million the same to all, so that
#   digits, or a trial with another word, show nothing.
#   What is meant: Recognizers-Text, Specs/Number/English/NumberModel.json ("half a  dozen" is 6, "one
#   and a half" 1.5, "2 million" 2000000, and fractions of a million have an ordinal: "a trillionth").
# Seen on 2026-11-30 (text | Recognizers-Text | compromise | quantulum3):
#   half a million | 2E-06 | 500000 | 1500000
#   half a billion dollars | 2E-09 | 500000000 | 1500000000
#   two and a half million | 2.0000005 | 2000000 | 2500000
#   a quarter million | 2.5E-07 | 1000000 | 250000
#   1.5 million | 1500000 | 1500000 | 1500000
# Fails (exit 1) where a package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q 'quantulum3==0.10.0'
npm install --silent --no-audit --no-fund @microsoft/recognizers-text-suite@1.3.1 compromise@14.17.0 >/dev/null
cat >texts.json <<'JSON'
[
  "half a million",
  "half a billion dollars",
  "two and a half million",
  "a quarter million",
  "1.5 million"
]
JSON
cat >run.mjs <<'JS'
import { readFileSync } from "node:fs";
import recognizers from "@microsoft/recognizers-text-suite";
import nlp from "compromise";

for (const text of JSON.parse(readFileSync("texts.json", "utf8"))) {
  const found = recognizers.recognizeNumber(text, "en-us").map((one) => one.resolution.value);
  console.log(`${text} | ${found} | ${nlp(text).numbers().get()}`);
}
JS
cat >run.py <<'PY'
import json
from pathlib import Path

from quantulum3 import parser

for text in json.loads(Path("texts.json").read_text()):
    print(*(f"{quantity.value:.0f}" for quantity in parser.parse(text)))
PY
node run.mjs >first
"$folder/venv/bin/python" run.py 2>/dev/null >second
seen=$(paste -d '|' first second | sed 's/|\([^|]*\)$/ | \1/')
expected='half a million | 2E-06 | 500000 | 1500000
half a billion dollars | 2E-09 | 500000000 | 1500000000
two and a half million | 2.0000005 | 2000000 | 2500000
a quarter million | 2.5E-07 | 1000000 | 250000
1.5 million | 1500000 | 1500000 | 1500000'
echo "$seen"
[ "$seen" = "$expected" ]
