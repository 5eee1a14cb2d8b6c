"""Compares what a store gives back with what was sent."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from lod.push.parcel import hash_lines
from lod.push.values import value_line


@dataclass(frozen=True, slots=True)
class Agreement:
    """How a graph came back.

    Attributes:
        sent: how many triples were sent.
        found: how many the store has.
        missing: lines that were sent and are not there, sorted.
        unexpected: lines that are there and were not sent, sorted.
        rewritten: pairs of a line as it was sent and as the store keeps it, the same by value.
    """

    sent: int
    found: int
    missing: tuple[str, ...] = ()
    unexpected: tuple[str, ...] = ()
    rewritten: tuple[tuple[str, str], ...] = ()

    @property
    def is_fine(self) -> bool:
        """Whether the store has what was sent, at least by value, and nothing else."""
        return not (self.missing or self.unexpected)


def compare(sent: Collection[str], found: set[str]) -> Agreement:
    """Compare the lines of a graph by their hash; by value where that differs.

    Args:
        sent: the canonical lines that were sent, none twice.
        found: those that came back.

    >>> compare(("<x:a> <x:b> <x:c> .",), {"<x:a> <x:b> <x:c> ."})
    Agreement(sent=1, found=1, missing=(), unexpected=(), rewritten=())
    """
    if len(sent) == len(found) and hash_lines(tuple(sent)) == hash_lines(found):
        return Agreement(len(sent), len(found))
    known = set(sent)
    kept = {value_line(line): line for line in found}
    meant = {value_line(line): line for line in sent}
    lost = [(line, value_line(line)) for line in sent if line not in found]
    foreign = [(line, value_line(line)) for line in found - known]
    return Agreement(
        len(sent),
        len(found),
        tuple(sorted(line for line, value in lost if value not in kept)),
        # Beside the line that was sent, another one of its value is one too many.
        tuple(sorted(line for line, value in foreign if meant.get(value, line) in found)),
        tuple(sorted((line, kept[value]) for line, value in lost if value in kept)),
    )
