"""The graph of entities and what relates them."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lod.model.claim import EntityValue
from lod.site.article.layout import place
from lod.site.texts import short

if TYPE_CHECKING:
    from lod.site.article.notes import Note, Notes, Thing

#: Most entities of the figure; its table has all relations.
MOST = 28
#: So many relations make an entity the middle of a part of its own.
_PART = 3
#: Longest line of a label, and of both its lines together.
_LINE, _LONGEST = 20, 44
_MARGIN = 10.0


@dataclass(frozen=True, slots=True)
class Node:
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

    entity: Thing
    lines: tuple[str, ...]
    x: float
    y: float
    width: float
    height: float
    notes: tuple[int, ...]
    weight: int


@dataclass(frozen=True, slots=True)
class Edge:
    """What is said of one entity and another.

    Attributes:
        path: of the curve, SVG path data.
        notes: the notes that say it.
        label: "subject – relation, relation – value".
        line: "solid", "dashed", "dotted" or "double".
    """

    path: str
    notes: tuple[Note, ...]
    label: str
    line: str


@dataclass(frozen=True, slots=True)
class Relation:
    """A row of the table.

    Attributes:
        subjects: labels of the subjects, with commas between them.
        relation: label of the property.
        values: labels of the values that are entities.
        note: the note that says it.
    """

    subjects: str
    relation: str
    values: str
    note: Note


@dataclass(frozen=True, slots=True)
class Graph:
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
    table: tuple[Relation, ...]


def make_graph(notes: Notes) -> Graph | None:
    """The graph of some notes; None where no claim relates two entities."""
    pairs: dict[tuple[str, str], dict[int, Note]] = {}
    for note in notes.all:
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
    labels = [_lines(notes.entity(slug).text) for slug in chosen]
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
            notes.entity(slug),
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
        _edge(notes, pair, tuple(found.values()), path)
        for (pair, found), path in zip(shown.items(), _paths(shown, boxes, indexes), strict=True)
    )
    return Graph(
        round(max(x + width / 2 for x, _, width, _ in boxes) + _MARGIN),
        round(max(y + height / 2 for _, y, _, height in boxes) + _MARGIN),
        nodes,
        edges,
        len(degrees) - len(chosen),
        tuple(_table(notes, shown)),
    )


def _table(notes: Notes, shown: dict[tuple[str, str], dict[int, Note]]) -> Iterator[Relation]:
    sides: dict[int, tuple[Note, dict[str, None], dict[str, None]]] = {}
    for (one, other), found in shown.items():
        for number, note in found.items():
            _, subjects, values = sides.setdefault(number, (note, {}, {}))
            subjects[notes.entity(one).text] = values[notes.entity(other).text] = None
    for _, (note, subjects, values) in sorted(sides.items()):
        yield Relation(", ".join(subjects), note.relation.text, ", ".join(values), note)


def _choose(degrees: Counter[str], pairs: dict[tuple[str, str], dict[int, Note]]) -> list[str]:
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


def _edge(notes: Notes, pair: tuple[str, str], found: tuple[Note, ...], path: str) -> Edge:
    relations = ", ".join(dict.fromkeys(note.relation.text for note in found))
    subject, value = (notes.entity(slug).text for slug in pair)
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
