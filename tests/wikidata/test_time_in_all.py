"""The time of all requests together has a limit; what was done until then is kept."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from lod.cli.commands import link as link_command
from lod.cli.run import run
from lod.http.errors import TimeUpError
from lod.http.retry import NetworkLimits, Retry
from lod.wikidata.client import Client
from tests.wikidata import faults
from tests.wikidata.conftest import Clock
from tests.wikidata.wikibase import LocalWikibase, Received

Connect = Callable[..., Client]


def test_waits_do_not_add_up_beyond_it(
    local: LocalWikibase, connect: Connect, clock: Clock
) -> None:
    """A server that always lags is asked no longer than the limit of the whole."""
    local.always_fail(faults.maxlag("7"))
    client = connect(limits=NetworkLimits(attempts=100, whole=30))
    with pytest.raises(TimeUpError, match=r"30 seconds in all, .*: .*maxlag"):
        client.get_items(["Q649"], ["en"])
    assert sum(clock.waits) <= 30 < sum(clock.waits) + 7
    asked = len(local.requests)
    with pytest.raises(TimeUpError):
        client.search("Moscow", "en")
    assert len(local.requests) <= asked + 1


def test_without_a_limit(local: LocalWikibase, connect: Connect, clock: Clock) -> None:
    local.fail(*[faults.maxlag("100")] * 9)
    client = connect(limits=NetworkLimits(attempts=10))
    assert client.get_items(["Q649"], ["en"])
    assert sum(clock.waits) >= 900


def test_what_nobody_asks_does_not_count(clock: Clock) -> None:
    """Somebody may think for an hour between two requests."""
    retry = Retry(NetworkLimits(whole=10, deadline=60), sleep=clock.sleep, now=clock.now)
    for _ in range(3):
        retry.run(lambda: clock.sleep(3))
        clock.sleep(3600)
    assert retry.deadline() == pytest.approx(1)
    retry.run(lambda: clock.sleep(3))
    with pytest.raises(TimeUpError):
        retry.run(lambda: clock.sleep(3))


def test_a_request_ends_with_the_whole(local: LocalWikibase, connect: Connect) -> None:
    local.fail(faults.silent)
    client = connect(limits=NetworkLimits(whole=0.2), now=time.monotonic)
    with pytest.raises(TimeUpError, match=r"0\.2 seconds in all"):
        client.get_items(["Q649"], ["en"])


def test_answers_are_kept(local: LocalWikibase, connect: Connect, tmp_path: Path) -> None:
    limits = NetworkLimits(whole=10, attempts=100)
    names = ["Moscow", "Russia", "Kazakhstan"]
    local.always_fail(faults.maxlag("7"), lambda asked: asked.params.get("search") == names[2])
    client = connect(limits=limits, cache=tmp_path)
    for name in names[:2]:
        client.search(name, "en")
    with pytest.raises(TimeUpError):
        client.search(names[2], "en")
    local.always_fail(faults.maxlag("7"), lambda _: False)
    local.requests.clear()
    again = connect(limits=limits, cache=tmp_path)
    for name in names:
        again.search(name, "en")
    assert [asked.params["search"] for asked in local.requests] == names[2:]


def test_an_update_keeps_what_was_looked_up(
    local: LocalWikibase,
    facts: Callable[..., Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(link_command, "_TOGETHER", 1)
    file = facts(
        moscow="{type: City, label: Moscow, wikidata: Q649}",
        russia="{type: Country, label: Russia, wikidata: Q159}",
    )

    def is_second(asked: Received) -> bool:
        return "Q159" in asked.params.get("ids", "")

    local.always_fail(faults.maxlag("60"), is_second)
    arguments = ["link", str(file), "--update", "--wikibase", local.api, "--date", "2025-05-05"]
    arguments += ["--cache", str(tmp_path / "cache")]
    assert run([*arguments, "--max-seconds", "5"]) == 2
    said = capsys.readouterr().err
    assert "5 seconds in all, their limit" in said
    assert "1 of 2 parts were looked up and are in" in said
    lock = json.loads(file.with_name("wikidata.lock").read_text("utf-8"))
    assert list(lock["items"]) == ["Q649"]
    assert not lock["items"]["Q649"].get("deleted")


def test_an_item_that_is_garbled_keeps_its_lock(
    local: LocalWikibase,
    facts: Callable[..., Path],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = facts(
        moscow="{type: City, label: Moscow, wikidata: Q649}",
        russia="{type: Country, label: Russia, wikidata: Q159}",
    )
    arguments = ["link", str(file), "--update", "--wikibase", local.api, "--date", "2025-05-05"]
    arguments += ["--cache", str(tmp_path / "cache")]
    assert run(arguments) == 0
    lock = file.with_name("wikidata.lock").read_bytes()
    entities = {"Q159": {"id": "Q159", "labels": 5}, "Q649": {"id": "W" * 1_000_000}}
    local.fail(faults.answer(json.dumps({"entities": entities}).encode()))
    capsys.readouterr()
    assert run(arguments) == 1
    said = capsys.readouterr().out
    assert "garbled: Q159 (Russia) cannot be read: its labels are not" in said
    assert "garbled: Q649 (Moscow) cannot be read: the answer gives 'WWWWWWWWWWWWWWWWWWW…" in said
    assert file.with_name("wikidata.lock").read_bytes() == lock
