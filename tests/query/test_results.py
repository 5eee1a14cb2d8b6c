"""Results: what they hold, and that every format gives the same back."""

from __future__ import annotations

import csv
import datetime
import io
import json
from decimal import Decimal
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from rdflib.compare import isomorphic

from lod.errors import FormatError, MissingExtraError, QueryError
from lod.query.result import QueryResult
from lod.query.store import QueryStore, open_store, run_query
from lod.query.terms import Term, TermType
from lod.rdf.dataset import Dataset
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


@pytest.mark.parametrize("character", ["\x01", "\ufffe", "\uffff"])
def test_xml_cannot_hold_control_characters(store: QueryStore, character: str) -> None:
    result = run_query(store, rf'SELECT ("a\u{ord(character):04X}" AS ?x) {{}}')
    with pytest.raises(FormatError, match="control character"):
        result.serialize("xml")
    assert (
        json.loads(result.serialize("json"))["results"]["bindings"][0]["x"]["value"]
        == f"a{character}"
    )


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


_X = "http://www.w3.org/2001/XMLSchema#"
#: Cells of a column as terms, the kind of the column, its values.
COLUMNS: list[tuple[list[str | None], str, list[object]]] = [
    ([f'"7"^^<{_X}integer>', None], "int64", [7, None]),
    ([f'"{2**63 - 1}"^^<{_X}integer>', None], "int64", [2**63 - 1, None]),
    ([f'"{2**63}"^^<{_X}integer>', f'"7"^^<{_X}int>'], "decimal", [Decimal(2**63), Decimal(7)]),
    ([f'"3.20"^^<{_X}decimal>', None], "decimal", [Decimal("3.20"), None]),
    ([f'"3.2"^^<{_X}decimal>', f'"28"^^<{_X}integer>'], "decimal", [Decimal("3.2"), Decimal(28)]),
    ([f'"0.{"1" * 37}"^^<{_X}decimal>'], "decimal", [Decimal(f"0.{'1' * 37}")]),
    ([f'"0.{"1" * 38}"^^<{_X}decimal>'], "string", [f"0.{'1' * 38}"]),
    ([f'"1.5"^^<{_X}double>', None], "double", [1.5, None]),
    ([f'"1.5"^^<{_X}double>', f'"3.20"^^<{_X}decimal>'], "string", ["1.5", "3.20"]),
    ([f'"true"^^<{_X}boolean>', None], "bool", [True, None]),
    ([f'"2024-11-27"^^<{_X}date>', None], "date32", [datetime.date(2024, 11, 27), None]),
    ([f'"-0044-03-15"^^<{_X}date>', f'"2024-11-27"^^<{_X}date>'], "string",
     ["-0044-03-15", "2024-11-27"]),
    ([f'"2024-11-27T10:00:00+02:00"^^<{_X}dateTime>', None], "timestamp",
     [datetime.datetime(2024, 11, 27, 8, tzinfo=datetime.UTC), None]),
    ([f'"2024-11-27T10:00:00"^^<{_X}dateTime>', f'"2024-11-27T10:00:00Z"^^<{_X}dateTime>'],
     "string", ["2024-11-27T10:00:00", "2024-11-27T10:00:00Z"]),
    ([f'"2024-11-27T10:00:00.1234567"^^<{_X}dateTime>'], "string", ["2024-11-27T10:00:00.1234567"]),
    (["<https://e.org/a>", '"x"@en', None], "string", ["https://e.org/a", "x", None]),
    ([f'"7"^^<{_X}integer>', '"x"'], "string", ["7", "x"]),
    ([None, None], "string", [None, None]),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "kind", "values"), COLUMNS)
def test_a_column_has_one_type_and_keeps_what_is_there(
    cells: list[str | None], kind: str, values: list[object]
) -> None:
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    result = QueryResult("SELECT", ("a",), raw=[[cell] for cell in cells])
    table = result.to_arrow()
    assert str(table.schema.field("a").type).startswith(kind)
    assert table.column("a").to_pylist() == values
    frame = result.to_pandas()
    assert [None if pandas.isna(one) else one for one in frame["a"]] == values
    assert list(frame["a"].isna()) == [cell is None for cell in cells]
    for written in (pyarrow.Table.from_pandas(frame), table):
        file = io.BytesIO()
        parquet.write_table(written, file)
        assert parquet.read_table(file).column("a").to_pylist() == values
    assert polars.from_arrow(table)["a"].to_list() == values
    assert polars.from_pandas(frame)["a"].to_list() == values


def test_not_a_number_is_no_unbound_cell() -> None:
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    result = QueryResult("SELECT", ("a",), raw=[[f'"NaN"^^<{_X}double>'], [None]])
    first, second = result.to_arrow().column("a").to_pylist()
    assert str(first) == "nan"
    assert second is None
    values = result.to_pandas()["a"].array
    assert list(values._mask) == [False, True]
    assert isinstance(values, pandas.arrays.FloatingArray)


WRITTEN = """\
<x:a> <x:n> "3.20"^^<http://www.w3.org/2001/XMLSchema#decimal> .
<x:b> <x:n> "007"^^<http://www.w3.org/2001/XMLSchema#integer> .
<x:c> <x:n> "2024-01-01T00:00:00.000Z"^^<http://www.w3.org/2001/XMLSchema#dateTime> .
<x:d> <x:m> "1.50"^^<http://www.w3.org/2001/XMLSchema#decimal> .
<x:e> <x:m> "1.5"^^<http://www.w3.org/2001/XMLSchema#decimal> .
"""


@pytest.mark.parametrize("as_file", [False, True])
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT ?n { ?s <x:n> ?n } ORDER BY ?s", ["3.20", "007", "2024-01-01T00:00:00.000Z"]),
        ("SELECT ?n (?n AS ?m) { <x:a> <x:n> ?n }", ["3.20,3.2"]),
        ("SELECT (SUM(?n) AS ?t) { <x:a> <x:n> ?n }", ["3.2"]),
        ("SELECT ?v { VALUES ?v { 3.2 } }", ["3.2"]),
        ("SELECT DISTINCT ?n { ?s <x:m> ?n }", ["1.5"]),  # written in two ways
    ],
)
def test_values_are_said_as_the_data_writes_them(
    query: str, expected: list[str], as_file: bool, tmp_path: Path
) -> None:
    file = tmp_path / "data.nt"
    file.write_text(WRITTEN)
    with open_store(file if as_file else Dataset("", WRITTEN)) as store:
        assert run_query(store, query).serialize("csv").splitlines()[1:] == expected


def test_a_graph_keeps_the_forms_of_the_data() -> None:
    with open_store(Dataset("", WRITTEN)) as store:
        assert '"3.20"^^' in run_query(store, "DESCRIBE <x:a>").serialize("n-triples")
        made = run_query(store, "CONSTRUCT { <x:z> <x:n> 3.2 } {}")
        assert '"3.2"^^' in made.serialize("n-triples")


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
