#!/usr/bin/env bash
# Version: dateparser 1.5.0, babel 2.19.0 (Python 3.11).
# Behaviour: in languages that write a word or sign for "year" behind a year, it is taken for a number of
#   years and counted back: in 2024, 1995 is the year 29. It is so for what the locale data of Unicode write
#   for a year in Chinese, Japanese and Korean, as Babel does here, and for years in sentences in Russian,
#   Ukrainian, Kazakh and Turkish. A year alone, and a whole date with the same word, are read well, so
#   that no trial with these shows it; and so is the Russian nominative, for which there is a rule. The
#   setting PARSERS, without relative times, helps.
#   What is meant: Unicode CLDR, availableFormats, skeleton "y" (y年 in zh and ja, y년 in ko); dateparser's
#   README, "Relative Dates" (phrases as "1 hour ago").
# Seen on 2026-11-30 (language | text | on the last of May 2024 it is | without relative times):
#   en | 1995 | 1995-05-31 | 1995-05-31
#   zh | 1995年 | 0029-05-31 | 1995-05-31
#   ja | 1995年 | 0029-05-31 | 1995-05-31
#   ko | 1995년 | 0029-05-31 | 1995-05-31
#   ru | в 1995 году | 0029-05-31 | 1995-05-31
#   ru | 1995 год | 1995-05-31 | 1995-05-31
#   ru | 5 мая 1995 года | 1995-05-05 | 1995-05-05
#   uk | 1995 року | 0029-05-31 | 1995-05-31
#   kk | 1995 жыл | 0029-05-31 | 1995-05-31
#   tr | 1995 yıl | 0029-05-31 | 1995-05-31
# Fails (exit 1) where a package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q 'dateparser==1.5.0' 'babel==2.19.0'
seen=$("$folder/venv/bin/python" - 2>/dev/null <<'PY'
import datetime

import dateparser
from babel.dates import format_skeleton

now = {"RELATIVE_BASE": datetime.datetime(2024, 5, 31)}
year = datetime.date(1995, 5, 4)
written = [(language, format_skeleton("y", year, locale=language)) for language in ("en", "zh", "ja", "ko")]
for language, text in (
    *written,
    ("ru", "в 1995 году"),
    ("ru", "1995 год"),
    ("ru", "5 мая 1995 года"),
    ("uk", "1995 року"),
    ("kk", "1995 жыл"),
    ("tr", "1995 yıl"),
):
    settings = (now, {**now, "PARSERS": ["absolute-time"]})
    found = (dateparser.parse(text, languages=[language], settings=one) for one in settings)
    print(language, text, *(one.date() for one in found), sep=" | ")
PY
)
expected='en | 1995 | 1995-05-31 | 1995-05-31
zh | 1995年 | 0029-05-31 | 1995-05-31
ja | 1995年 | 0029-05-31 | 1995-05-31
ko | 1995년 | 0029-05-31 | 1995-05-31
ru | в 1995 году | 0029-05-31 | 1995-05-31
ru | 1995 год | 1995-05-31 | 1995-05-31
ru | 5 мая 1995 года | 1995-05-05 | 1995-05-05
uk | 1995 року | 0029-05-31 | 1995-05-31
kk | 1995 жыл | 0029-05-31 | 1995-05-31
tr | 1995 yıl | 0029-05-31 | 1995-05-31'
echo "$seen"
[ "$seen" = "$expected" ]
