"""Which words stand in which texts, as langextract's aligner says. `with_langextract.py FOLDER`."""

import json
import logging
import sys
from pathlib import Path

from langextract.core.data import Extraction
from langextract.resolver import WordAligner
from serve import serve

logging.disable(logging.ERROR)


def main() -> None:
    """Wait for jobs."""
    pairs = json.loads((Path(sys.argv[1]) / "pairs.json").read_text("utf-8"))
    aligner = WordAligner()

    def stands(words: str, text: str) -> bool:
        groups = aligner.align_extractions([[Extraction("value", words)]], text)
        return groups[0][0].alignment_status is not None

    serve({"find": lambda: [stands(*pair) for pair in pairs]})


if __name__ == "__main__":
    main()
