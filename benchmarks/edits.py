"""Edits of texts, and whether each claim's fate is told right: `python -m benchmarks.edits`.

`edits.toml` beside this file says what the edits are and what is right after each. What is right is
known from how the edit was made, sentence by sentence, and not from what lod finds. The same edits
go through tools that anchor or check quotations (`benchmarks/edit_peers.py`).
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

from lod.facts.load import facts_file, load_folder
from lod.facts.text import SourceText
from lod.history.edits import Edit
from lod.history.fates import Fate
from lod.language.data import FOLDER, is_supported, primary
from lod.model.anchor import Anchor, Sentence
from lod.model.claim import Statement
from lod.model.value import EntityValue
from lod.sources import source_of_file

ROOT = Path(__file__).parents[1]
TABLE: dict[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:[.,]\d+)*(?![\w])")
_YEAR = re.compile(r"(?<![\w.,])(?:19|20)\d\d(?![\w.,]\w)")
_SETTLED = {Fate.UNCHANGED, Fate.MOVED}
_CONTEXT = 12
#: How much of what is told of each language has to be right.
_GOAL = 0.99
_Allowed = frozenset[Fate]


def _only(*fates: Fate) -> _Allowed:
    return frozenset(fates)


@dataclass(frozen=True, slots=True)
class Made:
    """An edit.

    Attributes:
        operator: a key of `operators` of the table.
        text: the new text.
        right: what may be said of each quote: (claim, number of the quote) to fates.
        places: where the quotes stand that go on: code points of the new text.
    """

    operator: str
    text: str
    right: dict[tuple[str, int], _Allowed]
    places: dict[tuple[str, int], int]


@dataclass(eq=False)
class Sample:
    """A publication whose text is edited."""

    path: Path
    loaded: Any = field(repr=False)
    source: Any = field(repr=False)

    @classmethod
    def of(cls, path: Path) -> Sample:
        """The publication in a folder or file, which has no errors."""
        file = facts_file(path)
        return cls(path, load_folder(path), source_of_file(file).read(file.read_bytes(), str(file)))

    @cached_property
    def text(self) -> SourceText:
        """Its text."""
        text: SourceText = self.loaded.text
        return text

    @cached_property
    def raw(self) -> str:
        """The same as it stands."""
        return self.text.raw

    @cached_property
    def language(self) -> str:
        """Primary subtag."""
        return primary(self.text.language)

    @cached_property
    def quotes(self) -> list[tuple[tuple[str, int], Statement, Anchor]]:
        """Every quote: its key, its claim, its anchor."""
        return [
            ((one.id, number), one, anchor)
            for one in self.loaded.facts.statements
            for number, anchor in enumerate(one.anchors)
        ]

    @cached_property
    def labels(self) -> dict[str, list[str]]:
        """The names of entities, as somebody would look for them."""
        return {
            slug: [*one.labels.values(), *one.also]
            for slug, one in self.loaded.facts.entities.items()
        }

    @cached_property
    def carrying(self) -> frozenset[str]:
        """Words that may carry something: those of the data of the language, and of names."""
        words: set[str] = set()
        for file in (FOLDER / self.language).glob("*.*"):
            if file.stem in ("quantities", "periods", "markers", "cldr", "speech", "inflections"):
                words.update(_WORD.findall(file.read_text("utf-8").casefold()))
        for names in self.labels.values():
            words.update(word for name in names for word in _WORD.findall(name.casefold()))
        for means in (self.loaded.facts.document.means, *(s.means for _, s, _ in self.quotes)):
            words.update(word for name in means for word in _WORD.findall(name.casefold()))
        return frozenset(words)

    def may_carry(self, word: str) -> bool:
        """Whether a word is one that may carry something, in any form."""
        if word[:5] in self._beginnings or any(word[:size] in self.carrying for size in (3, 4)):
            return True
        by_form = TABLE["forms"].get(self.language)
        return by_form is not None and re.search(by_form, word) is not None

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        return frozenset(word[:5] for word in self.carrying)

    def words(self, sentence: Sentence) -> str:
        """A sentence as it stands."""
        return self.raw[sentence.start : sentence.end]

    def own(self, anchor: Anchor) -> range:
        """Numbers, from 1, of the sentences that a quote touches."""
        last = self.text.sentence_at(anchor.end - 1).number
        return range(anchor.sentence, last + 1)

    def needs(self, statement: Statement, anchor: Anchor) -> Iterator[tuple[int, bool]]:
        """Sentences that a claim leans on beside its own, and whether it surely does.

        It surely does where it says by `means` that words of its sentence point back; it may where
        its sentence does not name what it is about, or who says it.
        """
        document = self.loaded.facts.document
        whole = {*document.author, "document"}
        whole.update(slug for slugs in document.means.values() for slug in slugs)
        own = self.own(anchor)
        here = " ".join(self.words(self.text.sentences[one - 1]) for one in own).casefold()
        means = {slug: words for words, slugs in statement.means.items() for slug in slugs}
        slugs = [one.slug for one in statement.things() if isinstance(one, EntityValue)]
        for slug in dict.fromkeys((*slugs, *statement.speakers, *means)):
            if slug in whole or self._is_named(slug, here):
                continue
            before = range(own[0] - 1, max(own[0] - 1 - _CONTEXT, 0), -1)
            named = [one for one in before if self._is_named(slug, self._low(one))]
            sure = slug in means and means[slug].casefold() in here and bool(named)
            yield (named[0] if named else max(own[0] - 1, 1)), sure
            if slug in statement.speakers:
                yield from (
                    (one, False) for one in self._after(own) if self._is_named(slug, self._low(one))
                )
        for year in self._years(statement):
            if year not in here:
                before = range(own[0] - 1, max(own[0] - 1 - _CONTEXT, 0), -1)
                yield from ((one, False) for one in before if year in self._low(one))

    def _after(self, own: range) -> range:
        return range(own[-1] + 1, min(own[-1] + 4, len(self.text.sentences)) + 1)

    def _years(self, statement: Statement) -> Iterator[str]:
        period = statement.during.period if statement.during else None
        if period is not None and period.edtf is not None:
            yield from _YEAR.findall(period.edtf)

    def _is_named(self, slug: str, words: str) -> bool:
        return any(name.casefold() in words for name in self.labels.get(slug, ()))

    def _low(self, number: int) -> str:
        return self.words(self.text.sentences[number - 1]).casefold()


class Maker:
    """Makes edits of one text.

    Args:
        sample: the publication.
        seed: of the choices.
    """

    def __init__(self, sample: Sample, seed: int) -> None:
        self.sample = sample
        self.random = random.Random(f"{seed} {sample.path.name}")  # noqa: S311 - a draw
        self.sentences = sample.text.sentences

    def table(self, name: str) -> Any:
        """The words of an operator in the language of the text; none where there are none."""
        return TABLE[name].get(self.sample.language, [])

    def made(
        self,
        operator: str,
        changes: Sequence[tuple[int, int, str]],
        touched: Callable[[int], _Allowed | None],
        context: Sequence[int] = (),
        sure: Sequence[int] = (),
    ) -> Made:
        """An edit of some stretches.

        Args:
            operator: its name.
            changes: start, end and new words, in text order.
            touched: a sentence's number to what is right of its quotes; None where it is the same.
            context: sentences that are not what they were, for those that lean on them.
            sure: those of them whose names are others.
        """
        raw, pieces, at = self.sample.raw, [], 0
        for start, end, words in changes:
            pieces += [raw[at:start], words]
            at = end
        text = "".join((*pieces, raw[at:]))
        right, places = {}, {}
        for key, statement, anchor in self.sample.quotes:
            fates = [one for one in map(touched, self.sample.own(anchor)) if one]
            allowed = frozenset().union(*fates) if fates else _only(Fate.UNCHANGED)
            if not fates:
                for number, certain in self.sample.needs(statement, anchor):
                    low, high = sorted((number, anchor.sentence))
                    if certain and number in sure:
                        allowed = _only(Fate.VALUE_CHANGED)
                        break
                    if any(low <= one <= high for one in (*context, *sure)):
                        allowed |= {Fate.VALUE_CHANGED}
                shift = sum(
                    len(words) - (end - start)
                    for start, end, words in changes
                    if end <= anchor.start
                )
                places[key] = anchor.start + shift
            right[key] = allowed
        return Made(operator, text, right, places)

    def in_sentence(
        self, operator: str, change: tuple[int, int, str], fates: _Allowed, *, names: bool = False
    ) -> Made:
        """An edit of one stretch of one sentence."""
        number = self.sample.text.sentence_at(change[0]).number
        carries = Fate.VALUE_CHANGED in fates
        return self.made(
            operator,
            [change],
            lambda one: fates if one == number else None,
            [number] if carries else [],
            [number] if names else [],
        )

    def edits(self, operator: str, most: int) -> Iterator[Made]:
        """So many edits of a kind, or all that there are."""
        found = list(getattr(self, f"_{operator}")())
        self.random.shuffle(found)
        for make in found[:most]:
            made = make()
            if made is not None and made.text != self.sample.raw:
                yield made

    def _spans(self, words: str) -> Iterator[tuple[int, int]]:
        """Where whole words stand in the text."""
        pattern = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
        yield from (match.span() for match in pattern.finditer(self.sample.raw))

    def _typo(self) -> Iterator[Callable[[], Made]]:
        for match in _WORD.finditer(self.sample.raw):
            word = match.group()
            if len(word) < 6 or not word.islower() or self.sample.may_carry(word):
                continue
            at = self.random.randrange(1, len(word) - 2)
            typo = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
            if typo in self.sample.carrying:
                continue
            change = (*match.span(), typo)
            yield lambda change=change: self.in_sentence("typo", change, _only(Fate.REWORDED))

    def _reworded(self) -> Iterator[Callable[[], Made]]:
        for before, after in self.table("same"):
            if any(word in self.sample.carrying for word in before.split()):
                continue
            for span in self._spans(before):
                change = (*span, after)
                yield lambda change=change: self.in_sentence(
                    "reworded", change, _only(Fate.REWORDED)
                )

    def _number(self) -> Iterator[Callable[[], Made]]:
        for match in _NUMBER.finditer(self.sample.raw):
            digits = match.group()
            at = self.random.choice([i for i, one in enumerate(digits) if one.isdigit()])
            other = self.random.choice([one for one in "123456789" if one != digits[at]])
            change = (*match.span(), digits[:at] + other + digits[at + 1 :])
            yield lambda change=change: self.in_sentence(
                "number", change, _only(Fate.VALUE_CHANGED)
            )

    def _date(self) -> Iterator[Callable[[], Made]]:
        changes = [
            (*match.span(), str(int(match.group()) + self.random.choice((-2, -1, 1, 2))))
            for match in _YEAR.finditer(self.sample.raw)
        ]
        for names in (*self.table("months"), *self.table("weekdays")):
            for name in names:
                other = self.random.choice([one for one in names if one != name])
                changes += [(*span, other) for span in self._spans(name)]
        for change in changes:
            yield lambda change=change: self.in_sentence("date", change, _only(Fate.VALUE_CHANGED))

    def _hedge(self) -> Iterator[Callable[[], Made]]:
        yield from self._pairs("hedge", self.table("hedge_after"))
        for before, after in self.table("hedge"):
            pattern = re.compile(rf"(?<!\w){re.escape(before)}(?=[$€£]?\d)")
            for match in pattern.finditer(self.sample.raw):
                change = (*match.span(), after)
                yield lambda change=change: self.in_sentence(
                    "hedge", change, _only(Fate.VALUE_CHANGED)
                )

    def _name(self) -> Iterator[Callable[[], Made]]:
        for _, change in self._names():
            yield lambda change=change: self.in_sentence(
                "name", change, _only(Fate.VALUE_CHANGED), names=False
            )

    def _names(self) -> Iterator[tuple[str, tuple[int, int, str]]]:
        """Names in the text, each with one of another thing of the same type."""
        entities = self.sample.loaded.facts.entities
        for slug, entity in entities.items():
            others = [
                one.label
                for one in entities.values()
                if one.type == entity.type
                and one.slug != slug
                and one.label[0].isupper()
                and not set(one.label.split()) & set(entity.label.split())
            ]
            for name in self.sample.labels[slug]:
                if not others or not name[:1].isupper():
                    continue
                for span in self._spans(name):
                    yield slug, (*span, self.random.choice(others))

    def _pointed(self) -> Iterator[Callable[[], Made]]:
        for _, statement, anchor in self.sample.quotes:
            sure = {number for number, certain in self.sample.needs(statement, anchor) if certain}
            for slug, change in self._names():
                number = self.sample.text.sentence_at(change[0]).number
                means = {one for slugs in statement.means.values() for one in slugs}
                words = self.sample.words(self.sentences[number - 1])
                if number not in sure or slug not in means:
                    continue
                named = sum(words.count(name) for name in set(self.sample.labels[slug]))
                if named == 1:
                    yield lambda change=change, number=number: self.made(
                        "pointed",
                        [change],
                        lambda at, number=number: (
                            _only(Fate.VALUE_CHANGED) if at == number else None
                        ),
                        [number],
                        [number],
                    )

    def _pairs(
        self, operator: str, pairs: Sequence[tuple[str, str]]
    ) -> Iterator[Callable[[], Made]]:
        for before, after in pairs:
            at = self.sample.raw.find(before)
            while at >= 0:
                change = (at, at + len(before), after)
                at = self.sample.raw.find(before, at + 1)
                yield lambda change=change: self.in_sentence(
                    operator, change, _only(Fate.VALUE_CHANGED)
                )

    def _denial(self) -> Iterator[Callable[[], Made]]:
        yield from self._pairs("denial", self.table("denial"))

    def _plan(self) -> Iterator[Callable[[], Made]]:
        yield from self._pairs("plan", self.table("plan"))

    def _swapped(self) -> Iterator[Callable[[], Made]]:
        for sentence in self.sentences:
            words = self.sample.words(sentence)
            spans = [match.span() for match in _NUMBER.finditer(words)]
            for one, two in pairwise(spans):
                first, second = words[slice(*one)], words[slice(*two)]
                if first == second:
                    continue
                base = sentence.start
                changes = [
                    (base + one[0], base + one[1], second),
                    (base + two[0], base + two[1], first),
                ]
                number = sentence.number
                yield lambda changes=changes, number=number: self.made(
                    "swapped",
                    changes,
                    lambda at: _only(Fate.VALUE_CHANGED) if at == number else None,
                    [number],
                )

    def _listed(self) -> Iterator[Callable[[], Made]]:
        last = self.table("lists")
        if not last:
            return
        pattern = re.compile(rf"(?<=[ (])([^\W\d_]+), ([^\W\d_]+)(?=,? {last} )")
        for match in pattern.finditer(self.sample.raw):
            changes = [(*match.span(1), match[2]), (*match.span(2), match[1])]
            number = self.sample.text.sentence_at(match.start()).number
            fates = _only(Fate.REWORDED, Fate.VALUE_CHANGED)
            yield lambda changes=changes, number=number, fates=fates: self.made(
                "listed", changes, lambda at: fates if at == number else None, [number]
            )

    def _inserted(self) -> Iterator[Callable[[], Made]]:
        for sentence in self.sentences:
            for words in self.table("inserted"):
                change = (sentence.end, sentence.end, f" {words}")
                if not self._ends_sentence(sentence):
                    continue
                gap = [sentence.number, sentence.number + 1]
                yield lambda change=change, gap=gap: self._with_gap("inserted", change, gap)

    def _with_gap(self, operator: str, change: tuple[int, int, str], gap: list[int]) -> Made:
        """An edit between two sentences: what leans over it may be meant otherwise."""
        made = self.made(operator, [change], lambda one: None)
        for key, statement, anchor in self.sample.quotes:
            for number, _ in self.sample.needs(statement, anchor):
                low, high = sorted((number, anchor.sentence))
                if low <= gap[0] and high >= gap[1]:
                    made.right[key] |= {Fate.VALUE_CHANGED}
        return made

    def _ends_sentence(self, sentence: Sentence) -> bool:
        return self.sample.raw[sentence.end - 1] in ".!?"

    def _deleted(self) -> Iterator[Callable[[], Made]]:
        for sentence in self.sentences:
            end = sentence.end
            while end < len(self.sample.raw) and self.sample.raw[end] == " ":
                end += 1
            if self.sample.raw[sentence.start - 1 : sentence.start] in ("", "\n"):
                end += self.sample.raw[end : end + 1] == "\n"
            change, number = (sentence.start, end, ""), sentence.number
            elsewhere = self._stand_elsewhere(number)
            # In another sentence the words may be beside others that carry something.
            others = (Fate.AMBIGUOUS, Fate.REWORDED, Fate.VALUE_CHANGED) if elsewhere else ()
            gone = _only(Fate.GONE, *others)
            yield lambda change=change, number=number, gone=gone: self.made(
                "deleted",
                [change],
                lambda at: self._when_gone(at, number, gone),
                [number],
                [number],
            )

    def _when_gone(self, at: int, number: int, gone: _Allowed) -> _Allowed | None:
        return gone if at == number else None

    def _stand_elsewhere(self, number: int) -> bool:
        """Whether words of a quote in a sentence stand in another sentence too."""
        return any(
            self.sample.raw.count(anchor.selectors[0].exact) > 1
            for _, _, anchor in self.sample.quotes
            if number in self.sample.own(anchor)
        )

    def _repeated(self) -> Iterator[Callable[[], Made]]:
        for _, _, anchor in self.sample.quotes:
            if len(anchor.selectors) > 1:
                continue
            after = self.random.choice(self.sentences)
            if not self._ends_sentence(after) or after.number in self.sample.own(anchor):
                continue
            for words in self.table("repeated")[:1]:
                new = " " + words.format(quote=anchor.exact.rstrip(".!?"))
                change, gap = (after.end, after.end, new), [after.number, after.number + 1]
                yield lambda change=change, gap=gap: self._with_gap("repeated", change, gap)

    def _copied(self) -> Iterator[Callable[[], Made]]:
        for sentence in self.sentences:
            after = self.random.choice(self.sentences)
            if not (self._ends_sentence(sentence) and self._ends_sentence(after)):
                continue
            change = (after.end, after.end, f" {self.sample.words(sentence)}")
            same = {
                one.number
                for one in self.sentences
                if self.sample.words(one) == self.sample.words(sentence)
            }
            gap = [after.number, after.number + 1]

            def make(
                change: tuple[int, int, str] = change, same: set[int] = same, gap: list[int] = gap
            ) -> Made:
                made = self._with_gap("copied", change, gap)
                for key, _, anchor in self.sample.quotes:
                    if same & {*self.sample.own(anchor)}:
                        made.right[key] = _only(Fate.AMBIGUOUS)
                        made.places.pop(key, None)
                return made

            yield make

    def _paragraph(self) -> Iterator[Callable[[], Made]]:
        paragraphs = self.sample.text.paragraphs
        for first in range(len(paragraphs)):
            for to in range(len(paragraphs)):
                if to not in (first, first - 1):
                    yield lambda first=first, to=to: self._move(first, to)

    def _move(self, first: int, to: int) -> Made:
        """A paragraph behind another one."""
        raw, paragraphs = self.sample.raw, list(self.sample.text.paragraphs)
        words = [raw[one.start : one.end] for one in paragraphs]
        gaps = [raw[a.end : b.start] for a, b in pairwise(paragraphs)]
        order = [one for one in range(len(words)) if one != first]
        order.insert(order.index(to) + 1, first)
        head, tail = raw[: paragraphs[0].start], raw[paragraphs[-1].end :]
        text, starts = head, {}
        for place, index in enumerate(order):
            starts[index] = len(text)
            text += words[index] + (gaps[place] if place < len(gaps) else "")
        text += tail
        block = {first}
        passed = set(range(first + 1, to + 1)) if to > first else set(range(to + 1, first))
        counts = [
            sum(one.paragraph - 1 in side for one in self.sentences) for side in (block, passed)
        ]
        right: dict[tuple[str, int], _Allowed] = {}
        places = {}
        for key, statement, anchor in self.sample.quotes:
            own = anchor.paragraph - 1
            is_moved = [own in block, own in passed]
            allowed = _only(Fate.UNCHANGED)
            if counts[0] == counts[1] and any(is_moved):
                allowed = _only(Fate.UNCHANGED, Fate.MOVED)
            elif is_moved[int(counts[1] < counts[0])]:
                allowed = _only(Fate.MOVED)
            for number, _ in self.sample.needs(statement, anchor):
                there = self.sentences[number - 1].paragraph - 1
                if there != own and (
                    (there in block) != (own in block)
                    or (there in passed) != (own in passed)
                    or order.index(own) - order.index(there) != own - there
                ):
                    allowed |= {Fate.VALUE_CHANGED}
            right[key] = allowed
            places[key] = anchor.start - paragraphs[own].start + starts[own]
        return Made("paragraph", text, right, places)

    def _marks(self) -> Iterator[Callable[[], Made]]:
        raw = self.sample.raw
        kinds = [
            {"-": "‑", "–": "—"},
            {" ": "\u00a0"},
            {"\n\n": "\n\n\n"},
            {"'": "’"},
        ]
        if "„" in raw:
            kinds.append({"„": "»", "“": "«"})
        elif "«" in raw:
            # Where there are spaces inside of them, other marks have none.
            inside = raw[raw.index("«") + 1]
            inside = inside if inside.isspace() else ""
            kinds += [
                {f"«{inside}": first, f"{inside}»": last} for first, last in ("“”", "„“", '""')
            ]
        else:
            kinds += [
                {"“": "„", "”": "“", "‘": "‚", "’": "'"},
                {"“": "«", "”": "»", '"': "”"},
            ]
        for kind in kinds:

            def make(kind: dict[str, str] = kind) -> Made:
                pattern = re.compile("|".join(map(re.escape, kind)))
                text = pattern.sub(lambda found: kind[found.group()], raw)
                right = {key: _only(Fate.UNCHANGED) for key, _, _ in self.sample.quotes}
                return Made("marks", text, right, {})

            yield make

    def _split(self) -> Iterator[Callable[[], Made]]:
        for joined in filter(None, (self.table("joined"), self.table("split_at"))):
            yield from self._split_at(joined)

    def _split_at(self, joined: str) -> Iterator[Callable[[], Made]]:
        for sentence in self.sentences:
            words = self.sample.words(sentence)
            at = words.find(joined)
            # Both parts are sentences for certain where each has several words.
            if at < 0 or words.count(joined) > 1 or min(at, len(words) - at) < 40:
                continue
            following = words[at + len(joined)]
            start = sentence.start + at
            change = (start, start + len(joined) + 1, f". {following.upper()}")
            number = sentence.number
            means = self.sample.loaded.facts.document.means
            torn = any(
                name.casefold() in words.casefold() and joined in name
                for names in (*self.sample.labels.values(), means)
                for name in names
            )
            if torn or not following.islower() or len(words[:at].split()[-1].strip(".")) < 4:
                continue
            yield lambda change=change, number=number: self.made(
                "split",
                [change],
                lambda one: _only(Fate.SPLIT) if one == number else None,
                [number],
            )

    def _merged(self) -> Iterator[Callable[[], Made]]:
        joined = self.table("joined")
        for one, two in pairwise(self.sentences):
            second = self.sample.words(two)
            first_word = _WORD.match(second)
            if one.paragraph != two.paragraph or not joined or first_word is None:
                continue
            if self.sample.raw[one.end - 1] != "." or self.sample.raw[one.end : two.start] != " ":
                continue
            word = first_word.group()
            if not word.istitle() or word.lower() not in self._small:
                continue
            change = (one.end - 1, two.start + 1, f"{joined}{word[0].lower()}")
            numbers = (one.number, two.number)
            yield lambda change=change, numbers=numbers: self.made(
                "merged",
                [change],
                lambda at: _only(Fate.MERGED) if at in numbers else None,
                list(numbers),
            )

    @cached_property
    def _small(self) -> frozenset[str]:
        return frozenset(word for word in _WORD.findall(self.sample.raw) if word.islower())


@dataclass
class Score:
    """How many quotes were told right, by operator or by language.

    Attributes:
        made: edits.
        quotes: quotes whose fate was told.
        right: those told right.
        at_stake: quotes that the edit touched, or whose place it changed.
        right_at_stake: those of them that were told right.
        silent: what changed and was moved silently, or moved to another place.
        wrong: examples of what was told wrong.
    """

    made: Counter[str] = field(default_factory=Counter)
    quotes: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    at_stake: Counter[str] = field(default_factory=Counter)
    right_at_stake: Counter[str] = field(default_factory=Counter)
    silent: Counter[str] = field(default_factory=Counter)
    wrong: list[dict[str, Any]] = field(default_factory=list)

    def add(
        self,
        name: str,
        sample: Sample,
        made: Made,
        told: dict[tuple[str, int], Fate],
        elsewhere: Sequence[tuple[str, int]],
    ) -> None:
        """Count what was told after an edit.

        Args:
            name: under which it is counted.
            sample: what was edited.
            made: the edit.
            told: the fate of each quote.
            elsewhere: those that were settled and put in another place than they stand in.
        """
        self.made[name] += 1
        self.silent[name] += len(elsewhere)
        for key, allowed in made.right.items():
            fate = told[key]
            is_right = fate in allowed
            self.quotes[name] += 1
            self.right[name] += is_right
            if allowed != _only(Fate.UNCHANGED):
                self.at_stake[name] += 1
                self.right_at_stake[name] += is_right
            self.silent[name] += fate in _SETTLED and not allowed & _SETTLED
            if not is_right:
                self.wrong.append(_wrong(sample, made, key, str(fate)))
        self.wrong += [_wrong(sample, made, key, "another place") for key in elsewhere]

    def reaches(self, name: str) -> bool:
        """Whether what is counted under a name is as right as it has to be."""
        return (
            self.right[name] >= _GOAL * self.quotes[name]
            and self.right_at_stake[name] >= _GOAL * self.at_stake[name]
            and not self.silent[name]
        )


def _wrong(sample: Sample, made: Made, key: tuple[str, int], told: str) -> dict[str, Any]:
    return {
        "operator": made.operator,
        "publication": sample.path.name,
        "claim": key[0],
        "told": told,
        "right": sorted(made.right[key]),
    }


def publications() -> list[Path]:
    """The publications whose texts are edited: all of ours whose language has data."""
    found = [ROOT / "examples" / "russia-kazakhstan"]
    found += sorted((ROOT / "benchmarks" / "publications").glob("*/"))
    found += sorted((ROOT / "benchmarks" / "edited").glob("*.yaml"))
    found += sorted((ROOT / "tests" / "publications" / "conforming").glob("*.yaml"))
    return found


def make_edits(samples: Sequence[Sample], seed: int, least: int) -> Iterator[tuple[Sample, Made]]:
    """At least so many edits, the same for the same seed, spread over operators and texts."""
    operators = list(TABLE["operators"])
    most = max(4, -(-least * 5 // 2 // (len(operators) * len(samples))))
    for sample in samples:
        maker = Maker(sample, seed)
        for operator in operators:
            for made in maker.edits(operator, most):
                yield sample, made


def tell(sample: Sample, made: Made) -> tuple[dict[tuple[str, int], Fate], list[tuple[str, int]]]:
    """What lod says of each quote; and which settled ones it places elsewhere."""
    edit = Edit(sample.source, sample.loaded, SourceText(made.text, sample.text.language))
    told, elsewhere = {}, []
    for claim in edit.claims:
        for number, quote in enumerate(claim.quotes):
            key = (claim.id or "", number)
            told[key] = quote.fate
            if quote.fate in _SETTLED and key in made.places:
                place = quote.new.start if quote.new else -1
                if place != made.places[key]:
                    elsewhere.append(key)
    return told, elsewhere


@dataclass
class Run:
    """All edits, and what lod told of them.

    Attributes:
        score: how much of it was right, by operator.
        languages: the same by language.
        every: the edits.
        kept: of each edit, whether each quote goes on by itself.
    """

    score: Score = field(default_factory=Score)
    languages: Score = field(default_factory=Score)
    every: list[tuple[Sample, Made]] = field(default_factory=list)
    kept: list[list[bool]] = field(default_factory=list)


def run(seed: int, least: int, only: str | None = None, paths: Sequence[Path] | None = None) -> Run:
    """Make the edits and score what lod tells of them.

    Args:
        seed: of the choices.
        least: how many edits to make at least, where there are so many.
        only: an operator, for the edits of that alone.
        paths: the publications; all of ours where None.
    """
    samples = [Sample.of(path) for path in (publications() if paths is None else paths)]
    samples = [
        one
        for one in samples
        if one.loaded.facts is not None
        and not one.loaded.facts.document.versions  # an edit is of one text
        and is_supported(one.loaded.text.language)
    ]
    found = Run()
    for sample, made in make_edits(samples, seed, least):
        if only is not None and made.operator != only:
            continue
        told, elsewhere = tell(sample, made)
        found.score.add(made.operator, sample, made, told, elsewhere)
        found.languages.add(sample.language, sample, made, told, elsewhere)
        found.every.append((sample, made))
        found.kept.append([told[key] in _SETTLED for key, _, _ in sample.quotes])
    return found


def table(score: Score, what: str) -> Iterator[str]:
    """The table of fates.

    Args:
        score: what was counted.
        what: under which names it was.
    """
    yield f"{what:10} {'edits':>6} {'quotes':>8} {'right':>8} {'at stake':>9} {'right':>8} silent"
    for name in (*score.made, "all"):
        made, quotes, right, stake, right_at_stake, silent = (
            counts.total() if name == "all" else counts[name]
            for counts in (
                score.made,
                score.quotes,
                score.right,
                score.at_stake,
                score.right_at_stake,
                score.silent,
            )
        )
        yield (
            f"{name:10} {made:6,} {quotes:8,} {_share(right, quotes):>8} "
            f"{stake:9,} {_share(right_at_stake, stake):>8} {silent:6,}"
        )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2%}" if whole else "-"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table of fates; exit with 1 where the goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.edits", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--least", type=int, default=2000, help="edits to make at least")
    parser.add_argument("--only", metavar="OPERATOR", choices=list(TABLE["operators"]))
    parser.add_argument("--wrong", type=int, default=0, help="how many wrong fates to list")
    parser.add_argument("--peers", action="store_true", help="the same edits through other tools")
    options = parser.parse_args(arguments)
    found = run(options.seed, options.least, options.only)
    for score, what in ((found.score, "edit"), (found.languages, "language")):
        for line in table(score, what):
            print(line)
    for one in found.score.wrong[: options.wrong]:
        print(json.dumps(one, ensure_ascii=False))
    if options.peers:
        from benchmarks.edit_peers import compare

        for line in compare(found.every, found.kept):
            print(line)
    return int(not all(map(found.languages.reaches, found.languages.made)))


if __name__ == "__main__":
    sys.exit(main())
