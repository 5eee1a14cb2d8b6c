"""What earlier pushes brought to a store: kept here, so that the next push has less to do.

It is kept on this machine and not in the store: there every graph is data that queries see, and a
server that only takes graphs has no place for it. It is never taken at its word: what the store has
is asked again. Without it a push does the same, only slower, but for `--prune`, which removes
nothing that it does not know of.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from lod.errors import LodError, OutputError

_SCHEMA = """
CREATE TABLE IF NOT EXISTS publications (
  base TEXT PRIMARY KEY, digest TEXT, graphs TEXT NOT NULL, quads INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TEMP TABLE seen (base TEXT PRIMARY KEY) WITHOUT ROWID;
"""
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Pushed:
    """What is known of a publication in the store.

    Attributes:
        digest: of what was pushed and found to be there; None where a push was not finished.
        graphs: IRIs of all graphs that it may have there.
    """

    digest: str | None
    graphs: tuple[str, ...]


def state_file(target: str) -> Path:
    """Where the state of a store is kept: in the user's folder for state, a file a store.

    Args:
        target: the address that is pushed to.
    """
    home = os.environ.get("XDG_STATE_HOME")
    folder = (Path(home) if home else Path.home() / ".local" / "state") / "lod" / "push"
    return folder / f"{hashlib.sha256(target.encode()).hexdigest()[:24]}.sqlite"


class State:
    """The state of one store. Only one push at a time can have it.

    Args:
        file: the database; made where there is none.
        read_only: for a push that changes nothing: neither is the file.

    Raises:
        LodError: another push has it.
        OutputError: it cannot be written.
    """

    def __init__(self, file: Path, *, read_only: bool = False) -> None:
        self.file = file.absolute()
        try:
            self._db = self._open(read_only=read_only)
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise LodError(
                    "another push to this store is at work",
                    hint="wait until it has ended; two at once would undo each other's work",
                ) from None
            raise OutputError(f"{file}: cannot be written: {error}") from None
        except (sqlite3.DatabaseError, OSError) as error:
            raise OutputError(
                f"{file}: cannot be used: {error}",
                hint="it only saves time and can be deleted; --prune then forgets what it knew",
            ) from None

    def _open(self, *, read_only: bool) -> sqlite3.Connection:
        if read_only:
            db = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
            if self.file.is_file():
                source = sqlite3.connect(f"{self.file.as_uri()}?mode=ro", uri=True, timeout=0)
                try:
                    source.backup(db)
                finally:
                    source.close()
            db.executescript(_SCHEMA)
            return db
        self.file.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(self.file, timeout=0, isolation_level=None)
        try:
            db.execute("PRAGMA locking_mode=EXCLUSIVE")
            db.execute("PRAGMA synchronous=OFF")
            db.execute("BEGIN EXCLUSIVE")
            db.execute(f"PRAGMA user_version={_VERSION}")
            db.execute("COMMIT")
            db.executescript(_SCHEMA)
        except BaseException:
            db.close()
            raise
        return db

    def __enter__(self) -> State:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._db.close()

    def see(self, base: str) -> bool:
        """Note that a publication is in the sources; False where it was already."""
        done = self._db.execute("INSERT OR IGNORE INTO seen VALUES (?)", (base,))
        return done.rowcount > 0

    def find(self, base: str) -> Pushed | None:
        """What is known of a publication."""
        row = self._db.execute(
            "SELECT digest, graphs FROM publications WHERE base = ?", (base,)
        ).fetchone()
        return None if row is None else Pushed(row[0], tuple(row[1].split("\n")))

    def begin(self, base: str, graphs: tuple[str, ...]) -> None:
        """Note, before anything is sent, which graphs a publication may have from now on."""
        self._db.execute(
            "INSERT OR REPLACE INTO publications VALUES (?, NULL, ?, 0)", (base, "\n".join(graphs))
        )

    def finish(self, base: str, digest: str, graphs: tuple[str, ...], quads: int) -> None:
        """Note that a publication is in the store as it should be."""
        self._db.execute(
            "INSERT OR REPLACE INTO publications VALUES (?, ?, ?, ?)",
            (base, digest, "\n".join(graphs), quads),
        )

    def forget(self, base: str) -> None:
        """Note that a publication is not in the store any more."""
        self._db.execute("DELETE FROM publications WHERE base = ?", (base,))

    def unseen(self) -> Iterator[tuple[str, Pushed]]:
        """The publications that may be in the store and are not in the sources."""
        rows = self._db.execute(
            "SELECT base, digest, graphs FROM publications "
            "WHERE base NOT IN (SELECT base FROM seen) ORDER BY base"
        ).fetchall()
        for base, digest, graphs in rows:
            yield base, Pushed(digest, tuple(graphs.split("\n")))
