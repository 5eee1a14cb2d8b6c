"""VoID: what the data holds, in numbers, and what it links to; `void.ttl`, `.well-known/void`.

Triples are those of all graphs, as the N-Quads have them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from lod.namespaces import WIKIDATA_NS, shrink
from lod.profiles import find_profile
from lod.site.data.describe import (
    Overview,
    dataset_iri,
    descriptions,
    site_description,
)
from lod.site.data.statements import Statements, address, date, integer, iri, literal, name
from lod.site.files import PublicationSummary, SiteFile, StreamedFile
from lod.site.summaries import Summaries
from lod.site.summary import LINKS, link_count

if TYPE_CHECKING:
    from lod.site.site import Site

_NOT_PLAIN = re.compile(r"[^A-Za-z0-9]+")

#: The prefix of the parts of a description: there are more of them than of anything else in it.
_PART = "part"


def void_files(
    summaries: Summaries, found: Overview, site: Site
) -> Iterator[SiteFile | StreamedFile]:
    """The description of all data of a site, at its root and where VoID wants it.

    Args:
        summaries: of all publications; read once for each of the two.
        found: what they have together.
        site: the site.
    """
    for path in ("void.ttl", ".well-known/void"):
        if site.several:
            yield StreamedFile(path, _whole(summaries, found, site))
        else:
            yield SiteFile(path, publication_void(found.first, site))


def publication_void(summary: PublicationSummary, site: Site) -> bytes:
    """The description of the data of one publication."""
    file = f"{summary.folder}void.ttl"
    out = Statements(site.base, {_PART: f"{address(site, file)}#"})
    node = dataset_iri(summary)
    _header(out, address(site, file), node)
    out.add(node, "foaf:homepage", iri(address(site, f"{summary.folder}dataset.html")))
    out.texts(node, "dcterms:title", summary.titles)
    out.texts(node, "dcterms:description", descriptions(summary, site.templates.words))
    out.add(node, "dcterms:license", iri(summary.license))
    publisher = summary.publisher[1] or f"{summary.base}publisher"
    out.add(node, "dcterms:publisher", iri(publisher))
    creators = (
        one or f"{summary.base}creator/{n}" for n, (_, one) in enumerate(summary.creators, 1)
    )
    out.add(node, "dcterms:creator", *map(iri, creators))
    if summary.modified is not None:
        out.add(node, "dcterms:modified", date(summary.modified))
    out.add(node, "void:uriSpace", literal(summary.base))
    out.add(node, "void:exampleResource", iri(f"{summary.base}document"))
    out.add(node, "void:rootResource", iri(f"{summary.base}document"))
    for download in summary.downloads:
        if format_ := find_profile(download.profile).iri:
            out.add(node, "void:feature", iri(format_))
        out.add(node, "void:dataDump", iri(address(site, download.path)))
    _numbers(out, node, summary.counts)
    out.add(node, "void:distinctSubjects", integer(summary.counts.get("subjects", 0)))
    out.add(node, "void:distinctObjects", integer(summary.counts.get("objects", 0)))
    _partitions(out, node, address(site, file), summary.classes, summary.properties)
    _linksets(out, node, address(site, file), summary.counts)
    return out.turtle()


def _whole(summaries: Summaries, found: Overview, site: Site) -> Iterator[bytes]:
    file = address(site, "void.ttl")
    out = Statements(site.base, {_PART: f"{file}#"})
    node = f"{site.base}dataset"
    _header(out, file, node)
    out.add(node, "foaf:homepage", iri(address(site, "dataset.html")))
    out.texts(node, "dcterms:title", {site.language: site.title})
    out.texts(node, "dcterms:description", {site.language: site_description(found, site)})
    if found.license is not None:
        out.add(node, "dcterms:license", iri(found.license))
    if found.publisher[1] is not None:
        out.add(node, "dcterms:publisher", iri(found.publisher[1]))
    if found.modified is not None:
        out.add(node, "dcterms:modified", date(found.modified))
    _numbers(out, node, found.counts)
    _partitions(out, node, file, found.classes, found.properties)
    _linksets(out, node, file, found.counts)
    yield out.turtle()
    # Turtle documents behind each other are one; so only a part of them is there as statements.
    yield from summaries.made("void", lambda some: _subsets(some, site))


def _subsets(summaries: Iterable[PublicationSummary], site: Site) -> bytes:
    """Some publications as parts of the whole."""
    out = Statements(site.base)
    for summary in summaries:
        part = dataset_iri(summary)
        out.add(f"{site.base}dataset", "void:subset", iri(part))
        out.add(part, "rdfs:seeAlso", iri(address(site, f"{summary.folder}void.ttl")))
    return b"\n" + out.turtle()


def _header(out: Statements, file: str, node: str) -> None:
    out.a(file, "void:DatasetDescription")
    out.add(file, "foaf:primaryTopic", iri(node))
    out.a(node, "void:Dataset")


def _numbers(out: Statements, node: str, counts: Mapping[str, int]) -> None:
    out.add(node, "void:triples", integer(counts.get("quads", 0)))


def _partitions(
    out: Statements,
    node: str,
    file: str,
    classes: Mapping[str, int],
    properties: Mapping[str, int],
) -> None:
    out.add(node, "void:classes", integer(len(classes)))
    out.add(node, "void:properties", integer(len(properties)))
    used = dict.fromkeys(
        term[: max(term.rfind("#"), term.rfind("/")) + 1]
        for term in sorted({*classes, *properties})
    )
    out.add(node, "void:vocabulary", *(iri(namespace) for namespace in used))
    for term, part in _fragments("class", classes):
        out.add(node, "void:classPartition", iri(f"{file}#{part}"))
        out.add(f"{file}#{part}", "void:class", iri(term))
        out.add(f"{file}#{part}", "void:entities", integer(classes[term]))
    for term, part in _fragments("property", properties):
        out.add(node, "void:propertyPartition", iri(f"{file}#{part}"))
        out.add(f"{file}#{part}", "void:property", iri(term))
        out.add(f"{file}#{part}", "void:triples", integer(properties[term]))


def _fragments(kind: str, terms: Iterable[str]) -> Iterator[tuple[str, str]]:
    """A fragment for each term, made of its short name."""
    taken: set[str] = set()
    for term in terms:
        plain = fragment = f"{kind}-{_NOT_PLAIN.sub('-', shrink(term)).strip('-')}"
        number = 1
        while fragment in taken:
            number += 1
            fragment = f"{plain}-{number}"
        taken.add(fragment)
        yield term, fragment


def _linksets(out: Statements, node: str, file: str, counts: Mapping[str, int]) -> None:
    wikidata = f"{file}#wikidata"
    for predicate in LINKS:
        number = counts.get(link_count(predicate), 0)
        if not number:
            continue
        linkset = f"{file}#links-{predicate.replace(':', '-')}"
        out.add(node, "void:subset", iri(linkset))
        out.a(linkset, "void:Linkset")
        out.add(linkset, "void:linkPredicate", iri(name(predicate)))
        out.add(linkset, "void:subjectsTarget", iri(node))
        out.add(linkset, "void:objectsTarget", iri(wikidata))
        out.add(linkset, "void:triples", integer(number))
        out.a(wikidata, "void:Dataset")
        out.add(wikidata, "dcterms:title", literal("Wikidata"))
        out.add(wikidata, "foaf:homepage", iri("https://www.wikidata.org/"))
        out.add(wikidata, "void:uriSpace", literal(WIKIDATA_NS))
