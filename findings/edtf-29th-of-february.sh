#!/usr/bin/env bash
# Version: edtf 4.11.1 (npm; Node.js 20), edtf 5.0.2 (PyPI; Python 3.11).
# Behaviour: the 29th of February of a year that has none is not refused. The library in JavaScript reads
#   another day, and writes it: 2023-02-29~ becomes 2023-03-01~; the one in Python keeps a day that no
#   calendar has, and gives it as the first and last. Every other day that does not exist, as the 30th of
#   February or the 31st of April, is an error in both, so that one takes days for checked.
#   Specification: Library of Congress, Extended Date/Time Format (EDTF) Specification, 2019, level 0
#   (dates as in ISO 8601-1, which has the calendar of 4.2.1).
# Seen on 2026-11-30 (value | JavaScript | Python, its first day):
#   2023-02-29 | 2023-03-01 | 2023-02-29, 2023-02-29
#   2023-02-29~ | 2023-03-01~ | 2023-02-29~, 2023-02-29
#   2023-02-30 | error | error
#   2023-04-31 | error | error
#   2024-02-29 | 2024-02-29 | 2024-02-29, 2024-02-29
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
try {
  console.log(edtf(process.argv[2]).edtf);
} catch {
  console.log("error");
}
JS
cat >run.py <<'PY'
import subprocess
from contextlib import redirect_stdout
from io import StringIO
from time import strftime

from edtf import EDTFParseException, parse_edtf

for text in ("2023-02-29", "2023-02-29~", "2023-02-30", "2023-04-31", "2024-02-29"):
    theirs = subprocess.check_output(["node", "run.js", text], text=True).strip()
    try:
        with redirect_stdout(StringIO()):  # it prints on a failed parse
            value = parse_edtf(text)
        ours = f"{value}, {strftime('%Y-%m-%d', value.lower_strict())}"
    except EDTFParseException:
        ours = "error"
    print(text, theirs, ours, sep=" | ")
PY
seen=$(venv/bin/python run.py 2>/dev/null)
expected='2023-02-29 | 2023-03-01 | 2023-02-29, 2023-02-29
2023-02-29~ | 2023-03-01~ | 2023-02-29~, 2023-02-29
2023-02-30 | error | error
2023-04-31 | error | error
2024-02-29 | 2024-02-29 | 2024-02-29, 2024-02-29'
echo "$seen"
[ "$seen" = "$expected" ]
