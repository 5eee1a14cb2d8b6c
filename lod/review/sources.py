"""The publications that are looked at: one, a corpus, what was built of it, a store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar

from lod.corpus.items import Item, find_items
from lod.corpus.nquads import default_graph, find_sources, read_publications
from lod.corpus.output import MANIFEST
from lod.corpus.publish import read
from lod.corpus.store import read_store
from lod.corpus.workers import ahead, started
from lod.diagnostics import Finding, Severity
from lod.errors import FindingsError, InputError, LodError
from lod.history.sides import Side, open_side
from lod.query.disk import is_store
from lod.rdf.terms import Node, index
from lod.review.claims import Claims, read_claims

_T = TypeVar("_T")
_R = TypeVar("_R")
#: Publications that a worker is given at once, and how many portions wait for it.
_PORTION, _AHEAD = 20, 3
_PACKED = (".nq", ".nq.gz", ".nq.zst")

#: A publication as it was found: what it has to compare, or its name and why it cannot be read.
Found = Claims | tuple[str, str]


def find_claims(path: Path, jobs: int = 1) -> Iterator[Found]:
    """What the publications at a path have to compare, one after another.

    Args:
        path: a store on disk, the output of a corpus build, a corpus, a publication, or a file of
            its data in any format that lod writes.
        jobs: how many processes read; one does it in this process.

    Yields:
        Each publication; one that cannot be read is its name and the reason.

    Raises:
        InputError: there is no such thing, or it is none of these.
        LodError: it cannot be read.
    """
    if not path.exists():  # which would be taken for a revision
        raise InputError(f"{path}: no such file or folder")
    if is_store(path):
        yield from _of_store(path)
    elif (path / MANIFEST).is_file() or (path.is_file() and path.name.endswith(_PACKED)):
        built = (found for one in find_sources([path]) for found in read_publications(one))
        yield from in_workers(partial(_read, _of_built), built, jobs)
    else:
        with open_side(path, path) as side:
            if side.is_corpus:
                yield from in_workers(partial(_read, _of_item), find_items(path), jobs)
            else:
                yield _of_side(side)


def _of_side(side: Side) -> Found:
    try:
        snapshot = side.snapshot()
    except FindingsError as error:
        return side.name, _first_error(error.findings)
    return read_claims(snapshot.nodes, snapshot.base)


def _of_built(found: tuple[str, bytes]) -> Found:
    base, lines = found
    return read_claims(index(default_graph(base, lines)), base)


def _of_item(item: Item) -> Found:
    """What a publication of a corpus has to compare; with errors it has no data."""
    publication = read(item)
    if publication.facts is None:
        return item.key, _first_error(publication.findings)
    dataset = publication.dataset()
    return read_claims(index(dataset.default), dataset.base)


def _first_error(findings: Iterable[object]) -> str:
    """Why there is no data of a publication."""
    errors = (one for one in findings if isinstance(one, Finding))
    return next(one.message for one in errors if one.severity is Severity.ERROR)


def _of_store(store: Path) -> Iterator[Claims]:
    for base, triples in read_store(store):
        nodes: dict[str, Node] = {}
        for subject, predicate, value in triples:
            nodes.setdefault(subject, {}).setdefault(predicate, []).append(value)
        yield read_claims(nodes, base)


def in_workers(work: Callable[[_T], _R], found: Iterable[_T], jobs: int) -> Iterator[_R]:
    """Do something with each of many, in several processes and portions.

    Args:
        work: what is done with one; it goes to other processes.
        found: the many, taken as they are needed.
        jobs: how many processes; 1 is this one.

    Yields:
        What was made of each, in their order.
    """
    rest = iter(found)
    with started(jobs) as workers:
        portions = iter(lambda: list(islice(rest, _PORTION)), [])
        begun = (workers.submit(_all, work, portion) for portion in portions)
        for done in ahead(begun, _AHEAD * jobs + 1):
            yield from done.result()


def _all(work: Callable[[_T], _R], portion: list[_T]) -> list[_R]:
    return [work(one) for one in portion]


def _read(read_one: Callable[[_T], Found], one: _T) -> Found:
    """What is read of one; what cannot be read must not stop a million others."""
    try:
        return read_one(one)
    except LodError as error:
        return _name(one), error.message
    except RecursionError as error:
        return _name(one), f"it is nested too deep: {error}"


def _name(one: object) -> str:
    return one.key if isinstance(one, Item) else str(one[0]) if isinstance(one, tuple) else str(one)
