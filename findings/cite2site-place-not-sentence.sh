#!/usr/bin/env bash
# Version: cite2site 1.0.6 (Python 3.11).
# Behaviour: a citation is its place in the file. A word that is inserted anywhere before it makes a
#   sentence "changed" that stands there unchanged; and a citation of "3 percent" within "13 percent"
#   stays "resolved" when the file says "23 percent".
# Seen on 2026-11-30 (what happens to the file | status of the citation):
#   nothing | resolved
#   a sentence is added after it | resolved
#   a word is added before it | changed
#   the number around it is another | resolved
# Fails (exit 1) where the package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q 'cite2site==1.0.6'
seen=$("$folder/venv/bin/python" - 2>/dev/null <<'PY'
import tempfile
from pathlib import Path

from c2s.core import init_repo, observe_status, prepare_citation, repo_from_arg

quote = "Trade grew by 13 percent."
for what, cited, before, after in (
    ("nothing", quote, f"Hello. {quote}", f"Hello. {quote}"),
    ("a sentence is added after it", quote, f"Hello. {quote}", f"Hello. {quote} It is May."),
    ("a word is added before it", quote, f"Hello. {quote}", f"Hello there. {quote}"),
    ("the number around it is another", "3 percent", quote, quote.replace("13", "23")),
):
    with tempfile.TemporaryDirectory() as name:
        repo = repo_from_arg(Path(name) / ".c2s")
        init_repo(repo)
        article = Path(name) / "article.txt"
        article.write_text(before, "utf-8")
        start = before.index(cited)
        citation = prepare_citation(repo, "article.txt", start, start + len(cited))
        article.write_text(after, "utf-8")
        print(what, observe_status(repo, citation), sep=" | ")
PY
)
expected='nothing | resolved
a sentence is added after it | resolved
a word is added before it | changed
the number around it is another | resolved'
echo "$seen"
[ "$seen" = "$expected" ]
