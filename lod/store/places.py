"""Folders that the system gives to a user, who need not have any: in a container, for example."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from lod.errors import OutputError


def home_folder() -> Path | None:
    """The home of the user; None where the system knows of none."""
    try:
        return Path.home()
    except RuntimeError:
        return None


def user_folder(variable: str, below_home: str) -> Path | None:
    """A folder by the XDG Base Directory Specification; it need not be there.

    Args:
        variable: of the environment, that names it.
        below_home: where it is where that is not set, from the user's home.

    Returns:
        The folder; None where the variable is not set and the user has no home.
    """
    if named := os.environ.get(variable):
        return Path(named)
    home = home_folder()
    return None if home is None else home / below_home


def temporary_folder() -> Path:
    """The folder for temporary files.

    Raises:
        OutputError: there is none that can be written.
    """
    try:
        return Path(tempfile.gettempdir())
    except FileNotFoundError:
        raise OutputError(
            "there is no folder for temporary files: none of TMPDIR, /tmp, /var/tmp and /usr/tmp "
            "can be written",
            hint="set TMPDIR to a folder that can be written and has room",
        ) from None
