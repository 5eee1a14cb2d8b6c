#!/usr/bin/env bash
# Version: duckdb 2.0.1 with pyarrow 26.0.1 (Python 3.11).
# Behaviour: a column of Parquet that is a decimal of more than 38 digits is read as floating-point
#   numbers, without a warning, so that digits are lost, and two numbers that differ are equal. A column of
#   38 digits is read as it is. pyarrow reads both.
#   What is meant: Parquet, LogicalTypes.md, DECIMAL (any precision, as a byte array); an exact number.
# Seen on 2026-11-30 (digits of the column | type | sum of the values | different values):
#   38 | DECIMAL(38,2) | 20000000000000000000.03 | 2
#   40 | DOUBLE | 2e+19 | 1
# Fails (exit 1) where the package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q 'duckdb==2.0.1' 'pyarrow==26.0.1'
seen=$("$folder/venv/bin/python" - "$folder" <<'PY'
import sys
from decimal import Decimal

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

numbers = [Decimal("10000000000000000000.01"), Decimal("10000000000000000000.02")]
for digits, type_ in ((38, pa.decimal128(38, 2)), (40, pa.decimal256(40, 2))):
    file = f"{sys.argv[1]}/{digits}.parquet"
    pq.write_table(pa.table({"n": pa.array(numbers, type_)}), file)
    assert pq.read_table(file)["n"].to_pylist() == numbers
    query = f"SELECT any_value(typeof(n)), sum(n), count(DISTINCT n) FROM '{file}'"
    (row,) = duckdb.sql(query).fetchall()
    print(digits, *row, sep=" | ")
PY
)
expected='38 | DECIMAL(38,2) | 20000000000000000000.03 | 2
40 | DOUBLE | 2e+19 | 1'
echo "$seen"
[ "$seen" = "$expected" ]
