"""The pages of entities: what each is, what is said of it and what it says itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from lod.namespaces import WIKIDATA_NS
from lod.site.data.head import head_values
from lod.site.files import SiteFile
from lod.site.safe_links import safe_link
from lod.site.turtle_text import turtle_text

if TYPE_CHECKING:
    from lod.facts.links.lock import LockedItem
    from lod.model.entity import Entity
    from lod.site.guide import Link
    from lod.site.site import Site
    from lod.site.view import PublicationView


@dataclass(frozen=True, slots=True)
class ItemDetails:
    """The Wikidata item of an entity.

    Attributes:
        qid: the item.
        href: its IRI.
        close: whether it is only near to the entity.
        locked: what the lock pins of it, or None.
        label: language tag and label in the reader's language, or None.
        description: likewise.
        types: labels of its types.
    """

    qid: str
    href: str
    close: bool
    locked: LockedItem | None
    label: tuple[str, str] | None
    description: tuple[str, str] | None
    types: tuple[str, ...]


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
        self._guide = view.guide(site.language)

    def entity(self, entity: Entity) -> SiteFile:
        """The page of one entity."""
        view, guide, slug = self._view, self._guide, entity.slug
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
            name=guide.entity(slug),
            type=guide.term(entity.type),
            relations=self._relations(entity),
            item=self._item(entity),
            same_as=[guide.outside(one) for one in entity.same_as],
            said_of=guide.rows_of(view.mentions.get(slug, ())),
            says=guide.rows_of(view.said_by.get(slug, ())),
            is_author=slug in view.facts.document.author,
            turtle=turtle_text(view, [iri]),
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
            (kind, [self._guide.entity(slug) for slug in dict.fromkeys(slugs)])
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

    def _item(self, entity: Entity) -> ItemDetails | None:
        link = entity.link
        if link is None or link.qid is None:
            return None
        lock = self._view.lock
        locked = None if lock is None else lock.items.get(link.qid)
        href = safe_link((lock.wikibase if lock is not None else WIKIDATA_NS) + link.qid)
        label = description = None
        types: tuple[str, ...] = ()
        if locked is not None:
            label = self._preferred(locked.labels)
            description = self._preferred(locked.descriptions)
            types = tuple(name or qid for qid, name in locked.types.items())
        return ItemDetails(
            link.qid, href or WIKIDATA_NS, link.close, locked, label, description, types
        )

    def _preferred(self, texts: Mapping[str, str]) -> tuple[str, str] | None:
        """The tag and the text in the reader's language, in English, or the first."""
        tags = (self._site.language, "en", *texts)
        return next(((tag, texts[tag]) for tag in tags if tag in texts), None)
