"""The page that asks SPARQL of a publication, in the browser; and the files that it needs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from lod.dataset.ntriples import RDF_TYPE, iri_of
from lod.namespaces import LOD_NS, PREFIXES, shrink
from lod.query.named import FOLDER, list_queries
from lod.site.files import PublicationSummary, SiteFile
from lod.site.paths import link
from lod.site.query_assets import ASSETS, QuerySource, asset_copies, query_source
from lod.site.texts import preferred, short

if TYPE_CHECKING:
    from lod.site.site import Site
    from lod.site.view import PublicationView

PAGE = "query.html"
#: Seconds after which the page stops a query, and rows that it shows at most.
SECONDS, ROWS = 60, 2_000
_CHOICE = "data/query-publications.json"
#: Publications that the page of a corpus lists for those who have no script.
_LISTED = 200


def query_files(view: PublicationView, site: Site) -> Iterator[SiteFile]:
    """The query page of one publication; none where no assets were named.

    Args:
        view: the publication.
        site: the site.

    Raises:
        InputError: the assets cannot be used, or a named query cannot be read.
    """
    source = query_source(site.options)
    if source is None:
        return
    page = f"{view.folder}{PAGE}"
    root = "../" * page.count("/")
    folder = view.publication.folder / FOLDER
    queries = list_queries(folder) if folder.is_dir() else []
    content = site.templates.render(
        "query/query.html",
        site,
        page,
        queries=queries,
        title=preferred(view.facts.publication.titles, site.language),
        folder=view.publication.folder.resolve().name,
        setup=_setup(view, site, source, root),
        policy=source.policy,
        **_third_party(source, root),
    )
    yield SiteFile(page, content, listed=True)


def whole_query_files(summaries: Iterable[PublicationSummary], site: Site) -> Iterator[SiteFile]:
    """The assets of the query pages; for several publications, the page that chooses one.

    Args:
        summaries: every publication.
        site: the site.

    Raises:
        InputError: the assets cannot be used.
    """
    source = query_source(site.options)
    if source is None:
        return
    if site.options.query_assets is not None:
        yield from asset_copies(site.options.query_assets)
    if site.several:
        choice = [
            [f"{one.folder}{PAGE}", short(preferred(one.titles, site.language) or one.base)]
            for one in summaries
        ]
        text = json.dumps(choice, ensure_ascii=False, separators=(",", ":"))
        yield SiteFile(_CHOICE, text.encode("utf-8", "surrogatepass"))
        words = site.templates.words.part("query")
        content = site.templates.render(
            "query/choose.html",
            site,
            PAGE,
            publications=choice[:_LISTED],
            count=len(choice),
            setup={"file": _CHOICE, "words": words},
        )
        yield SiteFile(PAGE, content, listed=True)


def _third_party(source: QuerySource, root: str) -> dict[str, Any]:
    """Addresses and hashes of what the page itself loads."""
    by_name = {asset.name: asset for asset in ASSETS}
    return {
        name: {
            "address": source.address(by_name[name], root),
            "integrity": by_name[name].integrity if source.cdn is not None else None,
        }
        for name in ("editor", "style")
    }


def _setup(view: PublicationView, site: Site, source: QuerySource, root: str) -> dict[str, Any]:
    """What the scripts of the page need to know."""
    by_name = {asset.name: asset for asset in ASSETS}
    engine = {
        name: {
            "address": source.address(by_name[name], root),
            "integrity": by_name[name].integrity if source.cdn is not None else None,
        }
        for name in ("engine", "wasm")
    }
    return {
        **engine,
        "data": "dataset.nq",
        "base": view.base,
        "prefixes": {**view.dataset.prefixes, **PREFIXES},
        "terms": _terms(view, site),
        "seconds": SECONDS,
        "rows": ROWS,
        "words": site.templates.words.part("query"),
    }


def _terms(view: PublicationView, site: Site) -> list[list[str]]:
    """Short name, label, kind and page of each term that the data uses.

    The editor completes them; the page is relative to the query page, "" where there is none.
    """
    guide = view.guide(site.language)
    predicates: set[str] = set()
    objects: set[str] = set()
    classes: set[str] = set()
    for node in view.nodes.values():
        predicates.update(node)
        for predicate, values in node.items():
            found = classes if predicate == RDF_TYPE else objects
            found.update(one for one in values if one.startswith("<"))
    for graph in view.dataset.graphs.values():
        predicates.update(line.split(" ", 2)[1] for line in graph.splitlines())
    # A property may stand only where a claim names it: what it says does not hold as it stands.
    predicates |= {one for one in objects if iri_of(one) in view.vocabulary.properties}
    concepts = {one for one in objects if one.startswith(f"<{LOD_NS}")} - classes - predicates
    terms = []
    for kind, tokens in (("property", predicates), ("class", classes), ("concept", concepts)):
        for iri in sorted(map(iri_of, tokens)):
            curie = shrink(iri, view.dataset.prefixes)
            term = view.vocabulary.terms.get(iri)
            if curie != iri:
                path = guide.term_path(iri)
                page = "" if path is None else link(f"{view.folder}{PAGE}", f"{path}.html")
                terms.append([curie, "" if term is None else term.labels.get("en", ""), kind, page])
    return terms
