"""Answers kept on disk, so that a second run asks little.

One file an answer. A file begins with a checksum over all that follows; one that was damaged, cut
or moved reads as a miss. Writing goes aside and is renamed, so that processes may share a folder
and be killed at any moment.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from collections.abc import Callable
from pathlib import Path

from lod.store.files import replacing_file

_FORMAT = "lod-http-1"
#: Clocks of two machines that share a cache may differ by so many seconds.
_CLOCK_SKEW = 60.0


class Cache:
    """A folder of answers. Several threads and processes may use it at once.

    Args:
        folder: where; made when something is first stored.
        max_bytes: files larger than this are not read.
        now: seconds since 1970.
    """

    def __init__(
        self, folder: Path, *, max_bytes: int, now: Callable[[], float] = time.time
    ) -> None:
        self.folder = folder
        self._max_bytes = max_bytes
        self._now = now

    def get(self, key: str, max_age: float) -> bytes | None:
        """The body of an answer, or None where there is no whole one that is new enough.

        Args:
            key: what was asked, exactly.
            max_age: seconds.
        """
        path = self._path(key)
        try:
            with path.open("rb") as file:
                if os.fstat(file.fileno()).st_size > self._max_bytes:
                    return None
                data = file.read()
        except OSError:
            return None
        found = _parse(data, key)
        if found is None:
            with contextlib.suppress(OSError):
                path.unlink()
            return None
        body, stored = found
        age = self._now() - stored
        return body if -_CLOCK_SKEW <= age < max_age else None

    def put(self, key: str, body: bytes) -> None:
        """Store an answer; one that cannot be stored is asked for again."""
        path = self._path(key)
        header = {"format": _FORMAT, "request": key, "stored": self._now(), "length": len(body)}
        content = json.dumps(header, ensure_ascii=True).encode() + b"\n" + body
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            # Its checksum tells of a file that a power cut emptied.
            with replacing_file(path, durable=False) as file:
                file.write(_checksum(content) + b"\n" + content)
        except OSError:
            pass  # the work goes on without

    def _path(self, key: str) -> Path:
        name = hashlib.sha256(key.encode()).hexdigest()
        return self.folder / name[:2] / f"{name[2:]}.http"


def _checksum(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()


def _parse(data: bytes, key: str) -> tuple[bytes, float] | None:
    """Body of an answer, and when it was stored in seconds since 1970.

    None where it is not whole, or of another request.
    """
    checksum, _, content = data.partition(b"\n")
    if checksum != _checksum(content):
        return None
    header_line, _, body = content.partition(b"\n")
    try:
        header = json.loads(header_line)
        if header["format"] != _FORMAT or header["request"] != key or header["length"] != len(body):
            return None
        return body, float(header["stored"])
    except (ValueError, KeyError, TypeError):
        return None
