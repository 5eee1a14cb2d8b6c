"""A store is believed to be who it says only with a certificate that is trusted."""

from __future__ import annotations

import ssl
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from lod.http.errors import ConnectionFailedError
from lod.push.transport import StoreError
from tests.push.conftest import Push
from tests.push.faulty import Server
from tests.push.publications import parcel
from tests.system import program


class NoStore(BaseHTTPRequestHandler):
    """Answers that there is nothing here, and notes who asked."""

    asked: list[str]

    def do_POST(self) -> None:
        self.asked.append(self.path)
        self.send_error(404)

    do_PUT = do_GET = do_POST  # noqa: N815 - the names are given

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name below
        """Say nothing."""


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for this machine that nobody signed, with its key in one file."""
    file = tmp_path / "own.pem"
    subprocess.run(
        [
            *(program("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-keyout", str(tmp_path / "key"), "-out", str(tmp_path / "cert")),
            *("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"),
        ],
        check=True,
        capture_output=True,
    )
    file.write_bytes((tmp_path / "key").read_bytes() + (tmp_path / "cert").read_bytes())
    return file


@pytest.fixture
def server(certificate: Path) -> Iterator[tuple[str, list[str]]]:
    """The address of a server with that certificate, and what it was asked."""
    asked: list[str] = []
    handler = type("Bound", (NoStore,), {"asked": asked})
    web = Server(("127.0.0.1", 0), handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    web.socket = context.wrap_socket(web.socket, server_side=True)
    thread = threading.Thread(target=web.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"https://localhost:{web.server_address[1]}/update", asked
    web.shutdown()
    web.server_close()
    thread.join()


def test_unknown_certificate_is_refused(server: tuple[str, list[str]], pushed: Push) -> None:
    address, asked = server
    with pytest.raises(ConnectionFailedError, match="no trusted connection") as caught:
        pushed([parcel("https://data.example.org/")], address)
    assert not caught.value.transient
    assert asked == []


def test_certificate_of_an_authority_of_your_own(
    server: tuple[str, list[str]],
    pushed: Push,
    certificate: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    address, asked = server
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate.with_name("cert")))
    with pytest.raises(StoreError, match="404"):
        pushed([parcel("https://data.example.org/")], address)
    assert asked
