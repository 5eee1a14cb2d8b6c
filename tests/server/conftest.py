from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("uvicorn")
pytest.importorskip("httptools")

from lod.corpus.store import load_store
from lod.publication import load
from lod.site.build import build_site
from lod.site.site import SiteOptions
from tests.server.serving import ROOT, Server, serving
from tests.stores.fixtures import oxigraph, virtuoso

__all__ = ["oxigraph", "virtuoso"]

EXAMPLE = ROOT / "examples" / "russia-kazakhstan"


@pytest.fixture(scope="session")
def quads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example as N-Quads."""
    file = tmp_path_factory.mktemp("quads") / "dataset.nq"
    file.write_text(load(EXAMPLE).serialize("n-quads"), "utf-8")
    return file


@pytest.fixture(scope="session")
def store_folder(quads: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example in a store."""
    folder = tmp_path_factory.mktemp("stores") / "store"
    load_store([quads], folder)
    return folder


@pytest.fixture(scope="session")
def site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the example, with data files of every thing."""
    folder = tmp_path_factory.mktemp("sites") / "site"
    build_site(EXAMPLE, folder, SiteOptions(full_data=True))
    return folder


@pytest.fixture(scope="session")
def store_server(store_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server over the store."""
    with serving(tmp_path_factory.mktemp("log") / "log", store_folder) as server:
        yield server


@pytest.fixture(scope="session")
def site_server(site_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server over the site."""
    with serving(tmp_path_factory.mktemp("log") / "log", site_folder) as server:
        yield server
