"""What the tests of the site share: the example's site, a browser, and a log of its requests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.site.browser import RequestsLog, Visits, served, started_browser
from tests.site.statistics import write_statistics

if TYPE_CHECKING:
    from playwright.sync_api import Browser

EXAMPLE = Path(__file__).parents[2] / "examples" / "russia-kazakhstan"
ONE_CLAIM, RIGHT_TO_LEFT = (Path(__file__).parent / name for name in ("one-claim", "right-to-left"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker drives the browser, so that there is one of it and one site of the example."""
    for item in items:
        if {"browser", "example_site", "towns_site", "one_claim_site"} & set(
            getattr(item, "fixturenames", ())
        ):
            item.add_marker(pytest.mark.xdist_group("browser"))


# Playwright keeps an event loop in the thread while it runs, and other tests want their own there:
# so it ends with each module and not with the session. It starts in about a second.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    with started_browser() as browser:
        yield browser


@pytest.fixture(scope="session")
def example_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the site of the example; nobody writes there."""
    return _built(EXAMPLE, tmp_path_factory)


@pytest.fixture(scope="session")
def example_address(example_site: Path) -> Iterator[str]:
    """The address of the example's site, with "/" at the end."""
    with served(example_site) as address:
        yield address


@pytest.fixture(scope="session")
def one_claim() -> Path:
    """The folder of a publication with one claim."""
    return ONE_CLAIM


@pytest.fixture(scope="session")
def one_claim_site(one_claim: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its site."""
    return _built(one_claim, tmp_path_factory)


@pytest.fixture(scope="session")
def towns(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a publication with 600 claims, of ten towns in sixty years."""
    return write_statistics(tmp_path_factory.mktemp("in") / "towns")


@pytest.fixture(scope="session")
def towns_site(towns: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its site."""
    return _built(towns, tmp_path_factory)


def _built(source: Path, folders: pytest.TempPathFactory) -> Path:
    from lod.site.build import build_site

    folder = folders.mktemp("site") / source.name
    build_site(source, folder)
    return folder


@pytest.fixture
def requests_log() -> RequestsLog:
    """What the pages of this test ask for."""
    return RequestsLog()


@pytest.fixture
def visit(browser: Browser, requests_log: RequestsLog) -> Iterator[Visits]:
    """Opens pages: `visit(address, **options of the context)`.

    The test fails where a request leaves the origin, a request fails, or the console has an error.
    """
    visits = Visits(browser, requests_log)
    try:
        yield visits
    finally:
        visits.close()
    requests_log.verify()
