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

from lod.namespaces import PREFIXES
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
from lod.site.data.statements import Statements, address, date, iri, literal, texts, typed
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
    out.add(
        node,
        {
            "dcterms:title": texts({site.language: site.title}),
            "dcterms:description": texts({site.language: site_description(found, site)}),
            "dcterms:publisher": _agent(out, found.publisher, f"{node}-publisher"),
            "dcterms:license": None if found.license is None else _license(out, found.license),
            "dcterms:language": _languages(out, found.languages),
            "dcterms:modified": None if found.modified is None else date(found.modified),
            "foaf:homepage": out.a(site.base, "foaf:Document"),
        },
    )


def _links(out: Statements, site: Site, number: int, pages: int, total: int) -> None:
    """Where the other pages are."""
    here = address(site, page_path(number))
    out.a(here, "hydra:PagedCollection", "hydra:PartialCollectionView")
    to = {"first": 1, "last": pages, "previous": number - 1, "next": number + 1}
    out.add(
        here,
        {
            "hydra:totalItems": typed(str(total), "xsd:integer"),
            "hydra:itemsPerPage": typed(str(PAGE), "xsd:integer"),
            # The names of the first drafts of Hydra are those that harvesters look for.
            **{
                f"hydra:{relation}{ending}": iri(address(site, page_path(other)))
                for relation, other in to.items()
                if 1 <= other <= pages
                for ending in ("", "Page")
            },
        },
    )


def _dataset(out: Statements, summary: PublicationSummary, site: Site) -> None:
    node = dataset_iri(summary)
    out.add(catalogue_iri(site), {"dcat:dataset": iri(node)})
    out.a(node, "dcat:Dataset")
    publisher = _agent(out, summary.publisher, f"{summary.base}publisher")
    creators = [
        _agent(out, maker, f"{summary.base}creator/{number}")
        for number, maker in enumerate(makers(summary), 1)
    ]
    page = address(site, f"{summary.folder}dataset.html")
    out.add(
        node,
        {
            "dcterms:title": texts(summary.titles),
            "dcterms:description": texts(descriptions(summary, site.templates.words)),
            "dcterms:identifier": typed(node, "xsd:anyURI"),
            "dcterms:publisher": publisher,
            "dcterms:creator": creators if summary.creators else None,
            "dcterms:language": _languages(out, [summary.language]),
            "dcat:keyword": [literal(keyword, summary.language) for keyword in summary.keywords],
            "dcterms:modified": None if summary.modified is None else date(summary.modified),
            "dcat:version": None if summary.version is None else literal(summary.version),
            "dcat:landingPage": out.a(page, "foaf:Document"),
            "prov:wasDerivedFrom": iri(f"{summary.base}document"),
            "dcterms:accessRights": out.a(PUBLIC, "dcterms:RightsStatement"),
            "dcterms:accrualPeriodicity": out.a(IRREGULAR, "dcterms:Frequency"),
            "dcterms:conformsTo": [
                out.a(PREFIXES[prefix].removesuffix("#"), "dcterms:Standard")
                for prefix in ("lod", "rel")
            ],
        },
    )
    for download in summary.downloads:
        _distribution(out, node, summary, download, site)


def _distribution(
    out: Statements, dataset: str, summary: PublicationSummary, download: Download, site: Site
) -> None:
    file = address(site, download.path)
    node = f"{file}#distribution"
    profile = find_profile(download.profile)
    out.add(dataset, {"dcat:distribution": out.a(node, "dcat:Distribution")})
    # Everything is one; a validator that draws no conclusions has to be told.
    resource = out.a(file, "rdfs:Resource")
    out.add(
        node,
        {
            "dcterms:title": texts({"en": profile.label}),
            "dcat:accessURL": resource,
            "dcat:downloadURL": resource,
            "dcat:mediaType": out.a(media_type_iri(download.media_type), "dcterms:MediaType"),
            "dcterms:format": out.a(file_type_iri(profile.file_type), "dcterms:MediaTypeOrExtent")
            if profile.file_type
            else None,
            "dcat:byteSize": typed(str(download.size), "xsd:nonNegativeInteger"),
            "spdx:checksum": _checksum(out, f"{file}#checksum", download.sha256),
            "dcterms:license": _license(out, summary.license),
            "dcatap:availability": out.a(STABLE, "skos:Concept"),
            "dcterms:modified": None if summary.modified is None else date(summary.modified),
        },
    )
    out.add(STABLE, {"skos:prefLabel": texts({"en": "stable"})})


def _checksum(out: Statements, node: str, digest: str) -> str:
    token = out.a(node, "spdx:Checksum")
    algorithm = out.a(_SHA256, "spdx:ChecksumAlgorithm")
    value = typed(digest, "xsd:hexBinary")
    out.add(node, {"spdx:algorithm": algorithm, "spdx:checksumValue": value})
    return token


def _agent(out: Statements, agent: tuple[str, str | None], otherwise: str) -> str:
    name, own = agent
    token = out.a(own or otherwise, "foaf:Agent")
    out.add(own or otherwise, {"foaf:name": literal(name)})
    return token


def _license(out: Statements, license_: str) -> str:
    node = licence_iri(license_)
    token = out.a(node, "dcterms:LicenseDocument")
    out.add(node, {"skos:exactMatch": None if node == license_ else iri(license_)})
    return token


def _languages(out: Statements, tags: Iterable[str]) -> list[str]:
    known = filter(None, map(language_iri, tags))
    return [out.a(language, "dcterms:LinguisticSystem") for language in known]
