"""Queries that nest deep: what is let through, the engine survives; what is not, is refused."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lod.errors import QueryError
from lod.query import sparql_tokens
from lod.query.checked import MOST_DEPTH, check_query
from lod.query.limits import Limits
from lod.query.sparql_tokens import tokenize
from lod.query.store import QueryStore, run_query

# A query, by how many levels it has more than its simplest form.
DEEP: dict[str, Callable[[int], str]] = {
    "groups": lambda n: "ASK " + "{" * n + "?s ?p ?o" + "}" * n,
    "brackets": lambda n: "ASK { FILTER(" + "(" * n + "1" + ")" * n + ") }",
    "optional": lambda n: "ASK {" + "?s ?p ?o OPTIONAL {" * n + "}" * n + "}",
    "exists": lambda n: "ASK {" + "FILTER EXISTS { ?s ?p ?o " * n + "}" * n + "}",
    "selects": lambda n: "SELECT * {" + "{ SELECT * {" * n + "?s ?p ?o" + "}}" * n + "}",
    "paths": lambda n: "ASK { ?s " + "(" * n + "<x:a>" + ")*" * n + " ?o }",
    "not": lambda n: "ASK { FILTER(" + "!" * n + "1) }",
    "or": lambda n: "ASK { ?s ?p ?o FILTER(" + " || ".join(["?s=1"] * n) + ") }",
    "plus": lambda n: "ASK { ?s ?p ?o FILTER(" + "+".join(["1"] * n) + " = 1) }",
    "union": lambda n: "ASK { " + " UNION ".join(["{?s ?p ?o}"] * n) + " }",
    "alternatives": lambda n: "ASK { ?s " + "|".join(["<x:a>"] * n) + " ?o }",
    "filters": lambda n: "ASK { ?s ?p ?o " + "FILTER(?s=1) " * n + "}",
    "minus": lambda n: "ASK { ?s ?p ?o " + "MINUS {?s ?p ?o} " * n + "}",
    # The chain lies around the brackets that come first in it.
    "both": lambda n: (
        "ASK { FILTER(" + "(" * (n // 2) + "1" + ")" * (n // 2) + "+1" * (n // 2) + ") }"
    ),
}


def refusal(query: str) -> str:
    """What is said against a query; "" where it is let through."""
    try:
        check_query(query)
    except QueryError as error:
        return error.message
    return ""


@pytest.mark.parametrize("name", DEEP)
def test_what_nests_too_deep_is_refused_before_the_engine(name: str, store: QueryStore) -> None:
    make = DEEP[name]
    levels = bisect_left(range(MOST_DEPTH + 2), True, key=lambda n: bool(refusal(make(n))))
    assert 100 < levels <= MOST_DEPTH + 1
    said = refusal(make(levels))
    assert said.startswith("At line 1, column ")
    assert f"deeper than {MOST_DEPTH} levels" in said
    # One step below the limit the engine takes it, or its time is over, and it lives.
    try:
        run_query(store, make(levels - 1), limits=Limits(seconds=2))
    except QueryError as error:
        told = error.message
    else:
        told = ""
    assert "sudden end" not in told
    with pytest.raises(QueryError, match="deeper than"):
        run_query(store, make(levels))


def test_many_rows_and_triples_are_not_deep() -> None:
    rows = " ".join(["-1"] * 5000)
    assert check_query(f"SELECT ?x {{ VALUES ?x {{ {rows} }} ?x ?p 1 }}").form == "SELECT"
    pairs = "(1 -2) " * 5000
    assert check_query(f"SELECT ?x {{ VALUES (?x ?y) {{ {pairs} }} }}").form == "SELECT"
    assert check_query("ASK { " + "?s ?p 1, -2 ; ?q [ ?r (1 2) ] . " * 200 + "}").form == "ASK"


def test_a_long_run_of_names_is_read_once() -> None:
    """What looks like the prefix of a name to the end of the query takes no time of its own."""
    assert len(tokenize("ASK {" + "a-" * 25_000 + "}")) == 50_003


PARTS = st.sampled_from([*'a b - . : 1 é _ ?x < > \\- %41 @en _: "s" e1 / ( )'.split(" "), " "])


@given(st.lists(PARTS, max_size=14).map("".join))
def test_names_are_found_as_the_grammar_alone_would(query: str) -> None:
    expected, position = [], 0
    while position < len(query):
        match = sparql_tokens._TOKEN.match(query, position)
        if match is None:
            with pytest.raises(QueryError):
                tokenize(query)
            return
        if match.lastgroup != "SPACE":
            expected.append((match.group(), position))
        position = match.end()
    assert [(token.text, token.start) for token in tokenize(query)] == expected
