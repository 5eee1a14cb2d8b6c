"""One request to one server: its headers, its limits, its redirects. Nothing is repeated here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from lod.errors import InputError
from lod.version import __version__
from lod.wikidata.errors import (
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
from lod.wikidata.limits import NetworkLimits
from lod.wikidata.retry_after import parse_retry_after
from lod.wikidata.wikibase import Wikibase

if TYPE_CHECKING:
    import requests

_REDIRECTS = {301, 302, 303, 307, 308}
#: With these a POST goes on as a POST; with the others its body would be lost.
_KEEP_METHOD = {307, 308}
_STATUSES = {int(status) for status in HTTPStatus}
_CHUNK = 64 * 1024


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
        self._session = _session(limits.parallel)
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
        import requests
        import urllib3

        from lod.wikidata.watch import Watch

        with Watch(self.limits.deadline) as watch:
            try:
                answer = self._follow(request)
            except NetworkError as error:
                # What was cut can look like an answer without headers, or of another kind.
                if watch.expired:
                    raise self._late(request) from error
                raise
            except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
                if watch.expired:
                    raise self._late(request) from error
                raise _translated(request.url, error) from error
            except ValueError as error:
                # Headers and addresses that the libraries below cannot read at all.
                raise ConnectionFailedError(
                    f"{request.url} gave an unreadable answer: {error}"
                ) from error
            if watch.expired:
                raise self._late(request)
            return answer

    def _late(self, request: Request) -> DeadlineError:
        return DeadlineError(
            f"{request.url} had not answered in full after {self.limits.deadline:g} seconds"
        )

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
                if response.status_code not in _REDIRECTS:
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
            raise _refusal(url, status, wait)
        kind = headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if kind != "application/json" and not kind.endswith("+json"):
            raise WrongContentTypeError(
                f"{url} answered with {kind[:100] or 'no content type'} instead of JSON",
                hint="a proxy or a login page may stand in between",
            )
        return Answer(url, self._body(response, url), wait)

    def _body(self, response: requests.Response, url: str) -> bytes:
        limit = self.limits.max_bytes
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


def _session(parallel: int) -> requests.Session:
    """A session that follows no redirect, keeps no cookie, and can be cut by a watch."""
    import requests
    from requests.adapters import HTTPAdapter

    from lod.wikidata.watch import WATCHED_POOLS

    class Session(requests.Session):
        def get_redirect_target(self, resp: requests.Response) -> str | None:
            """None: the transport follows redirects itself.

            The library would read a redirect's body to its end first, however long it is.
            """
            return None

    class Adapter(HTTPAdapter):
        def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
            super().init_poolmanager(*args, **kwargs)
            self.poolmanager.pool_classes_by_scheme = WATCHED_POOLS

        def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:
            manager = super().proxy_manager_for(*args, **kwargs)
            manager.pool_classes_by_scheme = WATCHED_POOLS
            return manager

    session = Session()
    for scheme in ("http://", "https://"):
        session.mount(scheme, Adapter(pool_connections=4, pool_maxsize=parallel))
    # Proxies of the environment are used, but passwords of ~/.netrc are sent to nobody.
    session.auth = _no_password
    session.cookies.set_policy(_no_cookies())
    return session


def _no_password(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def _no_cookies() -> Any:
    from http.cookiejar import DefaultCookiePolicy

    return DefaultCookiePolicy(allowed_domains=[])


def _refusal(url: str, status: int, wait: float | None) -> NetworkError:
    phrase = f" ({HTTPStatus(status).phrase})" if status in _STATUSES else ""
    said = f"{url} answered {status}{phrase}"
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return RateLimitedError(said, retry_after=wait)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return ServerError(said, retry_after=wait)
    hint = (
        "Wikimedia refuses clients without a proper User-Agent: give a real contact"
        if status == HTTPStatus.FORBIDDEN
        else None
    )
    return RefusedError(said, status, hint=hint)


def _translated(url: str, error: Exception) -> NetworkError:
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
    return ConnectionFailedError(f"{names}, no connection")
