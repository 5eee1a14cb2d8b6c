"""What became of the facts: releases, what was withdrawn, and corrections as feeds."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from lod.history import stream
from lod.history.claims import Claims, named
from lod.history.releases import RELEASE, Release
from lod.history.story import Correction, Story, tombstone_lines, version_lines
from lod.pages.names import JSONLD, PAGE, RELEASES_PAGE, TURTLE, release_page
from lod.pages.texts import preferred
from lod.rdf.dataset import Dataset
from lod.rdf.jsonld import to_jsonld
from lod.rdf.turtle import to_trig, to_turtle
from lod.site.data.feeds import xml_text
from lod.site.data.statements import address
from lod.site.files import SiteFile

if TYPE_CHECKING:
    from lod.pages.view import PublicationView
    from lod.site.site import Site

#: Stands beside the page of what is withdrawn: a server answers with 410 then, and this page.
GONE = ".gone"
#: The feeds of corrections.
ATOM, JSON_FEED = "corrections.xml", "corrections.json"


def history_files(view: PublicationView, site: Site) -> Iterator[SiteFile]:
    """The pages and feeds of a publication's history; none where nothing was released.

    Args:
        view: the publication.
        site: the site.

    Yields:
        Pages of what is withdrawn, at their old addresses; `releases.html` and `releases.ttl`;
        `release/VERSION/` with everything that was released; `corrections.xml` (Atom) and
        `corrections.json` (JSON Feed); `stream.ttl` and `stream/VERSION.trig`, an event stream.
    """
    story = view.story
    if not story.releases:
        return
    for gone in story.gone.values():
        yield from _tombstone(view, site, story, gone)
    page = view.folder + RELEASES_PAGE
    yield _page(view, site, page, "history/releases.html", releases=story.releases[::-1])
    lines = version_lines(story, view.base)
    yield SiteFile(f"{view.folder}releases{TURTLE}", _turtle(view, lines))
    for release in story.releases:
        yield from _release(view, site, release)
    # Where the site stands, its pages are: they name one another by address.
    at = address(site, view.folder)
    yield SiteFile(view.folder + stream.ROOT, to_turtle(stream.root_page(story, at)).encode())
    for release, dataset in stream.pages(story, at, [site.base] if site.several else []):
        yield SiteFile(view.folder + stream.page_name(release.version), to_trig(dataset).encode())
    yield SiteFile(view.folder + ATOM, _atom(view, site, story))
    yield SiteFile(view.folder + JSON_FEED, _json_feed(view, site, story))


def _page(
    view: PublicationView, site: Site, page: str, template: str, **values: object
) -> SiteFile:
    content = site.templates.render(template, site, page, view=view, story=view.story, **values)
    return SiteFile(page, content, listed=True)


def _turtle(view: PublicationView, lines: str) -> bytes:
    return to_turtle(Dataset(view.base, lines, prefixes=view.dataset.prefixes)).encode()


def _tombstone(
    view: PublicationView, site: Site, story: Story, gone: Mapping[str, Any]
) -> Iterator[SiteFile]:
    """The page of something withdrawn, and what the data says of it."""
    iri = gone["iri"]
    path = view.paths.path(iri)
    if path is None or "#" in path:
        return
    last = next(one for one in reversed(story.releases) if one.version == gone["last"])
    replaced_by = gone.get("replacedBy")
    label = next((c.sentence for c in view.claims if c.iri == replaced_by), replaced_by)
    content = site.templates.render(
        "history/withdrawn.html",
        site,
        path + PAGE,
        view=view,
        gone=gone,
        last=last,
        last_page=release_page(view.folder, last.version) + f"#{iri.removeprefix(view.base)}",
        replaced_by=None if replaced_by is None else (label, view.paths.file(replaced_by)),
    )
    yield SiteFile(path + PAGE, content)
    lines = tombstone_lines(gone, last.iri, view.facts.document.language)
    yield SiteFile(path + TURTLE, _turtle(view, lines))
    dataset = Dataset(view.base, lines, prefixes=view.dataset.prefixes)
    yield SiteFile(path + JSONLD, to_jsonld(dataset, root=iri).encode())
    yield SiteFile(path + GONE, (json.dumps(gone, ensure_ascii=False, indent=2) + "\n").encode())


def _release(view: PublicationView, site: Site, release: Release) -> Iterator[SiteFile]:
    """The page of a release, and its files as they were released."""
    folder = f"{view.folder}release/{release.version}/"
    for file in release.data["files"]:
        yield SiteFile(folder + file["name"], release.read(file["name"]))
    yield SiteFile(folder + RELEASE, (release.folder / RELEASE).read_bytes())
    snapshot = release.snapshot()
    told = Claims(snapshot).told
    things = named(snapshot)
    entities = [
        (iri.removeprefix(view.base), label or id_)
        for iri, (what, id_, label) in things.items()
        if what == "entity"
    ]
    claims = [
        (iri.removeprefix(view.base), sentence, view.paths.file(iri))
        for one in told.values()
        for iri, sentence in one.sentences.items()
    ]
    yield _page(
        view,
        site,
        release_page(view.folder, release.version),
        "history/release.html",
        release=release,
        claims=claims,
        entities=entities,
        changes=release.data["changes"],
    )


def _title(view: PublicationView, site: Site) -> str:
    return preferred(view.facts.publication.titles, site.language)


def correction_page(view: PublicationView, one: Correction) -> str:
    """Where a correction stands: on the page of the claim, or of what became of it."""
    return view.paths.file(f"{view.base}claim/{one.id}") or view.folder + RELEASES_PAGE


def _atom(view: PublicationView, site: Site, story: Story) -> bytes:
    """The corrections as a feed (RFC 4287), dates at midnight UTC."""
    text = site.templates.fill(
        "history/corrections.xml",
        site=site,
        xml=xml_text,
        title=site.templates.words("history.feed_title", title=_title(view, site)),
        publisher=view.facts.publication.publisher,
        here=address(site, view.folder + ATOM),
        home=address(site, f"{view.folder}index.html"),
        updated=(story.corrections[0] if story.corrections else _Dated(story)).release.date,
        entries=[(one, address(site, correction_page(view, one))) for one in story.corrections],
    )
    return text.encode()


class _Dated:
    """What a feed without entries is dated by: the first release."""

    def __init__(self, story: Story) -> None:
        self.release = story.releases[0]


def _json_feed(view: PublicationView, site: Site, story: Story) -> bytes:
    """The same as JSON Feed 1.1."""
    publisher = view.facts.publication.publisher
    author = {"name": publisher.name} | ({"url": publisher.iri} if publisher.iri else {})
    data = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": site.templates.words("history.feed_title", title=_title(view, site)),
        "home_page_url": address(site, f"{view.folder}index.html"),
        "feed_url": address(site, view.folder + JSON_FEED),
        "language": site.language,
        "authors": [author],
        "items": [
            {
                "id": one.iri,
                "url": address(site, correction_page(view, one)),
                "content_text": one.said(site.templates.words),
                "date_published": f"{one.release.date}T00:00:00Z",
            }
            for one in story.corrections
        ],
    }
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
