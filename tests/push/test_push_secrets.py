"""Who pushes is said to the store alone, and shown nowhere."""

from __future__ import annotations

import subprocess
import sys
from base64 import b64encode
from pathlib import Path

import pytest

from lod.errors import InputError
from lod.http.errors import UnauthorizedError
from lod.push.address import check_address
from lod.push.authentication import Credentials, answer_challenge, find_credentials
from tests.cli.conftest import Lod
from tests.push.conftest import Push, held, log_in, meant
from tests.push.faulty import Handler, Proxy, basic, faulty
from tests.push.publications import parcel, quads, write
from tests.stores.running import RunningStore

ROOT = "https://data.example.org/"
SECRET = "Pa55-wörd:with colon"  # noqa: S105 - of a server of the tests


@pytest.fixture
def secret(monkeypatch: pytest.MonkeyPatch) -> str:
    """The password, in the environment."""
    monkeypatch.setenv("LOD_PUSH_USER", "desk")
    monkeypatch.setenv("LOD_PUSH_PASSWORD", SECRET)
    return SECRET


def authorizations(proxy: Proxy) -> list[str | None]:
    return [headers.get("Authorization") for _, _, headers in proxy.seen]


def test_basic_after_the_server_asked(
    proxy: Proxy, oxigraph: RunningStore, pushed: Push, secret: str
) -> None:
    proxy.guard = basic("desk", secret)
    assert pushed([parcel(ROOT)], proxy.update).is_fine
    assert held(oxigraph, ROOT) == meant([parcel(ROOT)])
    said = authorizations(proxy)
    assert said[0] is None
    assert all(word is not None and word.startswith("Basic ") for word in said[1:])


def test_nothing_is_said_to_a_server_that_does_not_ask(
    proxy: Proxy, pushed: Push, secret: str
) -> None:
    assert pushed([parcel(ROOT)], proxy.update).is_fine
    assert set(authorizations(proxy)) == {None}


@pytest.mark.parametrize("via", ["update", "gsp"])
def test_wrong_password_for_digest(
    virtuoso: RunningStore, pushed: Push, secret: str, via: str
) -> None:
    to = virtuoso.update if via == "update" else virtuoso.graph_store
    with pytest.raises(UnauthorizedError, match="refuses this user or password"):
        pushed([parcel(ROOT)], to, via=via)


def test_no_password_at_all(virtuoso: RunningStore, pushed: Push) -> None:
    with pytest.raises(UnauthorizedError, match="wants a user and a password") as caught:
        pushed([parcel(ROOT)], virtuoso.update)
    assert "LOD_PUSH_USER" in str(caught.value.hint)


