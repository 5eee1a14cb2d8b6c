"""Compression of shards, one member a publication."""

from __future__ import annotations

import gzip
from functools import lru_cache
from typing import Any

from lod.errors import MissingExtraError

#: Names of the compressions to the extension that they add.
EXTENSIONS = {"gzip": ".gz", "zstd": ".zst"}


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
        return gzip.compress(data, 6, mtime=0)
    compressed: bytes = _zstd().compress(data)
    return compressed


@lru_cache(maxsize=1)
def _zstd() -> Any:
    try:
        import zstandard
    except ImportError:
        raise MissingExtraError(
            "zstd needs the package zstandard", hint="pip install 'lod-facts[corpus]'"
        ) from None
    return zstandard.ZstdCompressor(level=6)
