"""Scales of figures: where a number or a day stands, and where the ticks are."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Tick:
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

    Args:
        numbers: what it must hold, at least one.

    >>> axis = Numbers([28.0, 20.0, 13.0])
    >>> [tick.label for tick in axis.ticks], axis.at(20.0)
    (['0', '10', '20', '30'], 57.14)
    """

    def __init__(self, numbers: list[float]) -> None:
        low, high = min(numbers), max(numbers)
        self.logarithmic = low > 0 and high / low > 100
        if self.logarithmic:
            first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
            step = max(1, math.ceil((last - first) / 4))
            places = [float(power) for power in range(first, last + 1, step)]
            self._low, self._high = first - 0.2, max(last, places[-1]) + 0.4
            self._places = [(10.0**power, power) for power in places]
        else:
            low, high = min(low, 0.0), max(high, 0.0)
            high = high if high > low else 1.0
            step_ = _nice((high - low) / 3)
            first, last = math.floor(low / step_), math.ceil(high / step_)
            self._low = (first - (0.5 if low < 0 else 0.0)) * step_
            self._high = (last + 0.5) * step_
            self._places = [(i * step_, i * step_) for i in range(first, last + 1)]

    def at(self, number: float) -> float:
        """Where a number stands, in percent of the width."""
        place = math.log10(number) if self.logarithmic else number
        return self._at(place)

    def _at(self, place: float) -> float:
        return percent((place - self._low) / (self._high - self._low))

    @property
    def ticks(self) -> list[Tick]:
        """Where the axis has ticks."""
        return [Tick(self._at(place), _digits(number)) for number, place in self._places]


def _nice(step: float) -> float:
    """The next larger of 1, 2, 2.5, 5 times a power of ten."""
    power = float(10.0 ** math.floor(math.log10(step)))
    return next(f * power for f in (1.0, 2.0, 2.5, 5.0, 10.0) if f * power >= step * 0.999)


def _digits(number: float) -> str:
    text = format(Decimal(repr(round(number, 12))).normalize(), "f")
    return "0" if text in ("-0", "0.0") else text


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
