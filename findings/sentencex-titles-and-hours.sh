#!/usr/bin/env bash
# Version: sentencex 1.0.32 (Python 3.11).
# Behaviour: in languages that it has data for, a sentence ends behind the commonest abbreviations of
#   the language: the French "M." before a name, the Spanish "p. m." in mid-sentence, while the
#   English and Russian counterparts are kept together.
# Seen on 2026-11-30:
#   fr | M. // Dupont est parti. // Il reviendra.
#   es | La reunión empezó a las 5 p. m. // del lunes. // Terminó tarde.
#   en | Mr. Dupont left at 5 p.m. on Monday. // He will return.
#   ru | Он родился в 1950 г. в Москве. // Потом уехал.
# Fails (exit 1) where the package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q 'sentencex==1.0.32'
seen=$("$folder/venv/bin/python" - 2>/dev/null <<'PY'
from sentencex import segment

for language, text in (
    ("fr", "M. Dupont est parti. Il reviendra."),
    ("es", "La reunión empezó a las 5 p. m. del lunes. Terminó tarde."),
    ("en", "Mr. Dupont left at 5 p.m. on Monday. He will return."),
    ("ru", "Он родился в 1950 г. в Москве. Потом уехал."),
):
    print(language, " // ".join(one.strip() for one in segment(language, text)), sep=" | ")
PY
)
expected='fr | M. // Dupont est parti. // Il reviendra.
es | La reunión empezó a las 5 p. m. // del lunes. // Terminó tarde.
en | Mr. Dupont left at 5 p.m. on Monday. // He will return.
ru | Он родился в 1950 г. в Москве. // Потом уехал.'
echo "$seen"
[ "$seen" = "$expected" ]
