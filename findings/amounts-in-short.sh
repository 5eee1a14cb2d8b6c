#!/usr/bin/env bash
# Version: @microsoft/recognizers-text-suite 1.3.1, compromise 14.17.0 (npm; Node.js 20), quantulum3
#   0.10.0 without its extra "classifier" (Python 3.11).
# Behaviour: the millions and billions of a headline are not part of the number. quantulum3 takes the
#   letters for units, and makes one that does not exist: barn newtons, pounds times metres. To
#   Recognizers-Text and compromise they are not there, a factor of a thousand million; the first reads
#   "b" and "mln", but neither "bn" nor "m", and its USD 3bn are three cents. Nothing in what is given
#   back says that letters were left over. In words, 3 billion, all three read it well.
#   What is meant: European Commission, web guide, "Dates, numbers and symbols" ("m" and "bn" for million
#   and billion); Recognizers-Text, Specs/Number/English/NumberModel.json ("1.2b" is 1200000000).
# Seen on 2026-11-30 (text | Recognizers-Text, currencies | compromise | quantulum3):
#   $3 billion | 3000000000 Dollar | 3000000000 | 3000000000 dollar
#   $3bn | 3 Dollar | 3 | 3 dollar barn newton
#   USD 3bn | 0.03 United States dollar | 3 | 3 barn newton
#   £2m | 2 Pound | 2 | 2 pound sterling metre
#   €5 mln | 5000000 Euro | 5 | 5 euro cubic centimetre newton
#   5m euros | null Euro | 5 | 5 metre
# Fails (exit 1) where a package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q 'quantulum3==0.10.0'
npm install --silent --no-audit --no-fund @microsoft/recognizers-text-suite@1.3.1 compromise@14.17.0 >/dev/null
cat >texts.json <<'JSON'
["$3 billion", "$3bn", "USD 3bn", "£2m", "€5 mln", "5m euros"]
JSON
cat >run.mjs <<'JS'
import { readFileSync } from "node:fs";
import recognizers from "@microsoft/recognizers-text-suite";
import nlp from "compromise";

for (const text of JSON.parse(readFileSync("texts.json", "utf8"))) {
  const found = recognizers.recognizeCurrency(text, "en-us").map((one) => one.resolution);
  const amounts = found.map(({ value, unit }) => `${value} ${unit}`);
  console.log(`${text} | ${amounts} | ${nlp(text).numbers().get()}`);
}
JS
cat >run.py <<'PY'
import json
from pathlib import Path

from quantulum3 import parser

for text in json.loads(Path("texts.json").read_text()):
    print(*(f"{one.value:.0f} {one.unit.name}" for one in parser.parse(text)), sep=", ")
PY
node run.mjs >first
"$folder/venv/bin/python" run.py 2>/dev/null >second
seen=$(paste -d '|' first second | sed 's/|\([^|]*\)$/ | \1/')
expected=$(
  cat <<'TEXT'
$3 billion | 3000000000 Dollar | 3000000000 | 3000000000 dollar
$3bn | 3 Dollar | 3 | 3 dollar barn newton
USD 3bn | 0.03 United States dollar | 3 | 3 barn newton
£2m | 2 Pound | 2 | 2 pound sterling metre
€5 mln | 5000000 Euro | 5 | 5 euro cubic centimetre newton
5m euros | null Euro | 5 | 5 metre
TEXT
)
echo "$seen"
[ "$seen" = "$expected" ]
