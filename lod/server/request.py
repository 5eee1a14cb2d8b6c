"""A request as the parts of the server see it, and whom the server answers."""

from __future__ import annotations

import asyncio
import ipaddress
import re
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any
from urllib.parse import parse_qsl

from msgspec import Struct

from lod.server.reply import Reply, problem

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Pairs = list[tuple[str, str]]
_MOST_FIELDS = 200
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]{1,255})(?::([0-9]{1,5}))?")


class RefusedError(Exception):
    """A request that is answered without doing what it asks.

    Args:
        reply: the answer.
    """

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.status)
        self.reply = reply


class Request(Struct):
    """One request.

    Attributes:
        method: in capitals.
        path: as it came, percent-encoded, from the root on.
        query: the query string as it came.
        headers: of the request, names in lower case; several of one name are joined.
        origin: scheme and host under which the client sees the server.
        receive: gives the messages of the body.
        max_body: bytes that it may have.
        body_seconds: how long it may take.
    """

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    origin: str
    receive: Receive
    max_body: int
    body_seconds: float

    @property
    def accept(self) -> str | None:
        """The Accept header."""
        return self.headers.get("accept")

    def refuse(
        self, status: int, message: str, hint: str | None = None, **headers: str
    ) -> RefusedError:
        """The error of a request that is answered so; header names are written with "_"."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return RefusedError(problem(status, message, hint, accept=self.accept, headers=named))

    def fields(self) -> Pairs:
        """The fields of the query string.

        Raises:
            RefusedError: they are not UTF-8, or too many.
        """
        return self.parse_fields(self.query)

    def parse_fields(self, text: str) -> Pairs:
        """The fields of a text in the form of HTML forms.

        Raises:
            RefusedError: they are not UTF-8, or too many.
        """
        try:
            return parse_qsl(
                text,
                keep_blank_values=True,
                encoding="utf-8",
                errors="strict",
                max_num_fields=_MOST_FIELDS,
            )
        except UnicodeDecodeError:
            raise self.refuse(400, "The parameters are not UTF-8.") from None
        except ValueError:
            raise self.refuse(
                400, f"There are more than {_MOST_FIELDS} parameters.", "Send fewer."
            ) from None

    async def body(self) -> bytes:
        """The body.

        Raises:
            RefusedError: it is too large, came too slowly, or not whole.
        """
        length = self.headers.get("content-length", "0")
        too_large = self.refuse(
            413,
            f"The body has more than {self.max_body:,} bytes.",
            "Send less, or ask in parts.",
            Connection="close",
        )
        if length.isdecimal() and int(length) > self.max_body:
            raise too_large
        parts: list[bytes] = []
        size = 0
        try:
            async with asyncio.timeout(self.body_seconds):
                while True:
                    message = await self.receive()
                    if message["type"] == "http.disconnect":
                        raise self.refuse(400, "The body did not come whole.")
                    part = message.get("body", b"")
                    size += len(part)
                    if size > self.max_body:
                        raise too_large
                    parts.append(part)
                    if not message.get("more_body"):
                        return b"".join(parts)
        except TimeoutError:
            raise self.refuse(408, "The body took too long to come.", Connection="close") from None

    async def gone(self) -> None:
        """End when the client goes away. The body was read before."""
        while (await self.receive())["type"] != "http.disconnect":
            pass


class AllowedHosts:
    """The names under which the server answers, and no others (DNS rebinding).

    Args:
        bound: the address that it listens on.
        more: further names; "*" stands for all.
    """

    def __init__(self, bound: str, more: tuple[str, ...]) -> None:
        names = {*_LOOPBACK, bound.strip("[]").lower()}
        self._names = names | {name.strip("[]").rstrip(".").lower() for name in more}
        self._any = "*" in more
        self._any_address = bound in ("0.0.0.0", "::", "")  # noqa: S104 - request for by the user

    def allow(self, header: str) -> bool:
        """Whether a Host header names this server.

        >>> AllowedHosts("127.0.0.1", ()).allow("localhost:8000")
        True
        >>> AllowedHosts("127.0.0.1", ()).allow("evil.example")
        False
        >>> AllowedHosts("::", ()).allow("[fe80::1]:8000"), AllowedHosts("::", ("*",)).allow("a b")
        (True, False)
        """
        match = _HOST.fullmatch(header)
        if match is None or self._any:
            return match is not None
        name = match[1].strip("[]").rstrip(".").lower()
        # No DNS can make an IP address point elsewhere.
        return name in self._names or (self._any_address and _is_address(name))


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
