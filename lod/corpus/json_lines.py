"""JSON Lines: one publication a line, plain or compressed."""

from __future__ import annotations

import io
import zlib
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

from lod.corpus.compression import unpacked
from lod.errors import InputError
from lod.facts.source import MAX_BYTES

#: What ends the name of a JSON Lines file, one publication a line.
JSON_LINES = (".jsonl", ".jsonl.gz", ".jsonl.zst", ".ndjson", ".ndjson.gz", ".ndjson.zst")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file that is not empty.

    Attributes:
        number: from 1.
        data: the bytes without the line end; None where there are more than `MAX_BYTES`.
        position: how many bytes of the file, as it is on disk, were read with it.
    """

    number: int
    data: bytes | None
    position: int


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
