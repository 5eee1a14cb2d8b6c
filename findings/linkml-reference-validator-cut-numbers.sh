#!/usr/bin/env bash
# Version: linkml-reference-validator 0.4.0 (Python 3.11).
# Behaviour: a quotation counts as standing in a source where its letters and digits do, wherever words
#   begin and end, and whatever signs stand between them: a number that was cut off, another
#   currency, a minus that the source does not have are validated. (Digits on both sides of a decimal
#   point are kept apart, so 2.5 is not 25.)
#   What is meant: "supporting_text actually appears in the referenced publication", says the package.
# Seen on 2026-11-30 (quotation | source | found):
#   12 members | There are 112 members. | True
#   5 percent | It grew by 25 percent. | True
#   $5 million | It cost £5 million. | True
#   grew by -3 percent | It grew by 3 percent. | True
#   2.5 percent | It grew by 25 percent. | False
# Fails (exit 1) where the package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q 'linkml-reference-validator==0.4.0'
seen=$("$folder/venv/bin/python" - 2>/dev/null <<'PY'
from linkml_reference_validator.models import ReferenceContent, ReferenceValidationConfig
from linkml_reference_validator.validation.supporting_text_validator import (
    SupportingTextValidator,
)

validator = SupportingTextValidator(ReferenceValidationConfig())
for words, text in (
    ("12 members", "There are 112 members."),
    ("5 percent", "It grew by 25 percent."),
    ("$5 million", "It cost £5 million."),
    ("grew by -3 percent", "It grew by 3 percent."),
    ("2.5 percent", "It grew by 25 percent."),
):
    source = ReferenceContent(reference_id="file:article.txt", content=text)
    print(words, text, validator.find_text_in_reference(words, source).found, sep=" | ")
PY
)
expected='12 members | There are 112 members. | True
5 percent | It grew by 25 percent. | True
$5 million | It cost £5 million. | True
grew by -3 percent | It grew by 3 percent. | True
2.5 percent | It grew by 25 percent. | False'
echo "$seen"
[ "$seen" = "$expected" ]
