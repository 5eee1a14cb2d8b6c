"""The rules of a language: how it names times, and what may stand around them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lod.facts.period.slots import any_of

if TYPE_CHECKING:
    from lod.facts.period.language import Language

#: What a match must not run into: a word, or the rest of a number.
_BOUNDARY = r"(?!\w)(?![.,]\d)"


class Rule:
    """One way to name a time.

    Attributes:
        op: name of the function of `lod.facts.period.times` that computes it.
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
    left = r"\s+" if say[0] == " " else ""
    right = r"\s+" if say[-1] == " " else ""
    body = language.template(say.strip()).pattern(language.slot)
    return re.compile(left + body + right + end, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Modifier:
    """A word that may stand before a time: its kind (approximate, uncertain, part) and pattern."""

    kind: str
    pattern: re.Pattern[str]


@dataclass(slots=True)
class Prefixed:
    """The frames that begin with a phrase.

    Attributes:
        pattern: the phrase, or None where it is one word.
        needs: its words.
        frames: the frames.
    """

    pattern: re.Pattern[str] | None
    needs: frozenset[str]
    frames: list[Frame] = field(default_factory=list)


@dataclass(slots=True)
class Start:
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
