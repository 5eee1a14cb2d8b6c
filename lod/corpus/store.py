"""Loads publications into a store on disk, and keeps it as they are.

A store is a folder of generations: a new one is made beside the old, and then takes its place at
once. A ledger in it says which publications it holds, in which state, in which graphs.
"""

from __future__ import annotations

import io
import json
import shutil
import sqlite3
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from lod.corpus.compression import Chunks
from lod.corpus.nquads import (
    Source,
    StoredPublication,
    digest_of,
    find_sources,
    read_publications,
    store_publication,
)
from lod.errors import FormatError, InputError, OutputError
from lod.query.disk import DATA, LAYOUT, is_store, read_generation
from lod.rdf.terms import literal
from lod.store.database import Database
from lod.store.files import STORE_FILE, replacing_file
from lod.store.locks import locked
from lod.store.mounted import is_apart

if TYPE_CHECKING:
    from pyoxigraph import Quad, Store

LEDGER = "ledger.sqlite"
#: Files of the database that are never written again once they are there.
_FINAL = ".sst"
#: What a killed load, or one of lod 0.1, may have left.
_LEFT = (f".{STORE_FILE}.", ".lock.sqlite")
#: Bytes from which on files are made for the database in place of a transaction.
_BULK = 8 << 20
#: Bytes that the engine is given to read from.
_READ = 1 << 20
#: Bytes that the engine may have been given beyond what it is at.
_AHEAD = 32 << 20


class LoadResult(Struct):
    """What a load did.

    Attributes:
        publications: how many the store holds now.
        quads: how many it holds now.
        added: publications that were not there before.
        changed: publications that were there with other quads.
        removed: publications that were there and are no more.
        repeated: publications with the base of another one; only the first is there.
        read: how many were met so far, those in unchanged shards included.
        total: how many will be met, or None where nothing says so.
    """

    publications: int = 0
    quads: int = 0
    added: int = 0
    changed: int = 0
    removed: int = 0
    repeated: int = 0
    read: int = 0
    total: int | None = None


def load_store(
    sources: Iterable[Path],
    store: Path,
    *,
    keep: bool = False,
    fresh: bool = False,
    wait: bool = False,
    progress: Callable[[LoadResult], None] | None = None,
) -> LoadResult:
    """Make a store hold the publications of the sources, and no others.

    Each publication's default graph becomes the graph `{base}dataset`; what is reported stays in
    its graphs. Only what is new, changed or gone is touched. All of it is seen as one step: a load
    that is stopped at any moment leaves the store as it was.

    Args:
        sources: outputs of a corpus build, folders of publications that were built, N-Quads files.
        store: the folder of the store; made where there is none.
        keep: leave publications that are in no source.
        fresh: load everything anew, which also frees the space of what was removed before.
        wait: whether to wait until another load of the store is done.
        progress: called after each publication, and after each shard that did not change.

    Raises:
        InputError: a source cannot be read, or `store` holds something else.
        FormatError: a source is not N-Quads that lod wrote.
        BusyError: another load is at work on the store.
        OutputError: the store cannot be written.
    """
    found = find_sources(sources)
    try:
        with locked(store, "load", wait=wait):
            _check_store(store)
            generation = Generation(store, fresh=fresh)
            try:
                return _Load(generation, found, progress).go(keep=keep)
            except BaseException:
                generation.discard()
                raise
    except OSError as error:
        raise OutputError(f"{store}: cannot be written: {error}") from None


def _check_store(folder: Path) -> None:
    """Refuse to load into a folder that holds something else; make one that is not there."""
    if folder.exists() and not is_store(folder):
        foreign = [path.name for path in folder.iterdir() if not _is_ours(path)]
        if foreign:
            raise InputError(
                f"{folder} is no store, and holds {min(foreign)}",
                hint="name a new folder with --store",
            )
    folder.mkdir(parents=True, exist_ok=True)


