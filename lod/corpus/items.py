"""Finds the publications of a corpus, one after another, without holding them all."""

from __future__ import annotations

import gzip
import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from lod.errors import InputError, MissingExtraError
from lod.facts.load import FACTS_FILES

#: What ends the name of a JSON Lines file, one publication a line.
JSON_LINES = (".jsonl", ".jsonl.gz", ".jsonl.zst", ".ndjson", ".ndjson.gz", ".ndjson.zst")

#: The largest line of a JSON Lines file, in bytes; a longer one is a finding.
MAX_LINE = 16 * 1024 * 1024

_DIGEST = 16


@dataclass(frozen=True, slots=True)
class Item:
    """One publication of a corpus that was found, not read.

    Attributes:
        key: how it is called in reports: its folder, or `file.jsonl:LINE`.
        digest: of everything that its output depends on, 16 bytes.
        file: the JSON Lines file, or the publication's folder.
        line: its line in the JSON Lines file, from 1; 0 for a folder.
        data: the bytes of the line; None for a folder.
    """

    key: str
    digest: bytes
    file: str
    line: int = 0
    data: bytes | None = None


def find_items(corpus: Path) -> Iterator[Item]:
    """The publications of a corpus in a fixed order: folders by path, lines as they stand.

    Args:
        corpus: a folder of publications and JSON Lines files, at any depth, or one such file.

    Yields:
        Each publication; empty lines are passed over.

    Raises:
        InputError: there is no such thing, or it has no publication.
        MissingExtraError: a file is zstd and the package for it is not installed.
    """
    if corpus.is_file():
        if not corpus.name.endswith(JSON_LINES):
            raise InputError(
                f"{corpus}: no corpus", hint=f"name a folder or a file {', '.join(JSON_LINES)}"
            )
        yield from _lines(corpus, corpus.name)
        return
    if not corpus.is_dir():
        raise InputError(f"{corpus}: no such file or folder")
    found = False
    for item in _walk(corpus, corpus):
        found = True
        yield item
    if not found:
        raise InputError(
            f"{corpus}: no publication in this folder",
            hint="a corpus has folders with a facts.yaml or facts.json, or JSON Lines files",
        )


def is_corpus(path: Path) -> bool:
    """Whether a path is a corpus, and not one publication."""
    if path.is_file():
        return path.name.endswith(JSON_LINES)
    return path.is_dir() and not any((path / name).is_file() for name in FACTS_FILES)


def _walk(folder: Path, root: Path) -> Iterator[Item]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        raise InputError(f"{folder}: {error.strerror}") from None
    names = {entry.name for entry in entries}
    if not names.isdisjoint(FACTS_FILES):
        key = folder.relative_to(root).as_posix()
        yield Item(key, _digest_folder(entries), str(folder))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path), root)
        elif entry.name.endswith(JSON_LINES):
            path = Path(entry.path)
            yield from _lines(path, path.relative_to(root).as_posix())


def _digest_folder(entries: list[os.DirEntry[str]]) -> bytes:
    """The digest of a publication's own files; what a build wrote there does not count."""
    digest = hashlib.blake2b(digest_size=_DIGEST)
    for entry in entries:
        if entry.name.startswith(".") or not entry.is_file():
            continue
        data = Path(entry.path).read_bytes()
        digest.update(f"{entry.name}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.digest()


def _lines(path: Path, key: str) -> Iterator[Item]:
    number = 0
    try:
        with _open(path) as stream:
            while data := stream.readline(MAX_LINE + 1):
                number += 1
                if len(data) > MAX_LINE:
                    data = data[:64]  # what is kept is no JSON, and found to be so
                    while (rest := stream.readline(MAX_LINE)) and not rest.endswith(b"\n"):
                        pass
                if data.isspace():
                    continue
                data = data.rstrip(b"\r\n")
                digest = hashlib.blake2b(data, digest_size=_DIGEST).digest()
                yield Item(f"{key}:{number}", digest, str(path), number, data)
    except (OSError, EOFError) as error:
        raise InputError(f"{path}: cannot be read after line {number}: {error}") from None


def _open(path: Path) -> IO[bytes]:
    if path.name.endswith(".gz"):
        return gzip.open(path, "rb")
    if path.name.endswith(".zst"):
        try:
            import zstandard
        except ImportError:
            raise MissingExtraError(
                f"{path}: zstd needs the package zstandard",
                hint="pip install 'lod-facts[corpus]'",
            ) from None
        stream: IO[bytes] = zstandard.open(path, "rb")
        return stream
    return path.open("rb")
