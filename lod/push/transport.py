"""Requests to a store: who asks, how long, how often, how much may come back."""

from __future__ import annotations

import threading
from collections.abc import Collection, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit, urlunsplit

from msgspec import Struct

from lod.errors import LodError
from lod.http.answers import REDIRECTS, parse_retry_after, read_body, refusal
from lod.http.errors import NetworkError, RedirectError, UnauthorizedError
from lod.http.retry import NetworkLimits, Retry
from lod.http.session import open_session, within
from lod.push.address import origin
from lod.push.authentication import answer_challenge, find_credentials
from lod.version import __version__

if TYPE_CHECKING:
    import requests
    from requests.auth import AuthBase

_HTML = {"text/html", "application/xhtml+xml"}
_PROBLEM = "application/problem+json"
_MOST_SAID = 200
#: Of a page, whose head may be long; and the parts of it that are not read with the rest.
_MOST_READ, _APART = 20_000, ("head", "title", "script", "style")


class StoreError(LodError):
    """A store cannot be used as it was named."""


class HtmlAnswerError(NetworkError):
    """A page for people came where a store would have said that it is done."""


class Answer(Struct, frozen=True):
    """A whole answer.

    Attributes:
        status: the HTTP status.
        kind: its media type without parameters, in small letters; "" where none is said.
        body: its bytes, decompressed.
        server: what the server calls itself.
    """

    status: int
    kind: str
    body: bytes
    server: str


class Transport:
    """A session with one store. Several threads may use it.

    Args:
        target: where is pushed to; the credentials of the environment are for this server.
        limits: of one request, and of its repetition.
        plain: whether a password may go over a connection that others can read.
    """

    def __init__(self, target: str, limits: NetworkLimits, *, plain: bool = False) -> None:
        self.limits = limits
        self._target = target
        self._plain = plain
        self._session = open_session(limits.parallel)
        self._session.headers["User-Agent"] = f"lod/{__version__}"
        self._retry = Retry(limits)
        self._lock = threading.Lock()
        self._known: dict[tuple[str, str, int], AuthBase] = {}
        self._secrets: set[str] = set()

    def close(self) -> None:
        """Close all connections."""
        self._session.close()

    def send(
        self,
        method: str,
        url: str,
        *,
        body: bytes | Mapping[str, str] | None = None,
        kind: str | None = None,
        accept: str = "*/*",
        also: Collection[int] = (),
        most: int | None = None,
        once: bool = False,
    ) -> Answer:
        """Send a request until it is answered; only for what may be done twice.

        Args:
            method: of HTTP.
            url: the address with its parameters.
            body: bytes, or a form.
            kind: media type of the bytes.
            accept: media types that may come back.
            also: statuses that are an answer too, beside those of success.
            most: the largest body in bytes; the limits' where None.
            once: whether it is not sent again where it fails.

        Raises:
            NetworkError: one of its kinds.
        """
        headers = {"Accept": accept}
        if kind is not None:
            headers["Content-Type"] = kind

        def attempt() -> Answer:
            return within(
                self._retry.deadline(),
                url.partition("?")[0],
                lambda: self._exchange(method, url, body, headers, also, most),
            )

        return self._retry.run(attempt, once=once)

    def write(self, method: str, url: str, body: bytes | None, kind: str | None) -> Answer:
        """Send a change that may be made twice, and take only an answer that says it is made.

        Raises:
            NetworkError: one of its kinds; HtmlAnswerError where a page for people came back.
        """
        answer = self.send(method, url, body=body, kind=kind)
        if answer.kind in _HTML and answer.body.strip():
            raise HtmlAnswerError(
                f"{url.partition('?')[0]} answered {answer.status} with a page for people "
                "in place of a word that it is done",
                hint="a login or a proxy may stand in between, or this is no address to write to",
            )
        return answer

    def _exchange(
        self,
        method: str,
        url: str,
        body: bytes | Mapping[str, str] | None,
        headers: Mapping[str, str],
        also: Collection[int],
        most: int | None,
    ) -> Answer:
        with self._lock:
            known = self._known.get(origin(url))
        with self._once(method, url, body, headers, known) as response:
            if response.status_code != HTTPStatus.UNAUTHORIZED:
                return self._read(response, url, also, most)
            challenges = response.headers.get("WWW-Authenticate", "")
        if known is not None:
            raise _unknown(url)
        credentials = find_credentials(url, self._target)
        if credentials is not None:
            self._secrets.update(credentials.written())
        chosen = answer_challenge(url.partition("?")[0], challenges, credentials, plain=self._plain)
        with self._once(method, url, body, headers, chosen) as response:
            if response.status_code == HTTPStatus.UNAUTHORIZED:
                raise _unknown(url)
            with self._lock:
                self._known.setdefault(origin(url), chosen)
            return self._read(response, url, also, most)

    def _once(
        self,
        method: str,
        url: str,
        body: bytes | Mapping[str, str] | None,
        headers: Mapping[str, str],
        auth: AuthBase | None,
    ) -> requests.Response:
        import requests

        call = requests.Request(method, url, headers=dict(headers), data=body, auth=auth)
        prepared = self._session.prepare_request(call)
        settings: Mapping[str, Any] = self._session.merge_environment_settings(
            url, {}, True, None, None
        )
        timeout = (self.limits.connect, self.limits.read)
        return self._session.send(prepared, timeout=timeout, **settings)

    def _read(
        self, response: requests.Response, url: str, also: Collection[int], most: int | None
    ) -> Answer:
        plain, status = url.partition("?")[0], response.status_code
        headers = response.headers
        if status in REDIRECTS:
            raise _elsewhere(plain, headers.get("Location", ""))
        kind = headers.get("Content-Type", "").partition(";")[0].strip().lower()
        body = read_body(response, plain, self.limits.max_bytes if most is None else most)
        if not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES and status not in also:
            wait = parse_retry_after(headers.get("Retry-After"), headers.get("Date"))
            error = refusal(plain, status, wait)
            error.message += _said(kind, body, self._secrets)
            error.args = (error.message,)
            raise error
        return Answer(status, kind, body, headers.get("Server", ""))


