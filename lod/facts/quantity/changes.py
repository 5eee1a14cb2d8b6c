"""Reads changes: "up 0.2 percentage points", "rising", "unchanged", "more than doubled"."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from lod.facts.quantity.comparing import compare_quantities
from lod.facts.quantity.finding import quantities_in
from lod.facts.quantity.folding import fold
from lod.facts.quantity.hedges import hedged, read_hedge
from lod.facts.quantity.lexicon import Lexicon, any_of, lexicon
from lod.facts.quantity.matches import (
    ChangeMatch,
    ChangeResult,
    Mismatch,
    QuantityError,
    QuantityMatch,
)
from lod.facts.quantity.parsing import parse_quantity
from lod.model.quantity import Change, Comparator, Direction, Quantity

_CLAUSE = re.compile(r"[,;:.!?—](?= |$)")
_SIGN = re.compile(r"([+\-–−])\s?(?=[0-9])")


class _Word(NamedTuple):
    """What a word or phrase of change says."""

    direction: Direction
    ongoing: bool = False
    factor: Decimal | None = None
    back: bool = False  # the amount may stand right before it
    after_only: bool = False  # and nowhere else
    amount_only: bool = False  # without an amount it says no change


class _Lexicon(NamedTuple):
    """The words of change of one language."""

    pattern: re.Pattern[str]
    words: dict[str, _Word]
    bridge: re.Pattern[str]  # between a direction and the amount behind it
    bridge_back: re.Pattern[str]  # between an amount and the direction behind it
    marker: re.Pattern[str]  # right before an amount that stands further off
    adverbs: re.Pattern[str]  # words that say nothing of the change


def parse_change(text: str, language: str = "en") -> Change:
    """Read a text that is one change.

    Args:
        text: the change. A factor is an amount with the unit `times`: "doubled" is up 2 times.
        language: language tag.

    Returns:
        The change; its amount is never negative.

    Raises:
        QuantityError: the text is no change.

    >>> parse_change("up 0.2 percentage points").amount.value
    Decimal('0.2')
    >>> parse_change("steadily rising")
    Change(direction=<Direction.UP: 'up'>, amount=None, ongoing=True)
    """
    stripped = text.strip()
    lx = lexicon(language)
    words = _words(lx)
    low = fold(stripped)
    for match in changes_in(stripped, language):
        if words.adverbs.sub("", low[: match.start]).strip():
            break
        if not words.adverbs.sub("", low[match.end :]).strip():
            return match.change
        for one in quantities_in(stripped, language):
            if one.end == match.end:  # what is counted may follow: "up 5 schools"
                amount = parse_quantity(stripped[one.start :], language)
                return replace(match.change, amount=_size(amount))
    bare = words.words.get(" ".join(words.adverbs.sub("", low).split()))
    if bare is not None and not bare.after_only:
        return Change(bare.direction, ongoing=bare.ongoing)
    signed = _SIGN.match(stripped)
    if signed is not None:
        amount = parse_quantity(stripped[signed.end() :], language)
        return Change(Direction.UP if signed[1] == "+" else Direction.DOWN, amount)
    known = lx.data["format"]["changes"]
    raise QuantityError(
        f'"{stripped[:60]}" is no change: expected a direction, and an amount where there is one',
        hint=f'write it such as "{known["up"][0]} 0{lx.data["numbers"]["decimal"][0]}2 '
        f'{lx.data["units"]["percentage-point"][0]}", "{known["up"][1]}", '
        f'"{known["unchanged"][0]}" or "{known["littleChanged"][0]}"',
    )


def find_changes(text: str, language: str = "en") -> list[ChangeMatch]:
    """Every change that a running text states, in text order.

    The span reaches from the word of the direction to the amount, whichever comes first; an amount
    further off in the clause is found where a word such as "by" stands before it.

    Args:
        text: running text.
        language: its language tag.

    Returns:
        The matches; positions are code points of `text`, the end exclusive.

    >>> text = "the share of national currencies is steadily rising"
    >>> [text[found.start : found.end] for found in find_changes(text)]
    ['rising']
    """
    return list(changes_in(text, language))


@lru_cache(maxsize=2048)
def changes_in(text: str, language: str) -> tuple[ChangeMatch, ...]:
    """As `find_changes`, kept for the next call."""
    lx = lexicon(language)
    words = _words(lx)
    low = fold(text)
    quantities = [found for found in quantities_in(text, language) if not found.calendar]
    found: list[ChangeMatch] = []
    end = 0
    for match in words.pattern.finditer(low):
        start = match.start()
        if start < end:
            continue
        inside = next((one for one in quantities if one.start <= start < one.end), None)
        if inside is None:
            change = _read(lx, words, low, match, quantities)
        else:
            is_minus = inside.start == start and match[0] in lx.minus
            change = _negative(inside) if is_minus else None
        if change is None or change.start < end:
            continue
        found.append(change)
        end = change.end
    return tuple(found)


def _read(
    lx: Lexicon,
    words: _Lexicon,
    low: str,
    match: re.Match[str],
    quantities: list[QuantityMatch],
) -> ChangeMatch | None:
    start, stop = match.span()
    word = words.words[" ".join(match[0].split())]
    if word.factor is not None:
        comparator = Comparator.EXACTLY
        hedge = read_hedge(lx, low, start) if start else None
        if hedge is not None:
            comparator, start, _ = hedge
        amount = hedged(comparator, word.factor, unit=lx.units.unit("times"))
        return ChangeMatch(Change(word.direction, amount), start, stop)
    if word.direction in _STILL:
        return ChangeMatch(Change(word.direction), start, stop)
    near = _amount(words, word, low, match, quantities)
    if near is None:
        if word.amount_only or word.after_only:
            return None
        return ChangeMatch(Change(word.direction, ongoing=word.ongoing), start, stop)
    quantity = _size(near.quantity)
    if quantity is None:
        return None
    change = Change(word.direction, quantity, word.ongoing)
    marker = words.marker.search(low, 0, near.start)
    begin = near.start if marker is None else marker.start()
    return ChangeMatch(change, min(start, begin), max(stop, near.end))


def _negative(match: QuantityMatch) -> ChangeMatch | None:
    """A change whose direction is the minus of its amount: "minus 3 percent"."""
    size = _size(match.quantity)
    if size is None:
        return None
    return ChangeMatch(Change(Direction.DOWN, size), match.start, match.end)


_STILL = frozenset({Direction.UNCHANGED, Direction.LITTLE_CHANGED})


def _amount(
    words: _Lexicon,
    word: _Word,
    low: str,
    match: re.Match[str],
    quantities: list[QuantityMatch],
) -> QuantityMatch | None:
    """The quantity by which something changed: right behind or before the word, or marked."""
    start, stop = match.span()
    for one in quantities:
        if one.start >= stop and not word.after_only:
            if words.bridge.fullmatch(low, stop, one.start):
                return one
        elif one.end <= start and word.back and words.bridge_back.fullmatch(low, one.end, start):
            return one
    for one in quantities:
        left, right = (stop, one.start) if one.start >= stop else (one.end, start)
        if _CLAUSE.search(low, left, right) is None and words.marker.search(low, 0, one.start):
            return one
    return None


def _size(quantity: Quantity) -> Quantity | None:
    """The amount without a minus ("down -3 percent" is down 3); no ordinal is an amount."""
    if quantity.ordinal:
        return None
    if quantity.value is not None and quantity.value < 0:
        return replace(quantity, value=-quantity.value)
    return quantity


@lru_cache(maxsize=64)
def _words(lx: Lexicon) -> _Lexicon:
    data = lx.data["changes"]
    after_only, amount_only = set(data["after_only"]), set(data["amount_only"])
    back = {*after_only, *data["back"]}
    words: dict[str, _Word] = {}
    for table, direction, ongoing in (
        ("up", Direction.UP, False),
        ("down", Direction.DOWN, False),
        ("up_ongoing", Direction.UP, True),
        ("down_ongoing", Direction.DOWN, True),
        ("unchanged", Direction.UNCHANGED, False),
        ("little", Direction.LITTLE_CHANGED, False),
    ):
        for phrase in data[table]:
            words[phrase] = _Word(
                direction,
                ongoing,
                back=phrase in back,
                after_only=phrase in after_only,
                amount_only=phrase in amount_only,
            )
    for phrase, (name, factor) in data["factors"].items():
        words[phrase] = _Word(Direction(name), factor=Decimal(factor))
    adverbs = any_of(data["adverbs"])
    phrases = any_of(words).replace(r"\ ", " +")
    return _Lexicon(
        re.compile(rf"(?<![\w-]){phrases}(?![\w-])"),
        words,
        re.compile(rf"(?: {adverbs})*(?: {any_of(data['by'])})? "),
        re.compile(rf"(?: {adverbs})* "),
        re.compile(rf"(?<!\w){any_of(data['marker'])} $"),
        re.compile(rf"(?<!\w){adverbs}(?!\w)"),
    )


def compare_changes(stated: Change, found: Change) -> Mismatch | None:
    """Whether a found change says what is stated.

    The amount is compared only where one is stated; whether the change goes on is not compared.

    Args:
        stated: what the facts say.
        found: what the text says.

    Returns:
        None where they agree; `NUMBER` for another direction or a missing amount, else what
        differs in the amount.
    """
    if stated.direction is not found.direction:
        return Mismatch.NUMBER
    if stated.amount is None:
        return None
    return (
        Mismatch.NUMBER if found.amount is None else compare_quantities(stated.amount, found.amount)
    )


@lru_cache(maxsize=2048)
def match_change(stated: Change, text: str, language: str = "en") -> ChangeResult:
    """Find the words of a text that state a change.

    Args:
        stated: what the facts say.
        text: the quote.
        language: its language tag.

    Returns:
        The first span that states it, or the nearest one and in what it differs.

    >>> match_change(parse_change("rising"), "is steadily rising").agrees
    True
    """
    nearest: tuple[ChangeMatch, Mismatch] | None = None
    for match in changes_in(text, language):
        mismatch = compare_changes(stated, match.change)
        if mismatch is None:
            return ChangeResult(match, None)
        if nearest is None or _ORDER[mismatch] < _ORDER[nearest[1]]:
            nearest = match, mismatch
    if nearest is None:
        return ChangeResult(None, Mismatch.NUMBER)
    return ChangeResult(*nearest)


_ORDER = {Mismatch.HEDGE: 0, Mismatch.UNIT: 1, Mismatch.NUMBER: 2}
