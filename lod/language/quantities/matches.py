"""What is found in a text, and the error for what cannot be read."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from lod.errors import LodError
from lod.model.quantity import Change, Quantity


class QuantityError(LodError):
    """A text is no quantity, share or change; the message says what was expected."""


class UnknownScaleError(QuantityError):
    """A word of scale of another language, or one that is misspelt, stands behind the number."""


class QuantityMatch(Struct, frozen=True):
    """A quantity in a text.

    Attributes:
        quantity: what the words say.
        start: first code point, that of the hedge where there is one.
        end: code point after the last one (exclusive), that of the unit where there is one.
        calendar: whether it may be a year, the day of a date or a clock time. Such a match counts
            where it is looked for ("2,000 people", "2000 people"), but says nothing by itself.
        alternatives: other readings of the same words, each with its own span: the two values of
            "from 5 to 7 percent", "over five years" as a length of time, "20." as an ordinal
            and as a number that ends a sentence.
    """

    quantity: Quantity
    start: int
    end: int
    calendar: bool = False
    alternatives: tuple[QuantityMatch, ...] = ()


class ChangeMatch(Struct, frozen=True):
    """A change in a text.

    Attributes:
        change: what the words say.
        start: first code point.
        end: code point after the last one (exclusive).
    """

    change: Change
    start: int
    end: int


class Mismatch(StrEnum):
    """In what a stated quantity differs from a found one: the first that applies.

    ROLE: the text has it as what another amount is compared with, or the other way round.
    """

    NUMBER = "number"
    ROLE = "role"
    UNIT = "unit"
    HEDGE = "hedge"


class MatchResult(Struct, frozen=True):
    """What a text says of a stated quantity.

    Attributes:
        match: the span that states it; where none does, the nearest one, or None.
        mismatch: in what the match differs, or None where it states the quantity.
    """

    match: QuantityMatch | None
    mismatch: Mismatch | None

    @property
    def agrees(self) -> bool:
        """Whether the text states the quantity."""
        return self.mismatch is None


class ChangeResult(Struct, frozen=True):
    """What a text says of a stated change.

    Attributes:
        match: the span that states it; where none does, the nearest one, or None.
        mismatch: in what the match differs, or None where it states the change. Another direction
            is a `NUMBER`.
        unknown: the word beside the amount in the text, where none is known as one of change.
    """

    match: ChangeMatch | None
    mismatch: Mismatch | None
    unknown: str | None = None

    @property
    def agrees(self) -> bool:
        """Whether the text states the change."""
        return self.mismatch is None
