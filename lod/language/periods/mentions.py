"""Finds the words that name times, by the rules of a language."""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

from lod.language.periods.rules import Frame, Language, Rule, Start
from lod.language.periods.templates import LONG_NUMBER, WORD, key
from lod.patterns import lazy

_LETTERS = lazy(r"[^\W\d_]+")
_YEAR = lazy(r"[0-9]{4}")
_MAX_MODIFIERS = 4
_PARTS = frozenset({"part", "early", "mid", "late"})

#: Signs after which a number is an amount, and those that join it to what stands before.
_CURRENCIES = frozenset("$€£¥₽₸")
_JOINTS = frozenset("/.,:+-#")

#: Years that running text may mean by a number of four digits: after a preposition, and otherwise.
_YEARS = range(1000, 2200)
_NO_YEAR_ENDS = frozenset("-/:'’")
_ABOUT_YEARS = range(1500, 2100)  # "around 1883", "1742–1809"

#: A number with a fraction or a thousands separator; not a day of the kind 9.5.2025.
_DECIMAL = lazy(r"[0-9]+[.,][0-9]+(?!\.?[0-9])")
_END = lazy(r"[\s.,;:!]*")


class Time(Struct, frozen=True, eq=False):
    """One time as it is named, without the words around it.

    Attributes:
        rule: the rule that names it.
        slots: what stands in the slots of the rule.
        approximate: "around" stands before it.
        uncertain: "perhaps" stands before it.
        part: what part of it is meant: early, mid, late; "part" where that is not said, or None.
        end: code point after it (exclusive).
    """

    rule: Rule
    slots: dict[str, str]
    approximate: bool
    uncertain: bool
    end: int
    part: str | None = None


class Mention(Struct, frozen=True, eq=False):
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
    text = language.plain(text)
    words = _words_of(text)
    if language.triggers.isdisjoint(words):
        return ()
    found: list[Mention] = []
    search = _Search(text, words, language, running=True)
    done = 0
    for at, (end, start) in search.spots.items():
        if at < done or (text[at].isdecimal() and _is_joined(text, at)):
            continue
        if (mention := search.mention(at, end, start)) is not None:
            found.append(mention)
            done = mention.end
    return tuple(found)


@lru_cache(maxsize=8192)
def read(words: str, language: Language) -> Mention | None:
    """The one mention that the words are, from first to last, or None."""
    words = language.plain(words)
    search = _Search(words, _words_of(words), language, running=False)
    if 0 not in search.spots:
        return None
    mention = search.mention(0, *search.spots[0])
    if mention is None:
        return None
    end = _END.match(words, mention.end)
    return mention if end is not None and end.end() == len(words) else None


def _words_of(text: str) -> set[str]:
    """The words of a text in small letters, and the key of long numbers where it has one."""
    words = set(_LETTERS.findall(text.lower()))
    if _YEAR.search(text):
        words.add(LONG_NUMBER)
    return words


def _is_amount(text: str, at: int) -> bool:
    """Whether a number is no part of a date: "4.1", "$28"."""
    return bool(_DECIMAL.match(text, at)) or (at > 0 and text[at - 1] in _CURRENCIES)


def _is_joined(text: str, at: int) -> bool:
    """Whether a number belongs to what stands before it: the 5 of "Soyuz-5", the 24 of "11/24"."""
    return at > 1 and text[at - 1] in _JOINTS and not text[at - 2].isspace()


