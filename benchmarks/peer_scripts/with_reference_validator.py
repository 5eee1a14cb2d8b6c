"""Which words stand in which texts, as linkml-reference-validator says; `… FOLDER`."""

import json
import logging
import sys
from pathlib import Path

from linkml_reference_validator.models import ReferenceContent, ReferenceValidationConfig
from linkml_reference_validator.validation.supporting_text_validator import (
    SupportingTextValidator,
)
from serve import serve

logging.disable(logging.ERROR)


def main() -> None:
    """Wait for jobs."""
    pairs = json.loads((Path(sys.argv[1]) / "pairs.json").read_text("utf-8"))
    validator = SupportingTextValidator(ReferenceValidationConfig())

    def stands(words: str, text: str) -> bool:
        reference = ReferenceContent(reference_id="file:article.txt", content=text)
        return bool(validator.find_text_in_reference(words, reference).found)

    serve({"find": lambda: [stands(*pair) for pair in pairs]})


if __name__ == "__main__":
    main()
