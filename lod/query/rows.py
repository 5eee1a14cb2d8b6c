"""Rows of results, read from the text in which the engine writes them.

The engine writes a table as SPARQL 1.1 Query Results TSV and a graph as N-Triples: that takes less
time than to ask it for each term. Rows have all terms in N-Triples syntax; TSV has some literals in
a short form, and control characters as they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from lod.query.result import RawRow
from lod.query.terms import XSD
from lod.query.worker import AROUND_TERMS

#: Characters that N-Triples has as escapes, beside those that TSV escapes too; in UTF-8.
_CONTROLS = bytes({*range(0x20), 0x7F} - set(b"\t\n\r"))
_NONCHARACTERS = b"\xef\xbf"
_ESCAPED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_SHORT_ESCAPES = {"\b": "\\b", "\f": "\\f"}
_TRIPLE = "<<("
#: What begins a term that is the same in both.
_SAME = frozenset('<"')
# A text, which is passed over, or a literal in short form: what a triple as a term is made of.
_PART = re.compile(r'"(?:[^"\\]|\\.)*"|(?<= )[^ <"_()][^ ]*(?= )')


class Rows(NamedTuple):
    """The rows of a result.

    Attributes:
        rows: terms in N-Triples syntax, None for unbound.
        size: bytes of all terms in UTF-8.
        may_have_blanks: whether there may be blank nodes.
    """

    rows: list[RawRow]
    size: int
    may_have_blanks: bool


def read_table(data: bytes) -> tuple[tuple[str, ...], Rows]:
    r"""The names of the columns of a table, and its rows.

    Args:
        data: TSV as the engine writes it.

    >>> read_table(b'?a\t?b\n<x:a>\t4\n_:b\t\n')[0]
    ('a', 'b')
    >>> read_table(b'?a\t?b\n<x:a>\t4\n_:b\t\n')[1].rows
    [['<x:a>', '"4"^^<http://www.w3.org/2001/XMLSchema#integer>'], ['_:b', None]]
    """
    head, _, body = data.partition(b"\n")
    if not head:
        return (), Rows([[] for _ in range(body.count(b"\n"))], 0, False)
    names = tuple(head[1:].decode().split("\t?"))
    if not body:
        return names, Rows([], 0, False)
    cells = body[:-1].decode().replace("\n", "\t").split("\t")
    terms: Sequence[str | None] = cells
    size = len(body) - len(cells)
    begins = {cell[:1] for cell in cells}
    if not (begins <= _SAME and _is_plain(body)):
        known = {cell: _term(cell) for cell in set(cells)}
        longer = {
            cell: len(term.encode()) - len(cell.encode())
            for cell, term in known.items()
            if term is not None and term != cell
        }
        size += sum([longer[cell] for cell in cells if cell in longer])
        terms = [known[cell] for cell in cells]
    rows: list[RawRow] = [*map(list, zip(*[iter(terms)] * len(names), strict=True))]
    return names, Rows(rows, size, "_" in begins)


def read_graph(data: bytes) -> Rows:
    r"""The triples of a graph, each a row.

    Args:
        data: N-Triples as the engine writes them.

    >>> read_graph(b'<x:a> <x:b> "c d" .\n').rows
    [['<x:a>', '<x:b>', '"c d"']]
    """
    lines = data.decode().split("\n")
    lines.pop()
    rows: list[RawRow] = [line[:-2].split(" ", 2) for line in lines]
    return Rows(rows, len(data) - AROUND_TERMS * len(rows), b"_:" in data)


def _is_plain(body: bytes) -> bool:
    """Whether there is nothing in a table that N-Triples would have as an escape, and no triple."""
    return (
        len(body.translate(None, _CONTROLS)) == len(body)
        and (body.isascii() or _NONCHARACTERS not in body)
        # To look for one byte takes much less time than for several.
        and (b"(" not in body or _TRIPLE.encode() not in body)
    )


def _term(cell: str) -> str | None:
    """A cell of TSV in N-Triples syntax; None for unbound."""
    if not cell:
        return None
    if cell.startswith(_TRIPLE):
        cell = _PART.sub(lambda part: _whole(part[0]), cell)
    return _ESCAPED.sub(_escape, _whole(cell))


def _whole(text: str) -> str:
    """A term that may be a literal in short form, in N-Triples syntax."""
    if text[0] in '<"_':
        return text
    if text in ("true", "false"):
        kind = "boolean"
    elif "e" in text or "E" in text:
        kind = "double"
    else:
        kind = "decimal" if "." in text else "integer"
    return f'"{text}"^^<{XSD}{kind}>'


def _escape(match: re.Match[str]) -> str:
    return _SHORT_ESCAPES.get(match[0]) or f"\\u{ord(match[0]):04X}"
