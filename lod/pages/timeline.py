"""The timeline: when, by the claims, something holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from lod.model.period import Period
from lod.pages.axes import Days, Tick
from lod.pages.texts import short
from lod.pages.values import Amount

if TYPE_CHECKING:
    from lod.pages.view import PublicationView, StatementView

#: Most rows of the figure; its table has all.
MOST = 40


class Span(Struct, frozen=True):
    """A period that claims have.

    Attributes:
        label: the period in the reader's language.
        words: as the text has it, or None.
        period: it.
        notes: the statements that have it.
        left: where it begins, in percent.
        right: where it ends, in percent.
    """

    label: str
    words: str | None
    period: Period
    notes: tuple[StatementView, ...]
    left: float
    right: float

    @property
    def open_left(self) -> str | None:
        """What is known of a missing beginning: "open" or "unknown"; None where there is one."""
        return None if self.period.start else _openness((self.period.edtf or "").partition("/")[0])

    @property
    def open_right(self) -> str | None:
        """The same of its end."""
        return None if self.period.end else _openness((self.period.edtf or "").rpartition("/")[2])

    @property
    def soft(self) -> bool:
        """Whether it is approximate or uncertain."""
        return self.period.approximate or self.period.uncertain


def _openness(end: str) -> str:
    """What a missing end means: `..` is open, nothing is unknown (EDTF level 1, intervals)."""
    return "open" if end == ".." else "unknown"


class Timeline(Struct, frozen=True):
    """The figure.

    Attributes:
        spans: the resolved periods, by their first day.
        words: those that are words alone ("soon").
        ticks: of the axis.
        published: where the text's own date stands, in percent, or None.
    """

    spans: tuple[Span, ...]
    words: tuple[Span, ...]
    ticks: tuple[Tick, ...]
    published: float | None = None

    @property
    def rows(self) -> tuple[Span, ...]:
        """The spans that the figure shows."""
        return self.spans[:MOST]

    @property
    def left_out(self) -> int:
        """How many spans the figure has no room for."""
        return max(0, len(self.spans) - MOST)


def make_timeline(view: PublicationView, in_lines: frozenset[str] = frozenset()) -> Timeline | None:
    """The timeline of a publication; None where no claim has a period.

    Args:
        view: the publication.
        in_lines: ids of the statements whose numbers another figure draws in time.
    """
    groups: dict[str, list[StatementView]] = {}
    for note in view.statements.values():
        if (period := note.period) is not None and note.statement.id not in in_lines:
            groups.setdefault(period.edtf or f"words {period.words or ''}", []).append(note)
    if not groups:
        return None
    periods = [group[0].period for group in groups.values()]
    days = [day for one in periods if one is not None for day in (one.start, one.end) if day]
    published = view.facts.document.published
    if published is not None and not _is_near(published, days):
        published = None
    axis = Days([*days, *([published] if published is not None else [])]) if days else None
    spans = [_span(tuple(group), axis) for group in groups.values()]
    dated = [span for span in spans if span.period.start or span.period.end]
    return Timeline(
        tuple(sorted(dated, key=lambda span: (span.period.start or "", span.period.end or ""))),
        tuple(span for span in spans if not (span.period.start or span.period.end)),
        tuple(axis.ticks) if axis is not None else (),
        axis.at(published) if axis is not None and published is not None else None,
    )


def _is_near(published: str, days: list[str]) -> bool:
    """Whether the text's own date does not stretch the axis much."""
    if not days:
        return False
    low, high, own = int(min(days)[:4]), int(max(days)[:4]), int(published[:4])
    return low - 2 <= own <= high + max(2, (high - low) // 4)


def _span(notes: tuple[StatementView, ...], axis: Days | None) -> Span:
    (during,) = notes[0].during
    assert isinstance(during, Amount), "a period is no amount"  # noqa: S101 (what `Values` gives)
    assert isinstance(during.model, Period), "a period without one"  # noqa: S101 (likewise)
    start, end = during.model.start, during.model.end
    return Span(
        label=short(during.label, 60),
        words=None if during.wording is None else during.wording.label,
        period=during.model,
        notes=notes,
        left=0.0 if axis is None or start is None else axis.at(start),
        right=100.0 if axis is None or end is None else axis.at(end, after=True),
    )
