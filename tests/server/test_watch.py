"""`--watch`: a save is seen in the page, a broken one as its findings; in a real browser."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from lod.server.pages import SitePages
from lod.server.pool import PoolData, QueryPool
from lod.server.services import Services
from lod.server.settings import Settings
from lod.server.telemetry import RequestLog
from lod.server.watching import Watcher
from tests.server.browser import opened_browser
from tests.server.serving import Server, serving

TEN_FACTS = Path(__file__).parents[1] / "publications" / "ten-facts"
PAGE = "entity/putin.html"
WORDS = "exceeding the threshold of $28 billion"
LABEL = "SELECT ?l { <entity/putin> rdfs:label ?l }"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small publication that tests may change, and leave as it was."""
    copy = tmp_path_factory.mktemp("watch") / "publication"
    shutil.copytree(TEN_FACTS, copy)
    return copy


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    with serving(folder.parent / "log", folder, "--watch") as one:
        yield one


@pytest.fixture
def browser() -> Iterator[Any]:
    with opened_browser() as one:
        yield one


def change(folder: Path, old: str, new: str) -> None:
    """Save the facts as editors do: written aside, then renamed."""
    file = folder / "facts.yaml"
    text = file.read_text("utf-8")
    assert old in text
    aside = folder / ".facts.yaml.swp"
    aside.write_text(text.replace(old, new), "utf-8")
    os.replace(aside, file)  # noqa: PTH105 - as editors do


@contextmanager
def states(server: Server) -> Iterator[Iterator[dict[str, Any]]]:
    """What the server tells its pages, one state after the other."""
    with server.client.stream("GET", "/.lod/events") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        lines = answer.iter_lines()
        yield (json.loads(line[6:]) for line in lines if line.startswith("data: "))


def until(
    told: Iterator[dict[str, Any]], right: Callable[[dict[str, Any]], bool]
) -> dict[str, Any]:
    """The next state that is right; the states end with the time of the client."""
    return next(state for state in told if right(state))


def test_page_follows_the_source(server: Server, folder: Path, browser: Any) -> None:
    page = browser.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
    page.goto(server.address + PAGE)
    assert "Vladimir Putin" in page.inner_text("h1")
    assert server.get("/.lod/watch.js").headers["content-type"].startswith("text/javascript")

    change(folder, "label: Vladimir Putin", "label: Vladimir V. Putin")
    page.locator("h1", has_text="Vladimir V. Putin").wait_for()
    assert "Vladimir V. Putin" in {row["l"] for row in server.rows(LABEL)}

    change(folder, WORDS, "exceeding the threshold of $29 billion")
    page.wait_for_selector("#lod-findings")
    shown = page.inner_text("#lod-findings")
    assert "facts.yaml:" in shown
    assert "quote-not-found" in shown
    assert str(folder) not in shown
    # The last good data is still there.
    assert "Vladimir V. Putin" in page.inner_text("h1")
    assert "Vladimir V. Putin" in {row["l"] for row in server.rows(LABEL)}

    change(folder, "exceeding the threshold of $29 billion", WORDS)
    page.wait_for_selector("#lod-findings", state="detached")
    change(folder, "label: Vladimir V. Putin", "label: Vladimir Putin")
    page.locator("h1", has_text="Vladimir Putin").wait_for()
    assert problems == []


def spoil_yaml(folder: Path) -> None:
    (folder / "facts.yaml").write_text("claims: [", "utf-8")


def spoil_bytes(folder: Path) -> None:
    (folder / "facts.yaml").write_bytes(b"\xff\xfe\x00publication:")


def spoil_shape(folder: Path) -> None:
    change(folder, "cis: {type: InternationalOrganization", "cis: {type: Person")


def delete_facts(folder: Path) -> None:
    (folder / "facts.yaml").unlink()


def delete_text(folder: Path) -> None:
    (folder / "article.txt").unlink()


@pytest.mark.parametrize(
    ("spoil", "code", "said"),
    [
        (spoil_yaml, "yaml", ""),
        (spoil_bytes, "", "UTF-8"),
        (spoil_shape, "range", "Person"),
        (delete_facts, "", "facts.yaml"),
        (delete_text, "", "article.txt"),
    ],
    ids=["yaml", "bytes", "shape", "facts deleted", "text deleted"],
)
def test_broken_save_is_told_and_the_last_good_data_kept(
    server: Server, folder: Path, spoil: Callable[[Path], None], code: str, said: str
) -> None:
    kept = {name: (folder / name).read_bytes() for name in ("facts.yaml", "article.txt")}
    with states(server) as told:
        before = next(told)
        assert before["findings"] == []
        try:
            spoil(folder)
            broken = until(told, lambda state: bool(state["findings"]))
        finally:
            kept_data = server.rows(LABEL)
            for name, data in kept.items():
                (folder / name).write_bytes(data)
        shown = json.dumps(broken["findings"])
        assert code in shown
        assert said in shown
        assert str(folder.parent) not in shown
        assert broken["version"] == before["version"]
        assert kept_data
        after = until(told, lambda state: not state["findings"])
        assert after["version"] > before["version"]


def test_build_that_fails_in_any_way_is_told_and_the_watch_goes_on(tmp_path: Path) -> None:
    def build(_source: Path, _out: Path, _base: str | None) -> Any:
        raise RuntimeError(f"a mistake in {tmp_path}")

    async def go() -> list[dict[str, Any]]:
        backend = QueryPool(PoolData(), Settings())
        log = RequestLog(None)
        services = Services(SitePages(tmp_path, ""), backend, Settings(), log)
        watcher = Watcher(tmp_path, tmp_path, tmp_path / "scratch", build, None, services)
        await watcher.rebuild()
        return watcher.findings

    (finding,) = asyncio.run(go())
    assert finding["message"] == "It cannot be built: RuntimeError."
    assert str(tmp_path) not in json.dumps(finding)


def test_script_is_there_only_while_watching(site_server: Server) -> None:
    assert "/.lod/watch.js" not in site_server.get(f"/{PAGE}").text
    assert site_server.get("/.lod/watch.js").status_code == 404
    assert site_server.get("/.lod/events").status_code == 404