class _Load:
    def __init__(
        self,
        generation: Generation,
        sources: list[Source],
        progress: Callable[[LoadResult], None] | None,
    ) -> None:
        self._generation = generation
        self._sources = sources
        self._progress = progress
        self._ledger = Ledger(generation.ledger)
        self._database: _Database | None = None
        self._is_changed = generation.is_first
        self.result = LoadResult()
        counts = [source.publications for source in sources]
        if None not in counts:
            self.result.total = sum(filter(None, counts))

    def go(self, *, keep: bool) -> LoadResult:
        result = self.result
        try:
            self._add(publication for source in self._sources for publication in self._read(source))
            if not keep:
                for _, graphs in self._ledger.gone():
                    self._writable().remove(graphs)
                    result.removed += 1
                if result.removed:
                    self._ledger.forget_gone()
            self._ledger.forget_shards()
            result.publications, result.quads = self._ledger.totals()
            if self._generation.is_first:
                self._writable().optimize()
            if self._database is not None:
                self._database.close()
            elif self._is_changed:
                self._generation.begin_data()
            self._ledger.commit()
        except BaseException:
            self._ledger.close()
            if self._database is not None:
                self._database.abandon()
            raise
        if self._is_changed or result.removed:
            self._generation.publish()
        else:
            self._generation.discard()
        return result

    def _add(self, publications: Iterator[StoredPublication]) -> None:
        """Put publications in: a few as one transaction, many as files that are made for them."""
        few: list[StoredPublication] = []
        size = 0
        for publication in publications:
            few.append(publication)
            size += len(publication.data)
            if size >= _BULK:
                self._writable().add_many(chain(few, publications))
                return
        if few:
            self._writable().add(few)

    def _read(self, source: Source) -> Iterator[StoredPublication]:
        """Read one source; gives what is new or changed, of which the old is taken out."""
        shard = None
        if source.sha256 is not None:
            if self._ledger.keep_shard(source.sha256):
                self.result.read += source.publications or 0
                self._tell()
                return
            shard = self._ledger.add_shard(source.sha256)
            self._is_changed = True
        repeated = self.result.repeated
        for base, lines in read_publications(source):
            self.result.read += 1
            publication = self._take(base, lines, shard, source)
            if publication is not None:
                self._is_changed = True
                yield publication
            self._tell()
        if shard is not None and self.result.repeated > repeated:
            self._ledger.note_repeats(shard, self.result.repeated - repeated)

    def _take(
        self, base: str, lines: bytes, shard: int | None, source: Source
    ) -> StoredPublication | None:
        known = self._ledger.find(base)
        if known is not None and known.is_seen:
            self.result.repeated += 1
            return None
        if known is not None and known.digest == digest_of(lines):
            self._ledger.note_unchanged(base, shard)
            return None
        publication = store_publication(base, lines, str(source.path))
        if known is None:
            self.result.added += 1
        else:
            self.result.changed += 1
            self._writable().remove(known.graphs)
        self._ledger.note(publication, shard)
        return publication

    def _writable(self) -> _Database:
        if self._database is None:
            self._database = _Database(self._generation.begin_data())
        return self._database

    def _tell(self) -> None:
        if self._progress is not None:
            self._progress(self.result)


class _Database:
    """The database of a generation, open for writing."""

    def __init__(self, folder: Path) -> None:
        import pyoxigraph

        self._engine = pyoxigraph
        self._store: Store = pyoxigraph.Store(str(folder))

    def remove(self, graphs: Iterable[str]) -> None:
        """Take graphs out."""
        for graph in graphs:
            self._store.remove_graph(self._engine.NamedNode(graph))

    def add(self, publications: list[StoredPublication]) -> None:
        """Put publications in, as one transaction.

        Raises:
            FormatError: one is malformed.
        """
        data = b"".join([publication.data for publication in publications])
        try:
            self._store.load(data, format=self._engine.RdfFormat.N_QUADS)
        except SyntaxError as error:
            raise self._malformed(publications) or FormatError(error.msg) from None

    def add_many(self, publications: Iterator[StoredPublication]) -> None:
        """Put publications in, in files that are made for the database.

        All are put in by one call, as each one adds files that are then merged with those of the
        calls before, which in the end would take longer than all the rest.

        Args:
            publications: taken while the engine reads; whoever makes them may take graphs out.

        Raises:
            FormatError: one is malformed.
        """
        last: deque[StoredPublication] = deque()
        # The engine asks for some 2 kB at a time.
        stream = io.BufferedReader(Chunks(_data_of(publications, last)), _READ)
        try:
            self._store.bulk_load(stream, format=self._engine.RdfFormat.N_QUADS)
        except SyntaxError as error:
            raise self._malformed(last) or FormatError(error.msg) from None

    def _malformed(self, publications: Iterable[StoredPublication]) -> FormatError | None:
        for publication in publications:
            try:
                for _ in self._engine.parse(
                    publication.data, format=self._engine.RdfFormat.N_QUADS
                ):
                    pass
            except SyntaxError as error:
                return FormatError(f"{publication.base}: malformed N-Quads: {error.msg}")
        return None

    def optimize(self) -> None:
        """Order the files of the database for queries."""
        self._store.optimize()

    def close(self) -> None:
        """Write everything to disk and let go of the files."""
        self._store.flush()
        self.abandon()

    def abandon(self) -> None:
        """Let go of the files; nothing is asked of it afterwards."""
        del self._store


