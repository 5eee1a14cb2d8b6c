"""The data files of one publication: downloads, the page about the data, files for each thing.

Things have files where the site is one with full data.

A thing is given with its own statements, the parts of it that have no file of their own (anchors,
value and period of a claim), the statements that point to it, and the labels of what stands at the
other end. Together they are the default graph of the publication.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from lod.dataset.metadata import text_iri
from lod.errors import FormatError
from lod.pages.citing import make_item, written
from lod.pages.names import JSONLD, TURTLE
from lod.profiles import find_profile, profiles
from lod.rdf.dataset import Dataset
from lod.rdf.jsonld import to_jsonld
from lod.rdf.terms import RDFS_LABEL
from lod.rdf.turtle import to_trig, to_turtle
from lod.site.data.archives import CRATE, publication_citation, publication_crate
from lod.site.data.describe import citation, dataset_iri, description, makers, spdx, title
from lod.site.data.feeds import publication_sitemaps
from lod.site.data.head import dataset_head
from lod.site.data.void import publication_void
from lod.site.files import Download, PublicationSummary, SiteFile
from lod.site.summary import LINKS, link_count, summarize
from lod.tables.export import table_files

if TYPE_CHECKING:
    from lod.pages.view import PublicationView
    from lod.site.site import Site


def data_files(view: PublicationView, site: Site) -> Iterator[SiteFile]:
    """The data files of a publication.

    Args:
        view: the publication.
        site: the site.
    """
    downloads = []
    for download, content in download_files(view, site):
        downloads.append(download)
        yield SiteFile(download.path, content, download=download)
    if site.full_data:
        yield from thing_files(view)
    for name, content in table_files(view.publication):
        yield SiteFile(view.folder + name, content)
    summary = summarize(view, downloads)
    yield dataset_page(summary, site)
    yield from publication_sitemaps(view, site)
    if site.several:
        # The only publication of a site has them at the root, which is its folder.
        yield SiteFile(f"{view.folder}void.ttl", publication_void(summary, site))
        yield SiteFile(f"{view.folder}CITATION.cff", publication_citation(summary, site))
        yield SiteFile(f"{view.folder}{CRATE}", publication_crate(summary, site))


def download_files(view: PublicationView, site: Site) -> Iterator[tuple[Download, bytes]]:
    """The publication in the output profiles that can hold it, with its size and hash.

    Args:
        view: the publication.
        site: the site; one without full data has three forms, of which TriG and JSON-LD hold all.
    """
    for profile in profiles().values():
        if not (profile.by_site or site.full_data):
            continue
        try:
            content = profile.write(view.publication)
        except FormatError:
            # RDF/XML has no way to write some characters and predicates: the others have it all.
            continue
        path = view.folder + profile.file_name
        digest = hashlib.sha256(content).hexdigest()
        yield Download(path, profile.name, profile.media_type, len(content), digest), content


def thing_files(view: PublicationView) -> Iterator[SiteFile]:
    """Turtle and JSON-LD of every thing; for a reported graph also TriG, which can hold it."""
    for thing in Things(view):
        path = view.paths.path(thing.iri)
        if path is None:
            continue
        yield SiteFile(path + TURTLE, to_turtle(thing.dataset).encode("utf-8"))
        text = to_jsonld(thing.dataset, root=thing.iri)
        yield SiteFile(path + JSONLD, text.encode("utf-8"))
        if thing.dataset.graphs:
            yield SiteFile(f"{path}.trig", to_trig(thing.dataset).encode("utf-8"))


def dataset_page(summary: PublicationSummary, site: Site) -> SiteFile:
    """The page about the data: licence, counts, how to cite, downloads, links to descriptions."""
    page = f"{summary.folder}dataset.html"
    words = site.templates.words
    content = site.templates.render(
        "data/dataset.html",
        site,
        page,
        **dataset_head(summary, site, page),
        summary=summary,
        title=title(summary, site.language),
        description=description(summary, words),
        license_name=spdx(summary.license),
        makers=makers(summary),
        citation=citation(summary, words),
        references=written(
            make_item(
                dataset_iri(summary),
                "dataset",
                title(summary, site.language),
                makers(summary),
                publisher=summary.publisher[0],
                day=summary.modified or summary.published,
                version=summary.version,
                language=summary.language,
            )
        ),
        downloads=[(find_profile(one.profile), one) for one in summary.downloads],
        links=[(predicate, summary.counts[link_count(predicate)]) for predicate in LINKS],
    )
    return SiteFile(page, content, listed=True)


_Triple = tuple[str, str, str]
#: Subject token to its lines, each once.
_Lines = dict[str, dict[str, None]]


class Thing(Struct, frozen=True):
    """One thing and what is said of it.

    Attributes:
        iri: its IRI.
        dataset: its statements; a reported graph has its named graph too.
    """

    iri: str
    dataset: Dataset


class Things:
    """The things of one publication.

    Args:
        view: the publication.
    """

    def __init__(self, view: PublicationView) -> None:
        self._view = view
        self._base = view.base
        self._claims = frozenset(f"<{iri}>" for iri in view.dataset.claims)
        self._under_claim = f"<{view.base}claim/"
        self._to: dict[str, list[_Triple]] = {}
        own = f"<{view.base}"
        for subject, node in view.nodes.items():
            for predicate, objects in node.items():
                for object_ in objects:
                    if object_.startswith(own):
                        self._to.setdefault(object_, []).append((subject, predicate, object_))

    def __iter__(self) -> Iterator[Thing]:
        """Every thing with files of its own, the dataset aside: that is the download."""
        base = self._base
        for document in self._view.facts.document.all_versions:
            yield self.one(f"{base}{document.local}", with_links=True)
            yield self.one(text_iri(self._view.facts, document.name))
        yield self._build()
        for slug in self._view.facts.entities:
            yield self.one(f"{base}entity/{slug}", with_links=True)
        for statement in self._view.facts.statements:
            yield from self._statement(statement.id)
        for iri in self._view.dataset.graphs:
            yield self.one(iri)

    def one(self, iri: str, *, with_links: bool = False) -> Thing:
        """One thing.

        Args:
            iri: the thing.
            with_links: also the statements that point to it.
        """
        lines: _Lines = {}
        ends: dict[str, None] = {}
        self._describe([f"<{iri}>"], lines, ends)
        if with_links:
            for subject, predicate, object_ in self._to.get(f"<{iri}>", ()):
                lines.setdefault(subject, {})[f"{subject} {predicate} {object_} .\n"] = None
                ends[subject] = None
        return self._made(iri, lines, ends)

    def _statement(self, id_: str) -> Iterator[Thing]:
        """The claims of a statement, and all of them together where there are several."""
        node = f"{self._base}claim/{id_}"
        iris = [claim.iri for claim in self._view.statements[id_].claims]
        for iri in iris:
            yield self.one(iri, with_links=True)
        if iris != [node]:
            lines: _Lines = {}
            ends: dict[str, None] = {}
            self._describe([f"<{iri}>" for iri in iris], lines, ends)
            yield self._made(node, lines, ends)

    def _build(self) -> Thing:
        """The build, and the program that made it."""
        build = f"<{self._base}build>"
        agents = [token for objects in self._view.nodes[build].values() for token in objects]
        software = [token for token in agents if not token.startswith(f"<{self._base}")]
        lines: _Lines = {}
        ends: dict[str, None] = {}
        self._describe([build, *software], lines, ends)
        return self._made(f"{self._base}build", lines, ends)

    def _describe(self, tokens: list[str], lines: _Lines, ends: dict[str, None]) -> None:
        """Note what is said of some things and of their parts, and what that points to."""
        nodes = self._view.nodes
        seen = set(tokens)
        queue = list(tokens)
        for token in queue:
            said = lines.setdefault(token, {})
            for predicate, objects in nodes.get(token, {}).items():
                for object_ in objects:
                    said[f"{token} {predicate} {object_} .\n"] = None
                    if object_[0] != "<" or object_ in seen:
                        continue
                    is_part = object_.startswith(self._under_claim) and object_ not in self._claims
                    if is_part and token.startswith(self._under_claim):
                        seen.add(object_)
                        queue.append(object_)
                    else:
                        ends[object_] = None

    def _made(self, iri: str, lines: _Lines, ends: dict[str, None]) -> Thing:
        nodes = self._view.nodes
        for token in ends:
            for label in nodes.get(token, {}).get(RDFS_LABEL, ()):
                lines.setdefault(token, {})[f"{token} {RDFS_LABEL} {label} .\n"] = None
        text = "".join(line for said in lines.values() for line in said)
        whole = self._view.dataset
        graphs = {iri: whole.graphs[iri]} if iri in whole.graphs else {}
        return Thing(iri, Dataset(whole.base, text, graphs, whole.prefixes))
