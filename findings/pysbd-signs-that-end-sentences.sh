#!/usr/bin/env bash
# Version: pysbd 0.3.4, syntok 1.4.4 (Python 3.11).
# Behaviour: a sentence that holds one of some twelve signs is given back without its beginning, or not at
#   all, and the next one follows as if nothing had been there: the sign of the sun, as astronomers write
#   masses, the flat of a key, a contour integral, a hot spring. The splitter marks places in the text
#   with these signs while it works, and does not look whether the text has them already. It is so with
#   clean=False, and with offsets too, in which the gap is the only trace.
#   What is meant: pysbd, docstring of Segmenter (clean: "cleans original text, by default False";
#   char_span: the offsets of each sentence "within original text"). syntok gives every word back.
# Seen on 2026-11-30 (text | pysbd | syntok):
#   It weighs 5 suns. It is old. | It weighs 5 suns. // It is old. | It weighs 5 suns. // It is old.
#   It weighs 5 M☉. It is old. | . // It is old. | It weighs 5 M☉. // It is old.
#   The integral ∮ is zero. It is old. | It is old. | The integral ∮ is zero. // It is old.
#   The key is B♭ minor. It is old. | It is old. | The key is B♭ minor. // It is old.
#   A bath (♨) is near. It is old. | It is old. | A bath (♨) is near. // It is old.
# Fails (exit 1) where a package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q 'pysbd==0.3.4' 'syntok==1.4.4'
seen=$("$folder/venv/bin/python" - 2>/dev/null <<'PY'
import pysbd
from syntok.segmenter import analyze

segmenter = pysbd.Segmenter(language="en", clean=False, char_span=True)
for text in (
    "It weighs 5 suns. It is old.",
    "It weighs 5 M☉. It is old.",
    "The integral ∮ is zero. It is old.",
    "The key is B♭ minor. It is old.",
    "A bath (♨) is near. It is old.",
):
    spans = [span.sent for span in segmenter.segment(text)]
    tokens = [sentence for paragraph in analyze(text) for sentence in paragraph]
    others = ["".join(one.spacing + one.value for one in sentence) for sentence in tokens]
    columns = (" // ".join(one.strip() for one in found) for found in (spans, others))
    print(text, *columns, sep=" | ")
PY
)
expected='It weighs 5 suns. It is old. | It weighs 5 suns. // It is old. | It weighs 5 suns. // It is old.
It weighs 5 M☉. It is old. | . // It is old. | It weighs 5 M☉. // It is old.
The integral ∮ is zero. It is old. | It is old. | The integral ∮ is zero. // It is old.
The key is B♭ minor. It is old. | It is old. | The key is B♭ minor. // It is old.
A bath (♨) is near. It is old. | It is old. | A bath (♨) is near. // It is old.'
echo "$seen"
[ "$seen" = "$expected" ]
