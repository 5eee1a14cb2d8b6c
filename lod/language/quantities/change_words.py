"""The words of change of a language, and how an amount stands to them."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from lod.language.quantities.lexicon import Lexicon, any_of
from lod.model.quantity import Direction
from lod.patterns import lazy

#: Between the two parts of a word: "ging … zurück"; and what may stand there.
_GAP = " … "
_IN_CLAUSE = r"(?: (?:[^ .,;:!?]|[.,](?=[0-9]))+){1,12}? "


class ChangeWord(NamedTuple):
    """What a word or phrase of change says."""

    direction: Direction
    ongoing: bool = False
    factor: Decimal | None = None
    back: bool = False  # the amount may stand right before it
    after_only: bool = False  # and nowhere else
    amount_only: bool = False  # without an amount it says no change
    transitive: bool = False  # what is changed may stand before the amount


class ChangeWords(NamedTuple):
    """The words of change of one language."""

    pattern: re.Pattern[str]
    words: dict[str, ChangeWord]
    bridge: re.Pattern[str]  # between a direction and the amount behind it
    bridge_over: re.Pattern[str]  # the same, with what is changed between them
    bridge_back: re.Pattern[str]  # between an amount and the direction behind it
    marker: re.Pattern[str]  # right before an amount that stands further off
    adverbs: re.Pattern[str]  # words that say nothing of the change


def word_of(words: ChangeWords, found: str) -> ChangeWord:
    """What a match of the pattern says."""
    spaced = " ".join(found.split())
    word = words.words.get(spaced)
    if word is None:
        first, *_, last = spaced.split(" ")
        word = words.words[f"{first}{_GAP}{last}"]
    return word


@lru_cache(maxsize=64)
def change_words(lx: Lexicon) -> ChangeWords:
    """The words of change of a language, made once."""
    data = lx.data["changes"]
    after_only, amount_only = set(data["after_only"]), set(data["amount_only"])
    transitive = set(data["transitive"])
    back = {*after_only, *data["back"]}
    words: dict[str, ChangeWord] = {}
    for table, direction, ongoing in (
        ("up", Direction.UP, False),
        ("down", Direction.DOWN, False),
        ("up_ongoing", Direction.UP, True),
        ("down_ongoing", Direction.DOWN, True),
        ("unchanged", Direction.UNCHANGED, False),
        ("little", Direction.LITTLE_CHANGED, False),
    ):
        for phrase in data[table]:
            words[phrase] = ChangeWord(
                direction,
                ongoing,
                back=phrase in back,
                after_only=phrase in after_only,
                amount_only=phrase in amount_only,
                transitive=phrase in transitive,
            )
    for phrase, (name, factor) in data["factors"].items():
        words[phrase] = ChangeWord(Direction(name), factor=Decimal(factor))
    adverbs = any_of(data["adverbs"])
    phrases = any_of(word for word in words if _GAP not in word).replace(r"\ ", " +")
    gapped = "|".join(
        _IN_CLAUSE.join(map(re.escape, word.split(_GAP))) for word in words if _GAP in word
    )
    if gapped:
        phrases = f"(?:{gapped}|{phrases})"
    by = any_of(data["by"])
    ends = any_of({*lx.old, *lx.new, *data["marker"]})
    return ChangeWords(
        lazy(rf"(?<![\w-]){phrases}(?![\w-])"),
        words,
        lazy(rf"(?: {adverbs})*(?: {by})? "),
        lazy(rf"(?: (?!{ends} )[^ .,;:!?]+){{1,6}} "),
        lazy(rf"(?: {adverbs})* "),
        lazy(rf"(?<!\w){any_of(data['marker'])} $"),
        lazy(rf"(?<!\w){adverbs}(?!\w)"),
    )
