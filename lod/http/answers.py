"""What servers answer: bodies under a limit, and statuses and failures as our errors."""

from __future__ import annotations

import time
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from lod.bounds import bounded
from lod.http.errors import (
    ConnectionFailedError,
    NetworkError,
    RateLimitedError,
    RedirectError,
    RefusedError,
    ServerError,
    TimedOutError,
    TooLargeError,
    TruncatedError,
)

if TYPE_CHECKING:
    import requests

#: Statuses that lead elsewhere.
REDIRECTS = {301, 302, 303, 307, 308}
_STATUSES = {int(status) for status in HTTPStatus}
_CHUNK = 64 * 1024


def is_web_address(url: str) -> bool:
    """Whether something can be asked for at an address: it is http or https, with a host.

    >>> is_web_address("https://example.org/"), is_web_address("http://["), is_web_address("a.txt")
    (True, False, False)
    """
    try:
        parts = urlsplit(url)
    except ValueError:  # brackets without an IPv6 address, letters that no host has
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def led_to(url: str, at: str, location: str) -> str:
    """Where a redirect leads.

    Args:
        url: what was asked for first, for messages.
        at: the address that answered with the redirect.
        location: its header Location; "" where there is none.

    Raises:
        RedirectError: it leads nowhere, or to what is no address of the web.
    """
    if not location.strip():
        raise RedirectError(f"{url} redirects to nowhere")
    try:
        there = urljoin(at, location.strip())
    except ValueError:
        there = location
    if not is_web_address(there):
        raise RedirectError(f"{url} leads to {bounded(there, 200)}, which is no address of the web")
    return there


def read_body(response: requests.Response, url: str, limit: int) -> bytes:
    """The whole body, decompressed.

    Args:
        response: of which nothing was read yet.
        url: where it comes from, for messages.
        limit: the largest body in bytes, counted after decompression.

    Raises:
        TooLargeError: it is larger.
    """
    too_large = TooLargeError(f"{url} answered with more than {limit:,} bytes")
    declared = response.headers.get("Content-Length", "")
    if declared.isdecimal() and int(declared[:20]) > limit:
        raise too_large
    body = bytearray()
    for chunk in response.iter_content(_CHUNK):
        body += chunk
        if len(body) > limit:
            raise too_large
    return bytes(body)


def refusal(url: str, status: int, wait: float | None, *, hint: str | None = None) -> NetworkError:
    """A status that is no success, as an error.

    Args:
        url: which address answered so.
        status: the status.
        wait: seconds that the server asks to wait, or None.
        hint: what to do where the server refuses for good.
    """
    said = f"{url} answered {status_words(status)}"
    error: NetworkError
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        error = RateLimitedError(said, retry_after=wait)
    elif status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        error = ServerError(said, retry_after=wait)
    else:
        error = RefusedError(said, hint=hint)
    error.status = status
    return error


def status_words(status: int) -> str:
    """A status with its name.

    >>> status_words(404)
    '404 (Not Found)'
    """
    return f"{status} ({HTTPStatus(status).phrase})" if status in _STATUSES else str(status)


def translated(url: str, error: Exception) -> NetworkError:
    """What a library below reported, as one of our errors."""
    import requests
    import urllib3

    names = f"{url}: {type(error).__name__}"
    # A silent server in the middle of a body is reported as a broken connection with its cause.
    causes = (error, *error.args[:1])
    silent = (requests.Timeout, urllib3.exceptions.TimeoutError, TimeoutError)
    if any(isinstance(cause, silent) for cause in causes):
        return TimedOutError(f"{names}, the server was silent for too long")
    if isinstance(
        error,
        requests.exceptions.ChunkedEncodingError
        | requests.exceptions.ContentDecodingError
        | urllib3.exceptions.ProtocolError
        | urllib3.exceptions.DecodeError,
    ):
        return TruncatedError(f"{names}, the answer ended before it was whole")
    if isinstance(error, requests.exceptions.SSLError):
        failed = ConnectionFailedError(f"{names}, no trusted connection: {error}")
        failed.transient = False
        return failed
    return ConnectionFailedError(
        f"{names}, no connection",
        hint="see whether the address is right, its server runs, and this machine has a network",
    )


def parse_retry_after(value: str | None, date: str | None = None) -> float | None:
    """How long a server asks to wait.

    Args:
        value: the header `Retry-After`, or None.
        date: the header `Date` of the same answer. A date is counted from it, so that a clock
            that is wrong here does no harm; from now where there is none.

    Returns:
        Seconds, never below 0; None where there is no such header, or no sense in it.

    >>> parse_retry_after("7")
    7.0
    >>> parse_retry_after("Wed, 27 Nov 2024 10:00:30 GMT", "Wed, 27 Nov 2024 10:00:00 GMT")
    30.0
    >>> parse_retry_after("soon") is None
    True
    """
    if value is None:
        return None
    value = value.strip()
    if value.isascii() and value.isdecimal():
        return float(value[:12])
    until = _timestamp(value)
    if until is None:
        return None
    since = _timestamp(date) if date else None
    return max(0.0, until - (time.time() if since is None else since))


def _timestamp(date: str) -> float | None:
    try:
        return parsedate_to_datetime(date).timestamp()
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