class _Search:
    """A search in one text.

    Args:
        text: the text.
        words: its words in small letters: rules whose words it lacks are not tried.
        language: whose rules count.
        running: whether it is running text, where not every number of four digits is a year and
            "may" is a verb.
    """

    __slots__ = ("language", "met", "running", "spots", "text", "times", "words")

    def __init__(self, text: str, words: set[str], language: Language, *, running: bool) -> None:
        self.text = text
        self.words = words
        self.met = language.needs_met(words)
        self.language = language
        self.running = running
        self.times: dict[int, Time | None] = {}
        #: The words that something may begin with: their places, in text order.
        self.spots: dict[int, tuple[int, Start]] = {}
        starts = language.starts
        for match in WORD.finditer(text):
            word = match[0].lower()
            start = starts.get(word)
            if start is None:
                if word[0].isdecimal():
                    at = match.start()
                    if running and _is_amount(text, at) and not language.clock.match(text, at):
                        continue
                elif not word[-1].isdecimal():
                    continue
                start = starts.get(key(word))
                if start is None:
                    continue
            self.spots[match.start()] = match.end(), start

    def mention(self, at: int, end: int, start: Start) -> Mention | None:
        """The longest mention that begins with the word from `at` to `end`."""
        best: Mention | None = None
        if start.prefixed:
            best = self._prefixed(at, end, start)
        time = self.time(at)
        if time is not None:
            for frame in self.language.bare_frames:
                mention = self._framed(at, frame, time)
                if mention is not None and (not self.running or self._is_range(mention)):
                    best = _longer(best, mention)
            if (best is None or time.end >= best.end) and (
                not self.running or self._stands_alone(time)
            ):
                best = Mention(at, time.end, "in", (time,))
        if start.modifiers:
            best = _longer(best, self._modified(at, start, _MAX_MODIFIERS))
        return best

    def _modified(self, at: int, start: Start, depth: int) -> Mention | None:
        """The longest mention whose modifiers stand before its preposition: "perhaps in 2020"."""
        best: Mention | None = None
        for modifier in start.modifiers:
            match = modifier.pattern.match(self.text, at)
            if match is None or match.end() not in self.spots:
                continue
            end, following = self.spots[match.end()]
            inner = self._prefixed(match.end(), end, following)
            if inner is None and depth > 1:
                inner = self._modified(match.end(), following, depth - 1)
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

    def _prefixed(self, at: int, end: int, start: Start) -> Mention | None:
        """The longest mention that begins with a preposition."""
        best: Mention | None = None
        for phrase, prefixed in start.prefixed.items():
            if not prefixed.needs <= self.words:
                continue
            if prefixed.pattern is None:
                begin = self._after_space(end)
            else:
                match = prefixed.pattern.match(self.text, at)
                begin = match.end() if match else -1
            if begin in self.spots and (time := self.time(begin)) is not None:
                if not self._may_be_short(time, phrase):
                    continue
                for frame in prefixed.frames:
                    best = _longer(best, self._framed(at, frame, time))
        return best

    def _may_be_short(self, time: Time, phrase: str) -> bool:
        """Whether a number of three digits may be a year after a preposition, in running text."""
        if not self.running or time.rule.op != "short_year":
            return True
        data = self.language.data
        return phrase.lower() in data["before_short_year"] and not (
            self.language.no_year_before.match(self.text, time.end)
            or self.text[time.end : time.end + 1] in _NO_YEAR_ENDS
        )

    def _after_space(self, at: int) -> int:
        """The end of the white space that begins here, or -1 where there is none."""
        text, end = self.text, at
        while end < len(text) and text[end].isspace():
            end += 1
        return end if end > at else -1

    def time(self, at: int) -> Time | None:
        """The longest time that begins here, with its modifiers and articles."""
        if at in self.times:
            return self.times[at]
        found = None
        if at in self.spots:
            end, start = self.spots[at]
            if start.rules or start.modifiers or start.article:
                found = self._time_from(at, end, start)
        if found is not None and self.language.behind:
            found = self._with_modifiers_behind(found)
        self.times[at] = found
        return found

    def _with_modifiers_behind(self, time: Time) -> Time:
        """A time with the modifier that stands behind it, if one does."""
        for modifier in self.language.behind:
            match = modifier.pattern.match(self.text, time.end)
            if match is not None:
                return Time(
                    time.rule,
                    time.slots,
                    time.approximate or modifier.kind == "approximate",
                    time.uncertain or modifier.kind == "uncertain",
                    match.end(),
                    modifier.kind if modifier.kind in _PARTS else time.part,
                )
        return time

    def _time_from(
        self,
        at: int,
        end: int,
        start: Start,
        depth: int = _MAX_MODIFIERS,
        *,
        part: bool = False,
    ) -> Time | None:
        """The longest time that begins with the word from `at` to `end`."""
        text, met = self.text, self.met
        best: Time | None = None
        for needs, rules in start.rules.items():
            if not needs <= met:
                continue
            for rule in rules:
                if rule.after_part and not part:
                    continue
                match = rule.pattern.match(text, at)
                if match is None or (
                    best is not None and (match.end(), -rule.order) < (best.end, -best.rule.order)
                ):
                    continue
                slots = {name: value for name, value in match.groupdict().items() if value}
                if not self.running or self._plausible(rule, slots, match[0]):
                    best = Time(rule, slots, False, False, match.end())
        if depth == 0:
            return best
        for modifier in start.modifiers:
            match = modifier.pattern.match(text, at)
            time = match and self._time_after(
                match.end(), depth, part=part or modifier.kind in _PARTS
            )
            if time and (best is None or time.end > best.end):
                best = Time(
                    time.rule,
                    time.slots,
                    time.approximate or modifier.kind == "approximate",
                    time.uncertain or modifier.kind == "uncertain",
                    time.end,
                    modifier.kind if modifier.kind in _PARTS else time.part,
                )
        if start.article:
            time = self._time_after(self._after_space(end), depth, part=part)
            if time and (best is None or time.end > best.end):
                best = time
        return best

    def _time_after(self, at: int, depth: int, *, part: bool) -> Time | None:
        """The longest time after a modifier or an article."""
        if at not in self.spots:
            return None
        end, start = self.spots[at]
        return self._time_from(at, end, start, depth - 1, part=part)

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

    def _plausible(self, rule: Rule, slots: dict[str, str], words: str) -> bool:
        """Whether running text means a time by this: years are not too far, names have capitals."""
        if rule.small and not words[0].islower():
            return False
        year = slots.get("y") or slots.get("year")
        if year is not None and int(year) not in _YEARS:
            return False
        if not self.language.data.get("capitals"):
            return True
        name = slots.get("month") or slots.get("weekday")
        return name is None or name[0].isupper()

    def _is_range(self, mention: Mention) -> bool:
        """Whether "1500-2000" without a preposition is a range of years, in running text."""
        first, last = mention.times[0], mention.times[-1]
        if first.rule.op == last.rule.op == "year":
            years = [time.slots.get("y", "") for time in (first, last)]
            return self._stands_alone(last, ranged=True) and years == sorted(years)
        return all(time.rule.op != "year" or self._stands_alone(time) for time in mention.times)

    def _stands_alone(self, time: Time, *, ranged: bool = False) -> bool:
        """Whether a time without a preposition is one, in running text, or an end of a range."""
        slots = time.slots
        if time.rule.op == "short_year":
            return False
        if (
            time.rule.op == "year"
            and "y" in slots
            and slots.keys() <= {"y"}
            and self.text[time.end - 1].isdecimal()  # "2024 года" says what it is
        ):
            bare = range(*self.language.data["bare_years"])
            if int(slots["y"]) not in (_ABOUT_YEARS if time.approximate or ranged else bare):
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
