"""What VoID and sitemaps count: subjects, objects, links to Wikidata, pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lod.dataset.ntriples import lines
from lod.namespaces import WIKIDATA_NS, expand
from lod.site.data.sitemap import page_paths

if TYPE_CHECKING:
    from lod.site.view import PublicationView

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
