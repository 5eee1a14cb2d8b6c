"""The tables as other people's programs read them."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

import lod
from lod.cli.app import app
from lod.sources.source import MAX_BYTES
from lod.tables.columns import Column, Table, tables
from tests.corpus.conftest import line, publication
from tests.tables.conftest import folder_of, write_rows

ROOT = Path(__file__).parents[2]
TEN_FACTS = ROOT / "tests" / "publications" / "ten-facts"
EXAMPLE = ROOT / "examples" / "russia-kazakhstan"


@pytest.fixture(scope="module")
def example() -> lod.Publication:
    return lod.load(EXAMPLE)


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_claim_as_a_row(example: lod.Publication, tmp_path: Path) -> None:
    result = lod.export_tables(example, tmp_path / "t", "csv")
    claims = rows(tmp_path / "t" / "claims.csv")
    assert len(claims) == result.rows["claims"] == len(example.dataset().claims)
    (row,) = [row for row in claims if row["claim"] == "trade-2023"]
    text = example.require_facts().document.text
    assert text[int(row["start"]) : int(row["end"])] == row["quote"]
    expected = {
        "statement": "trade-2023",
        "quote": "Last year, it set a new record, exceeding the threshold of $28 billion",
        "speaker": "putin",
        "modality": "stated",
        "polarity": "positive",
        "subject": "trade",
        "property": "tradeVolume",
        "value": "more than 28 billion USD",
        "value_kind": "quantity",
        "text": "exceeding the threshold of $28 billion",
        "number": "28000000000",
        "currency": "USD",
        "unit": "",
        "comparator": "moreThan",
        "lower": "28000000000",
        "upper": "",
        "start_date": "2023-01-01",
        "end_date": "2023-12-31",
        "edtf": "2023",
        "period": "last year",
        "with_rank": "a new record",
        "iri": "https://data.example.org/russia-kazakhstan/claim/trade-2023",
    }
    assert {name: row[name] for name in expected} == expected


def test_claims_of_a_list_have_a_row_each_and_share_their_statement(
    example: lod.Publication, tmp_path: Path
) -> None:
    lod.export_tables(example, tmp_path / "t", "tsv")
    with (tmp_path / "t" / "claims.tsv").open(encoding="utf-8", newline="") as stream:
        claims = list(csv.DictReader(stream, delimiter="\t"))
    statements = {row["statement"] for row in claims}
    assert statements == {one.id for one in example.require_facts().statements}
    several = [row for row in claims if "/" in row["claim"]]
    assert several
    assert all(row["claim"].startswith(f"{row['statement']}/") for row in several)


def test_the_metadata_validates_the_tables(tmp_path: Path) -> None:
    for name in ("example", "ten-facts", "statistics.yaml", "bericht.yaml"):
        publication = lod.load(folder_of(name, tmp_path / f"p-{name}"))
        folder = tmp_path / name
        lod.export_tables(publication, folder, "csv")
        command = [Path(sys.executable).with_name("csvwvalidate"), folder / "csv-metadata.json"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def test_what_the_metadata_says_of_the_rows_is_in_the_dataset(
    example: lod.Publication, tmp_path: Path
) -> None:
    lod.export_tables(example, tmp_path / "t", "csv")
    metadata = json.loads((tmp_path / "t" / "csv-metadata.json").read_text("utf-8"))
    dataset = set(example.dataset().n_quads().splitlines())
    made = [
        triple
        for table in metadata["tables"]
        for row in rows(tmp_path / "t" / table["url"])
        for triple in triples(table["tableSchema"], row)
    ]
    assert len(made) > 2000
    assert [triple for triple in made if triple not in dataset] == []


def triples(schema: dict[str, Any], row: dict[str, str]) -> Iterator[str]:
    """The triples of a row (CSV on the Web: Generating RDF, section 4.6), in N-Triples."""
    from lod.rdf.terms import literal

    for column in schema["columns"]:
        cell = row[column["titles"]]
        if "propertyUrl" not in column or not cell:
            continue
        subject = filled(column.get("aboutUrl", schema.get("aboutUrl")), row)
        if "valueUrl" in column:
            value = f"<{filled(column['valueUrl'], row)}>"
        elif column["datatype"] in ("integer", "date"):
            value = f'"{cell}"^^<http://www.w3.org/2001/XMLSchema#{column["datatype"]}>'
        else:
            for text in cell.split(column.get("separator", "\0")):
                value = literal(text, column.get("lang"))
                yield f"<{subject}> <{column['propertyUrl']}> {value} ."
            continue
        yield f"<{subject}> <{column['propertyUrl']}> {value} ."


def filled(template: str, row: dict[str, str]) -> str:
    for name, cell in row.items():
        template = template.replace(f"{{+{name}}}", cell).replace(f"{{{name}}}", cell)
    return template


def test_a_spreadsheet_has_numbers_dates_and_no_formulas(
    example: lod.Publication, tmp_path: Path
) -> None:
    lod.export_tables(example, tmp_path / "a", "xlsx")
    book = openpyxl.load_workbook(tmp_path / "a" / "tables.xlsx")
    assert book.sheetnames == ["claims", "anchors", "entities", "figures"]
    header, *body = book["claims"].iter_rows()
    names = [cell.value for cell in header]
    row = next(row for row in body if row[names.index("claim")].value == "trade-2023")
    assert row[names.index("number")].value == 28_000_000_000
    assert str(row[names.index("start_date")].value) == "2023-01-01 00:00:00"
    lod.export_tables(example, tmp_path / "b", "xlsx")
    assert (tmp_path / "a" / "tables.xlsx").read_bytes() == (
        tmp_path / "b" / "tables.xlsx"
    ).read_bytes()


def test_a_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    table = Table("claims", "", "", (), (Column("a", "string", ""),))
    write_rows(table, [{"a": "=1+1"}], tmp_path / "t", "xlsx")
    cell = openpyxl.load_workbook(tmp_path / "t" / "tables.xlsx")["claims"]["A2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_parquet_is_typed_and_exact(example: lod.Publication, tmp_path: Path) -> None:
    lod.export_tables(example, tmp_path / "t", "parquet")
    file = tmp_path / "t" / "claims.parquet"
    claims = duckdb.read_parquet(str(file))
    row = claims.filter("claim = 'trade-2023'").project("number, start_date, holds, with_rank")
    number, start, holds, rank = row.fetchall()[0]
    assert (number, start.isoformat(), holds, rank) == (
        Decimal(28_000_000_000),
        "2023-01-01",
        True,
        ["a new record"],
    )
    types = dict(zip(row.columns, map(str, row.types), strict=True))
    assert types["number"] == "DECIMAL(38,9)"
    assert types["start_date"] == "DATE"


def test_a_figure_stands_once_however_many_claims_share_it(tmp_path: Path) -> None:
    publication = lod.load(folder_of("statistics.yaml", tmp_path / "p"))
    lod.export_tables(publication, tmp_path / "t", "csv")
    figures = rows(tmp_path / "t" / "figures.csv")
    (change,) = [row for row in figures if (row["statement"], row["role"]) == ("rate", "change")]
    assert (change["direction"], change["number"], change["unit"]) == (
        "up",
        "0.2",
        "percentage points",
    )
    keys = [(row["statement"], row["role"], row["figure"]) for row in figures]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("form", "type_", "cell", "how"),
    [
        ("csv", "string", "=1", "begins like a formula: an apostrophe stands before it"),
        ("parquet", "number", Decimal("1E-10"), "a number of too many digits is left out"),
        ("parquet", "number", Decimal("1E+29"), "a number of too many digits is left out"),
        ("parquet", "date", "-0044-03-15", "a year that dates do not reach is left out"),
        ("xlsx", "date", "1883-01-01", "a date that spreadsheets do not know is a text"),
        ("xlsx", "number", Decimal(10**17 + 1), "a number of more than 15 digits is a text"),
        ("xlsx", "string", "x" * 40_000, "cut after 32767 code points"),
    ],
)
def test_what_a_format_cannot_hold_is_counted(
    form: str, type_: str, cell: Any, how: str, tmp_path: Path
) -> None:
    table = Table("claims", "", "", (), (Column("a", type_, ""),))
    result = write_rows(table, [{"a": cell}], tmp_path / "t", form)
    assert result.kept_otherwise == {("claims", "a", how): 1}
    report = json.loads((tmp_path / "t" / "tables.json").read_text("utf-8"))
    assert report["keptOtherwise"] == [{"table": "claims", "column": "a", "how": how, "cells": 1}]


@pytest.mark.parametrize("number", ["1E-9", "-12345678901234567890123456789.5", "0.10", "1E+28"])
def test_a_number_that_fits_is_exact_in_parquet(number: str, tmp_path: Path) -> None:
    table = Table("claims", "", "", (), (Column("a", "number", ""),))
    result = write_rows(table, [{"a": Decimal(number)}], tmp_path / "t", "parquet")
    assert result.kept_otherwise == {}
    read = duckdb.read_parquet(str(tmp_path / "t" / "claims.parquet"))
    assert read.project("a").fetchall() == [(Decimal(number),)]


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_the_publications_of_a_corpus_stand_in_the_same_tables(
    form: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    corpus = tmp_path / "corpus.jsonl"
    good = [publication(n) for n in range(3)]
    corpus.write_bytes(b"".join([line(good[0]), b"{}\n", line(good[1]), line(good[2])]))
    command = ["export", str(corpus), "-f", form, "-o", str(tmp_path / "t")]
    assert app.main(command, standalone_mode=False) == 1
    assert f"left out: {corpus}:2:1: " in capfd.readouterr().err
    bases = [one["publication"]["base"] for one in good]
    read_table = {"csv": duckdb.read_csv, "parquet": duckdb.read_parquet}[form]
    file = str(tmp_path / "t" / f"claims.{form}")
    read = read_table(file).project("publication, claim").fetchall()
    assert list(dict.fromkeys(base for base, _ in read)) == bases
    assert len(read) == sum(len(lod.loads(one).dataset().claims) for one in good)


def test_quotes_of_further_versions_that_a_corpus_lacks_are_told(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "examples" / "lake-bridge", tmp_path / "corpus" / "a")
    for command in (["export", "-f", "csv"], ["build", "--also", "csv"]):
        name, *options = command
        out = str(tmp_path / name)
        app.main([name, str(tmp_path / "corpus"), "-o", out, *options], standalone_mode=False)
        said = "1 publication with several versions of the text: only the quotes of the first"
        assert said in capfd.readouterr().err


def test_what_no_export_wrote_is_never_replaced(example: lod.Publication, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(lod.OutputError, match=r"holds what no export wrote: mine\.txt"):
        lod.export_tables(example, tmp_path, "csv")


def test_every_column_is_documented() -> None:
    page = (ROOT / "docs" / "tables.md").read_text("utf-8")
    for table in tables():
        for column in table.columns:
            assert f"| `{column.name}` |" in page


@pytest.mark.parametrize("name", ["figures.parquet", "figures.csv"])
def test_the_result_of_a_query_is_a_typed_table(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    app.main(["query", str(TEN_FACTS), "figures", "-o", str(file)], standalone_mode=False)
    read = (duckdb.read_csv if name.endswith("csv") else duckdb.read_parquet)(str(file))
    row = read.filter("statement LIKE '%/trade-2023' AND role = 'value'")
    assert row.project("CAST(number AS BIGINT), unit").fetchall() == [(28_000_000_000, "USD")]


def test_the_result_of_a_query_as_a_spreadsheet(tmp_path: Path) -> None:
    file = tmp_path / "figures.xlsx"
    app.main(["query", str(TEN_FACTS), "figures", "-o", str(file)], standalone_mode=False)
    header, *body = openpyxl.load_workbook(file)["result"].iter_rows(values_only=True)
    found = [dict(zip(header, row, strict=True)) for row in body]
    trade = next(row for row in found if str(row["statement"]).endswith("/trade-2023"))
    assert (trade["number"], trade["unit"]) == (28_000_000_000, "USD")


@pytest.mark.parametrize(
    ("make", "hint"),
    [
        (lambda folder: (folder / "c.jsonl").write_bytes(line(publication(1))), "it is a corpus"),
        (lambda folder: folder_of("ten-facts", folder / "inner"), "it is a corpus"),
        (lambda folder: (folder / "lod-store.json").write_text("{}"), "it is a store"),
        (lambda folder: (folder / "dataset.nq").write_text(""), "lod query"),
        (lambda folder: (folder / "text.txt").write_text(""), "lod init TEXT"),
    ],
    ids=["lines", "folders", "store", "built", "text"],
)
def test_what_is_no_publication_says_what_to_use(make: Any, hint: str, tmp_path: Path) -> None:
    make(tmp_path)
    with pytest.raises(lod.InputError) as caught:
        lod.load(tmp_path)
    assert hint in str(caught.value.hint)


def test_json_lines_are_a_corpus(tmp_path: Path) -> None:
    file = tmp_path / "c.jsonl"
    file.write_bytes(line(publication(1)))
    with pytest.raises(lod.InputError, match="not one publication") as caught:
        lod.load(file)
    assert "it is a corpus" in str(caught.value.hint)


def test_what_a_corpus_cannot_read_is_left_out_of_its_tables(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    long = b'"' + b"x" * MAX_BYTES + b'"\n'
    (corpus / "c.jsonl").write_bytes(line(publication(1)) + long)
    arguments = ["export", str(corpus), "-f", "csv", "-o", str(tmp_path / "out")]
    assert app.main(arguments, standalone_mode=False) == 1
    told = capfd.readouterr()
    assert "claims" in told.out
    assert f"{corpus}/c.jsonl:2:1: the line has more than" in told.err
