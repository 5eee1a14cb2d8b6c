"""The head of a page: links by the FAIR Signposting Profile, other formats, and schema.org JSON-LD.

The page of the dataset is the landing page of the profile: it has the downloads as items. The
pages of single things belong to it (`collection`) and are described by their own data files. What
is a file of the site is linked relative to the page, so that the links hold wherever the site
stands; identities are whole IRIs.

In schema.org a claim is a `Claim`, never a `ClaimReview`: nothing is rated here. Its author is who
says it; who took it from the text is its `claimInterpreter`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from msgspec import Struct

from lod.namespaces import PREFIXES, WIKIDATA_NS, shrink
from lod.pages.names import PAGE, link
from lod.pages.texts import preferred, safe_link, short
from lod.rdf.formats import JSON_LD, TRIG, TURTLE
from lod.site.data.describe import (
    Overview,
    dataset_iri,
    description,
    filled,
    makers,
    site_description,
    title,
)
from lod.site.data.statements import address
from lod.vocabulary.names import SCHEMA
from lod.vocabulary.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from collections.abc import Hashable

    from lod.model.entity import Entity
    from lod.model.facts import Document
    from lod.pages.view import ClaimView, PublicationView
    from lod.site.files import PublicationSummary, Values
    from lod.site.site import Site

_ABOUT_PAGE = f"{PREFIXES['schema']}AboutPage"
_DEFINED_TERM = f"{PREFIXES['schema']}DefinedTerm"
_HTML = "text/html"
_ATOM = "application/atom+xml"
#: Files that describe the data: their media type, and what they conform to.
_DESCRIBED = {
    "void.ttl": (TURTLE.media_type, PREFIXES["void"]),
    "ro-crate-metadata.json": (JSON_LD.media_type, "https://w3id.org/ro/crate/1.3"),
    "CITATION.cff": ("application/yaml", None),
}
_CATALOGUE = {"dcat.ttl": (TURTLE.media_type, PREFIXES["dcat"])}


class HeadLink(Struct, frozen=True):
    """A link element.

    Attributes:
        rel: the relation (RFC 8288).
        href: where to.
        type: media type of the target, or None.
        title: for people, or None.
        profile: IRI of what the target conforms to, or None.
    """

    rel: str
    href: str
    type: str | None = None
    title: str | None = None
    profile: str | None = None


class Head(Struct, frozen=True):
    """What `head_links.html` writes.

    Attributes:
        own: link elements of the page, in order.
        json_ld: the page in schema.org, or None.
        common: link elements that other pages of its folder have too, which follow.
    """

    own: tuple[HeadLink, ...]
    json_ld: dict[str, Any] | None = None
    common: tuple[HeadLink, ...] = ()

    @property
    def links(self) -> tuple[HeadLink, ...]:
        """All link elements, in order."""
        return (*self.own, *self.common)


#: Of each publication the links that the pages of a folder have in common.
_COMMON: WeakKeyDictionary[PublicationView, dict[Hashable, tuple[HeadLink, ...]]] = (
    WeakKeyDictionary()
)


def head_values(view: PublicationView, site: Site, iri: str, page: str) -> Values:
    """What the template of the page about a thing needs for its head.

    Args:
        view: the publication.
        site: the site.
        iri: the thing.
        page: path of the page.

    Returns:
        `head`, what `head_links.html` writes.
    """
    return {"head": _thing(view, site, iri, page)}


def _thing(view: PublicationView, site: Site, iri: str, page: str) -> Head:
    local = iri.removeprefix(view.base)
    links = [HeadLink("canonical", link(page, _file(view, "document.html")))] * (
        local == "document"
    )
    links += [HeadLink("cite-as", iri), HeadLink("type", _ABOUT_PAGE)]
    links += [HeadLink("type", type_) for type_ in _types(view, iri)]
    if site.full_data:
        links += _data_files(view, site, iri, page)
    if local.partition("/")[0] == "document":
        links += _of_all(view, site, iri, page)
        if local == "document":
            links.append(HeadLink("alternate", link(page, "feed.xml"), _ATOM, site.title))
        return Head(_safe(links), _json_ld(view, site, iri))
    kept = _COMMON.setdefault(view, {})
    key = (page.rpartition("/")[0], iri in view.dataset.graphs, site.full_data)
    if key not in kept:
        kept[key] = _safe(_of_all(view, site, iri, page))
    return Head(_safe(links), _json_ld(view, site, iri), kept[key])


def _of_all(view: PublicationView, site: Site, iri: str, page: str) -> list[HeadLink]:
    """The dataset, where a thing has no data of its own, the licence, and who made it."""
    links = [] if site.full_data else _data_files(view, site, iri, page)
    links.append(HeadLink("collection", link(page, _file(view, "dataset.html")), _HTML))
    return links + _rights(view, iri)


def dataset_head(summary: PublicationSummary, site: Site, page: str) -> Values:
    """The same for the page about the data of a publication, the landing page."""
    iri = dataset_iri(summary)
    links = [HeadLink("canonical", link(page, f"{summary.folder}dataset.html"))]
    links += [
        HeadLink("cite-as", iri),
        HeadLink("type", _ABOUT_PAGE),
        HeadLink("type", SCHEMA.Dataset),
    ]
    for download in summary.downloads:
        links.append(HeadLink("item", link(page, download.path), download.media_type))
    for download in summary.downloads:
        links.append(HeadLink("alternate", link(page, download.path), download.media_type))
    described = _DESCRIBED if site.several else {**_DESCRIBED, **_CATALOGUE}
    for name, (media_type, profile) in described.items():
        target = link(page, summary.folder + name)
        links.append(HeadLink("describedby", target, media_type, profile=profile))
    links.append(HeadLink("license", summary.license))
    links += [HeadLink("author", maker) for _, maker in makers(summary) if maker is not None]
    links.append(HeadLink("alternate", link(page, "feed.xml"), _ATOM, site.title))
    return {"about": iri, "head": Head(_safe(links), dataset_data(summary, site))}


def site_head(found: Overview, site: Site, page: str) -> Values:
    """The same for the page about all data of a site of several publications."""
    links = [
        HeadLink("canonical", link(page, "dataset.html")),
        HeadLink("cite-as", f"{site.base}dataset"),
    ]
    links += [HeadLink("type", _ABOUT_PAGE), HeadLink("type", f"{PREFIXES['schema']}DataCatalog")]
    for name, (media_type, profile) in {**_DESCRIBED, **_CATALOGUE}.items():
        links.append(HeadLink("describedby", link(page, name), media_type, profile=profile))
    if found.license is not None:
        links.append(HeadLink("license", found.license))
    links.append(HeadLink("alternate", link(page, "feed.xml"), _ATOM, site.title))
    return {"head": Head(_safe(links), catalogue_data(found, site))}


def _file(view: PublicationView, name: str) -> str:
    return view.folder + name


def _types(view: PublicationView, iri: str) -> list[str]:
    """What the thing is, by schema.org where that has a class for it."""
    types = [t[1:-1] for t in view.nodes.get(f"<{iri}>", {}).get(f"<{PREFIXES['rdf']}type>", ())]
    return [type_ for type_ in types if type_.startswith(PREFIXES["schema"])][:1] or types[:1]


def _data_files(view: PublicationView, site: Site, iri: str, page: str) -> list[HeadLink]:
    """The data of a thing: files of its own, which are the page in other forms, or the dataset."""
    formats = [TURTLE, JSON_LD, *([TRIG] if iri in view.dataset.graphs else [])]
    if not site.full_data:
        files = [(_file(view, f"dataset.{one.extension}"), one) for one in formats]
        return [HeadLink("describedby", link(page, file), one.media_type) for file, one in files]
    links = []
    for format_ in formats:
        file = view.paths.file(iri, f".{format_.extension}")
        if file is not None:
            target = link(page, file)
            links.append(HeadLink("alternate", target, format_.media_type, format_.label))
            links.append(HeadLink("describedby", target, format_.media_type))
    return links


def _rights(view: PublicationView, iri: str) -> list[HeadLink]:
    """The licence of the data, and who made it; of the text only who wrote it."""
    kind, _, name = iri.removeprefix(view.base).partition("/")
    if kind != "document":
        makers = makers_of(view)
        authors = [HeadLink("author", maker) for _, maker in makers if maker is not None]
        return [HeadLink("license", view.facts.publication.license), *authors]
    links = []
    for slug in view.facts.document.version(name).author:
        entity = view.facts.entities[slug]
        item = entity.link.qid if entity.link is not None and not entity.link.close else None
        own = f"{view.base}entity/{slug}"
        links.append(HeadLink("author", own if item is None else f"{WIKIDATA_NS}{item}"))
    return links


def _json_ld(view: PublicationView, site: Site, iri: str) -> dict[str, Any] | None:
    kind, _, rest = iri.removeprefix(view.base).partition("/")
    if kind == "document":
        return document_data(view, site, rest)
    if kind == "entity" and (entity := view.entity(rest)) is not None:
        return entity_data(view, entity)
    if kind == "claim":
        id_, _, number = rest.partition("/")
        claims = view.statements[id_].claims if id_ in view.statements else ()
        for claim in claims:
            if claim.iri == iri:
                return claim_data(view, claim)
        if claims and not number:
            found = [claim_data(view, claim) for claim in claims]
            graph = [{k: v for k, v in one.items() if k != "@context"} for one in found]
            return {"@context": found[0]["@context"], "@graph": graph}
    return None


def term_head(iri: str, page: str, data: str) -> Values:
    """The same for the page about a term of a vocabulary.

    Args:
        iri: the term.
        page: path of the page.
        data: path of the files with its data, without ending: its own, or those of all terms.
    """
    is_own = data == page.removesuffix(PAGE)
    links = [
        HeadLink("cite-as", iri),
        HeadLink("type", _ABOUT_PAGE),
        HeadLink("type", _DEFINED_TERM),
    ]
    for format_ in (TURTLE, JSON_LD):
        target = link(page, f"{data}.{format_.extension}")
        if is_own:
            links.append(HeadLink("alternate", target, format_.media_type, format_.label))
        links.append(HeadLink("describedby", target, format_.media_type))
    term = load_vocabulary().terms.get(iri)
    if term is None:
        return {"head": Head(_safe(links), term_data(iri, shrink(iri), "", shrink(iri)))}
    label = term.labels.get("en") or term.name
    return {"head": Head(_safe(links), term_data(iri, label, term.definition, term.curie))}


def _safe(links: list[HeadLink]) -> tuple[HeadLink, ...]:
    """The links whose targets may be followed, each once."""
    return tuple(dict.fromkeys(one for one in links if _may_be_followed(one.href)))


def _may_be_followed(href: str) -> bool:
    # The relative links are made here, with every ":" of a file name escaped.
    return ":" not in href.partition("/")[0] or safe_link(href) is not None


_CONTEXT = "https://schema.org"
_NS = PREFIXES["schema"]
#: Longest text that is worth a search engine's while, in code points.
_LONG = 1000
Json = dict[str, Any]


def document_data(view: PublicationView, site: Site, version: str = "") -> Json:
    """The page: ours, about an Article (or what else the text is), which is not."""
    publication = view.facts.publication
    page = address(site, view.document_page(version))
    picture = None if site.picture is None else address(site, site.picture)
    return filled(
        {
            "@context": _CONTEXT,
            "@type": "WebPage",
            "@id": page,
            "url": page,
            "name": short(preferred(publication.titles, site.language)),
            "description": short(preferred(publication.descriptions, site.language), _LONG) or None,
            "inLanguage": site.language,
            "primaryImageOfPage": None
            if picture is None
            else {"@type": "ImageObject", "url": picture, "width": 1200, "height": 630},
            "publisher": _maker((publication.publisher.name, publication.publisher.iri)),
            "dateModified": publication.modified,
            "license": publication.license,
            "mainEntity": {
                **_document(view, version),
                **({} if picture is None else {"image": picture}),
                "subjectOf": _part(f"{view.base}dataset"),
            },
        }
    )


def _told(view: PublicationView, document: Document) -> str | None:
    """The text in a few words: who wrote it, where it was published, and when."""
    names = [view.names.speaker(slug).label for slug in document.author]
    newspaper = view.names.entity(document.published_in).label if document.published_in else None
    return ", ".join(filter(None, (*names, newspaper, document.published))) or None


def _document(view: PublicationView, version: str = "", *, brief: bool = False) -> Json:
    document = view.facts.document.version(version)
    headline = short(next(iter(document.titles.values()), "")) or None
    found: Json = {
        "@type": _document_type(view, document.type),
        "@id": f"{view.base}{document.local}",
        "headline": headline,
        "url": document.iri,
        "datePublished": document.published,
    }
    if brief:
        return filled(found)
    newspaper = view.entity(document.published_in) if document.published_in else None
    found |= {
        "inLanguage": document.language,
        "author": [_agent(view, view.facts.entities[slug]) for slug in document.author],
        "publisher": None if newspaper is None else _agent(view, newspaper),
        "isPartOf": None if newspaper is None else {"@id": f"{view.base}entity/{newspaper.slug}"},
        "isBasedOn": document.source,
        "translator": [_agent(view, view.facts.entities[slug]) for slug in document.translators],
        "description": _told(view, document),
    }
    for one in view.facts.document.all_versions:
        if one.key == document.translation_of:
            found["translationOfWork"] = _part(f"{view.base}{one.local}")
        if one.translation_of == document.key:
            translations = found.setdefault("workTranslation", [])
            translations.append(_part(f"{view.base}{one.local}"))
    return filled(found)


def _document_type(view: PublicationView, class_: str) -> str:
    for iri in (class_, *view.vocabulary.emitted(class_)):
        if iri.startswith(_NS):
            return iri.removeprefix(_NS)
    article = SCHEMA.Article in view.vocabulary.superclasses(class_)
    return "Article" if article else "CreativeWork"


def claim_data(view: PublicationView, claim_: ClaimView) -> Json:
    """A claim with the text in which it appears and the one who says it."""
    statement, document = claim_.statement, view.facts.document
    *_, inner = statement.speakers
    speaker = view.entity(inner)
    items = view.nodes[f"<{claim_.iri}>"].get(f"<{SCHEMA.about}>", ())
    names = dict.fromkeys(anchor.version for anchor in statement.anchors)
    found = [_document(view, name, brief=True) for name in names]
    return filled(
        {
            "@context": _CONTEXT,
            "@type": "Claim",
            "@id": claim_.iri,
            "name": short(claim_.sentence),
            "text": short(claim_.sentence, _LONG),
            "inLanguage": document.language,
            "author": _document(view, brief=True) if speaker is None else _agent(view, speaker),
            "appearance": found[0] if len(found) == 1 else found,
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


def entity_data(view: PublicationView, entity_: Entity) -> Json:
    """A thing that claims are about."""
    names = [*list(entity_.labels.values())[1:], *entity_.also]
    return filled(
        {
            "@context": _CONTEXT,
            **_agent(view, entity_, "Thing"),
            "alternateName": [short(name) for name in dict.fromkeys(names)],
            "description": short(entity_.description or "", _LONG) or None,
        }
    )


def dataset_data(summary: PublicationSummary, site: Site) -> Json:
    """The data with its downloads, as search engines for data want it."""
    words = site.templates.words
    iri = dataset_iri(summary)
    return filled(
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
            **summary.covers,
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


def catalogue_data(found: Overview, site: Site) -> Json:
    """All data of a site of several publications."""
    return filled(
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


def term_data(iri: str, name: str, text: str, code: str) -> Json:
    """A term of a vocabulary.

    Args:
        iri: the term.
        name: its label.
        text: its definition.
        code: its short name.
    """
    return filled(
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
    return filled(
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
