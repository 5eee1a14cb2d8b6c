"""The files that a publication has of its own, where they are asked for: Turtle, JSON-LD.

Each publication has a folder that is named after its base IRI, so that it stays where it is
whatever comes before it in the corpus, and so that the folder can be served as it is.

A worker writes the files aside; they are put in place in the order of the corpus, so that of two
publications with one base IRI always the first has them.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import quote

from lod.dataset.dataset import Dataset
from lod.dataset.serialize import serialize
from lod.formats import find_format

_FILE = "dataset."
_ASIDE = ".lod-"
_MAX_NAME = 200


def folder_name(base: str) -> str:
    """The folder of the publication with a base IRI, below that of all; it never leaves that.

    >>> folder_name("https://data.example.org/corpus/12/")
    'data.example.org/corpus/12'
    >>> folder_name("https://data.example.org/../a:b/.x/")
    'data.example.org/%2E./a%3Ab/%2Ex'
    """
    # What begins with % and no two digits, no segment can be.
    if base.startswith("https://"):
        first, rest = [], base.removeprefix("https://")
    elif base.startswith("http://"):
        first, rest = ["%http"], base.removeprefix("http://")
    else:
        first, rest = ["%other"], base
    return "/".join([*first, *map(_segment, rest.removesuffix("/").split("/"))])


def _segment(part: str) -> str:
    name = quote(part, safe="")
    if not name:
        return "%"
    # Neither `..`, nor hidden, nor what the files are called.
    if name.startswith((".", _FILE)):
        name = f"%{ord(name[0]):02X}{name[1:]}"
    if len(name) > _MAX_NAME:
        digest = hashlib.blake2b(name.encode(), digest_size=16).hexdigest()
        name = f"{name[: _MAX_NAME - 33]}%{digest}"
    return name


def _files(folder: Path, formats: Sequence[str]) -> list[Path]:
    return [folder / f"{_FILE}{find_format(name).extension}" for name in formats]


def _aside(file: Path, digest: bytes) -> Path:
    return file.with_name(f"{_ASIDE}{digest.hex()}-{file.name}")


def write_aside(root: Path, dataset: Dataset, digest: bytes, formats: Sequence[str]) -> None:
    """Write the files of a publication beside their places.

    Args:
        root: the folder of all.
        dataset: the publication.
        digest: of its input.
        formats: names of the formats.
    """
    folder = root / folder_name(dataset.base)
    folder.mkdir(parents=True, exist_ok=True)
    for name, file in zip(formats, _files(folder, formats), strict=True):
        _aside(file, digest).write_bytes(serialize(dataset, name).encode("utf-8"))


def put_in_place(root: Path, base: str, digest: bytes, formats: Sequence[str]) -> bool:
    """Put the files of a publication in place; whether they were there aside."""
    files = _files(root / folder_name(base), formats)
    try:
        for file in files:
            _aside(file, digest).replace(file)
    except FileNotFoundError:
        return False
    return True


def drop_aside(root: Path, base: str, digest: bytes, formats: Sequence[str]) -> None:
    """Delete the files of a publication that were written aside."""
    for file in _files(root / folder_name(base), formats):
        _aside(file, digest).unlink(missing_ok=True)


def are_there(root: Path, base: str, formats: Sequence[str]) -> bool:
    """Whether the files of a publication are in place."""
    return all(file.is_file() for file in _files(root / folder_name(base), formats))


def sweep_files(root: Path, formats: Sequence[str], keep: Callable[[str], bool]) -> None:
    """Delete the files of publications that are no longer there, and what a killed run left.

    Args:
        root: the folder of all.
        formats: names of the formats that were asked for; files of others are deleted too.
        keep: says of the name of a folder whether its publication is there.
    """
    names = {f"{_FILE}{find_format(name).extension}" for name in formats}
    for path, _, files in os.walk(root, topdown=False):
        ours = [name for name in files if name.startswith((_FILE, _ASIDE))]
        kept = bool(ours) and keep(Path(path).relative_to(root).as_posix())
        for name in ours:
            if not kept or name not in names:
                (Path(path) / name).unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # something is in it
            Path(path).rmdir()
