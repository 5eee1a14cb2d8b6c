"""Tables that a build writes beside the dataset."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import lod
from lod.corpus.build import CorpusResult, build_corpus
from lod.corpus.items import find_items
from lod.corpus.output import ROWS
from lod.corpus.publish import read
from lod.corpus.tables import read_row, row_line
from lod.dist import build
from lod.errors import OutputError
from lod.tables.columns import tables
from lod.tables.export import export_corpus
from lod.tables.forms import FORMS, TABLES
from lod.validation.folder import validate_folder
from tests.corpus.conftest import publication, tree, write_lines
from tests.tables.conftest import folder_of

VERSIONS = {"de": {"content": "Aldova 3 ist Mitglied der Union."}}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return folder_of("ten-facts", tmp_path / "p")


def test_a_build_writes_the_tables_that_an_export_writes(folder: Path, tmp_path: Path) -> None:
    result = build(folder, also=["csv", "xlsx", "nt"])
    assert [*result.tables] == ["csv", "xlsx"]
    for form in result.tables:
        lod.export_tables(lod.load(folder), tmp_path / form, form)
        assert tree(folder / "dist" / TABLES / form) == tree(tmp_path / form)
    report = json.loads((folder / "dist" / "report.json").read_bytes())
    listed = {one["name"]: one["sha256"] for one in report["files"]}
    assert {"dataset.nt", "dataset.ttl", "tables/csv/claims.csv"} < listed.keys()
    for name, digest in listed.items():
        assert hashlib.sha256((folder / "dist" / name).read_bytes()).hexdigest() == digest
    assert {str(one.path.relative_to(folder / "dist")) for one in result.files} == {
        *listed,
        "report.json",
    }
    # What is not asked for again is gone.
    build(folder)
    assert not (folder / "dist" / TABLES).exists()


def test_tables_are_held_against_their_hashes(folder: Path) -> None:
    build(folder, also=["csv"])
    dist = folder / "dist"
    assert validate_folder(dist).conforms
    (dist / TABLES / "csv" / "claims.csv").write_text("claim\n", "utf-8")
    (dist / TABLES / "csv" / "more.csv").write_text("claim\n", "utf-8")
    assert [one.focus_node for one in validate_folder(dist).results] == [
        '"tables/csv/claims.csv"',
        '"tables/csv/more.csv"',
    ]


def test_a_folder_with_anything_else_is_not_replaced(folder: Path) -> None:
    mine = folder / "dist" / TABLES / "csv" / "mine.ods"
    mine.parent.mkdir(parents=True)
    mine.write_bytes(b"")
    with pytest.raises(OutputError, match=r"mine\.ods"):
        build(folder, also=["csv"])
    mine.unlink()
    (folder / "dist" / TABLES / "mine").mkdir()
    with pytest.raises(OutputError, match="mine"):
        build(folder)


def corpus_of(tmp_path: Path, changed: int = -1) -> Path:
    """Twenty publications: one broken, one with a second text, one with decimals and a list."""
    data = [publication(number, firms=5 if number == changed else None) for number in range(20)]
    data[2]["claims"][0]["quote"] = "not there"
    data[3]["document"]["versions"] = VERSIONS
    data[4]["claims"][1]["with"] = {"frequency": {"text": "more"}}
    data[5]["document"]["content"] += " The firms grew by 3.20 percent."
    data[5]["claims"].append(
        {
            "id": "growth",
            "quote": "The firms grew by 3.20 percent",
            "subject": "firms",
            "property": "count",
            "change": "up 3.20 percent",
        }
    )
    return write_lines(tmp_path / "c.jsonl", data)


def exported(corpus: Path, folder: Path, form: str) -> dict[str, bytes]:
    export_corpus(map(read, find_items(corpus)), folder, form, failed=lambda *_: None)
    return tree(folder)


def made(corpus: Path, out: Path, *forms: str, **more: Any) -> CorpusResult:
    return build_corpus(corpus, out, also=forms, shard_size=3, **more)


def test_a_corpus_has_the_tables_that_an_export_writes(tmp_path: Path) -> None:
    corpus, out = corpus_of(tmp_path), tmp_path / "out"
    result = made(corpus, out, *FORMS)
    assert result.broken == 1
    for form in FORMS:
        assert tree(out / TABLES / form) == exported(corpus, tmp_path / form, form)
    manifest = json.loads((out / "manifest.json").read_bytes())
    assert manifest["tables"] == result.tables
    assert result.tables["csv"]["rows"]["claims"] == 2 * 19 + 1
    assert result.tables["csv"]["versionsLeftOut"] == 1
    for form in FORMS:
        for one in manifest["tables"][form]["files"]:
            content = (out / one["file"]).read_bytes()
            assert (one["bytes"], one["sha256"]) == (
                len(content),
                hashlib.sha256(content).hexdigest(),
            )


def test_whatever_happened_before_the_tables_are_those_of_a_new_build(tmp_path: Path) -> None:
    corpus, out, fresh = corpus_of(tmp_path), tmp_path / "out", tmp_path / "fresh"
    made(corpus, out, "csv")
    whole = tree(out / TABLES)
    # Nothing changed: nothing is built.
    assert made(corpus, out, "csv", "tsv", jobs=2).built == 0
    assert tree(out / TABLES / "csv") == {
        name.removeprefix("csv/"): data for name, data in whole.items()
    }
    # The rows of a shard are gone, and those of another are damaged.
    first, second, *_ = sorted((out / ROWS).iterdir())
    first.unlink()
    second.write_bytes(second.read_bytes()[:-9])
    assert made(corpus, out, "csv").built == 0
    assert tree(out / TABLES) == whole
    # One publication changed.
    corpus_of(tmp_path, changed=7)
    assert 0 < made(corpus, out, "csv").built < 20
    made(corpus, fresh, "csv")
    assert tree(out / TABLES) == tree(fresh / TABLES) != whole
    assert {path.name for path in (out / ROWS).iterdir()} == {
        path.name for path in (fresh / ROWS).iterdir()
    }
    # They are not asked for any more.
    made(corpus, out)
    assert not (out / TABLES).exists()
    assert not (out / ROWS).exists()


NUMBERS = st.decimals(allow_nan=False, allow_infinity=False)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
CELLS = {
    "string": TEXTS,
    "date": TEXTS,
    "integer": st.integers(),
    "boolean": st.booleans(),
    "number": NUMBERS,
    "list": st.lists(TEXTS).map(tuple),
}
ROW = st.fixed_dictionaries(
    {}, optional={one.name: CELLS[one.type] | st.none() for one in tables()[0].columns}
)


@given(row=ROW)
def test_rows_come_back_from_their_file_as_they_were(row: dict[str, Any]) -> None:
    name, found = read_row(row_line("claims", row))
    assert (name, found) == ("claims", row)
    for column, cell in row.items():
        assert type(found[column]) is type(cell)
        if isinstance(cell, Decimal):
            assert str(found[column]) == str(cell)
