"""What is written as tables and read again is the same publication."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import lod
from lod.tables.columns import Column, Table
from lod.tables.read import publication_of, read_heads, read_sheet
from lod.tables.rows import Row
from lod.tables.write import SEPARATOR
from tests.tables.conftest import PUBLICATIONS, folder_of, write_rows


@pytest.mark.parametrize("form", ["csv", "tsv"])
@pytest.mark.parametrize("name", PUBLICATIONS)
def test_the_dataset_is_the_same(name: str, form: str, tmp_path: Path) -> None:
    publication = lod.load(folder_of(name, tmp_path / "publication"))
    tables = tmp_path / "tables"
    lod.export_tables(publication, tables, form)
    claims = tables / f"claims.{form}"
    again, _ = publication_of(
        read_sheet(claims),
        entities=read_sheet(tables / f"entities.{form}"),
        anchors=read_sheet(tables / f"anchors.{form}"),
        heads=read_heads(claims),
        folder=tables,
    )
    assert [f"{one.code} {one.message}" for one in again.findings] == [
        f"{one.code} {one.message}" for one in publication.findings
    ]
    assert again.serialize("n-quads") == publication.serialize("n-quads")


@pytest.mark.parametrize("name", PUBLICATIONS)
def test_claims_alone_find_their_quotes_again(name: str, tmp_path: Path) -> None:
    publication = lod.load(folder_of(name, tmp_path / "publication"))
    tables = tmp_path / "tables"
    lod.export_tables(publication, tables, "csv")
    again, _ = publication_of(
        read_sheet(tables / "claims.csv"),
        entities=read_sheet(tables / "entities.csv"),
        heads=read_heads(tables / "claims.csv"),
        folder=tables,
    )
    assert {one.id: one.anchors for one in again.require_facts().statements} == {
        one.id: one.anchors for one in publication.require_facts().statements
    }


@pytest.mark.parametrize("name", ["example", "ten-facts"])
def test_a_table_that_is_saved_as_facts_is_the_same(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from lod.cli.app import app

    source = folder_of(name, tmp_path / "publication")
    app.main(["export", str(source), "-f", "csv", "-o", str(tmp_path / "t")], standalone_mode=False)
    claims = str(tmp_path / "t" / "claims.csv")
    app.main(["init", "--claims", claims, "-o", str(tmp_path / "again")], standalone_mode=False)
    again = lod.load(tmp_path / "again")
    assert again.serialize("n-quads") == lod.load(source).serialize("n-quads")
    assert (tmp_path / "again" / "text.txt").read_bytes() == (
        lod.load(source).require_facts().document.text.encode()
    )


def test_what_is_overruled_for_a_value_and_carries_no_fact_comes_back(tmp_path: Path) -> None:
    rows = [
        ("The port had 4 tonnes of tin", "value", "5 tonnes", "value-not-in-quote"),
        ("The port grew by 6 percent", "change", "up 7 percent", "value-not-in-quote"),
        ("The port was founded in 1871", "value", "12 March 1872", "period-not-in-quote"),
    ]
    properties = ("amount", "amount", "inception")
    document = {"content": "Tin\n\nTin. " + ". ".join(row[0] for row in rows) + "."}
    heading = {"exact": "Tin", "suffix": "\n\nTin"}
    publication = lod.loads(
        {
            "publication": {
                "base": "https://data.example.org/port/",
                "title": "Claims of a note",
                "license": "https://creativecommons.org/publicdomain/zero/1.0/",
                "publisher": {"name": "Example Data Desk"},
            },
            "document": {**document, "language": "en", "published": "2024-01-02"},
            "no_fact": [
                {"quote": heading, "reason": "heading"},
                {"quote": {"exact": "Tin", "occurrence": 2}, "reason": "duplicate"},
            ],
            "entities": {"port": {"type": "Flow", "label": "The port"}},
            "claims": [
                {
                    "id": f"c{number}",
                    "quote": quote,
                    "subject": "port",
                    "property": property_,
                    key: value,
                    "allow": {code: {"value": value, "reason": "a misprint"}},
                }
                for number, ((quote, key, value, code), property_) in enumerate(
                    zip(rows, properties, strict=True)
                )
            ],
        }
    )
    assert publication.findings == []
    lod.export_tables(publication, tmp_path / "t", "csv")
    claims = tmp_path / "t" / "claims.csv"
    heads = read_heads(claims)
    again, _ = publication_of(read_sheet(claims), heads=heads, folder=tmp_path / "t")
    assert again.findings == []


CELLS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1)


@given(texts=st.lists(CELLS, min_size=1), form=st.sampled_from(["csv", "tsv"]))
def test_every_text_comes_back_and_none_is_a_formula(
    texts: list[str], form: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("cells") / "out"
    table = Table("claims", "", "", ("a",), (Column("a", "string", ""),))
    write_rows(table, ({"a": text} for text in texts), folder, form)
    file = folder / f"claims.{form}"
    assert [row["a"] for _, row in read_sheet(file).rows] == texts
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream, delimiter="\t" if form == "tsv" else ","))[1:]
    assert not [row for row in rows if row[0][:1] in "=+-@\t\r"]
    shutil.rmtree(folder)


def test_a_text_as_long_as_there_may_be_comes_back(tmp_path: Path) -> None:
    text = "wörd " * 400_000
    table = Table("claims", "", "", ("a",), (Column("a", "string", ""),))
    write_rows(table, [{"a": text}], tmp_path / "out", "csv")
    usual = csv.field_size_limit()
    assert [row["a"] for _, row in read_sheet(tmp_path / "out" / "claims.csv").rows] == [text]
    assert csv.field_size_limit() == usual


def test_a_list_whose_text_holds_the_separator_is_counted(tmp_path: Path) -> None:
    table = Table("claims", "", "", (), (Column("a", "list", ""),))
    row: Row = {"a": ("one", f"two{SEPARATOR}three")}
    result = write_rows(table, [row], tmp_path / "out", "csv")
    assert list(result.kept_otherwise) == [
        ("claims", "a", "a text of a list holds the separator |")
    ]
