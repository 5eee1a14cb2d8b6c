"""Results: what they hold, and that every format gives the same back."""

from __future__ import annotations

import csv
import datetime
import io
import json
from decimal import Decimal

import pyoxigraph
import pytest
import rdflib
from rdflib.compare import isomorphic

from lod.errors import FormatError, MissingExtraError, QueryError
from lod.query.result import QueryResult
from lod.query.run import run_query
from lod.query.store import QueryStore
from lod.query.terms import Term, TermType
from tests.query.data import BASE, GRAPH

GRAPH_FORMATS = ("turtle", "n-triples", "json-ld", "rdf-xml", "trig", "n-quads")
RDFLIB_NAMES = {"rdf-xml": "xml", "n-triples": "nt", "n-quads": "nquads"}
ALL = "SELECT ?s ?p ?o ?none { ?s ?p ?o } ORDER BY ?s ?p ?o"


def test_the_default_graph_is_all_graphs(store: QueryStore) -> None:
    assert len(run_query(store, "SELECT * { ?s ?p ?o }")) == 11


def test_a_graph_can_be_asked_alone(store: QueryStore) -> None:
    result = run_query(store, "SELECT ?g ?s { GRAPH ?g { ?s ?p ?o } }")
    assert [[str(term) for term in row] for row in result] == [[GRAPH, f"{BASE}b"]]


def test_prefixes_and_base_need_no_declaration(store: QueryStore) -> None:
    assert run_query(store, "ASK { <a> schema:knows <b> FILTER(ex:x = <ns#x>) }").boolean


def test_a_declaration_of_the_query_wins(store: QueryStore) -> None:
    query = "PREFIX schema: <https://other.example/> ASK { ?s schema:knows ?o }"
    assert run_query(store, query).boolean is False


def test_select_all_has_the_columns_in_the_order_of_the_query(store: QueryStore) -> None:
    result = run_query(store, "SELECT DISTINCT * { ?z schema:knows ?m . ?m schema:size ?a }")
    assert result.variables == ("z", "m", "a")
    pairs = {(str(row[0]), str(row[2])) for row in result}
    assert pairs == {(f"{BASE}a", "7"), (f"{BASE}b", "28000000000")}


def test_terms_have_all_their_parts(store: QueryStore) -> None:
    result = run_query(store, "SELECT ?o { <a> schema:name ?o FILTER(LANG(?o) = 'kk') }")
    language = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
    assert result.rows == [(Term(TermType.LITERAL, "Қазақстан", language, "kk"),)]
    assert run_query(store, "SELECT ?x {}").rows == [(None,)]


def test_blank_nodes_are_named_in_the_order_of_the_rows(store: QueryStore) -> None:
    query = "SELECT ?b ?o { <a> schema:name ?o BIND(BNODE(STR(?o)) AS ?b) } ORDER BY ?o"
    first, second = run_query(store, query), run_query(store, query)
    assert [row[0] for row in first.raw] == ["_:b1", "_:b2"]
    assert first == second


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("size", 28_000_000_000),
        ("share", Decimal("0.80")),
        ("ratio", 1.5),
        ("open", True),
        ("date", datetime.date(2024, 11, 27)),
        ("knows", f"{BASE}b"),
        ("note", 'SERVICE, "FROM"\tand\nLOAD <b> & more'),
    ],
)
def test_values_become_python(store: QueryStore, name: str, value: object) -> None:
    (row,) = run_query(store, f"SELECT ?o {{ <a> schema:{name} ?o }}")
    assert row[0] is not None
    assert row[0].to_python() == value
    assert type(row[0].to_python()) is type(value)


@pytest.mark.parametrize(
    ("lexical", "datatype"),
    [("x", "integer"), ("2023-02-31", "date"), ("NaN", "decimal"), ("yes", "boolean")],
)
def test_what_python_cannot_hold_stays_text(lexical: str, datatype: str) -> None:
    xsd = "http://www.w3.org/2001/XMLSchema#"
    assert Term(TermType.LITERAL, lexical, xsd + datatype).to_python() == lexical


@pytest.mark.parametrize("format_", ["json", "xml", "tsv"])
def test_select_parses_back(store: QueryStore, format_: str) -> None:
    result = run_query(store, ALL)
    kinds = pyoxigraph.QueryResultsFormat
    kind = {"json": kinds.JSON, "xml": kinds.XML, "tsv": kinds.TSV}[format_]
    back = pyoxigraph.parse_query_results(result.serialize(format_), kind)
    assert not isinstance(back, pyoxigraph.QueryBoolean)
    assert [variable.value for variable in back.variables] == list(result.variables)
    rows = [[None if term is None else str(term) for term in row] for row in back]
    assert rows == [list(row) for row in result.raw]


@pytest.mark.parametrize("format_", ["json", "xml"])
def test_select_parses_back_in_rdflib(store: QueryStore, format_: str) -> None:
    result = run_query(store, ALL)
    back = rdflib.query.Result.parse(io.BytesIO(result.serialize(format_).encode()), format=format_)
    assert len(back) == len(result)


def test_select_as_csv_is_what_the_csv_module_reads(store: QueryStore) -> None:
    result = run_query(store, ALL)
    text = result.serialize("csv")
    head, *rows = csv.reader(io.StringIO(text, newline=""))
    assert head == list(result.variables)
    assert rows == [["" if term is None else term.value for term in row] for row in result]
    assert text.endswith("\r\n")


