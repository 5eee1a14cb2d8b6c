"""What was tried, and what became of it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

#: So many failures are told; the rest is counted.
_MOST_TOLD = 100


@dataclass(slots=True)
class Tally:
    """Counts by kind of trial, and what went wrong.

    Attributes:
        tried: kind ("mutation: text") to how often each outcome came about.
        failures: what should not have happened, with the seed and the number that bring it back.
    """

    tried: dict[str, Counter[str]] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)

    def note(self, kind: str, outcome: str) -> None:
        """Count one trial."""
        self.tried.setdefault(kind, Counter())[outcome] += 1

    def fail(self, kind: str, what: str) -> None:
        """Count one trial that went wrong."""
        self.note(kind, "FAILED")
        if len(self.failures) < _MOST_TOLD:
            self.failures.append(f"{kind}: {what}")

    def add(self, other: Tally) -> None:
        """Count what another one counted too."""
        for kind, outcomes in other.tried.items():
            self.tried.setdefault(kind, Counter()).update(outcomes)
        self.failures += other.failures[: _MOST_TOLD - len(self.failures)]

    def total(self, beginning: str = "") -> int:
        """How many trials of some kinds there were.

        Args:
            beginning: how the kinds begin.
        """
        return sum(
            counts.total() for kind, counts in self.tried.items() if kind.startswith(beginning)
        )

    def as_dict(self) -> dict[str, Any]:
        """The counts as plain JSON data."""
        return {
            "total": self.total(),
            "tried": {kind: dict(counts) for kind, counts in sorted(self.tried.items())},
            "failures": self.failures,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Tally:
        """The tally that `as_dict` gave."""
        tried = {kind: Counter(counts) for kind, counts in data["tried"].items()}
        return cls(tried, list(data["failures"]))

    def as_text(self) -> str:
        """The counts as a table for people."""
        lines = []
        for kind, counts in sorted(self.tried.items()):
            outcomes = ", ".join(f"{count:,} {name}" for name, count in counts.most_common())
            lines.append(f"{kind:<34} {counts.total():>7,}   {outcomes}")
        lines.append(f"{'all':<34} {self.total():>7,}")
        lines += [json.dumps(one, ensure_ascii=True)[:400] for one in self.failures]
        return "\n".join(lines)
