"""Stores on disk: what `lod load` makes and `lod query` reads.

A store is a folder. Its `lod-store.json` names the generation that counts, a folder in it; a load
makes a new generation and then, as one step, this file anew. So whoever reads has whole data, and
no file that is read is ever written.
"""

from __future__ import annotations

import json
from pathlib import Path

from msgspec import Struct

from lod.errors import InputError
from lod.store.files import STORE_FILE

#: The layout of the folder; a store of another one is loaded anew.
LAYOUT = 1
#: The database in the folder of a generation.
DATA = "data"


class DiskStore(Struct, frozen=True):
    """A store on disk as a source of queries.

    Attributes:
        name: its folder as the user gave it.
        data: the folder of the database.
    """

    name: str
    data: Path


def is_store(path: str | Path) -> bool:
    """Whether a folder is a store."""
    return Path(path, STORE_FILE).is_file()


def find_store(path: str | Path) -> DiskStore:
    """The store in a folder, as its last load left it.

    Raises:
        InputError: the folder is no store, or one of another layout.
    """
    return DiskStore(str(path), read_generation(Path(path)) / DATA)


def read_generation(folder: Path) -> Path:
    """The folder of the generation that counts.

    Raises:
        InputError: the folder is no store, or one of another layout.
    """
    file = folder / STORE_FILE
    try:
        said = json.loads(file.read_bytes())
        layout, name = said["layout"], str(said["generation"])
    except OSError as error:
        raise InputError(f"{folder} is no store: {error.strerror or error}.") from error
    except (ValueError, KeyError, TypeError):
        layout, name = None, ""
    if layout != LAYOUT or not name.isalnum():
        raise InputError(
            f"{folder} is a store that this version of lod cannot read.",
            hint="Delete the folder and load it anew.",
        )
    return folder / name
