"""What earlier runs built, so that nothing is built twice.

A small database beside the shards says so (`State`). Machines that share nothing but files have a
note for each shard in the place of it (`write_note`, `read_note`).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from msgspec.structs import astuple

from lod.corpus.output import NOTES, SHARDS, STATE
from lod.corpus.shards import Entry, Plan, Reusable, Shard, is_intact
from lod.store.database import Database
from lod.store.files import replacing_file

_SCHEMA = """
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
_ENTRIES = "SELECT shard, digest, start, length, base, claims, quads, findings FROM entries "


class State(Database):
    """The shards of an output folder and where each publication stands in them.

    A shard is noted once its file is complete; one that is not noted is written again.

    Args:
        out: the output folder, of which this process has the lock.
        environment: digest of all that the output depends on beside the publications; the state
            of another environment is forgotten.

    Raises:
        sqlite3.DatabaseError: the database is damaged; any method may raise that.
    """

    def __init__(self, out: Path, environment: str) -> None:
        super().__init__(out / STATE, _SCHEMA)
        self._folder = out / SHARDS
        self._intact: dict[str, bool] = {}
        with self.transaction():
            if self.about("environment") != environment:
                self.execute("DELETE FROM shards")
                self.execute("DELETE FROM entries")
                self.execute("DELETE FROM files")
                self.set_about("environment", environment)
            self.run = self.next_run()

    def find_shard(self, name: str) -> Shard | None:
        """A shard that is whole on disk, or None; it then counts as one of this run."""
        if not self._is_intact(name):
            return None
        row = self.execute("SELECT size, sha256 FROM shards WHERE name = ?", (name,)).fetchone()
        self.execute("UPDATE shards SET run = ? WHERE name = ?", (self.run, name))
        rows = self.execute(_ENTRIES + "WHERE shard = ? ORDER BY position", (name,))
        return Shard(name, row[0], row[1], [_entry(row[1:]) for row in rows])

    def _is_intact(self, name: str) -> bool:
        """Whether a shard is known, and its file still the one that was written."""
        if name not in self._intact:
            row = self.execute(
                "SELECT size, sha256, written FROM shards WHERE name = ?", (name,)
            ).fetchone()
            self._intact[name] = row is not None and is_intact(self._folder / name, *row)
        return self._intact[name]

    def reusable(self, digests: Iterable[bytes]) -> dict[bytes, Reusable]:
        """Where the output of unchanged publications stands, for those that have any."""
        found: dict[bytes, Reusable] = {}
        for digest in digests:
            for row in self.execute(_ENTRIES + "WHERE digest = ?", (digest,)):
                if self._is_intact(row[0]):
                    found[digest] = Reusable(row[0], _entry(row[1:]))
                    break
        return found

    def note(self, shard: Shard) -> None:
        """Note a shard whose file is complete."""
        written = (self._folder / shard.name).stat().st_mtime_ns
        with self.transaction():
            self.execute("DELETE FROM entries WHERE shard = ?", (shard.name,))
            self.execute(
                "INSERT OR REPLACE INTO shards VALUES (?, ?, ?, ?, ?)",
                (shard.name, shard.size, shard.sha256, written, self.run),
            )
            self.executemany(
                "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (
                        shard.name, position, *astuple(entry)[:-1],
                        json.dumps(entry.findings) if entry.findings else None,
                    )
                    for position, entry in enumerate(shard.entries)
                ],
            )  # fmt: skip
        self._intact[shard.name] = True

    def files_of(self, base: str) -> bytes | None:
        """The digest of the publication whose files stand in the folder of a base IRI."""
        row = self.execute("SELECT digest FROM files WHERE base = ?", (base,)).fetchone()
        return None if row is None else bytes(row[0])

    def note_files(self, base: str, digest: bytes) -> None:
        """Note that the files of a publication are in place."""
        self.execute("INSERT OR REPLACE INTO files VALUES (?, ?)", (base, digest))

    def forget_others(self) -> None:
        """Forget the shards that are not of this run."""
        with self.transaction():
            self.execute(
                "DELETE FROM entries WHERE shard IN (SELECT name FROM shards WHERE run != ?)",
                (self.run,),
            )
            self.execute("DELETE FROM shards WHERE run != ?", (self.run,))


def _entry(row: tuple[Any, ...]) -> Entry:
    try:
        return Entry(*(*row[:-1], json.loads(row[-1]) if row[-1] else []))
    except ValueError as error:
        raise sqlite3.DatabaseError(str(error)) from None


def write_note(shard: Shard, plan: Plan) -> None:
    """Note a shard whose file is complete."""
    data = {
        "size": shard.size,
        "sha256": shard.sha256,
        "written": (plan.shards / shard.name).stat().st_mtime_ns,
        "entries": [[entry.digest.hex(), *astuple(entry)[1:]] for entry in shard.entries],
    }
    with replacing_file(_note(shard.name, plan), durable=False) as stream:
        stream.write(json.dumps(data).encode())


def read_note(name: str, plan: Plan, built: int = 0) -> Shard | None:
    """The shard of a name, or None where there is none, or its file is not the one any more."""
    try:
        data = json.loads(_note(name, plan).read_bytes())
        entries = [Entry(bytes.fromhex(digest), *rest) for digest, *rest in data["entries"]]
        shard = Shard(name, data["size"], data["sha256"], entries, built)
        written = int(data["written"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return shard if is_intact(plan.shards / name, shard.size, shard.sha256, written) else None


def _note(name: str, plan: Plan) -> Path:
    return plan.out / NOTES / f"{name}.json"
