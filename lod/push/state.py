"""What earlier pushes brought to a store: kept here, so that the next push has less to do.

It is kept on this machine and not in the store: there every graph is data that queries see, and a
server that only takes graphs has no place for it. It is never taken at its word: what the store has
is asked again. Without it a push does the same, only slower, but for `--prune`, which removes
nothing that it does not know of.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from itertools import takewhile
from pathlib import Path

from msgspec import Struct

from lod.errors import OutputError
from lod.store.database import Database
from lod.store.locks import locked
from lod.store.places import user_folder

_SCHEMA = """
CREATE TABLE IF NOT EXISTS publications (
  base TEXT PRIMARY KEY, digest TEXT, graphs TEXT NOT NULL, quads INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sizes (
  base TEXT, triples INTEGER, graphs INTEGER NOT NULL, PRIMARY KEY (base, triples)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS bundles (
  id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, publications INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS members (
  bundle INTEGER, base TEXT, digest TEXT NOT NULL, PRIMARY KEY (bundle, base)
) WITHOUT ROWID;
CREATE TEMP TABLE seen (base TEXT PRIMARY KEY) WITHOUT ROWID;
-- Members that are in the store as they are in their bundle; nothing else says that they are.
CREATE TEMP VIEW there AS SELECT m.bundle, m.base, p.quads
  FROM members m JOIN publications p ON p.base = m.base AND p.digest = m.digest;
"""
#: Another one is not made anew: --prune would leave what only this file knows.
_VERSION = 1


class Pushed(Struct, frozen=True):
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

    def finish(self, base: str, digest: str, graphs: Mapping[str, int], quads: int) -> None:
        """Note that a publication is in the store as it should be.

        Args:
            base: of the publication.
            digest: of what it is.
            graphs: how many triples the store has in each of its graphs.
            quads: how many it was sent.
        """
        with self.transaction():
            self.execute(
                "INSERT OR REPLACE INTO publications VALUES (?, ?, ?, ?)",
                (base, digest, "\n".join(graphs), quads),
            )
            self.execute("DELETE FROM sizes WHERE base = ?", (base,))
            counted = Counter(graphs.values()).items()
            self.executemany(
                "INSERT INTO sizes VALUES (?, ?, ?)", ((base, *one) for one in counted)
            )

    def sizes(self) -> tuple[str, dict[int, int]] | None:
        """What the store has of all publications, where nothing was left unfinished.

        Returns:
            How the IRIs of all graphs begin, and how many graphs there are of each number of
            triples; None where that is not known.
        """
        first, last, unknown = self.execute(
            "SELECT min(base), max(base), "
            "sum(digest IS NULL OR NOT EXISTS (SELECT 1 FROM sizes s WHERE s.base = p.base)) "
            "FROM publications p"
        ).fetchone()
        if unknown != 0:  # None where there are no publications
            return None
        rows = self.execute("SELECT triples, sum(graphs) FROM sizes GROUP BY triples").fetchall()
        return _common_beginning(first, last), dict(rows)

    def add_bundle(self, digest: str, members: Mapping[str, str]) -> None:
        """Note of which publications a file is.

        Args:
            digest: of the file.
            members: base to digest of each.
        """
        with self.transaction():
            self.execute(
                "DELETE FROM members WHERE bundle IN (SELECT id FROM bundles WHERE digest = ?)",
                (digest,),
            )
            self.execute("DELETE FROM bundles WHERE digest = ?", (digest,))
            bundle = self.execute(
                "INSERT INTO bundles (digest, publications) VALUES (?, ?)", (digest, len(members))
            ).lastrowid
            self.executemany(
                "INSERT OR REPLACE INTO members VALUES (?, ?, ?)",
                ((bundle, *one) for one in members.items()),
            )

    def has_bundles(self) -> bool:
        """Whether any file is known."""
        return self.execute("SELECT 1 FROM bundles LIMIT 1").fetchone() is not None

    def see_bundle(self, digest: str) -> tuple[int, int] | None:
        """Note that all publications of a file are in the sources.

        Returns:
            How many there are, and how many quads they have; None where the file is not known,
            earlier pushes did not bring all of it as it is, or another source has one of them: then
            nothing is noted.
        """
        row = self.execute(
            "SELECT id, publications FROM bundles WHERE digest = ?", (digest,)
        ).fetchone()
        if row is None:
            return None
        bundle, publications = row
        found, quads = self.execute(
            "SELECT count(*), sum(quads) FROM there "
            "WHERE bundle = ? AND base NOT IN (SELECT base FROM seen)",
            (bundle,),
        ).fetchone()
        if not publications or found != publications:
            return None
        self.execute("INSERT INTO seen SELECT base FROM members WHERE bundle = ?", (bundle,))
        return publications, quads

    def forget_bundles(self) -> None:
        """Forget the files of which some publication is another one now."""
        with self.transaction():
            self.execute(
                "DELETE FROM bundles WHERE publications > "
                "(SELECT count(*) FROM there WHERE bundle = bundles.id)"
            )
            self.execute("DELETE FROM members WHERE bundle NOT IN (SELECT id FROM bundles)")

    def forget(self, base: str) -> None:
        """Note that a publication is not in the store any more."""
        with self.transaction():
            self.execute("DELETE FROM publications WHERE base = ?", (base,))
            self.execute("DELETE FROM sizes WHERE base = ?", (base,))

    def unseen(self) -> Iterator[tuple[str, Pushed]]:
        """The publications that may be in the store and are not in the sources."""
        rows = self.execute(
            "SELECT base, digest, graphs FROM publications "
            "WHERE base NOT IN (SELECT base FROM seen) ORDER BY base"
        ).fetchall()
        for base, digest, graphs in rows:
            yield base, Pushed(digest, tuple(graphs.split("\n")))


def _common_beginning(one: str, other: str) -> str:
    """The characters with which both begin.

    >>> _common_beginning("https://example.org/a/", "https://example.org/b/")
    'https://example.org/'
    """
    pairs = zip(one, other, strict=False)
    return "".join(a for a, _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
