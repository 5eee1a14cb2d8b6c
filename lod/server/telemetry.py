"""What the server tells of itself: metrics, and a log of requests."""

from __future__ import annotations

import json
import queue
import threading
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import accumulate
from typing import Any, TextIO

#: Of the metrics.
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_MOST_WAITING = 10_000
_BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
#: Numbers that are read when they are asked for: name, help, labels and value of each.
Gauges = Callable[[], Iterator[tuple[str, str, dict[str, str], float]]]


class Metrics:
    """The counters of one server, in the text format of Prometheus (version 0.0.4).

    Args:
        gauges: what is read when the metrics are.
    """

    def __init__(self, gauges: Gauges) -> None:
        self.running = 0
        self._gauges = gauges
        self._requests: Counter[tuple[str, str, str]] = Counter()
        self._bytes = 0
        self._seconds: defaultdict[str, float] = defaultdict(float)
        self._buckets: defaultdict[str, list[int]] = defaultdict(lambda: [0] * (len(_BOUNDS) + 1))

    def note(self, route: str, method: str, status: int, seconds: float, size: int) -> None:
        """A request was answered.

        Args:
            route: which part of the server answered.
            method: of the request.
            status: of the answer.
            seconds: that it took.
            size: bytes of the body that were sent.
        """
        known = method if method in ("GET", "HEAD", "POST", "OPTIONS") else "other"
        self._requests[route, known, str(status)] += 1
        self._bytes += size
        self._seconds[route] += seconds
        self._buckets[route][bisect_left(_BOUNDS, seconds)] += 1

    def text(self) -> str:
        """Everything, as text."""
        lines: list[str] = []
        last = ""
        for name, kind, help_, suffix, labels, value in self._samples():
            if name != last:
                lines += (f"# HELP {name} {help_}", f"# TYPE {name} {kind}")
                last = name
            named = ",".join(f'{key}="{_escape(text)}"' for key, text in labels.items())
            shown = f"{{{named}}}" if named else ""
            lines.append(f"{name}{suffix}{shown} {_number(value)}")
        return "\n".join(lines) + "\n"

    def _samples(self) -> Iterator[tuple[str, str, str, str, dict[str, str], float]]:
        """Name, kind, help, what follows the name, labels and value, those of a name together."""
        name, kind, help_ = "lod_http_requests_total", "counter", "Requests that were answered."
        for (route, method, status), count in sorted(self._requests.items()):
            labels = {"route": route, "method": method, "status": status}
            yield name, kind, help_, "", labels, count
        yield "lod_http_response_bytes_total", kind, "Bytes of bodies.", "", {}, self._bytes
        name, help_ = "lod_http_requests_running", "Requests that are being answered."
        yield name, "gauge", help_, "", {}, self.running
        name, kind, help_ = "lod_http_request_seconds", "histogram", "How long answers took."
        for route, counts in sorted(self._buckets.items()):
            of_route = {"route": route}
            for bound, count in zip((*_BOUNDS, None), accumulate(counts), strict=True):
                labels = of_route | {"le": "+Inf" if bound is None else f"{bound:g}"}
                yield name, kind, help_, "_bucket", labels, count
            yield name, kind, help_, "_sum", of_route, self._seconds[route]
            yield name, kind, help_, "_count", of_route, sum(counts)
        for name, help_, labels, value in self._gauges():
            kind = "counter" if name.endswith("_total") else "gauge"
            yield name, kind, help_, "", labels, value


def _number(value: float) -> str:
    """A value with all its digits: a counter that is rounded stands still, then leaps.

    >>> _number(12345678), _number(3.0), _number(0.25)
    ('12345678', '3', '0.25')
    """
    return str(int(value)) if value == int(value) else repr(float(value))


def _escape(text: str) -> str:
    r"""A label value.

    >>> _escape('a"b')
    'a\\"b'
    """
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


class RequestLog:
    """Writes a line of JSON for each request, in a thread of its own; what nobody takes is dropped.

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
        stream, is_over = self._stream, False
        while stream is not None and not is_over:
            lines = [self._lines.get()]
            while not self._lines.empty() and len(lines) < 500:
                lines.append(self._lines.get())
            is_over = None in lines
            try:
                stream.write("".join(filter(None, lines)))
                stream.flush()
            except (OSError, ValueError):  # whoever read it has gone
                return
