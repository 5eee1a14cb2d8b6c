"""Periods: when something holds, in words, in EDTF, and as dates."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Precision(StrEnum):
    """How exact a period is. The value is the local name of the `lod:` concept."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    INTERVAL = "interval"


class Tense(StrEnum):
    """Where words without a value lie, seen from the day on which they were said.

    The value is the local name of the `lod:` concept.
    """

    PAST = "past"
    PRESENT = "present"
    FUTURE = "future"


class Period(Struct, frozen=True):
    """A stretch of time as it was said and, where it can be, as it was resolved.

    Attributes:
        words: the words that the facts give ("last year"), or None where only EDTF is given.
        edtf: the value in Extended Date/Time Format (ISO 8601-2), or None where the words cannot
            be resolved ("soon").
        start: first day as xsd:date ("2023-01-01"), or None where it is open or unknown.
        end: last day as xsd:date, inclusive, or None where it is open or unknown.
        precision: None where it is not resolved.
        resolved_against: the xsd:date that relative words were resolved against, or None where
            the words are absolute.
        approximate: True for EDTF `~` and for "around 2020".
        uncertain: True for EDTF `?`.
        as_of: for words that are not resolved, the xsd:date from which they were said, or None.
        tense: for words that are not resolved, whether they lie before, at or after that date.
        time: the moment as xsd:dateTime, where a time of day is said, with its zone if one is.
    """

    words: str | None = None
    edtf: str | None = None
    start: str | None = None
    end: str | None = None
    precision: Precision | None = None
    resolved_against: str | None = None
    approximate: bool = False
    uncertain: bool = False
    as_of: str | None = None
    tense: Tense | None = None
    time: str | None = None
