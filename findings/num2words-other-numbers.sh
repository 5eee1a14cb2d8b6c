#!/usr/bin/env bash
# Version: num2words 0.5.14, inflect 7.6.0 (Python 3.11).
# Behaviour: some words are of another number than the one that was given. Between 0 and -1 the minus is
#   lost in English, French, German, Russian, Kazakh and most languages, so that -0.5 and 0.5 are the same
#   words; -1.5 has its minus, and Italian keeps it in both. Bengali, Vietnamese and Turkish lose the zeros
#   behind the point: 3.07 is "three point seven". Italian and Welsh cut a Decimal off at the point, and
#   write a float of the same value whole.
#   What is meant: num2words, README ("converts numbers like 42 to words", "$ num2words 24,120.10" with
#   its fraction); inflect, number_to_words, writes the minus.
# Seen on 2026-11-30 (language, number | words):
#   en -1.5 | minus one point five
#   en -0.5 | zero point five
#   fr -0.5 | zéro virgule cinq
#   de -0.5 | null Komma fünf
#   ru -0.5 | ноль целых пять десятых
#   kz -0.5 | нөл бүтін бес
#   it -0.5 | meno zero virgola cinque
#   inflect -0.5 | minus zero point five
#   en 3.07 | three point zero seven
#   bn 3.07 | তিন দশমিক সাত
#   bn 3.7 | তিন দশমিক সাত
#   vi 3.07 | ba phẩy bảy
#   vi 0.005 | không phẩy một
#   tr 3.07 | üçvirgülyedi
#   it 3.07 | tre virgola zero sette
#   it Decimal 3.07 | tre
#   cy Decimal 3.07 | tri
# Fails (exit 1) where a package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q 'num2words==0.5.14' 'inflect==7.6.0'
seen=$("$folder/venv/bin/python" - <<'PY'
from decimal import Decimal

import inflect
from num2words import num2words

for language, number in (
    ("en", -1.5),
    *((language, -0.5) for language in ("en", "fr", "de", "ru", "kz", "it")),
):
    print(f"{language} {number}", num2words(number, lang=language), sep=" | ")
print("inflect -0.5", inflect.engine().number_to_words(-0.5), sep=" | ")
for language, number in (
    ("en", 3.07),
    ("bn", 3.07),
    ("bn", 3.7),
    ("vi", 3.07),
    ("vi", 0.005),
    ("tr", 3.07),
    ("it", 3.07),
):
    print(f"{language} {number}", num2words(number, lang=language), sep=" | ")
for language in ("it", "cy"):
    print(f"{language} Decimal 3.07", num2words(Decimal("3.07"), lang=language), sep=" | ")
PY
)
expected='en -1.5 | minus one point five
en -0.5 | zero point five
fr -0.5 | zéro virgule cinq
de -0.5 | null Komma fünf
ru -0.5 | ноль целых пять десятых
kz -0.5 | нөл бүтін бес
it -0.5 | meno zero virgola cinque
inflect -0.5 | minus zero point five
en 3.07 | three point zero seven
bn 3.07 | তিন দশমিক সাত
bn 3.7 | তিন দশমিক সাত
vi 3.07 | ba phẩy bảy
vi 0.005 | không phẩy một
tr 3.07 | üçvirgülyedi
it 3.07 | tre virgola zero sette
it Decimal 3.07 | tre
cy Decimal 3.07 | tri'
echo "$seen"
[ "$seen" = "$expected" ]
