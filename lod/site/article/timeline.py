"""The timeline: when, by the claims, something holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lod.facts.periods import format_period
from lod.site.article.scale import Days, Tick
from lod.site.texts import short

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lod.model.period import Period
    from lod.site.article.notes import Note

#: Most rows of the figure; its table has all.
MOST = 40


@dataclass(frozen=True, slots=True)
class Span:
    """A period that claims have.

    Attributes:
        label: the period in the reader's language.
        words: as the text has it, or None.
        edtf: its EDTF value, or None where the words are not resolved.
        start: first day, or None.
        end: last day, or None.
        precision: local name of the concept, or None.
        against: the date that relative words were counted from, or None.
        notes: the notes that have it.
        left: where it begins, in percent.
        right: where it ends, in percent.
        open_left: "open" or "unknown" where it has no beginning, else None.
        open_right: the same of its end.
        soft: whether it is approximate or uncertain.
    """

    label: str
    words: str | None
    edtf: str | None
    start: str | None
    end: str | None
    precision: str | None
    against: str | None
    notes: tuple[Note, ...]
    left: float = 0.0
    right: float = 100.0
    open_left: str | None = None
    open_right: str | None = None
    soft: bool = False


@dataclass(frozen=True, slots=True)
class Timeline:
    """The figure.

    Attributes:
        spans: the resolved periods, by their first day.
        words: those that are words alone ("soon").
        ticks: of the axis.
        published: where the text's own date stands, in percent, or None.
        left_out: how many spans the figure has no room for.
    """

    spans: tuple[Span, ...]
    words: tuple[Span, ...]
    ticks: tuple[Tick, ...]
    published: float | None = None
    left_out: int = 0

    @property
    def rows(self) -> tuple[Span, ...]:
        """The spans that the figure shows."""
        return self.spans[:MOST]


def make_timeline(notes: Sequence[Note], language: str, published: str | None) -> Timeline | None:
    """The timeline of some notes.

    Args:
        notes: in the order of the text.
        language: of the reader.
        published: xsd:date of the text, or None.

    Returns:
        The figure, or None where no claim has a period.
    """
    groups: dict[tuple[str, str], list[Note]] = {}
    for note in notes:
        if note.period is not None:
            key = (note.period.edtf or "", "" if note.period.edtf else note.period.words or "")
            groups.setdefault(key, []).append(note)
    if not groups:
        return None
    resolved = [group for group in groups.values() if _dated(group[0].period)]
    days = [day for group in resolved for day in _days(group[0].period)]
    axis = Days([*days, *_reference(days, published)]) if days else None
    spans = [_span(tuple(group), language, axis) for group in groups.values()]
    dated = sorted(
        (s for s in spans if s.start or s.end), key=lambda s: (s.start or "", s.end or "")
    )
    at = None
    if axis is not None and published is not None and _reference(days, published):
        at = axis.at(published)
    return Timeline(
        tuple(dated),
        tuple(span for span in spans if not (span.start or span.end)),
        tuple(axis.ticks) if axis is not None else (),
        at,
        max(0, len(dated) - MOST),
    )


def _dated(period: Period | None) -> bool:
    return period is not None and bool(period.start or period.end)


def _days(period: Period | None) -> list[str]:
    return [day for day in (period.start, period.end) if day] if period is not None else []


def _reference(days: list[str], published: str | None) -> list[str]:
    """The text's own date, where it does not stretch the axis much."""
    if published is None:
        return []
    low, high, own = int(min(days)[:4]), int(max(days)[:4]), int(published[:4])
    return [published] if low - 2 <= own <= high + max(2, (high - low) // 4) else []


def _span(notes: tuple[Note, ...], language: str, axis: Days | None) -> Span:
    period, during = notes[0].period, notes[0].statement.during
    assert period is not None and during is not None, "a note without a period"  # noqa: PT018, S101
    start, end, edtf = period.start, period.end, period.edtf
    return Span(
        label=short(format_period(period, language), 60),
        words=during.wording or period.words,
        edtf=edtf,
        start=start,
        end=end,
        precision=None if period.precision is None else str(period.precision),
        against=period.resolved_against,
        notes=notes,
        left=0.0 if axis is None or start is None else axis.at(start),
        right=100.0 if axis is None or end is None else axis.at(end, after=True),
        open_left=None if start else _openness((edtf or "").partition("/")[0]),
        open_right=None if end else _openness((edtf or "").rpartition("/")[2]),
        soft=period.approximate or period.uncertain,
    )


def _openness(end: str) -> str:
    """What a missing end means: `..` is open, nothing is unknown (EDTF level 1, intervals)."""
    return "open" if end == ".." else "unknown"
