"""The engine `shacl`, written in Rust: fast, and the one that is used where it is installed."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from lod.dataset.ntriples import lines
from lod.errors import VocabularyError
from lod.validation.engines import RawResult, normalised

if TYPE_CHECKING:
    from shacl import Shapes as Compiled

    from lod.validation.result import ValidationResult
    from lod.validation.shapes import Shapes

# The engine numbers the blank nodes in the order in which they first stand in the shapes, then in
# the data.
_BLANK = re.compile(r"_:\d+_b(\d+)")


class ShaclEngine:
    """Validates with the package `shacl`; as `lod.validation.engines.Engine`."""

    name = "shacl"

    def validate(self, shapes: Shapes, data: str) -> list[ValidationResult]:
        """Validate data; as `Engine.validate`."""
        compiled, blanks_before = _compiled(shapes)
        report = compiled.validate_text(data, "ntriples")
        if not report.results:
            return []
        blanks = _blank_nodes(data) if "_:" in data else []

        def named(token: str | None) -> str | None:
            match = _BLANK.fullmatch(token or "")
            number = -1 if match is None else int(match[1]) - blanks_before
            return blanks[number] if 0 <= number < len(blanks) else token

        return normalised(
            shapes,
            [
                RawResult(
                    named(result.focus_node) or "",
                    result.path,
                    named(result.value),
                    result.severity_iri,
                    result.source_shape,
                    result.component_iri,
                    tuple(result.messages),
                )
                for result in report.results
            ],
        )


@lru_cache(maxsize=16)
def _compiled(shapes: Shapes) -> tuple[Compiled, int]:
    """The shapes as the engine has them, and how many blank nodes they have."""
    from shacl import Shapes as Compiled

    try:
        return Compiled.from_text(shapes.text, "ntriples"), len(_blank_nodes(shapes.text))
    except ValueError as error:
        raise VocabularyError(f"The shapes cannot be used: {error}.") from None


def _blank_nodes(data: str) -> list[str]:
    terms = (term for subject, _, value in lines(data) for term in (subject, value))
    return list(dict.fromkeys(term for term in terms if term.startswith("_:")))
