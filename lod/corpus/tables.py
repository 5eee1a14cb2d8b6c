"""The tables of a corpus: workers make the rows, shard by shard, and one process writes them.

The rows of a shard stand in a file beside it, so that a shard that is not built again need not be
read again either. What is wrong with such a file is noticed, and its rows are made anew.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from lod.corpus.output import ROWS
from lod.errors import OutputError
from lod.publication import Publication
from lod.store.files import replacing_file, replacing_folder
from lod.store.locks import resolved
from lod.tables.columns import tables
from lod.tables.export import VERSIONS_LEFT_OUT, corpus_rows, corpus_tables
from lod.tables.forms import FORMS, TABLES
from lod.tables.rows import Row
from lod.tables.write import OpenTables, check_output, open_tables

_LEVEL = 1  # of compression: the rows are read once and written once


def rows_file(out: Path, shard: str) -> Path:
    """The file of the rows of a shard."""
    return out / ROWS / f"{shard}.gz"


@contextmanager
def writing_rows(file: Path) -> Iterator[Callable[[Publication], None]]:
    """Write the file of the rows of a shard, all or nothing.

    Args:
        file: what `rows_file` gives.

    Yields:
        What takes the publications of the shard, without errors, one after another.
    """
    file.parent.mkdir(exist_ok=True)
    with (
        replacing_file(file, durable=False) as raw,
        gzip.GzipFile("", "wb", _LEVEL, raw, mtime=0) as out,
    ):

        def add(publication: Publication) -> None:
            if publication.require_facts().document.versions:
                out.write(row_line(VERSIONS_LEFT_OUT, {}))
            for table, row in corpus_rows(publication):
                out.write(row_line(table, row))

        yield add


def row_line(name: str, row: Row) -> bytes:
    """A row as a line of the file; `read_row` reads it."""
    # Only the numbers of a row are nothing that JSON has.
    return json.dumps([name, row], default=str).encode() + b"\n"


def read_row(line: bytes) -> tuple[str, Row]:
    """The name of the table, and the row, of a line that `row_line` wrote."""
    name, row = json.loads(line)
    for column, value in row.items():
        if type(value) is list:
            row[column] = tuple(value)
    for column in _numbers().get(name, frozenset()) & row.keys():
        if isinstance(row[column], str):
            row[column] = Decimal(row[column])
    return name, row


@cache
def _numbers() -> dict[str, frozenset[str]]:
    """Of each table the columns that hold numbers, which JSON would round."""
    return {
        table.name: frozenset(one.name for one in table.columns if one.type == "number")
        for table in tables()
    }


class CorpusTables:
    """The tables of a corpus in the making: they take their places together, at the end.

    Args:
        out: the output folder of the corpus.
        forms: the forms that are wanted; may be empty.
        stack: leaves what was begun where the build fails.

    Raises:
        MissingExtraError: the package that writes a format is not installed.
        OutputError: a folder holds what no build wrote.
    """

    def __init__(self, out: Path, forms: Sequence[str], stack: ExitStack) -> None:
        self._root = out / TABLES
        self._forms = forms
        self._out = out
        self._noted: Counter[str] = Counter()
        self._open: dict[str, OpenTables] = {}
        # The files are closed before their folder takes its place.
        self._places = stack.enter_context(ExitStack())
        self._files = stack.enter_context(ExitStack())
        for form in forms:
            place = resolved(self._root / form)
            check_output(place)
            aside = self._places.enter_context(replacing_folder(place))
            self._open[form] = self._files.enter_context(
                open_tables(corpus_tables(), aside, form, noted=self._noted)
            )

    def add(self, shard: str, again: Callable[[], Iterable[Publication]]) -> None:
        """Take the rows of the next shard.

        Args:
            shard: its name.
            again: gives its publications, where the file of its rows is not there any more.
        """
        if not self._open:
            return
        file = rows_file(self._out, shard)
        try:
            data = gzip.decompress(file.read_bytes())
        except (OSError, EOFError, zlib.error):
            with writing_rows(file) as add:
                for publication in again():
                    add(publication)
            data = gzip.decompress(file.read_bytes())
        for line in data.splitlines():
            name, row = read_row(line)
            if name == VERSIONS_LEFT_OUT:
                self._noted[name] += 1
                continue
            for out in self._open.values():
                out.write(name, row)

    def finish(self) -> dict[str, Any]:
        """Put the tables in place and delete those of other forms; what the manifest says."""
        self._files.close()
        self._places.close()
        described = {
            form: {
                **out.result.as_dict(),
                "files": [_describe(self._root / form / one.name) for one in out.result.files],
                **self._noted,
            }
            for form, out in self._open.items()
        }
        for form in FORMS:
            _drop(self._root / form, form in self._forms)
        if self._root.is_dir() and not any(self._root.iterdir()):
            self._root.rmdir()
        if not self._open:
            shutil.rmtree(self._out / ROWS, ignore_errors=True)
        return described


def _describe(file: Path) -> dict[str, Any]:
    with file.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return {
        "file": "/".join(file.parts[-3:]),
        "bytes": file.stat().st_size,
        "sha256": digest,
    }


def _drop(folder: Path, wanted: bool) -> None:
    """Delete the tables of a form that is not wanted any more, where a build wrote them."""
    if wanted or not folder.is_dir():
        return
    try:
        check_output(folder)
    except OutputError:
        return
    shutil.rmtree(folder, ignore_errors=True)
