"""The log: one line of JSON for each request, written where it holds up nothing."""

from __future__ import annotations

import json
import queue
import threading
from datetime import UTC, datetime
from typing import Any, TextIO

_MOST_WAITING = 10_000


class RequestLog:
    """Writes lines to a stream in a thread of its own; lines that nobody takes are dropped.

    Args:
        stream: where to; None writes nothing.
    """

    def __init__(self, stream: TextIO | None) -> None:
        self.dropped = 0
        self._stream = stream
        self._lines: queue.Queue[str | None] = queue.Queue(_MOST_WAITING)
        self._thread = threading.Thread(target=self._write, daemon=True)
        if stream is not None:
            self._thread.start()

    def write(self, event: str, **fields: Any) -> None:
        """Write one line; fields that are None or "" are left out."""
        if self._stream is None:
            return
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        data = {"time": now, "event": event}
        data |= {name: value for name, value in fields.items() if value not in (None, "")}
        try:
            self._lines.put_nowait(json.dumps(data) + "\n")
        except queue.Full:
            self.dropped += 1

    def close(self) -> None:
        """Write what waits, for a moment, and end."""
        if self._stream is not None:
            try:
                self._lines.put(None, timeout=1)
            except queue.Full:
                return
            self._thread.join(2)

    def _write(self) -> None:
        stream = self._stream
        while stream is not None and (line := self._lines.get()) is not None:
            parts = [line]
            is_over = False
            while not self._lines.empty() and len(parts) < 500:
                more = self._lines.get()
                if more is None:
                    is_over = True
                    break
                parts.append(more)
            try:
                stream.write("".join(parts))
                stream.flush()
            except (OSError, ValueError):  # whoever read it has gone
                return
            if is_over:
                return
