"""The tables and patterns of one language, made from its data once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from lod.facts.languages import language_data
from lod.facts.quantity.phrases import LeftPhrases, Phrases
from lod.facts.quantity.units import UnitTable
from lod.model.quantity import Comparator

#: Fractions that are one character, with numerator and denominator.
VULGAR = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5),
    "⅗": (3, 5), "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8),
    "⅞": (7, 8),
}  # fmt: skip

_DIGITS = "0123456789"
_NOT_A_LETTER = r"(?![^\W\d_])"


class Lexicon:
    """What it takes to read the quantities of one language.

    All patterns are for folded text (`lod.facts.quantity.folding`), except those of the units.

    Args:
        tag: language tag; it chooses the data of the language and of its region.
    """

    def __init__(self, tag: str) -> None:
        data = language_data(tag)
        self.data: Mapping[str, Any] = data
        self.language: str = data["language"]
        self.units = UnitTable(data)
        self._numbers(data["numbers"])
        self._hedges(data["hedges"])
        self._ranges(data["ranges"], data["numbers"])
        self._rates(data["per"], set(data["words"]["not_units"]))
        self.months = frozenset(data["names"]["months"])
        self.clock = Phrases[bool]()
        for word in data["calendar"]["clock"]:
            self.clock.add(word, True)
        self.before_month = frozenset(data["calendar"]["before"])
        self.ordinal_cues = frozenset(data["calendar"]["ordinal_cues"])
        self.not_units = frozenset(data["words"]["not_units"])
        self.vague = frozenset(data["words"]["vague"])
        self.unit_of = frozenset(data["words"]["unit_of"])

    def _numbers(self, data: Mapping[str, Any]) -> None:
        more = data["more"]
        self.articles = frozenset(data["articles"])
        self.bare_words = frozenset(more["bare_words"])
        self.bare_parts = frozenset(more["bare_parts"])
        self.minus = frozenset(data["minus"])
        self.scales: dict[str, int] = data["scale"]
        self.parts: dict[str, int] = data["parts"]
        self.whole = {word: Decimal(value) for word, value in data["whole"].items()}
        self.multiples: dict[str, int] = data["multiples"]
        self.fold_units: dict[str, str] = data["fold"]
        self.added = {phrase: Decimal(value) for phrase, value in data["added"].items()}
        self.attached: dict[str, int] = data["attached"]
        self.attached_money: dict[str, int] = {**data["attached_money"], **data["attached"]}
        self.additive: dict[str, int] = {
            word: value
            for table in ("unit", "teen", "ten", "inside")
            for word, value in data[table].items()
        }
        self.ordinals: dict[str, int] = {**data["first"], **data["tenth"]}
        tables = {
            "unit": any_of(data["unit"]),
            "teen": any_of(data["teen"]),
            "ten": any_of(data["ten"]),
            "first": any_of(data["first"]),
            "tenth": any_of(data["tenth"]),
        }
        small = data["small"].format(**tables)
        group = data["group_words"].format(small=small, **tables)
        scale = any_of(self.scales)
        joiner, rest = data["joiner"], data["rest"]
        added = f"(?: ?{any_of(self.added)})?"
        fold_end = f"(?=-?{any_of(self.fold_units)}{_NOT_A_LETTER})|{_NOT_A_LETTER}"
        self.words = re.compile(
            rf"(?:{group}|{scale}){added}(?:(?:{joiner}{scale})+(?:{rest}{group})?)*(?:{fold_end})"
        )
        self.morphemes = re.compile(any_of([*self.additive, *self.scales]))
        self.added_part = re.compile(any_of(self.added))
        self.ordinal_words = re.compile(data["ordinal_words"].format(**tables) + _NOT_A_LETTER)
        self.ordinal_parts = re.compile(any_of([*self.ordinals, *self.additive]))
        parts = any_of(self.parts)
        self.part = re.compile(rf"(?:({small})[ -])?({parts}){_NOT_A_LETTER}")
        self.scale_after_part = re.compile(rf"{more['part_of']}{joiner}({scale}){_NOT_A_LETTER}")
        self.part_of = re.compile(more["part_of"])
        self.one_in = re.compile(more["one_in"])
        self.no_groups = str.maketrans("", "", "".join(data["group"]))
        self.digits = _digits(data["decimal"], data["group"])
        self.digit_scale = re.compile(
            rf"(?: ?({any_of(self.added)}))?((?:[ -]?{scale}(?:{_dots(more['dotted'])})?)+)"
            rf"{_NOT_A_LETTER}"
        )
        self.scale_initials = frozenset(
            word[0] for word in (*self.scales, *self.added, *self.attached_money)
        )
        self.scale_word = re.compile(scale)
        self.ordinal_suffix = re.compile(data["ordinal_suffix"] + _NOT_A_LETTER)
        self.fold_suffix = re.compile(rf"-?({any_of(self.fold_units)}){_NOT_A_LETTER}")
        starts = {
            *_DIGITS, *VULGAR, *data["unit"], *data["teen"], *data["ten"], *data["inside"],
            *self.ordinals, *self.parts, *self.whole, *self.multiples, *self.scales,
        }  # fmt: skip
        self.start = re.compile(_trie(starts))

    def _hedges(self, data: Mapping[str, Any]) -> None:
        self.before = LeftPhrases[tuple[Comparator, bool]]()
        weak = set(data["more"]["weak"])
        for name, phrases in data["before"].items():
            for phrase in phrases:
                self.before.add(phrase, (Comparator(name), phrase in weak))
        self.links = LeftPhrases[bool]()
        for phrase in data["more"]["links"]:
            self.links.add(phrase, " " in phrase)
        self.during = frozenset(data["more"]["during"])
        self.after = Phrases[Comparator]()
        for name, phrases in data["after"].items():
            for phrase in phrases:
                self.after.add(phrase, Comparator(name))
        self.hedge_signs = {sign: Comparator(name) for sign, name in data["sign"].items()}

    def _ranges(self, data: Mapping[str, Any], numbers: Mapping[str, Any]) -> None:
        self.between = frozenset(data["between"])
        self.from_ = frozenset(data["from"])
        self.to = frozenset(data["to"])
        self.range_separator = re.compile(rf" ({any_of([*data['and'], *data['to']])}) | ?(-) ?")
        signs = any_of(self.units.signs)
        self.before_number = re.compile(
            rf"(?:(?:{any_of(numbers['minus'])})\s|[-–−])?(?:{signs}\s?|[A-Z]{{3}}\s)?"
        )

    def _rates(self, data: Mapping[str, Any], not_units: set[str]) -> None:
        words = any_of(data["words"])
        # "4.1 percent a year earlier" is no rate.
        ago = rf"(?![^ ]+ {any_of(data['not_before'])}\b)"
        self.per = re.compile(rf" (?:({words}) |({any_of(data['articles'])}) {ago})| ?(/) ?")
        self.per_nouns = Phrases[bool]()
        for noun in data["nouns"]:
            self.per_nouns.add(noun, True)
        noun = rf"(?!(?:{'|'.join(map(re.escape, sorted(not_units)))}) )[^\W\d_][\w'-]*"
        self.noun_per = re.compile(rf" ({noun}(?: {noun})??) (?:{words}) ")


@lru_cache(maxsize=64)
def lexicon(tag: str) -> Lexicon:
    """The lexicon of a language tag, made once."""
    return Lexicon(tag)


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first; for no words, one that never matches."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(re.escape, ordered))})" if ordered else "(?!)"


def _dots(dotted: Iterable[str]) -> str:
    """A full stop after an abbreviation, as far as it belongs to it."""
    behind = "|".join(rf"(?<={re.escape(word)})" for word in dotted)
    return rf"(?:{behind})\.(?= |$)" if behind else "(?!)"


def _digits(decimal: str, groups: Iterable[str]) -> re.Pattern[str]:
    grouped = "|".join(rf"(?:{re.escape(sign)}[0-9]{{3}})+" for sign in groups)
    return re.compile(
        rf"([0-9]{{1,3}}(?:{grouped})(?![0-9])|[0-9]+)(?:[{re.escape(decimal)}]([0-9]+))?"
    )


def _trie(words: Iterable[str]) -> str:
    """A pattern for any of the words that branches by their first characters: it searches fast."""
    by_first: dict[str, set[str]] = {}
    for word in words:
        by_first.setdefault(word[0], set()).add(word[1:])
    branches = []
    for first, tails in sorted(by_first.items()):
        if "" in tails:
            branches.append(re.escape(first))
        else:
            branches.append(re.escape(first) + any_of(tails))
    return "|".join(branches)
