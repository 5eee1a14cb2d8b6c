"""The pages of a whole corpus: lists, Wikidata items, vocabulary, search, catalogues."""

from __future__ import annotations

import hashlib
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from lod.site import paged
from lod.site.corpus_worker import SitePlan, site_of
from lod.site.files import PublicationSummary, SiteFile, StreamedFile
from lod.site.guide import Link
from lod.site.items import ItemPage, item_file
from lod.site.output import check_path, copy_parts
from lod.site.publications import publication_lists
from lod.site.terms import Use, shared_term_files

if TYPE_CHECKING:
    from lod.corpus.workers import Workers
    from lod.site.corpus_state import SiteState
    from lod.site.report import SiteReport
    from lod.site.site import Site

#: Mentions of items that a worker is given at once, and how many publications a term's page names.
_MENTIONS, _MOST_LINKS = 100, 50


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
    files = _Files(folder, plan.aside, state, report)
    # The pages of items come before the lists that lead to them.
    _items(files, state, plan, workers)
    for file in _all(state, site, plan.aside):
        files.write(file)
    files.sweep()


def _all(state: SiteState, site: Site, aside: Path) -> Iterator[SiteFile | StreamedFile]:
    from lod.site.build import whole_files
    from lod.site.search import SearchIndex, index_files

    yield from shared_term_files(_uses(state), site)
    yield from whole_files(Summaries(state), site)
    database = aside / "search.sqlite"
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
    waiting: deque[tuple[_ItemWork, Future[list[SiteFile]]]] = deque()

    def take() -> None:
        work, future = waiting.popleft()
        for page, file in zip(work.pages, future.result(), strict=True):
            files.write(file, page.item.qid)
        for qid in work.ended:
            files.sweep(qid)
        state.clean(work.ended)

    for work in _item_work(state):
        waiting.append((work, workers.submit(make_items, work.pages, plan)))
        while len(waiting) >= 2 * plan.options.jobs:
            take()
    while waiting:
        take()


@dataclass(slots=True)
class _ItemWork:
    """What a worker is given at once.

    Attributes:
        pages: pages of items.
        ended: the items whose last page is among these, or that have none any more.
        mentions: how many publications the pages show.
    """

    pages: list[ItemPage] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    mentions: int = 0


def _item_work(state: SiteState) -> Iterator[_ItemWork]:
    """The pages of the items of which something changed, in portions of about one size."""
    work = _ItemWork()
    for qid in state.dirty_items():
        item, mentions = state.item(qid), state.mentions(qid)
        number = 0
        while shown := tuple(islice(mentions, paged.PAGE_SIZE)):
            number += 1
            work.pages.append(ItemPage(item, number, shown))
            work.mentions += len(shown)
            if work.mentions >= _MENTIONS:
                yield work
                work = _ItemWork()
        work.ended.append(qid)
        if len(work.ended) >= _MENTIONS:
            yield work
            work = _ItemWork()
    yield work


def make_items(pages: list[ItemPage], plan: SitePlan) -> list[SiteFile]:
    """Some pages of items, in a worker."""
    site = site_of(plan)
    return [item_file(page, site) for page in pages]


class _Files:
    """Writes files of the whole site, where they are not there already."""

    def __init__(self, folder: Path, aside: Path, state: SiteState, report: SiteReport) -> None:
        aside.mkdir(exist_ok=True)
        self._folder = folder
        self._aside = aside / "file"
        self._state = state
        self._report = report

    def write(self, file: SiteFile | StreamedFile, item: str | None = None) -> None:
        """Write one file, as one step. It is noted when it is there, never before."""
        path = self._folder / check_path(file.path)
        if isinstance(file, SiteFile):
            size = len(file.content)
            digest = hashlib.blake2b(file.content, digest_size=16).digest()
        else:
            with self._aside.open("wb") as stream:
                size, digest = copy_parts(file, stream)
        if not self._state.is_written(file.path, digest) or not path.is_file():
            if isinstance(file, SiteFile):
                self._aside.write_bytes(file.content)
            path.parent.mkdir(parents=True, exist_ok=True)
            self._aside.replace(path)
            self._count(file.path, size)
        self._state.note_file(file.path, digest, item)

    def _count(self, name: str, size: int) -> None:
        self._report.files += 1
        self._report.pages += name.endswith(".html")
        self._report.bytes += size

    def sweep(self, item: str | None = None) -> None:
        """Delete what earlier runs wrote and this one did not."""
        for name in self._state.stale_files(item):
            path = self._folder / name
            path.unlink(missing_ok=True)
            with suppress(OSError):  # something is in it
                os.rmdir(path.parent)  # noqa: PTH106 - the site itself is never empty
            self._state.forget_file(name)
