"""What can be compared: publications, releases, built data, RDF files, corpora, and revisions."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from lod.corpus.nquads import find_sources, read_publications
from lod.errors import FormatError, InputError
from lod.history.git import checked_out, is_revision
from lod.history.releases import DATA, is_release, read_release
from lod.history.snapshot import Snapshot, of_file, of_lines, of_publication
from lod.publication import load
from lod.sources import JSON_LINES, find_facts, is_source

#: Files of a build, the one that holds most first.
_BUILT = (
    "dataset.nq",
    "dataset.trig",
    "dataset.jsonld",
    "dataset.nt",
    "dataset.ttl",
    "dataset.rdf",
)
_PACKED = (".nq.gz", ".nq.zst")


class Side(Struct, frozen=True):
    """One of two that are compared.

    Attributes:
        name: how the user called it.
        path: where it is.
        is_corpus: whether it is many publications.
    """

    name: str
    path: Path
    is_corpus: bool

    def snapshot(self) -> Snapshot:
        """The publication as it says it.

        Raises:
            FindingsError: it has errors.
            LodError: it cannot be read, or is a release whose data is not what was released.
        """
        path = self.path
        if path.is_dir():
            built = None if find_facts(path) else built_file(path)
            if built is None:
                return of_publication(load(path), self.name)
            if is_release(path):
                read_release(path).read(DATA)
            return _read(built, self.name)
        if is_source(path):
            return of_publication(load(path), self.name)
        return _read(path, self.name)


@contextmanager
def open_side(argument: str | os.PathLike[str], other: Path) -> Iterator[Side]:
    """Find out what is meant.

    Args:
        argument: a path; or a Git revision, `REVISION` or `REVISION:PATH`.
        other: what it is compared with: a revision without a path means this path in it.

    Raises:
        InputError: there is no such path and no such revision.
    """
    path = Path(argument)
    name = str(argument)
    if not other.exists():  # it is a revision too
        other = Path()
    if path.exists():
        yield Side(name, path, _is_corpus(path))
    elif is_revision(name, other):
        with checked_out(name, other) as found:
            yield Side(name, found, _is_corpus(found))
    else:
        raise InputError(
            f"{name}: neither a file or folder nor a revision of Git",
            hint="a revision is looked for in the repository of the other path, or of this folder",
        )


def built_file(folder: Path) -> Path | None:
    """The fullest file of data in a folder that a build or a release wrote, or None."""
    return next((file for name in _BUILT if (file := folder / name).is_file()), None)


def _is_corpus(path: Path) -> bool:
    if path.is_file():
        return path.name.endswith(JSON_LINES)
    return find_facts(path) is None and built_file(path) is None


def _read(path: Path, name: str) -> Snapshot:
    """The snapshot of an RDF file, or of packed N-Quads of a corpus with one publication."""
    if not path.name.endswith(_PACKED):
        return of_file(path, name)
    (source,) = find_sources([path])
    found = [lines for _, lines in read_publications(source)]
    if len(found) != 1:
        raise FormatError(f"{name}: {len(found)} publications are in it, and one is compared.")
    return of_quads(found[0], name)


def of_quads(lines: bytes, name: str) -> Snapshot:
    """The snapshot of N-Quads that lod wrote.

    Raises:
        FormatError: they are no UTF-8.
    """
    try:
        return of_lines(lines.decode().split("\n")[:-1], name)
    except UnicodeDecodeError:
        raise FormatError(f"{name}: the lines are not UTF-8.") from None
