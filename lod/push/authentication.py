"""How a client says who it is: Digest where the server takes it, else Basic."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from lod.push.address import is_private
from lod.push.credentials import Credentials
from lod.push.errors import UnauthorizedError

if TYPE_CHECKING:
    import requests
    from requests.auth import AuthBase


def answer_challenge(
    address: str, challenges: str, credentials: Credentials | None, *, plain: bool
) -> AuthBase:
    """How to answer a server that wants to know who is there (RFC 9110, section 11.6.1).

    Args:
        address: what was asked for.
        challenges: its header `WWW-Authenticate`.
        credentials: what can be said, or None.
        plain: whether the password may go over a connection that others can read.

    Raises:
        UnauthorizedError: there is nothing to say, or no safe way to say it.
    """
    from requests.auth import HTTPBasicAuth

    offered = challenges.lower()
    if credentials is None:
        raise UnauthorizedError(
            f"{address} wants a user and a password",
            hint="put them into LOD_PUSH_USER and LOD_PUSH_PASSWORD, or into ~/.netrc",
        )
    if "digest" in offered:
        return _digest(credentials)
    if "basic" in offered:
        if not plain and not is_private(address):
            raise UnauthorizedError(
                f"{address} wants the password unprotected, and everybody on the way could read it",
                hint="use an address with https, or say --password-over-http in a network of "
                "your own",
            )
        user, password = credentials.user.encode(), credentials.password.encode()
        return HTTPBasicAuth(user, password)
    raise UnauthorizedError(f"{address} takes neither Basic nor Digest authentication")


def _digest(credentials: Credentials) -> AuthBase:
    from requests.auth import HTTPDigestAuth

    class Digest(HTTPDigestAuth):
        def handle_401(self, r: requests.Response, **kwargs: Any) -> requests.Response:
            """Answer the challenge.

            The library would first read the body of the refusal, however long it is.
            """
            if r.status_code == 401:
                raw, r.raw = r.raw, io.BytesIO()
                raw.close()
            answer: requests.Response = super().handle_401(r, **kwargs)  # type: ignore[no-untyped-call]  # the stubs leave it out
            return answer

    return Digest(credentials.user, credentials.password)
