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
from lod.site.data.statements import Statements, address, date, integer, iri, literal, name, texts
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
    file = address(site, f"{summary.folder}void.ttl")
    out = Statements(site.base, {_PART: f"{file}#"})
    node = dataset_iri(summary)
    _header(out, file, node)
    creators = (
        one or f"{summary.base}creator/{n}" for n, (_, one) in enumerate(summary.creators, 1)
    )
    out.add(
        node,
        {
            "foaf:homepage": iri(address(site, f"{summary.folder}dataset.html")),
            "dcterms:title": texts(summary.titles),
            "dcterms:description": texts(descriptions(summary, site.templates.words)),
            "dcterms:license": iri(summary.license),
            "dcterms:publisher": iri(summary.publisher[1] or f"{summary.base}publisher"),
            "dcterms:creator": map(iri, creators),
            "dcterms:modified": None if summary.modified is None else date(summary.modified),
            "void:uriSpace": literal(summary.base),
            "void:exampleResource": iri(f"{summary.base}document"),
            "void:rootResource": iri(f"{summary.base}document"),
        },
    )
    for download in summary.downloads:
        format_ = find_profile(download.profile).iri
        dump = iri(address(site, download.path))
        out.add(node, {"void:feature": iri(format_) if format_ else None, "void:dataDump": dump})
    counts = summary.counts
    out.add(
        node,
        {
            "void:triples": integer(counts.get("quads", 0)),
            "void:distinctSubjects": integer(counts.get("subjects", 0)),
            "void:distinctObjects": integer(counts.get("objects", 0)),
        },
    )
    _partitions(out, node, file, summary.classes, summary.properties)
    _linksets(out, node, file, counts)
    return out.turtle()


def _whole(summaries: Summaries, found: Overview, site: Site) -> Iterator[bytes]:
    file = address(site, "void.ttl")
    out = Statements(site.base, {_PART: f"{file}#"})
    node = f"{site.base}dataset"
    _header(out, file, node)
    out.add(
        node,
        {
            "foaf:homepage": iri(address(site, "dataset.html")),
            "dcterms:title": texts({site.language: site.title}),
            "dcterms:description": texts({site.language: site_description(found, site)}),
            "dcterms:license": None if found.license is None else iri(found.license),
            "dcterms:publisher": None if found.publisher[1] is None else iri(found.publisher[1]),
            "dcterms:modified": None if found.modified is None else date(found.modified),
            "void:triples": integer(found.counts.get("quads", 0)),
        },
    )
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
        out.add(f"{site.base}dataset", {"void:subset": iri(part)})
        out.add(part, {"rdfs:seeAlso": iri(address(site, f"{summary.folder}void.ttl"))})
    return b"\n" + out.turtle()


def _header(out: Statements, file: str, node: str) -> None:
    out.a(file, "void:DatasetDescription")
    out.add(file, {"foaf:primaryTopic": out.a(node, "void:Dataset")})


def _partitions(
    out: Statements,
    node: str,
    file: str,
    classes: Mapping[str, int],
    properties: Mapping[str, int],
) -> None:
    used = dict.fromkeys(map(_namespace, sorted({*classes, *properties})))
    out.add(
        node,
        {
            "void:classes": integer(len(classes)),
            "void:properties": integer(len(properties)),
            "void:vocabulary": map(iri, used),
        },
    )
    for kind, count, terms in (
        ("class", "entities", classes),
        ("property", "triples", properties),
    ):
        for term, fragment in _fragments(kind, terms):
            part = f"{file}#{fragment}"
            out.add(node, {f"void:{kind}Partition": iri(part)})
            out.add(part, {f"void:{kind}": iri(term), f"void:{count}": integer(terms[term])})


def _namespace(term: str) -> str:
    return term[: max(term.rfind("#"), term.rfind("/")) + 1]


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
        out.add(node, {"void:subset": out.a(linkset, "void:Linkset")})
        out.add(
            linkset,
            {
                "void:linkPredicate": iri(name(predicate)),
                "void:subjectsTarget": iri(node),
                "void:objectsTarget": out.a(wikidata, "void:Dataset"),
                "void:triples": integer(number),
            },
        )
        out.add(
            wikidata,
            {
                "dcterms:title": literal("Wikidata"),
                "foaf:homepage": iri("https://www.wikidata.org/"),
                "void:uriSpace": literal(WIKIDATA_NS),
            },
        )
