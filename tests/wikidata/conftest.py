"""A local Wikibase and a client whose waits take no time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from lod.wikidata.client import Client
from tests.wikidata.wikibase import LocalWikibase

CONTACT = "tests@example.org"
HEAD = """\
publication:
  base: https://data.example.org/small/
  title: A small text
  license: https://creativecommons.org/publicdomain/zero/1.0/
  publisher: {name: Example Data Desk, url: https://data.example.org/}
document:
  content: Reporters met.
  language: en
entities: # who and where
"""
CLAIMS = """\
claims:
  - id: met
    quote: Reporters met
    subject: reporters
    property: schema:about
    value: [SLUGS]
    allow: {entity-not-in-quote: a test}
"""


class Clock:
    """Time that passes by sleeping alone.

    Attributes:
        time: seconds since 1970.
        waits: every wait, in order.
    """

    def __init__(self) -> None:
        self.time = 1_732_701_600.0
        self.waits: list[float] = []
        self._lock = threading.Lock()

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.waits.append(seconds)
            self.time += seconds

    def now(self) -> float:
        return self.time


@pytest.fixture
def local(monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalWikibase]:
    """A local Wikibase of this test's own, asked without a proxy."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    with LocalWikibase() as running:
        yield running


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def connect(local: LocalWikibase, clock: Clock) -> Iterator[Callable[..., Client]]:
    """Makes clients of the local Wikibase; they are closed after the test."""
    clients: list[Client] = []

    def connect(**options: Any) -> Client:
        options = {
            "wikibase": local.wikibase(),
            "contact": CONTACT,
            "sleep": clock.sleep,
            "now": clock.now,
            "jitter": lambda: 0.0,
            **options,
        }
        clients.append(Client(**options))
        return clients[-1]

    yield connect
    for client in clients:
        client.close()


@pytest.fixture
def client(connect: Callable[..., Client]) -> Client:
    """A client without a cache."""
    return connect()


@pytest.fixture
def facts(tmp_path: Path) -> Callable[..., Path]:
    """Writes a publication of some entities, given as slug and the rest of its line."""

    def write(**entities: str) -> Path:
        lines = [f"  {slug}: {rest}\n" for slug, rest in entities.items()]
        text = (
            HEAD
            + "  reporters: {type: Group, label: Reporters, wikidata: {none: many}} # us\n"
            + "".join(lines)
            + CLAIMS.replace("SLUGS", ", ".join(entities))
        )
        file = tmp_path / "publication" / "facts.yaml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
        return file

    return write
