"""Writes tables into a folder: CSV, TSV, a spreadsheet, or Parquet.

What a file cannot hold as it is, is counted and named: nothing is changed or left out silently.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from lod.errors import MissingExtraError, OutputError
from lod.store.files import replacing_folder
from lod.store.locks import locked
from lod.store.mounted import is_apart
from lod.tables.columns import Cell, Column, Table
from lod.tables.metadata import metadata
from lod.tables.rows import Row

#: What stands between the texts of a list in one cell.
SEPARATOR = " | "
# A text that a spreadsheet would take for a formula; quotes before it are escapes of such.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_ITS_BEGINNINGS = "'=+-@\t\r"
# Decimal numbers in Parquet have 38 digits, nine of them after the point.
_DIGITS, _SCALE = 38, 9
# Digits that a number of a spreadsheet keeps, and the most code points of a cell.
_EXACT_DIGITS, _LONGEST = 15, 32_767
_MOST_ROWS = 1_048_576
_FIRST_DATE = "1900-03-01"  # Excel takes 1900 for a leap year
# Rows of Parquet that are held as they came; and so many of those, as Arrow, are a row group.
_BATCH, _TOGETHER = 2_000, 5
_REPORT = "tables.json"
#: The file with the metadata of the tables (CSV on the Web).
METADATA = "csv-metadata.json"
_OURS = re.compile(
    r"(claims|anchors|entities|figures|tables)\.(csv|tsv|parquet|xlsx)"
    r"|tables\.json|csv-metadata\.json|text\.txt|terms\.ttl|text\.[a-z0-9_-]+\.txt"
)
#: The files beside the tables that hold the terms and the shapes of the publication's own.
TERMS, SHAPES = "terms.ttl", "shapes.ttl"


class TablesResult(Struct):
    """What was written.

    Attributes:
        rows: name of each table to the number of its rows.
        files: the files, as paths.
        kept_otherwise: what was done to cells that the format cannot hold as they are, with the
            table and the column, to the number of such cells.
    """

    rows: dict[str, int] = field(default_factory=dict)
    files: list[Path] = field(default_factory=list)
    kept_otherwise: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def at(self, folder: Path) -> TablesResult:
        """The same result where the folder of the files is another by now."""
        return replace(self, files=[folder / path.name for path in self.files])

    def as_dict(self) -> dict[str, Any]:
        """The result as plain JSON data."""
        return {
            "rows": self.rows,
            "files": [path.name for path in self.files],
            "keptOtherwise": [
                {"table": table, "column": column, "how": how, "cells": count}
                for (table, column, how), count in sorted(self.kept_otherwise.items())
            ],
        }


_Note = Callable[[str, str, str], None]


class OpenTables(Struct, frozen=True):
    """Tables that are being written.

    Attributes:
        result: what was written so far; the files when all is.
    """

    result: TablesResult
    _sheets: Mapping[str, _TextSheet | _SpreadsheetSheet | _ParquetSheet]

    def write(self, table: str, row: Row) -> None:
        """Write the next row of a table.

        Raises:
            OutputError: the format can have no more rows.
        """
        self.result.rows[table] += 1
        self._sheets[table].write(row)


@contextmanager
def open_tables(
    tables: Sequence[Table],
    folder: Path,
    form: str,
    *,
    base: str | None = None,
    about: Mapping[str, Any] | None = None,
    noted: Mapping[str, Any] | None = None,
    beside: Mapping[str, bytes] | None = None,
) -> Iterator[OpenTables]:
    """Tables in a new folder, to be filled row by row; their report is written at the end.

    Args:
        tables: the tables.
        folder: an empty folder of this process alone.
        form: one of `lod.tables.forms.FORMS`.
        base: base IRI of the publication, for the metadata of CSV and TSV; None for several.
        about: what the metadata says of the tables as a whole: CURIE to JSON value.
        noted: what the report says besides, as JSON data, as it is at the end.
        beside: files to put beside the tables: name to content.

    Raises:
        MissingExtraError: the package that writes the format is not installed.
    """
    result = TablesResult({table.name: 0 for table in tables})

    def note(table: str, column: str, how: str) -> None:
        result.kept_otherwise[table, column, how] += 1

    with ExitStack() as stack:
        book = _BOOKS[form](folder, note, stack)
        yield OpenTables(result, {table.name: book.sheet(table) for table in tables})
    if form in _DIALECTS:
        data = metadata(tables, form, _DIALECTS[form], SEPARATOR, base, about or {})
        (folder / METADATA).write_text(_on_one_line(data), "utf-8")
    for name, content in (beside or {}).items():
        (folder / name).write_bytes(content)
    result.files = sorted(folder.iterdir())
    _write_json(folder / _REPORT, {**result.as_dict(), **(noted or {})})


@contextmanager
def replacing_tables(folder: Path, *, wait: bool = False) -> Iterator[Path]:
    """Fill a folder with tables, all or nothing; an earlier output is replaced.

    Args:
        folder: where to.
        wait: whether to wait for another run on the folder.

    Yields:
        An empty folder of this process alone, which takes the place of `folder` at the end.

    Raises:
        OutputError: the folder cannot be written, or holds what no export wrote.
        BusyError: another run is at work on the folder.
    """
    with locked(folder, "export", wait=wait) as place:
        check_output(place)
        with replacing_folder(place) as aside:
            yield aside


def csv_text(table: Table, rows: Iterable[Row]) -> str:
    """A table as CSV by RFC 4180."""
    stream = StringIO(newline="")
    sheet = _TextSheet(table, csv.writer(stream), lambda *_: None)
    for row in rows:
        sheet.write(row)
    return stream.getvalue()


def metadata_text(tables: Sequence[Table], base: str, about: Mapping[str, Any]) -> str:
    """The metadata of the tables in CSV files, as JSON."""
    return _on_one_line(metadata(tables, "csv", _DIALECTS["csv"], SEPARATOR, base, about))


def _on_one_line(data: Any) -> str:
    """JSON that programs alone read; indented it would be half as large again."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


