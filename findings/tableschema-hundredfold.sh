#!/usr/bin/env bash
# Version: tableschema 1.12.6 (npm; Node.js 20), frictionless 5.21.0 (Python 3.11).
# Behaviour: where a schema says that numbers are written with a decimal comma and dots between thousands, as
#   most of Europe writes them, the library in JavaScript takes away the comma as well: first it makes it
#   a dot, then it drops all dots. 1.234,50 is read as 123450, a hundredfold, and 0,5 as 5, without an
#   error. With the comma alone declared, or with the signs of English, it reads the numbers well, and so
#   does frictionless all of them. A time that ends in Z is read as one of the machine's own zone.
#   Specification: Table Schema, number (decimalChar, groupChar), datetime (ISO 8601, in UTC).
# Seen on 2026-11-30 (cell, with decimalChar and groupChar | tableschema | frictionless):
#   1.234,50 with ",", "." | 123450 | 1234.50
#   0,5 with ",", "." | 5 | 0.5
#   0,5 with "," | 0.5 | 0.5
#   1,234.50 with ".", "," | 1234.5 | 1234.50
#   2024-05-01T12:30:00Z in Tashkent | 2024-05-01T07:30:00Z | 2024-05-01T12:30:00Z
# Fails (exit 1) where a package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q 'frictionless==5.21.0'
npm install --silent --no-audit --no-fund tableschema@1.12.6 >/dev/null
cat >run.js <<'JS'
const { Field } = require("tableschema");
const [cell, descriptor] = process.argv.slice(2);
const value = new Field(JSON.parse(descriptor)).castValue(cell);
console.log(value instanceof Date ? value.toISOString().replace(".000", "") : String(value));
JS
cat >run.py <<'PY'
import json
import os
import subprocess
import time

import frictionless

os.environ["TZ"] = "Asia/Tashkent"
time.tzset()


def told(value: object) -> str:
    return value.isoformat().replace("+00:00", "Z") if hasattr(value, "isoformat") else str(value)


for cell, comma, dot in (
    ("1.234,50", ",", "."),
    ("0,5", ",", "."),
    ("0,5", ",", None),
    ("1,234.50", ".", ","),
    ("2024-05-01T12:30:00Z", None, None),
):
    signs = {"decimalChar": comma, "groupChar": dot}
    signs = {key: sign for key, sign in signs.items() if sign}
    descriptor = {"name": "n", "type": "number" if signs else "datetime", **signs}
    what = "with " + ", ".join(f'"{sign}"' for sign in signs.values()) if signs else "in Tashkent"
    theirs = subprocess.check_output(["node", "run.js", cell, json.dumps(descriptor)], text=True)
    value, _ = frictionless.Field.from_descriptor(descriptor).read_cell(cell)
    print(f"{cell} {what}", theirs.strip(), told(value), sep=" | ")
PY
seen=$(venv/bin/python -W ignore run.py)
expected='1.234,50 with ",", "." | 123450 | 1234.50
0,5 with ",", "." | 5 | 0.5
0,5 with "," | 0.5 | 0.5
1,234.50 with ".", "," | 1234.5 | 1234.50
2024-05-01T12:30:00Z in Tashkent | 2024-05-01T07:30:00Z | 2024-05-01T12:30:00Z'
echo "$seen"
[ "$seen" = "$expected" ]
