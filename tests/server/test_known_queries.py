"""Queries that are like one that was looked at: they are taken as if they had been, too."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lod.errors import LodError
from lod.query.checked import check_query
from lod.server.known_queries import KnownQueries, plain_shape

PREFIXES = {"ex": "https://e.org/", "wd": "http://www.wikidata.org/entity/"}
# What a query is made of, and what looks like it: whatever is put together has to be read as the
# whole check reads it.
PIECES = [
    *("SELECT ?p ?o { ", "SELECT * { ", "ASK { ", "CONSTRUCT { ?s ?p ?o } { ", " } ", "?s ?p ?o "),
    *("<urn:a:b>", "<https://e.org/x>", "<x>", "<>", "<a b>", "<a#b>", "<a'b>", "<\\u0041>", "< "),
    *('"x"', '"SERVICE <urn:x> { }"', '""', '"""', '"<urn:a>"', "'x'", "'", '"', '"a"@en', "\\"),
    *("^^<urn:t>", "ex:a", "ex:a.b.c", "ex:service", "wd:Q1", "no:a", " . ", " ; ", "a", "FILTER("),
    *(
        "?a<?b",
        "?a<urn:a>?b",
        "?a < 3",
        ")",
        " LIMIT 5",
        " LIMIT 17",
        " OFFSET 3 ",
        "7",
        " 7 ",
        "7e",
    ),
    *("SERVICE <urn:x> { ", "SERVICE", "service:x", "FROM <urn:x> ", "LOAD <urn:x>", "# SERVICE\n"),
    *(
        "PREFIX ex: <https://f.org/> ",
        "BASE <urn:b:>",
        "\n",
        "\t",
        "\x01",
        "\x02",
        "RAND()",
        "NOW()",
    ),
    *("é", "\u2028", "\ud800", "\\u0053ERVICE <urn:x> { }", "{", "}", "INSERT DATA { ", "DROP ALL"),
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


def found(queries: KnownQueries | None, text: str) -> object:
    """What is found of a query, or which error."""
    try:
        if queries is not None:
            looked = queries.look(text)
            return looked.form, looked.text, looked.prefixes
        checked = check_query(text, PREFIXES)
    except LodError as error:
        return type(error), error.message
    return checked.form, checked.text, dict(checked.prefixes)


@given(st.lists(TEXTS, max_size=12))
def test_nothing_is_found_that_the_whole_check_would_not_find(texts: list[str]) -> None:
    queries = KnownQueries(PREFIXES)
    for text in texts:
        assert found(queries, text) == found(None, text)


PLAIN = st.text("abcXYZ019:/._~%-", min_size=1, max_size=12)
STRINGS = st.text(st.characters(exclude_characters='"\\', exclude_categories=["C"]), min_size=1)


@given(st.lists(st.tuples(PLAIN, STRINGS, st.integers(0, 10**9)), min_size=2, max_size=5))
def test_what_differs_in_values_alone_is_alike(values: list[tuple[str, str, int]]) -> None:
    queries = KnownQueries(PREFIXES)
    for iri, text, number in values:
        query = (
            f'SELECT ?o {{ <{iri}> wd:P1 ?o ; <{iri}/p> "{text}"@en . FILTER(?o < {number} ) }} '
            f"ORDER BY ?o LIMIT {number}"
        )
        assert found(queries, query) == found(None, query)


def test_likeness_is_used() -> None:
    one, other = "SELECT ?p { <urn:a:1> ?p ?o } LIMIT 5", "SELECT ?p { <urn:a:2> ?p ?o } LIMIT 99"
    assert plain_shape(one) == plain_shape(other) is not None


@pytest.mark.parametrize(
    "text",
    [
        "ASK { ?s ?p 'x' }",
        'ASK { ?s ?p "" }',
        'ASK { ?s ?p """x""" }',
        "ASK { ?s ?p ?o } # <urn:x>",
        "ASK { ?s ?p <urn:a#b> }",
        "ASK { ?s ?p ?o FILTER(?o < 5) }",
        r"ASK { ?s ?p <urn:\u0061> }",
        'ASK { ?s ?p "<urn:x>" }',
        "ASK { \x01 ?p ?o }",
        "ASK { ?s ?p ?o }" + " " * 5000,
    ],
)
def test_what_is_not_plain_is_looked_at_as_a_whole(text: str) -> None:
    assert plain_shape(text) is None


def test_known_queries_are_forgotten() -> None:
    queries = KnownQueries(PREFIXES)
    for number in range(1200):
        queries.look(f"ASK {{ ?s{number} ?p ?o }}")
    assert len(queries._known) <= 500


def test_functions_that_differ_each_time_are_seen() -> None:
    queries = KnownQueries(PREFIXES)
    for _ in range(2):
        assert not queries.look("SELECT (RAND() AS ?x) { <urn:a:1> ?p ?o }").is_stable
        assert queries.look("SELECT ?p { <urn:a:1> ?p ?o }").is_stable
