"""What can go wrong with a store beyond the network."""

from __future__ import annotations

from lod.errors import LodError
from lod.http.errors import NetworkError


class StoreError(LodError):
    """A store cannot be used as it was named."""


class UnauthorizedError(NetworkError):
    """The store wants a user and a password, or refuses those that it was given."""


class HtmlAnswerError(NetworkError):
    """A page for people came where a store would have said that it is done."""
