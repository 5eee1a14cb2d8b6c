"""What can go wrong with a Wikibase, each with its own type; the network's own kinds among them.

Ids that are missing, merged or malformed are outcomes (`lod.wikidata.outcomes`), not errors.
"""

from __future__ import annotations

from lod.http.errors import (
    ConnectionFailedError,
    DeadlineError,
    ForbiddenHostError,
    NetworkError,
    RateLimitedError,
    RedirectError,
    RefusedError,
    ServerError,
    TimedOutError,
    TooLargeError,
    TruncatedError,
    WrongContentTypeError,
)

__all__ = [
    "ApiError",
    "BadAnswerError",
    "ConnectionFailedError",
    "DeadlineError",
    "ForbiddenHostError",
    "LaggedError",
    "NetworkError",
    "RateLimitedError",
    "RedirectError",
    "RefusedError",
    "ServerError",
    "TimedOutError",
    "TooLargeError",
    "TruncatedError",
    "WrongContentTypeError",
]


class LaggedError(NetworkError):
    """The servers lag behind (`maxlag`), so that clients have to wait."""

    transient = True
    #: Wikimedia asks for at least this wait.
    least_wait = 5.0


class BadAnswerError(NetworkError):
    """The answer is JSON, but not what the API promises."""


class ApiError(NetworkError):
    """The API reports an error.

    Attributes:
        code: its stable code ("no-such-entity").
        subject: the id that it is about, where it says so.
    """

    def __init__(self, message: str, code: str, *, subject: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.subject = subject
