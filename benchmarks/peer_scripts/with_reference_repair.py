"""Which quotes stand or are mended, as linkml-reference-validator says; `… FOLDER`."""

import json
import logging
import sys
from pathlib import Path

from linkml_reference_validator.models import ReferenceContent, ReferenceValidationConfig
from linkml_reference_validator.validation.repairer import SupportingTextRepairer
from linkml_reference_validator.validation.supporting_text_validator import (
    SupportingTextValidator,
)
from serve import serve

logging.disable(logging.ERROR)


def main() -> None:
    """Wait for jobs."""
    data = json.loads((Path(sys.argv[1]) / "edits.json").read_text("utf-8"))
    validator = SupportingTextValidator(ReferenceValidationConfig())
    repairer = SupportingTextRepairer(ReferenceValidationConfig())

    def goes_on(words: str, reference: ReferenceContent) -> bool:
        if validator.find_text_in_reference(words, reference).found:
            return True
        return bool(repairer.attempt_repair(words, "file:article.txt", reference).is_repaired)

    def find() -> list[list[bool]]:
        found = []
        for edit in data["edits"]:
            reference = ReferenceContent(reference_id="file:article.txt", content=edit["text"])
            quotes = data["texts"][edit["of"]]["quotes"]
            found.append([goes_on(one["exact"], reference) for one in quotes])
        return found

    serve({"find": find})


if __name__ == "__main__":
    main()
