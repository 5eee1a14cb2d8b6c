"""Compression: of shards, one member a publication, and of the JSON Lines that are read."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from lod.errors import MissingExtraError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

#: Names of the compressions to the extension that they add.
EXTENSIONS = {"gzip": ".gz", "zstd": ".zst"}

# Beyond these levels N-Quads hardly get smaller, and cost as much as their making.
_LEVEL = 3
# Bytes of a zstd file that are unpacked in one step; a block of four can stand for 128 KiB.
_STEP = 1024


def compress(data: bytes, compression: str | None) -> bytes:
    """Compress bytes so that members after one another are a valid file, without a time stamp.

    Args:
        data: the bytes.
        compression: None, "gzip" or "zstd".

    Raises:
        MissingExtraError: zstd is asked for and the package is not installed.

    >>> gzip.decompress(compress(b"one ", "gzip") + compress(b"two", "gzip"))
    b'one two'
    """
    if compression is None:
        return data
    if compression == "gzip":
        return gzip.compress(data, _LEVEL, mtime=0)
    compressed: bytes = _compressor().compress(data)
    return compressed


def unpacked(raw: io.BufferedIOBase, name: str) -> io.BufferedIOBase:
    """The content of an open file, decompressed as its name says, all members one after another.

    Args:
        raw: the file.
        name: its name, of which the extension counts.

    Raises:
        MissingExtraError: it is zstd and the package for that is not installed.

    Reading raises OSError or EOFError where the file is damaged or cut off.
    """
    if name.endswith(".gz"):
        return gzip.GzipFile(fileobj=raw, mode="rb")
    if name.endswith(".zst"):
        return io.BufferedReader(Chunks(_unpacked_frames(raw, zstandard())), 1 << 16)
    return raw


def _unpacked_frames(raw: io.BufferedIOBase, package: Any) -> Iterator[bytes]:
    """All frames of a zstd file; the package's own reader takes a cut file for a whole one."""
    frame, waiting = None, b""
    while data := waiting or raw.read(_STEP):
        if frame is None:
            frame = package.ZstdDecompressor().decompressobj()
        try:
            content: bytes = frame.decompress(data)
        except package.ZstdError as error:
            raise OSError(f"no valid zstd: {error}") from None
        yield content
        waiting, frame = (frame.unused_data, None) if frame.eof else (b"", frame)
    if frame is not None:
        raise EOFError("the file ends within a zstd frame")


class Chunks(io.RawIOBase):
    """A stream of bytes that come piece by piece.

    Args:
        chunks: the pieces; taken as they are read.
    """

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fill a buffer with what comes next; 0 at the end."""
        while not self._ready:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._ready = memoryview(chunk)
        target = memoryview(buffer).cast("B")
        count = min(len(target), len(self._ready))
        target[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count


def zstandard() -> Any:
    """The package zstandard.

    Raises:
        MissingExtraError: it is not installed.
    """
    try:
        import zstandard as package
    except ImportError:
        raise MissingExtraError(
            "zstd needs the package zstandard", hint="pip install 'lod-facts[corpus]'"
        ) from None
    return package


@lru_cache(maxsize=1)
def _compressor() -> Any:
    # With a checksum, as gzip has one: without it changed bytes can unpack unnoticed.
    return zstandard().ZstdCompressor(level=_LEVEL, write_checksum=True)
