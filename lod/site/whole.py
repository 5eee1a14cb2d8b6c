"""The pages of a whole corpus: lists in pages, Wikidata items, vocabulary, search, catalogues."""

from __future__ import annotations

import hashlib
import json
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from lod.namespaces import WIKIDATA_NS
from lod.pages.names import Link
from lod.site.files import PublicationSummary, SiteFile, StreamedFile, check_path, copy_parts
from lod.site.fragment import in_parts
from lod.site.make import SitePlan, site_of, whole_files
from lod.site.pages.disagreements import DisagreementPages
from lod.site.pages.terms import Use, shared_term_files
from lod.site.search.index import FOLDER, SearchIndex, search_page
from lod.site.site import item_path, list_path, near_pages, next_page, page_count
from lod.site.state import SEARCH

if TYPE_CHECKING:
    from lod.corpus.workers import Workers
    from lod.site.site import Site, SiteReport
    from lod.site.state import ItemSummary, Mention, SiteState


@dataclass(frozen=True, slots=True)
class ItemPage:
    """One page of an item, before it is made.

    Attributes:
        item: the item.
        number: of the page, from 1.
        mentions: the publications that it shows, the newest first.
    """

    item: ItemSummary
    number: int
    mentions: tuple[Mention, ...]


def item_file(page: ItemPage, site: Site) -> SiteFile:
    """A page of an item.

    Args:
        page: it.
        site: the site.
    """
    item, path = page.item, item_path(page.item.qid, page.number)
    last = page_count(item.publications)
    content = site.templates.render(
        "item.html",
        site,
        path,
        qid=item.qid,
        href=f"{WIKIDATA_NS}{item.qid}",
        names=item.names,
        label=item.names[0] if item.names else item.qid,
        mentions=[(title, folder, json.loads(data)) for title, folder, data in page.mentions],
        publications=item.publications,
        claims=item.claims,
        pages=[(one, item_path(item.qid, one)) for one in near_pages(page.number, last)],
        number=page.number,
        last=last,
    )
    return SiteFile(path, content, listed=True)


def publication_lists(state: SiteState, site: Site) -> Iterator[SiteFile]:
    """The list of publications, the newest first, in pages."""
    count = state.count()
    last = page_count(count)
    rows = state.listed()
    for number in range(1, last + 1):
        path = list_path(number)
        content = site.templates.render(
            "publications.html",
            site,
            path,
            rows=next_page(rows),
            count=count,
            number=number,
            last=last,
            pages=[(one, list_path(one)) for one in near_pages(number, last)],
        )
        yield SiteFile(path, content, listed=True)


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
    for file in _all(state, site):
        files.write(file)
    if site.options.fragment:
        files.sweep(SEARCH)
    else:
        _search(files, folder, state, site)
    files.sweep()


def _all(state: SiteState, site: Site) -> Iterator[SiteFile | StreamedFile]:
    with DisagreementPages(state) as disagreements:
        site = replace(site, disagreements=disagreements.count)
        yield from in_parts(disagreements.files(site), site)
    yield from in_parts(shared_term_files(_uses(state), site), site)
    yield from whole_files(Summaries(state), site)
    yield from in_parts(publication_lists(state, site), site)


def _search(files: _Files, folder: Path, state: SiteState, site: Site) -> None:
    """Write the search of all publications: of its files, those that a change changes."""
    index = SearchIndex(state)
    state.update_search(index)
    for path in index.paths():
        if not (folder / path).is_file():
            index.renew(path)
    for path in index.changed():
        if (file := index.file(path)) is not None:
            files.write(file, SEARCH)
        index.done(path)
    files.write(search_page(index, site))
    files.write(index.manifest())
    # Not before: who has the former manifest finds what that leads to.
    if (folder / FOLDER).is_dir():
        for entry in os.scandir(folder / FOLDER):
            if not index.has(f"{FOLDER}/{entry.name}"):
                files.remove(f"{FOLDER}/{entry.name}")


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
    site = site_of(plan)

    def take() -> None:
        work, future = waiting.popleft()
        for page, file in zip(work.pages, future.result(), strict=True):
            for part in in_parts([file], site):
                files.write(part, page.item.qid)
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
        while shown := tuple(next_page(mentions)):
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
            self.remove(name)

    def remove(self, name: str) -> None:
        """Delete one file of the whole site."""
        path = self._folder / name
        path.unlink(missing_ok=True)
        with suppress(OSError):  # something is in it
            os.rmdir(path.parent)  # noqa: PTH106 - the site itself is never empty
        self._state.forget_file(name)
