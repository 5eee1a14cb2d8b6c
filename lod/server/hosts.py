"""Whom the server answers: requests whose Host header names it, and no other (DNS rebinding)."""

from __future__ import annotations

import ipaddress
import re

_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]{1,255})(?::([0-9]{1,5}))?")


def host_of(header: str) -> str | None:
    """The name in a Host header, without its port; None where it is malformed.

    >>> host_of("Example.org:80"), host_of("[::1]:8000"), host_of("a b")
    ('example.org', '::1', None)
    """
    match = _HOST.fullmatch(header)
    return match[1].strip("[]").rstrip(".").lower() if match else None


def is_address(name: str) -> bool:
    """Whether a name is an IP address, which no DNS can make point elsewhere."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


class AllowedHosts:
    """The names under which the server answers.

    Args:
        bound: the address that it listens on.
        more: further names; "*" stands for all.
    """

    def __init__(self, bound: str, more: tuple[str, ...]) -> None:
        names = {*_LOOPBACK, bound.strip("[]").lower()}
        self._names = names | {name.strip("[]").rstrip(".").lower() for name in more}
        self._any = "*" in more
        self._any_address = bound in ("0.0.0.0", "::", "")  # noqa: S104 - asked for by the user

    def allow(self, header: str) -> bool:
        """Whether a Host header names this server.

        >>> AllowedHosts("127.0.0.1", ()).allow("localhost:8000")
        True
        >>> AllowedHosts("127.0.0.1", ()).allow("evil.example")
        False
        """
        name = host_of(header)
        if name is None:
            return False
        return self._any or name in self._names or (self._any_address and is_address(name))