def _data_of(
    publications: Iterable[StoredPublication], last: deque[StoredPublication]
) -> Iterator[bytes]:
    """The data of publications; `last` keeps those that the engine may be at."""
    size = 0
    for publication in publications:
        last.append(publication)
        size += len(publication.data)
        while size - len(last[0].data) > _AHEAD:
            size -= len(last.popleft().data)
        yield publication.data


def _is_ours(path: Path) -> bool:
    name = path.name
    return name.startswith((STORE_FILE, *_LEFT)) or is_apart(name) or _number(path) > 0


def _number(path: Path) -> int:
    name = path.name
    return int(name[1:]) if name[:1] == "g" and name[1:].isdecimal() else 0


class Generation:
    """A generation in the making.

    Args:
        store: the folder of the store.
        fresh: begin with nothing, also where there is a store.

    Attributes:
        folder: its folder.
        is_first: whether it begins with nothing.
        ledger: its ledger, a copy of that of the generation before.
    """

    def __init__(self, store: Path, *, fresh: bool = False) -> None:
        self._store = store
        self._before = read_generation(store) if is_store(store) else None
        # What a killed load left is of no use.
        for path in store.iterdir():
            if _number(path) > (0 if self._before is None else _number(self._before)):
                shutil.rmtree(path)
            elif path.name.startswith(_LEFT):
                path.unlink()
        self.is_first = fresh or self._before is None
        number = 1 if self._before is None else _number(self._before) + 1
        self.folder = store / f"g{number}"
        self.folder.mkdir()
        self.ledger = self.folder / LEDGER
        if self._before is not None and not self.is_first:
            shutil.copyfile(self._before / LEDGER, self.ledger)

    def begin_data(self) -> Path:
        """The folder of its database: a copy of the one before, or not there yet.

        Only what can change is copied; the rest is linked, so that this costs next to nothing.
        """
        data = self.folder / DATA
        if self._before is not None and not self.is_first and not data.exists():
            data.mkdir()
            for file in (self._before / DATA).iterdir():
                if file.suffix == _FINAL:
                    _link(file, data / file.name)
                else:
                    shutil.copyfile(file, data / file.name)
        return data

    def publish(self) -> None:
        """Make it the one that counts.

        The one before stays until the next load, for those who read it now.
        """
        data = {"layout": LAYOUT, "generation": self.folder.name}
        with replacing_file(self._store / STORE_FILE) as stream:
            stream.write(json.dumps(data).encode() + b"\n")
        kept = {self.folder, self._before}
        for path in self._store.iterdir():
            if _number(path) and path not in kept:
                # What is open on Windows cannot be deleted; the next load tries again.
                shutil.rmtree(path, ignore_errors=True)

    def discard(self) -> None:
        """Give it up; the one before goes on to count."""
        with suppress(OSError):
            shutil.rmtree(self.folder)


def _link(file: Path, target: Path) -> None:
    try:
        target.hardlink_to(file)
    except OSError:  # a file system without hard links
        shutil.copyfile(file, target)


_SCHEMA = """
CREATE TABLE IF NOT EXISTS publications (
  base TEXT PRIMARY KEY, digest BLOB, graphs TEXT, quads INTEGER, shard INTEGER, run INTEGER
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS shards (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  sha256 TEXT UNIQUE, run INTEGER, kept INTEGER, repeats INTEGER
);
CREATE TABLE IF NOT EXISTS runs (id INTEGER PRIMARY KEY);
"""


class Known(Struct, frozen=True):
    """What the store holds of a publication.

    Attributes:
        digest: of its lines.
        graphs: IRIs of its graphs.
        quads: how many it has.
        is_seen: whether this run met it before.
    """

    digest: bytes
    graphs: tuple[str, ...]
    quads: int
    is_seen: bool


