"""What a notebook shows: tables that are bounded, well-formed and cannot carry anything else."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

import lod
from lod.diagnostics import Finding, FindingList, Severity
from lod.notebook import MOST_COLUMNS, MOST_OF_CELL, MOST_ROWS, html_table
from lod.query.result import QueryResult

EXAMPLE = Path(__file__).parents[2] / "examples" / "russia-kazakhstan"
TAGS = {"table", "caption", "thead", "tbody", "tr", "th", "td", "p", "div"}


@pytest.fixture(scope="module")
def example() -> lod.Publication:
    return lod.load(EXAMPLE)


def parsed(html: str) -> ElementTree.Element:
    """The HTML, which is well-formed XML too; nothing in it but tables."""
    root = ElementTree.fromstring(f"<div>{html}</div>")  # noqa: S314 - what we wrote
    assert {one.tag for one in root.iter()} <= TAGS
    assert {name for one in root.iter() for name in one.attrib} <= {"dir"}
    return root


def cells(html: str) -> list[list[str]]:
    return [["".join(cell.itertext()) for cell in row] for row in parsed(html).iter("tr")]


@given(st.text(), st.lists(st.lists(st.text(), min_size=1, max_size=3), max_size=4))
def test_any_text_is_shown_as_text(caption: str, rows: list[list[str]]) -> None:
    assert len(cells(html_table(caption, (), rows, len(rows)))) == len(rows)


def test_a_table_is_bounded() -> None:
    rows = [["x" * 10_000] * 100 for _ in range(1_000)]
    html = html_table("Many", [f"c{n}" for n in range(100)], rows, len(rows))
    found = cells(html)
    assert len(found) == MOST_ROWS + 1
    assert {len(row) for row in found} == {MOST_COLUMNS}
    assert len(found[1][0]) == MOST_OF_CELL
    assert html.endswith("<p>… 950 more rows and 70 more columns</p>")


def test_a_publication(example: lod.Publication) -> None:
    facts = example.require_facts()
    found = {name: value for name, value, *_ in cells(example._repr_html_())}
    assert found["statements"] == f"{len(facts.statements):,}"
    assert found["base"] == "https://data.example.org/russia-kazakhstan/"
    assert repr(example).endswith(f"facts.yaml: {len(facts.statements)} statements, no findings>")


def test_a_publication_with_errors_shows_them(tmp_path: Path) -> None:
    (tmp_path / "facts.yaml").write_text("publication: {base: <script>}\n")
    broken = lod.load(tmp_path)
    assert repr(broken).endswith(f"errors, {len(broken.findings)} findings>")
    rows = cells(broken._repr_html_())
    assert any("<script>" in cell for row in rows for cell in row)
    assert cells(broken.findings._repr_html_())[1:] == [row for row in rows if len(row) == 6][1:]


def test_a_claim(example: lod.Publication) -> None:
    [claim] = [one for one in example.require_facts().statements if one.id == "trade-2023"]
    found = dict(cells(claim._repr_html_()))
    assert found["value"] == "exceeding the threshold of $28 billion"
    assert found["property"] == "rel:tradeVolume"
    assert found["during"] == "Last year"
    assert found["rel:rank"] == "“a new record”"


def test_every_claim_of_the_example_can_be_shown(example: lod.Publication) -> None:
    for claim in example.require_facts().statements:
        assert all(value for _, value in cells(claim._repr_html_()))


def test_findings() -> None:
    one = Finding("shape", Severity.ERROR, "a < b", "say so")
    [head, row] = cells(FindingList([one])._repr_html_())
    assert dict(zip(head, row, strict=True))["message"] == "a < b"
    assert one._repr_html_() == FindingList([one])._repr_html_()
    assert "No findings" in FindingList()._repr_html_()


def test_results(example: lod.Publication) -> None:
    figures = example.query("figures")
    assert len(cells(figures._repr_html_())) == len(figures) + 1
    claims = example.query("SELECT * { ?s ?p ?o }")
    assert len(cells(claims._repr_html_())) == MOST_ROWS + 1
    assert f"{len(claims) - MOST_ROWS:,} more rows" in claims._repr_html_()
    assert "\n" not in repr(claims)
    assert cells(QueryResult("ASK", boolean=True)._repr_html_()) == [["yes"]]
    assert repr(QueryResult("ASK", boolean=False)) == "<QueryResult ASK: no>"


def test_a_dataset_is_a_line(example: lod.Publication) -> None:
    dataset = example.dataset()
    assert repr(dataset) == (
        f"<Dataset https://data.example.org/russia-kazakhstan/: {len(dataset):,} quads "
        f"in {len(dataset.graphs)} named graphs and the default one, {len(dataset.claims)} claims>"
    )


def test_a_report(example: lod.Publication) -> None:
    report = example.validate()
    assert "conforms" in report._repr_html_()