def test_netrc(
    virtuoso: RunningStore,
    pushed: Push,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = tmp_path / "my-netrc"
    file.write_text(f"machine 127.0.0.1 login {virtuoso.user} password {virtuoso.password}\n")
    file.chmod(0o600)
    monkeypatch.setenv("NETRC", str(file))
    base = "https://data.example.org/by-netrc/"
    assert pushed([parcel(base)], virtuoso.graph_store).is_fine


def test_environment_is_for_the_server_that_is_pushed_to(
    proxy: Proxy, oxigraph: RunningStore, pushed: Push, secret: str
) -> None:
    with faulty(oxigraph) as other:
        other.guard = basic("desk", secret)
        with pytest.raises(UnauthorizedError, match="wants a user and a password"):
            pushed([parcel(ROOT)], proxy.update, query=f"http://127.0.0.1:{other.port}/query")
        assert set(authorizations(other)) == {None}


@pytest.mark.parametrize("arguments", [(), ("-f", "json"), ("--no-check",)], ids=" ".join)
@pytest.mark.parametrize("password", [SECRET, "another"], ids=["right", "wrong"])
def test_password_shows_nowhere(
    proxy: Proxy,
    lod: Lod,
    secret: str,
    tmp_path: Path,
    arguments: tuple[str, ...],
    password: str,
) -> None:
    proxy.guard = basic("desk", password)
    file = write(tmp_path / "a.nq", [quads(ROOT)])
    result = lod("--debug", "push", file, "--to", proxy.update, *arguments)
    assert result.code == (0 if password == secret else 2)
    seen = result.out + result.err
    kept = b"".join(one.read_bytes() for one in tmp_path.rglob("*") if one.is_file())
    for word in (secret, secret.replace(" ", "%20"), "desk"):
        assert word not in seen
        assert word.encode() not in kept
    assert "Basic " not in seen


@pytest.mark.parametrize("form", ["header", "password"])
def test_password_that_a_store_repeats_is_not_shown(
    proxy: Proxy, lod: Lod, secret: str, tmp_path: Path, form: str
) -> None:
    allowed = basic("desk", secret)

    def guard(handler: Handler) -> bool:
        if not allowed(handler):
            return False
        said = handler.headers["Authorization"] if form == "header" else f"desk:{secret}?"
        handler.answer(f"not for you: {said}".encode(), 403, "text/plain")
        return False

    proxy.guard = guard
    file = write(tmp_path / "a.nq", [quads(ROOT)])
    result = lod("--debug", "push", file, "--to", proxy.update)
    assert result.code == 2
    assert "403" in result.err
    token = b64encode(f"desk:{secret}".encode()).decode()
    for word in (secret, token, token[:12]):
        assert word not in result.out + result.err


def test_password_is_in_no_list_of_processes(proxy: Proxy, secret: str, tmp_path: Path) -> None:
    """Neither of the command itself nor of what it starts."""
    proxy.guard = basic("desk", secret)
    file = write(tmp_path / "a.nq", [quads(ROOT)])
    seen: list[str] = []

    def look(_: Handler) -> bool:
        command = ["ps", "-eww", "-o", "args="]
        seen.append(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        return True

    proxy.always = look
    command = [sys.executable, "-m", "lod", "push", str(file), "--to", proxy.update]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert any(proxy.update in one for one in seen)
    assert not any(secret in one for one in seen)


@pytest.mark.parametrize("option", ["--to", "--query"])
def test_password_in_the_address_is_refused(lod: Lod, tmp_path: Path, option: str) -> None:
    file = write(tmp_path / "a.nq", [quads(ROOT)])
    others = ["--to", "http://localhost:1/update"] if option == "--query" else []
    for user in ("desk:hidden-word", "hidden-word"):
        result = lod("push", file, *others, option, f"http://{user}@localhost:1/update")
        assert (result.code, result.out) == (2, "")
        assert "LOD_PUSH_PASSWORD" in result.err
        assert "hidden-word" not in result.err


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("localhost:7878/store", 'the scheme "localhost"'),
        ("ftp://localhost/store", 'the scheme "ftp"'),
        ("urn:x:store", "no address of http"),
        ("http://localhost:port/", "no address"),
        ("http://localhost:7878/store#x", "a fragment"),
        ("http://local host/", "a space"),
        ("http://[::1/", "no address"),
        ("", "not absolute"),
    ],
)
def test_what_is_no_address(address: str, problem: str) -> None:
    with pytest.raises(InputError) as caught:
        check_address(address, "--to")
    assert problem in caught.value.message
    assert "http://localhost:7878/store" in str(caught.value.hint)


def test_password_goes_only_where_nobody_else_reads() -> None:
    known, challenge = Credentials("desk", SECRET), 'Basic realm="store"'
    with pytest.raises(UnauthorizedError, match="unprotected") as caught:
        answer_challenge("http://store.example.org/x", challenge, known, plain=False)
    assert "--password-over-http" in str(caught.value.hint)
    for address in ("https://store.example.org/x", "http://localhost:7878/x", "http://[::1]/x"):
        answer_challenge(address, challenge, known, plain=False)
    answer_challenge("http://store.example.org/x", challenge, known, plain=True)
    # Digest does not send it.
    digest = 'Digest realm="x", nonce="y"'
    answer_challenge("http://store.example.org/x", f"{challenge}, {digest}", known, plain=False)
    with pytest.raises(UnauthorizedError, match="neither Basic nor Digest"):
        answer_challenge("https://store.example.org/x", "Negotiate", known, plain=False)


def test_representation_hides_both() -> None:
    assert repr(Credentials("desk", SECRET)) == "Credentials()"
    assert list(Credentials("desk", SECRET).__rich_repr__()) == []


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({"LOD_PUSH_USER": "desk"}, "LOD_PUSH_PASSWORD is not"),
        ({"LOD_PUSH_PASSWORD": "x"}, "LOD_PUSH_USER is not"),
        ({"LOD_PUSH_USER": "a\nb", "LOD_PUSH_PASSWORD": "x"}, "line break"),
        ({"NETRC": "/nowhere/at-all"}, "cannot be read"),
    ],
)
def test_what_is_no_user(environment: dict[str, str], message: str) -> None:
    address = "https://store.example.org/x"
    with pytest.raises(InputError, match=message):
        find_credentials(address, address, environment)


def test_netrc_that_is_none_is_not_shown(tmp_path: Path) -> None:
    file = tmp_path / "netrc"
    file.write_text("machine store.example.org login desk passwd hidden-word\n")
    address = "https://store.example.org/x"
    with pytest.raises(InputError, match="no netrc") as caught:
        find_credentials(address, address, {"NETRC": str(file)})
    assert "hidden-word" not in f"{caught.value.message} {caught.value.hint}"


def test_digest_body_of_any_size(
    virtuoso: RunningStore, pushed: Push, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first request goes without an answer to the challenge, with its whole body."""
    log_in(virtuoso, monkeypatch)
    base = "https://data.example.org/large/"
    one = parcel(base, quads(base, texts=["x" * 600_000]))
    assert pushed([one], virtuoso.graph_store).is_fine
