"""Cuts a text where quotes begin and end, so that overlapping and nested quotes can be marked.

HTML elements nest and quotes do not. So the text is cut at both ends of every stretch, and each
segment knows the stretches that it is part of.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the text that carries something.

    Attributes:
        start: first code point.
        end: code point after the last one (exclusive).
        mark: what it carries, such as the number of a claim.
    """

    start: int
    end: int
    mark: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the text between two cuts.

    Attributes:
        start: first code point.
        end: code point after the last one (exclusive).
        marks: of the stretches that cover it, ascending, each once; empty for unmarked text.
        ends: of the stretches that end with it, likewise.
    """

    start: int
    end: int
    marks: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


def cut(
    start: int, end: int, stretches: Iterable[Stretch], cuts: Iterable[int] = ()
) -> list[Segment]:
    """Cut a part of a text into segments.

    Args:
        start: first code point of the part.
        end: code point after its last one (exclusive).
        stretches: in any order; those that reach out of the part count for what lies in it, and
            empty ones for nothing.
        cuts: further code points before which the text is cut.

    Returns:
        The segments in text order. They are not empty, follow each other without a gap from
        `start` to `end`, and each stretch is exactly a row of them.

    >>> for segment in cut(0, 9, [Stretch(0, 6, 1), Stretch(3, 8, 2)]):
    ...     print(segment.start, segment.end, segment.marks, segment.ends)
    0 3 (1,) ()
    3 6 (1, 2) (1,)
    6 8 (2,) (2,)
    8 9 () ()
    """
    opening: dict[int, list[int]] = {}
    closing: dict[int, list[int]] = {}
    final: dict[int, set[int]] = {}
    for stretch in stretches:
        first, last = max(stretch.start, start), min(stretch.end, end)
        if first < last:
            opening.setdefault(first, []).append(stretch.mark)
            closing.setdefault(last, []).append(stretch.mark)
            if last == stretch.end:
                final.setdefault(last, set()).add(stretch.mark)
    inner = (at for at in cuts if start < at < end)
    points = sorted({start, end, *opening, *closing, *inner})
    # A mark may be open several times: quotes of one claim may overlap each other.
    open_: dict[int, int] = {}
    segments = []
    for here, there in pairwise(points):
        for mark in closing.get(here, ()):
            open_[mark] -= 1
            if not open_[mark]:
                del open_[mark]
        for mark in opening.get(here, ()):
            open_[mark] = open_.get(mark, 0) + 1
        marks = tuple(sorted(open_))
        segments.append(Segment(here, there, marks, tuple(sorted(final.get(there, ())))))
    return segments
