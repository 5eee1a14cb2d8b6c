"""HTTP/1.1 under limits: clients that are slow, or send endless headers, hold no connection.

The server library bounds the time of idle connections alone. Here a request's head has to come
within a time and a size, and a connection that was closed has to be gone within a time.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

if TYPE_CHECKING:
    from lod.server.settings import Settings


def protocol_under(settings: Settings) -> type[HttpToolsProtocol]:
    """The protocol with the limits of a server."""

    class LimitedProtocol(HttpToolsProtocol):
        """One connection."""

        _head = 0
        _has_head = False
        _head_timer: asyncio.TimerHandle | None = None
        _close_timer: asyncio.TimerHandle | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as in the library
            super().connection_made(transport)
            self._begin_head()

        def connection_lost(self, exc: Exception | None) -> None:
            self._end_head()
            if self._close_timer is not None:
                self._close_timer.cancel()
            super().connection_lost(exc)

        def data_received(self, data: bytes) -> None:
            if not self._has_head:
                self._head += len(data)
                end = data.find(b"\r\n\r\n")
                if self._head > settings.max_head and (end < 0 or end > settings.max_head):
                    self._refuse(431, "Request Header Fields Too Large")
                    return
            if not self.transport.is_closing():
                super().data_received(data)
            # Most heads come whole, and need no timer.
            if self._head and not self._has_head and self._head_timer is None:
                self._begin_head()

        def on_headers_complete(self) -> None:
            self._has_head = True
            self._end_head()
            super().on_headers_complete()

        def on_message_complete(self) -> None:
            self._has_head = False
            self._head = 0
            super().on_message_complete()

        def on_response_complete(self) -> None:
            super().on_response_complete()
            if self.transport.is_closing():
                self._abort_later()

        def timeout_keep_alive_handler(self) -> None:
            super().timeout_keep_alive_handler()
            self._abort_later()

        def _begin_head(self) -> None:
            self._head_timer = self.loop.call_later(settings.head_seconds, self._too_slow)

        def _end_head(self) -> None:
            if self._head_timer is not None:
                self._head_timer.cancel()
                self._head_timer = None

        def _too_slow(self) -> None:
            self._head_timer = None
            if self._head:
                self._refuse(408, "Request Timeout")
            else:
                self.transport.close()

        def _refuse(self, status: int, phrase: str) -> None:
            """Answer before there is a request that the application could answer."""
            if self.cycle is None or self.cycle.response_complete:
                self.transport.write(
                    f"HTTP/1.1 {status} {phrase}\r\ncontent-type: text/plain; charset=utf-8\r\n"
                    f"content-length: {len(phrase) + 1}\r\nconnection: close\r\n\r\n{phrase}\n"
                    "".encode()
                )
            self.transport.close()
            self._abort_later()

        def _abort_later(self) -> None:
            """Let go of a connection whose client does not take what was sent."""
            if self._close_timer is None:
                self._close_timer = self.loop.call_later(
                    settings.write_seconds, self.transport.abort
                )

    return LimitedProtocol


def uvicorn_options(settings: Settings) -> dict[str, Any]:
    """The settings of a server as the library calls them."""
    return {
        "http": protocol_under(settings),
        "ws": "none",
        "lifespan": "on",
        "access_log": False,
        "log_config": None,
        "server_header": False,
        "proxy_headers": False,
        "limit_concurrency": settings.connections,
        "timeout_keep_alive": settings.keep_alive_seconds,
        "timeout_graceful_shutdown": int(settings.shutdown_seconds),
    }
