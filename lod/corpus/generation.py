"""Generations of a store: a new one is made beside the old, and then takes its place at once."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from lod.errors import InputError, LodError
from lod.query.disk import DATA, LAYOUT, STORE_FILE, is_store, read_generation

LEDGER = "ledger.sqlite"
_LOCK = ".lock.sqlite"
#: Files of the database that are never written again once they are there.
_FINAL = ".sst"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the right to load into a store; it ends with this process, however that ends.

    Raises:
        LodError: another process has it.
        InputError: the folder holds something else.
    """
    if folder.exists() and not is_store(folder):
        foreign = [path.name for path in folder.iterdir() if not _is_ours(path)]
        if foreign:
            raise InputError(
                f"{folder} is no store, and holds {min(foreign)}",
                hint="name a new folder with --store",
            )
    folder.mkdir(parents=True, exist_ok=True)
    lock = sqlite3.connect(folder / _LOCK, timeout=0, isolation_level=None)
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError:
        raise LodError(
            f"{folder}: another process is loading into this store",
            hint="wait until it has ended",
        ) from None
    else:
        yield
    finally:
        lock.close()


def _is_ours(path: Path) -> bool:
    return path.name.startswith((STORE_FILE, _LOCK)) or _number(path) > 0


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
        aside = self._store / f"{STORE_FILE}.part"
        with aside.open("w", encoding="utf-8") as stream:
            json.dump({"layout": LAYOUT, "generation": self.folder.name}, stream)
            stream.write("\n")
            stream.flush()
            os.fsync(stream.fileno())
        aside.replace(self._store / STORE_FILE)
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
