"""A running server takes over what was built or loaded under it: pages and queries together."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from lod.corpus.build import build_corpus
from lod.corpus.store import load_store
from lod.site.build import build_site
from tests.corpus.conftest import Data, publication, write_lines
from tests.server.serving import Server, serving

QUERY = "SELECT ?n { ?c lod:value/lod:number ?n }"


def until(what: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.05)


def numbers(server: Server) -> set[str]:
    return {row["n"] for row in server.rows(QUERY)}


def made(kind: str, folder: Path, firms: int) -> Path:
    """A site, the output of a corpus build or a store, in place of that which was there."""
    lines: list[Data] = [publication(1, firms), publication(2, firms + 1)]
    corpus = write_lines(folder / "c.jsonl", lines)
    target = folder / kind
    if kind == "site":
        build_site(corpus, target)
    else:
        built = target if kind == "output" else folder / "built"
        build_corpus(corpus, built)
        if kind == "store":
            load_store([built], target)
    return target


@pytest.mark.parametrize("asked", [False, True])
@pytest.mark.parametrize("kind", ["site", "output", "store"])
def test_another_generation_is_served_as_a_whole(kind: str, asked: bool, tmp_path: Path) -> None:
    target = made(kind, tmp_path, 5000)
    with serving(tmp_path / "log", target) as server:
        page = "/1/claim/firms"
        assert numbers(server) == {"5000", "5001"}
        before = server.get(page, "text/turtle")
        before = server.client.get(before.headers["location"])
        assert "5000" in before.text
        tag = server.query(QUERY).headers["etag"]
        made(kind, tmp_path, 7000)
        if asked:
            server.process.send_signal(signal.SIGHUP)
        until(lambda: numbers(server) == {"7000", "7001"})
        until(lambda: any(line.get("event") == "switched" for line in server.lines()))
        after = server.client.get(before.url)
        assert "7000" in after.text
        assert after.headers["etag"] != before.headers["etag"]
        assert server.query(QUERY).headers["etag"] != tag
        assert server.process.poll() is None
