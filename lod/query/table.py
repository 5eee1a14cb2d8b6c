"""Query results as a table for terminals."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from lod.counts import counted
from lod.namespaces import shrink
from lod.query.terms import Row, Term, TermType

_GAP = "  "
#: A column is not made narrower than this, even if the table is then too wide.
_NARROWEST = 10
# What could move the cursor, colour the terminal or turn the reading direction round.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_BREAK = re.compile(r"(?<=[ /,;#-])")


def to_table(
    variables: Sequence[str],
    rows: Sequence[Row],
    *,
    what: str = "row",
    width: int | None = None,
    base: str = "",
    prefixes: Mapping[str, str] | None = None,
) -> str:
    """Rows of terms as an aligned table.

    IRIs are shortened: by the prefixes, else by the base. Control characters are escaped, so that
    a text cannot reach the terminal.

    Args:
        variables: the names of the columns.
        rows: the terms, one for each column, None where it is unbound.
        what: what a row is, for the count in the last line.
        width: columns of the terminal, into which long cells are folded; None does not fold.
        base: IRI against which IRIs are shortened, or "".
        prefixes: prefix to namespace IRI, beside the known ones.

    >>> rows = [(Term.from_n3("<https://schema.org/name>"), Term.from_n3('"28"'))]
    >>> rows.append((Term.from_n3("<https://e.org/a>"), None))
    >>> print(to_table(("term", "n"), rows, base="https://e.org/"))
    term         n
    -----------  --
    schema:name  28
    <a>
    2 rows
    <BLANKLINE>
    """
    cells = [[cell(term, base, prefixes or {}) for term in row] for row in rows]
    count = counted(len(rows), what) + "\n"
    if not variables:
        return count
    widths = [
        max(map(display_width, (name, *(row[at] for row in cells))))
        for at, name in enumerate(variables)
    ]
    if width is not None:
        widths = _narrow(widths, width)
    numeric = [
        bool(rows) and all((term := row[at]) is None or term.is_number for row in rows)
        for at in range(len(widths))
    ]
    lines = _lines(list(variables), widths, [False] * len(widths))
    lines.append(_GAP.join("-" * one for one in widths))
    for row in cells:
        lines += _lines(row, widths, numeric)
    return "".join(f"{line.rstrip()}\n" for line in lines) + count


def cell(term: Term | None, base: str, prefixes: Mapping[str, str]) -> str:
    """A term on one line, its IRI shortened; nothing in it moves a cursor or turns text round."""
    if term is None:
        return ""
    text = term.value
    if term.type is TermType.IRI:
        text = shrink(text, prefixes)
        if base and text.startswith(base) and text != base:
            text = f"<{text[len(base) :]}>"
    elif term.type is TermType.BLANK:
        text = f"_:{text}"
    return _UNSAFE.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    character = match.group()
    return {"\n": "\\n", "\t": "\\t", "\r": "\\r"}.get(character, f"\\u{ord(character):04X}")


def display_width(text: str) -> int:
    """How many columns of a terminal a text takes.

    >>> display_width("Қазақстан"), display_width("文字"), display_width("e\u0301")
    (9, 4, 1)
    """
    if text.isascii():
        return len(text)
    return sum(map(_character_width, text))


def _character_width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _narrow(widths: list[int], width: int) -> list[int]:
    """Cut the widest columns to one width, the largest with which the table fits."""
    room = width - len(_GAP) * (len(widths) - 1)
    if sum(widths) <= room:
        return widths
    cap = _NARROWEST
    for cap in range(max(widths), _NARROWEST - 1, -1):
        if sum(min(one, cap) for one in widths) <= room:
            break
    narrowed = [min(one, cap) for one in widths]
    for at, one in enumerate(widths):  # what the common width leaves over
        if one > narrowed[at] and (left := room - sum(narrowed)) > 0:
            narrowed[at] += min(left, one - narrowed[at])
    return narrowed


def _lines(cells: list[str], widths: list[int], numeric: list[bool]) -> list[str]:
    folded = [_fold(cell, width) for cell, width in zip(cells, widths, strict=True)]
    lines = []
    for number in range(max(map(len, folded))):
        parts = []
        for parts_of_cell, width, right in zip(folded, widths, numeric, strict=True):
            text = parts_of_cell[number] if number < len(parts_of_cell) else ""
            blank = " " * (width - display_width(text))
            parts.append(blank + text if right else text + blank)
        lines.append(_GAP.join(parts))
    return lines


def _fold(text: str, width: int) -> list[str]:
    """A cell in lines of at most `width` columns, broken after spaces and signs if possible."""
    if display_width(text) <= width:
        return [text]
    lines = [""]
    for piece in _BREAK.split(text):
        if lines[-1] and display_width(lines[-1] + piece.rstrip()) > width:
            lines.append("")
        for character in piece:
            if display_width(lines[-1]) + _character_width(character) > width and (
                character != " "
            ):
                lines.append("")
            lines[-1] += character
    return [line.rstrip() for line in lines]
