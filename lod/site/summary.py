"""What the pages and files of the whole site say of a publication."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from lod.namespaces import WIKIDATA_NS, expand
from lod.pages.names import shipped_term_path
from lod.rdf.terms import RDF_TYPE, lines
from lod.site.data.coverage import covered
from lod.site.data.feeds import page_paths
from lod.site.files import Download, PublicationSummary
from lod.site.pages.terms import terms_of_statements

if TYPE_CHECKING:
    from lod.pages.view import PublicationView


def summarize(view: PublicationView, downloads: Iterable[Download] = ()) -> PublicationSummary:
    """The summary of a publication.

    Args:
        view: the publication.
        downloads: its data files, as they were written.
    """
    facts, entities = view.facts, view.facts.entities
    publication, document = facts.publication, facts.document
    classes, properties = _in_use(view)
    published_in = entities.get(document.published_in or "")
    return PublicationSummary(
        base=publication.base,
        folder=view.folder,
        titles=dict(publication.titles),
        descriptions=dict(publication.descriptions),
        document_title=next(iter(document.titles.values()), None),
        language=document.language,
        authors=tuple(entities[slug].label for slug in document.author if slug in entities),
        published_in=None if published_in is None else published_in.label,
        published=document.published,
        modified=publication.modified,
        version=publication.version,
        license=publication.license,
        publisher=(publication.publisher.name, publication.publisher.iri),
        creators=tuple((one.name, one.iri) for one in publication.creators),
        keywords=publication.keywords,
        counts=count(view),
        items={
            entity.link.qid: entity.label
            for entity in entities.values()
            if entity.link is not None and entity.link.qid is not None
        },
        classes=classes,
        properties=properties,
        downloads=tuple(downloads),
        covers=covered(view),
        releases=tuple((one.date, one.version) for one in view.story.releases),
        uses=_uses(view),
    )


def count(view: PublicationView) -> dict[str, int]:
    """How many claims, statements, entities and so on a publication has."""
    entities = view.facts.entities.values()
    return {
        "claims": len(view.dataset.claims),
        "statements": len(view.facts.statements),
        "entities": len(entities),
        "linked": sum(bool(one.link and one.link.qid) for one in entities),
        "quads": len(view.dataset),
        "sentences": len(view.coverage.sentences),
        "uncovered sentences": sum(not one.is_covered for one in view.coverage.sentences),
        **{f"{name} not checked": n for name, n in view.coverage.unchecked.items()},
        **{k: n for one in view.publication.versions for k, n in one.counts.items()},
        **data_counts(view),
    }


def _in_use(view: PublicationView) -> tuple[dict[str, int], dict[str, int]]:
    """Classes with the number of their members, predicates with that of their triples."""
    classes: Counter[str] = Counter()
    properties: Counter[str] = Counter()
    for node in view.nodes.values():
        for predicate, objects in node.items():
            properties[predicate] += len(objects)
        classes.update(node.get(RDF_TYPE, ()))
    for graph in view.dataset.graphs.values():
        properties.update(predicate for _, predicate, _ in lines(graph))
    plain_classes = {token[1:-1]: number for token, number in sorted(classes.items())}
    return plain_classes, {token[1:-1]: number for token, number in sorted(properties.items())}


def _uses(view: PublicationView) -> dict[str, int]:
    """IRI of each term of ours to the number of claims or entities that use it."""
    found = Counter(entity.type for entity in view.facts.entities.values())
    for id_, terms in terms_of_statements(view).items():
        found.update(dict.fromkeys(terms, len(view.statements[id_].claims)))
    return {iri: number for iri, number in found.items() if shipped_term_path(iri) is not None}


#: Predicates that lead from things of a publication to items of Wikidata.
LINKS = ("owl:sameAs", "skos:closeMatch", "schema:about")


def link_count(predicate: str) -> str:
    """How the number of links is called in the counts of a summary."""
    return f"links {predicate}"


def data_counts(view: PublicationView) -> dict[str, int]:
    """Distinct subjects and objects over all graphs, links by predicate, pages.

    Args:
        view: the publication.

    Returns:
        "subjects", "objects", `link_count` of each of `LINKS`, and "pages", those that sitemaps
        list.
    """
    subjects = set(view.nodes)
    objects: set[str] = set()
    links = {f"<{expand(curie)}>": link_count(curie) for curie in LINKS}
    counts = dict.fromkeys(links.values(), 0)
    for node in view.nodes.values():
        for predicate, values in node.items():
            objects.update(values)
            if predicate in links:
                items = sum(value.startswith(f"<{WIKIDATA_NS}Q") for value in values)
                counts[links[predicate]] += items
    for graph in view.dataset.graphs.values():
        for subject, _, value in lines(graph):
            subjects.add(subject)
            objects.add(value)
    pages = sum(1 for _ in page_paths(view))
    return {"subjects": len(subjects), "objects": len(objects), **counts, "pages": pages}
