"""What earlier runs built: a small database beside the shards, so that nothing is built twice."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from lod.corpus.shards import Entry, Reusable, Shard
from lod.errors import OutputError

#: The file in the output folder; it can be deleted, and the next run builds everything.
STATE_FILE = ".lod-state.sqlite"

_SCHEMA = """
CREATE TABLE IF NOT EXISTS about (key TEXT PRIMARY KEY, value TEXT);
CREATE TABLE IF NOT EXISTS shards (
  name TEXT PRIMARY KEY, size INTEGER, sha256 TEXT, run INTEGER
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS entries (
  shard TEXT, position INTEGER, digest BLOB, start INTEGER, length INTEGER, base TEXT,
  claims INTEGER, quads INTEGER, findings TEXT, PRIMARY KEY (shard, position)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS by_digest ON entries (digest);
"""
_ENTRY = "digest, start, length, base, claims, quads, findings"


class State:
    """The shards of an output folder and where each publication stands in them.

    A shard is noted once its file is complete; one that is not noted is written again.

    Args:
        folder: the output folder.
        environment: digest of all that the output depends on beside the publications; the state
            of another environment is forgotten.

    Raises:
        OutputError: the folder cannot be written.
    """

    def __init__(self, folder: Path, environment: str) -> None:
        self._folder = folder
        path = folder / STATE_FILE
        try:
            self._db = self._open(path)
        except sqlite3.DatabaseError:
            # It only saves time: a broken one is thrown away.
            path.unlink(missing_ok=True)
            try:
                self._db = self._open(path)
            except sqlite3.Error as error:
                raise OutputError(f"{path}: cannot be written: {error}") from None
        known = self._about("environment")
        if known != environment:
            with self._db:
                self._db.execute("DELETE FROM shards")
                self._db.execute("DELETE FROM entries")
                self._db.execute(
                    "INSERT OR REPLACE INTO about VALUES ('environment', ?)", (environment,)
                )
        self.run = int(self._about("run") or 0) + 1
        with self._db:
            self._db.execute("INSERT OR REPLACE INTO about VALUES ('run', ?)", (str(self.run),))

    def _open(self, path: Path) -> sqlite3.Connection:
        db = sqlite3.connect(path)
        # Losing the last notes to a power cut costs time, not data.
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=NORMAL")
        db.executescript(_SCHEMA)
        return db

    def _about(self, key: str) -> str | None:
        row = self._db.execute("SELECT value FROM about WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def find_shard(self, name: str) -> Shard | None:
        """A shard that is complete on disk, or None; it then counts as one of this run."""
        row = self._db.execute("SELECT size, sha256 FROM shards WHERE name = ?", (name,)).fetchone()
        if row is None:
            return None
        try:
            if (self._folder / name).stat().st_size != row[0]:
                return None
        except OSError:
            return None
        self._db.execute("UPDATE shards SET run = ? WHERE name = ?", (self.run, name))
        return Shard(name, row[0], row[1], list(self.entries(name)), built=0)

    def entries(self, shard: str) -> Iterator[Entry]:
        """The publications of a shard, in order."""
        rows = self._db.execute(
            f"SELECT {_ENTRY} FROM entries WHERE shard = ? ORDER BY position",  # noqa: S608 - a constant
            (shard,),
        )
        for row in rows:
            yield _entry(row)

    def reusable(self, digests: Iterable[bytes]) -> dict[bytes, Reusable]:
        """Where the output of unchanged publications stands, for those that have any."""
        found: dict[bytes, Reusable] = {}
        for digest in digests:
            row = self._db.execute(
                f"SELECT shard, {_ENTRY} FROM entries WHERE digest = ?",  # noqa: S608 - a constant
                (digest,),
            ).fetchone()
            if row is not None and (self._folder / row[0]).is_file():
                found[digest] = Reusable(row[0], _entry(row[1:]))
        return found

    def note(self, shard: Shard) -> None:
        """Note a shard whose file is complete."""
        with self._db:
            self._db.execute("DELETE FROM entries WHERE shard = ?", (shard.name,))
            self._db.execute(
                "INSERT OR REPLACE INTO shards VALUES (?, ?, ?, ?)",
                (shard.name, shard.size, shard.sha256, self.run),
            )
            self._db.executemany(
                "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (
                        shard.name, position, entry.digest, entry.start, entry.length, entry.base,
                        entry.claims, entry.quads,
                        json.dumps(entry.findings) if entry.findings else None,
                    )
                    for position, entry in enumerate(shard.entries)
                ],
            )  # fmt: skip

    def forget_others(self) -> list[str]:
        """Forget the shards that are not of this run; gives their names."""
        with self._db:
            rows = self._db.execute("SELECT name FROM shards WHERE run != ?", (self.run,))
            names = [str(row[0]) for row in rows.fetchall()]
            for name in names:
                self._db.execute("DELETE FROM shards WHERE name = ?", (name,))
                self._db.execute("DELETE FROM entries WHERE shard = ?", (name,))
        return names

    def close(self) -> None:
        """Write what is left and let go of the file."""
        self._db.commit()
        self._db.close()


def _entry(row: tuple[bytes, int, int, str | None, int, int, str | None]) -> Entry:
    digest, start, length, base, claims, quads, findings = row
    return Entry(
        digest, start, length, base, claims, quads, json.loads(findings) if findings else []
    )
