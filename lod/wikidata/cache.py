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
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lod.wikidata.transport import Request

_FORMAT = "lod-http-1"
#: Clocks of two machines that share a cache may differ by so many seconds.
_CLOCK_SKEW = 60.0


@dataclass(frozen=True, slots=True)
class Cached:
    """An answer from the cache.

    Attributes:
        body: its bytes.
        stored: when it was stored, in seconds since 1970.
    """

    body: bytes
    stored: float


class Cache:
    """A folder of answers. Several threads and processes may use it at once.

    Args:
        folder: where; made when something is first stored.
        max_bytes: files larger than this are not read.
        now: seconds since 1970.

    Attributes:
        problem: why an answer could not be stored, or None. The work goes on without.
    """

    def __init__(
        self, folder: Path, *, max_bytes: int, now: Callable[[], float] = time.time
    ) -> None:
        self.folder = folder
        self.problem: str | None = None
        self._max_bytes = max_bytes
        self._now = now

    def get(self, request: Request, max_age: float) -> Cached | None:
        """The answer to a request, or None where there is no whole one that is new enough.

        Args:
            request: what was asked, exactly.
            max_age: seconds.
        """
        key = _key(request)
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
        age = self._now() - found.stored
        return found if -_CLOCK_SKEW <= age < max_age else None

    def put(self, request: Request, body: bytes) -> None:
        """Store an answer; what cannot be stored is noted in `problem`."""
        key = _key(request)
        path = self._path(key)
        header = {"format": _FORMAT, "request": key, "stored": self._now(), "length": len(body)}
        content = json.dumps(header, ensure_ascii=True).encode() + b"\n" + body
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, aside = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(_checksum(content) + b"\n" + content)
                Path(aside).replace(path)
            except BaseException:
                with contextlib.suppress(OSError):
                    Path(aside).unlink()
                raise
        except OSError as error:
            self.problem = f"answers are not kept: {error}"

    def prune(self, max_age: float) -> int:
        """Delete what was stored longer ago than `max_age` seconds, and what killed runs left.

        Returns:
            The number of files deleted.
        """
        deleted = 0
        before = self._now() - max_age
        for path in self.folder.glob("??/*"):
            with contextlib.suppress(OSError):
                if path.stat().st_mtime < before:
                    path.unlink()
                    deleted += 1
        return deleted

    def _path(self, key: str) -> Path:
        name = hashlib.sha256(key.encode()).hexdigest()
        return self.folder / name[:2] / f"{name[2:]}.http"


def _key(request: Request) -> str:
    return json.dumps([request.method, request.url, request.params], ensure_ascii=True)


def _checksum(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()


def _parse(data: bytes, key: str) -> Cached | None:
    """Read a file of the cache; None where it is not whole, or of another request."""
    checksum, _, content = data.partition(b"\n")
    if checksum != _checksum(content):
        return None
    header_line, _, body = content.partition(b"\n")
    try:
        header = json.loads(header_line)
        if header["format"] != _FORMAT or header["request"] != key or header["length"] != len(body):
            return None
        return Cached(body, float(header["stored"]))
    except (ValueError, KeyError, TypeError):
        return None
