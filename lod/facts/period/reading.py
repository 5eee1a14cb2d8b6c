"""What the reading of words gives, and what it is read with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lod.facts.period.language import Language


class Gap(StrEnum):
    """Why words are not resolved."""

    YEAR = "no year is said"
    REFERENCE = "there is no date to count from"
    WORDS = "the words do not say when"
    ELSEWHERE = "they count from another time in the text"
    RANGE = "the years are outside 0001 to 9999"


@dataclass(frozen=True, slots=True)
class Reading:
    """What words mean.

    Attributes:
        edtf: the value, or None where there is a gap.
        relative: whether it was counted from the reference.
        loose: whether the text may count from another time.
        gap: what is missing, or None.
    """

    edtf: str | None
    relative: bool = False
    loose: bool = False
    gap: Gap | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What a time is read with.

    Attributes:
        language: whose words they are.
        words: all the words, for messages.
        reference: the date that relative words count from, or None.
        year: the year of times that name none, or None.
    """

    language: Language
    words: str
    reference: date | None
    year: int | None = None
