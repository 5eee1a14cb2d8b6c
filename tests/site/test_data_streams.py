"""The files of a whole site are written part by part, however many publications there are."""

from __future__ import annotations

import gc
import tracemalloc
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from lod.site import summaries
from lod.site.data import catalogue, feeds
from lod.site.data.whole import whole_data_files
from lod.site.files import SiteFile, Writer
from tests.site.data.sites import make_site, many_summaries


def _peaks(publications: int, folder: Path) -> dict[str, tuple[int, int]]:
    """The most memory that making and writing each file takes, in bytes, and its size."""
    site = make_site("https://data.example.org/", several=True)
    writer = Writer(folder)
    found = {}
    gc.collect()
    tracemalloc.reset_peak()
    before = tracemalloc.get_traced_memory()[0]
    for file in whole_data_files(many_summaries(publications), site):
        writer.write(file)
        peak = tracemalloc.get_traced_memory()[1] - before
        found[file.path] = peak, (folder / file.path).stat().st_size
        tracemalloc.reset_peak()
        before = tracemalloc.get_traced_memory()[0]
    return found


def _few_and_many(folder: Path) -> tuple[dict[str, tuple[int, int]], dict[str, tuple[int, int]]]:
    """What 100 and 700 publications take."""
    # Less of each at a time, so that few publications are enough to tell.
    catalogue.PAGE = feeds.MAX_ADDRESSES = 50
    summaries.LARGEST = summaries.PORTION = 20
    tracemalloc.start()
    _peaks(700, folder / "warm")  # now the caches have the size that they are held to
    return _peaks(100, folder / "few"), _peaks(700, folder / "many")


def test_memory_does_not_grow_with_the_publications(tmp_path: Path) -> None:
    # In a process of its own: caches that other tests have filled grow at any moment.
    with ProcessPoolExecutor(1, get_context("spawn")) as processes:
        few, many = processes.submit(_few_and_many, tmp_path).result()
    for name in ("ro-crate-metadata.json", "void.ttl", ".well-known/void"):
        (small_peak, small), (peak, large) = few[name], many[name]
        assert large > 4 * small, "it has all of them"
        assert peak - small_peak < (large - small) / 3, name
    for name, (peak, _) in few.items():
        assert many[name][0] - peak < 50_000, name


def test_what_grows_is_not_held() -> None:
    site = make_site("https://data.example.org/", several=True)
    files = list(whole_data_files(many_summaries(3), site))
    held = {file.path for file in files if isinstance(file, SiteFile)}
    assert {file.path for file in files} - held == {
        "void.ttl",
        ".well-known/void",
        "ro-crate-metadata.json",
    }
