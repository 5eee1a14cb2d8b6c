#!/usr/bin/env bash
# Version: edtf 5.0.2 (PyPI; Python 3.11), edtf 4.11.1 (npm; Node.js 20).
# Behaviour: the two libraries that turn EDTF seasons into days do not mean the same days, and neither
#   says so: to the one in JavaScript the spring of 2024 begins on the 1st of January and winter is over
#   at the end of the year; to the one in Python spring begins in March, and winter is December alone.
#   A range of years in a list, {1670..1672}, ends in 1670 to the first. Quarters (33 to 36) are the same.
#   Specification: Library of Congress, Extended Date/Time Format (EDTF) Specification, 2019, level 1,
#   seasons (21 to 24: spring to winter, without days), level 2, set representation.
# Seen on 2026-11-30 (value | first to last day by JavaScript | by Python):
#   2024-21 | 2024-01-01 to 2024-03-31 | 2024-03-01 to 2024-05-31
#   2024-24 | 2024-10-01 to 2024-12-31 | 2024-12-01 to 2024-12-31
#   2024-34 | 2024-04-01 to 2024-06-30 | 2024-04-01 to 2024-06-30
#   {1670..1672} | 1670-01-01 to 1670-12-31 | 1670-01-01 to 1672-12-31
# Fails (exit 1) where a package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q 'edtf==5.0.2'
npm install --silent --no-audit --no-fund edtf@4.11.1 >/dev/null
cat >run.js <<'JS'
const edtf = require("edtf").default;
const day = (time) => new Date(time).toISOString().slice(0, 10);
const { min, max } = edtf(process.argv[2]);
console.log(`${day(min)} to ${day(max)}`);
JS
cat >run.py <<'PY'
import subprocess
from time import strftime

from edtf import parse_edtf

for text in ("2024-21", "2024-24", "2024-34", "{1670..1672}"):
    theirs = subprocess.check_output(["node", "run.js", text], text=True).strip()
    value = parse_edtf(text)
    first, last = (strftime("%Y-%m-%d", day) for day in (value.lower_strict(), value.upper_strict()))
    print(text, theirs, f"{first} to {last}", sep=" | ")
PY
seen=$(venv/bin/python run.py 2>/dev/null)
expected='2024-21 | 2024-01-01 to 2024-03-31 | 2024-03-01 to 2024-05-31
2024-24 | 2024-10-01 to 2024-12-31 | 2024-12-01 to 2024-12-31
2024-34 | 2024-04-01 to 2024-06-30 | 2024-04-01 to 2024-06-30
{1670..1672} | 1670-01-01 to 1670-12-31 | 1670-01-01 to 1672-12-31'
echo "$seen"
[ "$seen" = "$expected" ]
