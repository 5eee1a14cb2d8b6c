"""Finds the words that name times, by the rules of a language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from lod.facts.period.language import Frame, Language, Rule
from lod.facts.period.template import WORD, key

_LETTERS = re.compile(r"[^\W\d_]+")
_YEAR = re.compile(r"[0-9]{4}")
_MAX_MODIFIERS = 4

#: Signs before which, or after which, a number is no day and no year.
_NO_DATE_AFTER = frozenset("$€£¥₽₸#§@/.,:+")

#: Years that running text may mean by a number of four digits: after a preposition, and alone.
_YEARS = range(1000, 2200)
_BARE_YEARS = range(1900, 2100)

_END = re.compile(r"[\s.,;:!]*")


@dataclass(frozen=True, slots=True)
class Time:
    """One time as it is named, without the words around it.

    Attributes:
        rule: the rule that names it.
        slots: what stands in the slots of the rule.
        approximate: "around" stands before it.
        uncertain: "perhaps" stands before it.
        end: code point after it (exclusive).
    """

    rule: Rule
    slots: dict[str, str]
    approximate: bool
    uncertain: bool
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name a time or a stretch between two.

    Attributes:
        start: first code point.
        end: code point after the last one (exclusive).
        op: what the words around make of the times: in, by, until, since, before, after,
            unknown_end, range.
        times: one, or two for a range.
        approximate: "around" stands before the whole.
        uncertain: "perhaps" stands before the whole.
    """

    start: int
    end: int
    op: str
    times: tuple[Time, ...]
    approximate: bool = False
    uncertain: bool = False


@lru_cache(maxsize=4096)
def find(text: str, language: Language) -> tuple[Mention, ...]:
    """The mentions in running text, in text order, none inside another."""
    if language.triggers.isdisjoint(_LETTERS.findall(text.lower())) and not _YEAR.search(text):
        return ()
    found: list[Mention] = []
    search = _Search(text, language, running=True)
    starts = language.starts
    done = 0
    for word in WORD.finditer(text):
        at = word.start()
        if at < done:
            continue
        first = key(word[0])
        if first not in starts or (first[0] == "#" and _part_of_number(text, at)):
            continue
        mention = search.mention(at, first)
        if mention is not None:
            found.append(mention)
            done = mention.end
    return tuple(found)


@lru_cache(maxsize=8192)
def read(words: str, language: Language) -> Mention | None:
    """The one mention that the words are, from first to last, or None."""
    word = WORD.search(words)
    if word is None or word.start() != 0:
        return None
    mention = _Search(words, language, running=False).mention(0, key(word[0]))
    if mention is None:
        return None
    end = _END.match(words, mention.end)
    return mention if end is not None and end.end() == len(words) else None


def _part_of_number(text: str, at: int) -> bool:
    """Whether a number is the rest of another one, an amount, or part of a name (Soyuz-5)."""
    if at == 0:
        return False
    before = text[at - 1]
    if before == "-":
        return at > 1 and text[at - 2].isalnum()
    if before in "$€£¥₽₸":
        return True
    return before in _NO_DATE_AFTER and at > 1 and not text[at - 2].isspace()