def _write_json(file: Path, data: Any) -> None:
    file.write_text(_json_text(data), "utf-8")


def _json_text(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def check_output(folder: Path) -> None:
    """Refuse to replace a folder that holds more than the output of an earlier export.

    Raises:
        OutputError: it does.
    """
    names = [path.name for path in folder.iterdir()] if folder.exists() else []
    foreign = [name for name in names if not is_apart(name) and not _OURS.fullmatch(name)]
    if foreign:
        raise OutputError(
            f"{folder} would be replaced, but it holds what no export wrote: {min(foreign)}",
            hint="move that away, or name another folder with -o",
        )


#: The forms of text, with what stands between cells.
_DIALECTS = {"csv": ",", "tsv": "\t"}


class _Text:
    """CSV by RFC 4180, in UTF-8, or the same with tabs; a file a table."""

    def __init__(self, folder: Path, note: _Note, stack: ExitStack, form: str) -> None:
        self._folder, self._note, self._stack, self._form = folder, note, stack, form

    def sheet(self, table: Table) -> _TextSheet:
        """Begin a table."""
        file = self._folder / f"{table.name}.{self._form}"
        stream = self._stack.enter_context(file.open("x", encoding="utf-8", newline=""))
        return _TextSheet(table, csv.writer(stream, delimiter=_DIALECTS[self._form]), self._note)


class _TextSheet:
    def __init__(self, table: Table, out: Any, note: _Note) -> None:
        self._table, self._out, self._note = table.name, out, note
        names = [column.name for column in table.columns]
        self._places = {name: place for place, name in enumerate(names)}
        out.writerow(names)

    def write(self, row: Row) -> None:
        """Write the next row."""
        # Most cells of a row are empty.
        cells = [""] * len(self._places)
        for name, cell in row.items():
            if type(cell) is str and cell[:1] not in _ITS_BEGINNINGS:
                cells[self._places[name]] = cell  # nearly all that is not empty
            elif cell is not None:
                cells[self._places[name]] = self._cell(name, cell)
        self._out.writerow(cells)

    def _cell(self, column: str, cell: Cell) -> str:
        text = joined(cell, lambda how: self._note(self._table, column, how))
        if isinstance(cell, str | tuple) and _FORMULA.match(text):
            self._note(self._table, column, "begins like a formula: an apostrophe stands before it")
            return f"'{text}"
        return text


def joined(cell: Cell, note: Callable[[str], None] = lambda how: None) -> str:
    """A cell as text; numbers as written, a list with `SEPARATOR` between its texts.

    >>> joined(Decimal("3.20")), joined(True), joined(("a", "b")), joined(None)
    ('3.20', 'true', 'a | b', '')
    """
    if cell is None:
        return ""
    if isinstance(cell, tuple):
        if any(SEPARATOR.strip() in text for text in cell):
            note("a text of a list holds the separator |")
        return SEPARATOR.join(cell)
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


class _Spreadsheet:
    """One workbook, a sheet a table, written row by row."""

    def __init__(self, file: Path | BytesIO, note: _Note, stack: ExitStack) -> None:
        package = _package("xlsxwriter", "xlsx")
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self.book = package.Workbook(file, options)
        self.book.set_properties({"created": datetime(2000, 1, 1)})
        self.note = note
        self.bold = self.book.add_format({"bold": True})
        self.date = self.book.add_format({"num_format": "yyyy-mm-dd"})
        stack.callback(self.book.close)

    def sheet(self, table: Table) -> _SpreadsheetSheet:
        """Begin a table."""
        return _SpreadsheetSheet(self, table)


def workbook(table: Table, rows: Iterable[Row]) -> tuple[bytes, TablesResult]:
    """One table as a workbook of one sheet, and what it could not hold as it is.

    Raises:
        MissingExtraError: the package that writes workbooks is not installed.
        OutputError: there are more rows than a sheet can have.
    """
    result = TablesResult({table.name: 0})

    def note(name: str, column: str, how: str) -> None:
        result.kept_otherwise[name, column, how] += 1

    stream = BytesIO()
    with ExitStack() as stack:
        sheet = _Spreadsheet(stream, note, stack).sheet(table)
        for row in rows:
            result.rows[table.name] += 1
            sheet.write(row)
    return stream.getvalue(), result


class _SpreadsheetSheet:
    def __init__(self, book: _Spreadsheet, table: Table) -> None:
        self._book, self._table = book, table
        self._sheet = book.book.add_worksheet(table.name)
        self._sheet.freeze_panes(1, 0)
        self._row = 0
        for number, column in enumerate(table.columns):
            self._sheet.write_string(0, number, column.name, book.bold)

    def write(self, row: Row) -> None:
        """Write the next row."""
        self._row += 1
        if self._row >= _MOST_ROWS:
            raise OutputError(
                f"the table {self._table.name} has more rows than a spreadsheet can have",
                hint="take csv or parquet",
            )
        for number, column in enumerate(self._table.columns):
            self._write(number, column, row.get(column.name))

    def _write(self, number: int, column: Column, cell: Cell) -> None:
        def note(how: str) -> None:
            self._book.note(self._table.name, column.name, how)

        sheet, row = self._sheet, self._row
        text = joined(cell, note)
        if not text:
            return
        if isinstance(cell, bool):
            sheet.write_boolean(row, number, cell)
        elif isinstance(cell, int | Decimal):
            if len(Decimal(cell).normalize().as_tuple().digits) <= _EXACT_DIGITS:
                sheet.write_number(row, number, cell)
            else:
                note(f"a number of more than {_EXACT_DIGITS} digits is a text")
                sheet.write_string(row, number, text)
        elif column.type == "date" and len(text) == len(_FIRST_DATE) and text >= _FIRST_DATE:
            sheet.write_datetime(row, number, date.fromisoformat(text), self._book.date)
        elif len(text) > _LONGEST:
            note(f"cut after {_LONGEST} code points")
            sheet.write_string(row, number, text[:_LONGEST])
        else:
            if column.type == "date":
                note("a date that spreadsheets do not know is a text")
            sheet.write_string(row, number, text)


class _Parquet:
    """A file a table, typed: exact decimals, dates, lists."""

    def __init__(self, folder: Path, note: _Note, stack: ExitStack) -> None:
        self.arrow, self.parquet = (
            _package("pyarrow", "parquet"),
            _package("pyarrow.parquet", "parquet"),
        )
        self.folder, self.note, self.stack = folder, note, stack

    def sheet(self, table: Table) -> _ParquetSheet:
        """Begin a table."""
        return _ParquetSheet(self, table)


class _ParquetSheet:
    def __init__(self, book: _Parquet, table: Table) -> None:
        arrow = book.arrow
        types = {
            "string": arrow.string(),
            "integer": arrow.int64(),
            "boolean": arrow.bool_(),
            "date": arrow.date32(),
            "number": arrow.decimal128(_DIGITS, _SCALE),
            "list": arrow.list_(arrow.string()),
        }
        self._book, self._table = book, table
        self._schema = arrow.schema([(column.name, types[column.type]) for column in table.columns])
        file = book.folder / f"{table.name}.parquet"
        writer = book.parquet.ParquetWriter(file, self._schema, compression="zstd")
        self._writer = book.stack.enter_context(writer)
        self._waiting: list[Row] = []
        self._group: list[Any] = []
        book.stack.callback(self._end_group)

    def write(self, row: Row) -> None:
        """Write the next row."""
        self._waiting.append(row)
        if len(self._waiting) >= _BATCH:
            self._flush()
        if len(self._group) >= _TOGETHER:
            self._end_group()

    def _flush(self) -> None:
        arrays = {column.name: self._cells(column) for column in self._table.columns}
        self._group.append(self._book.arrow.Table.from_pydict(arrays, self._schema))
        self._waiting = []

    def _end_group(self) -> None:
        if self._waiting:
            self._flush()
        if self._group:
            self._writer.write_table(self._book.arrow.concat_tables(self._group))
        self._group = []

    def _cells(self, column: Column) -> list[Any]:
        cells = [row.get(column.name) for row in self._waiting]
        if column.type not in ("list", "date", "number"):
            return cells
        return [None if cell is None else self._cell(column, cell) for cell in cells]

    def _cell(self, column: Column, cell: Cell) -> Any:
        if column.type == "list":
            return list(cell) if isinstance(cell, tuple) else None
        if column.type == "date" and isinstance(cell, str):
            try:
                return date.fromisoformat(cell)
            except ValueError:
                self._left_out(column, "a year that dates do not reach is left out")
                return None
        if column.type == "number" and isinstance(cell, Decimal):
            if _fits(cell):
                return cell
            self._left_out(column, "a number of too many digits is left out")
            return None
        return cell

    def _left_out(self, column: Column, how: str) -> None:
        self._book.note(self._table.name, column.name, how)


def _fits(number: Decimal) -> bool:
    """Whether a number is exact in the decimals of Parquet."""
    _, digits, exponent = number.normalize().as_tuple()
    return (
        isinstance(exponent, int)
        and -exponent <= _SCALE
        and (len(digits) + exponent <= _DIGITS - _SCALE)
    )


def _package(name: str, extra: str) -> Any:
    from importlib import import_module

    try:
        return import_module(name)
    except ImportError:
        raise MissingExtraError(
            f"this needs the package {name.partition('.')[0]}",
            hint=f"pip install 'lod-facts[{extra}]'",
        ) from None


_BOOKS: dict[str, Callable[[Path, _Note, ExitStack], _Text | _Spreadsheet | _Parquet]] = {
    "csv": lambda folder, note, stack: _Text(folder, note, stack, "csv"),
    "tsv": lambda folder, note, stack: _Text(folder, note, stack, "tsv"),
    "xlsx": lambda folder, note, stack: _Spreadsheet(folder / "tables.xlsx", note, stack),
    "parquet": _Parquet,
}
