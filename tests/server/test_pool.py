"""The parts of the query pool, one by one."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lod.query.answers import Answer, QueryTask, has_more
from lod.server.pool import PoolData, QueryPool, ResultCache, Slots, SlowShapes
from lod.server.settings import Settings
from lod.server.store_pages import common_base


def test_slots_are_given_in_turn() -> None:
    async def go() -> list[str]:
        slots = Slots(1, queue=2)
        told: list[str] = []

        async def use(name: str) -> None:
            told.append(f"{name} {await slots.take(5)}")

        assert slots.try_take()
        first, second = (asyncio.ensure_future(use(name)) for name in ("first", "second"))
        await asyncio.sleep(0)
        assert (slots.held, slots.waiting) == (1, 2)
        await use("third")  # the queue is full
        slots.give()
        await first
        slots.give()
        await second
        slots.give()
        assert (slots.held, slots.waiting) == (0, 0)
        return told

    assert asyncio.run(go()) == ["third False", "first True", "second True"]


def test_slot_is_not_lost_with_who_waited() -> None:
    async def go() -> None:
        slots = Slots(1, queue=5)
        assert slots.try_take()
        assert not await slots.take(0.01)  # too long
        waiting = asyncio.ensure_future(slots.take(5))
        await asyncio.sleep(0)
        slots.give()  # it has the place now, but was cancelled before it knew
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        assert (slots.held, slots.waiting) == (0, 0)
        assert slots.try_take()

    asyncio.run(go())


@given(st.text(alphabet="abc?<>\"'019 {}.", max_size=60), st.integers(0, 10**6))
def test_shape_has_no_numbers(text: str, number: int) -> None:
    assert SlowShapes.of(f"{text} {number} ") == SlowShapes.of(f"{text} 7 ")


def test_slow_shapes_are_forgotten() -> None:
    now = [0.0]
    shapes = SlowShapes(seconds=60, clock=lambda: now[0])
    shapes.note("SELECT * { ?s ?p 1 }", is_slow=True)
    assert shapes.expects_slow("SELECT  * { ?s ?p 2222 }")
    assert not shapes.expects_slow("SELECT * { ?s ?o 1 }")
    now[0] = 61
    assert not shapes.expects_slow("SELECT * { ?s ?p 1 }")
    shapes.note("ASK { ?s ?p 1 }", is_slow=True)
    shapes.note("ASK { ?s ?p 2 }", is_slow=False)
    assert not shapes.expects_slow("ASK { ?s ?p 1 }")
    assert shapes.expects_slow("x" * (SlowShapes.LONG + 1))


def test_cache_has_a_size() -> None:
    cache = ResultCache(10_000)
    for number in range(20):
        task = QueryTask(f"ASK {{}} # {number}")
        cache.keep(task, Answer("ok", body=b"x" * 1000, is_stable=True))
    assert cache.find(QueryTask("ASK {} # 0")) is None
    assert cache.find(QueryTask("ASK {} # 19")) is not None
    cache.keep(QueryTask("large"), Answer("ok", body=b"x" * 9_900, is_stable=True))
    assert cache.find(QueryTask("large")) is None
    cache.keep(QueryTask("other each time"), Answer("ok", body=b"x"))
    assert cache.find(QueryTask("other each time")) is None
    cache.clear()
    assert cache.find(QueryTask("ASK {} # 19")) is None


LINE = b'<urn:a:s> <urn:a:p> "%d" <urn:a:g> .\n'


def test_data_is_replaced_under_the_queries() -> None:
    query = QueryTask("SELECT ?o { ?s ?p ?o }", results="csv")

    async def go() -> None:
        pool = QueryPool(PoolData(quads=LINE % 1), Settings())
        await pool.start()
        try:
            assert (await pool.run(query)).body == b"o\r\n1\r\n"
            assert (await pool.run(query)).body == b"o\r\n1\r\n"
            await pool.replace(PoolData(quads=LINE % 2))
            assert (await pool.run(query)).body == b"o\r\n2\r\n"
            with pytest.raises(Exception, match="could not be loaded"):
                await pool.replace(PoolData(quads=b"this is no data"))
            assert (await pool.run(query)).body == b"o\r\n2\r\n"
        finally:
            await pool.close()
        assert pool.processes == []

    asyncio.run(go())


def test_what_differs_each_time_is_not_kept() -> None:
    async def go() -> None:
        pool = QueryPool(PoolData(), Settings())
        await pool.start()
        try:
            for text in ("SELECT (UUID() AS ?x) {}", "SELECT (RAND() AS ?x) {}"):
                answers = {(await pool.run(QueryTask(text))).body for _ in range(3)}
                assert len(answers) == 3
        finally:
            await pool.close()

    asyncio.run(go())


VALUES = st.text(alphabet='a,"\r\n{}[]\\<>&\t ', max_size=8)


@given(st.lists(VALUES, min_size=0, max_size=6), st.integers(1, 7))
def test_rows_are_counted_whatever_is_in_them(values: list[str], limit: int) -> None:
    import pyoxigraph

    store = pyoxigraph.Store()
    for at, value in enumerate(values):
        node = pyoxigraph.NamedNode(f"urn:a:{at}")
        store.add(pyoxigraph.Quad(node, pyoxigraph.NamedNode("urn:a:p"), pyoxigraph.Literal(value)))
    formats = pyoxigraph.QueryResultsFormat
    for name in ("JSON", "XML", "CSV", "TSV"):
        for query in (
            "SELECT ?o ?n { ?s ?p ?o }",
            "SELECT ?n { ?s ?p ?o }",
            "SELECT ?o {?s ?p ?o}",
        ):
            body = store.query(query).serialize(format=getattr(formats, name))
            assert body is not None
            assert has_more(limit, body, name.lower()) is (len(values) > limit), (name, body)


def test_common_base_needs_a_host() -> None:
    assert common_base([]) == ""
    assert (
        common_base(["https://e.org/x1/document", "https://e.org/x2/document"]) == "https://e.org/"
    )