class _Search:
    """A search in one text.

    Args:
        text: the text.
        language: whose rules count.
        running: whether it is running text, where not every number of four digits is a year and
            "may" is a verb.
    """

    __slots__ = ("language", "running", "text", "times")

    def __init__(self, text: str, language: Language, *, running: bool) -> None:
        self.text = text
        self.language = language
        self.running = running
        self.times: dict[int, Time | None] = {}

    def mention(self, at: int, first: str) -> Mention | None:
        """The longest mention that begins at a word with the key `first`."""
        best: Mention | None = None
        for frame in self.language.frames.get(first, ()):
            prefix = frame.prefix and frame.prefix.match(self.text, at)
            if not prefix:
                continue
            time = self.time(prefix.end())
            if time is not None:
                best = _longer(best, self._framed(at, frame, time))
        time = self.time(at)
        if time is not None:
            for frame in self.language.bare_frames:
                mention = self._framed(at, frame, time)
                if mention is not None and (not self.running or self._is_range(mention)):
                    best = _longer(best, mention)
            if best is None or time.end > best.end:
                alone = Mention(at, time.end, "in", (time,))
                if not self.running or self._stands_alone(time):
                    best = alone
        for modifier in self.language.modifiers.get(first, ()):
            # "perhaps in 2020": the modifier stands before the preposition
            match = modifier.pattern.match(self.text, at)
            following = match and self._word(match.end())
            if match is None or not following or following not in self.language.frames:
                continue
            inner = self.mention(match.end(), following)
            if inner is not None and (best is None or inner.end > best.end):
                best = Mention(
                    at,
                    inner.end,
                    inner.op,
                    inner.times,
                    inner.approximate or modifier.kind == "approximate",
                    inner.uncertain or modifier.kind == "uncertain",
                )
        return best

    def time(self, at: int) -> Time | None:
        """The longest time that begins here, with its modifiers and articles."""
        if at in self.times:
            return self.times[at]
        self.times[at] = found = self._time(at, _MAX_MODIFIERS, part=False)
        return found

    def _time(self, at: int, depth: int, *, part: bool) -> Time | None:
        first = self._word(at)
        if not first:
            return None
        language, text = self.language, self.text
        best: Time | None = None
        for rule in language.rules.get(first, ()):
            if rule.after_part and not part:
                continue
            match = rule.pattern.match(text, at)
            if match is not None and (best is None or match.end() > best.end):
                slots = {name: value for name, value in match.groupdict().items() if value}
                if not self.running or self._plausible(slots):
                    best = Time(rule, slots, False, False, match.end())
        if depth == 0:
            return best
        for modifier in language.modifiers.get(first, ()):
            match = modifier.pattern.match(text, at)
            time = match and self._time(
                match.end(), depth - 1, part=part or modifier.kind == "part"
            )
            if time and (best is None or time.end > best.end):
                best = Time(
                    time.rule,
                    time.slots,
                    time.approximate or modifier.kind == "approximate",
                    time.uncertain or modifier.kind == "uncertain",
                    time.end,
                )
        article = language.articles.get(first)
        match = article and article.match(text, at)
        if match:
            time = self._time(match.end(), depth - 1, part=part)
            if time and (best is None or time.end > best.end):
                best = time
        return best

    def _framed(self, start: int, frame: Frame, time: Time) -> Mention | None:
        """The mention that a frame makes with its first time, or None where the rest is missing."""
        times: tuple[Time, ...] = (time,)
        if frame.infix is not None:
            between = frame.infix.match(self.text, time.end)
            last = between and self.time(between.end())
            if not last:
                return None
            times = (time, last)
        end = times[-1].end
        if frame.suffix is not None:
            suffix = frame.suffix.match(self.text, end)
            if suffix is None:
                return None
            end = suffix.end()
        return Mention(start, end, frame.op, times)

    def _word(self, at: int) -> str:
        """Key of the word at a place, or "" where there is none."""
        word = WORD.match(self.text, at)
        return key(word[0]) if word else ""

    def _plausible(self, slots: dict[str, str]) -> bool:
        """Whether running text means a time by this: years are not too far, names have capitals."""
        year = slots.get("y") or slots.get("year")
        if year is not None and int(year) not in _YEARS:
            return False
        if not self.language.data.get("capitals"):
            return True
        name = slots.get("month") or slots.get("weekday")
        return name is None or name[0].isupper()

    def _is_range(self, mention: Mention) -> bool:
        """Whether "1500-2000" without a preposition is a range of years, in running text."""
        return all(time.rule.op != "year" or self._stands_alone(time) for time in mention.times)

    def _stands_alone(self, time: Time) -> bool:
        """Whether a time without a preposition is one, in running text."""
        slots = time.slots
        if time.rule.op == "year" and "y" in slots and slots.keys() <= {"y"}:
            if int(slots["y"]) not in _BARE_YEARS:
                return False
            return not self.language.no_year_before.match(self.text, time.end)
        if time.rule.op == "month" and len(slots) == 1:
            return slots["month"].lower() not in self.language.ambiguous
        return True


def _longer(best: Mention | None, other: Mention | None) -> Mention | None:
    """The longer of two mentions; the first where they end together."""
    if other is None or (best is not None and other.end <= best.end):
        return best
    return other
