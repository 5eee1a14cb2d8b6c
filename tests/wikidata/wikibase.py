"""A local Wikibase: a real HTTP server over real labels, whose faults a test can switch on.

```python
with LocalWikibase() as local:
    local.entities.redirect("Q1", "Q2")
    local.fail(faults.maxlag(), faults.failing(503))
    client = Client(local.wikibase(), contact="tests@example.org")
```
"""

from __future__ import annotations

import gzip
import json
import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from lod.namespaces import WIKIDATA_NS
from lod.wikidata.wikibase import Wikibase
from tests.wikidata import action_api, reconciliation
from tests.wikidata.entities import Entities
from tests.wikidata.faults import Fault

_JSON = "application/json; charset=utf-8"


@dataclass(frozen=True)
class Received:
    """A request that the server received; names of headers are in lower case."""

    method: str
    path: str
    params: Mapping[str, str]
    headers: Mapping[str, str]


class LocalWikibase:
    """A Wikibase on 127.0.0.1, with a reconciliation service.

    Attributes:
        entities: what it knows; a test may change it.
        requests: what it received, in order.
        most_at_once: how many requests it had to answer at once.
        bytes_sent: how much of huge bodies was taken.
        reconciliation_versions: versions of the API that the service names; None names none.
        stopping: set when the server stops.
    """

    def __init__(self) -> None:
        self.entities = Entities()
        self.requests: list[Received] = []
        self.most_at_once = 0
        self.bytes_sent = 0
        self.reconciliation_versions: list[str] | None = ["0.1", "0.2"]
        self.stopping = threading.Event()
        self._faults: deque[Fault] = deque()
        self._always: tuple[Callable[[Received], bool], Fault] | None = None
        self._active = 0
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), Handler)
        self._server.local = self
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        )

    @property
    def address(self) -> str:
        """Scheme, host and port."""
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def api(self) -> str:
        """Address of the action API."""
        return f"{self.address}/w/api.php"

    def wikibase(self, **more: Any) -> Wikibase:
        """Its configuration for the client."""
        service = f"{self.address}/{{lang}}/reconcile"
        return Wikibase(
            **{"api": self.api, "entity": WIKIDATA_NS, "reconciliation": service, **more}
        )

    def fail(self, *faults: Fault) -> None:
        """Answer the next requests with these faults, one each."""
        self._faults.extend(faults)

    def always_fail(
        self, fault: Fault, when: Callable[[Received], bool] = lambda received: True
    ) -> None:
        """Answer every request, or every one of a kind, with this fault."""
        self._always = (when, fault)

    def next_fault(self, received: Received) -> Fault | None:
        """Note a request; the fault that answers it, or None."""
        with self._lock:
            self.requests.append(received)
            if self._faults:
                return self._faults.popleft()
            if self._always is not None and self._always[0](received):
                return self._always[1]
            return None

    def count(self, change: int) -> None:
        """Count a request that begins or ends."""
        with self._lock:
            self._active += change
            self.most_at_once = max(self.most_at_once, self._active)

    def __enter__(self) -> LocalWikibase:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    local: LocalWikibase

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing: clients that hang up are what is tested."""


class Handler(BaseHTTPRequestHandler):
    """Answers the requests of one connection."""

    protocol_version = "HTTP/1.1"
    # Small answers must not wait for one another (Nagle's algorithm).
    disable_nagle_algorithm = True
    server: _Server

    @property
    def local(self) -> LocalWikibase:
        """The Wikibase that is asked."""
        return self.server.local

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name above
        """Nothing is logged."""

    def do_GET(self) -> None:
        self._handle("")

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", "0"))
        self._handle(self.rfile.read(length).decode())

    def _handle(self, form: str) -> None:
        parts = urlsplit(self.path)
        params = dict(parse_qsl(f"{parts.query}&{form}", keep_blank_values=True))
        headers = {name.lower(): value for name, value in self.headers.items()}
        received = Received(self.command, unquote(parts.path), params, headers)
        fault = self.local.next_fault(received)
        self.local.count(+1)
        try:
            if fault is None or fault(self):
                self._answer_rightly(received)
        except OSError:
            self.close_connection = True
        finally:
            self.local.count(-1)

    def _answer_rightly(self, received: Received) -> None:
        agent = received.headers.get("user-agent", "")
        if not agent or agent.startswith(("python-requests", "Python-urllib")):
            self.answer(b"Please set a user-agent", status=403, kind="text/plain")
        elif received.path == "/w/api.php":
            body = action_api.recorded(received.params)
            if body is None:
                data = action_api.respond(self.local.entities, received.params)
                body = json.dumps(data, separators=(",", ":")).encode()
            self.answer(body)
        elif received.path.endswith("/reconcile"):
            language = received.path.split("/")[1]
            versions = self.local.reconciliation_versions
            if "queries" in received.params:
                data = reconciliation.respond(
                    self.local.entities, received.params, language, versions
                )
            else:
                data = reconciliation.manifest(self.local.address, versions)
            self.answer(json.dumps(data).encode())
        else:
            self.answer(b"not found", status=404, kind="text/plain")

    def start(
        self, *, status: int = 200, kind: str | None = _JSON, headers: Mapping[str, str]
    ) -> None:
        """Send the head of an answer."""
        self.send_response(status)
        if kind is not None:
            self.send_header("Content-Type", kind)
        for name, value in headers.items():
            if name == "Date":
                continue
            self.send_header(name, value)
        self.end_headers()

    def date_time_string(self, timestamp: float | None = None) -> str:
        """The date of the answer; a fault may set another."""
        return self.date or super().date_time_string(timestamp)

    date = ""

    def answer(
        self,
        body: bytes,
        *,
        status: int = 200,
        kind: str | None = _JSON,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Send a whole answer, compressed where the client takes that."""
        sent = dict(headers or {})
        self.date = sent.get("Date", "")
        if (
            "Content-Encoding" not in sent
            and len(body) > 1000
            and "gzip" in self.headers.get("Accept-Encoding", "")
        ):
            body = gzip.compress(body, 1)
            sent["Content-Encoding"] = "gzip"
        sent["Content-Length"] = str(len(body))
        self.start(status=status, kind=kind, headers=sent)
        self.wfile.write(body)
