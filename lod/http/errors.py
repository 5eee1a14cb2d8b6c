"""What can go wrong on the network, each with its own type."""

from __future__ import annotations

from lod.errors import LodError


class NetworkError(LodError):
    """A server could not be reached, or its answer cannot be used.

    Attributes:
        retry_after: seconds that the server asks to wait, or None where it says nothing.
        status: the HTTP status that it answered, or None where that is not what went wrong.
    """

    #: Whether the same request may succeed a little later.
    transient = False
    #: Seconds to wait at least before that, whatever the server says.
    least_wait = 0.0

    def __init__(
        self, message: str, *, hint: str | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(message, hint=hint)
        self.retry_after = retry_after
        self.status: int | None = None


class ConnectionFailedError(NetworkError):
    """No connection, or it broke before the answer began."""

    transient = True


class TimedOutError(NetworkError):
    """The server was silent for longer than the connect or read timeout."""

    transient = True


class DeadlineError(NetworkError):
    """The answer had not come whole when the time for one request was over (slow drip)."""

    transient = True


class TruncatedError(NetworkError):
    """The answer ended before it was whole."""

    transient = True


class RateLimitedError(NetworkError):
    """Too many requests (HTTP 429, or words of an API for it)."""

    transient = True


class ServerError(NetworkError):
    """The server failed (HTTP 5xx, or words of an API for it)."""

    transient = True


class RefusedError(NetworkError):
    """The server refused the request (HTTP 4xx other than 429)."""


class TooLargeError(NetworkError):
    """The answer is larger than the limit; what came of it was thrown away."""


class WrongContentTypeError(NetworkError):
    """The answer is of another kind: a page of a proxy or a login, for example."""


class ForbiddenHostError(NetworkError):
    """An address, or a redirect, leads to a host or scheme that is not allowed."""


class RedirectError(NetworkError):
    """Redirects in a circle, too many of them, or one that leads nowhere."""


class UnauthorizedError(NetworkError):
    """The server wants a user and a password, or refuses those that it was given."""


class TimeUpError(NetworkError):
    """The time for all requests of a piece of work together was over."""
