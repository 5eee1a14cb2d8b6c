"""The pages of a whole corpus: lists, Wikidata items, vocabulary, search, catalogues."""

from __future__ import annotations

import hashlib
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from lod.site.corpus_worker import SitePlan, site_of
from lod.site.files import PublicationSummary, SiteFile
from lod.site.guide import Link
from lod.site.items import Mention, item_files
from lod.site.output import check_path
from lod.site.publications import publication_lists
from lod.site.terms import Use, shared_term_files

if TYPE_CHECKING:
    from lod.corpus.workers import Workers
    from lod.site.corpus_state import SiteState
    from lod.site.report import SiteReport
    from lod.site.site import Site

#: Items that a worker is given at once, and how many publications a term's page names.
_ITEMS, _MOST_LINKS = 50, 50


class Summaries(Iterable[PublicationSummary]):
    """The summaries of all publications, the newest first; read from disk each time.

    Args:
        state: has them.
    """

    def __init__(self, state: SiteState) -> None:
        self._state = state

    def __iter__(self) -> Iterator[PublicationSummary]:
        """Each summary."""
        for _, _, _, summary in self._state.listed():
            yield summary


def write_whole(
    folder: Path,
    state: SiteState,
    plan: SitePlan,
    site: Site,
    workers: Workers,
    report: SiteReport,
) -> None:
    """Write what belongs to no single publication; a file that is the same is left alone.

    Args:
        folder: of the site.
        state: what its publications say.
        plan: how it is built.
        site: the site.
        workers: make the pages of items.
        report: counts what is written.
    """
    files = _Files(folder, state, report)
    # The pages of items come before the lists that lead to them.
    _items(files, state, plan, workers)
    for file in _all(state, site, folder):
        files.write(file)
    files.sweep()


def _all(state: SiteState, site: Site, folder: Path) -> Iterator[SiteFile]:
    from lod.site.build import whole_files
    from lod.site.search import SearchIndex, index_files

    yield from shared_term_files(_uses(state), site)
    yield from whole_files(Summaries(state), site)
    database = folder / ".lod-search.sqlite"
    try:
        with SearchIndex(database) as index:
            for entries in state.entries():
                index.add(entries)
            yield from index_files(index, site)
    finally:
        database.unlink(missing_ok=True)
    yield from publication_lists(state, site)


def _uses(state: SiteState) -> dict[str, Use]:
    """IRI of each term to how often it is used, and the newest publications that do."""
    found: dict[str, Use] = {}
    for title, folder, uses in state.uses():
        for iri, count in uses.items():
            use = found.setdefault(iri, Use())
            use.count += count
            if len(use.links) < _MOST_LINKS:
                use.links.append(Link(title, f"{folder}claims.html"))
    return found


def _items(files: _Files, state: SiteState, plan: SitePlan, workers: Workers) -> None:
    """Make the pages of the items of which something changed."""
    waiting: deque[tuple[list[str], Future[list[list[SiteFile]]]]] = deque()

    def take() -> None:
        qids, future = waiting.popleft()
        for qid, pages in zip(qids, future.result(), strict=True):
            for page in pages:
                files.write(page, qid)
            files.sweep(qid)
        state.clean(qids)

    dirty = state.dirty_items()
    while qids := list(islice(dirty, _ITEMS)):
        mentions = [(qid, state.mentions(qid)) for qid in qids]
        waiting.append((qids, workers.submit(make_items, mentions, plan)))
        while len(waiting) >= 2 * plan.options.jobs:
            take()
    while waiting:
        take()


def make_items(mentions: list[tuple[str, list[Mention]]], plan: SitePlan) -> list[list[SiteFile]]:
    """The pages of some items, in a worker."""
    site = site_of(plan)
    return [list(item_files(qid, found, site)) for qid, found in mentions]


class _Files:
    """Writes files of the whole site, where they are not there already."""

    def __init__(self, folder: Path, state: SiteState, report: SiteReport) -> None:
        self._folder = folder
        self._state = state
        self._report = report

    def write(self, file: SiteFile, item: str | None = None) -> None:
        """Write one file, as one step."""
        path = self._folder / check_path(file.path)
        digest = hashlib.blake2b(file.content, digest_size=16).digest()
        if self._state.is_written(file.path, digest, item) and path.is_file():
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_name(f".lod-{path.name[-100:]}")
        aside.write_bytes(file.content)
        aside.replace(path)
        self._report.files += 1
        self._report.pages += file.path.endswith(".html")
        self._report.bytes += len(file.content)

    def sweep(self, item: str | None = None) -> None:
        """Delete what earlier runs wrote and this one did not."""
        for name in self._state.stale_files(item):
            path = self._folder / name
            path.unlink(missing_ok=True)
            with suppress(OSError):  # something is in it
                os.rmdir(path.parent)  # noqa: PTH106 - the site itself is never empty
            self._state.forget_file(name)
