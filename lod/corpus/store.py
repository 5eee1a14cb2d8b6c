"""Loads publications into a store on disk, and keeps it as they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lod.corpus.generation import Generation, locked
from lod.corpus.ledger import Known, Ledger
from lod.corpus.publications import StoredPublication, digest_of, store_publication
from lod.corpus.reading import read_publications
from lod.corpus.sources import Source, find_sources
from lod.errors import FormatError, OutputError

if TYPE_CHECKING:
    from pyoxigraph import Store

#: Bytes that are gathered before they go into the database together.
_BATCH = 64 << 20
#: From here on, files are made for the database in place of transactions.
_BULK = 8 << 20


@dataclass(slots=True)
class LoadResult:
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
        progress: called after each source and batch.

    Raises:
        InputError: a source cannot be read, or `store` holds something else.
        FormatError: a source is not N-Quads that lod wrote.
        OutputError: the store cannot be written.
        LodError: another load is at work on the store.
    """
    found = find_sources(sources)
    try:
        with locked(store):
            generation = Generation(store, fresh=fresh)
            try:
                return _Load(generation, found, progress).go(keep=keep)
            except BaseException:
                generation.discard()
                raise
    except OSError as error:
        raise OutputError(f"{store}: cannot be written: {error}") from None


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
        self._batch: list[StoredPublication] = []
        self._size = 0
        self.result = LoadResult()
        counts = [source.publications for source in sources]
        if None not in counts:
            self.result.total = sum(filter(None, counts))

    def go(self, *, keep: bool) -> LoadResult:
        result = self.result
        is_changed = self._generation.is_first
        try:
            for source in self._sources:
                is_changed |= self._read(source)
            self._flush()
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
            elif is_changed:
                self._generation.begin_data()
            self._ledger.commit()
        except BaseException:
            self._ledger.close()
            if self._database is not None:
                self._database.abandon()
            raise
        if is_changed or result.removed:
            self._generation.publish()
        else:
            self._generation.discard()
        return result

    def _read(self, source: Source) -> bool:
        """Read one source; gives whether anything of it is to be noted."""
        shard = None
        if source.sha256 is not None:
            if self._ledger.keep_shard(source.sha256):
                self.result.read += source.publications or 0
                self._tell()
                return False
            shard = self._ledger.add_shard(source.sha256)
        repeated = self.result.repeated
        is_changed = shard is not None
        for base, lines in read_publications(source):
            self.result.read += 1
            is_changed |= self._take(base, lines, shard, source)
        if shard is not None and self.result.repeated > repeated:
            self._ledger.note_repeats(shard, self.result.repeated - repeated)
        self._tell()
        return is_changed

    def _take(self, base: str, lines: bytes, shard: int | None, source: Source) -> bool:
        known = self._ledger.find(base)
        if known is not None and known.is_seen:
            self.result.repeated += 1
            return False
        if known is not None and known.digest == digest_of(lines):
            self._ledger.note_unchanged(base, shard)
            return False
        publication = store_publication(base, lines, str(source.path))
        if known is None:
            self.result.added += 1
        else:
            self.result.changed += 1
            self._remove(known)
        self._ledger.note(publication, shard)
        self._batch.append(publication)
        self._size += len(publication.data)
        if self._size >= _BATCH:
            self._flush()
            self._tell()
        return True

    def _remove(self, known: Known) -> None:
        self._writable().remove(known.graphs)

    def _flush(self) -> None:
        if self._batch:
            self._writable().add(self._batch)
            self._batch = []
            self._size = 0

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
        self._store: Store | None = pyoxigraph.Store(str(folder))

    def _opened(self) -> Store:
        assert self._store is not None  # noqa: S101 - nothing is asked of it once it is closed
        return self._store

    def remove(self, graphs: Iterable[str]) -> None:
        """Take graphs out."""
        for graph in graphs:
            self._opened().remove_graph(self._engine.NamedNode(graph))

    def add(self, publications: list[StoredPublication]) -> None:
        """Put publications in.

        Raises:
            FormatError: one is malformed.
        """
        data = b"".join([publication.data for publication in publications])
        store = self._opened()
        put = store.bulk_load if len(data) >= _BULK else store.load
        try:
            put(data, format=self._engine.RdfFormat.N_QUADS)
        except SyntaxError as error:
            raise self._malformed(publications) or FormatError(error.msg) from None

    def _malformed(self, publications: list[StoredPublication]) -> FormatError | None:
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
        self._opened().optimize()

    def close(self) -> None:
        """Write everything to disk and let go of the files."""
        self._opened().flush()
        self.abandon()

    def abandon(self) -> None:
        """Let go of the files."""
        self._store = None