class Ledger(Database):
    """The publications of one generation of a store.

    Nothing is kept unless `commit` is called: a generation whose load was stopped is never used.

    Args:
        path: the database; made where there is none.
    """

    def __init__(self, path: Path) -> None:
        # A generation counts once it is whole and on disk; before that nothing can be lost. The
        # layout of the store says of which version it is.
        super().__init__(path, _SCHEMA, version=0, journal="off")
        self.execute("BEGIN")
        self._run = self.execute("INSERT INTO runs DEFAULT VALUES").lastrowid

    def keep_shard(self, sha256: str) -> bool:
        """Whether all publications of a shard are there as they stand in it; they then stay."""
        done = self.execute(
            "UPDATE shards SET run = ?1, kept = ?1 WHERE sha256 = ?2 AND repeats = 0",
            (self._run, sha256),
        )
        return done.rowcount > 0

    def add_shard(self, sha256: str) -> int:
        """Note that a shard is read; gives the number that its publications are noted with."""
        self.execute(
            "INSERT INTO shards (sha256, run, kept, repeats) VALUES (?, ?, 0, 0) "
            "ON CONFLICT (sha256) DO UPDATE SET run = excluded.run, repeats = 0",
            (sha256, self._run),
        )
        row = self.execute("SELECT id FROM shards WHERE sha256 = ?", (sha256,)).fetchone()
        return int(row[0])

    def note_repeats(self, shard: int, count: int) -> None:
        """Note how many of a shard's publications stand elsewhere too, so that it is read again."""
        self.execute("UPDATE shards SET repeats = ? WHERE id = ?", (count, shard))

    def find(self, base: str) -> Known | None:
        """What the store holds of a publication."""
        row = self.execute(
            "SELECT digest, graphs, quads, p.run = ?1 OR coalesce(s.kept = ?1, 0) "
            "FROM publications p LEFT JOIN shards s ON s.id = p.shard WHERE base = ?2",
            (self._run, base),
        ).fetchone()
        if row is None:
            return None
        return Known(row[0], _graphs(base, row[1]), row[2], bool(row[3]))

    def note(self, publication: StoredPublication, shard: int | None) -> None:
        """Note a publication that is new or changed."""
        self.execute(
            "INSERT OR REPLACE INTO publications VALUES (?, ?, ?, ?, ?, ?)",
            (
                publication.base,
                publication.digest,
                "\n".join(publication.graphs),
                publication.quads,
                shard,
                self._run,
            ),
        )

    def note_unchanged(self, base: str, shard: int | None) -> None:
        """Note that a publication is as it was."""
        self.execute(
            "UPDATE publications SET run = ?, shard = ? WHERE base = ?", (self._run, shard, base)
        )

    def gone(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Base and graphs of the publications that this run did not meet."""
        rows = self.execute(
            "SELECT base, graphs FROM publications p LEFT JOIN shards s ON s.id = p.shard "
            "WHERE p.run != ?1 AND (s.kept IS NULL OR s.kept != ?1)",
            (self._run,),
        )
        for base, graphs in rows:
            yield base, _graphs(base, graphs)

    def forget_gone(self) -> None:
        """Forget what `gone` gives."""
        self.execute(
            "DELETE FROM publications WHERE run != ?1 AND "
            "(shard IS NULL OR shard NOT IN (SELECT id FROM shards WHERE kept = ?1))",
            (self._run,),
        )

    def forget_shards(self) -> None:
        """Forget the shards that this run did not meet: others may have their publications now."""
        self.execute("DELETE FROM shards WHERE run != ?", (self._run,))

    def totals(self) -> tuple[int, int]:
        """How many publications and quads the store holds."""
        row = self.execute("SELECT COUNT(*), TOTAL(quads) FROM publications").fetchone()
        return int(row[0]), int(row[1])

    def commit(self) -> None:
        """Write everything to disk and let go of the file."""
        self.execute("COMMIT")
        self.close()


def read_store(store: Path) -> Iterator[tuple[str, Iterator[tuple[str, str, str]]]]:
    """The publications of a store, by their base IRIs, each with the triples of its dataset.

    Args:
        store: its folder; it is not changed, and may be loaded anew meanwhile.

    Yields:
        The base IRI, and subject, predicate and object of each triple as N-Triples tokens; what
        was reported is not among them.

    Raises:
        InputError: it is no store, or cannot be read.
    """
    import pyoxigraph

    folder = read_generation(store)
    try:
        data = pyoxigraph.Store.read_only(str(folder / DATA))
        ledger = sqlite3.connect(f"{(folder / LEDGER).absolute().as_uri()}?mode=ro", uri=True)
        with closing(ledger) as db:
            for (base,) in db.execute("SELECT base FROM publications ORDER BY base"):
                graph = pyoxigraph.NamedNode(f"{base}dataset")
                yield base, map(_tokens, data.quads_for_pattern(None, None, None, graph))
    except (OSError, sqlite3.Error) as error:
        raise InputError(f"{store}: cannot be read: {error}") from None


def _tokens(quad: Quad) -> tuple[str, str, str]:
    return _token(quad.subject), _token(quad.predicate), _token(quad.object)


def _token(term: object) -> str:
    """A term of the engine as it stands in canonical N-Triples."""
    value: str = getattr(term, "value", "")
    language: str | None = getattr(term, "language", None)
    datatype = getattr(term, "datatype", None)
    return f"<{value}>" if datatype is None else literal(value, language, datatype.value)


def _graphs(base: str, names: str) -> tuple[str, ...]:
    return tuple(base + name for name in names.split("\n"))
