"""The publications that are written as tables."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from lod.tables.columns import Table
from lod.tables.rows import Row
from lod.tables.write import TablesResult, open_tables

ROOT = Path(__file__).parents[2]
_CONFORMING = ROOT / "tests" / "publications" / "conforming"
PUBLICATIONS = [
    "example",
    "ten-facts",
    *sorted(path.name for path in _CONFORMING.iterdir() if path.suffix != ".ttl"),
]


def folder_of(name: str, target: Path) -> Path:
    """A copy of a publication, as a folder."""
    if name == "example":
        ignored = shutil.ignore_patterns("dist")
        shutil.copytree(ROOT / "examples" / "russia-kazakhstan", target, ignore=ignored)
    elif name == "ten-facts":
        shutil.copytree(ROOT / "tests" / "publications" / name, target)
    else:
        target.mkdir()
        for path in _CONFORMING.glob("*.ttl"):
            shutil.copy(path, target)
        source = _CONFORMING / name
        shutil.copy(source, target / f"facts{source.suffix}")
    return target


def write_rows(table: Table, rows: Iterable[Row], folder: Path, form: str) -> TablesResult:
    """Write one table into a new folder."""
    folder.mkdir()
    with open_tables([table], folder, form) as out:
        for row in rows:
            out.write(table.name, row)
    return out.result
