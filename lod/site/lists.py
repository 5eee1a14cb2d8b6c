"""The lists of a publication's claims and entities, and the page for an address of nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from lod.site.files import PublicationSummary, SiteFile

if TYPE_CHECKING:
    from lod.site.guide import ClaimRow, Link
    from lod.site.site import Site
    from lod.site.view import PublicationView


@dataclass(frozen=True, slots=True)
class EntityRow:
    """An entity as lists show it.

    Attributes:
        name: its name.
        qid: its Wikidata item, or None.
        close: whether that is only near to it.
        item: the item, or None.
        claims: how many claims are about it.
        said: how many claims it says.
    """

    name: Link
    qid: str | None
    close: bool
    item: Link | None
    claims: int
    said: int


def list_files(view: PublicationView, site: Site) -> Iterator[SiteFile]:
    """`claims.html`, grouped by relation, and `entities.html`, grouped by type."""
    yield _list(view, site, "claims", _claim_groups(view, site), len(view.claims))
    yield _list(view, site, "entities", _entity_groups(view, site), len(view.facts.entities))


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


def _claim_groups(view: PublicationView, site: Site) -> list[tuple[Link, list[object]]]:
    groups: dict[str, list[ClaimRow]] = {}
    guide = view.guide(site.language)
    for claim in view.claims:
        groups.setdefault(claim.statement.property, []).append(guide.rows[claim.iri])
    return _sorted([(guide.term(iri), list[object](rows)) for iri, rows in groups.items()])


def _entity_groups(view: PublicationView, site: Site) -> list[tuple[Link, list[object]]]:
    guide = view.guide(site.language)
    groups: dict[str, list[EntityRow]] = {}
    for slug, entity in view.facts.entities.items():
        link = entity.link
        qid = None if link is None else link.qid
        row = EntityRow(
            guide.entity(slug),
            qid,
            link is not None and link.close,
            None if qid is None else guide.item(qid),
            len(view.mentions.get(slug, ())),
            len(view.said_by.get(slug, ())),
        )
        groups.setdefault(entity.type, []).append(row)
    for rows in groups.values():
        rows.sort(key=lambda row: row.name.label.casefold())
    return _sorted([(guide.term(iri), list[object](rows)) for iri, rows in groups.items()])


def _sorted(groups: list[tuple[Link, list[object]]]) -> list[tuple[Link, list[object]]]:
    return sorted(groups, key=lambda group: group[0].label.casefold())


def missing_page(summaries: Iterable[PublicationSummary], site: Site) -> Iterator[SiteFile]:
    """The page that hosts show for an address where nothing stands.

    It is shown at any depth: alone of all pages its links begin with the path of the base.
    """
    root = urlsplit(site.base).path
    content = site.templates.render(
        "404.html", site, "404.html", root=root, to=lambda path: root + path
    )
    yield SiteFile("404.html", content)
