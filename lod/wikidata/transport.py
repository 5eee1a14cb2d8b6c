"""One request to one server: its headers, its limits, its redirects. Nothing is repeated here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from lod.errors import InputError
from lod.http.answers import REDIRECTS, read_body, refusal
from lod.http.errors import ForbiddenHostError, RedirectError, WrongContentTypeError
from lod.http.limits import NetworkLimits
from lod.http.retry_after import parse_retry_after
from lod.http.session import open_session, within
from lod.version import __version__
from lod.wikidata.wikibase import Wikibase

if TYPE_CHECKING:
    import requests

#: With these a POST goes on as a POST; with the others its body would be lost.
_KEEP_METHOD = {307, 308}
_HINTS: dict[int, str] = {
    HTTPStatus.FORBIDDEN: "Wikimedia refuses clients without a proper User-Agent: give a real "
    "contact"
}


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked. The pair of method, address and parameters is also the key of the cache.

    Attributes:
        url: the address without parameters.
        params: the parameters, in the order in which they are sent.
        method: "GET", or "POST" with the parameters as a form.
    """

    url: str
    params: tuple[tuple[str, str], ...]
    method: str = "GET"


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer of status 200.

    Attributes:
        url: where it came from after redirects, without parameters.
        body: its bytes, decompressed.
        retry_after: seconds that the server asks to wait (`maxlag` says so with status 200).
    """

    url: str
    body: bytes
    retry_after: float | None = None


def user_agent(contact: str) -> str:
    """How the client introduces itself, as Wikimedia's policy asks.

    Args:
        contact: a mail address or a page that tells who runs the client.

    Raises:
        InputError: it is empty, or a header cannot carry it.
    """
    import requests

    if not contact.strip() or not (contact.isascii() and contact.isprintable()):
        raise InputError(
            "the contact for the User-Agent is empty or not plain ASCII",
            hint="give a mail address or the address of a page about the project",
        )
    if "(" in contact or ")" in contact:
        raise InputError("the contact for the User-Agent has parentheses")
    return f"lod/{__version__} ({contact.strip()}) requests/{requests.__version__}"


class Transport:
    """One session with a Wikibase. Several threads may use it.

    Args:
        wikibase: whose addresses may be asked.
        contact: for the User-Agent.
        limits: of one request.

    Raises:
        InputError: the contact cannot be used.
    """

    def __init__(self, wikibase: Wikibase, contact: str, limits: NetworkLimits) -> None:
        self.wikibase = wikibase
        self.limits = limits
        self._session = open_session(limits.parallel)
        self._session.headers["User-Agent"] = user_agent(contact)
        self._session.headers["Accept"] = "application/json"

    def close(self) -> None:
        """Close all connections."""
        self._session.close()

    def send(self, request: Request) -> Answer:
        """Send a request once and read its answer whole.

        Raises:
            NetworkError: one of its kinds; `transient` tells whether to try again.
        """
        return within(self.limits.deadline, request.url, lambda: self._follow(request))

    def _follow(self, request: Request) -> Answer:
        import requests

        method, params = request.method, list(request.params)
        call = requests.Request(
            method,
            request.url,
            params=params if method == "GET" else None,
            data=params if method == "POST" else None,
        )
        session = self._session
        prepared = session.prepare_request(call)
        for _ in range(self.limits.redirects + 1):
            url = str(prepared.url)
            self.wikibase.require_allowed(url)
            settings: Mapping[str, Any] = session.merge_environment_settings(
                url, {}, True, None, None
            )
            timeout = (self.limits.connect, self.limits.read)
            with session.send(prepared, timeout=timeout, **settings) as response:
                if response.status_code not in REDIRECTS:
                    return self._read(response)
                target = response.headers.get("Location", "").strip()
                if not target:
                    raise RedirectError(f"{url} redirects to nowhere")
                if method == "POST" and response.status_code not in _KEEP_METHOD:
                    raise RedirectError(f"{url} redirects in a way that loses the query")
            try:
                prepared.prepare_url(urljoin(url, target), None)
            except (requests.RequestException, ValueError):
                raise ForbiddenHostError(
                    f"{url} redirects to {target[:200]}, which is no address"
                ) from None
        raise RedirectError(f"{request.url} redirects more than {self.limits.redirects} times")

    def _read(self, response: requests.Response) -> Answer:
        url, status = response.url.partition("?")[0], response.status_code
        headers = response.headers
        wait = parse_retry_after(headers.get("Retry-After"), headers.get("Date"))
        if status != HTTPStatus.OK:
            raise refusal(url, status, wait, hint=_HINTS.get(status))
        kind = headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if kind != "application/json" and not kind.endswith("+json"):
            raise WrongContentTypeError(
                f"{url} answered with {kind[:100] or 'no content type'} instead of JSON",
                hint="a proxy or a login page may stand in between",
            )
        return Answer(url, read_body(response, url, self.limits.max_bytes), wait)
