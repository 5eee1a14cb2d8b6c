"""What can go wrong on the network, each with its own type.

Ids that are missing, merged or malformed are outcomes (`lod.wikidata.outcomes`), not errors.
"""

from __future__ import annotations

from lod.errors import LodError


class NetworkError(LodError):
    """A server could not be reached, or its answer cannot be used.

    Attributes:
        retry_after: seconds that the server asks to wait, or None where it says nothing.
    """

    #: Whether the same request may succeed a little later.
    transient = False

    def __init__(
        self, message: str, *, hint: str | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(message, hint=hint)
        self.retry_after = retry_after


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
    """Too many requests (HTTP 429, or the API's own words for it)."""

    transient = True


class LaggedError(NetworkError):
    """The servers lag behind (`maxlag`), so that clients have to wait."""

    transient = True


class ServerError(NetworkError):
    """The server failed (HTTP 5xx, an internal error of the API, or read-only mode)."""

    transient = True


class RefusedError(NetworkError):
    """The server refused the request (HTTP 4xx other than 429).

    Attributes:
        status: the HTTP status.
    """

    def __init__(self, message: str, status: int, *, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.status = status


class TooLargeError(NetworkError):
    """The answer is larger than the limit; what came of it was thrown away."""


class WrongContentTypeError(NetworkError):
    """The answer is not JSON: a page of a proxy or a login, for example."""


class ForbiddenHostError(NetworkError):
    """An address, or a redirect, leads to a host or scheme that is not allowed."""


class RedirectError(NetworkError):
    """Redirects in a circle, too many of them, or one that leads nowhere."""


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
