"""Quotes of the example article, and checks of what they are anchored to."""

from __future__ import annotations

from lod.codes import CODES
from lod.facts.quotes import QuoteProblem, find_quote
from lod.facts.text import SourceText
from lod.model.anchor import Anchor, Selector

ARTICLE = SourceText(
    'An article titled "Russia - Kazakhstan: a union demanded by life" was published.\n'
    "Impressive figures in bilateral trade speak for themselves. Last year, it set a new record,"
    " exceeding the threshold of $28 billion, and from January to September of the current year, it"
    " surpassed $20 billion. The structure of mutual trade is constantly diversifying.\n"
    "More than 23,000 enterprises with Russian participation operate in the Republic. Regions of"
    " our countries and public circles—everyone involved—make a contribution.\n"
    "I would like to note the work in the Republic of Kazakhstan. The Republic of Kazakhstan is"
    " near, and so is the Republic of Belarus."
)


def anchor(text: SourceText, quote: str, **options: str | int) -> Anchor:
    found = find_quote(text, quote, **options)  # type: ignore[arg-type]  # mixed on purpose
    assert isinstance(found, Anchor), found
    check_anchor(text, found)
    return found


def problem(text: SourceText, quote: str, **options: str | int) -> QuoteProblem:
    found = find_quote(text, quote, **options)  # type: ignore[arg-type]  # mixed on purpose
    assert isinstance(found, QuoteProblem), found
    assert found.code in CODES
    return found


def check_anchor(text: SourceText, found: Anchor) -> None:
    """What holds for every anchor."""
    for selector in found.selectors:
        check_selector(text.raw, selector)
    for before, after in zip(found.selectors, found.selectors[1:], strict=False):
        assert before.end <= after.start
        assert text.sentence_at(before.end - 1) == text.sentence_at(after.start)
    assert found.sentence == text.sentence_at(found.start).number
    assert found.paragraph == text.paragraph_at(found.start)


def check_selector(raw: str, selector: Selector) -> None:
    assert selector.start < selector.end
    assert raw[selector.start : selector.end] == selector.exact
    assert raw[: selector.start].endswith(selector.prefix)
    assert raw[selector.end :].startswith(selector.suffix)
    whole = selector.prefix + selector.exact + selector.suffix
    at = selector.start - len(selector.prefix)
    assert raw.find(whole) == at
    assert raw.find(whole, at + 1) == -1
