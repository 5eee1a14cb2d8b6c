"""Every format says the same as the dataset, to every library that reads it."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from lod.errors import FormatError
from lod.rdf.dataset import Dataset, to_graph
from lod.rdf.formats import FORMATS, N_QUADS, N_TRIPLES, TURTLE, Format
from lod.rdf.serialize import serialize

if TYPE_CHECKING:
    from tests.rdf.conftest import Quad, Reader

READS = {
    "turtle": ("pyoxigraph", "rdflib", "rapper"),
    "json-ld": ("pyoxigraph", "rdflib", "pyld"),
    "trig": ("pyoxigraph", "rdflib", "rapper"),
    "n-quads": ("pyoxigraph", "rdflib", "rapper"),
    "n-triples": ("pyoxigraph", "rdflib", "rapper"),
    "rdf-xml": ("pyoxigraph", "rdflib", "rapper"),
}
# What rdflib's own serializer and queries use of rdflib.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

CASES = [(f, reader) for f in FORMATS for reader in READS[f.name]]


@pytest.fixture(params=["sample", "conforming"])
def dataset(request: pytest.FixtureRequest) -> Dataset:
    """Each of the datasets."""
    found: Dataset = request.getfixturevalue(request.param)
    return found


@pytest.mark.parametrize(("format_", "reader"), CASES, ids=str)
def test_reads_back_to_the_same_quads(
    format_: Format,
    reader: str,
    dataset: Dataset,
    readers: dict[str, Reader],
    expected: Callable[[Dataset, Format], set[Quad]],
) -> None:
    quads = expected(dataset, format_)
    assert len(quads) > 50
    assert readers[reader](serialize(dataset, format_), format_) == quads


def test_graph_formats_hold_the_default_graph_and_dataset_formats_all(sample: Dataset) -> None:
    direct = "record-breaking"
    holds = {f.name: direct in serialize(sample, f) for f in FORMATS}
    assert holds == {f.name: f.holds_graphs for f in FORMATS}


@pytest.mark.parametrize("format_", FORMATS, ids=str)
def test_the_same_dataset_gives_the_same_bytes(format_: Format, dataset: Dataset) -> None:
    again = replace(dataset, graphs=dict(dataset.graphs), prefixes=dict(dataset.prefixes))
    assert serialize(again, format_) == serialize(dataset, format_)


@pytest.mark.parametrize("format_", FORMATS, ids=str)
def test_text_ends_with_one_newline_and_no_line_with_a_space(
    format_: Format, dataset: Dataset
) -> None:
    text = serialize(dataset, format_)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert [line for line in text.split("\n") if line != line.rstrip(" ")] == []


@pytest.mark.parametrize("format_", FORMATS, ids=str)
def test_characters_outside_ascii_stay_as_they_are(format_: Format, sample: Dataset) -> None:
    text = serialize(sample, format_)
    for words in ("Қазақстан", "كازاخستان", "🇰🇿"):
        assert words in text


@pytest.mark.parametrize("format_", FORMATS, ids=str)
def test_a_dataset_without_quads_is_well_formed(
    format_: Format, readers: dict[str, Reader]
) -> None:
    text = serialize(Dataset("https://e.org/", "", {"https://e.org/g": ""}), format_)
    assert readers["pyoxigraph"](text, format_) == set()


def changed_lines(before: str, after: str) -> int:
    lines = difflib.ndiff(before.split("\n"), after.split("\n"))
    return sum(line.startswith(("- ", "+ ")) for line in lines)


ONE_WORD = {
    "Last year": "In the past year",
    '"a new record"@en': '"a new record, again"@en',
    "28000000000": "29000000000",
    "CSTO is": "the CSTO is",
    "Republic of Kazakhstan": "the Republic of Kazakhstan",
}


@pytest.mark.parametrize("format_", FORMATS, ids=str)
@pytest.mark.parametrize("old", ONE_WORD)
def test_one_literal_changed_changes_few_lines(format_: Format, old: str, sample: Dataset) -> None:
    default = sample.default.replace(old, ONE_WORD[old], 1)
    changed = replace(sample, default=default)
    differences = changed_lines(serialize(sample, format_), serialize(changed, format_))
    assert differences == (2 if default != sample.default else 0)


@pytest.mark.parametrize("format_", FORMATS, ids=str)
def test_a_quote_one_word_longer_changes_at_most_three_lines(
    format_: Format, sample: Dataset
) -> None:
    default = (
        sample.default.replace('"the threshold of $28 billion"', '"threshold of $28 billion"')
        .replace('"exceeding "', '"exceeding the "')
        .replace('"1835"', '"1839"')
    )
    changed = replace(sample, default=default)
    differences = changed_lines(serialize(sample, format_), serialize(changed, format_))
    assert differences == 6  # three lines, each taken away and put in


@pytest.mark.parametrize("format_", [TURTLE, N_TRIPLES, N_QUADS], ids=str)
def test_a_new_entity_only_adds_lines(format_: Format, sample: Dataset) -> None:
    before = "<https://data.example.org/sample/entity/csto> "
    new = before.replace("csto", "brics") + (
        '<http://www.w3.org/2000/01/rdf-schema#label> "BRICS"@en .\n'
    )
    at = sample.default.index(f"\n{before}") + 1
    changed = replace(sample, default=sample.default[:at] + new + sample.default[at:])
    lines = difflib.ndiff(
        serialize(sample, format_).split("\n"), serialize(changed, format_).split("\n")
    )
    marks = [line[0] for line in lines if line[0] in "+-"]
    assert marks
    assert set(marks) == {"+"}


def test_an_unknown_format_is_an_error_with_a_hint(sample: Dataset) -> None:
    with pytest.raises(FormatError) as error:
        serialize(sample, "turtel")
    assert error.value.hint == "Did you mean turtle?"


def test_rdflib_graph_has_every_quad_as_it_was_written(
    dataset: Dataset,
    readers: dict[str, Reader],
    expected: Callable[[Dataset, Format], set[Quad]],
) -> None:
    graph = to_graph(dataset)
    assert readers["rdflib"](graph.serialize(format="nquads"), N_QUADS) == expected(
        dataset, N_QUADS
    )


def test_rdflib_graph_keeps_digits_and_binds_prefixes(sample: Dataset) -> None:
    graph = to_graph(sample)
    numbers = graph.query("SELECT ?n { ?q schema:value ?n . ?claim lod:value ?q }")
    assert [str(row[0]) for row in numbers] == ["2.10"]  # type: ignore[index]  # a SELECT has rows
    assert dict(graph.namespaces())["own"].toPython() == "https://data.example.org/terms#"


@pytest.mark.parametrize(("union", "answers"), [(False, 0), (True, 1)])
def test_rdflib_graph_shows_reported_triples_only_when_asked(
    union: bool, answers: int, sample: Dataset
) -> None:
    graph = to_graph(sample, union=union)
    assert len(list(graph.query("SELECT * { ?s rel:memberOf ?o }"))) == answers
    named = graph.query("SELECT * { GRAPH ?g { ?s rel:memberOf ?o } }")
    assert len(list(named)) == 1
