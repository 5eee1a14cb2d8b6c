"""Real stores as fixtures: a `conftest.py` imports those that its tests ask for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.stores.oxigraph import running_oxigraph
from tests.stores.running import RunningStore
from tests.stores.virtuoso import running_virtuoso


@pytest.fixture
def oxigraph() -> Iterator[RunningStore]:
    """An empty `oxigraph` server for one test."""
    with running_oxigraph() as store:
        yield store


@pytest.fixture(scope="session")
def virtuoso() -> Iterator[RunningStore]:
    """A Virtuoso for all tests: it takes seconds to start, so each test has graphs of its own."""
    with running_virtuoso() as store:
        yield store
