"""Counts what the server does, in the text format of Prometheus (version 0.0.4)."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from itertools import accumulate

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
#: Numbers that are read when they are asked for: name, help, labels and value of each.
Gauges = Callable[[], Iterator[tuple[str, str, dict[str, str], float]]]


class Metrics:
    """The counters of one server.

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
        self._counts: Counter[str] = Counter()

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
        self._counts[route] += 1
        self._buckets[route][bisect_left(_BOUNDS, seconds)] += 1

    def text(self) -> str:
        """Everything, as text."""
        lines = _head("lod_http_requests_total", "counter", "Requests that were answered.")
        for (route, method, status), count in sorted(self._requests.items()):
            labels = {"route": route, "method": method, "status": status}
            lines.append(_line("lod_http_requests_total", labels, count))
        lines += _head("lod_http_response_bytes_total", "counter", "Bytes of bodies.")
        lines.append(_line("lod_http_response_bytes_total", {}, self._bytes))
        lines += _head("lod_http_requests_running", "gauge", "Requests that are being answered.")
        lines.append(_line("lod_http_requests_running", {}, self.running))
        name = "lod_http_request_seconds"
        lines += _head(name, "histogram", "How long answers took.")
        for route in sorted(self._counts):
            sums = accumulate(self._buckets[route])
            for bound, count in zip(_BOUNDS, sums, strict=False):
                lines.append(_line(f"{name}_bucket", {"route": route, "le": f"{bound:g}"}, count))
            total = self._counts[route]
            lines.append(_line(f"{name}_bucket", {"route": route, "le": "+Inf"}, total))
            lines.append(_line(f"{name}_sum", {"route": route}, self._seconds[route]))
            lines.append(_line(f"{name}_count", {"route": route}, total))
        known: set[str] = set()
        for gauge, help_, labels, value in self._gauges():
            if gauge not in known:
                known.add(gauge)
                kind = "counter" if gauge.endswith("_total") else "gauge"
                lines += _head(gauge, kind, help_)
            lines.append(_line(gauge, labels, value))
        return "\n".join(lines) + "\n"


def _head(name: str, kind: str, help_: str) -> list[str]:
    return [f"# HELP {name} {help_}", f"# TYPE {name} {kind}"]


def _line(name: str, labels: dict[str, str], value: float) -> str:
    named = ",".join(f'{key}="{_escape(text)}"' for key, text in labels.items())
    return f"{name}{{{named}}} {_number(value)}" if named else f"{name} {_number(value)}"


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
