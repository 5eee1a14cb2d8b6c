"""The map: where the lock pins the coordinates of the items that claims name."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from lod.pages.texts import short

if TYPE_CHECKING:
    from lod.pages.names import Link
    from lod.pages.view import PublicationView, StatementView

WIDTH = 640.0
_MARGIN = 34.0
#: Degrees between two lines of the graticule.
_STEPS = (1, 2, 5, 10, 15, 30, 45)
_LONGEST = 28

Side = Literal["right", "left", "above", "below"]
_Box = tuple[float, float, float, float]


class Line(Struct, frozen=True):
    """A meridian or a parallel.

    Attributes:
        at: x of a meridian, y of a parallel.
        label: "40° N".
    """

    at: float
    label: str


class Place(Struct, frozen=True):
    """An entity on the map.

    Attributes:
        entity: it.
        label: its label, cut where it is long.
        latitude: degrees, north is positive.
        longitude: degrees, east is positive.
        notes: the notes that name it.
        x: in the frame.
        y: in the frame.
        side: where its label stands; None where there is no room for it.
    """

    entity: Link
    label: str
    latitude: float
    longitude: float
    notes: tuple[StatementView, ...]
    x: float
    y: float
    side: Side | None

    @property
    def position(self) -> str:
        """Latitude and longitude in words."""
        return f"{_degrees(self.latitude, 'N', 'S')}, {_degrees(self.longitude, 'E', 'W')}"


class Map(Struct, frozen=True):
    """The figure.

    Attributes:
        width: of its frame.
        height: of its frame.
        meridians: lines of equal longitude.
        parallels: lines of equal latitude.
        places: the entities.
    """

    width: float
    height: float
    meridians: tuple[Line, ...]
    parallels: tuple[Line, ...]
    places: tuple[Place, ...]


def make_map(view: PublicationView) -> Map | None:
    """The map of a publication; None where nothing that its claims name has coordinates."""
    lock = view.lock
    found: dict[str, list[StatementView]] = {}
    for note in view.statements.values():
        for slug in note.entities:
            found.setdefault(slug, []).append(note)
    pinned: dict[str, tuple[float, float]] = {}
    for slug in found:
        link = view.facts.entities[slug].link
        item = None if lock is None or link is None else lock.items.get(link.qid or "")
        if item is not None and item.coordinates is not None:
            latitude, longitude = item.coordinates
            if abs(latitude) <= 90 and abs(longitude) <= 180:
                pinned[slug] = item.coordinates
    if not pinned:
        return None
    frame = _Frame(list(pinned.values()))
    taken: list[_Box] = [
        (x - 5, y - 5, x + 5, y + 5) for x, y in (frame.at(*c) for c in pinned.values())
    ]
    places = []
    # The most named ones get their labels first.
    for slug in sorted(pinned, key=lambda slug: (-len(found[slug]), slug)):
        x, y = frame.at(*pinned[slug])
        label = short(view.names.entity(slug).label, _LONGEST)
        side = _side(x, y, label, taken, frame.height)
        place = Place(view.names.entity(slug), label, *pinned[slug], tuple(found[slug]), x, y, side)
        places.append(place)
    return Map(WIDTH, frame.height, frame.meridians, frame.parallels, tuple(places))


class _Frame:
    """An equirectangular frame around some points, true to scale in its middle.

    Args:
        points: latitude and longitude of each.
    """

    def __init__(self, points: Sequence[tuple[float, float]]) -> None:
        latitudes = [latitude for latitude, _ in points]
        self._cut = _widest_gap([longitude for _, longitude in points])
        longitudes = [self._east(longitude) for _, longitude in points]
        south, north = min(latitudes), max(latitudes)
        west, east = min(longitudes), max(longitudes)
        middle = (south + north) / 2
        shrink = max(math.cos(math.radians(middle)), 0.2)
        inner = WIDTH - 2 * _MARGIN
        # Labels need room at both sides, so points fill two thirds of the width at most.
        across = max((east - west) * shrink, (north - south) * 1.3, 6.0) * 1.5
        self._scale = inner / across
        self._shrink = shrink
        self._middle, self._centre = middle, (west + east) / 2
        self.height = round(min(max((north - south) * self._scale + 150, 260.0), 460.0))
        down = (self.height - 2 * _MARGIN) / self._scale
        step = next((s for s in _STEPS if max(across / shrink, down) / s <= 7), _STEPS[-1])
        half = across / shrink / 2
        self.meridians = tuple(
            Line(self.at(middle, longitude)[0], _degrees(_wrapped(longitude), "E", "W", 0))
            for longitude in _multiples(self._centre - half, self._centre + half, step)
        )
        self.parallels = tuple(
            Line(self.at(latitude, west)[1], _degrees(latitude, "N", "S", 0))
            for latitude in _multiples(middle - down / 2, middle + down / 2, step)
            if abs(latitude) <= 90
        )

    def _east(self, longitude: float) -> float:
        return longitude + 360 if longitude < self._cut else longitude

    def at(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Where a point stands in the frame."""
        x = WIDTH / 2 + (self._east(longitude) - self._centre) * self._shrink * self._scale
        y = self.height / 2 - (latitude - self._middle) * self._scale
        return round(x, 1), round(y, 1)


def _widest_gap(longitudes: list[float]) -> float:
    """The longitude at which to cut the globe: where the points leave most room.

    Returns:
        What lies west of it is counted on beyond 180 degrees; -180 cuts at the date line.
    """
    ordered = sorted(longitudes)
    best, cut = ordered[0] + 360 - ordered[-1], -180.0
    for west, east in pairwise(ordered):
        if east - west > best:
            best, cut = east - west, east
    return cut


def _wrapped(longitude: float) -> float:
    return (longitude + 180) % 360 - 180


def _multiples(low: float, high: float, step: int) -> list[float]:
    return [float(i * step) for i in range(math.ceil(low / step), math.floor(high / step) + 1)]


def _degrees(degrees: float, positive: str, negative: str, digits: int = 2) -> str:
    size = f"{abs(degrees):.{digits}f}°"
    if not round(degrees, digits):
        return size
    return f"{size} {positive if degrees > 0 else negative}"


def _side(x: float, y: float, label: str, taken: list[_Box], height: float) -> Side | None:
    """The first side at which a label is free; its box is taken from then on."""
    width = 7.2 * len(label)
    boxes: dict[Side, _Box] = {
        "right": (x + 8, y - 8, x + 8 + width, y + 8),
        "left": (x - 8 - width, y - 8, x - 8, y + 8),
        "above": (x - width / 2, y - 24, x + width / 2, y - 7),
        "below": (x - width / 2, y + 7, x + width / 2, y + 24),
    }
    for side, box in boxes.items():
        inside = box[0] >= 0 and box[2] <= WIDTH and box[1] >= 0 and box[3] <= height
        if inside and not any(_overlap(box, other) for other in taken):
            taken.append(box)
            return side
    return None


def _overlap(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
