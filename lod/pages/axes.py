"""Scales of figures: where a number or a day stands, and where the ticks are."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct


class Tick(Struct, frozen=True):
    """A tick of an axis.

    Attributes:
        at: where, in percent of the width.
        label: what stands beside it.
    """

    at: float
    label: str


def percent(share: float) -> float:
    """A share of the width in percent, as it is written into a page."""
    return round(100 * min(max(share, 0.0), 1.0), 2)


class Numbers:
    """A linear or logarithmic axis for some numbers.

    Room is left at its ends for the arrows of open bounds. It is logarithmic where all numbers
    are positive and the largest is more than 100 times the smallest; else it has 0 in it.

    Decimals, since floating-point numbers end where the small and large ones of texts go on.

    Args:
        numbers: what it must hold, at least one.

    >>> axis = Numbers([Decimal(28), Decimal(20), Decimal(13)])
    >>> [tick.label for tick in axis.ticks], axis.at(Decimal(20))
    (['0', '10', '20', '30'], 57.14)
    """

    def __init__(self, numbers: Sequence[Decimal]) -> None:
        low, high = min(numbers), max(numbers)
        self.logarithmic = low > 0 and high > 100 * low
        if self.logarithmic:
            first = low.adjusted()
            last = high.adjusted() + (high > Decimal(1).scaleb(high.adjusted()))
            step = max(1, math.ceil((last - first) / 4))
            powers = [Decimal(power) for power in range(first, last + 1, step)]
            self._low, self._high = first - _FIFTH, last + 2 * _FIFTH
            self._places = [(Decimal(1).scaleb(power), power) for power in powers]
        else:
            low, high = min(low, _ZERO), max(high, _ZERO)
            high = high if high > low else Decimal(1)
            step_ = _nice((high - low) / 3)
            first, last = math.floor(low / step_), math.ceil(high / step_)
            self._low = (first - (_HALF if low < 0 else 0)) * step_
            self._high = (last + _HALF) * step_
            self._places = [(i * step_, i * step_) for i in range(first, last + 1)]

    def at(self, number: Decimal) -> float:
        """Where a number stands, in percent of the width."""
        return self._at(number.log10() if self.logarithmic else number)

    def _at(self, place: Decimal) -> float:
        return percent(float((place - self._low) / (self._high - self._low)))

    @property
    def ticks(self) -> list[Tick]:
        """Where the axis has ticks."""
        return [Tick(self._at(place), _digits(number)) for number, place in self._places]


def rounded(
    numbers: Sequence[Decimal],
) -> tuple[Decimal, Decimal, list[tuple[Decimal, str]]]:
    """The bounds of an axis that is as high as its numbers need, and its ticks.

    Args:
        numbers: at least one.

    Returns:
        The lowest, the highest, and the ticks with their labels.

    >>> low, high, ticks = rounded([Decimal(103), Decimal(118)])
    >>> int(low), int(high), [label for _, label in ticks]
    (100, 120, ['100', '110', '120'])
    """
    low, high = min(numbers), max(numbers)
    step = _nice((high - low) / 2 if high > low else max(abs(high), Decimal(1)) / 2)
    first, last = math.floor(low / step), math.ceil(high / step)
    last = max(last, first + 1)
    ticks = [(i * step, _digits(i * step)) for i in range(first, last + 1)]
    return first * step, last * step, ticks


_ZERO, _FIFTH, _HALF = Decimal(0), Decimal("0.2"), Decimal("0.5")
#: Numbers from this power of ten on are labelled by the power, and so are small ones.
_LONG = 15


def _nice(step: Decimal) -> Decimal:
    """The next larger of 1, 2, 2.5, 5 times a power of ten."""
    factors = map(Decimal, ("1", "2", "2.5", "5", "10"))
    nice = (factor.scaleb(step.adjusted()) for factor in factors)
    return next(one for one in nice if one >= step * Decimal("0.999"))


def _digits(number: Decimal) -> str:
    if not number:
        return "0"
    return format(number.normalize(), ",f" if abs(number.adjusted()) < _LONG else "e")


class Days:
    """An axis of days.

    Args:
        days: xsd:dates that it must hold, at least one.

    >>> axis = Days(["2023-01-01", "2025-12-31"])
    >>> [tick.label for tick in axis.ticks]
    ['2023', '2024', '2025', '2026']
    """

    #: Months between two ticks.
    _STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000, 24000)
    _MOST = 5

    def __init__(self, days: list[str]) -> None:
        found = [date.fromisoformat(day) for day in days]
        low, high = min(found), max(found)
        first, last = low.year * 12 + low.month - 1, high.year * 12 + high.month
        span = last - first
        step = next((s for s in self._STEPS if span / s <= self._MOST), self._STEPS[-1])
        begin, end = first // step * step, -(-last // step) * step
        self._ticks = list(range(max(begin, 12), end + 1, step))
        # A margin at both ends, where open ends go.
        margin = max((end - begin) * 0.06, 0.2)
        self._low, self._high = begin - margin, end + margin

    def at(self, day: str, *, after: bool = False) -> float:
        """Where a day begins, or ends, in percent of the width."""
        one = date.fromisoformat(day)
        months = one.year * 12 + one.month - 1 + (one.day - 1 + after) / 31
        return self._at(months)

    def _at(self, months: float) -> float:
        return percent((months - self._low) / (self._high - self._low))

    @property
    def ticks(self) -> list[Tick]:
        """Where the axis has ticks: years, or months as YYYY-MM."""
        yearly = all(month % 12 == 0 for month in self._ticks)
        return [
            Tick(
                self._at(month),
                f"{month // 12:04d}" if yearly else f"{month // 12:04d}-{month % 12 + 1:02d}",
            )
            for month in self._ticks
        ]
