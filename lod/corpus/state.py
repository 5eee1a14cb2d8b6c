"""What earlier runs built: a small database beside the shards, so that nothing is built twice."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from lod.corpus.layout import SHARDS, STATE
from lod.corpus.shards import Entry, Reusable, Shard, is_intact
from lod.errors import OutputError

_SCHEMA = """
CREATE TABLE IF NOT EXISTS about (key TEXT PRIMARY KEY, value TEXT);
CREATE TABLE IF NOT EXISTS shards (
  name TEXT PRIMARY KEY, size INTEGER, sha256 TEXT, written INTEGER, run INTEGER
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS entries (
  shard TEXT, position INTEGER, digest BLOB, start INTEGER, length INTEGER, base TEXT,
  claims INTEGER, quads INTEGER, findings TEXT, PRIMARY KEY (shard, position)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS by_digest ON entries (digest);
CREATE TABLE IF NOT EXISTS files (base TEXT PRIMARY KEY, digest BLOB) WITHOUT ROWID;
"""
_ENTRY = "digest, start, length, base, claims, quads, findings"


class State:
    """The shards of an output folder and where each publication stands in them.

    A shard is noted once its file is complete; one that is not noted is written again. Only one
    run at a time has the state of a folder.

    Args:
        out: the output folder.
        environment: digest of all that the output depends on beside the publications; the state
            of another environment is forgotten.

    Raises:
        OutputError: the folder cannot be written, or another run is at work in it.
        sqlite3.DatabaseError: the database is damaged; any method may raise that. It only saves
            time, so that it can be thrown away (`remove_state`).
    """

    def __init__(self, out: Path, environment: str) -> None:
        self._folder = out / SHARDS
        self._intact: dict[str, bool] = {}
        path = out / STATE
        try:
            self._db = sqlite3.connect(path, timeout=1)
            # The lock goes with the process, however that ends. Losing the last notes to a power
            # cut costs time, not data.
            self._db.execute("PRAGMA locking_mode=EXCLUSIVE")
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=NORMAL")
            self._db.executescript(_SCHEMA)
            with self._db:
                if self._about("environment") != environment:
                    for table in ("shards", "entries", "files"):
                        self._db.execute(f"DELETE FROM {table}")  # noqa: S608 - a constant
                    self._set("environment", environment)
                self.run = int(self._about("run") or 0) + 1
                self._set("run", str(self.run))
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise OutputError(
                    f"{out}: another build is at work there", hint="wait until it has ended"
                ) from None
            raise OutputError(f"{path}: cannot be written: {error}") from None
        except (sqlite3.DatabaseError, ValueError) as error:
            self._db.close()
            raise sqlite3.DatabaseError(str(error)) from None

    def _about(self, key: str) -> str | None:
        row = self._db.execute("SELECT value FROM about WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def _set(self, key: str, value: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO about VALUES (?, ?)", (key, value))

    def find_shard(self, name: str) -> Shard | None:
        """A shard that is whole on disk, or None; it then counts as one of this run."""
        if not self._is_intact(name):
            return None
        row = self._db.execute("SELECT size, sha256 FROM shards WHERE name = ?", (name,)).fetchone()
        self._db.execute("UPDATE shards SET run = ? WHERE name = ?", (self.run, name))
        return Shard(name, row[0], row[1], list(self._entries(name)))

    def _is_intact(self, name: str) -> bool:
        """Whether a shard is known, and its file still the one that was written."""
        intact = self._intact.get(name)
        if intact is None:
            intact = self._intact[name] = self._look(name)
        return intact

    def _look(self, name: str) -> bool:
        row = self._db.execute(
            "SELECT size, sha256, written FROM shards WHERE name = ?", (name,)
        ).fetchone()
        return row is not None and is_intact(self._folder / name, *row)

    def _entries(self, shard: str) -> Iterator[Entry]:
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
            rows = self._db.execute(
                f"SELECT shard, {_ENTRY} FROM entries WHERE digest = ?",  # noqa: S608 - a constant
                (digest,),
            )
            for row in rows:
                if self._is_intact(row[0]):
                    found[digest] = Reusable(row[0], _entry(row[1:]))
                    break
        return found

    def note(self, shard: Shard) -> None:
        """Note a shard whose file is complete."""
        written = (self._folder / shard.name).stat().st_mtime_ns
        with self._db:
            self._db.execute("DELETE FROM entries WHERE shard = ?", (shard.name,))
            self._db.execute(
                "INSERT OR REPLACE INTO shards VALUES (?, ?, ?, ?, ?)",
                (shard.name, shard.size, shard.sha256, written, self.run),
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
        self._intact[shard.name] = True

    def files_of(self, base: str) -> bytes | None:
        """The digest of the publication whose files stand in the folder of a base IRI."""
        row = self._db.execute("SELECT digest FROM files WHERE base = ?", (base,)).fetchone()
        return None if row is None else bytes(row[0])

    def note_files(self, base: str, digest: bytes) -> None:
        """Note that the files of a publication are in place."""
        self._db.execute("INSERT OR REPLACE INTO files VALUES (?, ?)", (base, digest))

    def forget_others(self) -> None:
        """Forget the shards that are not of this run."""
        with self._db:
            others = "SELECT name FROM shards WHERE run != ?"
            self._db.execute(f"DELETE FROM entries WHERE shard IN ({others})", (self.run,))  # noqa: S608 - a constant
            self._db.execute("DELETE FROM shards WHERE run != ?", (self.run,))

    def close(self) -> None:
        """Write what is left and let go of the file."""
        try:
            self._db.commit()
        finally:
            self._db.close()


def remove_state(out: Path) -> None:
    """Delete the state of an output folder."""
    for ending in ("", "-wal", "-shm", "-journal"):
        (out / f"{STATE}{ending}").unlink(missing_ok=True)


def _entry(row: tuple[bytes, int, int, str | None, int, int, str | None]) -> Entry:
    digest, start, length, base, claims, quads, findings = row
    try:
        found = json.loads(findings) if findings else []
    except ValueError as error:
        raise sqlite3.DatabaseError(str(error)) from None
    return Entry(digest, start, length, base, claims, quads, found)
