"""What the data of a publication covers, in schema.org: times, places, and what is measured."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from lod.model.quantity import Quantity
from lod.namespaces import PREFIXES, WIKIDATA_NS
from lod.pages.quantities import unit_of
from lod.pages.texts import safe_link, short
from lod.pages.values import Amount
from lod.rdf.terms import RDF_TYPE

if TYPE_CHECKING:
    from lod.model.entity import Entity
    from lod.pages.view import PublicationView

#: Most places, and most things that are measured: those that come first in the text.
MOST = 50
_PLACE = f"<{PREFIXES['schema']}Place>"


def covered(view: PublicationView) -> dict[str, Any]:
    """What claims are about, as members of a schema.org `Dataset`; what there is none of is absent.

    Args:
        view: the publication.

    Returns:
        `temporalCoverage`, an ISO 8601 interval from the first to the last day that a claim names,
        its end ".." where one is open; `spatialCoverage`, the places that claims name, with their
        coordinates where the lock has them; `variableMeasured`, each property with a number, in
        each of its units. Plain JSON data.
    """
    found = {
        "temporalCoverage": _times(view),
        "spatialCoverage": list(_places(view)),
        "variableMeasured": list(_measured(view)),
    }
    return {name: value for name, value in found.items() if value}


def _times(view: PublicationView) -> str | None:
    periods = [period for note in view.statements.values() if (period := note.period)]
    starts = [period.start for period in periods if period.start]
    ends = [period.end for period in periods if period.end]
    if not starts:
        return None
    is_open = any(period.start and not period.end for period in periods)
    return f"{min(starts)}/{'..' if is_open or not ends else max(*ends, min(starts))}"


def _places(view: PublicationView) -> Iterator[dict[str, Any]]:
    slugs = dict.fromkeys(slug for note in view.statements.values() for slug in note.entities)
    count = 0
    for slug in slugs:
        types = view.nodes.get(f"<{view.base}entity/{slug}>", {}).get(RDF_TYPE, ())
        if _PLACE in types and count < MOST:
            count += 1
            yield _place(view, view.facts.entities[slug])


def _place(view: PublicationView, entity: Entity) -> dict[str, Any]:
    place: dict[str, Any] = {
        "@type": "Place",
        "@id": f"{view.base}entity/{entity.slug}",
        "name": short(view.names.entity(entity.slug).label),
    }
    link = entity.link
    if link is None or link.qid is None or link.close:
        return place
    place["sameAs"] = f"{WIKIDATA_NS}{link.qid}"
    item = view.lock.items.get(link.qid) if view.lock is not None else None
    if item is not None and item.coordinates is not None:
        latitude, longitude = item.coordinates
        coordinates = {"@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude}
        place["geo"] = coordinates
    return place


def _measured(view: PublicationView) -> Iterator[dict[str, Any]]:
    seen: dict[tuple[str, str], None] = {}
    for note in view.statements.values():
        for value in note.values:
            if not isinstance(value, Amount) or not isinstance(value.model, Quantity):
                continue
            key = (note.statement.property, unit_of(value.model))
            if key in seen or len(seen) >= MOST:
                continue
            seen[key] = None
            measured = {
                "@type": "PropertyValue",
                "name": short(note.relation.label),
                "propertyID": safe_link(key[0]),
                "unitText": short(key[1], 60),
            }
            yield {name: one for name, one in measured.items() if one}
