"""How many seeded mistakes were found, by operator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

_Change = TypeVar("_Change")


@dataclass
class Outcome(Generic[_Change]):
    """How many mistakes of each operator were found, and which were not."""

    made: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    missed: list[_Change] = field(default_factory=list)

    def add(self, operator: str, change: _Change, *, found: bool) -> None:
        """Count one mistake."""
        self.made[operator] += 1
        if found:
            self.found[operator] += 1
        else:
            self.missed.append(change)

    @property
    def share(self) -> float:
        """The part that was found, from 0 to 1; 1 where none was made."""
        return self.found.total() / self.made.total() if self.made else 1.0

    def lines(self) -> Iterator[str]:
        """A line an operator, then the sum."""
        for operator in sorted(self.made):
            yield f"{operator:8} {self.found[operator]:4} of {self.made[operator]}"
        yield f"found {self.share:.1%} of {self.made.total()}"
