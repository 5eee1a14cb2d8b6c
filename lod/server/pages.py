"""Where pages come from: what a path of the server stands for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from urllib.parse import unquote_to_bytes

from lod.server.negotiation import Offer
from lod.server.reply import Reply

#: The one hidden folder that is there for all (RFC 8615).
_WELL_KNOWN = ".well-known"


@dataclass(frozen=True, slots=True)
class Thing:
    """What is no document itself; there are documents about it.

    Attributes:
        path: of the documents, without an extension, percent-encoded, below the root.
        offers: the documents that there are, the favourite first.
        fragment: where in the page it stands, or "".
    """

    path: str
    offers: tuple[Offer, ...]
    fragment: str = ""


class PageSource(Protocol):
    """Where pages come from."""

    @property
    def base(self) -> str:
        """The IRI that the root of the server stands for."""
        ...

    async def find(self, path: str) -> Thing | Reply | None:
        """What stands at a path.

        Args:
            path: below the root, percent-encoded, without a slash at its beginning.

        Returns:
            A thing, to be answered with 303; a document; or None.
        """
        ...

    async def missing(self) -> Reply | None:
        """The page that says that there is nothing, or None."""
        ...


def safe_segments(path: str) -> list[str] | None:
    r"""The segments of a path, decoded; None where one is not fit to name a file.

    Args:
        path: percent-encoded, without a slash at its beginning.

    >>> safe_segments("entity/putin.html")
    ['entity', 'putin.html']
    >>> [safe_segments(p) for p in ("a/%2e%2e/b", "a//b", "a%2Fb", "%5c", "a%00", ".git/x", "%ff")]
    [None, None, None, None, None, None, None]
    """
    segments = []
    for part in path.split("/"):
        try:
            name = unquote_to_bytes(part).decode("utf-8")
        except UnicodeDecodeError:
            return None
        if not name or (name.startswith(".") and name != _WELL_KNOWN) or len(name) > 255:
            return None
        if any(character in '/\\:*?"<>|' or not character.isprintable() for character in name):
            return None
        segments.append(name)
    return segments
