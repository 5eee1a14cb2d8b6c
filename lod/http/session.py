"""Sessions with servers: no redirect is followed, no cookie kept, no password sent unasked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from lod.counts import counted
from lod.http.answers import translated
from lod.http.errors import ConnectionFailedError, DeadlineError, NetworkError

if TYPE_CHECKING:
    import requests

T = TypeVar("T")


def open_session(parallel: int) -> requests.Session:
    """A session that follows no redirect, keeps no cookie, and can be cut by a watch.

    Proxies of the environment are used, but passwords of a netrc are sent to nobody.

    Args:
        parallel: how many requests to one server are open at once.
    """
    import requests
    from requests.adapters import HTTPAdapter

    from lod.http.watch import WATCHED_POOLS

    class Session(requests.Session):
        def get_redirect_target(self, resp: requests.Response) -> str | None:
            """None: whoever sends decides on redirects.

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
    session.auth = _no_password
    session.cookies.set_policy(_no_cookies())
    return session


def within(deadline: float, url: str, exchange: Callable[[], T]) -> T:
    """Do an exchange with a server, and cut its connections when its time is over.

    Args:
        deadline: seconds that it may take in all.
        url: of the server, for messages.
        exchange: sends one request, follows it, reads its answer.

    Raises:
        NetworkError: one of its kinds; `transient` tells whether to try again.
    """
    import requests
    import urllib3

    from lod.http.watch import Watch

    late = DeadlineError(f"{url} had not answered in full after {counted(deadline, 'second')}")
    with Watch(deadline) as watch:
        try:
            answer = exchange()
        except NetworkError as error:
            # What was cut can look like an answer without headers, or of another kind.
            if watch.expired:
                raise late from error
            raise
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            if watch.expired:
                raise late from error
            raise translated(url, error) from error
        except ValueError as error:
            # Headers and addresses that the libraries below cannot read at all.
            raise ConnectionFailedError(f"{url} gave an unreadable answer: {error}") from error
        if watch.expired:
            raise late
        return answer


def _no_password(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def _no_cookies() -> Any:
    from http.cookiejar import DefaultCookiePolicy

    return DefaultCookiePolicy(allowed_domains=[])
