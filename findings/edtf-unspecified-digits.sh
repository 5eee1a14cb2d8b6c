#!/usr/bin/env bash
# Version: edtf 5.0.2 (Python 3.11).
# Behaviour: the package does not read values that the Extended Date/Time Format allows, among them
#   an example of the specification itself (level 2, unspecified digit: 1984-1X), and it does read a
#   set with white space, which the specification's syntax does not have.
#   Specification: Library of Congress, Extended Date/Time Format (EDTF) Specification, 2019.
# Seen on 2026-11-29:
#   1984-1X        AttributeError
#   199X/..        EDTFParseException
#   {2024}         EDTFParseException
#   [2023, 2025]   read
#   2024-11-27     read
# Fails (exit 1) where the package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q 'edtf==5.0.2'
seen=$("$folder/venv/bin/python" - 2>/dev/null <<'PY'
from contextlib import redirect_stdout
from io import StringIO

from edtf import parse_edtf

for value in ("1984-1X", "199X/..", "{2024}", "[2023, 2025]", "2024-11-27"):
    with redirect_stdout(StringIO()):  # it prints on a failed parse
        try:
            parse_edtf(value)
            outcome = "read"
        except Exception as error:
            outcome = type(error).__name__
    print(f"{value:<14} {outcome}")
PY
)
expected='1984-1X        AttributeError
199X/..        EDTFParseException
{2024}         EDTFParseException
[2023, 2025]   read
2024-11-27     read'
echo "$seen"
[ "$seen" = "$expected" ]
