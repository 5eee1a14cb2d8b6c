"""Differences as RDF Patch: the quads to delete and to add, for a store that has the older state.

Source: RDF Patch, https://afs.github.io/rdf-delta/rdf-patch.html.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lod.history.snapshot import Snapshot

#: What begins and ends the one transaction of a patch.
BEGIN, END = "TX .\n", "TC .\n"


def patch(before: Snapshot, after: Snapshot) -> Iterator[str]:
    """The lines of a patch that makes one state of a publication of another.

    Args:
        before: the older state.
        after: the newer one. Where one of the two knows no graphs, those of the other stay out.
    """
    yield BEGIN
    yield from rows(before, after)
    yield END


def rows(
    before: Snapshot | None, after: Snapshot | None, *, of_many: bool = False
) -> Iterator[str]:
    """The rows of a patch: what is deleted, then what is added, in the order of the data.

    Args:
        before: the older state; None where there was none.
        after: the newer state; None where there is none.
        of_many: whether other publications are in the same store: what is said of things that are
            no publication's own, such as the program, is not deleted then.
    """
    has_graphs = all(side is None or side.graphs is not None for side in (before, after))
    old, new = (_quads(side, has_graphs=has_graphs) for side in (before, after))
    lost: Iterable[str] = (quad for quad in old if quad not in new)
    if of_many and before is not None:
        own = f"<{before.base}"
        lost = (quad for quad in lost if quad.startswith(own))
    yield from (f"D {quad} .\n" for quad in lost)
    yield from (f"A {quad} .\n" for quad in new if quad not in old)


def _quads(side: Snapshot | None, *, has_graphs: bool) -> dict[str, None]:
    if side is None:
        return {}
    if has_graphs:
        return dict.fromkeys(side.quads())
    return dict.fromkeys(side.default.split(" .\n")[:-1])
