"""The graph of entities and what relates them: forces without chance, then room for all.

Its width is that of the column of a page, so that words keep their size; the height is free.
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from msgspec import Struct

from lod.model.value import EntityValue
from lod.pages.texts import short

if TYPE_CHECKING:
    from lod.pages.names import Link
    from lod.pages.view import PublicationView, StatementView

#: Most entities of the figure; its table has all relations.
MOST = 28
#: So many relations make an entity the middle of a part of its own.
_PART = 3
#: Longest line of a label, and of both its lines together.
_LINE, _LONGEST = 20, 44
_MARGIN = 10.0


#: Subject and value to the statements that relate them, by their numbers.
_Pairs = dict[tuple[str, str], dict[int, "StatementView"]]


class Node(Struct, frozen=True):
    """An entity in the figure.

    Attributes:
        entity: it.
        lines: its label in one line or two, cut where it is long.
        x: left edge of its box.
        y: upper edge.
        width: of the box.
        height: of the box.
        notes: numbers of the notes that relate it to another.
        weight: 1 to 3, by how many these are.
    """

    entity: Link
    lines: tuple[str, ...]
    x: float
    y: float
    width: float
    height: float
    notes: tuple[int, ...]
    weight: int


class Edge(Struct, frozen=True):
    """What is said of one entity and another.

    Attributes:
        path: of the curve, SVG path data.
        notes: the notes that say it.
        label: "subject – relation, relation – value".
        line: "solid", "dashed", "dotted" or "double".
    """

    path: str
    notes: tuple[StatementView, ...]
    label: str
    line: str


#: A row of the table: subjects, relation and values by their labels, and what says it.
_Row = tuple[str, str, str, "StatementView"]


class Graph(Struct, frozen=True):
    """The figure.

    Attributes:
        width: of its frame.
        height: of its frame.
        nodes: the entities.
        edges: what relates them.
        left_out: how many related entities it has no room for.
        table: what the figure shows, note by note.
    """

    width: float
    height: float
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    left_out: int
    table: tuple[_Row, ...]


def make_graph(view: PublicationView) -> Graph | None:
    """The graph of a publication; None where no claim relates two entities."""
    pairs: _Pairs = {}
    for note in view.statements.values():
        for claim in note.claims:
            subject, value = claim.subject, claim.value
            if not isinstance(subject, EntityValue) or not isinstance(value, EntityValue):
                continue
            if subject != value:
                pairs.setdefault((subject.slug, value.slug), {})[note.number] = note
    if not pairs:
        return None
    degrees = Counter(slug for pair in pairs for slug in pair)
    chosen = _choose(degrees, pairs)
    indexes = {slug: index for index, slug in enumerate(chosen)}
    shown = {pair: found for pair, found in pairs.items() if indexes.keys() >= set(pair)}
    labels = [_lines(view.names.entity(slug).brief) for slug in chosen]
    sizes = [(max(map(_width, lines)), 12.0 + 15 * len(lines)) for lines in labels]
    centres = place(sizes, [(indexes[one], indexes[other]) for one, other in shown])
    boxes = [
        (x + _MARGIN, y + _MARGIN, width, height)
        for (x, y), (width, height) in zip(centres, sizes, strict=True)
    ]
    own: dict[str, dict[int, None]] = {}
    for (one, other), found in pairs.items():
        own.setdefault(one, {}).update(dict.fromkeys(found))
        own.setdefault(other, {}).update(dict.fromkeys(found))
    nodes = tuple(
        Node(
            view.names.entity(slug),
            lines,
            round(x - width / 2),
            round(y - height / 2),
            width,
            height,
            tuple(sorted(own[slug])),
            1 + (degrees[slug] > 2) + (degrees[slug] > 7),
        )
        for slug, lines, (x, y, width, height) in zip(chosen, labels, boxes, strict=True)
    )
    edges = tuple(
        _edge(view, pair, tuple(found.values()), path)
        for (pair, found), path in zip(shown.items(), _paths(shown, boxes, indexes), strict=True)
    )
    return Graph(
        round(max(x + width / 2 for x, _, width, _ in boxes) + _MARGIN),
        round(max(y + height / 2 for _, y, _, height in boxes) + _MARGIN),
        nodes,
        edges,
        len(degrees) - len(chosen),
        tuple(_table(view, shown)),
    )


def _table(
    view: PublicationView, shown: dict[tuple[str, str], dict[int, StatementView]]
) -> Iterator[_Row]:
    sides: dict[int, tuple[StatementView, dict[str, None], dict[str, None]]] = {}
    for (one, other), found in shown.items():
        for number, note in found.items():
            _, subjects, values = sides.setdefault(number, (note, {}, {}))
            subjects[view.names.entity(one).brief] = values[view.names.entity(other).brief] = None
    for _, (note, subjects, values) in sorted(sides.items()):
        yield ", ".join(subjects), note.relation.brief, ", ".join(values), note


def _choose(
    degrees: Counter[str], pairs: dict[tuple[str, str], dict[int, StatementView]]
) -> list[str]:
    """The most related entities, and what is related most to these, so that it hangs together."""
    near: dict[str, set[str]] = {}
    for one, other in pairs:
        near.setdefault(one, set()).add(other)
        near.setdefault(other, set()).add(one)
    chosen: dict[str, None] = {}
    links: Counter[str] = Counter()
    while len(chosen) < min(MOST, len(degrees)):
        # Where nothing more is linked to these, another part begins, if it is more than a pair.
        rest = links or {slug: 0 for slug in degrees if slug not in chosen}
        best = min(rest, key=lambda slug: (-degrees[slug], -rest[slug], slug))
        if chosen and not links and (degrees[best] < _PART or len(chosen) > MOST // 2):
            break
        chosen[best] = None
        del links[best]
        links.update(slug for slug in near[best] if slug not in chosen)
    return list(chosen)


def _lines(text: str) -> tuple[str, ...]:
    """A label in one line or two.

    >>> _lines("Collective Security Treaty Organization")
    ('Collective Security', 'Treaty Organization')
    """
    label = short(text, _LONGEST)
    if len(label) <= _LINE or " " not in label:
        return (label,)
    # The space at which both lines are shortest.
    spaces = [at for at, character in enumerate(label) if character == " "]
    cut = min(spaces, key=lambda at: max(at, len(label) - at))
    return label[:cut], label[cut + 1 :]


def _width(label: str) -> float:
    """About how wide a label is at 12 pixels, with its padding."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in label)
    return round(18 + 6.7 * (len(label) - wide) + 12.5 * wide)


