"""The files that a line of JSON names beside itself: its text and its vocabulary."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from lod.facts.source import MAX_BYTES

# Most lines name none, and are then not parsed twice.
_MAY_NAME = re.compile(rb'"(?:text|vocabulary)"\s*:\s*"')
_PLACES = (("document", "text"), ("publication", "vocabulary"))


def named_files(line: bytes, folder: Path) -> Iterator[tuple[str, bytes]]:
    """The name and the digest of the content of each file that a publication names.

    Args:
        line: the publication as JSON.
        folder: where the names are looked up.

    >>> list(named_files(b'{"document": {"content": "A text."}}', Path()))
    []
    """
    if _MAY_NAME.search(line) is None:
        return
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        return
    for part, key in _PLACES:
        mapping = data.get(part) if isinstance(data, dict) else None
        name = mapping.get(key) if isinstance(mapping, dict) else None
        if isinstance(name, str):
            yield name, _content(folder, name)


def _content(folder: Path, name: str) -> bytes:
    file = folder / name
    try:
        if not file.resolve().is_relative_to(folder.resolve()):
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
