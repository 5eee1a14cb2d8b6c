"""Finds the publications of a corpus, one after another, without holding them all.

A corpus is folders of publications, and JSON Lines with one publication a line.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import zlib
from collections.abc import Generator, Iterator
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from lod.corpus.compression import unpacked
from lod.corpus.output import is_output
from lod.errors import InputError
from lod.sources import JSON_LINES, facts_files
from lod.sources.source import MAX_BYTES
from lod.store.locks import is_inside

_DIGEST = 16
_BLOCK = 1 << 20
# Most lines name no file beside themselves, and are then not parsed twice.
_MAY_NAME = re.compile(rb'"(?:text|vocabulary|shapes)"\s*:\s*"')
#: Where a publication names files; "*" stands for every key.
_NAMED = (
    ("document", "text"),
    ("document", "versions", "*", "text"),
    ("publication", "vocabulary"),
    ("publication", "shapes"),
)


class Item(Struct, frozen=True):
    """One publication of a corpus that was found, not read.

    Attributes:
        key: how it is called in reports: its folder, or `file.jsonl:LINE`.
        digest: of everything that its output depends on, 16 bytes.
        file: the JSON Lines file, or the publication's folder.
        line: its line in the JSON Lines file, from 1; 0 for a folder.
        data: the bytes of the line; None for a folder, and for a line that is too long.
        size: of its input, in bytes.
    """

    key: str
    digest: bytes
    file: str
    line: int = 0
    data: bytes | None = None
    size: int = 0


class Line(Struct, frozen=True):
    """A line of a file that is not empty.

    Attributes:
        number: from 1.
        data: the bytes without the line end; None where there are more than `MAX_BYTES`.
        position: how many bytes of the file, as it is on disk, were read with it.
    """

    number: int
    data: bytes | None
    position: int


class Meter(Struct):
    """How far the reading of a corpus is, for who wants to show it.

    Attributes:
        total: bytes of the files of the corpus, as they are on disk.
        done: how many of them were read.
        items: how many publications were found in these.
    """

    total: int = 0
    done: int = 0
    items: int = 0


class Place(Struct, frozen=True):
    """Where publications are.

    Attributes:
        key: how it is called in reports: its path from the corpus.
        path: the folder of one publication, or a JSON Lines file.
        is_folder: which of the two.
    """

    key: str
    path: Path
    is_folder: bool

    def size(self) -> int:
        """How many bytes it has on disk; what cannot be looked at has none."""
        if not self.is_folder:
            return _size(self.path)
        return sum(_size(entry) for entry in _own_files(self.path))


def find_items(corpus: Path, meter: Meter | None = None) -> Iterator[Item]:
    """The publications of a corpus in a fixed order: folders by path, lines as they stand.

    Args:
        corpus: a folder of publications and JSON Lines files, at any depth, or one such file.
        meter: where to note how far the reading is.

    Yields:
        Each publication; empty lines are passed over.

    Raises:
        InputError: there is no such thing, it has no publication, or a file is damaged.
        MissingExtraError: a file is zstd and the package for it is not installed.
    """
    meter = meter or Meter()
    meter.done = meter.items = 0
    for place in find_places(corpus):
        before = meter.done
        if place.is_folder:
            item = folder_item(place.path, place.key)
            meter.items += 1
            meter.done += item.size
            yield item
            continue
        for line in read_lines(place.path):
            meter.items += 1
            meter.done = before + line.position
            yield line_item(line, place.path, place.key)
    if not meter.items:
        raise InputError(
            f"{corpus}: no publication in it",
            hint="a corpus has folders with a facts.yaml or facts.json, or JSON Lines files",
        )


def find_places(corpus: Path) -> Iterator[Place]:
    """The folders and files that have the publications of a corpus, in order.

    Hidden folders, links to folders, and folders that a corpus build wrote are passed over.

    Raises:
        InputError: there is no such thing, or it cannot be read.
    """
    if corpus.is_file():
        if not corpus.name.endswith(JSON_LINES):
            raise InputError(
                f"{corpus}: no corpus", hint=f"name a folder or a file {', '.join(JSON_LINES)}"
            )
        yield Place(corpus.name, corpus, is_folder=False)
        return
    if not corpus.is_dir():
        raise InputError(f"{corpus}: no such file or folder")
    for folder, entries in _folders(corpus, corpus):
        if any(entry.name in facts_files() for entry in entries):
            yield Place(folder.relative_to(corpus).as_posix(), folder, is_folder=True)
            continue
        for entry in entries:
            if _is_lines(entry):
                file = Path(entry.path)
                yield Place(file.relative_to(corpus).as_posix(), file, is_folder=False)


def measure(corpus: Path) -> Meter:
    """How much there is to read: a meter with its total, from the names and sizes alone."""
    return Meter(total=sum(place.size() for place in find_places(corpus)))


def read_lines(file: Path, start: int = 0, end: int | None = None) -> Generator[Line, None, int]:
    """The lines of a file that are not empty, one after another.

    Args:
        file: the file; its name tells how it is compressed.
        start: for a plain file, the offset in bytes from which on lines may begin; a line that
            begins before it is not given. Numbers count from the first line that is.
        end: the offset from which on lines no longer begin; None for the end of the file.

    Returns:
        How many lines there are, with the empty ones.

    Raises:
        InputError: the file cannot be read, or is damaged.
        MissingExtraError: it is zstd and the package for it is not installed.
    """
    number = 0
    try:
        with file.open("rb") as raw:
            stream = unpacked(raw, file.name)
            if start:
                raw.seek(start - 1)
                _skip(stream)
            while end is None or raw.tell() < end:
                data = stream.readline(MAX_BYTES + 2)
                if not data:
                    break
                number += 1
                whole: bytes | None = data.rstrip(b"\r\n")
                if len(data) > MAX_BYTES and not data.endswith(b"\n"):
                    _skip(stream)
                    whole = None
                elif data.isspace():
                    continue
                yield Line(number, whole, raw.tell())
            return number
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"{file}: cannot be read after line {number}: {error}") from None


def _skip(stream: io.BufferedIOBase) -> None:
    """Read on behind the next line end."""
    while (rest := stream.readline(1 << 16)) and not rest.endswith(b"\n"):
        pass


def line_item(line: Line, file: Path, key: str) -> Item:
    """The item of a line of a JSON Lines file.

    Args:
        line: the line.
        file: the file.
        key: how the file is called in reports.
    """
    digest = hashlib.blake2b(b"line\0", digest_size=_DIGEST)
    if line.data is None:
        digest.update(b"too long")
    else:
        digest.update(line.data)
        for name, content in _named_files(line.data, file.parent):
            digest.update(f"\0{name}\0".encode("utf-8", "surrogatepass") + content)
    size = 0 if line.data is None else len(line.data)
    return Item(f"{key}:{line.number}", digest.digest(), str(file), line.number, line.data, size)


def _named_files(line: bytes, folder: Path) -> Iterator[tuple[str, bytes]]:
    """The name and the digest of the content of each file that a publication names."""
    if _MAY_NAME.search(line) is None:
        return
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        return
    for path in _NAMED:
        for name in _at(data, path):
            if isinstance(name, str):
                yield name, _content(folder, name)


def _at(node: object, path: tuple[str, ...]) -> Iterator[object]:
    """What stands at a path of keys."""
    if not path:
        yield node
    elif isinstance(node, dict):
        for key in node if path[0] == "*" else (path[0],):
            if key in node:
                yield from _at(node[key], path[1:])


def _content(folder: Path, name: str) -> bytes:
    file = folder / name
    try:
        if not is_inside(file, folder):
            return b"outside"
        status = file.stat()
        return _digest(str(file), status.st_mtime_ns, status.st_size)
    except (OSError, ValueError):
        return b"unreadable"


@lru_cache(maxsize=64)
def _digest(file: str, _mtime: int, _size: int) -> bytes:
    """The digest of a file; a vocabulary is named by a million lines, and read once."""
    with Path(file).open("rb") as stream:
        return hashlib.blake2b(stream.read(MAX_BYTES + 1), digest_size=16).digest()


def folder_item(folder: Path, key: str) -> Item:
    """The item of a publication's folder; what a build wrote into `dist` does not count.

    Args:
        folder: the folder.
        key: how it is called in reports.
    """
    digest = hashlib.blake2b(b"folder\0", digest_size=_DIGEST)
    size = 0
    for entry in _own_files(folder):
        name = os.path.relpath(entry.path, folder)
        content = hashlib.blake2b(digest_size=_DIGEST)
        try:
            with open(entry.path, "rb") as stream:  # noqa: PTH123 - a path less for each file
                while block := stream.read(_BLOCK):
                    content.update(block)
                    size += len(block)
        except OSError as error:
            # Whether that matters is seen when the publication is read.
            content.update(f"unreadable {error.errno}".encode())
        digest.update(os.fsencode(name) + b"\0" + content.digest())
    return Item(key, digest.digest(), str(folder), size=size)


def _folders(folder: Path, root: Path) -> Iterator[tuple[Path, list[os.DirEntry[str]]]]:
    """A folder and those in it that can have publications, each with its sorted entries."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        raise InputError(f"{folder}: {error.strerror}") from None
    if is_output(entries) and folder != root:
        return
    yield folder, entries
    if any(entry.name in facts_files() for entry in entries):
        return
    for entry in entries:
        if not entry.name.startswith(".") and entry.is_dir(follow_symlinks=False):
            yield from _folders(Path(entry.path), root)


def _own_files(folder: Path, *, top: bool = True) -> Iterator[os.DirEntry[str]]:
    """The files of a publication, those of its folders too, in a fixed order."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.is_file():
            yield entry
        elif (
            entry.is_dir(follow_symlinks=False)
            and not entry.name.startswith(".")
            and not (top and entry.name == "dist")
        ):
            yield from _own_files(Path(entry.path), top=False)


def _is_lines(entry: os.DirEntry[str]) -> bool:
    hidden = entry.name.startswith(".")
    return entry.name.endswith(JSON_LINES) and not hidden and entry.is_file()


def _size(entry: os.DirEntry[str] | Path) -> int:
    try:
        return entry.stat().st_size
    except OSError:
        return 0
