"""The data of a language, made ready to search: which words name which times.

One file a language, `lod/facts/languages/periods/{tag}.toml`; `en.toml` explains its parts. A new
language is a new file. The slots that every template may use:

=================== ==================================================================
``{Y}`` ``{Ya}``    a year, by number or counted from the reference; ``{Ya}`` without
                    those that are marked ``alone = false``
``{year}`` ``{yy}`` four and two digits
``{decade}``        the four digits of a decade
``{day}`` ``{day2}`` ``{mm}``  numbers of days and of a month
``{month}`` ``{weekday}`` ``{season}`` ``{ord}`` ``{n}``  the names under `values`
``{unit}``          the names under `units`
``{digit}`` ``{num}`` ``{iso}``  a digit, up to four digits, YYYY-MM-DD
=================== ==================================================================

and every list under `words`. A ``*`` at the end of a word stands for the `endings` of the language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

from lod.facts.period.template import LONG_NUMBER, SHORT_NUMBER, WORD, Slot, Template, key

_FOLDER = Path(__file__).parent.parent / "languages" / "periods"
_TAG = re.compile(r"[A-Za-z]{2,3}")

#: What a match must not run into: a word, or the rest of a number.
_BOUNDARY = r"(?!\w)(?![.,]\d)"

_BY = {-2: "m2", -1: "m1", 0: "0", 1: "p1", 2: "p2"}


class Rule:
    """One way to name a time.

    Attributes:
        op: name of the function of `lod.facts.period.resolve` that computes it.
        args: what the data says beside the words (`by`, `n`, `unit`).
        after_part: whether it counts only after a word such as "the end of".
    """

    __slots__ = ("_compiled", "_language", "_template", "after_part", "args", "not_before", "op")

    def __init__(self, language: Language, op: str, args: Mapping[str, Any], say: str) -> None:
        self.op = op
        self.args = args
        self.after_part = bool(args.get("after_part"))
        self.not_before: tuple[str, ...] = tuple(args.get("not_before", ()))
        self._language = language
        self._template = Template(say)
        self._compiled: re.Pattern[str] | None = None

    @property
    def pattern(self) -> re.Pattern[str]:
        """The expression, compiled when it is first needed: most rules never are."""
        if self._compiled is None:
            pattern = self._template.pattern(self._language.slot) + _BOUNDARY
            if self.not_before:
                pattern += rf"(?!\s+(?:{_any(self.not_before)})\b)"
            self._compiled = re.compile(pattern, re.IGNORECASE)
        return self._compiled

    def first(self) -> set[str]:
        """Keys of the words that it may begin with."""
        return self._template.first(self._language.slot)

    def triggers(self) -> frozenset[str] | None:
        """Words of which every match has one."""
        return self._template.triggers(self._language.slot, self._language.common)


class Frame:
    """What may stand around times: "by {X}", "from {X} to {X}".

    Attributes:
        op: what it makes of them: in, by, until, since, before, after, unknown_end, range.
        prefix: what stands before the first, or None.
        infix: what stands between two, or None where there is one.
        suffix: what stands after the last, or None.
        keys: keys of the words that the prefix may begin with; empty where there is none.
    """

    __slots__ = ("infix", "keys", "op", "prefix", "suffix")

    def __init__(self, language: Language, op: str, say: str) -> None:
        self.op = op
        before, *rest = say.split("{X}")
        after = rest.pop()
        self.keys = Template(before.strip()).first(language.slot) if before else set()
        self.prefix = _around(language, before) if before else None
        self.infix = _around(language, rest[0]) if rest else None
        self.suffix = _around(language, after, _BOUNDARY) if after else None


def _around(language: Language, say: str, end: str = "") -> re.Pattern[str]:
    """The expression of words around times; the spaces at the ends belong to it."""
    left = r"\s+" if say[0] == " " else ""
    right = r"\s+" if say[-1] == " " else ""
    body = Template(say.strip()).pattern(language.slot)
    return re.compile(left + body + right + end, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Modifier:
    """A word that may stand before a time: its kind (approximate, uncertain, part) and pattern."""

    kind: str
    pattern: re.Pattern[str]


@dataclass(eq=False)
class Language:
    """One language.

    Attributes:
        tag: language tag of its file ("en").
        data: what the file says.
    """

    tag: str
    data: dict[str, Any]
    common: frozenset[str] = field(init=False)
    #: Names of values and units, in small letters with single spaces, to what they mean.
    values: dict[str, dict[str, int]] = field(init=False)
    unit_names: dict[str, str] = field(init=False)
    rules: dict[str, list[Rule]] = field(init=False)
    #: Frames with a prefix by the key of its first word, and those without one.
    frames: dict[str, list[Frame]] = field(init=False)
    bare_frames: list[Frame] = field(init=False)
    modifiers: dict[str, list[Modifier]] = field(init=False)
    articles: dict[str, re.Pattern[str]] = field(init=False)
    #: Words of which a text that names a time has one; or it has a number of four digits.
    triggers: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        data = self.data
        self.common = frozenset(data.get("common", ()))
        self._slots: dict[tuple[str, str], Slot] = {}
        self.values = {
            name: {
                form.lower(): i for i, forms in enumerate(entry, 1) for form in self._forms(forms)
            }
            for name, entry in data["values"].items()
        }
        for name, more in data.get("numbers", {}).items():
            self.values[name] |= {word.lower(): number for word, number in more.items()}
        self.unit_names = {
            form.lower(): unit
            for unit, forms in data["units"].items()
            for form in self._forms(forms)
        }
        self.rules = {}
        triggers: set[str] = set()
        for entry in data["rules"]:
            for say in entry["say"]:
                rule = Rule(self, entry["op"], entry, say)
                triggers |= rule.triggers() or set()
                for first in rule.first():
                    self.rules.setdefault(first, []).append(rule)
        self.triggers = frozenset(triggers)
        self.frames = {}
        self.bare_frames = []
        for entry in data["frames"]:
            for say in entry["say"]:
                frame = Frame(self, entry["op"], say)
                if frame.prefix is None:
                    self.bare_frames.append(frame)
                for first in frame.keys:
                    self.frames.setdefault(first, []).append(frame)
        self.modifiers = {}
        for kind, words in data["modifiers"].items():
            for word in sorted(words, key=len, reverse=True):
                space = "" if word.endswith("-") else r"\s+"
                pattern = re.compile(Template(word).pattern(self.slot) + space, re.IGNORECASE)
                first_word = WORD.search(word)
                if first_word is None:
                    raise ValueError(f"{self.tag}: the modifier {word!r} has no word")
                self.modifiers.setdefault(key(first_word[0]), []).append(Modifier(kind, pattern))
        self.articles = {
            key(word): re.compile(re.escape(word) + r"\s+", re.IGNORECASE)
            for word in self._forms(data.get("articles", ()))
        }

    @cached_property
    def starts(self) -> frozenset[str]:
        """Keys of the words that a time, a frame or a modifier may begin with."""
        return frozenset().union(self.rules, self.frames, self.modifiers, self.articles)

    @cached_property
    def no_year_before(self) -> re.Pattern[str]:
        """What follows a number of four digits that is no year."""
        return re.compile(self.data["no_year_before"])

    @cached_property
    def ambiguous(self) -> frozenset[str]:
        """Names of months that are other words too, in small letters."""
        return frozenset(word.lower() for word in self.data.get("ambiguous", ()))

    def number(self, slot: str, text: str) -> int:
        """What stands in a slot, as a number: "Sept." is 9, "third" and "3rd" are 3."""
        digits = _DIGITS.match(text)
        if digits is not None:
            return int(digits[0])
        return self.values[slot][" ".join(text.lower().rstrip(".").split())]

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
        if base in _NUMBERS:
            pattern, firsts = _NUMBERS[base]
            if base == "day":
                pattern += f"(?:{_any(self.data.get('day_suffixes', ()))})?"
            triggers = None if SHORT_NUMBER in firsts else frozenset(firsts)
            return Slot(f"(?P<{name}>{pattern})", frozenset(firsts), triggers)
        if base == "unit":
            keys = values.split("|") if values else list(self.data["units"])
            forms = [form for unit in keys for form in self._forms(self.data["units"][unit])]
            return _words_slot(name, forms)
        if base in self.data.get("words", {}):
            return _words_slot("", self._forms(self.data["words"][base]))
        forms = list(self.values[base])
        if base == "n":
            return _words_slot(name, forms, "[0-9]{1,3}", {SHORT_NUMBER})
        if base == "ord":
            suffix = _any(self.data["ordinal_suffixes"])
            return _words_slot(name, forms, f"[0-9]{{1,2}}(?:{suffix})", {SHORT_NUMBER})
        if base in ("month", "weekday"):
            # "Sept." and "Sept": a form that is cut may end with a full stop
            full = [self._forms(entry[:1]) for entry in self.data["values"][base]]
            whole = {form.lower() for forms_ in full for form in forms_}
            return _words_slot(name, forms, stops=set(forms) - whole)
        return _words_slot(name, forms)

    def _year_slot(self, *, alone: bool) -> Slot:
        """`{Y}`: a group `y` for the number, one more for each distance from the reference."""
        branches: list[tuple[int, str]] = []
        keys = {LONG_NUMBER}
        triggers = {LONG_NUMBER}
        by_group: dict[str, list[Template]] = {}
        for entry in self.data["years"]:
            if alone and not entry.get("alone", True):
                continue
            group = ("loose_" if entry.get("loose") else "y_") + _BY[entry["by"]]
            by_group.setdefault(group, []).extend(
                Template(say) for word in entry["say"] for say in self._forms([word])
            )
        for group, templates in by_group.items():
            templates.sort(key=lambda template: len(template.text), reverse=True)
            for template in templates:
                keys |= template.first(self.slot)
                triggers |= template.triggers(self.slot, self.common) or set()
            body = "|".join(template.pattern(self.slot) for template in templates)
            longest = max(len(template.text) for template in templates)
            branches.append((longest, f"(?P<{group}>{body})"))
        branches.sort(reverse=True)
        words = "|".join(branch for _, branch in branches)
        article = f"(?:(?:{_any(self._forms(self.data.get('articles', ())))})\\s+)?"
        noun = f"(?:(?:{_any(self._forms(self.data['units']['year']))})\\s+)?"
        pattern = f"(?:{article}{noun}(?P<y>[0-9]{{4}})|{words})"
        return Slot(pattern, frozenset(keys), frozenset(triggers))

    def _forms(self, words: Any) -> list[str]:
        """The words, with the endings of the language in place of a `*`."""
        endings = self.data.get("endings", ())
        return [
            form
            for word in words
            for form in ([word.replace("*", end) for end in endings] if "*" in word else [word])
        ]


_DIGITS = re.compile("[0-9]+")

_NUMBERS: dict[str, tuple[str, set[str]]] = {
    "day": ("[0-9]{1,2}", {SHORT_NUMBER}),
    "mm": ("[0-9]{1,2}", {SHORT_NUMBER}),
    "yy": ("[0-9]{2}", {SHORT_NUMBER}),
    "digit": ("[0-9]", {SHORT_NUMBER}),
    "num": ("[0-9]{1,4}", {SHORT_NUMBER, LONG_NUMBER}),
    "year": ("[0-9]{4}", {LONG_NUMBER}),
    "decade": ("[0-9]{3}0", {LONG_NUMBER}),
    "iso": ("[0-9]{4}-[0-9]{2}-[0-9]{2}", {LONG_NUMBER}),
}


def _any(words: Any) -> str:
    """An expression for one of the words, the longest first."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(r"\s+".join(map(re.escape, word.split())) for word in ordered)


