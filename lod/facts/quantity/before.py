"""Reads what stands right before a number: a minus, a sign of money, the name of a month."""

from __future__ import annotations

from typing import NamedTuple

from lod.facts.quantity.lexicon import Lexicon

#: What may open a phrase; it does not belong to its words.
OPENING = "([\"'„“”«»‹›‚"
_DIGITS = frozenset("0123456789")
_MINUS = "-–−"


class Before(NamedTuple):
    """What stands right before a number.

    Attributes:
        start: where it begins; the number's own start where there is nothing.
        currency: ISO 4217 code of a sign of money, or None.
        negative: whether there is a minus.
        month: whether the name of a month stands there; it does not belong to the number.
    """

    start: int
    currency: str | None = None
    negative: bool = False
    month: bool = False


def read_before(lx: Lexicon, text: str, low: str, pos: int) -> Before | None:
    """Read what stands right before a number.

    Args:
        lx: the language.
        text: the text.
        low: the same text, folded.
        pos: where the digits or number words begin, above 0.

    Returns:
        What there is, or None where the number is part of a word or a code.
    """
    before = text[pos - 1]
    if before.isspace():
        return _read_over_space(lx, text, low, pos)
    if before.isalnum():
        return _read_code(lx, text, pos) if before.isalpha() else None
    if before in "_#№§.":
        return None
    if before in "/:,'’":
        return None if pos > 1 and text[pos - 2] in _DIGITS else Before(pos)
    if before in _MINUS or before == "‑":
        return _read_minus(lx, text, pos)
    return _read_sign(lx, text, pos) or Before(pos)


def _read_over_space(lx: Lexicon, text: str, low: str, pos: int) -> Before:
    previous = low[:pos].rstrip(" ")
    end = len(previous)
    if not end:
        return Before(pos)
    last = text[end - 1]
    if last.isupper() and (code := _read_code(lx, text, end)) is not None:
        return code
    if not last.isalpha() and (sign := _read_sign(lx, text, end)) is not None:
        return sign
    begin = previous.rfind(" ") + 1
    word = previous[begin:].lstrip(OPENING)
    if word in lx.minus:
        return Before(end - len(word), negative=True)
    return Before(pos, month=word.rstrip(".") in lx.months and text[end - len(word)].isupper())


def _read_minus(lx: Lexicon, text: str, pos: int) -> Before | None:
    """A minus sign; a hyphen after a word or a number is none."""
    ahead = text[pos - 2] if pos > 1 else " "
    if ahead.isspace() or ahead in OPENING:
        return Before(pos - 1, negative=True)
    signed = _read_sign(lx, text, pos - 1)
    return None if signed is None else signed._replace(negative=True)


def _read_sign(lx: Lexicon, text: str, end: int) -> Before | None:
    """A sign of money that ends at a position: "US$", "€", and a minus before it."""
    for length in (5, 4, 3, 2, 1):
        start = end - length
        code = lx.units.signs.get(text[start:end]) if start >= 0 else None
        if code is None:
            continue
        ahead = text[start - 1] if start else " "
        if text[start].isalpha() and ahead.isalnum():
            continue
        if ahead in _MINUS and (start < 2 or not text[start - 2].isalnum()):
            return Before(start - 1, code, negative=True)
        return Before(start, code)
    return None


def _read_code(lx: Lexicon, text: str, end: int) -> Before | None:
    """An ISO 4217 code that ends at a position, or a sign that ends in a letter ("Fr")."""
    start = end - 3
    if start < 0 or text[start:end] not in lx.units.codes:
        return _read_sign(lx, text, end)
    if start and (text[start - 1].isalnum() or text[start - 1] in "-_"):
        return None
    return Before(start, text[start:end])


def word_before(low: str, start: int) -> tuple[str, int]:
    """The word right before a position, and where it begins."""
    if start < 2 or low[start - 1] != " ":
        return "", start
    stop = start - 1
    begin = low.rfind(" ", 0, stop) + 1
    word = low[begin:stop].lstrip(OPENING)
    return word, stop - len(word)
