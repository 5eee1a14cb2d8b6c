"""Puts files and folders in place as one step: whoever looks finds the old one or the new one."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from lod.errors import OutputError
from lod.store.locks import beside, held, resolved
from lod.store.mounted import fill, finish, folder_inside, is_fixed, remove_inside

#: The file by which a store of quads that `lod load` made is known.
STORE_FILE = "lod-store.json"

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # linux/fs.h
_RENAME_SWAP = 2  # macOS, sys/stdio.h
_NEW, _OLD = "lod-new", "lod-old"


@contextmanager
def replacing_file(target: Path, *, durable: bool = True) -> Iterator[BinaryIO]:
    """Write a file that takes its place at the end of `with`; its permissions stay.

    Where the block raises, and whenever the process is killed, the old file stands as it was.

    Args:
        target: the file; where it is a symbolic link, what that leads to.
        durable: whether it is to be on disk before it takes its place, so that a power cut leaves
            no empty file.

    Yields:
        A stream of bytes to a file of this process alone.

    Raises:
        OSError: it cannot be written.
    """
    target = resolved(target)
    mode = target.stat().st_mode & 0o7777 if target.exists() else None
    # Who may not read the old one may not read the new one either, not even in the making.
    aside, descriptor = _open_aside(target, 0o666 if mode is None else mode)
    with os.fdopen(descriptor, "wb") as stream:
        try:
            yield stream
            stream.flush()
            if durable:
                os.fsync(descriptor)
            if mode is not None:
                aside.chmod(mode)
            if sys.platform != "win32":  # where what is open cannot be renamed
                _rename(aside, target)
        except BaseException:
            if sys.platform == "win32":
                stream.close()
            aside.unlink(missing_ok=True)
            raise
    if sys.platform == "win32":
        _rename(aside, target)


def _open_aside(target: Path, mode: int) -> tuple[Path, int]:
    """A new file beside another one, of this process alone.

    Its name is always the same, so that what a killed process left is known and removed; only
    where somebody else is writing it just now, it has one of its own.

    Returns:
        The file and its descriptor, which holds its lock.
    """
    aside = beside(target, "part")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    if sys.platform != "win32":
        _remove_left(aside)
        with suppress(FileExistsError):
            descriptor = os.open(aside, flags, mode)
            if held(descriptor, aside):
                return aside, descriptor
            os.close(descriptor)
    aside = beside(target, f"{os.urandom(4).hex()}.part")
    descriptor = os.open(aside, flags, mode)
    held(descriptor, aside)
    return aside, descriptor


def _remove_left(aside: Path) -> None:
    """Remove a file that a killed process was writing."""
    try:
        descriptor = os.open(aside, os.O_WRONLY)
    except OSError:  # nothing was left; or it cannot be had, which is said when it is made
        return
    try:
        if held(descriptor, aside):
            aside.unlink()
    finally:
        os.close(descriptor)


def _rename(aside: Path, target: Path) -> None:
    try:
        aside.replace(target)
    except OSError as error:
        if error.errno != errno.EBUSY:
            raise
        # What is written there would not be whole at any moment.
        raise OSError(error.errno, "it is mounted by itself; mount its folder", target) from None


def write_file(target: Path, content: bytes) -> None:
    """Replace a file as one step.

    Raises:
        OutputError: it cannot be written; what stood there still stands.
    """
    try:
        with replacing_file(target) as stream:
            stream.write(content)
    except OSError as error:
        raise OutputError(f"{target}: cannot be written: {error.strerror or error}") from None


@contextmanager
def replacing_folder(place: Path) -> Iterator[Path]:
    """Fill a folder that takes the place of another at the end of `with`.

    Where the block raises, and whenever the process is killed, the old folder stands as it was;
    what a killed process left is removed by the next one. A folder that is mounted, or beside
    which nothing can be written, is filled in its place (`lod.store.mounted`).

    Args:
        place: the folder, of which this process has the lock (what `lod.store.locks.locked` gives).

    Yields:
        An empty folder of this process alone, on the same file system.

    Raises:
        OutputError: something cannot be written.
    """
    aside = folder_aside(place, os.urandom(4).hex())
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        sweep(place)
        aside.mkdir()
        yield aside
        replace_folder(aside, place)
    except OSError as error:
        raise OutputError(
            f"{place}: cannot be written: {error.strerror or error}",
            hint="name a folder in it" if error.errno == errno.EBUSY else None,
        ) from None
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def folder_aside(place: Path, token: str) -> Path:
    """A name for a folder that is to take the place of another, on the same file system.

    Args:
        place: the other folder, a path without symbolic links.
        token: what tells it from others, if anything.
    """
    if is_fixed(place):
        return folder_inside(place, token)
    return beside(place, f"{_NEW}-{token}" if token else _NEW)


def replace_folder(new: Path, place: Path) -> None:
    """Make what `new` holds stand at `place`, in one step where the system has such a step.

    Args:
        new: a folder that `folder_aside` named.
        place: the folder, of which this process has the lock.

    Raises:
        OSError: it cannot be done.
    """
    if new.parent == place:
        fill(new, place)
    else:
        swap_folders(new, place)


def sweep(place: Path) -> None:
    """Clear up what killed processes left of a folder, of which this one has the lock.

    Raises:
        OSError: it cannot be done.
    """
    if is_fixed(place):
        finish(place)
        remove_inside(place)
        return
    new, old = (beside(place, ending).name for ending in (_NEW, _OLD))
    for path in place.parent.iterdir():
        if path.name.startswith(old) and not place.exists():
            path.rename(place)  # killed between the two steps of a system that cannot exchange
        elif path.name.startswith((new, old)):
            shutil.rmtree(path, ignore_errors=True)


def swap_folders(new: Path, target: Path) -> None:
    """Make `new` stand at `target`; what stood there is deleted.

    On Linux and macOS the kernel exchanges the two names at once, so that whoever is killed or
    looks at any moment finds either the old folder or the new one. Where it cannot, the old one
    is moved away first, and moved back if the new one cannot follow.

    Args:
        new: a folder on the same file system, of this process alone.
        target: a folder, a symbolic link to one, or nothing yet.

    Raises:
        OSError: it cannot be done; `target` is as it was.
    """
    target = resolved(target)
    if not target.exists():
        new.rename(target)
        return
    if _exchange(new, target):
        old = new
    else:
        old = beside(target, f"{_OLD}-{os.urandom(4).hex()}")
        target.rename(old)
        try:
            new.rename(target)
        except OSError:
            old.rename(target)
            raise
    shutil.rmtree(old, ignore_errors=True)  # the new one stands already


def _exchange(first: Path, second: Path) -> bool:
    """Exchange two names in one system call; False where the system or file system cannot."""
    import ctypes

    try:
        libc = ctypes.CDLL(None, use_errno=True)
        one, two = os.fsencode(first), os.fsencode(second)
        if sys.platform == "linux":
            status = libc.renameat2(_AT_FDCWD, one, _AT_FDCWD, two, _RENAME_EXCHANGE)
        elif sys.platform == "darwin":
            status = libc.renamex_np(one, two, _RENAME_SWAP)
        else:
            return False
    except (OSError, AttributeError, TypeError):
        return False
    return bool(status == 0)