def _words_slot(
    name: str,
    forms: list[str],
    digits: str = "",
    first: set[str] | None = None,
    stops: set[str] | None = None,
) -> Slot:
    """A slot for words, or for digits where `digits` is an expression."""
    stops = stops or set()
    plain = [form for form in forms if form not in stops]
    branches = [_any(plain)] if plain else []
    if stops:
        branches.append(f"(?:{_any(stops)})\\b\\.?")
    if digits:
        branches.append(digits)
    group = f"?P<{name}>" if name else "?:"
    words = [WORD.findall(form) for form in forms]
    letters = {next((part for part in form if not part.isdecimal()), "").lower() for form in words}
    return Slot(
        f"({group}{'|'.join(branches)})",
        frozenset({key(form[0]) for form in words} | (first or set())),
        None if digits else frozenset(letters - {""}),
    )


@cache
def languages() -> tuple[str, ...]:
    """Tags of the languages that there is data for."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


@cache
def _load(tag: str) -> Language:
    import tomllib

    with (_FOLDER / f"{tag}.toml").open("rb") as file:
        return Language(tag, tomllib.load(file))


@lru_cache(maxsize=256)
def _primary(tag: str) -> Language | None:
    match = _TAG.match(tag)
    name = match[0].lower() if match else ""
    return _load(name) if name in languages() else None


def language(tag: str) -> Language | None:
    """The data for a language tag ("de-CH" takes "de"), or None where there is none.

    >>> language("en-GB").tag
    'en'
    >>> language("tlh") is None
    True
    """
    return _primary(tag[:16])
