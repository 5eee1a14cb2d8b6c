#!/usr/bin/env bash
# Version: text2num 3.1.0, num2words 0.5.14 (Python 3.11).
# Behaviour: in French, Spanish, Portuguese, Italian and Dutch, a million behind a decimal comma is
#   written as more digits behind it: "deux virgule cinq millions" becomes 2,5000000, which is two and a
#   half, and "trois virgule zéro cinq milliards" 3,05000000000. In English and German the million is a
#   second number, 2.5 1000000. Whole numbers come out well in all, so that a trial with "deux millions"
#   shows nothing. And "um bilião", which the Portuguese of Portugal counts as a million millions, is a
#   thousand times less; the package says that it is for Brazil and Europe. num2words has it right.
#   What is meant: text2num, README, "Find and transcribe" (numbers of a sentence, decimals too, in digits)
#   and "Supported natural languages" ("Portuguese (Brazilian and European)").
# Seen on 2026-11-30 (text | alpha2digit):
#   fr | deux millions | 2000000
#   fr | deux virgule cinq millions | 2,5000000
#   es | dos coma cinco millones | 2,5000000
#   pt | dois vírgula cinco milhões | 2,5000000
#   it | due virgola cinque miliardi | 2,5000000000
#   nl | twee komma vijf miljoen | 2,5000000
#   de | zwei Komma fünf Millionen | 2,5 1000000
#   en | two point five million | 2.5 1000000
#   pt | um bilião | 1000000000
#   num2words, of 1000000000000 in Portuguese: um bilião
# Fails (exit 1) where a package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q 'text2num==3.1.0' 'num2words==0.5.14'
seen=$("$folder/venv/bin/python" - <<'PY'
from num2words import num2words
from text_to_num import alpha2digit

for language, text in (
    ("fr", "deux millions"),
    ("fr", "deux virgule cinq millions"),
    ("es", "dos coma cinco millones"),
    ("pt", "dois vírgula cinco milhões"),
    ("it", "due virgola cinque miliardi"),
    ("nl", "twee komma vijf miljoen"),
    ("de", "zwei Komma fünf Millionen"),
    ("en", "two point five million"),
    ("pt", "um bilião"),
):
    print(language, text, alpha2digit(text, language), sep=" | ")
print("num2words, of 1000000000000 in Portuguese:", num2words(10**12, lang="pt"))
PY
)
expected='fr | deux millions | 2000000
fr | deux virgule cinq millions | 2,5000000
es | dos coma cinco millones | 2,5000000
pt | dois vírgula cinco milhões | 2,5000000
it | due virgola cinque miliardi | 2,5000000000
nl | twee komma vijf miljoen | 2,5000000
de | zwei Komma fünf Millionen | 2,5 1000000
en | two point five million | 2.5 1000000
pt | um bilião | 1000000000
num2words, of 1000000000000 in Portuguese: um bilião'
echo "$seen"
[ "$seen" = "$expected" ]
