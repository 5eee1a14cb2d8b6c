"""A publication is made of a table of one's own."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas
import polars
import pyarrow
import pytest

import lod
from lod.cli.run import run
from lod.model.value import EntityValue
from tests.publications.inventory import EXAMPLE

TEXT = "The bridge stands in Ayr. Trade of the port reached 5 million USD in 2023.\n"
ROWS: list[dict[str, Any]] = [
    {
        "quote": "The bridge stands in Ayr",
        "subject": "The bridge",
        "property": "locatedIn",
        "value": "Ayr",
        "edtf": None,
    },
    {
        "quote": "Trade of the port reached 5 million USD in 2023",
        "subject": "Trade of the port",
        "property": "tradeVolume",
        "value": "5 million USD",
        "edtf": "2023",
    },
]
PUBLICATION = {
    "base": "https://data.example.org/ayr/",
    "title": "Claims of a note",
    "license": "https://creativecommons.org/publicdomain/zero/1.0/",
    "publisher": {"name": "Example Data Desk"},
}
DOCUMENT = {"content": TEXT, "language": "en", "published": "2024-01-02"}


def made(rows: Any, **more: Any) -> lod.Publication:
    return lod.from_rows(rows, document=DOCUMENT, publication=PUBLICATION, **more)


@pytest.mark.parametrize(
    "table",
    [list, pandas.DataFrame, polars.DataFrame, pyarrow.Table.from_pylist],
    ids=["list", "pandas", "polars", "arrow"],
)
def test_rows_of_every_kind_make_the_same(table: Any) -> None:
    publication = made(table(ROWS))
    assert not publication.has_errors
    facts = publication.require_facts()
    assert [one.id for one in facts.statements] == [
        "the-bridge-locatedin",
        "trade-of-the-port-tradevolume",
    ]
    assert facts.entities["trade-of-the-port"].type.endswith("#Flow")
    assert publication.serialize("n-quads") == made(ROWS).serialize("n-quads")


def test_cells_of_python_count_as_they_are_written() -> None:
    row = {
        **ROWS[0],
        "said_on": date(2024, 1, 1),
        "occurrence": 1,
        "with_frequency": ["always"],
        "share": float("nan"),
        "value_type": None,
    }
    (statement,) = made([row]).require_facts().statements
    assert statement.said_on == "2024-01-01"
    assert [value.text for _, value in statement.qualifiers] == ["always"]  # type: ignore[union-attr]  # a text
    assert made([{**ROWS[1], "value": Decimal("3.20")}]).findings


def test_entities_of_a_table_are_known_by_their_labels() -> None:
    entities = [{"entity": "ayr", "label": "Ayr", "type": "City", "no_item": "not looked for"}]
    facts = made(ROWS, entities=entities).require_facts()
    (value,) = facts.statements[0].values
    assert value == EntityValue("ayr")
    assert facts.entities["ayr"].type.endswith("#City")


@pytest.mark.parametrize(
    ("row", "change", "code", "column"),
    [
        (0, {"quote": "The bridge stood in Ayr"}, "quote-not-found", "quote"),
        (0, {"property": "locatedInn"}, "unknown-property", "property"),
        (1, {"value": "6 million USD"}, "value-not-in-quote", "value"),
        (1, {"value": "heaps"}, "bad-quantity", "value"),
        (1, {"edtf": "2023-13"}, "bad-period", "edtf"),
        (1, {"modality": "sure"}, "unknown-option", "modality"),
        (0, {"occurrence": "first"}, "wrong-type", "occurrence"),
    ],
)
def test_findings_name_the_row_and_the_column(
    row: int, change: dict[str, Any], code: str, column: str
) -> None:
    rows = [dict(one) for one in ROWS]
    rows[row] |= change
    publication = made(rows)
    places = {
        finding.code: finding.location
        for finding in publication.findings
        if finding.path[:1] == ("claims",)
    }
    columns = list(dict.fromkeys(name for one in rows for name in one))
    location = places[code]
    assert location is not None
    assert (location.file, location.line, location.column) == (
        "<rows>",
        row + 1,
        columns.index(column) + 1,
    )


@pytest.mark.parametrize("name", ["quote", "subject", "property", "value"])
def test_a_missing_column_is_named(name: str) -> None:
    rows = [{key: cell for key, cell in row.items() if key != name} for row in ROWS]
    with pytest.raises(lod.InputError, match=f'no column "{name}"'):
        made(rows)


def write(folder: Path, table: str) -> list[str]:
    (folder / "claims.csv").write_text(table, "utf-8")
    (folder / "note.txt").write_text(TEXT, "utf-8")
    return ["init", "--claims", str(folder / "claims.csv"), "--text", str(folder / "note.txt")]


HEAD = "quote,subject,property,value\n"
GOOD = "The bridge stands in Ayr,The bridge,locatedIn,Ayr\n"
OF = "publication," + HEAD
TYPED = HEAD.replace("\n", ",subject_type\n")


def test_a_table_becomes_a_facts_file(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    command = [*write(tmp_path, "\ufeff" + HEAD + GOOD), "-o", str(tmp_path / "p")]
    assert run(command) == 0
    checked = lod.load(tmp_path / "p")
    assert {finding.code for finding in checked.findings} >= {"empty-value"}  # what is to fill in
    assert not [one for one in checked.findings if one.path[:1] == ("claims",)]
    assert run(command) == 2
    assert "is not overwritten" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (HEAD.replace("\n", ",,\n") + GOOD.replace("\n", ",,\n"), ""),  # as spreadsheets leave it
        (HEAD + GOOD.replace("\n", ",,,\n"), ""),
        ("," + HEAD + "0," + GOOD, "not read: a column without a name\n"),  # as pandas writes it
        (HEAD.replace("\n", ",,\n") + GOOD.replace("\n", ",a,b\n"), "a column without a name\n"),
    ],
)
def test_columns_without_a_name_are_no_mistake(
    table: str, said: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run([*write(tmp_path, table), "-o", str(tmp_path / "p")]) == 0
    assert capfd.readouterr().err[-len(said) or None :] == said
    assert (tmp_path / "p" / "facts.yaml").read_text("utf-8").count("quote: ") == 1


@pytest.mark.parametrize(("of_claims", "of_entities"), [(".tsv", ".csv"), (".csv", ".tsv")])
def test_the_other_tables_may_be_of_the_other_form(
    of_claims: str, of_entities: str, tmp_path: Path
) -> None:
    _, _, _, *text = write(tmp_path, "")
    marks = {".tsv": "\t", ".csv": ","}
    claims, entities = tmp_path / f"claims{of_claims}", tmp_path / f"entities{of_entities}"
    said = HEAD + GOOD.replace(",The bridge,", ",bridge,")
    claims.write_text(said.replace(",", marks[of_claims]), "utf-8")
    known = "entity,type,label\nbridge,Place,bridge of stone\n"
    entities.write_text(known.replace(",", marks[of_entities]), "utf-8")
    assert run(["init", "--claims", str(claims), *text, "-o", str(tmp_path / "p")]) == 0
    assert "bridge of stone" in (tmp_path / "p" / "facts.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("table", "code", "words"),
    [
        (HEAD + GOOD.replace("locatedIn", "locatedInn"), 1, "claims.csv:2:3: error"),
        (HEAD + GOOD.replace("Ayr,The", "Ur,The"), 1, "claims.csv:2:1: error"),
        (HEAD + "a,b,c,d,e\n", 2, "claims.csv:2:5: row 2 has more cells"),
        (
            "quote,quote,subject,property,value\n",
            2,
            'claims.csv:1:2: two columns are called "quote"',
        ),
        ("quote;subject;property;value\n", 2, 'no column "quote"'),
        (HEAD + GOOD + '"never closed\n', 2, "claims.csv:3:1: row 3 is no row of a table"),
        (HEAD + 'The "bridge",a,b,c\n"The "bridge",a,b,c\n', 2, "claims.csv:3:1: row 3 is no row"),
        (HEAD.replace(",", ";") + '"a";b;c;d\n', 2, "columns are divided by commas"),
        (HEAD.replace(",", ";") + "a;b;c;d\n", 2, "this one has 'quote;subject;property;value'"),
        ("", 2, "this one has none"),
        (HEAD, 2, "the table has columns and no rows"),
        (OF + "x," + GOOD + "y," + GOOD, 2, "claims.csv:1:1: the table has several publications"),
        (TYPED.replace("subject_type", "subject_typ"), 2, "claims.csv:1:5: no table of claims has"),
        (TYPED + GOOD.replace("\n", ",Harbor\n"), 1, "claims.csv:2:5: error[unknown-type]"),
    ],
)
def test_a_table_with_mistakes_writes_nothing(
    table: str, code: int, words: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run([*write(tmp_path, table), "-o", str(tmp_path / "p")]) == code
    assert words in "".join(capfd.readouterr())
    assert not (tmp_path / "p").exists()


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([{"property": "status"}], '<rows>:2:3: "property" differs from row 1'),
        ([{"quote": "The bridge"}], '<rows>:2:1: "quote" differs from row 1'),
        ([{"polarity": "negative", "value": "Perth"}], '<rows>:2:6: "polarity" differs from row 1'),
        ([{}], 'the 2 rows of the statement "a" are not each'),
        ([{"subject": "Perth", "value": "Perth"}], 'the 2 rows of the statement "a" are not each'),
    ],
)
def test_rows_of_one_statement_say_the_same(rows: list[dict[str, Any]], words: str) -> None:
    first = {key: cell for key, cell in ROWS[0].items() if cell} | {"claim": "a"}
    with pytest.raises(lod.InputError) as raised:
        made([first, *({**first, **row} for row in rows)])
    assert words in str(raised.value)


def test_columns_that_are_not_read_are_named(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    table = HEAD.replace("\n", ",remarks\n") + GOOD.replace("\n", ",to be asked\n")
    assert run([*write(tmp_path, table), "-o", str(tmp_path / "p")]) == 0
    assert "claims.csv: not read: remarks\n" in "".join(capfd.readouterr())


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (None, "<rows>: is no table, but NoneType"),
        (5, "<rows>: is no table, but int"),
        ("quote", "<rows>: is no table, but str"),
        ({"quote": ["a"]}, "<rows>: is no table, but dict"),
        ([["a"]], "row 1 is no mapping"),
        ([], 'no column "quote"'),
        ([ROWS[0] | {"subject": ["a", "b"]}], '<rows>:1:2: "subject" holds one thing'),
        ([ROWS[0] | {"statement": ["a"]}], '<rows>:1:6: "statement" holds one thing'),
    ],
)
def test_what_is_no_table_is_refused(rows: Any, words: str) -> None:
    with pytest.raises(lod.InputError) as raised:
        made(rows)
    assert words in str(raised.value)


@pytest.mark.parametrize("author", [5, None, ["reporter", 5], {"a": 1}])
def test_an_author_of_the_wrong_type_is_a_finding(author: Any) -> None:
    document = {**DOCUMENT, "author": author}
    publication = lod.from_rows(ROWS, document=document, publication=PUBLICATION)
    assert any(one.path[:2] == ("document", "author") for one in publication.findings)


def test_labels_that_make_the_same_name_stay_two_entities() -> None:
    text = "The port of Ayr stands in Ayr. The port (of Ayr) stands in Ayr.\n"
    rows = [
        {"quote": f"{name} stands in Ayr", "subject": name, "property": "locatedIn", "value": "Ayr"}
        for name in ("The port of Ayr", "The port (of Ayr)")
    ]
    document = {**DOCUMENT, "content": text}
    publication = lod.from_rows(rows, document=document, publication=PUBLICATION)
    entities = publication.require_facts().entities
    assert {slug: one.label for slug, one in entities.items()} == {
        "the-port-of-ayr": "The port of Ayr",
        "the-port-of-ayr-2": "The port (of Ayr)",
        "ayr": "Ayr",
    }


@pytest.mark.parametrize(
    ("claim", "entities", "said"),
    [
        ({}, [{"entity": "a", "label": "Ayr"}, {"entity": "b", "label": "Ayr"}], "a, b"),
        ({}, [{"entity": "a", "label": "Ayr"}, {"entity": "a", "label": "Ur"}], "a row already"),
        ({}, [{"entity": "a", "label": "A", "item": "Q1", "match": "exact"}], ':1:4: "match" is'),
        ({"value_kind": "entiti"}, None, ":1:6: \"value_kind\" is 'entiti'"),
    ],
)
def test_what_could_mean_several_things_is_refused(
    claim: dict[str, str], entities: Any, said: str
) -> None:
    with pytest.raises(lod.InputError) as caught:
        made([{**ROWS[0], **claim}], entities=entities)
    assert said in f"{caught.value.message} {caught.value.hint}"


def test_a_finding_about_an_entity_that_is_made_is_at_the_row_that_names_it() -> None:
    rows = [ROWS[0], {**ROWS[1], "subject_type": "Flou"}]
    (place,) = [one.location for one in made(rows).findings if one.code == "unknown-type"]
    assert place is not None
    assert (place.line, place.column) == (2, 6)


def test_a_quote_that_was_changed_counts_and_not_its_anchors(tmp_path: Path) -> None:
    rows = [{**ROWS[0], "quote": ["The bridge stands in Ayr", "Trade of the port"]}]
    lod.export_tables(made(rows), tmp_path / "t", "csv")
    claims = tmp_path / "t" / "claims.csv"
    table = claims.read_text("utf-8").replace("| Trade of the port", "| Trade of the quay")
    claims.write_text(table, "utf-8", newline="")
    assert run(["init", "--claims", str(claims), "-o", str(tmp_path / "p")]) == 1


def test_a_text_that_cannot_be_read_is_not_written(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    command = write(tmp_path, HEAD + GOOD)
    (tmp_path / "note.txt").write_bytes(TEXT.encode() + b"\xff")
    assert run([*command, "-o", str(tmp_path / "p")]) == 1
    assert "note.txt:2:1" in "".join(capfd.readouterr())
    assert not (tmp_path / "p").exists()


def export(tmp_path: Path) -> Path:
    """The tables of a publication with three texts; the path of its claims."""
    lod.export_tables(lod.load(EXAMPLE.with_name("lake-bridge")), tmp_path / "t", "csv")
    (tmp_path / "outside.txt").write_bytes((tmp_path / "t" / "text.de.txt").read_bytes())
    return tmp_path / "t" / "claims.csv"


@pytest.mark.parametrize("name", ["../outside.txt", "{}/outside.txt", "text.de.txt\\u0000"])
def test_nothing_is_written_outside_the_new_folder(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], name: str
) -> None:
    claims = export(tmp_path)
    noted = claims.with_name("tables.json")
    said = noted.read_text("utf-8").replace("text.de.txt", name.format(tmp_path))
    noted.write_text(said, "utf-8")
    before = sorted(tmp_path.rglob("*"))
    assert run(["init", "--claims", str(claims), "-o", str(tmp_path / "new" / "p")]) == 2
    assert "lies outside" in capfd.readouterr().err
    assert sorted(tmp_path.rglob("*")) == before


def test_a_text_that_is_missing_leaves_nothing_half(tmp_path: Path) -> None:
    claims = export(tmp_path)
    claims.with_name("text.fr.txt").unlink()
    assert run(["init", "--claims", str(claims), "-o", str(tmp_path / "p")]) == 2
    assert not (tmp_path / "p").exists()


@pytest.mark.parametrize(
    "heads",
    [
        {"document": []},
        {"publication": "x"},
        {"document": {"versions": ["de"]}},
        {"document": {"versions": {"de": "text.de.txt"}}},
        {"document": {"text": 5}},
        {"document": {"text": "text.txt", "language": ["en"]}},
        {"publication": {"vocabulary": {}}},
    ],
)
def test_heads_of_another_type_are_none_of_ours(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], heads: dict[str, Any]
) -> None:
    claims = export(tmp_path)
    claims.with_name("tables.json").write_text(json.dumps({"facts": heads}), "utf-8")
    assert run(["init", "--claims", str(claims), "-o", str(tmp_path / "p")]) == 2
    assert "tables.json: is not what lod export writes" in capfd.readouterr().err


def test_a_workbook_is_no_table_of_text(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    command = write(tmp_path, "")
    (tmp_path / "claims.csv").write_bytes(b"PK\x03\x04\xde")
    assert run([*command, "-o", str(tmp_path / "p")]) == 2
    assert "hint: save the table as CSV in UTF-8" in capfd.readouterr().err
