"""Replaces several files of a folder together: whoever asks finds all the old or all the new ones.

No system can rename two files at once. So the new ones are written aside, then a journal that names
them takes its place in one step: from then on the new ones count. Whoever comes first, even after
the process was killed, puts them in place (`settle`). A journal that is not there yet means that
nothing has happened.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path

from lod.errors import InputError, OutputError
from lod.store.locks import beside, locked

#: What names the files that are to take their place.
JOURNAL = ".lod-changing.json"
_NEXT = "lod-next"


class ChangedError(OutputError):
    """Somebody has changed a file since it was read; nothing was written."""


def replace_together(
    folder: Path,
    files: Mapping[str, bytes],
    *,
    before: Mapping[str, bytes | None] | None = None,
    wait: bool = False,
) -> None:
    """Replace files of a folder as one step.

    Args:
        folder: the folder.
        files: name in the folder to content; a file may be new.
        before: name to the content that the files were made of, None for no file; of those that
            must not have changed since.
        wait: whether to wait until another change of the folder is done.

    Raises:
        ChangedError: a file is no longer what it was.
        OutputError: it cannot be done; what stood there still stands.
        BusyError: another process is changing the folder.
    """
    with _changing(folder, wait=wait):
        if (folder / JOURNAL).exists():
            _finish(folder)
        for name, content in (before or {}).items():
            if _content(folder / name) != content:
                raise ChangedError(
                    f"{folder / name}: was changed while the command was at work",
                    hint="run it once more",
                )
        try:
            names: list[dict[str, str]] = []
            for name, content in files.items():
                target = folder / name
                aside = beside(target, _NEXT)
                mode = target.stat().st_mode & 0o7777 if target.exists() else None
                _write(aside, content)
                if mode is not None:
                    aside.chmod(mode)
                names.append({"name": name, "sha256": hashlib.sha256(content).hexdigest()})
            _write(journal := beside(folder / JOURNAL, _NEXT), json.dumps(names).encode())
            journal.replace(folder / JOURNAL)
            _finish(folder)
        except BaseException as error:
            if not (folder / JOURNAL).exists():
                for name in (*files, JOURNAL):
                    beside(folder / name, _NEXT).unlink(missing_ok=True)
            if not isinstance(error, OSError):
                raise
            raise OutputError(f"{folder}: cannot be written: {error.strerror or error}") from None


def settle(folder: Path) -> None:
    """Put in place what a process that was killed has left to be put in place.

    Args:
        folder: a folder; nothing is done where nothing is left.

    Raises:
        InputError: this process may not write there, so that its files do not belong together.
    """
    if not (folder / JOURNAL).exists():
        return
    try:
        with _changing(folder, wait=True):
            if (folder / JOURNAL).exists():
                _finish(folder)
    except (OSError, OutputError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"{folder}: a change of its files was cut off, and cannot be ended: {error}",
            hint="run the command once where it may write there",
        ) from None


def _changing(folder: Path, *, wait: bool = False) -> AbstractContextManager[Path]:
    return locked(folder / JOURNAL, "change", wait=wait)


def _content(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None


def _write(file: Path, content: bytes) -> None:
    # Under a fixed name: what a killed process left is written over by the next one.
    with file.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _finish(folder: Path) -> None:
    """Put every file of the journal in place; any step may have been done already."""
    journal = folder / JOURNAL
    for one in json.loads(journal.read_bytes()):
        target = folder / one["name"]
        aside = beside(target, _NEXT)
        if aside.exists() and hashlib.sha256(aside.read_bytes()).hexdigest() == one["sha256"]:
            aside.replace(target.resolve())
    journal.unlink()
