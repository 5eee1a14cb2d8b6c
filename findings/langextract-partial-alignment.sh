#!/usr/bin/env bash
# Version: langextract 1.7.1 (Python 3.11).
# Behaviour: an extraction of which only the first words stand in the text is aligned all the same:
#   the status is "match_lesser" and the interval covers the words before the difference, or one
#   number of an amount. Who takes "has an alignment status" for "stands in the text" accepts another
#   amount, and a sentence that is denied. Nothing is aligned only where no first word stands there.
# Seen on 2026-11-30 (extraction | text | status | what is covered):
#   28 billion dollars | 28 million dollars were spent | match_lesser | 28
#   grew by 3 percent | It grew by 4 percent. | match_lesser | grew by
#   The council does not support it | The council does support it. | match_lesser | The council does
#   12 members | There are 112 members. | None | None
# Fails (exit 1) where the package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q 'langextract==1.7.1'
seen=$("$folder/venv/bin/python" - 2>/dev/null <<'PY'
import logging

from langextract.core.data import Extraction
from langextract.resolver import WordAligner

logging.disable(logging.ERROR)
for words, text in (
    ("28 billion dollars", "28 million dollars were spent"),
    ("grew by 3 percent", "It grew by 4 percent."),
    ("The council does not support it", "The council does support it."),
    ("12 members", "There are 112 members."),
):
    found = WordAligner().align_extractions([[Extraction("value", words)]], text)[0][0]
    status = found.alignment_status and found.alignment_status.value
    place = found.char_interval
    print(words, text, status, place and text[place.start_pos : place.end_pos], sep=" | ")
PY
)
expected='28 billion dollars | 28 million dollars were spent | match_lesser | 28
grew by 3 percent | It grew by 4 percent. | match_lesser | grew by
The council does not support it | The council does support it. | match_lesser | The council does
12 members | There are 112 members. | None | None'
echo "$seen"
[ "$seen" = "$expected" ]
