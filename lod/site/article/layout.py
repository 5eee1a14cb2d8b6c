"""Places the nodes of a graph: forces without chance, then boxes and lines out of each other's way.

The width is that of the column of a page, so that words keep their size; the height is free.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations

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
