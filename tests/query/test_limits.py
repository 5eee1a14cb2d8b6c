"""Queries that would not end, or give too much, are stopped; the store goes on to work."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from lod.errors import QueryError, QueryLimitError
from lod.query.limits import Limits
from lod.query.store import QueryStore, open_store, run_query
from lod.rdf.dataset import Dataset
from tests.query.data import grid

TIGHT = Limits(seconds=0.5, rows=1000, bytes=100_000, memory=64 << 20)
GROWING = " ".join(
    f"BIND(CONCAT({','.join([old] * 10)}) AS {new})"
    for old, new in zip(
        ("?a", "?b", "?c", "?d", "?e", "?f", "?g", "?h"),
        ("?b", "?c", "?d", "?e", "?f", "?g", "?h", "?i"),
        strict=True,
    )
)

linux = pytest.mark.skipif(sys.platform != "linux", reason="no limit of memory elsewhere")

KILLERS = {
    "product": ("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", "seconds"),
    "product-of-rows": ("SELECT ?a { ?a ?b ?c . ?d ?e ?f }", "rows"),
    "paths": (
        "SELECT (COUNT(*) AS ?n) { ?a (x:next|!x:other)* ?b . ?c (x:next|^x:next)* ?d . "
        "?e (x:next|^x:next)+ ?f }",
        "seconds",
    ),
    "regex": (
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i "
        'FILTER REGEX(STR(?a), "(a|b?c)*$") }',
        "seconds",
    ),
    "nested-lists": ("SELECT * { ?s ?p " + "(" * 300 + ")" * 300 + " }", "seconds"),
    "wide-rows": (
        "SELECT ?t { ?a ?b ?c BIND(CONCAT(STR(?a), STR(?b), STR(?c), STR(?a), STR(?b)) AS ?t) "
        "BIND(CONCAT(?t, ?t, ?t, ?t, ?t, ?t, ?t, ?t) AS ?u) }".replace("?t {", "?u {"),
        "bytes",
    ),
}


@pytest.fixture(scope="module")
def rings() -> Iterator[QueryStore]:
    with open_store(grid(300)) as opened:
        yield opened


@pytest.mark.parametrize("name", KILLERS)
def test_is_stopped(rings: QueryStore, name: str) -> None:
    query, limit = KILLERS[name]
    with pytest.raises(QueryLimitError) as caught:
        run_query(rings, query, limits=TIGHT)
    assert f"Limits({limit}=…)" in (caught.value.hint or "")
    assert f"--max-{limit}" in (caught.value.hint or "")
    # The next query finds the data as before.
    assert run_query(rings, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows[0][0].value == "300"  # type: ignore[union-attr] # a count is never unbound


@linux
@pytest.mark.parametrize(
    "query",
    [
        f'SELECT (STRLEN(?i) AS ?n) {{ VALUES ?a {{ "0123456789" }} {GROWING} }}',
        "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?a",
    ],
    ids=["text", "order"],
)
def test_memory_is_limited(rings: QueryStore, query: str) -> None:
    limits = Limits(seconds=20, memory=64 << 20)
    with pytest.raises(QueryLimitError, match="more memory than 64 MiB"):
        run_query(rings, query, limits=limits)


@pytest.mark.parametrize("limit", ["rows", "bytes"])
def test_a_limit_holds_exactly(rings: QueryStore, limit: str) -> None:
    query = "SELECT ?s { ?s ?p ?o } LIMIT 10"
    size = sum(len(row[0] or "") for row in run_query(rings, query).raw)
    enough = {"rows": 10, "bytes": size}[limit]
    assert len(run_query(rings, query, limits=Limits(**{limit: enough}))) == 10
    with pytest.raises(QueryLimitError):
        run_query(rings, query, limits=Limits(**{limit: enough - 1}))


# With texts of one, two and four bytes a character, a column without values, and one in half of the
# rows: below, at and above what goes into one frame of the answer.
@pytest.mark.parametrize("count", [1, 499, 500, 501, 1000, 1207])
def test_limits_hold_exactly_however_many_frames_there_are(count: int) -> None:
    triples = "".join(
        f'<x:{n}> <x:p> "{"aё𝄞"[n % 3] * (n % 900)}" .\n'
        + (f'<x:{n}> <x:q> "{n}" .\n' if n % 2 else "")
        for n in range(count)
    )
    query = "SELECT ?s ?o ?u ?q { ?s <x:p> ?o OPTIONAL { ?s <x:q> ?q } }"
    with open_store(Dataset("x:", triples)) as store:
        raw = run_query(store, query).raw
        assert len(raw) == count
        assert {row[2] for row in raw} == {None}
        size = sum(len((text or "").encode()) for row in raw for text in row)
        exact = Limits(rows=count, bytes=size)
        assert run_query(store, query, limits=exact).raw == raw
        with pytest.raises(QueryLimitError, match="its result is larger"):
            run_query(store, query, limits=replace(exact, bytes=size - 1))
        if count > 1:
            with pytest.raises(QueryLimitError, match=f"more than {count - 1:,} rows"):
                run_query(store, query, limits=replace(exact, rows=count - 1))


def test_a_graph_has_limits_too(rings: QueryStore) -> None:
    with pytest.raises(QueryLimitError, match="more than 5 rows"):
        run_query(rings, "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", limits=Limits(rows=5))


def test_none_lifts_every_limit(rings: QueryStore) -> None:
    free = Limits(seconds=None, rows=None, bytes=None, memory=None)
    assert len(run_query(rings, "SELECT * { ?s ?p ?o }", limits=free)) == 300


@pytest.mark.parametrize("value", [0, -1, float("nan"), float("inf")])
def test_a_limit_is_a_positive_number(value: float) -> None:
    with pytest.raises(QueryError, match="not a positive number"):
        Limits(seconds=value)


def test_what_nests_too_deep_leaves_the_store_at_work(rings: QueryStore) -> None:
    query = "SELECT * { FILTER(" + "(" * 501 + "1" + ")" * 501 + ") }"
    with pytest.raises(QueryError, match="nests deeper than 500 levels"):
        run_query(rings, query)
    assert run_query(rings, "ASK {}")


def test_a_long_query_is_malformed(rings: QueryStore) -> None:
    with pytest.raises(QueryError, match="longer than"):
        run_query(rings, "ASK {}" + " " * 1_000_000)
