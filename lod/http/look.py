"""Looks whether something is still at an address, and reads no more than it must."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from lod.http.answers import REDIRECTS, is_web_address, led_to, parse_retry_after, refusal
from lod.http.errors import NetworkError, RedirectError
from lod.http.retry import NetworkLimits, Retry
from lod.http.session import open_session, within
from lod.version import __version__

if TYPE_CHECKING:
    import requests

_OK_BELOW = 300
_GONE = (404, 410)
#: Answers of servers that know or want no HEAD: they are asked with GET.
_NO_HEAD = (400, 403, 404, 405, 406, 410, 501)
#: Redirects that say that the address is another one from now on.
_FOR_GOOD = (301, 308)


class Look(Struct, frozen=True):
    """What is at an address.

    Attributes:
        is_gone: whether the server says that there is nothing.
        moved_to: the address where it is from now on, or None.
        problem: why it could not be seen, or None.
        hint: what to do about that, or None where it is the server's.
    """

    is_gone: bool = False
    moved_to: str | None = None
    problem: str | None = None
    hint: str | None = None


#: How long to wait for one address, and how often to try.
LIMITS = NetworkLimits(attempts=2, deadline=30.0)


def look_at(url: str, retry: Retry | None = None) -> Look:
    """Ask with HEAD, and with GET where that is refused; no body is read.

    Args:
        url: http or https; anything else could not be seen.
        retry: repeats it, where several addresses share their waits; `LIMITS` by default.

    Returns:
        What is there. That it cannot be told is no error, but said in `problem`.
    """
    retry = retry or Retry(LIMITS)
    limits = retry.limits
    if not is_web_address(url):
        return Look(problem=f"{url} is no address of the web")
    with open_session(1) as session:
        try:
            return retry.run(
                lambda: within(retry.deadline(), url, lambda: _look(session, url, limits))
            )
        except NetworkError as error:
            return Look(problem=error.message, hint=error.hint)


def _look(session: requests.Session, url: str, limits: NetworkLimits) -> Look:
    at, for_good = url, True
    moved_to = None
    for _ in range(limits.redirects + 1):
        status, location, wait = _ask(session, at, limits)
        if status in REDIRECTS:
            at = led_to(url, at, location)
            # What comes after a passing redirect is no new address of what was asked for.
            for_good = for_good and status in _FOR_GOOD
            moved_to = at if for_good else moved_to
        elif status in _GONE:
            return Look(is_gone=True)
        elif status < _OK_BELOW:
            return Look(moved_to=moved_to)
        else:
            raise refusal(url, status, wait)
    raise RedirectError(f"{url} redirects more than {limits.redirects} times")


def _ask(
    session: requests.Session, url: str, limits: NetworkLimits
) -> tuple[int, str, float | None]:
    """The status, where it leads, and the seconds that the server asks to wait."""
    headers = {"User-Agent": f"lod-facts/{__version__}", "Accept": "*/*"}
    for method in ("HEAD", "GET"):
        with session.request(
            method, url, headers=headers, stream=True, timeout=(limits.connect, limits.read)
        ) as answer:
            if method == "GET" or answer.status_code not in _NO_HEAD:
                break
    wait = parse_retry_after(answer.headers.get("Retry-After"), answer.headers.get("Date"))
    return answer.status_code, answer.headers.get("Location", ""), wait
