"""The way in: what differs between two publications or corpora."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from lod.errors import InputError
from lod.history.change import Difference
from lod.history.compare import compare
from lod.history.corpora import CorpusDifference, compare_corpora
from lod.history.sides import Side, open_side
from lod.history.snapshot import Snapshot, of_publication
from lod.publication import Publication

#: What can be compared: a publication that was loaded, a path, or a Git revision.
Comparable = Publication | str | os.PathLike[str]


def diff(before: Comparable, after: Comparable) -> Difference:
    """What differs between two states of a publication, by claim and not by triple.

    Args:
        before: the older state: a publication, its folder or facts file, a release, a file of its
            data in any RDF format that lod writes, or a Git revision (`"HEAD~1"`: the path of
            `after` in it; `"HEAD~1:articles/trade"`).
        after: the newer state, likewise.

    Returns:
        The difference; `entries` is empty where there is none.

    Raises:
        InputError: one of the two cannot be read, or is a corpus.
        FindingsError: one has errors in its facts.
        FormatError: a file of data is malformed, or holds not one publication of lod.

    >>> from lod.publication import load
    >>> publication = load("examples/russia-kazakhstan")
    >>> diff(publication, "examples/russia-kazakhstan/dist/dataset.jsonld").entries
    []
    """
    with ExitStack() as stack:
        old = _snapshot(before, _place(after), stack)
        new = _snapshot(after, _place(before), stack)
        return compare(old, new)


def diff_corpora(
    before: str | os.PathLike[str],
    after: str | os.PathLike[str],
    total: CorpusDifference | None = None,
) -> Iterator[Difference]:
    """What differs between two corpora, one publication after another.

    Publications that did not change are known by their hashes and not read further, and memory does
    not grow with the corpora.

    Args:
        before: the older corpus: as it is written, or what a build made of it; or a Git revision.
        after: the newer one.
        total: where to count, and to note what could not be compared.

    Yields:
        Each publication that differs. One that was added or withdrawn has one entry.

    Raises:
        InputError: one of the two is no corpus, or cannot be read.
    """
    with ExitStack() as stack:
        sides = [
            stack.enter_context(open_side(one, Path(other)))
            for one, other in ((before, after), (after, before))
        ]
        for side in sides:
            if not side.is_corpus:
                raise InputError(f"{side.name}: no corpus", hint="lod.diff compares publications")
        found = compare_corpora(sides[0], sides[1], total or CorpusDifference())
        yield from (difference for difference, _ in found)


def _place(one: Comparable) -> Path:
    return one.folder if isinstance(one, Publication) else Path(one)


def _snapshot(one: Comparable, other: Path, stack: ExitStack) -> Snapshot:
    if isinstance(one, Publication):
        return of_publication(one)
    return of_one(stack.enter_context(open_side(one, other)))


def of_one(side: Side) -> Snapshot:
    """What a publication says.

    Raises:
        InputError: it is a corpus.
    """
    if side.is_corpus:
        raise InputError(
            f"{side.name}: no publication: neither facts nor a dataset are in it",
            hint="corpora are compared with corpora, a publication with a publication",
        )
    return side.snapshot()
