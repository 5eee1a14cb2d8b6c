"""The tables and their columns, from `tables.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

#: What a cell can be; None is an empty one, a tuple the texts of a list.
Cell = str | int | bool | Decimal | tuple[str, ...] | None

#: What is put before the name of a qualifier to make the name of its column.
WITH = "with_"
#: What is put before the name of a version of the text to make the names of its columns.
QUOTE, WORDS = "quote_", "text_"


class Column(Struct, frozen=True):
    """A column.

    Attributes:
        name: its name, the first cell of the column.
        type: string, integer, number, date, boolean or list (of strings).
        doc: what it says, one sentence.
        term: CURIE or IRI of the property that it is, or "".
        value: URI template (RFC 6570) of what its cells stand for, or "".
        about: URI template of what it says something of, where that is not the row, or "".
        words: whether its cells are words in the language of the text.
        language: the tag of another language that its cells are in, or "".
    """

    name: str
    type: str
    doc: str
    term: str = ""
    value: str = ""
    about: str = ""
    words: bool = False
    language: str = ""


class Table(Struct, frozen=True):
    """A table.

    Attributes:
        name: its name, and that of its file without the extension.
        doc: what a row is.
        about: URI template (RFC 6570) of what a row is about, under the base; "" for nothing.
        key: the columns that together name a row.
        columns: its columns, in their order.
    """

    name: str
    doc: str
    about: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    def with_columns(self, columns: Iterable[Column]) -> Table:
        """The table with more columns at the end."""
        return replace(self, columns=(*self.columns, *columns))


@lru_cache(maxsize=1)
def tables() -> tuple[Table, ...]:
    """The tables, without columns for qualifiers.

    >>> [table.name for table in tables()]
    ['claims', 'anchors', 'entities', 'figures']
    """
    data = tomllib.loads(Path(__file__).with_name("tables.toml").read_text("utf-8"))
    return tuple(
        Table(
            name,
            table["doc"],
            table["about"],
            tuple(table["key"]),
            tuple(Column(**column) for column in table["columns"]),
        )
        for name, table in data.items()
    )
