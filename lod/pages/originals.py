"""Links to the words of a claim in the text as it was published elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from lod.pages.texts import safe_link

if TYPE_CHECKING:
    from lod.model.anchor import Anchor, Selector
    from lod.model.facts import Document

#: A quote of more code points is named by how it begins and ends, with so many words.
_WHOLE, _WORDS = 200, 6


def words_in_original(document: Document, anchor: Anchor) -> str | None:
    """The link to the words in the published text, or None where that has no address.

    Args:
        document: the text.
        anchor: the words in it.

    Returns:
        The IRI of the document with a text directive for each part of the quote (URL Fragment
        Text Directives, WICG). Words that stand more than once have the words before them; those
        over several lines, and long ones, are named by their beginning and end.
    """
    iri, text = document.iri, document.text
    if iri is None or safe_link(iri) is None:
        return None
    parts = "&".join(f"text={_directive(text, one)}" for one in anchor.selectors)
    return f"{iri}{'' if '#' in iri else '#'}:~:{parts}"


def _directive(text: str, selector: Selector) -> str:
    lines = [line.split() for line in selector.exact.splitlines() if line.strip()]
    words = [word for line in lines for word in line]
    found = _escaped(words)
    if len(lines) > 1 or len(selector.exact) > _WHOLE:
        first, last = lines[0][:_WORDS], lines[-1][-_WORDS:]
        if len(lines) > 1 or len(words) >= 2 * _WORDS:
            found = f"{_escaped(first)},{_escaped(last)}"
    if text.count(selector.exact) > 1:
        line = text[: selector.start].rpartition("\n")[2].split()
        if line:
            found = f"{_escaped(line[-_WORDS:])}-,{found}"
    return found


def _escaped(words: list[str]) -> str:
    """Words as a part of a directive, where a dash, a comma and an ampersand mean something."""
    return quote(" ".join(words), safe="").replace("-", "%2D")