def _edge(
    view: PublicationView, pair: tuple[str, str], found: tuple[StatementView, ...], path: str
) -> Edge:
    relations = ", ".join(dict.fromkeys(note.relation.brief for note in found))
    subject, value = (view.names.entity(slug).brief for slug in pair)
    lines = {note.line for note in found}
    label = f"{subject} – {relations} – {value}"
    return Edge(path, found, label, lines.pop() if len(lines) == 1 else "solid")


_Box = tuple[float, float, float, float]


def _paths(
    pairs: Collection[tuple[str, str]], boxes: list[_Box], indexes: dict[str, int]
) -> Iterator[str]:
    """The line of each pair, as SVG path data."""
    known = set(pairs)
    for one, other in pairs:
        both = (other, one) in known
        yield _line(boxes[indexes[one]], boxes[indexes[other]], 0.12 if both else 0.0)


def _line(one: _Box, other: _Box, bend: float) -> str:
    """A line from the edge of a box to that of another.

    It bends to its right, so that the two directions between two boxes do not fall together.
    """
    (x1, y1), (x2, y2) = one[:2], other[:2]
    mx, my = (x1 + x2) / 2 - bend * (y2 - y1), (y1 + y2) / 2 + bend * (x2 - x1)
    # A straight line is aimed at the other box: the middle may lie within one of them.
    sx, sy = _rim(one, *((mx, my) if bend else (x2, y2)), 0.0)
    ex, ey = _rim(other, *((mx, my) if bend else (x1, y1)), 5.0)
    middle = f"Q{mx:.0f} {my:.0f} " if bend else "L"
    return f"M{sx:g} {sy:g}{middle}{ex:g} {ey:g}"


def _rim(box: _Box, x: float, y: float, gap: float) -> tuple[float, float]:
    """Where the line from the middle of a box to a point leaves the box and a gap around it."""
    cx, cy, width, height = box
    dx, dy = x - cx, y - cy
    share = min(
        (width / 2 + gap) / abs(dx) if dx else 1.0, (height / 2 + gap) / abs(dy) if dy else 1.0, 1.0
    )
    return round(cx + dx * share), round(cy + dy * share)


