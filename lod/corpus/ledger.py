"""What a store holds: which publications, in which state, in which graphs."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lod.corpus.publications import StoredPublication

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


@dataclass(frozen=True, slots=True)
class Known:
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


class Ledger:
    """The publications of one generation of a store.

    Nothing is kept unless `commit` is called: a generation whose load was stopped is never used.

    Args:
        path: the database; made where there is none.
    """

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path)
        # A generation counts once it is whole and on disk; before that nothing can be lost.
        self._db.execute("PRAGMA journal_mode=OFF")
        self._db.executescript(_SCHEMA)
        self._run = self._db.execute("INSERT INTO runs DEFAULT VALUES").lastrowid

    def keep_shard(self, sha256: str) -> bool:
        """Whether all publications of a shard are there as they stand in it; they then stay."""
        done = self._db.execute(
            "UPDATE shards SET run = ?1, kept = ?1 WHERE sha256 = ?2 AND repeats = 0",
            (self._run, sha256),
        )
        return done.rowcount > 0

    def add_shard(self, sha256: str) -> int:
        """Note that a shard is read; gives the number that its publications are noted with."""
        self._db.execute(
            "INSERT INTO shards (sha256, run, kept, repeats) VALUES (?, ?, 0, 0) "
            "ON CONFLICT (sha256) DO UPDATE SET run = excluded.run, repeats = 0",
            (sha256, self._run),
        )
        row = self._db.execute("SELECT id FROM shards WHERE sha256 = ?", (sha256,)).fetchone()
        return int(row[0])

    def note_repeats(self, shard: int, count: int) -> None:
        """Note how many of a shard's publications stand elsewhere too, so that it is read again."""
        self._db.execute("UPDATE shards SET repeats = ? WHERE id = ?", (count, shard))

    def find(self, base: str) -> Known | None:
        """What the store holds of a publication."""
        row = self._db.execute(
            "SELECT digest, graphs, quads, p.run = ?1 OR coalesce(s.kept = ?1, 0) "
            "FROM publications p LEFT JOIN shards s ON s.id = p.shard WHERE base = ?2",
            (self._run, base),
        ).fetchone()
        if row is None:
            return None
        return Known(row[0], _graphs(base, row[1]), row[2], bool(row[3]))

    def note(self, publication: StoredPublication, shard: int | None) -> None:
        """Note a publication that is new or changed."""
        self._db.execute(
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
        self._db.execute(
            "UPDATE publications SET run = ?, shard = ? WHERE base = ?", (self._run, shard, base)
        )

    def gone(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Base and graphs of the publications that this run did not meet."""
        rows = self._db.execute(
            "SELECT base, graphs FROM publications p LEFT JOIN shards s ON s.id = p.shard "
            "WHERE p.run != ?1 AND (s.kept IS NULL OR s.kept != ?1)",
            (self._run,),
        )
        for base, graphs in rows:
            yield base, _graphs(base, graphs)

    def forget_gone(self) -> None:
        """Forget what `gone` gives."""
        self._db.execute(
            "DELETE FROM publications WHERE run != ?1 AND "
            "(shard IS NULL OR shard NOT IN (SELECT id FROM shards WHERE kept = ?1))",
            (self._run,),
        )

    def forget_shards(self) -> None:
        """Forget the shards that this run did not meet: others may have their publications now."""
        self._db.execute("DELETE FROM shards WHERE run != ?", (self._run,))

    def totals(self) -> tuple[int, int]:
        """How many publications and quads the store holds."""
        row = self._db.execute("SELECT COUNT(*), TOTAL(quads) FROM publications").fetchone()
        return int(row[0]), int(row[1])

    def commit(self) -> None:
        """Write everything to disk and let go of the file."""
        self._db.commit()
        self._db.close()

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()


def _graphs(base: str, names: str) -> tuple[str, ...]:
    return tuple(base + name for name in names.split("\n"))
