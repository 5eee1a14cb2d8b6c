"""Answers are kept over restarts, and a damaged file is a miss, never a wrong answer."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lod.http.errors import NetworkError
from lod.wikidata.cache import Cache
from lod.wikidata.client import Client
from lod.wikidata.items import Item
from lod.wikidata.transport import Request
from tests.wikidata import faults
from tests.wikidata.conftest import Clock
from tests.wikidata.wikibase import LocalWikibase

Connect = Callable[..., Client]

REQUEST = Request("https://example.org/w/api.php", (("ids", "Q1"),))


def label(client: Client, *languages: str) -> str | None:
    item = client.get_items(["Q649"], languages or ("en",))["Q649"]
    assert isinstance(item, Item)
    return item.label("en")


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_second_run_asks_nothing(local: LocalWikibase, connect: Connect, tmp_path: Path) -> None:
    label(connect(cache=tmp_path))
    again = connect(cache=tmp_path)
    assert label(again) == "Moscow"
    assert len(local.requests) == 1


def test_the_order_of_ids_does_not_matter(
    local: LocalWikibase, connect: Connect, tmp_path: Path
) -> None:
    client = connect(cache=tmp_path)
    client.get_items(["Q649", "Q159"], ["en"])
    client.get_items(["Q159", "Q649", "Q159"], ["en"])
    assert len(local.requests) == 1


def test_another_request_is_asked(local: LocalWikibase, connect: Connect, tmp_path: Path) -> None:
    client = connect(cache=tmp_path)
    label(client, "en")
    label(client, "en", "kk")
    client.get_items(["Q649"], ["en"], ["labels"])
    client.search("Moscow", "en")
    client.search("Moscow", "ru")
    assert len(local.requests) == 5


def test_an_old_answer_is_asked_anew(
    local: LocalWikibase, connect: Connect, clock: Clock, tmp_path: Path
) -> None:
    client = connect(cache=tmp_path, max_age=3600)
    label(client)
    local.entities.edit("Q649")["labels"]["en"]["value"] = "Moskva"
    clock.time += 3599
    assert label(client) == "Moscow"
    clock.time += 1
    assert label(client) == "Moskva"
    assert label(client) == "Moskva"
    assert len(local.requests) == 2


def test_age_zero_asks_always_and_keeps_what_it_gets(
    local: LocalWikibase, connect: Connect, tmp_path: Path
) -> None:
    label(connect(cache=tmp_path))
    local.entities.edit("Q649")["labels"]["en"]["value"] = "Moskva"
    assert label(connect(cache=tmp_path, max_age=0)) == "Moskva"
    assert label(connect(cache=tmp_path)) == "Moskva"
    assert len(local.requests) == 2


def test_an_answer_from_the_future_is_a_miss(tmp_path: Path) -> None:
    Cache(tmp_path, max_bytes=1000, now=lambda: 5000.0).put(REQUEST.key, b"{}")
    assert Cache(tmp_path, max_bytes=1000, now=lambda: 4990.0).get(REQUEST.key, 100) is not None
    assert Cache(tmp_path, max_bytes=1000, now=lambda: 1000.0).get(REQUEST.key, 100) is None


@pytest.mark.parametrize(
    "fault",
    [
        faults.maxlag(),
        faults.half_json,
        faults.api_error("badvalue"),
        faults.answer(b'{"entities": {}}'),
        faults.answer(b"<html>", kind="text/html"),
    ],
)
def test_failures_are_not_kept(
    local: LocalWikibase, connect: Connect, tmp_path: Path, fault: faults.Fault
) -> None:
    local.always_fail(fault)
    with pytest.raises(NetworkError):
        label(connect(cache=tmp_path))
    assert files(tmp_path) == []


def test_a_folder_that_cannot_be_written_stops_nothing(
    local: LocalWikibase, connect: Connect, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    client = connect(cache=blocked)
    assert label(client) == "Moscow"
    assert label(client) == "Moscow"
    assert len(local.requests) == 2
    assert blocked.read_text() == "in the way"


def test_an_interrupted_write_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = Cache(tmp_path, max_bytes=1000)
    cache.put(REQUEST.key, b"old")

    def interrupt(self: Path, target: Path) -> Path:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        cache.put(REQUEST.key, b"new")
    monkeypatch.undo()
    found = cache.get(REQUEST.key, 100)
    assert found is not None
    assert found == b"old"
    assert len(files(tmp_path)) == 1


def test_a_file_under_the_name_of_another_request_is_a_miss(tmp_path: Path) -> None:
    cache = Cache(tmp_path, max_bytes=1000)
    other = Request(REQUEST.url, (("ids", "Q2"),))
    cache.put(REQUEST.key, b"one")
    (one,) = files(tmp_path)
    cache.put(other.key, b"two")
    (two,) = set(files(tmp_path)) - {one}
    two.write_bytes(one.read_bytes())
    assert cache.get(other.key, 100) is None
    assert cache.get(REQUEST.key, 100) is not None


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    Cache(tmp_path, max_bytes=10_000).put(REQUEST.key, bytes(5000))
    assert Cache(tmp_path, max_bytes=10_000).get(REQUEST.key, 100) is not None
    assert Cache(tmp_path, max_bytes=1000).get(REQUEST.key, 100) is None


@given(
    body=st.binary(max_size=200),
    damage=st.one_of(
        st.tuples(st.just("cut"), st.integers(0, 10_000), st.just(0)),
        st.tuples(st.just("flip"), st.integers(0, 10_000), st.integers(1, 255)),
        st.tuples(st.just("insert"), st.integers(0, 10_000), st.integers(0, 255)),
    ),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_any_damage_is_a_miss(tmp_path: Path, body: bytes, damage: tuple[str, int, int]) -> None:
    cache = Cache(tmp_path, max_bytes=10_000)
    cache.put(REQUEST.key, body)
    found = cache.get(REQUEST.key, 100)
    assert found is not None
    assert found == body
    (file,) = files(tmp_path)
    data = bytearray(file.read_bytes())
    kind, position, value = damage
    position %= len(data)
    if kind == "cut":
        del data[position:]
    elif kind == "flip":
        data[position] ^= value
    else:
        data.insert(position, value)
    file.write_bytes(data)
    assert cache.get(REQUEST.key, 100) is None
    # It is out of the way of the next answer.
    assert files(tmp_path) == []


def test_many_writers_and_readers_of_one_answer(tmp_path: Path) -> None:
    bodies = [bytes([number]) * 50_000 for number in range(4)]
    wrong: list[object] = []
    Cache(tmp_path, max_bytes=1_000_000).put(REQUEST.key, bodies[0])

    def work(body: bytes) -> None:
        cache = Cache(tmp_path, max_bytes=1_000_000)
        for _ in range(25):
            cache.put(REQUEST.key, body)
            found = cache.get(REQUEST.key, 100)
            if found is None or found not in bodies:
                wrong.append(found)

    threads = [threading.Thread(target=work, args=(body,)) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len(files(tmp_path)) == 1
