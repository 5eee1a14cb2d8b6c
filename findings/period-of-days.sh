#!/usr/bin/env bash
# Version: chrono-node 2.10.3, compromise 14.17.0 with compromise-dates 3.9.0,
#   @microsoft/recognizers-text-suite 1.3.1 (npm; Node.js 20), timefhuman 0.1.5, dateparser 1.5.0
#   (Python 3.11).
# Behaviour: "3 to 5 May 2024" is three days to two of five readers of dates. To timefhuman it is two hours,
#   from three to five o'clock on the 1st of May; to compromise the 1st of May, which nobody named; to
#   dateparser's search the last day. With "between" chrono-node too has the last day alone. Written in
#   the American way it is well read by all but dateparser, which finds three dates, one in March.
#   What is meant: ISO 8601-1:2019, 5.5 (time intervals: 2024-05-03/2024-05-05); compromise-dates, README,
#   date-ranges ("22-23 February", "between june and july"); timefhuman, README ("datetime ranges").
# Seen on 2026-11-30 (text, then each reader, first and last day):
#   May 3-5, 2024
#     chrono-node 05-03 05-05 | compromise 05-03 05-05 | Recognizers-Text 05-03 05-05
#     timefhuman 05-03 00:00 05-05 00:00 | dateparser 05-20, 03-05, 11-20
#   3 to 5 May 2024
#     chrono-node 05-03 05-05 | compromise 05-01 05-01 | Recognizers-Text 05-03 05-05
#     timefhuman 05-01 03:00 05-01 05:00 | dateparser 05-05
#   between 3 and 5 May 2024
#     chrono-node 05-05 | compromise 05-05 05-05 | Recognizers-Text 05-03 05-05
#     timefhuman 05-01 00:00 | dateparser 05-05
# Fails (exit 1) where a package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q 'timefhuman==0.1.5' 'dateparser==1.5.0'
npm install --silent --no-audit --no-fund chrono-node@2.10.3 compromise@14.17.0 compromise-dates@3.9.0 \
  @microsoft/recognizers-text-suite@1.3.1 >/dev/null
cat >run.mjs <<'JS'
import recognizers from "@microsoft/recognizers-text-suite";
import * as chrono from "chrono-node";
import nlp from "compromise";
import dates from "compromise-dates";

nlp.plugin(dates);
const text = process.argv[2];
const today = new Date(2024, 10, 20, 12);
const day = (date) => ["month", "day"].map((part) => String(date.get(part)).padStart(2, "0")).join("-");
const [first] = chrono.parse(text, today);
const [second] = nlp(text).dates({ today: "2024-11-20", timezone: "UTC" }).get();
const [third] = recognizers.recognizeDateTime(text, "en-us", 0, today)[0].resolution.values;
const columns = {
  "chrono-node": [first.start, first.end].filter(Boolean).map(day),
  compromise: [second.start, second.end].map((one) => one.slice(5, 10)),
  "Recognizers-Text": [third.start, third.end].map((one) => one.slice(5)),
};
console.log(" ", Object.entries(columns).map(([name, days]) => [name, ...days].join(" ")).join(" | "));
JS
cat >run.py <<'PY'
import datetime
import sys

from dateparser.search import search_dates
from timefhuman import tfhConfig, timefhuman

text = sys.argv[1]
today = datetime.datetime(2024, 11, 20, 12)
(found,) = timefhuman(text, config=tfhConfig(now=today))
times = found if isinstance(found, tuple) else (found,)
dates = search_dates(text, languages=["en"], settings={"RELATIVE_BASE": today})
print(
    "  timefhuman",
    *(f"{one:%m-%d %H:%M}" for one in times),
    "| dateparser",
    ", ".join(f"{one:%m-%d}" for _, one in dates),
)
PY
seen=$(
  for text in "May 3-5, 2024" "3 to 5 May 2024" "between 3 and 5 May 2024"; do
    echo "$text"
    node run.mjs "$text"
    "$folder/venv/bin/python" run.py "$text" 2>/dev/null
  done
)
expected='May 3-5, 2024
  chrono-node 05-03 05-05 | compromise 05-03 05-05 | Recognizers-Text 05-03 05-05
  timefhuman 05-03 00:00 05-05 00:00 | dateparser 05-20, 03-05, 11-20
3 to 5 May 2024
  chrono-node 05-03 05-05 | compromise 05-01 05-01 | Recognizers-Text 05-03 05-05
  timefhuman 05-01 03:00 05-01 05:00 | dateparser 05-05
between 3 and 5 May 2024
  chrono-node 05-05 | compromise 05-05 05-05 | Recognizers-Text 05-03 05-05
  timefhuman 05-01 00:00 | dateparser 05-05'
echo "$seen"
[ "$seen" = "$expected" ]