def _unknown(url: str) -> UnauthorizedError:
    return UnauthorizedError(
        f"{url.partition('?')[0]} refuses this user or password",
        hint="LOD_PUSH_USER and LOD_PUSH_PASSWORD, or ~/.netrc, say who pushes",
    )


def _elsewhere(url: str, location: str) -> RedirectError:
    """Where a redirect leads is said, but nothing is sent there: neither data nor a password."""
    hint = None
    try:
        parts = urlsplit(urljoin(url, location.strip()))
        host = parts.netloc.rpartition("@")[2]
        hint = f"name the address itself: {urlunsplit((parts.scheme, host, parts.path, '', ''))}"
    except ValueError:
        location = ""
    if not location:
        hint = None
    return RedirectError(f"{url} redirects, and a push follows no redirect", hint=hint)


def _said(kind: str, body: bytes, secrets: Collection[str]) -> str:
    """The first words of what a store says of its refusal: nothing, where it tells a secret."""
    is_page = kind in _HTML
    if not is_page and kind not in ("text/plain", "application/json", _PROBLEM, ""):
        return ""
    text = body[: _MOST_READ if is_page else 4 * _MOST_SAID].decode("utf-8", "replace")
    lines = (_text_of(text) if is_page else text).strip().splitlines()
    said = lines[0][:_MOST_SAID] if lines else ""
    # A part of the secret at the end, where the words are cut, tells of it too.
    if not said or any(secret and secret in lines[0] for secret in secrets):
        return ""
    return f": {said}"


def _text_of(page: str) -> str:
    """The words of a page in one line, without its title where it has more."""
    from html.parser import HTMLParser

    parts: dict[bool, list[str]] = {True: [], False: []}
    inside: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: object) -> None:
            if tag in _APART:
                inside.append(tag)

        def handle_endtag(self, tag: str) -> None:
            if tag in inside:
                del inside[inside.index(tag) :]

        def handle_data(self, data: str) -> None:
            if not {"script", "style"} & set(inside):
                parts[bool(inside)].append(data)

    reader = Reader()
    reader.feed(page)
    reader.close()
    words = (" ".join(" ".join(one).split()) for one in (parts[False], parts[True]))
    return next(filter(None, words), "")
