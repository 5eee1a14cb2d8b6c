"""Reads changes: "up 0.2 percentage points", "rising", "unchanged", "more than doubled"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec.structs import replace

from lod.language.data import FALLBACK
from lod.language.quantities.amounts import word_before
from lod.language.quantities.change_words import (
    ChangeWord,
    ChangeWords,
    change_words,
    word_of,
)
from lod.language.quantities.comparing import compare_quantities
from lod.language.quantities.finding import quantities_in
from lod.language.quantities.lexicon import Lexicon, lexicon
from lod.language.quantities.matches import (
    ChangeMatch,
    ChangeResult,
    Mismatch,
    QuantityError,
    QuantityMatch,
)
from lod.language.quantities.parsing import parse_quantity
from lod.language.quantities.reading import hedged, read_hedge
from lod.language.quantities.roles import Role, role_of
from lod.model.quantity import Change, Comparator, Direction, Quantity
from lod.patterns import lazy

_CLAUSE = lazy(r"[,;:.!?—](?= |$)")
_SIGN = lazy(r"([+\-–−])\s?(?=[0-9])")


def parse_change(text: str, language: str = "en") -> Change:
    """Read a text that is one change, in the language or in English.

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
    lx = lexicon(language)
    if lx.language == FALLBACK:
        return _parse(text, language)
    try:
        return _parse(text, language)
    except QuantityError as error:
        try:
            english = _parse(text, FALLBACK)
        except QuantityError:
            raise error from None
    if lx.two_valued and english.amount is not None:
        from lod.language.quantities.ambiguity import check_scale_words

        check_scale_words(text, english.amount, language)
    return english


def _parse(text: str, language: str) -> Change:
    stripped = text.strip()
    lx = lexicon(language)
    words = change_words(lx)
    low = lx.fold(stripped)
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
    words = change_words(lx)
    low = lx.fold(text)
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
    found += _signed(text, quantities, found)
    return tuple(sorted(found, key=lambda change: change.start))


def _signed(
    text: str, quantities: list[QuantityMatch], found: list[ChangeMatch]
) -> Iterator[ChangeMatch]:
    """Changes that a sign says: "+0.5 percent", "-3 points", and "(0.5%)" for a minus."""
    for one in quantities:
        if any(change.start < one.end and one.start < change.end for change in found):
            continue
        ahead, size = text[one.start - 1 : one.start], _size(one.quantity)
        if size is None:
            continue
        if ahead == "+":
            yield ChangeMatch(Change(Direction.UP, size), one.start - 1, one.end)
        elif size is not one.quantity:
            yield ChangeMatch(Change(Direction.DOWN, size), one.start, one.end)
        elif ahead == "(" and text[one.end : one.end + 1] == ")" and not found:
            yield ChangeMatch(Change(Direction.DOWN, size), one.start - 1, one.end + 1)


def _read(
    lx: Lexicon,
    words: ChangeWords,
    low: str,
    match: re.Match[str],
    quantities: list[QuantityMatch],
) -> ChangeMatch | None:
    start, stop = match.span()
    word = word_of(words, match[0])
    if word.factor is not None:
        comparator = Comparator.EXACTLY
        hedge = read_hedge(lx, low, start) if start else None
        if hedge is not None:
            comparator, start, _ = hedge
        amount = hedged(comparator, word.factor, unit=lx.units.unit("times"))
        return ChangeMatch(Change(word.direction, amount), start, stop)
    if word.direction in _STILL:
        return ChangeMatch(Change(word.direction), start, stop)
    near = _amount(lx, words, word, low, match, quantities)
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
    lx: Lexicon,
    words: ChangeWords,
    word: ChangeWord,
    low: str,
    match: re.Match[str],
    quantities: list[QuantityMatch],
) -> QuantityMatch | None:
    """The quantity by which something changed: right behind or before the word, or marked."""
    start, stop = match.span()
    inside = [one for one in quantities if start < one.start and one.end < stop]
    if inside := [one for one in inside if not one.quantity.ordinal]:  # "ging um 3 Prozent zurück"
        marked = (one for one in inside if words.marker.search(low, 0, one.start))
        return next(marked, inside[0])
    quantities = [one for one in quantities if not one.quantity.ordinal]
    for one in quantities:
        if one.start >= stop and not word.after_only:
            if words.bridge.fullmatch(low, stop, one.start):
                return one
        elif (
            one.end <= start
            and word.back
            and words.bridge_back.fullmatch(low, one.end, start)
            and word_before(low, one.start)[0] not in lx.new | lx.old
        ):
            return one
    if word.transitive:
        for one in quantities:
            if one.start >= stop and words.bridge_over.fullmatch(low, stop, one.start):
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
    if (moved := _moved(text, language)) is not None:
        mismatch = compare_changes(stated, moved.change)
        if mismatch is None:
            return ChangeResult(moved, None)
        nearest = nearest or (moved, mismatch)
    if nearest is None:
        return ChangeResult(None, Mismatch.NUMBER, _unknown_word(stated, text, language))
    return ChangeResult(*nearest)


def _moved(text: str, language: str) -> ChangeMatch | None:
    """A change that its two ends say: "to 1.1 percent from 1.4 percent"."""
    ends: dict[Role, QuantityMatch] = {}
    for match in quantities_in(text, language):
        for one in (match, *match.alternatives):
            if one.quantity.said is not None:
                ends.setdefault(role_of(one, text, language), one)
    if Role.OLD not in ends or Role.NEW not in ends:
        return None
    old, new = ends[Role.OLD].quantity.said, ends[Role.NEW].quantity.said
    if old is None or new is None or old == new:
        return None
    spans = [(one.start, one.end) for role, one in ends.items() if role in (Role.OLD, Role.NEW)]
    direction = Direction.UP if new > old else Direction.DOWN
    return ChangeMatch(Change(direction), min(spans)[0], max(end for _, end in spans))


def _unknown_word(stated: Change, text: str, language: str) -> str | None:
    """The word of a text beside the amount of a change, where it is none of change that we know."""
    if stated.amount is None:
        return None
    lx = lexicon(language)
    words, low = change_words(lx), lx.fold(text)
    for one in quantities_in(text, language):
        if compare_quantities(stated.amount, one.quantity) is not None:
            continue
        after = _NEXT_WORD.match(text, one.end)
        if after is not None and lx.data["changes"]["verb_behind"]:
            return after[1]
        ahead = words.marker.sub("", low[: one.start])
        for word in reversed(list(_A_WORD.finditer(ahead))):
            if not words.adverbs.fullmatch(word[0]):
                return text[word.start() : word.end()]
    return None


_NEXT_WORD = lazy(r" ([^\W\d_]+)")
_A_WORD = lazy(r"[^\W\d_]+")


_ORDER = {Mismatch.HEDGE: 0, Mismatch.UNIT: 1, Mismatch.NUMBER: 2}
