"""What earlier pushes brought to a store: kept here, so that the next push has less to do.

It is kept on this machine and not in the store: there every graph is data that queries see, and a
server that only takes graphs has no place for it. It is never taken at its word: what the store has
is asked again. Without it a push does the same, only slower, but for `--prune`, which removes
nothing that it does not know of.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from lod.errors import OutputError
from lod.store.database import Database
from lod.store.locks import locked
from lod.store.places import user_folder

_SCHEMA = """
CREATE TABLE IF NOT EXISTS publications (
  base TEXT PRIMARY KEY, digest TEXT, graphs TEXT NOT NULL, quads INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TEMP TABLE seen (base TEXT PRIMARY KEY) WITHOUT ROWID;
"""
#: Another one is not made anew: --prune would leave what only this file knows.
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

    Raises:
        OutputError: the user has no such folder.
    """
    folder = user_folder("XDG_STATE_HOME", ".local/state")
    if folder is None:
        raise OutputError(
            "there is no folder for what a push brought: the user has no home",
            hint="name a file with --state, or set XDG_STATE_HOME",
        )
    return folder / "lod" / "push" / f"{hashlib.sha256(target.encode()).hexdigest()[:24]}.sqlite"


class State(Database):
    """The state of one store. Only one push at a time can have it.

    Args:
        file: the database; made where there is none.
        read_only: for a push that changes nothing: neither is the file.

    Raises:
        BusyError: another push has it.
        OutputError: it cannot be written.
    """

    def __init__(self, file: Path, *, read_only: bool = False) -> None:
        known = file if read_only and file.is_file() else None
        with ExitStack() as stack:
            if known or not read_only:
                stack.enter_context(locked(file, "push to this store"))
            try:
                super().__init__(
                    None if read_only else file,
                    _SCHEMA,
                    version=_VERSION,
                    copy_of=known,
                    journal="delete",
                )
            except (sqlite3.DatabaseError, OSError) as error:
                raise OutputError(
                    f"{file}: cannot be used: {error}",
                    hint="it only saves time and can be deleted; --prune then forgets what it knew",
                ) from None
            self._lock = stack.pop_all()

    def close(self) -> None:
        """Let go of the file."""
        super().close()
        self._lock.close()

    def see(self, base: str) -> bool:
        """Note that a publication is in the sources; False where it was already."""
        done = self.execute("INSERT OR IGNORE INTO seen VALUES (?)", (base,))
        return done.rowcount > 0

    def find(self, base: str) -> Pushed | None:
        """What is known of a publication."""
        row = self.execute(
            "SELECT digest, graphs FROM publications WHERE base = ?", (base,)
        ).fetchone()
        return None if row is None else Pushed(row[0], tuple(row[1].split("\n")))

    def begin(self, base: str, graphs: tuple[str, ...]) -> None:
        """Note, before anything is sent, which graphs a publication may have from now on."""
        self.execute(
            "INSERT OR REPLACE INTO publications VALUES (?, NULL, ?, 0)", (base, "\n".join(graphs))
        )

    def finish(self, base: str, digest: str, graphs: tuple[str, ...], quads: int) -> None:
        """Note that a publication is in the store as it should be."""
        self.execute(
            "INSERT OR REPLACE INTO publications VALUES (?, ?, ?, ?)",
            (base, digest, "\n".join(graphs), quads),
        )

    def forget(self, base: str) -> None:
        """Note that a publication is not in the store any more."""
        self.execute("DELETE FROM publications WHERE base = ?", (base,))

    def unseen(self) -> Iterator[tuple[str, Pushed]]:
        """The publications that may be in the store and are not in the sources."""
        rows = self.execute(
            "SELECT base, digest, graphs FROM publications "
            "WHERE base NOT IN (SELECT base FROM seen) ORDER BY base"
        ).fetchall()
        for base, digest, graphs in rows:
            yield base, Pushed(digest, tuple(graphs.split("\n")))
