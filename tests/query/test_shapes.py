"""Queries of one shape: what was found of the first holds for all, and nothing else does."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lod.errors import LodError
from lod.query.checked import check_query, plain_shape

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


_ALONE = count()


def looked(text: str, *, alone: bool = False) -> object:
    """What is found of a query, or which error.

    Args:
        text: the query.
        alone: under prefixes that no query had before, so that none like it is known.
    """
    more = {f"unheard-of-{next(_ALONE)}": "urn:x:"} if alone else {}
    try:
        query = check_query(text, {**PREFIXES, **more})
    except LodError as error:
        return type(error), error.message
    found = query.form, query.source, query.text, dict(query.prefixes), query.tokens
    return *found, query.selects_all, query.is_stable, query.text_offset(len(text))


@given(st.lists(TEXTS, max_size=12))
def test_nothing_is_found_that_the_whole_check_would_not_find(texts: list[str]) -> None:
    for text in texts:
        assert looked(text) == looked(text, alone=True)


PLAIN = st.text("abcXYZ019:/._~%-", min_size=1, max_size=12)
STRINGS = st.text(st.characters(exclude_characters='"\\', exclude_categories=["C"]), min_size=1)


@given(st.lists(st.tuples(PLAIN, STRINGS, st.integers(0, 10**9)), min_size=2, max_size=5))
def test_what_differs_in_values_alone_is_alike(values: list[tuple[str, str, int]]) -> None:
    for iri, text, number in values:
        query = (
            f'SELECT ?o {{ <{iri}> wd:P1 ?o ; <{iri}/p> "{text}"@en . FILTER(?o < {number} ) }} '
            f"ORDER BY ?o LIMIT {number}"
        )
        assert looked(query) == looked(query, alone=True)


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


def test_what_is_known_of_queries_does_not_grow_without_end() -> None:
    import tracemalloc

    def look_at(numbers: range) -> int:
        for number in numbers:
            check_query(f"ASK {{ ?s{number} ?p ?o }} # {'x' * 3000}")
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        before = look_at(range(600))
        assert look_at(range(600, 3000)) - before < 6_000_000  # of 7,200,000 bytes of text
    finally:
        tracemalloc.stop()


def test_functions_that_differ_each_time_are_seen() -> None:
    for number in range(2):
        varies = f"SELECT (RAND() AS ?x) {{ <urn:a:{number}> ?p ?o }}"
        assert not check_query(varies, PREFIXES).is_stable
        assert check_query(f"SELECT ?p {{ <urn:a:{number}> ?p ?o }}", PREFIXES).is_stable
