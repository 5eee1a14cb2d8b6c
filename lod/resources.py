"""The files that ship with lod: shapes, vocabularies, licences, the example.

A wheel carries them under `lod/_data`; a checkout has them beside the package, and so does an
editable install.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from lod.errors import InputError

_PACKAGE = Path(__file__).resolve().parent


@cache
def folder(name: str) -> Path:
    """The folder of shipped files of one kind.

    Args:
        name: "shapes", "vocab", "licenses" or "examples".

    Raises:
        InputError: neither the wheel nor the checkout has it.
    """
    # A path beside this module is what importlib.resources gives for an installed package, for
    # a tenth of its start-up time; lod is not made to run from a zip file.
    for candidate in (_PACKAGE / "_data" / name, _PACKAGE.parent / name):
        if candidate.is_dir():
            return candidate
    raise InputError(
        f"the folder {name!r} that ships with lod is missing from {_PACKAGE}",
        hint="install lod-facts again",
    )


def read(name: str, file: str) -> bytes:
    """The bytes of one shipped file.

    Args:
        name: the folder, as `folder` knows it.
        file: the file in it.

    Raises:
        InputError: there is no such file.
    """
    path = folder(name) / file
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}") from error


def files(name: str, suffix: str) -> list[Path]:
    """The shipped files of one kind, sorted by name.

    >>> [path.name for path in files("vocab", ".ttl")]
    ['history.ttl', 'lod.ttl', 'relations.ttl', 'reused.ttl']
    """
    return sorted(path for path in folder(name).iterdir() if path.suffix == suffix)
