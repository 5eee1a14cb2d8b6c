"""The pages of a whole corpus: lists in pages, Wikidata items, vocabulary, search, catalogues."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from lod.corpus.workers import ahead
from lod.namespaces import WIKIDATA_NS
from lod.pages.names import Link
from lod.pages.texts import preferred, short
from lod.site.files import (
    Planned,
    PublicationSummary,
    SiteFile,
    StreamedFile,
    check_path,
    copy_parts,
)
from lod.site.fragment import in_parts
from lod.site.make import SitePlan, site_of, whole_files
from lod.site.pages.disagreements import DisagreementPages
from lod.site.pages.terms import Use, shared_term_files
from lod.site.search.index import FOLDER, SearchIndex, search_page
from lod.site.site import item_path, list_path, near_pages, next_page, page_count, page_rows
from lod.site.state import SEARCH
from lod.site.summaries import StoredSummaries, Summaries

if TYPE_CHECKING:
    from lod.corpus.workers import Workers
    from lod.site.site import Site, SiteReport
    from lod.site.state import ItemSummary, Mention, SiteState


class ItemPage(Struct, frozen=True):
    """One page of an item, before it is made.

    Attributes:
        item: the item.
        number: of the page, from 1.
        mentions: the publications that it shows, the newest first.
        made_of: digest of all this, and of what all pages depend on.
    """

    item: ItemSummary
    number: int
    mentions: tuple[Mention, ...]
    made_of: bytes = b""

    @property
    def path(self) -> str:
        """Where it stands in the site."""
        return item_path(self.item.qid, self.number)


def item_file(page: ItemPage, site: Site) -> SiteFile:
    """A page of an item.

    Args:
        page: it.
        site: the site.
    """
    item, path = page.item, page.path
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


def publication_lists(state: SiteState, site: Site) -> Iterator[Planned]:
    """The list of publications, the newest first, in pages."""
    count = state.count()
    last = page_count(count)
    for number in range(1, last + 1):
        made_of = f"{count} {number} {site.disagreements}\0".encode()
        yield Planned(
            list_path(number),
            made_of + state.digests(*page_rows(number)),
            partial(_publication_list, state, site, number, count),
        )


def _publication_list(state: SiteState, site: Site, number: int, count: int) -> SiteFile:
    path, last = list_path(number), page_count(count)
    content = site.templates.render(
        "publications.html",
        site,
        path,
        rows=[
            (one.base, short(preferred(one.titles, site.language)), one.published or "", one)
            for one in state.summaries(*page_rows(number))
        ],
        count=count,
        number=number,
        last=last,
        pages=[(one, list_path(one)) for one in near_pages(number, last)],
    )
    return SiteFile(path, content, listed=True)


#: Mentions of items that a worker is given at once, and how many publications a term's page names.
_MENTIONS, _MOST_LINKS = 100, 50


def write_whole(
    folder: Path,
    state: SiteState,
    plan: SitePlan,
    site: Site,
    workers: Workers,
    report: SiteReport,
    environment: bytes,
) -> None:
    """Write what belongs to no single publication; a file that is the same is left alone.

    Args:
        folder: of the site.
        state: what its publications say.
        plan: how it is built.
        site: the site.
        workers: make the pages of items.
        report: counts what is written.
        environment: digest of what all pages depend on beside the publications.
    """
    files = _Files(folder, plan.aside, state, report, environment)
    # The pages of items come before the lists that lead to them.
    _items(files, state, plan, workers)
    summaries = StoredSummaries(state)
    disagreements = DisagreementPages(state)
    site = replace(site, disagreements=disagreements.count)
    files.bring(disagreements.pages(site), site)
    for file in _all(state, summaries, site):
        files.write(file)
    if site.options.fragment:
        files.sweep(SEARCH)
    else:
        _search(files, folder, state, site)
    files.bring(publication_lists(state, site), site)
    files.sweep()


def _all(
    state: SiteState, summaries: StoredSummaries, site: Site
) -> Iterator[SiteFile | StreamedFile]:
    yield from in_parts(shared_term_files(_uses(state, summaries), site), site)
    yield from whole_files(summaries, site)


def _search(files: _Files, folder: Path, state: SiteState, site: Site) -> None:
    """Bring the search up to date: of the files in `data/search/`, those that something changes."""
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


def _uses(state: SiteState, summaries: Summaries) -> dict[str, Use]:
    """IRI of each term to how often it is used, and the newest publications that do."""
    found: dict[str, Use] = {}
    links: dict[int, Link] = {}
    first = 0
    for size, portion in zip(summaries.sizes(), summaries.made("uses", _used), strict=True):
        for iri, (count, positions) in json.loads(portion).items():
            use = found.setdefault(iri, Use())
            use.count += count
            for position in positions[: _MOST_LINKS - len(use.links)]:
                if first + position not in links:
                    title, folder = state.titled(first + position)
                    links[first + position] = Link(title, f"{folder}claims.html")
                use.links.append(links[first + position])
        first += size
    return found


def _used(summaries: list[PublicationSummary]) -> bytes:
    """IRI of each term that some publications use: how often, and which of them do; as JSON."""
    found: dict[str, tuple[int, list[int]]] = {}
    for position, summary in enumerate(summaries):
        for iri, number in summary.uses.items():
            count, positions = found.get(iri, (0, []))
            found[iri] = count + number, [*positions, position][:_MOST_LINKS]
    return json.dumps(found).encode()


def _items(files: _Files, state: SiteState, plan: SitePlan, workers: Workers) -> None:
    """Make the pages of the items of which something changed."""
    site = site_of(plan)
    begun = (
        (work, workers.submit(make_items, work.pages, plan))
        for work in _item_work(files, state, site)
    )
    for work, future in ahead(begun, 2 * plan.options.jobs):
        for page, file in zip(work.pages, future.result(), strict=True):
            for part in in_parts([file], site):
                files.write(part, page.item.qid, page.made_of)
        for qid in work.ended:
            files.sweep(qid)
        state.clean(work.ended)


class _ItemWork(Struct):
    """What a worker is given at once.

    Attributes:
        pages: pages of items.
        ended: the items whose last page is among these, or that have none any more.
        mentions: how many publications the pages show.
    """

    pages: list[ItemPage] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    mentions: int = 0


def _item_work(files: _Files, state: SiteState, site: Site) -> Iterator[_ItemWork]:
    """The pages of the items that changed, in portions of about one size."""
    work = _ItemWork()
    for qid in state.dirty_items():
        item, mentions = state.item(qid), state.mentions(qid)
        number = 0
        while shown := tuple(next_page(mentions)):
            number += 1
            page = ItemPage(item, number, shown)
            made_of = files.made_of(page.path, repr((item, shown)).encode("utf-8", "surrogatepass"))
            if files.keeps(page.path, made_of, site):
                continue
            work.pages.append(replace(page, made_of=made_of))
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

    def __init__(
        self, folder: Path, aside: Path, state: SiteState, report: SiteReport, environment: bytes
    ) -> None:
        aside.mkdir(exist_ok=True)
        self._folder = folder
        self._aside = aside / "file"
        self._state = state
        self._report = report
        self._environment = environment

    def bring(self, pages: Iterable[Planned], site: Site) -> None:
        """Write the pages that are made of something else than those that stand there."""
        for page in pages:
            made_of = self.made_of(page.path, page.made_of)
            if not self.keeps(page.path, made_of, site):
                for file in in_parts([page.make()], site):
                    self.write(file, made_of=made_of)

    def made_of(self, path: str, parts: bytes) -> bytes:
        """Digest of all that a page is made of."""
        digest = hashlib.blake2b(self._environment, digest_size=16)
        digest.update(path.encode() + b"\0" + parts)
        return digest.digest()

    def keeps(self, path: str, made_of: bytes, site: Site) -> bool:
        """Whether a page that is made of the same stands there; it is then one of this run."""
        if site.options.fragment:  # a page is several files
            return False
        return (self._folder / path).is_file() and self._state.keep_file(path, made_of)

    def write(
        self,
        file: SiteFile | StreamedFile,
        item: str | None = None,
        made_of: bytes | None = None,
    ) -> None:
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
        self._state.note_file(file.path, digest, item, made_of)

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
