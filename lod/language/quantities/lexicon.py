"""The tables and patterns of one language, made from its data once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from lod.language.data import FALLBACK, elided_words, language_data, table, unit_data
from lod.language.quantities.phrases import LeftPhrases, Phrases, fold
from lod.language.quantities.units import UnitTable
from lod.model.quantity import Comparator
from lod.patterns import lazy

#: Fractions that are one character, with numerator and denominator.
VULGAR = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5),
    "⅗": (3, 5), "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8),
    "⅞": (7, 8),
}  # fmt: skip

_DIGITS = "0123456789"
_YEAR = r"(?:1[5-9]|20)[0-9]{2}(?![0-9.,]*[0-9])"
_NOT_A_LETTER = r"(?![^\W\d_])"


class Lexicon:
    """What it takes to read the quantities of one language.

    All patterns are for folded text (`lod.language.quantities.phrases`), except those of the units.

    Args:
        tag: language tag; it chooses the data of the language and of its region.
    """

    def __init__(self, tag: str) -> None:
        data = language_data(tag)
        self.data: Mapping[str, Any] = data
        self.language: str = data["language"]
        elisions = data["numbers"]["more"].get("elisions")
        self._elided = elided_words(elisions) if elisions else None
        self.units = UnitTable(data, self.fold)
        self._numbers(data["numbers"])
        self._declined(data["numbers"]["more"])
        self._belongings(data["numbers"]["more"])
        self._hedges(data["hedges"])
        self._ranges(data["ranges"], data["numbers"])
        self._roles(data["roles"])
        self._rates(data["per"], data["numbers"]["more"], set(data["words"]["not_units"]))
        self.months = frozenset(data["names"]["months"])
        self.clock = Phrases[bool]()
        for word in data["calendar"]["clock"]:
            self.clock.add(word, True)
        self.before_month = frozenset(data["calendar"]["before"])
        self.ordinal_cues = frozenset(data["calendar"]["ordinal_cues"])
        self.not_units = frozenset(data["words"]["not_units"])
        self.vague = frozenset(data["words"]["vague"])
        self.unit_of = frozenset(data["words"]["unit_of"])

    def fold(self, text: str) -> str:
        """Folded text; a word that is elided before another stands by itself ("d un million")."""
        low = fold(text)
        return low if self._elided is None or "'" not in low else self._elided.sub(r"\1 ", low)

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
        added_behind = f" {any_of(self.added)}"
        fold_end = f"(?=-?{any_of(self.fold_units)}{_NOT_A_LETTER})|{_NOT_A_LETTER}"
        self.words = lazy(
            rf"(?:{group}|{scale}(?:{rest}{group})?){added}(?:(?:{joiner}{scale})+(?:{added_behind}|(?:{rest}{group})?))*"
            rf"(?:{fold_end})"
        )
        self.morphemes = lazy(any_of([*self.additive, *self.scales]))
        self.added_part = lazy(any_of(self.added))
        self.ordinal_words = lazy(data["ordinal_words"].format(**tables) + _NOT_A_LETTER)
        self.ordinal_parts = lazy(any_of([*self.ordinals, *self.additive]))
        parts = any_of(self.parts)
        after = _NOT_A_LETTER + more.get("no_part", "")  # "una media de 14" is no half
        self.part = lazy(rf"(?:({small})[ -])?({parts}){after}")
        self.scale_after_part = lazy(rf"{more['part_of']}{joiner}({scale}){_NOT_A_LETTER}")
        self.part_of = lazy(more["part_of"])
        self.one_in = lazy(more["one_in"])
        self.no_groups = str.maketrans("", "", "".join(data["group"]))
        self.digits = _digits(data["decimal"], data["group"])
        digit_scale = any_of(self.scales.keys() - {*more.get("words_only", ())})
        self.digit_scale = lazy(
            rf"(?: ?({any_of(self.added)}))?((?:[ -]?{digit_scale}(?:{_dots(more['dotted'])})?)+)"
            rf"{_NOT_A_LETTER}(?: ({any_of(self.added)}){_NOT_A_LETTER})?"
        )
        self.scale_initials = frozenset(
            word[0] for word in (*self.scales, *self.added, *self.attached_money)
        )
        self.scale_word = lazy(scale)
        self.ordinal_suffix = lazy(data["ordinal_suffix"] + _NOT_A_LETTER)
        self.fold_suffix = lazy(rf"-?({any_of(self.fold_units)}){_NOT_A_LETTER}")
        starts = {
            *_DIGITS, *VULGAR, *data["unit"], *data["teen"], *data["ten"], *data["inside"],
            *self.ordinals, *self.parts, *self.whole, *self.multiples, *self.scales,
        }  # fmt: skip
        self.start = lazy(_trie(starts))
        #: English words of scale that the language has too, with a capital and another value.
        self.english_scales: frozenset[str] = frozenset()
        #: English words of scale that are the language's own too, or are taken for one of its
        #: own, to what that multiplies by: nothing tells which is meant.
        self.two_valued: dict[str, int] = {}
        #: Words of scale as sentences have them, from small to large.
        self.long_scales = [name for _, name in reversed(self.data["format"]["units"])]
        #: Words of scale that this language does not know, and the word of it that is nearest.
        self.foreign_scales = self._foreign_scales()
        self.foreign_scale = lazy(rf"[ -]?({any_of(self.foreign_scales)}){_NOT_A_LETTER}")
        self.foreign_initials = frozenset(word[0] for word in self.foreign_scales)

    def _declined(self, more: Mapping[str, Any]) -> None:
        """What languages have that decline their numbers, or write them otherwise."""
        # "үштен бір": the denominator before the numerator.
        self.denominators: dict[str, int] = more.get("denominators", {})
        self.numerators: dict[str, int] = more.get("numerators", {})
        self.turned_part = lazy(
            rf"({any_of(self.denominators)}) ({any_of(self.numerators)}){_NOT_A_LETTER}"
        )
        self.dotted = frozenset(more["dotted"])
        # Words of scale that are a number where a hedge stands before them: "более тысячи".
        self.hedged_words = frozenset(more.get("hedged_words", ()))
        # "2 mil 500": words of scale that up to three digits may follow.
        self.then_digits = frozenset(more.get("then_digits", ()))
        # "12 млн 500 тыс.": a number that goes on behind its word of scale.
        self.goes_on: bool = more.get("goes_on", False)
        endings = more.get("endings")  # "28-ден", "3-х": the ending of a number that is declined
        self.number_ending = lazy(rf"-{any_of(endings)}{_NOT_A_LETTER}") if endings else None

    def _belongings(self, more: Mapping[str, Any]) -> None:
        """What stands behind a number, or its unit, and belongs to it."""
        # "5 M€": letters that are no scale by themselves, before a sign of money.
        self.scale_before_sign = lazy(rf" ?({any_of(self.attached_money)})(?=[$€£¥])")
        #: "une centaine": words of scale that are no exact number.
        self.about = frozenset(more.get("about", ()))
        self.of_many = lazy(f" {any_of(more.get('of_many', ()))} ")
        self.added_behind = lazy(rf" {any_of(self.added)}{_NOT_A_LETTER}")
        self.added_words = frozenset(f" {phrase.split()[0]} " for phrase in self.added)
        self.article = lazy(rf"(?<![\w-]){any_of(self.articles)}(?= [^\W\d_])")
        self.article_is_one: bool = more["article_is_one"]
        self.every = frozenset(more["every"])
        self.tolerance = lazy(rf",? ?{any_of(more['tolerance'])} ?")
        self.tolerances = tuple(more["tolerance"])
        self.below_zero = Phrases[bool]()
        for phrase in more["below_zero"]:
            self.below_zero.add(phrase, True)
        self.dimension = lazy(rf"m[ -]{any_of(more['dimensions'])}{_NOT_A_LETTER}")
        self.article_unit = lazy(rf"(?<![\w-]){any_of(self.articles)}( [^\W\d_]+) $")

    def _foreign_scales(self) -> dict[str, str]:
        english: dict[str, int] = (table(FALLBACK, "quantities") or {})["numbers"]["scale"]
        more = self.data["numbers"]["more"]
        friends = {word: self.scales[own] for word, own in more.get("false_friends", {}).items()}
        other = {
            word: value
            for word, value in (self.scales | friends).items()
            if english.get(word, value) != value
        }
        if more.get("capitals"):
            self.english_scales = frozenset(other)
        else:
            self.two_valued = other
        own = {value: word for word, value in reversed(self.scales.items())}
        foreign: dict[str, str] = {}
        for name, words in unit_data()["scales"].items():
            unknown = {name, *words} - {*self.scales, "unknown"}
            foreign |= dict.fromkeys(sorted(unknown), own.get(english.get(name, 0), ""))
        return foreign

    def _hedges(self, data: Mapping[str, Any]) -> None:
        self.before = LeftPhrases[tuple[Comparator, bool]]()
        weak = set(data["more"]["weak"])
        for name, phrases in data["before"].items():
            for phrase in phrases:
                self.before.add(phrase, (Comparator(name), phrase in weak))
        self.links = LeftPhrases[bool]()
        for phrase in data["more"]["links"]:
            self.links.add(phrase, " " in phrase)
        # "del 3 % a los 5": articles, which may stand between a word and its amount.
        self.one_word_links = frozenset(one for one in data["more"]["links"] if " " not in one)
        self.during = frozenset(data["more"]["during"])
        # Hedges that are "to" beside a word of change: "rose to", and not "up to".
        self.limits = frozenset(data["more"].get("limits", ()))
        # What is counted, before the hedge behind it: "60 мың адамнан астам".
        endings = data["more"].get("noun_endings")
        # Hedges that stand behind such an ending only: "3 пайыздан көп", but "3 пайызға көп".
        self.after_old = frozenset(data["more"].get("after_old", ()))
        self.counted = lazy(rf" [^\W\d_]+{any_of(endings)}(?= )") if endings else None
        self.after = Phrases[Comparator]()
        for name, phrases in data["after"].items():
            for phrase in phrases:
                self.after.add(phrase, Comparator(name))
        self.hedge_signs = {sign: Comparator(name) for sign, name in data["sign"].items()}

    def _ranges(self, data: Mapping[str, Any], numbers: Mapping[str, Any]) -> None:
        self.between = frozenset(data["between"])
        self.from_ = frozenset(data["from"])
        self.to = frozenset(data["to"])
        self.range_separator = lazy(rf" ({any_of([*data['and'], *data['to']])}) | ?(-) ?")
        signs = any_of(self.units.signs)
        self.before_number = lazy(
            rf"(?:(?:{any_of(numbers['minus'])})\s|[-–−])?(?:{signs}\s?|[A-Z]{{3}}\s)?"
        )

    def _roles(self, data: Mapping[str, Any]) -> None:
        self.old, self.new = frozenset(data["old"]), frozenset(data["new"])
        self.old_amount = lazy(rf"(?<!\w){any_of(data['old'])} (?!{_YEAR})[0-9]")
        # "14,75 пайыздан 14,25 пайызға дейін": an ending for "from", a word behind for "to".
        self.old_ending = lazy(rf"[\w-]{any_of(data.get('old_endings', ()))}$")
        self.new_behind = lazy(rf" {any_of(data.get('new_behind', ()))}{_NOT_A_LETTER}")
        self.compared = LeftPhrases[bool]()
        for phrase in data["compared"]:
            self.compared.add(phrase, True)
        number = r"([0-9]+(?:[.,][0-9]+)?)"
        versus, votes = any_of(data["versus"]), any_of(data["votes"])
        self.votes = lazy(
            rf"{number}(?:-| {versus} |-{versus}-){number}(?=[ -]{votes}{_NOT_A_LETTER})"
            rf"|{number} {votes} {versus} {number}(?![\w.,]*[0-9])"
        )
        self.ratio_ahead = lazy(rf"(?<!\w)(?:{any_of(self.articles)} )?{any_of(data['ratio'])} $")
        self.ratio_words = frozenset(phrase.split()[-1] for phrase in data["ratio"])
        self.ratio = lazy(rf"{number}(?: ?: ?| {versus} |-{versus}-){number}(?![\w.,]*[0-9])")

    def _rates(self, data: Mapping[str, Any], more: Mapping[str, Any], not_units: set[str]) -> None:
        words = any_of(data["words"])
        # "4.1 percent a year earlier" is no rate, nor "4,1 Prozent im Jahr 2024".
        ago = rf"(?![^ ]+ (?:{any_of(data['not_before'])}|[0-9]{{4}})\b)"
        self.per = lazy(rf" (?:({words}) |({any_of(data['articles'])}) {ago})| ?(/) ?")
        self.per_nouns = Phrases[bool]()
        for noun in data["nouns"]:
            self.per_nouns.add(noun, True)
        noun = rf"(?!(?:{'|'.join(map(re.escape, sorted(not_units)))}) )[^\W\d_][\w'-]*"
        # "14 llamadas al día", but "12 people a year" may be 12 in every one
        behind = any_of([*data["words"], *more.get("per_after_noun", ())])
        self.noun_per = lazy(rf" ({noun}(?: {noun})??) {behind} ")


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
    return lazy(rf"([0-9]{{1,3}}(?:{grouped})(?![0-9])|[0-9]+)(?:[{re.escape(decimal)}]([0-9]+))?")


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
