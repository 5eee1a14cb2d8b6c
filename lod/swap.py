"""Puts one folder in the place of another as one step."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # linux/fs.h
_RENAME_SWAP = 2  # macOS, sys/stdio.h


def swap_folders(new: Path, target: Path) -> None:
    """Make `new` stand at `target`; what stood there is deleted.

    On Linux and macOS the kernel exchanges the two names at once, so that whoever is killed or
    looks at any moment finds either the old folder or the new one. Where it cannot, the old one
    is moved away first, and moved back if the new one cannot follow.

    Args:
        new: a folder on the same file system.
        target: a folder, or nothing yet.

    Raises:
        OSError: it cannot be done; `target` is as it was.
    """
    if not target.exists():
        new.rename(target)
        return
    if _exchange(new, target):
        shutil.rmtree(new)
        return
    old = target.with_name(f".{target.name}.lod-old")
    shutil.rmtree(old, ignore_errors=True)
    target.rename(old)
    try:
        new.rename(target)
    except OSError:
        old.rename(target)
        raise
    shutil.rmtree(old)


def _exchange(first: Path, second: Path) -> bool:
    """Exchange two names in one system call; False where the system or file system cannot."""
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
