"""A site on loopback, and a headless Chromium that looks at it and at what it asks for."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tests.system import program

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

#: Chromium runs as root here, and asks for nothing that the pages do not ask for.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
#: The sizes of a screen: a laptop and a small phone.
WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}

_MEDIA_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".ttl": "text/turtle; charset=utf-8",
    ".jsonld": "application/ld+json",
    ".trig": "application/trig; charset=utf-8",
    ".nq": "application/n-quads",
    ".nt": "application/n-triples",
    ".rdf": "application/rdf+xml",
    ".xml": "application/xml",
    ".wasm": "application/wasm",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}


class _Files(SimpleHTTPRequestHandler):
    """Serves the files of a folder, as a plain file host does."""

    protocol_version = "HTTP/1.1"
    extensions_map = SimpleHTTPRequestHandler.extensions_map | _MEDIA_TYPES

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the name is inherited)
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on loopback, under a free port.

    Yields:
        Its address, with "/" at the end.
    """
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Files, directory=str(folder))) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def started_browser() -> Iterator[Browser]:
    """A headless Chromium with an empty profile."""
    chromium = program("chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


@dataclass(slots=True)
class RequestsLog:
    """What pages asked for, and what went wrong in them.

    Attributes:
        requests: the address of every request, in order.
        foreign: those that left the origin of the page that was opened.
        failed: requests without an answer, or with a status from 400.
        errors: console errors and uncaught exceptions.
    """

    requests: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def watch(self, context: BrowserContext, origin: str) -> None:
        """Note what the pages of a context do.

        Args:
            context: it.
            origin: address of the site; requests elsewhere are foreign.
        """
        host = urlsplit(origin).netloc

        def requested(request: Request) -> None:
            self.requests.append(request.url)
            parts = urlsplit(request.url)
            if parts.scheme not in ("data", "blob", "about") and parts.netloc != host:
                self.foreign.append(request.url)

        def failed(request: Request) -> None:
            # What a page no longer needs because it is left is no failure.
            if request.failure != "net::ERR_ABORTED":
                self.failed.append(f"{request.url}: {request.failure}")

        def answered(response: Response) -> None:
            if response.status >= 400:
                self.failed.append(f"{response.url}: {response.status}")

        def said(message: ConsoleMessage) -> None:
            if message.type == "error":
                self.errors.append(f"{message.location.get('url')}: {message.text}")

        context.on("request", requested)
        context.on("requestfailed", failed)
        context.on("response", answered)
        context.on("console", said)
        context.on("weberror", lambda error: self.errors.append(str(error.error)))

    def verify(self) -> None:
        """Fail where a request left the origin or failed, or a page said an error.

        Raises:
            AssertionError: what happened.
        """
        assert not self.foreign, f"requests left the origin: {self.foreign}"
        assert not self.failed, f"requests failed: {self.failed}"
        assert not self.errors, f"the console says: {self.errors}"


@dataclass(slots=True)
class Visits:
    """Opens pages, each in a context of its own, and notes what they ask for.

    Attributes:
        browser: the browser.
        log: of all pages that were opened.
    """

    browser: Browser
    log: RequestsLog
    _contexts: list[BrowserContext] = field(default_factory=list)

    def __call__(self, address: str, **options: Any) -> Page:
        """Open a page and wait until it is loaded.

        Args:
            address: where.
            options: of the context, as `viewport`, `color_scheme`, `java_script_enabled`,
                `reduced_motion`, `has_touch`, `locale`.
        """
        options.setdefault("viewport", WIDE)
        context = self.browser.new_context(**options)
        self._contexts.append(context)
        self.log.watch(context, address)
        page = context.new_page()
        page.goto(address, wait_until="load")
        return page

    def close(self) -> None:
        """Close all pages."""
        while self._contexts:
            self._contexts.pop().close()
