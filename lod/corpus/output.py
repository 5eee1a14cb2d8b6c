"""What stands where in the output of a corpus build, and the files of its publications.

Where they are asked for, each publication has files of its own, such as Turtle, in a folder that is
named after its base IRI, so that it stays where it is whatever comes before it in the corpus, and
so that the folder can be served as it is. A worker writes the files aside; they are put in place in
the order of the corpus, so that of two publications with one base IRI always the first has them.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from urllib.parse import quote

from lod.corpus.compression import EXTENSIONS
from lod.errors import OutputError
from lod.profiles import find_profile, profiles
from lod.publication import Publication
from lod.store.locks import resolved
from lod.tables.forms import TABLES

#: The counts and hashes, written last: what it lists is whole.
MANIFEST = "manifest.json"
#: A line for each publication with findings.
REPORT = "report.jsonl"
#: The folder of the N-Quads.
SHARDS = "shards"
#: The folder of the files that each publication has of its own, where they are asked for.
PUBLICATIONS = "publications"
#: The rows of the tables, where they are asked for, a file a shard; like what follows it can be
#: deleted.
ROWS = ".lod-rows"
#: What earlier runs built; it can be deleted, and the next run builds everything.
STATE = ".lod-state.sqlite"
#: The same for builds on a cluster: a file a shard.
NOTES = ".lod-notes"

_FILE = "dataset."
_ASIDE = ".lod-"
_MAX_NAME = 200
_SHARD_FILE = re.compile(r"[0-9a-f]{20}\.nq(\.gz|\.zst)?|\..*\.part")


def extension(compression: str | None) -> str:
    """What ends the name of a shard.

    >>> extension("gzip")
    '.nq.gz'
    """
    return ".nq" + EXTENSIONS.get(compression or "", "")


def is_output(entries: Iterable[os.DirEntry[str]]) -> bool:
    """Whether a folder with these entries was written by a corpus build."""
    return any(entry.name in (STATE, NOTES) for entry in entries)


def prepare(corpus: Path, out: Path) -> None:
    """Make the output folder.

    Raises:
        OutputError: it cannot be made, or it and the corpus would overwrite each other.
    """
    here, there = resolved(corpus), resolved(out)
    ours = (there / SHARDS, there / PUBLICATIONS, there / TABLES)
    if here == there or any(here.is_relative_to(folder) for folder in ours):
        raise OutputError(
            f"{out}: the corpus is there itself", hint="name another folder for the output"
        )
    try:
        (out / SHARDS).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{out}: cannot be written: {error.strerror or error}") from None


def sweep(out: Path, keep: set[str]) -> None:
    """Delete the shards that are not to be kept, and what a killed run left."""
    for name in (MANIFEST, REPORT):
        for path in out.glob(f".{name}.*part"):  # with the token of the run, or none: lod 0.1
            path.unlink(missing_ok=True)
    for folder, ending in ((out / SHARDS, ""), (out / NOTES, ".json"), (out / ROWS, ".gz")):
        if not folder.is_dir():
            continue
        for entry in os.scandir(folder):
            name = entry.name.removesuffix(ending)
            if name not in keep and _SHARD_FILE.fullmatch(name):
                Path(entry.path).unlink(missing_ok=True)


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
    if name.startswith((".", _FILE)) or name in {one.file_name for one in profiles().values()}:
        name = f"%{ord(name[0]):02X}{name[1:]}"
    if len(name) > _MAX_NAME:
        digest = hashlib.blake2b(name.encode(), digest_size=16).hexdigest()
        name = f"{name[: _MAX_NAME - 33]}%{digest}"
    return name


def _files(folder: Path, names: Sequence[str]) -> list[Path]:
    return [folder / find_profile(name).file_name for name in names]


def _aside(file: Path, digest: bytes) -> Path:
    return file.with_name(f"{_ASIDE}{digest.hex()}-{file.name}")


def write_aside(
    root: Path, publication: Publication, digest: bytes, formats: Sequence[str]
) -> None:
    """Write the files of a publication beside their places.

    Args:
        root: the folder of all.
        publication: it, without errors.
        digest: of its input.
        formats: names of the output profiles.
    """
    folder = root / folder_name(publication.dataset().base)
    folder.mkdir(parents=True, exist_ok=True)
    for name, file in zip(formats, _files(folder, formats), strict=True):
        _aside(file, digest).write_bytes(publication.export(name))


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
        formats: names of the profiles that were asked for; files of others are deleted too.
        keep: says of the name of a folder whether its publication is there.
    """
    names = {find_profile(name).file_name for name in formats}
    every = {profile.file_name for profile in profiles().values()}
    for path, _, files in os.walk(root, topdown=False):
        ours = [name for name in files if name in every or name.startswith((_FILE, _ASIDE))]
        kept = bool(ours) and keep(Path(path).relative_to(root).as_posix())
        for name in ours:
            if not kept or name not in names:
                (Path(path) / name).unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # something is in it
            Path(path).rmdir()