@pytest.mark.parametrize("answer", [True, False])
def test_ask_in_every_format(store: QueryStore, answer: bool) -> None:
    query = "ASK { <a> schema:knows ?o }" if answer else "ASK { <a> schema:hates ?o }"
    result = run_query(store, query)
    assert result.boolean is answer
    assert bool(result) is answer
    for format_, kind in (
        ("json", pyoxigraph.QueryResultsFormat.JSON),
        ("xml", pyoxigraph.QueryResultsFormat.XML),
    ):
        back = pyoxigraph.parse_query_results(result.serialize(format_), kind)
        assert bool(back) is answer
    assert result.serialize("csv").strip() == result.serialize("tsv").strip() == str(answer).lower()
    assert result.serialize("table") == ("yes\n" if answer else "no\n")


@pytest.mark.parametrize("query", ["CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "DESCRIBE <a> <b>"])
@pytest.mark.parametrize("format_", GRAPH_FORMATS)
def test_graphs_parse_back(store: QueryStore, query: str, format_: str) -> None:
    result = run_query(store, query)
    back = rdflib.Dataset()
    back.parse(data=result.serialize(format_), format=RDFLIB_NAMES.get(format_, format_))
    expected = rdflib.Graph().parse(
        data="".join(" ".join(map(str, row)) + " .\n" for row in result.raw), format="nt"
    )
    found = rdflib.Graph()
    for subject, predicate, value, _ in back.quads():
        found.add((subject, predicate, value))
    assert isomorphic(found, expected)
    assert len(result.triples) == len(result) == len(expected) == 11


@pytest.mark.parametrize("format_", GRAPH_FORMATS)
def test_blank_nodes_of_a_graph_parse_back(store: QueryStore, format_: str) -> None:
    query = """CONSTRUCT { ?s schema:about [ schema:name ?o ; schema:text "rdf:about='_:b1'" ] .
        [] a <ns#X> } { ?s schema:name ?o }"""
    result = run_query(store, query)
    back = rdflib.Dataset()
    back.parse(data=result.serialize(format_), format=RDFLIB_NAMES.get(format_, format_))
    expected = rdflib.Graph().parse(data=result.serialize("n-triples"), format="nt")
    found = rdflib.Graph()
    for subject, predicate, value, _ in back.quads():
        found.add((subject, predicate, value))
    assert isomorphic(found, expected)


def test_a_triple_of_a_graph_is_there_once(store: QueryStore) -> None:
    result = run_query(store, "CONSTRUCT { <a> a schema:Thing } { ?s ?p ?o }")
    assert len(result) == 1


@pytest.mark.parametrize(
    ("query", "format_", "words"),
    [
        ("ASK {}", "turtle", "is no graph"),
        ("SELECT ?s {}", "json-ld", "is no graph"),
        ("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "csv", "is a graph"),
        ("SELECT ?s {}", "jsno", "no result format"),
        ("SELECT ?s {}", "excel", "no result format"),
    ],
)
def test_a_format_that_cannot_be(store: QueryStore, query: str, format_: str, words: str) -> None:
    with pytest.raises(FormatError, match=words) as caught:
        run_query(store, query).serialize(format_)
    assert caught.value.hint


def test_the_nearest_format_is_named() -> None:
    with pytest.raises(FormatError) as caught:
        QueryResult("SELECT").serialize("jsno")
    assert caught.value.hint == "Did you mean json?"


def test_xml_cannot_hold_control_characters(store: QueryStore) -> None:
    result = run_query(store, r'SELECT ("a\u0001" AS ?x) {}')
    with pytest.raises(FormatError, match="control character"):
        result.serialize("xml")
    assert json.loads(result.serialize("json"))["results"]["bindings"][0]["x"]["value"] == "a\x01"


def test_triples_as_terms_are_told(store: QueryStore) -> None:
    result = run_query(store, "SELECT (TRIPLE(<a>, <b>, 1) AS ?t) {}")
    with pytest.raises(QueryError, match="triples as terms"):
        result.serialize("json")


def test_a_data_frame(store: QueryStore) -> None:
    pandas = pytest.importorskip("pandas")
    frame = run_query(store, "SELECT ?s ?n ?none { ?s schema:size ?n } ORDER BY ?n").to_pandas()
    assert isinstance(frame, pandas.DataFrame)
    assert list(frame.columns) == ["s", "n", "none"]
    assert list(frame["n"]) == [7, 28_000_000_000]
    assert pandas.api.types.is_integer_dtype(frame["n"])
    assert list(frame["s"]) == [f"{BASE}b", f"{BASE}a"]
    assert frame["none"].isna().all()


def test_a_data_frame_of_nothing_has_its_columns(store: QueryStore) -> None:
    pytest.importorskip("pandas")
    frame = run_query(store, "SELECT ?s ?n { ?s schema:nothing ?n }").to_pandas()
    assert list(frame.columns) == ["s", "n"]
    assert len(frame) == 0


def test_a_data_frame_needs_pandas(store: QueryStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pandas", None)
    with pytest.raises(MissingExtraError) as caught:
        run_query(store, "SELECT ?s {}").to_pandas()
    assert "lod-facts[pandas]" in (caught.value.hint or "")
