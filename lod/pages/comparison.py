"""The comparison with Wikidata as one page: no script, nothing fetched, everything escaped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lod.pages.interface import Words
from lod.pages.render import Templates
from lod.wikidata.compare import Outcome

if TYPE_CHECKING:
    from lod.wikidata.comparison import Row

#: What a reader should look at first stands first.
_ORDER = {
    Outcome.DIFFERENT: "Wikidata says something else, and both cannot be true.",
    Outcome.UNREFERENCED: "Wikidata has the statement, but no reference names a source.",
    Outcome.ABSENT: "Wikidata says nothing of it.",
    Outcome.THERE: "Wikidata has the statement, with a reference that names a source.",
    Outcome.NOT_COMPARABLE: "These claims cannot be statements of Wikidata.",
}


def comparison_page(title: str, table: Sequence[Row], language: str = "en") -> str:
    """A self-contained HTML page.

    Args:
        title: of the publication; shown, and escaped like all text.
        table: the comparison.
        language: language tag of the title; the page itself speaks English.
    """
    reasons: dict[str, list[Row]] = {}
    for row in table:
        if row.outcome is Outcome.NOT_COMPARABLE:
            reasons.setdefault(row.reason or "", []).append(row)
    return Templates(Words()).fill(
        "comparison/page.html",
        title=title,
        language=language,
        sections=[
            (str(outcome), meaning, [row for row in table if row.outcome is outcome])
            for outcome, meaning in _ORDER.items()
        ],
        by_reason=reasons,
    )
