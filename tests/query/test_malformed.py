"""Malformed queries: line and column of the fault, what is there, what was expected."""

from __future__ import annotations

import pytest

from lod.errors import QueryError
from lod.query.store import QueryStore, run_query

# query, line, column, words of the message or hint
CASES = [
    ("", 1, 1, "SELECT, ASK, CONSTRUCT or DESCRIBE was expected"),
    ("# only a comment", 1, 17, "was expected"),
    ("SELCT * { ?s ?p ?o }", 1, 1, "was expected"),
    ("SELECT * WHERE { ?s ?p ?o", 1, 16, "{ is never closed by }"),
    ("SELECT *\nWHERE { ?s ?p (1 2 }", 2, 20, "( at line 2, column 15 is still open"),
    ("ASK { ?s ?p ?o } }", 1, 18, "} closes nothing"),
    ("SELECT *\nWHERE { ?s ex2:p ?o }", 2, 12, 'the prefix "ex2:" is not declared'),
    ("SELECT * { ?s scema:name ?o }", 1, 15, "Did you mean schema:?"),
    ("SELECT * { ?s ?p ?o FILTER(REGX(?o, 'x')) }", 1, 28, "Did you mean REGEX?"),
    ("SELECT * WHERE ?s", 1, 16, '"{" was expected, but "?s" is there'),
    ("SELECT * { ?s ?p }", 1, 18, "a variable, an IRI or a prefixed name, a text"),
    ("SELECT * { ?s ?p ?o } ORDER ?s", 1, 29, 'BY was expected, but "?s" is there'),
    ("SELECT * { ?s ?p ?o . OPTIONAL ?s ?p ?x }", 1, 32, '"{" was expected'),
    ("SELECT * { ?s ?p ?o } LIMIT schema:y", 1, 29, "a number was expected"),
    ("SELECT * { ?s ?p ?o } LIMIT -1", 1, 29, "a number was expected"),
    ("SELECT *\n{\n  ?s ?p 'é' ?x }", 3, 13, '"?x" is there'),
    ("ASK { ?s ?p ?o } ASK {}", 1, 18, 'or the end was expected, but "ASK" is there'),
    ("CONSTRUCT { ?s ?p } {}", 1, 19, '"}" is there'),
    ("SELECT (1 + AS ?x) {}", 1, 13, '"AS" is there'),
    ("SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o }", 1, 1, "not grouped by"),
    ("SELECT * { ?s ?p ?o } GROUP BY ?s", 1, 1, "exclude each other"),
    ("SELECT * { BIND(1 AS ?x) BIND(2 AS ?x) }", 1, 38, "has a value already"),
    ("SELECT * { <http://[> ?p ?o }", 1, 12, "this is no IRI"),
    ("SELECT * { <http://a.example/b c> ?p ?o }", 1, 12, "has a character that it cannot have"),
    ("SELECT * { FILTER((?a<?b)&&(?c>?d)) }", 1, 22, 'put a space after "<"'),
    ("SELECT * { ?s ?p 'abc }", 1, 18, "does not end"),
    ('SELECT * { ?s ?p """abc" }', 1, 18, 'End it with """'),
    ('SELECT * { ?s ?p "a\nb" }', 1, 18, "Line breaks need three quotation marks"),
    (r'SELECT * { ?s ?p "\d" }', 1, 18, "unknown escape"),
    (r"SELECT * { \uD800 }", 1, 12, "is not a character"),
    ("SELECT * { ?s ?p ` }", 1, 18, "has no place"),
    ("SELECT * { ?s ?p \x00 }", 1, 18, "U+0000 has no place"),
    ("SELECT * { ?s ?p '\ud800' }", 1, 19, "U+D800 is not a character"),
    ("SELECT * { ?s ?p 'x'@ }", 1, 21, "a language tag"),
]


@pytest.mark.parametrize(("query", "line", "column", "words"), CASES)
def test_is_told_with_its_place(
    store: QueryStore, query: str, line: int, column: int, words: str
) -> None:
    with pytest.raises(QueryError) as caught:
        run_query(store, query)
    assert f"line {line}, column {column}:" in caught.value.message
    assert words in f"{caught.value.message} {caught.value.hint}"


def test_a_place_is_right_behind_text_that_was_rewritten(store: QueryStore) -> None:
    names = "PREFIX service: <https://a.example/#> "
    query = f"{names}SELECT * {{ service:a <https://a.example/#'()> ?o ?x }}"
    with pytest.raises(QueryError) as caught:
        run_query(store, query)
    assert f"column {query.index('?x') + 1}: " in caught.value.message
    assert 'but "?x" is there' in caught.value.message


def test_an_unknown_function_is_told(store: QueryStore) -> None:
    with pytest.raises(QueryError, match=r"function <https://a\.example/f> is not supported"):
        run_query(store, "SELECT (<https://a.example/f>(1) AS ?x) {}")


def test_the_store_works_after_a_malformed_query(store: QueryStore) -> None:
    with pytest.raises(QueryError):
        run_query(store, "SELECT * { ?s ?p }")
    assert run_query(store, "ASK { ?s ?p ?o }").boolean
