"""Rows that the engine wrote as text are those that it gives term by term."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store, Triple

from lod.errors import QueryLimitError
from lod.query.limits import Limits
from lod.query.result import RawRow
from lod.query.rows import Rows, read_graph, read_table
from lod.query.store import open_store, run_query
from lod.query.terms import XSD
from lod.rdf.dataset import Dataset

# Characters that mean something in one of the forms, and any others but surrogates.
TEXTS = st.text(
    st.one_of(
        st.sampled_from('\0\b\t\n\f\r"\\ <>()?_:.eE+-07\x7f\x85\u2028\ufffe\uffff'),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=12,
)
NUMBERS = st.one_of(
    st.integers().map(str),
    st.decimals(allow_nan=False, allow_infinity=False).map("{:f}".format),
    st.floats().map(str),
    st.sampled_from(["true", "false", "1", "+1.", ".5", "-.5E+3", "1e", "INF", "NaN", "007"]),
)
DATATYPES = st.sampled_from(["string", "boolean", "integer", "decimal", "double", "int", "date"])
NODES = st.one_of(
    st.sampled_from(["x:a", "https://e.org/(b)?c=1#_:d", "x:ё"]).map(NamedNode),
    st.sampled_from(["b1", "e"]).map(BlankNode),
)
LITERALS = st.one_of(
    TEXTS.map(Literal),
    st.builds(
        lambda text, language: Literal(text, language=language),
        TEXTS,
        st.sampled_from(["en", "zh-hant"]),
    ),
    st.builds(
        lambda text, name: Literal(text, datatype=NamedNode(XSD + name)),
        st.one_of(NUMBERS, TEXTS),
        DATATYPES,
    ),
)
PREDICATE = NamedNode("x:p")
TERMS = st.recursive(
    st.one_of(NODES, LITERALS),
    lambda inner: st.builds(Triple, NODES, st.just(PREDICATE), inner),
    max_leaves=3,
)


def token(term: object) -> str | None:
    """A term of the engine in N-Triples syntax."""
    if term is None:
        return None
    return f"<<( {term} )>>" if isinstance(term, Triple) else str(term)


def size(rows: Iterable[RawRow]) -> int:
    return sum(len(text.encode()) for row in rows for text in row if text is not None)


def filled(pairs: Iterable[tuple[NamedNode | BlankNode, object]]) -> Store:
    store = Store()
    for subject, term in pairs:
        store.add(Quad(subject, PREDICATE, term))  # type: ignore[arg-type] # any of the terms
    return store


@given(st.lists(st.tuples(NODES, TERMS), max_size=6))
def test_a_table_has_the_rows_of_the_engine(
    pairs: list[tuple[NamedNode | BlankNode, object]],
) -> None:
    store = filled(pairs)
    for query in (
        "SELECT ?s ?o ?none { ?s ?p ?o }",
        "SELECT ?o { ?s ?p ?o }",
        "SELECT ?none { ?s ?p ?o }",
        "SELECT * { <x:a> <x:p> <x:a> }",
    ):
        solutions, written = store.query(query), store.query(query)
        assert isinstance(solutions, pyoxigraph.QuerySolutions)
        assert isinstance(written, pyoxigraph.QuerySolutions)
        expected = [[token(term) for term in row] for row in solutions]
        data = written.serialize(format=pyoxigraph.QueryResultsFormat.TSV)
        assert data is not None
        names, found = read_table(data)
        assert names == tuple(variable.value for variable in solutions.variables)
        assert found.rows == expected
        assert found.size == size(expected)
        blank = any((text or "").startswith("_:") for row in expected for text in row)
        assert found.may_have_blanks >= blank


@given(st.lists(st.tuples(NODES, TERMS), max_size=6))
def test_a_graph_has_the_triples_of_the_engine(
    pairs: list[tuple[NamedNode | BlankNode, object]],
) -> None:
    store = filled(pairs)
    query = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"
    triples, written = store.query(query), store.query(query)
    assert isinstance(triples, pyoxigraph.QueryTriples)
    assert isinstance(written, pyoxigraph.QueryTriples)
    expected = [[token(term) for term in triple] for triple in triples]
    data = written.serialize(format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert data is not None
    found = read_graph(data)
    assert found.rows == expected
    assert found.size == size(expected)


def test_what_is_empty() -> None:
    assert read_table(b"?a\t?b\n") == (("a", "b"), Rows([], 0, may_have_blanks=False))
    assert read_table(b"\n\n\n") == ((), Rows([[], []], 0, may_have_blanks=False))
    assert read_graph(b"") == Rows([], 0, may_have_blanks=False)


# Short forms are a part of what they are in N-Triples, and this is what a limit counts.
@pytest.mark.parametrize("value", ["4", "4.5", "4e1", "true", '"\f"', "TRIPLE(?s, ?p, 4)"])
@pytest.mark.parametrize("count", [1, 9_000])
def test_bytes_are_counted_as_n_triples(value: str, count: int) -> None:
    triples = "".join(f'<x:{n}> <x:p> "" .\n' for n in range(count))
    query = f"SELECT ?v {{ ?s ?p ?o BIND({value} AS ?v) }}"
    with open_store(Dataset("x:", triples)) as store:
        raw = run_query(store, query).raw
        assert len(raw) == count
        limits = Limits(bytes=size(raw))
        assert run_query(store, query, limits=limits).raw == raw
        with pytest.raises(QueryLimitError, match="its result is larger"):
            run_query(store, query, limits=Limits(bytes=size(raw) - 1))
