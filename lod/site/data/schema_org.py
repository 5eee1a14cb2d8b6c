"""schema.org JSON-LD for the head of a page: what search engines read of it.

A claim is a `Claim`, never a `ClaimReview`: nothing is rated here. Its author is who says it; who
took it from the text is its `claimInterpreter`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lod.namespaces import PREFIXES, WIKIDATA_NS
from lod.site.data.describe import (
    Overview,
    dataset_iri,
    description,
    makers,
    site_description,
    title,
)
from lod.site.data.statements import address
from lod.site.texts import short
from lod.vocabulary.names import SCHEMA

if TYPE_CHECKING:
    from lod.model.entity import Entity
    from lod.site.files import PublicationSummary
    from lod.site.site import Site
    from lod.site.view import ClaimView, PublicationView

_CONTEXT = "https://schema.org"
_NS = PREFIXES["schema"]
#: Longest text that is worth a search engine's while, in code points.
_LONG = 1000
Json = dict[str, Any]


def document(view: PublicationView) -> Json:
    """The text as an Article, or what else it is."""
    return {"@context": _CONTEXT, **_document(view), "subjectOf": _part(f"{view.base}dataset")}


def _document(view: PublicationView, *, brief: bool = False) -> Json:
    document = view.facts.document
    headline = short(next(iter(document.titles.values()), "")) or None
    found: Json = {
        "@type": _document_type(view, document.type),
        "@id": f"{view.base}document",
        "headline": headline,
        "url": document.iri,
        "datePublished": document.published,
    }
    if brief:
        return _filled(found)
    newspaper = view.entity(document.published_in) if document.published_in else None
    found |= {
        "inLanguage": document.language,
        "author": [_agent(view, view.facts.entities[slug]) for slug in document.author],
        "publisher": None if newspaper is None else _agent(view, newspaper),
        "isPartOf": None if newspaper is None else {"@id": f"{view.base}entity/{newspaper.slug}"},
        "isBasedOn": document.source,
    }
    return _filled(found)


def _document_type(view: PublicationView, class_: str) -> str:
    for iri in (class_, *view.vocabulary.emitted(class_)):
        if iri.startswith(_NS):
            return iri.removeprefix(_NS)
    article = SCHEMA.Article in view.vocabulary.superclasses(class_)
    return "Article" if article else "CreativeWork"


def claim(view: PublicationView, claim_: ClaimView) -> Json:
    """A claim with the text in which it appears and the one who says it."""
    statement, document = claim_.statement, view.facts.document
    *_, inner = statement.speakers
    speaker = view.entity(inner)
    items = view.nodes[f"<{claim_.iri}>"].get(f"<{SCHEMA.about}>", ())
    appearance = _document(view, brief=True)
    return _filled(
        {
            "@context": _CONTEXT,
            "@type": "Claim",
            "@id": claim_.iri,
            "name": short(claim_.sentence),
            "text": short(claim_.sentence, _LONG),
            "inLanguage": document.language,
            "author": _document(view, brief=True) if speaker is None else _agent(view, speaker),
            "appearance": appearance,
            "firstAppearance": _part(f"{view.base}document"),
            "claimInterpreter": [_maker(one) for one in makers_of(view)],
            "about": [_part(token[1:-1]) for token in items if token.startswith("<http")],
            "dateCreated": statement.said_on or document.published,
            "license": view.facts.publication.license,
            "isPartOf": _part(f"{view.base}dataset"),
        }
    )


def makers_of(view: PublicationView) -> tuple[tuple[str, str | None], ...]:
    """Who made the data of a publication: its creators, else its publisher."""
    publication = view.facts.publication
    found = publication.creators or (publication.publisher,)
    return tuple((one.name, one.iri) for one in found)


def entity(view: PublicationView, entity_: Entity) -> Json:
    """A thing that claims are about."""
    names = [*list(entity_.labels.values())[1:], *entity_.also]
    return _filled(
        {
            "@context": _CONTEXT,
            **_agent(view, entity_, "Thing"),
            "alternateName": [short(name) for name in dict.fromkeys(names)],
            "description": short(entity_.description or "", _LONG) or None,
        }
    )


def dataset(summary: PublicationSummary, site: Site) -> Json:
    """The data with its downloads, as search engines for data want it."""
    words = site.templates.words
    iri = dataset_iri(summary)
    return _filled(
        {
            "@context": _CONTEXT,
            "@type": "Dataset",
            "@id": iri,
            "name": title(summary, site.language),
            "description": description(summary, words),
            "url": address(site, f"{summary.folder}dataset.html"),
            "identifier": iri,
            "license": summary.license,
            "creator": [_maker(one) for one in makers(summary)],
            "publisher": _maker(summary.publisher),
            "version": summary.version,
            "dateModified": summary.modified,
            "keywords": [short(keyword) for keyword in summary.keywords],
            "inLanguage": summary.language,
            "isAccessibleForFree": True,
            "isBasedOn": _part(f"{summary.base}document"),
            "includedInDataCatalog": {"@type": "DataCatalog", "name": short(site.title)}
            | {"url": site.base}
            if site.several
            else None,
            "distribution": [
                {
                    "@type": "DataDownload",
                    "contentUrl": address(site, download.path),
                    "encodingFormat": download.media_type,
                    "contentSize": f"{download.size} B",
                    "sha256": download.sha256,
                }
                for download in summary.downloads
            ],
        }
    )


def catalogue(found: Overview, site: Site) -> Json:
    """All data of a site of several publications."""
    return _filled(
        {
            "@context": _CONTEXT,
            "@type": "DataCatalog",
            "@id": f"{site.base}dataset",
            "name": short(site.title),
            "description": site_description(found, site),
            "url": address(site, "dataset.html"),
            "license": found.license,
            "publisher": _maker(found.publisher),
            "dateModified": found.modified,
            "inLanguage": list(found.languages),
        }
    )


def term(iri: str, name: str, text: str, code: str) -> Json:
    """A term of a vocabulary.

    Args:
        iri: the term.
        name: its label.
        text: its definition.
        code: its short name.
    """
    return _filled(
        {
            "@context": _CONTEXT,
            "@type": "DefinedTerm",
            "@id": iri,
            "name": short(name),
            "description": short(text, _LONG) or None,
            "termCode": code,
            "inDefinedTermSet": iri[: max(iri.rfind("#"), iri.rfind("/")) + 1],
        }
    )


def _agent(view: PublicationView, entity_: Entity, otherwise: str = "Organization") -> Json:
    """An entity by its type, name and Wikidata item.

    Args:
        view: the publication.
        entity_: the entity.
        otherwise: its type where schema.org has none; "Thing" also keeps one that cannot speak.
    """
    types = (iri for iri in view.vocabulary.emitted(entity_.type) if iri.startswith(_NS))
    type_ = next(types, _NS + otherwise).removeprefix(_NS)
    if otherwise != "Thing" and type_ not in ("Person", "Organization"):
        # Only these two write and speak in schema.org; a country does so as an organization.
        type_ = "Organization"
    link = entity_.link
    item = link.qid if link is not None and not link.close else None
    same = [] if item is None else [f"{WIKIDATA_NS}{item}"]
    return _filled(
        {
            "@type": type_,
            "@id": f"{view.base}entity/{entity_.slug}",
            "name": short(entity_.label),
            "sameAs": [*same, *entity_.same_as],
        }
    )


def _maker(agent: tuple[str, str | None]) -> Json:
    name, iri = agent
    is_person = iri is not None and "orcid.org/" in iri
    found: Json = {"@type": "Person" if is_person else "Organization", "name": short(name)}
    if iri is not None:
        found |= {"@id": iri, "url": iri}
    return found


def _part(iri: str) -> Json:
    return {"@id": iri}


def _filled(members: Json) -> Json:
    """The members that say something."""
    return {key: value for key, value in members.items() if value not in (None, "", [])}
