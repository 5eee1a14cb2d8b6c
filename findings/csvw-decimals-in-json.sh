#!/usr/bin/env bash
# Version: csvw 4.1.1 (Python 3.11).
# Behaviour: a column that the metadata declares as xsd:decimal is read as exact decimals row by row,
#   and becomes binary floating-point numbers in to_json(): digits behind the seventeenth, and the
#   zeros at the end, are lost without a word.
#   Specification: CSV on the Web, Generating JSON from Tabular Data on the Web, 4.2 (numbers as JSON
#   numbers, which have no limit of digits: RFC 8259, section 6).
# Seen on 2026-11-30 (the cells are 0.12345678901234567890 and 3.20):
#   rows: 0.12345678901234567890 3.20
#   JSON: 0.12345678901234568 3.2
# Fails (exit 1) where the package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q 'csvw==4.1.1'
cd "$folder"
printf 'amount\n0.12345678901234567890\n3.20\n' >table.csv
cat >table.csv-metadata.json <<'JSON'
{"@context": "http://www.w3.org/ns/csvw", "url": "table.csv", "tableSchema": {"columns": [
  {"titles": "amount", "name": "amount", "datatype": "decimal"}]}}
JSON
seen=$("$folder/venv/bin/python" - 2>/dev/null <<'PY'
from csvw import CSVW, Table

print("rows:", *(row["amount"] for row in Table.from_file("table.csv-metadata.json")))
print("JSON:", *(row["amount"] for row in CSVW("table.csv").to_json(minimal=True)))
PY
)
expected='rows: 0.12345678901234567890 3.20
JSON: 0.12345678901234568 3.2'
echo "$seen"
[ "$seen" = "$expected" ]
