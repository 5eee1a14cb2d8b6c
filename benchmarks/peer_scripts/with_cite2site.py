"""Which citations still hold after an edit, as cite2site says; `… FOLDER`."""

import json
import sys
import tempfile
from pathlib import Path

from c2s.core import init_repo, observe_status, prepare_citation, repo_from_arg
from serve import serve


def main() -> None:
    """Wait for jobs."""
    data = json.loads((Path(sys.argv[1]) / "edits.json").read_text("utf-8"))

    def find() -> list[list[bool]]:
        found = []
        with tempfile.TemporaryDirectory() as name:
            repo = repo_from_arg(Path(name) / ".c2s")
            init_repo(repo)
            article = Path(name) / "article.txt"
            known = {}
            for number, text in enumerate(data["texts"]):
                article.write_text(text["text"], "utf-8")
                known[number] = [
                    prepare_citation(repo, "article.txt", one["start"], one["end"])
                    for one in text["quotes"]
                ]
            for edit in data["edits"]:
                article.write_text(edit["text"], "utf-8")
                cited = known[edit["of"]]
                found.append([observe_status(repo, one) == "resolved" for one in cited])
        return found

    serve({"find": find})


if __name__ == "__main__":
    main()