#: Turns of the forces, and of what makes room for boxes and lines.
_TURNS, _TIDY = 160, 60
#: The golden angle: neighbours on the spiral that the nodes start from are never near each other.
_ANGLE = math.pi * (3 - math.sqrt(5))
#: Length of a link, upright and lying: boxes with words are wider than high.
_DOWN, _ACROSS = 66.0, 150.0
#: Room between two boxes, beside and below each other, and between a line and a box.
_BESIDE, _BELOW, _ASIDE = 22.0, 30.0, 7.0
#: Room between parts of a graph that nothing links.
_BETWEEN = 34.0

Point = tuple[float, float]


def place(
    sizes: Sequence[Point], edges: Sequence[tuple[int, int]], width: float = 608.0
) -> list[Point]:
    """Places for boxes such that linked ones are near each other and none overlap.

    The same input gives the same places. Parts that nothing links are laid out on their own and
    stand beside each other, the largest first.

    Args:
        sizes: width and height of each box; the most important ones first.
        edges: pairs of indexes of linked boxes.
        width: of the frame, unless a box alone is wider.

    Returns:
        The centre of each box. The frame that they need begins at 0, 0.

    >>> place([(10, 10), (10, 10)], [(0, 1)]) == place([(10, 10), (10, 10)], [(0, 1)])
    True
    """
    found = [
        (part, *_place_part([sizes[i] for i in part], _within(part, edges), width))
        for part in _parts(len(sizes), edges)
    ]
    found.sort(key=lambda one: (-one[2][1], one[0]))
    centres: list[Point] = [(0.0, 0.0)] * len(sizes)
    left = top = row = 0.0
    for part, places, (across, down) in found:
        if left and left + across > width:
            left, top, row = 0.0, top + row + _BETWEEN, 0.0
        for index, (x, y) in zip(part, places, strict=True):
            # Rounded, so that the last bits of a platform's sine are not in the page.
            centres[index] = (round(left + x, 1), round(top + y, 1))
        left, row = left + across + _BETWEEN, max(row, down)
    return centres


def _parts(count: int, edges: Sequence[tuple[int, int]]) -> list[list[int]]:
    """The boxes that are linked with each other, directly or through others."""
    above = list(range(count))

    def root(index: int) -> int:
        while above[index] != index:
            above[index] = above[above[index]]
            index = above[index]
        return index

    for one, other in edges:
        low, high = sorted((root(one), root(other)))
        above[high] = low
    parts: dict[int, list[int]] = {}
    for index in range(count):
        parts.setdefault(root(index), []).append(index)
    return list(parts.values())


