"""DCAT-AP 3: the catalogue of the data for portals, `dcat.ttl`.

A large site has it in pages (`dcat-2.ttl` and so on), linked by Hydra as harvesters know it, so
that neither side holds all of it at once. A page is the catalogue, and behind it some portions of
its datasets: Turtle documents behind each other are one. What the profile wants of known kinds
(licence, language, format, …) is named as in the tables of the EU Publications Office and typed,
so that the files are valid on their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from lod.profiles import find_profile
from lod.site.data.describe import (
    IRREGULAR,
    PUBLIC,
    STABLE,
    Overview,
    dataset_iri,
    descriptions,
    file_type_iri,
    language_iri,
    licence_iri,
    makers,
    media_type_iri,
    site_description,
)
from lod.site.data.statements import Statements, address, date, iri, literal, typed
from lod.site.files import Download, PublicationSummary, SiteFile
from lod.site.summaries import LARGEST, Summaries

if TYPE_CHECKING:
    from lod.site.site import Site

#: How many datasets a page of the catalogue has at most: one portion has room.
PAGE = LARGEST
_SHA256 = "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"


def catalogue_files(summaries: Summaries, found: Overview, site: Site) -> Iterator[SiteFile]:
    """The catalogue of a site, page by page.

    Args:
        summaries: of all publications.
        found: what they have together.
        site: the site.
    """
    last = sum(1 for _ in _pages(summaries))
    portions = summaries.made("dcat", lambda some: _datasets(some, site))
    for number, size in enumerate(_pages(summaries), 1):
        out = Statements(site.base)
        _catalogue(out, found, site)
        if last > 1:
            _links(out, site, number, last, found.publications)
        datasets = islice(portions, size)
        yield SiteFile(page_path(number), b"\n".join((out.turtle(), *datasets)))


def _pages(summaries: Summaries) -> Iterator[int]:
    """How many portions of the publications each page has."""
    portions = publications = 0
    for size in summaries.sizes():
        if portions and publications + size > PAGE:
            yield portions
            portions = publications = 0
        portions += 1
        publications += size
    yield portions


def _datasets(summaries: Iterable[PublicationSummary], site: Site) -> bytes:
    out = Statements(site.base)
    for summary in summaries:
        _dataset(out, summary, site)
    return out.turtle()


def page_path(number: int) -> str:
    """The path of a page of the catalogue.

    >>> page_path(1), page_path(2)
    ('dcat.ttl', 'dcat-2.ttl')
    """
    return "dcat.ttl" if number == 1 else f"dcat-{number}.ttl"


def catalogue_iri(site: Site) -> str:
    """The IRI of the catalogue."""
    return address(site, "dcat.ttl") + "#catalog"


def _catalogue(out: Statements, found: Overview, site: Site) -> None:
    node = catalogue_iri(site)
    out.a(node, "dcat:Catalog")
    out.texts(node, "dcterms:title", {site.language: site.title})
    out.texts(node, "dcterms:description", {site.language: site_description(found, site)})
    out.add(node, "dcterms:publisher", _agent(out, found.publisher, f"{node}-publisher"))
    if found.license is not None:
        out.add(node, "dcterms:license", _license(out, found.license))
    _languages(out, node, found.languages)
    if found.modified is not None:
        out.add(node, "dcterms:modified", date(found.modified))
    out.add(node, "foaf:homepage", _page(out, site.base))


def _links(out: Statements, site: Site, number: int, pages: int, total: int) -> None:
    """Where the other pages are."""
    here = address(site, page_path(number))
    out.a(here, "hydra:PagedCollection", "hydra:PartialCollectionView")
    out.add(here, "hydra:totalItems", typed(str(total), "xsd:integer"))
    out.add(here, "hydra:itemsPerPage", typed(str(PAGE), "xsd:integer"))
    to = {"first": 1, "last": pages}
    if number > 1:
        to["previous"] = number - 1
    if number < pages:
        to["next"] = number + 1
    for relation, other in to.items():
        target = iri(address(site, page_path(other)))
        # The names of the first drafts of Hydra are those that harvesters look for.
        out.add(here, f"hydra:{relation}", target)
        out.add(here, f"hydra:{relation}Page", target)


def _dataset(out: Statements, summary: PublicationSummary, site: Site) -> None:
    node = dataset_iri(summary)
    words = site.templates.words
    out.add(catalogue_iri(site), "dcat:dataset", iri(node))
    out.a(node, "dcat:Dataset")
    out.texts(node, "dcterms:title", summary.titles)
    out.texts(node, "dcterms:description", descriptions(summary, words))
    out.add(node, "dcterms:identifier", typed(node, "xsd:anyURI"))
    out.add(node, "dcterms:publisher", _agent(out, summary.publisher, f"{summary.base}publisher"))
    for number, maker in enumerate(makers(summary), 1):
        agent = _agent(out, maker, f"{summary.base}creator/{number}")
        if summary.creators:
            out.add(node, "dcterms:creator", agent)
    _languages(out, node, [summary.language])
    keywords = (literal(keyword, summary.language) for keyword in summary.keywords)
    out.add(node, "dcat:keyword", *keywords)
    if summary.modified is not None:
        out.add(node, "dcterms:modified", date(summary.modified))
    if summary.version is not None:
        out.add(node, "dcat:version", literal(summary.version))
    out.add(node, "dcat:landingPage", _page(out, address(site, f"{summary.folder}dataset.html")))
    out.add(node, "prov:wasDerivedFrom", iri(f"{summary.base}document"))
    _kind(out, node, "dcterms:accessRights", PUBLIC, "dcterms:RightsStatement")
    _kind(out, node, "dcterms:accrualPeriodicity", IRREGULAR, "dcterms:Frequency")
    for vocabulary in ("lod", "rel"):
        out.add(node, "dcterms:conformsTo", _standard(out, vocabulary))
    for download in summary.downloads:
        _distribution(out, node, summary, download, site)


def _distribution(
    out: Statements, dataset: str, summary: PublicationSummary, download: Download, site: Site
) -> None:
    file = address(site, download.path)
    node, checksum = f"{file}#distribution", f"{file}#checksum"
    profile = find_profile(download.profile)
    out.add(dataset, "dcat:distribution", iri(node))
    out.a(node, "dcat:Distribution")
    out.texts(node, "dcterms:title", {"en": profile.label})
    # Everything is one; a validator that draws no conclusions has to be told.
    out.a(file, "rdfs:Resource")
    out.add(node, "dcat:accessURL", iri(file))
    out.add(node, "dcat:downloadURL", iri(file))
    _kind(
        out,
        node,
        "dcat:mediaType",
        media_type_iri(download.media_type),
        "dcterms:MediaType",
    )
    if profile.file_type:
        file_type = file_type_iri(profile.file_type)
        _kind(out, node, "dcterms:format", file_type, "dcterms:MediaTypeOrExtent")
    out.add(node, "dcat:byteSize", typed(str(download.size), "xsd:nonNegativeInteger"))
    out.add(node, "spdx:checksum", iri(checksum))
    out.a(checksum, "spdx:Checksum")
    _kind(out, checksum, "spdx:algorithm", _SHA256, "spdx:ChecksumAlgorithm")
    out.add(checksum, "spdx:checksumValue", typed(download.sha256, "xsd:hexBinary"))
    out.add(node, "dcterms:license", _license(out, summary.license))
    _kind(out, node, "dcatap:availability", STABLE, "skos:Concept")
    out.texts(STABLE, "skos:prefLabel", {"en": "stable"})
    if summary.modified is not None:
        out.add(node, "dcterms:modified", date(summary.modified))


def _kind(out: Statements, subject: str, predicate: str, thing: str, class_: str) -> None:
    """Add a statement, and of what kind its object is."""
    out.add(subject, predicate, iri(thing))
    out.a(thing, class_)


def _agent(out: Statements, agent: tuple[str, str | None], otherwise: str) -> str:
    name, own = agent
    node = own or otherwise
    out.a(node, "foaf:Agent")
    out.add(node, "foaf:name", literal(name))
    return iri(node)


def _license(out: Statements, license_: str) -> str:
    node = licence_iri(license_)
    out.a(node, "dcterms:LicenseDocument")
    if node != license_:
        out.add(node, "skos:exactMatch", iri(license_))
    return iri(node)


def _languages(out: Statements, node: str, tags: Iterable[str]) -> None:
    for tag in tags:
        language = language_iri(tag)
        if language is not None:
            _kind(out, node, "dcterms:language", language, "dcterms:LinguisticSystem")


def _standard(out: Statements, prefix: str) -> str:
    from lod.namespaces import PREFIXES

    node = PREFIXES[prefix].removesuffix("#")
    out.a(node, "dcterms:Standard")
    return iri(node)


def _page(out: Statements, page: str) -> str:
    out.a(page, "foaf:Document")
    return iri(page)
