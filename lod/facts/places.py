"""Where words stand in a text, as whole words, in one paragraph."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from lod.facts.text import SourceText, inside_word
from lod.model.anchor import Sentence

#: More places than these are not looked for; nobody names the ten-thousandth.
MOST_PLACES = 10_000


class Place(NamedTuple):
    """A stretch of the untouched text.

    Attributes:
        start: first code point.
        end: code point after its last one (exclusive).
        normal: where it begins in the text's normal form.
        sentence: the sentence in which it begins.
    """

    start: int
    end: int
    normal: int
    sentence: Sentence


class Places(NamedTuple):
    """What looking for words found.

    Attributes:
        good: the places, in text order.
        cut: start and end of the first place that is no whole words, or None.
        crossing: the first place that goes on over a paragraph break, or None.
    """

    good: list[Place]
    cut: tuple[int, int] | None
    crossing: Place | None


def find_places(text: SourceText, words: str, most: int = MOST_PLACES) -> Places:
    """Look for words.

    Args:
        text: the text.
        words: the words in normal form, at least one code point.
        most: how many places are looked for.
    """
    raw, normal = text.raw, text.normal
    good: list[Place] = []
    cut: tuple[int, int] | None = None
    crossing: Place | None = None
    for at in text.index.find(words):
        if len(good) == most:
            break
        start, end = normal.start(at), normal.end(at + len(words))
        if end is not None:
            # A variation selector belongs to the character before it.
            while end < len(raw) and "\ufe00" <= raw[end] <= "\ufe0f":
                end += 1
        if start is None or end is None or inside_word(raw, start) or inside_word(raw, end):
            cut = cut or whole_words(text, at, at + len(words))
        else:
            sentence = text.sentence_at(start)
            place = Place(start, end, at, sentence)
            if end > sentence.end and text.sentence_at(end - 1).paragraph != sentence.paragraph:
                crossing = crossing or place
            else:
                good.append(place)
    return Places(good, cut, crossing)


def whole_words(text: SourceText, start: int, end: int) -> tuple[int, int]:
    """The stretch of the untouched text for one of the normal form, widened to whole words."""
    while (first := text.normal.start(start)) is None:
        start -= 1
    while (last := text.normal.end(end)) is None:
        end += 1
    while inside_word(text.raw, first):
        first -= 1
    while inside_word(text.raw, last):
        last += 1
    return first, last


def placements(
    text: SourceText, parts: Sequence[Sequence[Place]], *, across_sentences: bool = False
) -> list[list[Place]]:
    """Ways to place the parts of an elided quote, in text order.

    What is left out between two parts lies inside one sentence.

    Args:
        text: the text.
        parts: the places of each part.
        across_sentences: allow to leave out more, inside one paragraph.

    Returns:
        For each sentence in which the first elision can lie, the first placement.
    """
    starts = [[place.start for place in places] for places in parts]
    found: dict[int, list[Place]] = {}
    for first in parts[0]:
        before = text.sentence_at(first.end - 1)
        if before.number in found:
            continue
        chain = [first]
        for places, begins in zip(parts[1:], starts[1:], strict=True):
            here = text.sentence_at(chain[-1].end - 1)
            index = bisect_left(begins, chain[-1].end)
            if index == len(places):
                break
            there = places[index].sentence
            if there.number != here.number and not (
                across_sentences and there.paragraph == here.paragraph
            ):
                break
            chain.append(places[index])
        else:
            found[before.number] = chain
    return list(found.values())