def _within(part: Sequence[int], edges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    own = {index: place for place, index in enumerate(part)}
    return [(own[one], own[other]) for one, other in edges if one in own and other in own]


def _place_part(
    sizes: Sequence[Point], edges: Sequence[tuple[int, int]], width: float
) -> tuple[list[Point], Point]:
    """The places of boxes that are linked, and the frame that they need."""
    points = [
        [math.sqrt(i) * math.cos(i * _ANGLE), math.sqrt(i) * math.sin(i * _ANGLE)]
        for i in range(len(sizes))
    ]
    for turn in range(_TURNS):
        _pull(points, edges, heat=1 - turn / _TURNS)
    span = max(x for x, _ in points) - min(x for x, _ in points) or 1.0
    widest = max(w for w, _ in sizes)
    across = min(_ACROSS, max(width - widest, 0.0) / span)
    # What the width lacks, the height gives.
    down = _DOWN * min(math.sqrt(_ACROSS / across), 1.25) if across else _DOWN
    centres = [[x * across, y * down] for x, y in points]
    middle = (min(x for x, _ in centres) + max(x for x, _ in centres)) / 2
    frame = max(width, widest)
    for centre in centres:
        centre[0] += frame / 2 - middle
    for turn in range(_TIDY):
        moved = _push_apart(centres, sizes)
        moved |= _clear_lines(centres, sizes, edges, share=1 - turn / _TIDY)
        for (w, _), centre in zip(sizes, centres, strict=True):
            centre[0] = min(max(centre[0], w / 2), frame - w / 2)
        if not moved:
            break
    _settle(centres, sizes)
    boxes = [(x, y, w / 2, h / 2) for (x, y), (w, h) in zip(centres, sizes, strict=True)]
    left, right = min(x - w for x, _, w, _ in boxes), max(x + w for x, _, w, _ in boxes)
    top, bottom = min(y - h for _, y, _, h in boxes), max(y + h for _, y, _, h in boxes)
    return [(x - left, y - top) for x, y in centres], (right - left, bottom - top)


def _pull(points: list[list[float]], edges: Sequence[tuple[int, int]], heat: float) -> None:
    """One turn of Fruchterman and Reingold's method, with a weak pull to the middle.

    The length of a link is 1.
    """
    moves = [[-0.7 * x, -0.3 * y] for x, y in points]
    for (i, one), (j, other) in combinations(enumerate(points), 2):
        dx, dy = one[0] - other[0], one[1] - other[1]
        push = 1 / (dx * dx + dy * dy + 1e-6)
        moves[i][0] += dx * push
        moves[i][1] += dy * push
        moves[j][0] -= dx * push
        moves[j][1] -= dy * push
    for i, j in edges:
        dx, dy = points[i][0] - points[j][0], points[i][1] - points[j][1]
        pull = math.hypot(dx, dy)
        moves[i][0] -= dx * pull
        moves[i][1] -= dy * pull
        moves[j][0] += dx * pull
        moves[j][1] += dy * pull
    for point, (dx, dy) in zip(points, moves, strict=True):
        length = math.hypot(dx, dy) or 1.0
        step = min(length, heat) / length
        point[0] += dx * step
        point[1] += dy * step


def _push_apart(centres: list[list[float]], sizes: Sequence[Point]) -> bool:
    """Move overlapping boxes apart, each by half, along the shorter way; whether any did."""
    moved = False
    for (i, one), (j, other) in combinations(enumerate(centres), 2):
        across = (sizes[i][0] + sizes[j][0]) / 2 + _BESIDE - abs(one[0] - other[0])
        down = (sizes[i][1] + sizes[j][1]) / 2 + _BELOW - abs(one[1] - other[1])
        if across > 0.01 and down > 0.01:
            moved = True
            axis, by = (0, across) if across < down else (1, down)
            sign = 1 if one[axis] >= other[axis] else -1
            one[axis] += sign * by / 2
            other[axis] -= sign * by / 2
    return moved


def _clear_lines(
    centres: list[list[float]],
    sizes: Sequence[Point],
    edges: Sequence[tuple[int, int]],
    share: float,
) -> bool:
    """Move boxes out of the way of lines that pass through them; whether any did.

    Args:
        centres: of the boxes; they are moved.
        sizes: of the boxes.
        edges: the lines, from centre to centre.
        share: how far of the way they go, so that it comes to rest.
    """
    moved = False
    for i, j in edges:
        (x1, y1), (x2, y2) = centres[i], centres[j]
        dx, dy = x2 - x1, y2 - y1
        length = math.hypot(dx, dy)
        if length < 1:
            continue
        nx, ny = -dy / length, dx / length
        for k, box in enumerate(centres):
            if k in (i, j):
                continue
            along = ((box[0] - x1) * dx + (box[1] - y1) * dy) / length
            if not 0 < along < length:
                continue
            away = (box[0] - x1) * nx + (box[1] - y1) * ny
            by = (abs(nx) * sizes[k][0] + abs(ny) * sizes[k][1]) / 2 + _ASIDE - abs(away)
            if by > 0.5:
                moved = True
                step = math.copysign(by * share * 0.5, away)
                box[0] += nx * step
                box[1] += ny * step
                for end in (centres[i], centres[j]):
                    end[0] -= nx * step / 3
                    end[1] -= ny * step / 3
    return moved


def _settle(centres: list[list[float]], sizes: Sequence[Point]) -> None:
    """Move boxes that still overlap one above them down, so that none overlap in the end."""
    order = sorted(range(len(sizes)), key=lambda i: (centres[i][1], i))
    for place_, i in enumerate(order):
        one = centres[i]
        again = True
        while again:
            again = False
            for j in order[:place_]:
                other = centres[j]
                down = (sizes[i][1] + sizes[j][1]) / 2 + 8
                across = (sizes[i][0] + sizes[j][0]) / 2 + 4
                if abs(one[0] - other[0]) < across and abs(one[1] - other[1]) < down - 0.01:
                    one[1] = other[1] + down
                    again = True
