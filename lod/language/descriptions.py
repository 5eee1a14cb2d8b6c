"""The words of sentences that describe claims, from `descriptions.toml` of a language.

A pattern has gaps, such as "{s} takes part in {o}". Its first verb that the language knows takes
another form where the sentence needs one: by the number of what the pattern begins with ("take
part"), behind what says the modality ("plans to take part"), and inside another clause ("taking
part"). A language without such forms has patterns that need none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from msgspec import Struct

from lod.language.data import FALLBACK, table
from lod.language.inflection import contractions_of, run_on
from lod.language.quantities import format_quantity
from lod.model.claim import Polarity
from lod.model.quantity import Change, Quantity
from lod.patterns import lazy

_GAP = re.compile(r"\{(\w+)\}")
_QUOTED = re.compile("[“„«].*?[”“»]")


class Phrase:
    """A pattern with named gaps and, where a language knows its verb, that verb, taken apart once.

    Attributes:
        first: name of the gap that it begins with; "" where it begins with words.
        verb: the form of the singular, or None.
        text: the pattern.

    >>> Phrase("{s} is in {o}").fill(s="Ufa", o="{s}")
    'Ufa is in {s}'
    >>> Phrase("{s} is in {o}", re.compile("is")).fill("are", s="Both", o="Ufa")
    'Both are in Ufa'
    """

    __slots__ = ("_language", "_pattern", "_run_on", "first", "text", "verb")

    def __init__(
        self, text: str, verbs: re.Pattern[str] | None = None, language: str = FALLBACK
    ) -> None:
        self.text = text
        self._language = language
        begin = _GAP.match(text)
        self.first = begin[1] if begin is not None else ""
        found = None if verbs is None else verbs.search(text)
        self.verb = None if found is None else found[0]
        if found is not None:
            text = f"{text[: found.start()]}{{v}}{text[found.end() :]}"
        # A word before a gap that may run together with what fills it: one gap, with both names.
        self._run_on: list[tuple[str, str]] = []
        text = text.replace("%", "%%")
        if words := contractions_of(language):
            self._run_on = re.findall(rf"(?<!\w)({'|'.join(words)}) \{{(\w+)\}}", text)
            for word, gap in self._run_on:
                text = re.sub(rf"(?<!\w){word} \{{{gap}\}}", f"%({word} {gap})s", text)
        self._pattern = _GAP.sub(r"%(\1)s", text)

    def pieces(self) -> list[str]:
        """The words between the gaps, without those that may run together with what fills one."""
        text = self.text
        for word, gap in self._run_on:
            text = re.sub(rf"(?<!\w){word} \{{{gap}\}}", f"{{{gap}}}", text)
        return _GAP.sub("\0", text).split("\0")

    def fill(self, verb: str | None = None, /, **values: str) -> str:
        """The sentence with its gaps filled; without a verb, it stays in the singular."""
        values["v"] = (self.verb or "") if verb is None else verb
        for word, gap in self._run_on:
            values[f"{word} {gap}"] = run_on(word, values[gap], self._language)
        return self._pattern % values


@lru_cache(maxsize=4096)
def _phrase(text: str, verbs: re.Pattern[str] | None, language: str) -> Phrase:
    return Phrase(text, verbs, language)


class Words(Struct, frozen=True):
    """The words of sentences in one language, from `descriptions.toml`.

    Attributes:
        language: its subtag.
        data: the tables of the file.
        frames: who says it, by modality, and by "modality-negative" where it is denied.
        plain: frames for phrases whose verb is not known; the others where there is none.
        special: property to patterns for special values, subjects and qualifiers.
        texts: kinds of quoted words.
        verbs: the pattern of all verbs that it knows, or None.
        parts: parts of sentences.
        quotes: the quotation marks around words of the text.
        modals: the modalities that change the verb.
    """

    language: str
    data: dict[str, Any]
    frames: dict[str, Phrase]
    plain: dict[str, Phrase]
    special: dict[str, dict[str, Phrase]]
    texts: dict[str, re.Pattern[str]]
    verbs: re.Pattern[str] | None
    parts: dict[str, Phrase]
    modals: frozenset[str]
    quotes: list[str]

    def phrase(self, text: str) -> Phrase:
        """A pattern in this language."""
        return _phrase(text, self.verbs, self.language)

    def part(self, name: str, **values: str) -> str:
        """A part of a sentence with its gaps filled."""
        return self.parts[name].fill(**values)

    def number(self, phrase: Phrase, *, plural: bool) -> str | None:
        """The verb of a phrase in the singular or plural."""
        if phrase.verb is None or not plural:
            return phrase.verb
        return str(self.data["verbs"][phrase.verb][0])

    def base(self, phrase: Phrase, *, plural: bool) -> str:
        """The base form of the verb of a phrase: "be", "be members"."""
        forms: list[str] = self.data["verbs"][phrase.verb]
        return forms[-1] if plural and len(forms) > 3 else forms[1]

    def share(self, quantity: Quantity) -> str:
        """A share in words: "half", "more than a quarter", "80 percent"."""
        words = format_quantity(quantity, self.language)
        if quantity.unit is None and quantity.per is None:
            for number, fraction in self.data["shares"].get("fractions", {}).items():
                if words == number or words.endswith(f" {number}"):
                    return f"{words[: -len(number)]}{fraction}"
        return words

    def modal(self, form: str, phrase: Phrase) -> list[str]:
        """What may stand for the verb of a phrase in a modality, in any number."""
        ways = self.data.get("modal", {}).get(form, ())
        if phrase.verb is None or not ways or len(self.data["verbs"][phrase.verb]) < 3:
            return []
        return [
            one.fill(self.number(one, plural=plural), base=self.base(phrase, plural=plural))
            for text in ways
            for one in (self.phrase(text),)
            for plural in (False, True)
        ]

    def joined(self, words: Sequence[str]) -> str:
        """A list as one says it: "A, B and C"."""
        if len(words) == 1:
            return words[0]
        lists = self.data["lists"]
        # What stands in quotation marks is one thing, whatever is in it.
        long = any(lists["last"] in (bare := _QUOTED.sub("", one)) or ", " in bare for one in words)
        last = lists["last_long" if long else "last"]
        before, word = last[:-1].rsplit(" ", 1)
        ending = run_on(word, words[-1], self.language)
        return f"{lists['between'].join(words[:-1])}{before} {ending}"

    def changed(self, change: Change) -> str:
        """A change as a verb and, where it is known, by how much."""
        words = str(self.data["changes"][change.direction.value][change.ongoing])
        if change.amount is None:
            return words
        amount = format_quantity(change.amount, self.language)
        return str(self.data["changes"]["by"]).format(change=words, amount=amount)


def texts_of(language: str) -> dict[str, dict[str, str]]:
    """How a language knows what quoted words are: tables of regular expressions, maybe none."""
    return table(language, "texts") or {}


@lru_cache(maxsize=16)
def words_of(language: str) -> Words:
    """The words of a language, or English where it is not there."""
    data = table(language, "descriptions")
    if data is None:
        return words_of(FALLBACK)
    longest_first = sorted(data.get("verbs", ()), key=len, reverse=True)
    verbs = None
    if longest_first:
        any_of = "|".join(map(re.escape, longest_first))
        verbs = re.compile(rf"(?<![\w{{])(?:{any_of})(?![\w}}])")

    def phrases(patterns: dict[str, str]) -> dict[str, Phrase]:
        return {name: Phrase(text, verbs, language) for name, text in patterns.items()}

    return Words(
        language,
        data,
        phrases(data["frames"]),
        phrases(data.get("plain", {})),
        {term: phrases(special) for term, special in data.get("special", {}).items()},
        {name: lazy(pattern) for name, pattern in texts_of(language).get("kinds", {}).items()},
        verbs,
        {name: Phrase(text, None, language) for name, text in data["parts"].items()},
        frozenset(data.get("modal", ())),
        str(data["parts"]["text"]).split("{text}"),
    )


def frame_of(modality: str, polarity: Polarity) -> str:
    """The key of what belongs to a modality and a polarity."""
    return modality if polarity is Polarity.POSITIVE else f"{modality}-negative"
