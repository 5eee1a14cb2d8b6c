"""Compares two corpora: what did not change is known by its hash, and read no further."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path

from msgspec import Struct, field

from lod.corpus.items import Item, find_items, line_item, read_lines
from lod.corpus.nquads import Source, digest_of, find_sources, read_publications
from lod.corpus.output import MANIFEST
from lod.corpus.publish import read
from lod.diagnostics import Severity
from lod.errors import LodError
from lod.history.change import Change, Difference, Entry, Version
from lod.history.claims import Claims
from lod.history.compare import compare, version_of
from lod.history.sides import Side, of_quads
from lod.history.snapshot import Snapshot, of_publication
from lod.sources import source_of_file
from lod.sources.source import SourceProblem, value_at
from lod.store.database import Database

#: Publications of which no other has the same hash: where each is, and later what it said.
_SCHEMA = """
CREATE TABLE left (
  side INTEGER, digest BLOB, file TEXT, number INTEGER, key TEXT, PRIMARY KEY (side, file, number)
) WITHOUT ROWID;
CREATE INDEX left_digest ON left (digest);
CREATE TABLE old (base TEXT, name TEXT, data BLOB);
CREATE INDEX old_base ON old (base);
"""
_BEFORE, _AFTER = 0, 1
_STEP = 1000


class Unread(Struct, frozen=True):
    """A publication that could not be compared.

    Attributes:
        name: where it is.
        why: what is wrong with it.
        base: its base IRI, or None where that cannot be read either.
    """

    name: str
    why: str
    base: str | None = None

    def as_dict(self) -> dict[str, str]:
        """It as plain JSON data."""
        return {"name": self.name, "why": self.why}


class CorpusDifference(Struct):
    """How much of two corpora differs, counted while the differences are given.

    Attributes:
        publications: how many there are, before and after.
        same: how many are the same.
        counts: how many publications were added, withdrawn, changed.
        changes: how many entries there are of each kind in those that changed.
        facts_changed: whether facts of any changed.
        unread: those that could not be compared.
    """

    publications: tuple[int, int] = (0, 0)
    same: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    changes: Counter[str] = field(default_factory=Counter)
    facts_changed: bool = False
    unread: list[Unread] = field(default_factory=list)

    def kinds(self) -> dict[str, int]:
        """How many entries there are of each kind, in the order of the kinds."""
        return {change.value: self.changes[change] for change in Change if self.changes[change]}

    def as_dict(self) -> dict[str, object]:
        """The totals as plain JSON data."""
        before, after = self.publications
        return {
            "publicationsBefore": before,
            "publicationsAfter": after,
            "same": self.same,
            "counts": dict(sorted(self.counts.items())),
            "changes": self.kinds(),
            "factsChanged": self.facts_changed,
            "unread": [one.as_dict() for one in self.unread],
        }


class _Place(Struct, frozen=True):
    """Where a publication of a corpus is.

    Attributes:
        digest: two of the same digest are the same.
        file: the folder of the publication, or the file that has it.
        number: which one of the file it is.
        key: how it is called.
    """

    digest: bytes
    file: str
    number: int
    key: str


class _Sources:
    """A corpus as it is written: folders and JSON Lines.

    Args:
        path: where it is.
        as_built: whether what would be built of it is compared, since the other one is built.
    """

    def __init__(self, path: Path, *, as_built: bool) -> None:
        self._path = path
        self._as_built = as_built

    def places(self) -> Iterator[_Place]:
        """Its publications in order."""
        for item in find_items(self._path):
            digest = self._built_digest(item) if self._as_built else item.digest
            yield _Place(digest, item.file, item.line, item.key)

    def _built_digest(self, item: Item) -> bytes:
        try:
            return digest_of(read(item).dataset().n_quads().encode())
        except LodError:
            return item.digest

    def snapshots(self, file: str, places: list[_Place]) -> Iterator[tuple[str, Snapshot | Unread]]:
        """The keys of some publications of one file and what these say, in order."""
        keys = {place.number: place.key for place in places}
        for item in self._items(file, places):
            key = keys[item.line]
            publication = read(item)
            if publication.facts is None:
                error = next(f for f in publication.findings if f.severity is Severity.ERROR)
                yield key, Unread(key, error.message, _base_of(item, publication.file))
            else:
                yield key, of_publication(publication, key)

    def _items(self, file: str, places: list[_Place]) -> Iterator[Item]:
        if not places[0].number:
            yield Item(places[0].key, places[0].digest, file)
            return
        wanted = {place.number for place in places}
        for line in read_lines(Path(file)):
            if line.number in wanted:
                yield line_item(line, Path(file), file)
                wanted.discard(line.number)
            if not wanted:
                return


def _base_of(item: Item, file: str) -> str | None:
    """The base IRI of a publication with errors; None where its facts cannot be read at all."""
    try:
        data = Path(file).read_bytes() if item.data is None else item.data
        base = value_at(source_of_file(file).read(data, file).root, ("publication", "base"))
    except (SourceProblem, OSError, KeyError, TypeError, IndexError):
        return None
    return base if isinstance(base, str) else None


class _Built:
    """A corpus as it was built.

    Args:
        sources: its files.
    """

    def __init__(self, sources: list[Source]) -> None:
        self._sources = {str(source.path): source for source in sources}

    def places(self) -> Iterator[_Place]:
        """Its publications in order."""
        for file, source in self._sources.items():
            for number, (base, lines) in enumerate(read_publications(source)):
                yield _Place(digest_of(lines), file, number, base)

    def snapshots(self, file: str, places: list[_Place]) -> Iterator[tuple[str, Snapshot | Unread]]:
        """The keys of some publications of one file and what these say, in order."""
        wanted = {place.number for place in places}
        for number, (base, lines) in enumerate(read_publications(self._sources[file])):
            if number in wanted:
                yield base, of_quads(lines, base)


_Corpus = _Sources | _Built
#: What a publication said before and what it says now; None where it is not there.
Pair = tuple[Snapshot | None, Snapshot | None]


def compare_corpora(
    before: Side,
    after: Side,
    total: CorpusDifference,
    progress: Callable[[int], None] | None = None,
) -> Iterator[tuple[Difference, Pair]]:
    """What differs between two corpora, one publication after another.

    A publication is known by its base IRI, wherever it stands. Memory does not grow with the
    corpora: what has to be remembered is in a temporary file.

    Args:
        before: the older corpus: as it is written, or the output of its build.
        after: the newer one.
        total: where to count.
        progress: called with the number of publications that were looked at.

    Yields:
        Each publication that differs, and what it said: those that are there now, then those that
        are not any more. One that was added or withdrawn has one entry, which lists its claims.

    Raises:
        LodError: one of the two cannot be read.
    """
    one, other, same = _both(before.path, after.path)
    total.same += same
    total.publications = (same, same)
    database = Database(None, _SCHEMA)
    try:
        with database.transaction():
            _look(database, one, other, total, progress)
        yield from _Changed(database, one, other, total).differences()
    finally:
        database.close()


def _both(before: Path, after: Path) -> tuple[_Corpus, _Corpus, int]:
    """Both corpora without the files that they share, and how many publications are in these."""
    built = [(path / MANIFEST).is_file() for path in (before, after)]
    if not all(built):
        old, new = (
            _Built(find_sources([path])) if is_built else _Sources(path, as_built=any(built))
            for path, is_built in zip((before, after), built, strict=True)
        )
        return old, new, 0
    sides = [find_sources([path]) for path in (before, after)]
    shared = {source.sha256: source for source in sides[0]}.keys() & {s.sha256 for s in sides[1]}
    same = sum(source.publications or 0 for source in sides[0] if source.sha256 in shared)
    one, other = (
        _Built([source for source in sources if source.sha256 not in shared]) for sources in sides
    )
    return one, other, same


def _look(
    database: Database,
    before: _Corpus,
    after: _Corpus,
    total: CorpusDifference,
    progress: Callable[[int], None] | None,
) -> None:
    """Note the publications that are in one corpus alone."""
    counted = list(total.publications)
    insert = "INSERT INTO left VALUES (?, ?, ?, ?, ?)"
    for side, corpus in ((_BEFORE, before), (_AFTER, after)):
        for place in corpus.places():
            counted[side] += 1
            if progress is not None and not counted[side] % _STEP:
                progress(sum(counted))
            row = None
            if side == _AFTER:
                row = database.execute(
                    "SELECT file, number FROM left WHERE digest = ? AND side = 0 LIMIT 1",
                    (place.digest,),
                ).fetchone()
            if row is None:
                database.execute(insert, (side, place.digest, place.file, place.number, place.key))
            else:
                total.same += 1
                database.execute("DELETE FROM left WHERE side = 0 AND file = ? AND number = ?", row)
    total.publications = (counted[_BEFORE], counted[_AFTER])


class _Changed:
    """Compares the publications that are in one corpus alone.

    Args:
        database: where they are noted.
        before: the older corpus.
        after: the newer one.
        total: where to count.
    """

    def __init__(
        self, database: Database, before: _Corpus, after: _Corpus, total: CorpusDifference
    ) -> None:
        self._database = database
        self._corpora = (before, after)
        self._total = total
        #: Keys and base IRIs of those that could not be read, by side.
        self._unread: tuple[set[str], set[str]] = (set(), set())

    def differences(self) -> Iterator[tuple[Difference, Pair]]:
        """Those that differ; what could not be compared is counted."""
        for key, found in self._snapshots(_BEFORE):
            if isinstance(found, Unread):
                self._note_unread(_BEFORE, key, found)
                continue
            data = zlib.compress("".join(f"{quad} .\n" for quad in found.quads()).encode(), 1)
            self._database.execute("INSERT INTO old VALUES (?, ?, ?)", (found.base, key, data))
        for key, found in self._snapshots(_AFTER):
            if isinstance(found, Unread):
                self._note_unread(_AFTER, key, found)
                continue
            old = self._take(found.base)
            if old is not None:
                difference = compare(old, found)
                if difference.entries:
                    yield self._counted("changed", difference), (old, found)
                else:
                    self._total.same += 1
            elif self._unread[_BEFORE].isdisjoint((key, found.base)):
                yield self._counted("added", _alone(found, Change.ADDED)), (None, found)
        while row := self._database.execute("SELECT base, name FROM old LIMIT 1").fetchone():
            old = self._take(row[0])
            if old is not None and self._unread[_AFTER].isdisjoint((old.name, old.base)):
                difference = _alone(old, Change.WITHDRAWN)
                yield self._counted("withdrawn", difference), (old, None)

    def _note_unread(self, side: int, key: str, found: Unread) -> None:
        """Note one that cannot be compared."""
        self._unread[side].update((key, found.base or key))
        when = ("before", "after")[side]
        self._total.unread.append(Unread(found.name, f"{when}: {found.why}"))

    def _counted(self, what: str, difference: Difference) -> Difference:
        total = self._total
        total.counts[what] += 1
        total.changes.update(entry.change.value for entry in difference.entries)
        total.facts_changed |= difference.facts_changed
        return difference

    def _snapshots(self, side: int) -> Iterator[tuple[str, Snapshot | Unread]]:
        rows = self._database.execute(
            "SELECT digest, file, number, key FROM left WHERE side = ? ORDER BY file, number",
            (side,),
        )
        for file, places in groupby((_Place(*row) for row in rows), key=lambda place: place.file):
            yield from self._corpora[side].snapshots(file, list(places))

    def _take(self, base: str) -> Snapshot | None:
        """The first publication of a base that is left, which is then not left any more."""
        row = self._database.execute(
            "SELECT rowid, name, data FROM old WHERE base = ? ORDER BY rowid LIMIT 1", (base,)
        ).fetchone()
        if row is None:
            return None
        self._database.execute("DELETE FROM old WHERE rowid = ?", (row[0],))
        return of_quads(zlib.decompress(row[2]), row[1])


def _alone(snapshot: Snapshot, change: Change) -> Difference:
    """The difference where the other side has no such publication."""
    there, nowhere = version_of(snapshot), Version(snapshot.name, None)
    entry = Entry(
        "publication",
        "dataset",
        f"{snapshot.base}dataset",
        (change,),
        claims=tuple(Claims(snapshot).told),
    )
    before, after = (nowhere, there) if change is Change.ADDED else (there, nowhere)
    return Difference(before, after, [entry])
