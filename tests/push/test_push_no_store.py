"""Addresses that answer, and are no store: a push never says that they agree."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.cli.conftest import Lod, lod, small

__all__ = ["lod", "small"]

# Status, media type and body of every answer.
ANSWERS = {
    "all is well": (200, "", b""),
    "nothing to say": (204, "", b""),
    "plain": (200, "text/plain", b""),
    "page": (200, "text/html", b"<p>Hello</p>"),
    "json": (200, "application/json", b"{}"),
    "yes": (200, "application/sparql-results+json", b'{"head": {}, "boolean": true}'),
    "no rows": (200, "application/sparql-results+json", b'{"results": {"bindings": []}}'),
    "no triples": (200, "application/n-triples", b""),
    "not found": (404, "text/plain", b"no"),
    "not allowed": (405, "text/plain", b"no"),
    "elsewhere": (307, "", b""),
    "broken": (500, "text/plain", b"no"),
}


@contextmanager
def answering(status: int, kind: str, body: bytes) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.send_response(status)
            if kind:
                self.send_header("Content-Type", kind)
            if status == 307:
                self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = answer  # noqa: N815 - its names

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/x"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize("via", ["auto", "update", "gsp"])
@pytest.mark.parametrize("name", ANSWERS)
def test_what_is_no_store_never_agrees(name: str, via: str, small: Path, lod: Lod) -> None:
    with answering(*ANSWERS[name]) as address:
        result = lod("push", small, "--to", address, "--via", via, "--attempts", "1", "-f", "json")
    assert result.code in (1, 2)
    assert "bug" not in result.err
    if result.out:
        assert json.loads(result.out)["check"]["agrees"] is False


def test_nothing_to_push_is_no_agreement(tmp_path: Path, lod: Lod) -> None:
    corpus = tmp_path / "empty.jsonl"
    corpus.write_text("")
    with answering(*ANSWERS["all is well"]) as address:
        result = lod("push", corpus, "--to", address, "--via", "gsp", "-f", "json")
    if result.code == 0:
        assert json.loads(result.out)["check"]["agrees"] is None
