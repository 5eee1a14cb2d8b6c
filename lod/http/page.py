"""Fetches the page on which a text is published, to see what has become of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lod.errors import InputError
from lod.http.answers import (
    REDIRECTS,
    is_web_address,
    led_to,
    parse_retry_after,
    read_body,
    refusal,
)
from lod.http.errors import RedirectError, WrongContentTypeError
from lod.http.retry import NetworkLimits, Retry
from lod.http.session import open_session, within
from lod.version import __version__

if TYPE_CHECKING:
    import requests

_OK = 200
_TYPES = ("text/plain", "text/html", "application/xhtml+xml")
_CHARSET = re.compile(rb"""<meta[^>]+charset=["']?([\w-]+)""", re.IGNORECASE)


def fetch_page(url: str, max_bytes: int, *, whole: float | None = None) -> str:
    """The text or the HTML at an address.

    Args:
        url: http or https.
        max_bytes: the largest answer, counted after decompression.
        whole: seconds that it may take with all its attempts; None for no limit.

    Raises:
        InputError: it is no such address, or what is there is no text.
        NetworkError: it cannot be had.
    """
    if not is_web_address(url):
        raise InputError(f"{url}: no address of the web", hint="write https://…")
    limits = NetworkLimits(max_bytes=max_bytes, attempts=3, whole=whole)
    with open_session(1) as session:
        retry = Retry(limits)
        return retry.run(
            lambda: within(retry.deadline(), url, lambda: _fetch(session, url, limits))
        )


def _fetch(session: requests.Session, url: str, limits: NetworkLimits) -> str:
    headers = {
        "User-Agent": f"lod-facts/{__version__}",
        "Accept": "text/html, text/plain;q=0.9",
    }
    at = url
    for _ in range(limits.redirects + 1):
        with session.get(
            at, headers=headers, stream=True, timeout=(limits.connect, limits.read)
        ) as answer:
            if answer.status_code in REDIRECTS:
                at = led_to(url, at, answer.headers.get("Location", ""))
                continue
            if answer.status_code != _OK:
                wait = parse_retry_after(
                    answer.headers.get("Retry-After", ""), answer.headers.get("Date")
                )
                raise refusal(url, answer.status_code, wait)
            kind = answer.headers.get("Content-Type", "text/html")
            if kind.partition(";")[0].strip().lower() not in _TYPES:
                raise WrongContentTypeError(f"{url} is {kind}, expected text or HTML")
            return _decoded(read_body(answer, url, limits.max_bytes), kind, url)
    raise RedirectError(f"{url} redirects more than {limits.redirects} times")


def _decoded(body: bytes, kind: str, url: str) -> str:
    named = re.search(r"charset=[\"']?([\w-]+)", kind)
    within_page = _CHARSET.search(body[:4096])
    charset = named[1] if named else within_page[1].decode() if within_page else "utf-8"
    try:
        return body.decode(charset).removeprefix("\ufeff")
    except (UnicodeError, LookupError):  # not every codec says that it decodes
        raise InputError(f"{url}: is not {charset}, as it says", hint="save it as UTF-8") from None
