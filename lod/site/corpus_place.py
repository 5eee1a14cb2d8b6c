"""Puts publications in their place in the site of a corpus, and takes them away."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from lod.swap import swap_folders

if TYPE_CHECKING:
    from lod.site.corpus_state import SiteState


def place(new: Path, root: Path, folder: str, state: SiteState) -> None:
    """Put the pages of a publication in place of those that it had.

    Args:
        new: the folder with its pages, on the same file system.
        root: the folder of the site.
        folder: where the publication stands in it, ends with "/".
        state: says what stands below it.

    Raises:
        OSError: it cannot be done.
    """
    target = root / folder
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists() or not state.nested(folder):
        swap_folders(new, target)
        return
    # Other publications stand below it: its own files and folders are exchanged one by one.
    own = {path.name for path in new.iterdir()}
    for path in sorted(new.iterdir()):
        there = target / path.name
        if path.is_dir():
            swap_folders(path, there)
        else:
            path.replace(there)
    for path in list(target.iterdir()):
        if path.name not in own:
            _remove_own(path, f"{folder}{path.name}/", state)


def _remove_own(path: Path, folder: str, state: SiteState) -> None:
    """Delete what belongs to no other publication."""
    if not path.is_dir():
        path.unlink()
    elif not state.nested(folder, itself=True):
        shutil.rmtree(path)


def remove_publication(root: Path, folder: str, state: SiteState) -> None:
    """Delete the pages of a publication, and the folders that are empty without it."""
    target = root / folder
    if state.nested(folder):
        for path in list(target.iterdir()):
            _remove_own(path, f"{folder}{path.name}/", state)
        return
    shutil.rmtree(target, ignore_errors=True)
    for parent in target.parents:
        if parent == root:
            break
        with suppress(OSError):  # something is in it
            parent.rmdir()
