"""Requests on their way to one server: sent, repeated, kept, a few at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urljoin

from msgspec import Struct

from lod.errors import InputError
from lod.http.answers import REDIRECTS, parse_retry_after, read_body, refusal
from lod.http.errors import ForbiddenHostError, RedirectError, WrongContentTypeError
from lod.http.retry import Retry
from lod.http.session import open_session, within
from lod.version import __version__
from lod.wikidata.cache import Cache
from lod.wikidata.wikibase import Wikibase

if TYPE_CHECKING:
    import requests

#: With these a POST goes on as a POST; with the others its body would be lost.
_KEEP_METHOD = {307, 308}
_HINTS: dict[int, str] = {
    HTTPStatus.FORBIDDEN: "Wikimedia refuses clients without a proper User-Agent: give a real "
    "contact"
}
T = TypeVar("T")
U = TypeVar("U")


class Request(Struct, frozen=True):
    """What is asked.

    Attributes:
        url: the address without parameters.
        params: the parameters, in the order in which they are sent.
        method: "GET", or "POST" with the parameters as a form.
    """

    url: str
    params: tuple[tuple[str, str], ...]
    method: str = "GET"

    @property
    def key(self) -> str:
        """The request as a text: that of no other request."""
        return json.dumps([self.method, self.url, self.params])


class Answer(Struct, frozen=True):
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
    """A session with a Wikibase: asks and gets answered. Several threads may use it.

    Args:
        wikibase: whose addresses may be asked.
        contact: for the User-Agent.
        retry: repeats a request, within its limits.
        cache: keeps answers, or None.
        max_age: seconds for which a kept answer is good; 0 asks anew.

    Raises:
        InputError: the contact cannot be used.
    """

    def __init__(
        self, wikibase: Wikibase, contact: str, retry: Retry, cache: Cache | None, max_age: float
    ) -> None:
        self._wikibase = wikibase
        self._limits = retry.limits
        self._retry = retry
        self._cache = cache
        self._max_age = max_age
        self._session = open_session(retry.limits.parallel)
        self._session.headers["User-Agent"] = user_agent(contact)
        self._session.headers["Accept"] = "application/json"

    def close(self) -> None:
        """Close all connections."""
        self._session.close()

    def ask(
        self,
        request: Request,
        read: Callable[[Answer], T],
        keep: Callable[[T], bool] = lambda _: True,
    ) -> T:
        """The answer to a request as `read` reads it, from the cache or from the server.

        Only what `read` accepts and `keep` holds for whole is kept: no error, no half answer.
        """
        if self._cache is not None and self._max_age > 0:
            body = self._cache.get(request.key, self._max_age)
            if body is not None:
                return read(Answer(request.url, body))

        def attempt() -> tuple[Answer, T]:
            answer = self._send(request)
            return answer, read(answer)

        answer, value = self._retry.run(attempt)
        if self._cache is not None and keep(value):
            self._cache.put(request.key, answer.body)
        return value

    def at_once(self, work: Callable[[T], U], arguments: Sequence[T]) -> list[U]:
        """Do some work for each argument, a few at a time; the first error ends the rest."""
        pool = ThreadPoolExecutor(self._limits.parallel)
        try:
            return list(pool.map(work, arguments))
        finally:
            pool.shutdown(cancel_futures=True)

    def in_batches(
        self, work: Callable[[Sequence[T]], U], arguments: Sequence[T], size: int
    ) -> list[U]:
        """Do some work for so many arguments at a time; as `at_once`."""
        starts = range(0, len(arguments), size)
        return self.at_once(work, [arguments[start : start + size] for start in starts])

    def _send(self, request: Request) -> Answer:
        """Send a request once and read its answer whole.

        Raises:
            NetworkError: one of its kinds; `transient` tells whether to try again.
        """
        return within(self._retry.deadline(), request.url, lambda: self._follow(request))

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
        for _ in range(self._limits.redirects + 1):
            url = str(prepared.url)
            self._wikibase.require_allowed(url)
            settings: Mapping[str, Any] = session.merge_environment_settings(
                url, {}, True, None, None
            )
            timeout = (self._limits.connect, self._limits.read)
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
        raise RedirectError(f"{request.url} redirects more than {self._limits.redirects} times")

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
        return Answer(url, read_body(response, url, self._limits.max_bytes), wait)
