"""The pages of entities, lists of entities and claims, the page for an address of nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from lod.namespaces import WIKIDATA_NS
from lod.pages.lines import lines_by_subject
from lod.pages.texts import safe_link
from lod.rdf.iri import path_of
from lod.site.data.head import head_values
from lod.site.files import PublicationSummary, SiteFile

if TYPE_CHECKING:
    from lod.model.entity import Entity
    from lod.model.entity import Link as ItemLink
    from lod.pages.names import Link
    from lod.pages.view import ClaimView, PublicationView
    from lod.site.site import Site


def entity_files(view: PublicationView, site: Site) -> Iterator[SiteFile]:
    """`entity/{slug}.html` for every entity of a publication."""
    pages = _Pages(view, site)
    for entity in view.facts.entities.values():
        yield pages.entity(entity)


class _Pages:
    """Makes the pages of one publication."""

    def __init__(self, view: PublicationView, site: Site) -> None:
        self._view = view
        self._site = site
        self._lines = lines_by_subject(view)

    def entity(self, entity: Entity) -> SiteFile:
        """The page of one entity."""
        view, names, slug = self._view, self._view.names, entity.slug
        iri = f"{view.base}entity/{slug}"
        page = f"{view.folder}entity/{slug}.html"
        content = self._site.templates.render(
            "entity.html",
            self._site,
            page,
            view=view,
            about=head_values(view, self._site, iri, page),
            iri=iri,
            entity=entity,
            name=names.entity(slug),
            type=names.term(entity.type),
            relations=self._relations(entity),
            item=self._item(entity),
            same_as=[names.outside(one) for one in entity.same_as],
            said_of=view.mentions.get(slug, ()),
            says=view.said_by.get(slug, ()),
            is_author=slug in view.facts.document.author,
            turtle=view.turtle([iri]),
            lines=self._lines.get(slug, ()),
            document=view.facts.document,
            description=entity.description,
        )
        return SiteFile(page, content, listed=True)

    def _relations(self, entity: Entity) -> list[tuple[str, list[Link]]]:
        """How an entity stands to others, told from both sides."""
        part_of = () if entity.part_of is None else (entity.part_of,)
        named = (
            ("members", entity.members),
            ("about", entity.about),
            ("part_of", part_of),
            *((kind, tuple(slugs)) for kind, slugs in self._back.get(entity.slug, {}).items()),
        )
        return [
            (kind, [self._view.names.entity(slug) for slug in dict.fromkeys(slugs)])
            for kind, slugs in named
            if slugs
        ]

    @cached_property
    def _back(self) -> dict[str, dict[str, list[str]]]:
        """Slug to the relations in which others name it."""
        found: dict[str, dict[str, list[str]]] = {}
        for other in self._view.facts.entities.values():
            part_of = () if other.part_of is None else (other.part_of,)
            for kind, slugs in (
                ("member_of", other.members),
                ("topic_of", other.about),
                ("parts", part_of),
            ):
                for slug in slugs:
                    found.setdefault(slug, {}).setdefault(kind, []).append(other.slug)
        return found

    def _item(self, entity: Entity) -> dict[str, Any] | None:
        """The Wikidata item of an entity, and what the lock pins of it; None where it has none."""
        link, lock = entity.link, self._view.lock
        if link is None or link.qid is None:
            return None
        locked = None if lock is None else lock.items.get(link.qid)
        href = safe_link((lock.wikibase if lock is not None else WIKIDATA_NS) + link.qid)
        return {
            "qid": link.qid,
            "href": href or WIKIDATA_NS,
            "close": link.close,
            "locked": locked,
            "label": self._preferred(locked.labels if locked else {}),
            "description": self._preferred(locked.descriptions if locked else {}),
            "types": [name or qid for qid, name in locked.types.items()] if locked else [],
        }

    def _preferred(self, texts: Mapping[str, str]) -> tuple[str, str] | None:
        """The tag and the text in the reader's language, in English, or the first."""
        tags = (self._site.language, "en", *texts)
        return next(((tag, texts[tag]) for tag in tags if tag in texts), None)


def list_files(view: PublicationView, site: Site) -> Iterator[SiteFile]:
    """`claims.html`, grouped by relation, and `entities.html`, grouped by type."""
    yield _list(view, site, "claims", _claim_groups(view), len(view.claims))
    yield _list(view, site, "entities", _entity_groups(view), len(view.facts.entities))


def _list(
    view: PublicationView,
    site: Site,
    name: str,
    groups: list[tuple[Link, list[object]]],
    count: int,
) -> SiteFile:
    page = f"{view.folder}{name}.html"
    content = site.templates.render(
        page.removeprefix(view.folder), site, page, view=view, groups=groups, count=count
    )
    return SiteFile(page, content, listed=True)


def _claim_groups(view: PublicationView) -> list[tuple[Link, list[object]]]:
    groups: dict[str, list[ClaimView]] = {}
    for claim in view.claims:
        groups.setdefault(claim.statement.property, []).append(claim)
    return _sorted([(view.names.term(iri), list[object](rows)) for iri, rows in groups.items()])


def _entity_groups(view: PublicationView) -> list[tuple[Link, list[object]]]:
    """By type: name, link and item, how many claims are about it, and how many it says."""
    groups: dict[str, list[tuple[Link, ItemLink | None, Link | None, int, int]]] = {}
    for slug, entity in view.facts.entities.items():
        qid = None if entity.link is None else entity.link.qid
        item = None if qid is None else view.names.item(qid)
        counts = (len(view.mentions.get(slug, ())), len(view.said_by.get(slug, ())))
        row = (view.names.entity(slug), entity.link, item, *counts)
        groups.setdefault(entity.type, []).append(row)
    for rows in groups.values():
        rows.sort(key=lambda row: row[0].label.casefold())
    return _sorted([(view.names.term(iri), list[object](rows)) for iri, rows in groups.items()])


def _sorted(groups: list[tuple[Link, list[object]]]) -> list[tuple[Link, list[object]]]:
    return sorted(groups, key=lambda group: group[0].label.casefold())


def missing_page(summaries: Iterable[PublicationSummary], site: Site) -> Iterator[SiteFile]:
    """The page that hosts show for an address where nothing stands.

    It is shown at any depth: alone of all pages its links begin with the path of the base.
    """
    root = path_of(site.base)
    content = site.templates.render(
        "404.html", site, "404.html", root=root, to=lambda path: root + path
    )
    yield SiteFile("404.html", content)
