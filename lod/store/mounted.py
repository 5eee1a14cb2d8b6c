"""Folders that nothing can take the place of: a mounted volume, or one beside which nobody writes.

No system renames a mounted folder, and in a container nothing else may be written at all. What is
new is then made inside the folder, and its files and folders are put in place one by one once all
of it is there: each is old or new, never half. A list of what is new is put in place first, so that
whoever comes after a killed process ends its work.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from contextlib import suppress
from pathlib import Path

#: What names in a folder begin with that are no part of what it holds.
_WORK = ".lod-work-"
#: The lock of a folder beside which nothing can be written.
LOCK = f"{_WORK}lock"
_NEXT, _NAMES = f"{_WORK}next", f"{_WORK}names.json"
_MAKING, _GONE = f"{_WORK}making-", f"{_WORK}gone-"
_MOUNTS = Path("/proc/self/mountinfo")
_ESCAPE = re.compile(rb"\\([0-7]{3})")


def is_apart(name: str) -> bool:
    """Whether a name in an output folder is no part of the output, and stays when that is replaced.

    >>> is_apart(LOCK), is_apart("lost+found"), is_apart("dataset.ttl")
    (True, True, False)
    """
    return name.startswith(_WORK) or name == "lost+found"  # the latter is of the file system


def is_fixed(place: Path) -> bool:
    """Whether a folder can only be filled, not replaced.

    Args:
        place: a path without symbolic links.
    """
    if not place.is_dir():
        return False
    return _is_mounted(place) or not os.access(place.parent, os.W_OK | os.X_OK)


def _is_mounted(place: Path) -> bool:
    if place.is_mount():
        return True
    # A folder mounted from the same file system is known to the kernel alone (proc(5)).
    with suppress(OSError):
        name = os.fsencode(place)
        for line in _MOUNTS.read_bytes().splitlines():
            mounted = line.split(b" ")[4]
            if _ESCAPE.sub(lambda found: bytes([int(found[1], 8)]), mounted) == name:
                return True
    return False


def folder_inside(place: Path, token: str) -> Path:
    """A name in a folder, for what is to take the place of all that is there."""
    return place / f"{_MAKING}{token}"


def fill(new: Path, place: Path) -> None:
    """Put what a folder holds in place of what another one holds.

    Args:
        new: a folder inside `place`.
        place: the folder, of which this process has the lock.

    Raises:
        OSError: it cannot be done; what was not put in place is, by the next `finish`.
    """
    names = sorted(path.name for path in new.iterdir())
    (new / _NAMES).write_text(json.dumps(names), "utf-8")
    new.rename(place / _NEXT)  # from here on the new ones count
    finish(place)


def finish(place: Path) -> None:
    """End what a killed process has begun in a folder, of which this one has the lock.

    Raises:
        OSError: it cannot be done.
    """
    coming = place / _NEXT
    if (coming / _NAMES).is_file():
        names = json.loads((coming / _NAMES).read_bytes())
        for name in names:
            _put(coming / name, place / name)
        for path in list(place.iterdir()):
            if path.name not in names and not is_apart(path.name):
                _put_away(path)
        (coming / _NAMES).unlink()
    _clear(place, _NEXT, _GONE)


def remove_inside(place: Path) -> None:
    """Remove what killed processes were making in a folder, of which this one has the lock."""
    _clear(place, _MAKING)


def _clear(place: Path, *beginnings: str) -> None:
    for path in list(place.iterdir()):
        if not path.name.startswith(beginnings):
            continue
        if _is_folder(path):
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _put(new: Path, target: Path) -> None:
    if not os.path.lexists(new):
        return  # it is there already
    if os.path.lexists(target) and (_is_folder(new) or _is_folder(target)):
        _put_away(target)
    new.replace(target)


def _put_away(path: Path) -> None:
    """Take a file or folder away in one step; to delete a folder takes many."""
    path.rename(path.with_name(f"{_GONE}{os.urandom(4).hex()}"))


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()
