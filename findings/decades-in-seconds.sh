#!/usr/bin/env bash
# Version: dateparser 1.5.0, parsedatetime 2.6, timefhuman 0.1.5 (Python 3.11), chrono-node 2.10.3 (npm;
#   Node.js 20).
# Behaviour: to three readers of dates a decade is a number of seconds: the 1990s are 33 minutes and 10
#   seconds, counted from now, back to one of them and ahead to two. The answer is a time of today, and it is
#   given as sure as any other, out of whole sentences too. chrono-node finds no date there, and a month
#   of the decade is well read by all, so that a trial with one shows nothing.
#   What is meant: Library of Congress, Extended Date/Time Format (EDTF) Specification, 2019, level 1,
#   unspecified digits (199X); dateparser's README ("Date lookup in longer texts"), which is search_dates.
# Seen on 2026-11-30 (text | dateparser, search_dates | parsedatetime | timefhuman | chrono-node, to each
#   it is noon of 2024-05-31):
#   Trade grew in May 1995. | 1995-05-31 00:00:00 | 1995-05-01 12:00:00 | 1995-05-01 00:00:00 | 1995-05-01
#   Trade grew in the 1990s. | 2024-05-31 11:26:50 | 2024-05-31 12:33:10 | 2024-05-31 12:33:10 | none
#   The 1960s are over. | 2024-05-31 11:27:20 | 2024-05-31 12:32:40 | 2024-05-31 12:32:40 | none
# Fails (exit 1) where a package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q 'dateparser==1.5.0' 'parsedatetime==2.6' 'timefhuman==0.1.5'
npm install --silent --no-audit --no-fund chrono-node@2.10.3 >/dev/null
cat >texts.json <<'JSON'
["Trade grew in May 1995.", "Trade grew in the 1990s.", "The 1960s are over."]
JSON
cat >run.py <<'PY'
import datetime
import json
from pathlib import Path

import parsedatetime
from dateparser.search import search_dates
from timefhuman import tfhConfig, timefhuman

noon = datetime.datetime(2024, 5, 31, 12)
for text in json.loads(Path("texts.json").read_text()):
    found = search_dates(text, languages=["en"], settings={"RELATIVE_BASE": noon})
    second, _ = parsedatetime.Calendar().parseDT(text, sourceTime=noon)
    third = timefhuman(text, config=tfhConfig(now=noon))
    print(text, *(one for _, one in found), second, *third, sep=" | ")
PY
cat >run.mjs <<'JS'
import { readFileSync } from "node:fs";
import * as chrono from "chrono-node";

for (const text of JSON.parse(readFileSync("texts.json", "utf8"))) {
  const [found] = chrono.parse(text, new Date(2024, 4, 31, 12));
  const parts = found ? ["year", "month", "day"].map((part) => found.start.get(part)) : [];
  console.log(parts.map((part) => String(part).padStart(2, "0")).join("-") || "none");
}
JS
"$folder/venv/bin/python" run.py 2>/dev/null >first
node run.mjs >second
seen=$(paste -d '|' first second | sed 's/|\([^|]*\)$/ | \1/')
expected='Trade grew in May 1995. | 1995-05-31 00:00:00 | 1995-05-01 12:00:00 | 1995-05-01 00:00:00 | 1995-05-01
Trade grew in the 1990s. | 2024-05-31 11:26:50 | 2024-05-31 12:33:10 | 2024-05-31 12:33:10 | none
The 1960s are over. | 2024-05-31 11:27:20 | 2024-05-31 12:32:40 | 2024-05-31 12:32:40 | none'
echo "$seen"
[ "$seen" = "$expected" ]
