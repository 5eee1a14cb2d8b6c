from __future__ import annotations

from collections.abc import Iterator

import pytest

from lod.query.store import QueryStore, open_store
from tests.query.data import DATASET


@pytest.fixture(scope="session")
def store() -> Iterator[QueryStore]:
    with open_store(DATASET) as opened:
        yield opened
