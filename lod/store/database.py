"""State databases: what earlier runs did, so that the next one has less to do.

Each is one file of SQLite, and is opened in one way. It knows the schema that it was made with: one
of another version of lod is never misread, but made anew.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from lod.errors import BusyError, OutputError

_T = TypeVar("_T")
#: Result codes that say nothing of what the file holds: it is still good for the next run.
_NOT_DAMAGED = frozenset(
    {
        *(sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY),
        *(sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_NOMEM),
    }
)
_ABOUT = "CREATE TABLE IF NOT EXISTS about (key TEXT PRIMARY KEY, value TEXT);"


class Database:
    """One state database. Only one process at a time has it.

    Statements are committed one by one; `with database.transaction():` holds several together.

    Args:
        file: where it is; made where there is none. None for one that nobody else sees and that is
            gone when it is closed, kept on disk, so that memory does not grow with it. Only where
            there is no folder for temporary files, it and what is sorted are held in memory.
        schema: SQL that makes its tables, and leaves those that are there.
        version: of the schema; None where a database of another schema can be made anew. A number
            is for one that cannot: another number is refused.
        copy_of: a database to begin with what it has; it is not changed.
        journal: how SQLite keeps what may have to be undone: "wal", "delete", or "off" for a
            database that counts only once it is complete.

    Raises:
        sqlite3.DatabaseError: it is damaged, or of a version that cannot be read; any method may
            raise that. `healed` makes a state anew then.
        BusyError: another process has it.
        OSError: its folder cannot be made.
    """

    def __init__(
        self,
        file: Path | None,
        schema: str,
        *,
        version: int | None = None,
        copy_of: Path | None = None,
        journal: str = "wal",
    ) -> None:
        if file is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
        has_room = _has_temporary_folder()
        self._db = sqlite3.connect(
            ("" if has_room else ":memory:") if file is None else file,
            timeout=1,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            # The lock goes with the process, however that ends. Losing the last notes to a power
            # cut costs time, not data.
            self._db.execute("PRAGMA locking_mode=EXCLUSIVE")
            self._db.execute(f"PRAGMA journal_mode={'off' if file is None else journal}")
            self._db.execute(f"PRAGMA synchronous={'NORMAL' if journal == 'wal' else 'OFF'}")
            self._db.execute(f"PRAGMA temp_store={'DEFAULT' if has_room else 'MEMORY'}")
            if copy_of is not None:
                with closing(
                    sqlite3.connect(f"{copy_of.absolute().as_uri()}?mode=ro", uri=True)
                ) as db:
                    db.backup(self._db)
            self._prepare(_ABOUT + schema, version)
        except BaseException as error:
            self._db.close()
            if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
                raise BusyError(
                    f"{file}: another process is at work there", hint="wait until it has ended"
                ) from None
            raise

    def _prepare(self, schema: str, version: int | None) -> None:
        """Make the tables; forget those of another schema."""
        number = zlib.crc32(schema.encode()) & 0x7FFFFFFF if version is None else version
        (there,) = self.execute("PRAGMA user_version").fetchone()
        tables = self.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
        if tables and there != number:
            if version is not None:
                raise sqlite3.DatabaseError("it is of another version of lod")
            for (name,) in tables:
                self.execute(f'DROP TABLE "{name}"')
        self._db.executescript(schema)
        self.execute(f"PRAGMA user_version={number}")

    def execute(self, sql: str, values: Iterable[Any] = ()) -> sqlite3.Cursor:
        """Do one statement, and commit it outside of a transaction."""
        return self._db.execute(sql, tuple(values))

    def executemany(self, sql: str, rows: Iterable[Iterable[Any]]) -> None:
        """Do one statement for each row."""
        self._db.executemany(sql, map(tuple, rows))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold the statements of a `with` block together: all of them are done, or none."""
        self.execute("BEGIN")
        try:
            yield
        except BaseException:
            if self._db.in_transaction:
                self.execute("ROLLBACK")
            raise
        self.execute("COMMIT")

    def about(self, key: str) -> str | None:
        """A note about the whole."""
        row = self.execute("SELECT value FROM about WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def set_about(self, key: str, value: str) -> None:
        """Keep a note about the whole."""
        self.execute("INSERT OR REPLACE INTO about VALUES (?, ?)", (key, value))

    def next_run(self) -> int:
        """Count the runs that had this database; gives the number of this one, from 1.

        Raises:
            sqlite3.DatabaseError: what is noted is no number.
        """
        try:
            run = int(self.about("run") or 0) + 1
        except ValueError as error:
            raise sqlite3.DatabaseError(str(error)) from None
        self.set_about("run", str(run))
        return run

    def close(self) -> None:
        """Let go of the file; what was committed is there."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _has_temporary_folder() -> bool:
    """Whether temporary files can be written anywhere; in a container they often cannot."""
    from tempfile import gettempdir

    try:
        gettempdir()
    except FileNotFoundError:
        return False
    return True


def healed(file: Path, work: Callable[[], _T]) -> _T:
    """Do what needs a state database; where that is damaged, delete it and do it again.

    Args:
        file: the database, which only saves time.
        work: what is done; it opens and closes the database.

    Raises:
        OutputError: it cannot be written, as where the disk is full, or a new one cannot either.
    """
    try:
        return work()
    except sqlite3.DatabaseError as error:
        # Errors of ours have no code; the last byte is what extended codes have in common.
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _NOT_DAMAGED:
            raise OutputError(f"{file}: cannot be written: {error}") from None
        for ending in ("", "-wal", "-shm", "-journal"):
            file.with_name(file.name + ending).unlink(missing_ok=True)
    try:
        return work()
    except sqlite3.DatabaseError as error:
        raise OutputError(f"{file}: cannot be written: {error}") from None
