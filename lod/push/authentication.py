"""Who pushes: a user and a password from the environment or a netrc, never from an argument.

They are said by Digest where the server takes it, else by Basic, and unprotected to no one.
"""

from __future__ import annotations

import io
import netrc
import os
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from msgspec import Struct

from lod.errors import InputError
from lod.http.errors import UnauthorizedError
from lod.push.address import is_private, origin
from lod.store.places import home_folder

if TYPE_CHECKING:
    import requests
    from requests.auth import AuthBase

USER, PASSWORD = "LOD_PUSH_USER", "LOD_PUSH_PASSWORD"


class Credentials(Struct, frozen=True):
    """A user and a password; neither shows in the representation.

    Attributes:
        user: the user.
        password: the password.
    """

    user: str
    password: str

    def __repr__(self) -> str:
        return "Credentials()"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        """What a struct shows to `rich`, in tracebacks too: nothing."""
        return []

    def written(self) -> tuple[str, ...]:
        """The password in the forms in which a server that was told it could repeat it."""
        both = b64encode(f"{self.user}:{self.password}".encode()).decode()
        return self.password, quote(self.password, safe=""), both, both.rstrip("=")


def find_credentials(
    address: str, target: str, environment: Mapping[str, str] = os.environ
) -> Credentials | None:
    """What to say to a server that asks who is there.

    The two variables are for the server that is pushed to: another one, even another port, gets
    only what a netrc has for its host.

    Args:
        address: what is asked for.
        target: where is pushed to.
        environment: the variables.

    Raises:
        InputError: only one of the variables is set, or the netrc cannot be read.
    """
    user, password = environment.get(USER), environment.get(PASSWORD)
    if (user is None) != (password is None):
        missing, given = (PASSWORD, USER) if password is None else (USER, PASSWORD)
        raise InputError(f"{given} is set, but {missing} is not", hint=f"set {missing} too")
    if user is not None and password is not None and origin(address) == origin(target):
        return Credentials(_clean(user), _clean(password))
    return _from_netrc(address, environment)


def _from_netrc(address: str, environment: Mapping[str, str]) -> Credentials | None:
    named = environment.get("NETRC")
    home = home_folder()
    if not named and (home is None or not (home / ".netrc").is_file()):
        return None
    file = Path(named) if named else Path(home or "", ".netrc")
    try:
        found = netrc.netrc(str(file)).authenticators(urlsplit(address).hostname or "")
    except OSError as error:
        raise InputError(f"{file}: cannot be read: {error.strerror or error}") from None
    except (netrc.NetrcParseError, UnicodeDecodeError) as error:
        # The message of the parser can quote what it could not read: the password.
        line = getattr(error, "lineno", None)
        place = f"{file}:{line}" if line else str(file)
        raise InputError(
            f"{place}: is no netrc", hint="machine HOST login USER password PASSWORD"
        ) from None
    if found is None:
        return None
    user, account, password = found
    return Credentials(_clean(user or account or ""), _clean(password or ""))


def _clean(word: str) -> str:
    """The word, if a header can carry it."""
    if any(character in word for character in "\r\n\0"):
        raise InputError("the user or the password has a line break in it")
    return word


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
