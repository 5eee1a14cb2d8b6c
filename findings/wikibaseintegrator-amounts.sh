#!/usr/bin/env bash
# Version: wikibaseintegrator 0.12.15, pywikibot 11.9.0 (Python 3.11).
# Behaviour: an amount without a fraction goes through a floating-point number, also where it is given as a
#   string or an int: of more than 15 digits another number is made, without a word, and 3.00 becomes 3,
#   which is less precise. A float below 0.0001 gets an exponent, which no Wikibase takes. Fractions in
#   strings stay as they are, so that a trial with "3.20" shows nothing. pywikibot keeps the digits, and
#   has an exponent below 0.000001, in place of strings too.
#   What is meant: Wikibase, JSON format, quantity (amount is "an arbitrary precision decimal string");
#   DataValues/Number, DecimalValue ("scientific (exponential) notation is not used", "Trailing zeros are
#   significant").
# Seen on 2026-11-30 (amount given | wikibaseintegrator | pywikibot):
#   '3.20' | +3.20 | +3.20
#   '3.00' | +3 | +3.00
#   '12345678901234567890' | +12345678901234567168 | +12345678901234567890
#   12345678901234567890 | +12345678901234567168 | +12345678901234567890
#   1e-05 | +1e-05 | +0.00001
#   '0.00000001' | +0.00000001 | +1e-8
# Fails (exit 1) where a package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q 'wikibaseintegrator==0.12.15' 'pywikibot==11.9.0'
export PYWIKIBOT_NO_USER_CONFIG=2
seen=$("$folder/venv/bin/python" - <<'PY'
import pywikibot
from wikibaseintegrator.datatypes import Quantity


class Offline:
    """What pywikibot asks of a site: its repository of data."""

    def data_repository(self):
        return self


for amount in ("3.20", "3.00", "12345678901234567890", 12345678901234567890, 0.00001, "0.00000001"):
    value = Quantity(amount=amount, prop_nr="P1").mainsnak.datavalue["value"]
    other = pywikibot.WbQuantity(amount, site=Offline()).toWikibase()
    print(repr(amount), value["amount"], other["amount"], sep=" | ")
PY
)
expected="'3.20' | +3.20 | +3.20
'3.00' | +3 | +3.00
'12345678901234567890' | +12345678901234567168 | +12345678901234567890
12345678901234567890 | +12345678901234567168 | +12345678901234567890
1e-05 | +1e-05 | +0.00001
'0.00000001' | +0.00000001 | +1e-8"
echo "$seen"
[ "$seen" = "$expected" ]
