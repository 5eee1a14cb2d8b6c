"""Small tables in HTML, as notebooks show what a cell gives: bounded, and everything escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from itertools import islice

from lod.counts import counted

#: Rows and columns that a table has at most, and code points of a cell.
MOST_ROWS, MOST_COLUMNS, MOST_OF_CELL = 50, 30, 300
# What HTML has no place for, and what turns the reading direction of what follows round.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def html_table(
    caption: str, columns: Sequence[str], rows: Iterable[Sequence[object]], count: int | None = None
) -> str:
    """A table for a notebook.

    Args:
        caption: what it shows, plain text.
        columns: the names of the columns; none for rows whose first cell names the second.
        rows: plain texts, numbers, or None for an empty cell; no more are taken than are shown.
        count: how many rows there are, where that is more than are shown.

    Returns:
        HTML of one table without scripts, links, styles or ids; what was left out is counted.

    >>> html_table("One", [], [["a", "<b>"]]).partition("</th>")[2]
    '<td dir="auto">&lt;b&gt;</td></tr></tbody></table>'
    """
    shown = [list(row) for row in islice(rows, MOST_ROWS)]
    left = (count or 0) - len(shown)
    if len(columns) > MOST_COLUMNS:
        notes = [f"{len(columns) - MOST_COLUMNS:,} more columns"]
        columns = columns[:MOST_COLUMNS]
        shown = [row[:MOST_COLUMNS] for row in shown]
    else:
        notes = []
    if left > 0:
        notes.insert(0, counted(left, "more row"))
    head = "".join(f"<th>{_text(name)}</th>" for name in columns)
    body = "".join(f"<tr>{_cells(row, named=not columns)}</tr>" for row in shown)
    return (
        f"<table><caption>{_text(caption)}</caption>"
        + (f"<thead><tr>{head}</tr></thead>" if head else "")
        + f"<tbody>{body}</tbody></table>"
        + (f"<p>… {' and '.join(notes)}</p>" if notes else "")
    )


def _cells(row: Sequence[object], *, named: bool) -> str:
    tags = ["th" if named and at == 0 else "td" for at in range(len(row))]
    cells = zip(tags, row, strict=True)
    return "".join(f'<{tag} dir="auto">{_text(cell)}</{tag}>' for tag, cell in cells)


def _text(value: object) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else f"{value:,}" if type(value) is int else str(value)
    if len(text) > MOST_OF_CELL:
        text = f"{text[: MOST_OF_CELL - 1]}…"
    return escape(_UNSAFE.sub("\ufffd", text))
