"""The rules of a language: how it names times, and what may stand around them.

They are in `lod/language/xx/periods.toml`; that of English explains its parts. The slots that every
template may use:

=================== ==================================================================
``{Y}`` ``{Ya}``    a year, by number or counted from the reference; ``{Ya}`` without
                    those that are marked ``alone = false``
``{year}`` ``{yyy}`` ``{yy}``  four, three and two digits
``{decade}``        the four digits of a decade
``{day}`` ``{day2}`` ``{mm}``  numbers of days and of a month
``{month}`` ``{weekday}`` ``{season}`` ``{ord}`` ``{n}``  the names under `values`
``{unit}`` ``{one}`` ``{many}``  the names of units: all, those under `singular`, `plural`
``{digit}`` ``{num}`` ``{iso}``  a digit, up to four digits, YYYY-MM-DD
``{clock}`` ``{zone}``  a time of day, a time zone
=================== ==================================================================

and every list under `words`. A ``*`` at the end of a word, also in a template, stands for each of
the `endings` of the language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, cached_property, lru_cache
from typing import Any, NamedTuple

from msgspec import Struct, field

from lod.language.data import elided_words, table
from lod.language.periods.templates import (
    LONG_NUMBER,
    NUMBERS,
    SHORT_NUMBER,
    WORD,
    Slot,
    Template,
    any_of,
    key,
    words_slot,
)
from lod.patterns import lazy

#: What a match must not run into: a word, or the rest of a number.
_BOUNDARY = r"(?!\w)(?![.,]\d)"


class Rule:
    """One way to name a time.

    Attributes:
        op: name of the function of `lod.language.periods.meaning` that computes it.
        args: what the data says beside the words (`by`, `n`, `unit`).
        order: its place in the data: of two equally long readings the first counts.
        after_part: whether it counts only after a word such as "the end of".
        small: whether running text must begin it with a small letter ("morgen", not "Morgen").
        needs: what every match needs, as `Language.needs_met` numbers it.
    """

    __slots__ = (
        "_compiled",
        "_language",
        "_template",
        "after_part",
        "args",
        "needs",
        "not_before",
        "op",
        "order",
        "small",
    )

    def __init__(
        self, language: Language, op: str, args: Mapping[str, Any], say: str, order: int
    ) -> None:
        self.op = op
        self.args = args
        self.order = order
        self.after_part = bool(args.get("after_part"))
        self.small = bool(args.get("small"))
        self.not_before: tuple[str, ...] = tuple(args.get("not_before", ()))
        self._language = language
        self._template = language.template(say)
        self._compiled: re.Pattern[str] | None = None
        needs = self._template.needs(language.slot, language.common)
        self.needs = frozenset(map(language.need, needs))

    @property
    def pattern(self) -> re.Pattern[str]:
        """The expression, compiled when it is first needed: most rules never are."""
        if self._compiled is None:
            pattern = self._template.pattern(self._language.slot) + _BOUNDARY
            if self.not_before:
                pattern += rf"(?!\s+(?:{any_of(self.not_before)})\b)"
            self._compiled = re.compile(pattern, re.IGNORECASE)
        return self._compiled

    def first(self) -> set[str]:
        """Keys of the words that it may begin with."""
        return self._template.first(self._language.slot)

    def trigger(self, common: frozenset[str]) -> frozenset[str]:
        """Words of which every match has one; best none that is `common`."""
        return self._template.trigger(self._language.slot, common)


class Frame:
    """What may stand around times: "by {X}", "from {X} to {X}".

    Attributes:
        op: what it makes of them: in, by, until, since, before, after, unknown_end, range.
        prefixes: the phrases of which one stands before the first time; none: nothing does.
        infix: what stands between two, or None where there is one.
        suffix: what stands after the last, or None.
    """

    __slots__ = ("infix", "op", "prefixes", "suffix")

    def __init__(self, language: Language, op: str, say: str) -> None:
        self.op = op
        before, *rest = say.split("{X}")
        after = rest.pop()
        self.prefixes = language.template(before.strip()).phrases() if before else []
        self.infix = _around(language, rest[0]) if rest else None
        self.suffix = _around(language, after, _BOUNDARY) if after else None


def _around(language: Language, say: str, end: str = "") -> re.Pattern[str]:
    """The expression of words around times; the spaces at the ends belong to it."""
    if not say.strip():
        return lazy(r"\s+" + end)
    left = r"\s+" if say[0] == " " else ""
    right = r"\s+" if say[-1] == " " else ""
    body = language.template(say.strip()).pattern(language.slot)
    return lazy(left + body + right + end, re.IGNORECASE)


class Modifier(NamedTuple):
    """A word that may stand before a time: its kind (a key of `modifiers`) and pattern."""

    kind: str
    pattern: re.Pattern[str]


class Prefixed(Struct):
    """The frames that begin with a phrase.

    Attributes:
        pattern: the phrase, or None where it is one word.
        needs: its words.
        frames: the frames.
    """

    pattern: re.Pattern[str] | None
    needs: frozenset[str]
    frames: list[Frame] = field(default_factory=list)


class Start(Struct):
    """What may begin with a word.

    Attributes:
        rules: times, those that need the same words together.
        prefixed: frames by the phrase before their first time.
        modifiers: words such as "around".
        article: whether the word may be left out.
    """

    rules: dict[frozenset[int], list[Rule]] = field(default_factory=dict)
    prefixed: dict[str, Prefixed] = field(default_factory=dict)
    modifiers: list[Modifier] = field(default_factory=list)
    article: bool = False


_TAG = lazy(r"[A-Za-z]{2,3}")

#: Distances of a year from the reference, as names of groups.
_BY = {-2: "m2", -1: "m1", 0: "0", 1: "p1", 2: "p2"}


class Language:
    """One language.

    Args:
        tag: language tag of its file ("en").
        data: what the file says.

    Attributes:
        common: words that alone do not tell that a text names a time.
        values: names of values, in small letters with single spaces, to what they mean.
        unit_names: the same of units.
        starts: what may begin with a word, by the key of the word.
        bare_frames: frames that begin with no word of their own.
        behind: modifiers that stand behind a time: "2024 жылдың басында".
        triggers: words of which a text that names a time has one, or else a number of four digits.
    """

    def __init__(self, tag: str, data: dict[str, Any]) -> None:
        self.tag = tag
        self.data = data
        self.common = frozenset(data.get("common", ()))
        self._slots: dict[tuple[str, str], Slot] = {}
        self._needs: dict[frozenset[str], int] = {}
        self._needs_of: dict[str, list[int]] = {}
        self.values = {
            name: {
                form.lower(): i for i, forms in enumerate(entry, 1) for form in self._forms(forms)
            }
            for name, entry in data["values"].items()
        }
        for name, more in data.get("numbers", {}).items():
            self.values[name] |= {word.lower(): number for word, number in more.items()}
        self.unit_names: dict[str, str] = {
            form.lower(): unit
            for table in _UNIT_TABLES["unit"]
            for unit, forms in data[table].items()
            for form in self._forms(forms)
        }
        self.starts: dict[str, Start] = {}
        self._add_rules()
        self._add_frames()
        self._add_modifiers()

    def _start(self, first: str) -> Start:
        return self.starts.setdefault(first, Start())

    def _add_rules(self) -> None:
        triggers: set[str] = set()
        order = 0
        for entry in self.data["rules"]:
            for say in entry["say"]:
                rule = Rule(self, entry["op"], entry, say, order)
                order += 1
                triggers |= rule.trigger(self.common)
                for first in rule.first():
                    self._start(first).rules.setdefault(rule.needs, []).append(rule)
        self.triggers = frozenset(triggers)

    def _add_frames(self) -> None:
        self.bare_frames: list[Frame] = []
        for entry in self.data["frames"]:
            for say in entry["say"]:
                frame = Frame(self, entry["op"], say)
                if not frame.prefixes:
                    self.bare_frames.append(frame)
                for phrase in frame.prefixes:
                    prefixed = self._start(key(phrase.split()[0])).prefixed
                    if phrase not in prefixed:
                        pattern = r"\s+".join(map(re.escape, phrase.split())) + r"\s+"
                        compiled = lazy(pattern, re.IGNORECASE) if " " in phrase else None
                        prefixed[phrase] = Prefixed(compiled, frozenset(phrase.lower().split()))
                    prefixed[phrase].frames.append(frame)

    def _add_modifiers(self) -> None:
        for kind, words in self.data["modifiers"].items():
            for word in sorted(self._forms(words), key=len, reverse=True):
                space = "" if word.endswith("-") else r"\s+"
                pattern = lazy(Template(word).pattern(self.slot) + space, re.IGNORECASE)
                first = key(WORD.findall(word)[0])
                self._start(first).modifiers.append(Modifier(kind, pattern))
        for word in self._forms(self.data.get("articles", ())):
            self._start(key(word)).article = True
        self.behind = [
            Modifier(kind, lazy(rf"\s+(?:{any_of(self._forms(words))}){_BOUNDARY}", re.IGNORECASE))
            for kind, words in self.data.get("modifiers_behind", {}).items()
        ]

    @cached_property
    def _elided(self) -> re.Pattern[str] | None:
        words = self.data.get("elisions")
        return elided_words(words) if words else None

    def plain(self, text: str) -> str:
        """A text, as long as it was, in which elided words stand by themselves ("l an dernier")."""
        return text if self._elided is None else self._elided.sub(r"\1 ", text)

    @cached_property
    def no_year_before(self) -> re.Pattern[str]:
        """What follows a number of four digits that is no year."""
        return lazy(self.data["no_year_before"])

    @cached_property
    def zones(self) -> dict[str, str]:
        """Names of time zones to what they stand for in EDTF."""
        return {name: zone for zone, names in self.data["zones"].items() for name in names}

    @cached_property
    def clock(self) -> re.Pattern[str]:
        """A time of day."""
        return lazy(self.data["clock"]["pattern"], re.IGNORECASE)

    @cached_property
    def ambiguous(self) -> frozenset[str]:
        """Names of months that are other words too, in small letters."""
        return frozenset(word.lower() for word in self.data.get("ambiguous", ()))

    @cached_property
    def _time_words(self) -> frozenset[str]:
        """Words that have to do with time, in small letters: those of the rules, and more."""
        lists = [*self.data["tense"].values(), self.data.get("time_words", ())]
        words = {word for words in lists for phrase in words for word in phrase.lower().split()}
        words |= {word for name in self.values for word in self.values[name] if name != "n"}
        return frozenset(words | {*self.unit_names} | (self.triggers - self.common))

    @cached_property
    def _prefixes(self) -> frozenset[str]:
        """Prepositions that may stand before a time."""
        starts = self.starts.values()
        return frozenset(phrase.lower() for start in starts for phrase in start.prefixed)

    def may_name_time(self, words: str) -> bool:
        """Whether words could name a time, though no rule knows them.

        >>> english = language("en")
        >>> [english.may_name_time(words) for words in ("during the war", "banana", "wartime")]
        [True, False, True]
        """
        spoken = WORD.findall(self.plain(words.lower()))
        if not self._time_words.isdisjoint(spoken) or any(map(str.isdecimal, words)):
            return True
        heads = {" ".join(spoken[:length]) for length in range(1, len(spoken))}
        return not self._prefixes.isdisjoint(heads)

    def need(self, words: frozenset[str]) -> int:
        """The number of the need for one of some words."""
        number = self._needs.get(words)
        if number is None:
            number = self._needs[words] = len(self._needs)
            for word in words:
                self._needs_of.setdefault(word, []).append(number)
        return number

    def needs_met(self, words: Iterable[str]) -> set[int]:
        """The needs that a text with these words (in small letters) meets."""
        met: set[int] = set()
        of = self._needs_of
        for word in words:
            if word in of:
                met.update(of[word])
        return met

    def number(self, slot: str, text: str) -> int:
        """What stands in a slot, as a number: "Sept." is 9, "third" and "3rd" are 3."""
        digits = _DIGITS.match(text)
        if digits is not None:
            return int(digits[0])
        return self.values[slot.rstrip("2")][" ".join(text.lower().rstrip(".").split())]

    def unit(self, text: str) -> str:
        """A unit by one of its names."""
        return self.unit_names[" ".join(text.lower().split())]

    def slot(self, name: str, values: str = "") -> Slot:
        """What may stand in a slot of a template.

        Raises:
            KeyError: the data uses a slot that it does not define.
        """
        found = self._slots.get((name, values))
        if found is None:
            found = self._slots[name, values] = self._make_slot(name, values)
        return found

    def _make_slot(self, name: str, values: str) -> Slot:
        base = name.rstrip("2")
        if base in ("Y", "Ya"):
            return self._year_slot(alone=base == "Ya")
        if base in NUMBERS:
            pattern, firsts = NUMBERS[base]
            if base == "day":
                pattern += f"(?:{any_of(self.data.get('day_suffixes', ()))})?"
                if base in self.values:  # "el primero de mayo"
                    return words_slot(name, list(self.values[base]), pattern, set(firsts))
            triggers = None if SHORT_NUMBER in firsts else frozenset(firsts)
            return Slot(f"(?P<{name}>{pattern})", frozenset(firsts), triggers)
        if base in _UNIT_TABLES:
            tables = [self.data[table] for table in _UNIT_TABLES[base]]
            keys = values.split("|") if values else list(tables[0])
            forms = [form for table in tables for unit in keys for form in self._forms(table[unit])]
            return words_slot("unit", forms)
        if base == "clock":
            clock = self.data["clock"]
            first = {SHORT_NUMBER, *map(key, clock["words"])}
            return Slot(clock["pattern"], frozenset(first), None)
        if base == "zone":
            return words_slot("zone", list(self.zones), "[+-][0-9]{2}:[0-9]{2}", {SHORT_NUMBER})
        if base in self.data["patterns"]:
            return Slot(self.data["patterns"][base], frozenset(), None)
        if base in self.data.get("words", {}):
            return words_slot("", self._forms(self.data["words"][base]))
        forms = list(self.values[base])
        if base == "n":
            return words_slot(name, forms, "[0-9]{1,3}", {SHORT_NUMBER})
        if base == "ord":
            suffix = any_of(self.data["ordinal_suffixes"])
            return words_slot(name, forms, f"[0-9]{{1,3}}(?:{suffix})", {SHORT_NUMBER})
        if base in ("month", "weekday"):
            # "Sept." and "Sept": a form that is cut may end with a full stop
            whole = {entry[0].lower() for entry in self.data["values"][base]}
            cut = {form for form in forms if len(form) <= _CUT and form not in whole}
            return words_slot(name, forms, stops=cut)
        return words_slot(name, forms)

    def _year_slot(self, *, alone: bool) -> Slot:
        """`{Y}`: a group `y` for the number, one more for each distance from the reference."""
        keys = {LONG_NUMBER}
        triggers = {LONG_NUMBER}
        by_group: dict[str, list[Template]] = {}
        # "the year before last" is looked for before "the year before"
        for entry in sorted(self.data["years"], key=lambda entry: -abs(entry["by"])):
            if alone and not entry.get("alone", True):
                continue
            group = ("loose_" if entry.get("loose") else "y_") + _BY[entry["by"]]
            by_group.setdefault(group, []).extend(map(self.template, entry["say"]))
        branches: list[str] = []
        for group, templates in by_group.items():
            for template in templates:
                keys |= template.first(self.slot)
                triggers |= template.trigger(self.slot, self.common)
            body = "|".join(template.pattern(self.slot) for template in templates)
            branches.append(f"(?P<{group}>{body})")
        words = "|".join(branches)
        article = f"(?:(?:{any_of(self._forms(self.data.get('articles', ())))})\\s+)?"
        noun = f"(?:(?:{any_of(self._forms(self.data['singular']['year']))})\\s+)?"
        behind = self.data.get("year_behind", "")  # "2024 года"
        pattern = f"(?:{article}(?:{noun}(?P<y>[0-9]{{4}}){behind}|{words}))"
        return Slot(pattern, frozenset(keys), frozenset(triggers))

    def template(self, say: str) -> Template:
        """A template of this language."""
        endings = self.data.get("endings", ())
        return Template(
            _STARRED.sub(lambda m: f"({'|'.join(m[1] + ending for ending in endings)})", say)
        )

    def _forms(self, words: Any) -> list[str]:
        """The words, with the endings of the language in place of a `*`."""
        endings = self.data.get("endings", ())
        return [
            form
            for word in words
            for form in ([word.replace("*", end) for end in endings] if "*" in word else [word])
        ]


_DIGITS = lazy("[0-9]+")
_STARRED = lazy(r"([^\W\d_]+)\*")

#: The longest name of a month that is cut ("Sept"), in letters.
_CUT = 4

_UNIT_TABLES = {"unit": ("singular", "plural"), "one": ("singular",), "many": ("plural",)}


@cache
def _load(tag: str) -> Language | None:
    data = table(tag, "periods")
    return None if data is None else Language(tag, data)


@lru_cache(maxsize=256)
def _primary(tag: str) -> Language | None:
    match = _TAG.match(tag)
    return _load(match[0].lower()) if match else None


def language(tag: str) -> Language | None:
    """The data for a language tag ("de-CH" takes "de"), or None where there is none.

    >>> language("en-GB").tag
    'en'
    >>> language("tlh") is None
    True
    """
    return _primary(tag[:16])
