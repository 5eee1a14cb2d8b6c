"""The folder for what a server makes for itself: removed at its end, or by the next server.

A server that is killed removes nothing. So each holds a lock on its folder, which ends with its
process; a server that starts removes the folders of its own user that nobody holds.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from lod.store.places import temporary_folder

_PREFIX = "lod-server-"
_TRIES = 20


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A folder of one's own until the end of `with`, those of servers that died being removed.

    It is in the system's folder for temporary files, and nobody else may read it.

    Raises:
        OutputError: the system has none that can be written.
    """
    place = temporary_folder()
    if sys.platform == "win32":  # whose folders cannot be locked
        with tempfile.TemporaryDirectory(prefix=_PREFIX) as name:
            yield Path(name)
        return
    _remove_left(place)
    folder, lock = _make()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if lock is not None:
            os.close(lock)


def _make() -> tuple[Path, int | None]:
    """A new folder, and the descriptor that holds its lock; None where there are no locks."""
    for _ in range(_TRIES):
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
        lock = _lock(folder)
        if lock is not None:
            return folder, lock
        # A server that started at the same moment took it for one that was left: once more.
        shutil.rmtree(folder, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=_PREFIX)), None


def _lock(folder: Path) -> int | None:
    """Hold a folder; None where it is another's, somebody holds it, or it is gone meanwhile."""
    import fcntl

    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        held, there = os.fstat(descriptor), folder.lstat()
        is_same = (held.st_dev, held.st_ino) == (there.st_dev, there.st_ino)
        if is_same and held.st_uid == os.geteuid():
            return descriptor
    except OSError:
        pass
    os.close(descriptor)
    return None


def _remove_left(place: Path) -> None:
    """Remove the folders of servers that were killed."""
    with suppress(OSError):
        for folder in place.glob(f"{_PREFIX}*"):
            lock = _lock(folder)
            if lock is not None:
                shutil.rmtree(folder, ignore_errors=True)
                os.close(lock)
