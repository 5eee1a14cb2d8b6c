"""The head of a page: links by the FAIR Signposting Profile, other formats, and schema.org.

The page of the dataset is the landing page of the profile: it has the downloads as items. The
pages of single things belong to it (`collection`) and are described by their own data files. What
is a file of the site is linked relative to the page, so that the links hold wherever the site
stands; identities are whole IRIs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lod.formats import JSON_LD, TRIG, TURTLE
from lod.namespaces import PREFIXES, WIKIDATA_NS, shrink
from lod.site.data import schema_org
from lod.site.data.describe import Overview, dataset_iri, makers
from lod.site.paths import PAGE, link
from lod.site.safe_links import safe_link
from lod.vocabulary.names import SCHEMA

if TYPE_CHECKING:
    from lod.site.files import PublicationSummary, Values
    from lod.site.site import Site
    from lod.site.view import PublicationView

_ABOUT_PAGE = f"{PREFIXES['schema']}AboutPage"
_DEFINED_TERM = f"{PREFIXES['schema']}DefinedTerm"
_HTML = "text/html"
_ATOM = "application/atom+xml"
#: Files that describe the data: their media type, and what they conform to.
_DESCRIBED = {
    "void.ttl": (TURTLE.media_type, PREFIXES["void"]),
    "ro-crate-metadata.json": (JSON_LD.media_type, "https://w3id.org/ro/crate/1.1"),
    "CITATION.cff": ("application/yaml", None),
}
_CATALOGUE = {"dcat.ttl": (TURTLE.media_type, PREFIXES["dcat"])}


@dataclass(frozen=True, slots=True)
class Link:
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


@dataclass(frozen=True, slots=True)
class Head:
    """What `head_links.html` writes.

    Attributes:
        links: link elements, in order.
        json_ld: the page in schema.org, or None.
    """

    links: tuple[Link, ...]
    json_ld: dict[str, Any] | None = None


def head_values(view: PublicationView | None, site: Site, iri: str, page: str) -> Values:
    """What the template of the page about a thing needs for its head.

    Args:
        view: the publication; None for a term of a vocabulary.
        site: the site.
        iri: the thing.
        page: path of the page.

    Returns:
        `head`, what `head_links.html` writes.
    """
    head = _term(iri, page) if view is None else _thing(view, site, iri, page)
    return {"head": head}


def _thing(view: PublicationView, site: Site, iri: str, page: str) -> Head:
    local = iri.removeprefix(view.base)
    links = [Link("canonical", link(page, _file(view, "document.html")))] * (local == "document")
    links += [Link("cite-as", iri), Link("type", _ABOUT_PAGE)]
    links += [Link("type", type_) for type_ in _types(view, iri)]
    links += _data_files(view, iri, page)
    links.append(Link("collection", link(page, _file(view, "dataset.html")), _HTML))
    links += _rights(view, iri)
    if local == "document":
        links.append(Link("alternate", link(page, "feed.xml"), _ATOM, site.title))
    return Head(_safe(links), _json_ld(view, iri))


def dataset_head(summary: PublicationSummary, site: Site, page: str) -> Values:
    """The same for the page about the data of a publication, the landing page."""
    iri = dataset_iri(summary)
    links = [Link("canonical", link(page, f"{summary.folder}dataset.html"))]
    links += [Link("cite-as", iri), Link("type", _ABOUT_PAGE), Link("type", SCHEMA.Dataset)]
    for download in summary.downloads:
        links.append(Link("item", link(page, download.path), download.media_type))
    for download in summary.downloads:
        links.append(Link("alternate", link(page, download.path), download.media_type))
    described = _DESCRIBED if site.several else {**_DESCRIBED, **_CATALOGUE}
    for name, (media_type, profile) in described.items():
        target = link(page, summary.folder + name)
        links.append(Link("describedby", target, media_type, profile=profile))
    links.append(Link("license", summary.license))
    links += [Link("author", maker) for _, maker in makers(summary) if maker is not None]
    links.append(Link("alternate", link(page, "feed.xml"), _ATOM, site.title))
    return {"about": iri, "head": Head(_safe(links), schema_org.dataset(summary, site))}


def site_head(found: Overview, site: Site, page: str) -> Values:
    """The same for the page about all data of a site of several publications."""
    links = [Link("canonical", link(page, "dataset.html")), Link("cite-as", f"{site.base}dataset")]
    links += [Link("type", _ABOUT_PAGE), Link("type", f"{PREFIXES['schema']}DataCatalog")]
    for name, (media_type, profile) in {**_DESCRIBED, **_CATALOGUE}.items():
        links.append(Link("describedby", link(page, name), media_type, profile=profile))
    if found.license is not None:
        links.append(Link("license", found.license))
    links.append(Link("alternate", link(page, "feed.xml"), _ATOM, site.title))
    return {"head": Head(_safe(links), schema_org.catalogue(found, site))}


def _file(view: PublicationView, name: str) -> str:
    return view.folder + name


def _types(view: PublicationView, iri: str) -> list[str]:
    """What the thing is, by schema.org where that has a class for it."""
    types = [t[1:-1] for t in view.nodes.get(f"<{iri}>", {}).get(f"<{PREFIXES['rdf']}type>", ())]
    return [type_ for type_ in types if type_.startswith(PREFIXES["schema"])][:1] or types[:1]


def _data_files(view: PublicationView, iri: str, page: str) -> list[Link]:
    formats = [TURTLE, JSON_LD, *([TRIG] if iri in view.dataset.graphs else [])]
    links = []
    for format_ in formats:
        file = view.paths.file(iri, f".{format_.extension}")
        if file is not None:
            target = link(page, file)
            links.append(Link("alternate", target, format_.media_type, format_.label))
            links.append(Link("describedby", target, format_.media_type))
    return links


def _rights(view: PublicationView, iri: str) -> list[Link]:
    """The licence of the data, and who made it; of the text only who wrote it."""
    if iri != f"{view.base}document":
        makers = schema_org.makers_of(view)
        authors = [Link("author", maker) for _, maker in makers if maker is not None]
        return [Link("license", view.facts.publication.license), *authors]
    links = []
    for slug in view.facts.document.author:
        entity = view.facts.entities[slug]
        item = entity.link.qid if entity.link is not None and not entity.link.close else None
        own = f"{view.base}entity/{slug}"
        links.append(Link("author", own if item is None else f"{WIKIDATA_NS}{item}"))
    return links


def _json_ld(view: PublicationView, iri: str) -> dict[str, Any] | None:
    kind, _, rest = iri.removeprefix(view.base).partition("/")
    if kind == "document":
        return schema_org.document(view)
    if kind == "entity" and (entity := view.entity(rest)) is not None:
        return schema_org.entity(view, entity)
    if kind == "claim":
        id_, _, number = rest.partition("/")
        claims = view.claims_by_statement.get(id_, ())
        for claim in claims:
            if claim.iri == iri:
                return schema_org.claim(view, claim)
        if claims and not number:
            found = [schema_org.claim(view, claim) for claim in claims]
            graph = [{k: v for k, v in one.items() if k != "@context"} for one in found]
            return {"@context": found[0]["@context"], "@graph": graph}
    return None


def _term(iri: str, page: str) -> Head:
    from lod.vocabulary.vocabulary import load_vocabulary

    stem = page.removesuffix(PAGE)
    links = [Link("cite-as", iri), Link("type", _ABOUT_PAGE), Link("type", _DEFINED_TERM)]
    for format_ in (TURTLE, JSON_LD):
        target = link(page, f"{stem}.{format_.extension}")
        links.append(Link("alternate", target, format_.media_type, format_.label))
        links.append(Link("describedby", target, format_.media_type))
    term = load_vocabulary().terms.get(iri)
    if term is None:
        return Head(_safe(links), schema_org.term(iri, shrink(iri), "", shrink(iri)))
    label = term.labels.get("en") or term.name
    return Head(_safe(links), schema_org.term(iri, label, term.definition, term.curie))


def _safe(links: list[Link]) -> tuple[Link, ...]:
    """The links whose targets may be followed, each once."""
    return tuple(dict.fromkeys(one for one in links if _may_be_followed(one.href)))


def _may_be_followed(href: str) -> bool:
    # The relative links are made here, with every ":" of a file name escaped.
    return ":" not in href.partition("/")[0] or safe_link(href) is not None
