"""Finds the words of a quote in the text, to the exact code point, or says why it cannot.

Words are compared in the normal form of `lod.language.normalization`. A quote stands where its
normal form does, in one paragraph, and from word border to word border: "rade" is not in "trade",
nor is "$28" in "$28.5 billion".

``[…]`` (or ``[...]``) leaves words out. The parts around it stand in text order, and what is left
out lies inside one sentence; of several placements in a sentence, the first one counts. At the
beginning and end of a quote it has no effect. Where the text itself has ``[…]``, the quote may have
it, too. Nothing else leaves words out: other brackets and dots are searched as they stand.
"""

from __future__ import annotations

import unicodedata

from lod.facts.places import MOST_PLACES, Place, find_places, placements
from lod.facts.quote_problems import (
    QuoteProblem,
    ambiguous,
    empty_quote,
    misplaced_parts,
    not_found,
    other_occurrence,
    other_surroundings,
)
from lod.facts.text import SourceText
from lod.language.normalization import normalize
from lod.model.anchor import Anchor, Selector
from lod.patterns import lazy

__all__ = ["QuoteProblem", "find_quote"]

# In normal form, that is with three full stops.
_ELISION = lazy(r"\[ ?\.\.\. ?\]")
_SPACE = lazy(r"\s")
# How long the published prefix and suffix are, unless more is needed to tell a place from others.
_CONTEXT = 32


def find_quote(
    text: SourceText,
    quote: str,
    *,
    prefix: str | None = None,
    suffix: str | None = None,
    occurrence: int | None = None,
) -> Anchor | QuoteProblem:
    """Find a quote.

    Args:
        text: the text.
        quote: its words; `[…]` leaves words out.
        prefix: words just before it, where the quote stands in the text more than once.
        suffix: words just after it, likewise.
        occurrence: which one is meant, counted from 1 among those that have prefix and suffix.

    Returns:
        The anchor, with a selector for each part of the quote; or what is wrong.

    >>> text = SourceText("Trade grew. It set a record,  they said.")
    >>> found = find_quote(text, "set […] record, they")
    >>> [(s.exact, s.start, s.end) for s in found.selectors], found.sentence
    ([('set', 15, 18), ('record,  they', 21, 34)], 2)
    >>> find_quote(text, "It sets a record").message
    'the text does not have these words; the nearest are at 1:13: It [-sets-]{+set+} a record'
    """
    words = normalize(quote)
    if not words:
        return empty_quote()
    if "[" in words and _ELISION.search(words) and not text.index.has(words):
        parts = [part for part in map(str.strip, _ELISION.split(words)) if part]
        if not parts:
            return empty_quote()
        if len(parts) > 1:
            return _find_elided(text, parts, prefix, suffix, occurrence)
        words = parts[0]
    found = find_places(text, words, max(MOST_PLACES, occurrence or 0))
    places = found.good
    if not places:
        return not_found(text, words, found)
    if len(places) == 1 and occurrence is None and prefix is None and suffix is None:
        # Where both forms run in step, what stands once in the one does so in the other.
        once = found.cut is None and found.crossing is None and text.normal.in_step
        return _anchor(text, places, once)
    fitting = _fitting(text, places, len(words), prefix, suffix)
    if not fitting:
        return other_surroundings(text, places, prefix, suffix)
    chosen = _choose(text, [[place] for place in fitting], occurrence)
    return chosen if isinstance(chosen, QuoteProblem) else _anchor(text, chosen)


def _find_elided(
    text: SourceText,
    parts: list[str],
    prefix: str | None,
    suffix: str | None,
    occurrence: int | None,
) -> Anchor | QuoteProblem:
    """Find a quote of several parts in normal form."""
    found = []
    for part in parts:
        places = find_places(text, part)
        if not places.good:
            return not_found(text, part, places)
        found.append(places.good)
    first = _fitting(text, found[0], len(parts[0]), prefix, None)
    last = _fitting(text, found[-1], len(parts[-1]), None, suffix)
    if not first or not last:
        return other_surroundings(
            text, found[-1] if first else found[0], None if first else prefix, suffix
        )
    placed = placements(text, [first, *found[1:-1], last])
    if not placed:
        return misplaced_parts(text, parts, found)
    chosen = _choose(text, placed, occurrence)
    return chosen if isinstance(chosen, QuoteProblem) else _anchor(text, chosen)


def _fitting(
    text: SourceText, places: list[Place], length: int, prefix: str | None, suffix: str | None
) -> list[Place]:
    """The places that have prefix and suffix around them; `length` is that of the normal form."""
    normal = text.normal.text
    if prefix is not None and (words := normalize(prefix)):
        places = [p for p in places if _ends_with(normal, words, p.normal)]
    if suffix is not None and (words := normalize(suffix)):
        places = [p for p in places if _goes_on_with(normal, words, p.normal + length)]
    return places


def _ends_with(normal: str, words: str, at: int) -> bool:
    """Whether the words stand before `at`, with a space between or without."""
    return normal.endswith((words, f"{words} "), 0, at)


def _goes_on_with(normal: str, words: str, at: int) -> bool:
    """Whether the words stand after `at`, with a space between or without."""
    return normal.startswith((words, f" {words}"), at)


def _choose(
    text: SourceText, placed: list[list[Place]], occurrence: int | None
) -> list[Place] | QuoteProblem:
    """The one way to place the quote, or the one that was asked for."""
    if occurrence is not None:
        if 0 < occurrence <= len(placed):
            return placed[occurrence - 1]
        return other_occurrence(text, placed, occurrence)
    return placed[0] if len(placed) == 1 else ambiguous(text, placed)


def _anchor(text: SourceText, places: list[Place], once: bool = False) -> Anchor:
    """The anchor; `once` where the words are known to stand in the text once."""
    sentence = places[0].sentence
    selectors = tuple([_selector(text, place.start, place.end, once) for place in places])
    return Anchor(selectors, sentence.number, sentence.paragraph)


def _selector(text: SourceText, start: int, end: int, once: bool) -> Selector:
    """A stretch of the text with so much around it that it stands in the text once."""
    raw = text.raw
    exact = raw[start:end]
    width = _CONTEXT
    prefix, suffix = _before(raw, start, width), _after(raw, end, width)
    if not once and not text.is_once(start, end):
        while not text.is_once(start - len(prefix), end + len(suffix)):
            width *= 2
            prefix, suffix = _before(raw, start, width), _after(raw, end, width)
    return Selector(exact, prefix, suffix, start, end)


def _before(raw: str, start: int, width: int) -> str:
    """Up to `width` code points before `start`, from the beginning of a word."""
    if start <= width:
        return raw[:start]
    at = start - width
    words = raw[at:start]
    if not raw[at - 1].isspace() and (space := _SPACE.search(words)):
        words = words[space.end() :]
    words = words.lstrip()
    if words:
        return words
    # One word fills it all: part of a word is better than nothing, but no mark without its letter.
    while at < start and unicodedata.category(raw[at])[0] == "M":
        at += 1
    return raw[at:start]


def _after(raw: str, end: int, width: int) -> str:
    """Up to `width` code points after `end`, to the end of a word."""
    at = end + width
    if at >= len(raw):
        return raw[end:]
    words = raw[end:at]
    if not raw[at].isspace() and not words[-1].isspace():
        pieces = words.rsplit(None, 1)
        words = pieces[0] if len(pieces) > 1 else ""
    words = words.rstrip()
    if words:
        return words
    while at < len(raw) and unicodedata.category(raw[at])[0] == "M":
        at += 1
    return raw[end:at]
