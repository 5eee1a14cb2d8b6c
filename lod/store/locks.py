"""One lock on a target: the operating system holds it for a process, and it ends with that.

A lock is a file that is locked, not a file that is there: what a killed process leaves behind
blocks nobody. The file stands beside the target, since a folder that is replaced takes its inside
along; where nothing can take its place, as in a container with one mounted folder, it stands in the
target.
"""

from __future__ import annotations

import errno
import hashlib
import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from lod.errors import BusyError, OutputError
from lod.store.mounted import LOCK, is_fixed

# Seconds between two looks at a lock that another process has.
_PAUSE = 0.05
_LONGEST = 200
_TRIES = 20
# Locks of the system are of a process; these are of its threads.
_own: dict[Path, tuple[int, int]] = {}


def resolved(target: Path) -> Path:
    """Where a target really is: what a symbolic link leads to is written, and the link stays.

    Raises:
        OutputError: the links lead round in a circle.
    """
    try:
        return target.resolve()
    except (OSError, RuntimeError):  # the latter before Python 3.13
        raise OutputError(
            f"{target}: cannot be written: a loop of symbolic links", hint="name another place"
        ) from None


def is_inside(path: Path, folder: Path) -> bool:
    """Whether a path leads into a folder, or to it, whatever links there are.

    A loop of links leads nowhere; to open it says so. A name with a null character names nothing.
    """
    if "\0" in str(path):
        return False
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def beside(target: Path, ending: str) -> Path:
    """A hidden name beside a target, for what belongs to it.

    >>> beside(Path("data/dist"), "lod-lock").as_posix()
    'data/.dist.lod-lock'
    """
    name = target.name
    if len(os.fsencode(name)) > _LONGEST:  # with the ending no file system would take it
        name = hashlib.blake2b(os.fsencode(name), digest_size=16).hexdigest()
    return target.with_name(f".{name}.{ending}")


@contextmanager
def locked(target: Path, work: str = "process", *, wait: bool = False) -> Iterator[Path]:
    """Hold the right to write a file or folder until the end of `with`.

    Args:
        target: the file or folder; it need not be there.
        work: what is done, for the message: "build" gives "another build is at work there".
        wait: whether to wait until whoever has it is done.

    Yields:
        The target, symbolic links resolved.

    Raises:
        BusyError: another process or thread has it, and `wait` is not set.
        OutputError: no lock can be had there.
    """
    place = resolved(target)
    missing = [folder for folder in place.parents if not folder.exists()]
    try:
        while (lock := _take(place)) is None:
            if not wait:
                raise BusyError(
                    f"{target}: another {work} is at work there", hint="wait until it has ended"
                )
            time.sleep(_PAUSE)
    except OSError as error:
        _remove(missing)
        raise OutputError(f"{target}: cannot be written: {error.strerror or error}") from None
    try:
        yield place
    finally:
        _let_go(place, *lock)
        _remove(missing)


def _take(place: Path) -> tuple[int, Path] | None:
    """The descriptor and the file of the lock; None where another one has it."""
    me = (os.getpid(), threading.get_ident())
    # One look at the dictionary, which no other thread can come between.
    if _own.setdefault(place, me) is not me:
        return None
    lock = None
    try:
        lock = _lock_file(place)
    finally:
        if lock is None:
            del _own[place]
    return lock


def _lock_file(place: Path) -> tuple[int, Path] | None:
    tries = _TRIES
    while True:
        try:
            descriptor, file = _open(place)
        except FileNotFoundError:
            # Whoever made the folders above has just removed them; or none can be made at all.
            tries -= 1
            if not tries:
                raise
            continue
        try:
            is_locked = _lock(descriptor)
            if is_locked and _is_at(descriptor, file):
                return descriptor, file
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)
        if not is_locked:
            return None


def _open(place: Path) -> tuple[int, Path]:
    if is_fixed(place):
        file = place / LOCK  # two containers share no more than the folder
    else:
        file = beside(place, "lod-lock")
        place.parent.mkdir(parents=True, exist_ok=True)
    return os.open(file, os.O_RDWR | os.O_CREAT, 0o666), file


def held(descriptor: int, file: Path) -> bool:
    """Hold an open file until it is closed, also against the threads of this process.

    Returns:
        False where somebody else has it, or it is no longer the file of its name.
    """
    if sys.platform != "win32":
        import fcntl

        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno == errno.EWOULDBLOCK:
                return False
            # A file system without locks: whoever writes there at once is not told apart.
    return _is_at(descriptor, file)


def _is_at(descriptor: int, file: Path) -> bool:
    """Whether a file is still the one of its name: who had it before may have deleted it."""
    with suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(descriptor), file.stat())
    return False


def _let_go(place: Path, descriptor: int, file: Path) -> None:
    if sys.platform != "win32":  # there, only what is closed can be deleted
        file.unlink(missing_ok=True)
    os.close(descriptor)
    if sys.platform == "win32":
        with suppress(OSError):  # the next one has it already
            file.unlink()
    del _own[place]


def _remove(folders: list[Path]) -> None:
    """Remove folders that were made for the lock alone, innermost first."""
    for folder in folders:
        with suppress(OSError):  # something is in it
            folder.rmdir()


def _lock(descriptor: int) -> bool:
    """Lock an open file for this process; False where another one has it.

    These locks, unlike those of `flock`, do not go on to the processes that this one forks, which
    would hold them a moment longer than a parent that is killed.
    """
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
            return False
        raise
    return True
