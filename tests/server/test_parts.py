"""Downloads in parts, bodies that are encoded, and targets that name another host."""

from __future__ import annotations

import gzip
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.serving import Server, serving

LARGE = bytes(range(256)) * 20_000


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A site with a small and a large file of quads, and a table."""
    from lod.site.build import build_site
    from tests.cli.conftest import FACTS, TEXT

    folder = tmp_path_factory.mktemp("site")
    (folder / "in").mkdir()
    (folder / "in" / "facts.yaml").write_text(FACTS, "utf-8")
    (folder / "in" / "text.txt").write_text(TEXT, "utf-8")
    build_site(folder / "in", folder / "out")
    with serving(folder / "log", folder / "out") as server:
        # Once it runs, so that they are no data of the site.
        (folder / "out" / "large.nq").write_bytes(LARGE)
        (folder / "out" / "small.nq").write_bytes(LARGE[:5000])
        (folder / "out" / "claims.parquet").write_bytes(b"PAR1" + LARGE[:1000])
        yield server


@pytest.mark.parametrize("name", ["large.nq", "small.nq", "claims.parquet"])
def test_a_download_is_taken_up_where_it_ended(site: Server, name: str) -> None:
    whole = site.get(f"/{name}", Accept_Encoding="identity")
    assert whole.headers["accept-ranges"] == "bytes"
    size, etag = len(whole.content), whole.headers["etag"]
    parts = b""
    while len(parts) < size:
        end = min(size, len(parts) + size // 3 + 1)
        part = site.get(f"/{name}", Range=f"bytes={len(parts)}-{end - 1}", If_Range=etag)
        assert part.status_code == 206
        assert part.headers["content-range"] == f"bytes {len(parts)}-{end - 1}/{size}"
        assert part.headers["etag"] == etag
        assert int(part.headers["content-length"]) == len(part.content) == end - len(parts)
        parts += part.content
    assert parts == whole.content
    assert site.get(f"/{name}", Range="bytes=-7").content == whole.content[-7:]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Range": "bytes=99999999-"}, 416),
        ({"Range": "bytes=0-1, 3-4"}, 200),
        ({"Range": "bytes=5-1"}, 200),
        ({"Range": "lines=1-2"}, 200),
        ({"Range": "bytes=0-1", "If_Range": '"another"'}, 200),
        ({"Range": "bytes=0-1", "If_Range": 'W/"weak"'}, 200),
        ({"Range": "bytes=0-1", "If_Range": "Wed, 27 Nov 2019 10:00:00 GMT"}, 200),
        ({"Range": "bytes=0-1"}, 206),
    ],
)
def test_what_cannot_be_cut_is_whole(site: Server, headers: dict[str, str], status: int) -> None:
    answer = site.get("/large.nq", **headers)
    assert answer.status_code == status
    assert len(answer.content) == {200: len(LARGE), 206: 2, 416: 0}[status]
    if status == 416:
        assert answer.headers["content-range"] == f"bytes */{len(LARGE)}"


def test_a_page_that_changed_is_sent_whole_and_one_that_did_not_is_not(site: Server) -> None:
    last = site.get("/large.nq").headers["last-modified"]
    assert site.get("/large.nq", Range="bytes=0-1", If_Range=last).status_code == 206
    etag = site.get("/large.nq").headers["etag"]
    assert site.get("/large.nq", Range="bytes=0-1", If_None_Match=etag).status_code == 304


def test_types_of_downloads(site: Server) -> None:
    assert site.get("/small.nq").headers["content-type"] == "application/n-quads"
    assert site.get("/claims.parquet").headers["content-type"] == "application/vnd.apache.parquet"


@pytest.mark.parametrize("coding", ["gzip", "br", "deflate, gzip"])
def test_an_encoded_body_is_of_no_type_that_is_taken(site: Server, coding: str) -> None:
    body = gzip.compress(b"ASK {}")
    headers = {"Content-Type": "application/sparql-query", "Content-Encoding": coding}
    answer = site.client.post("/sparql", content=body, headers=headers)
    assert answer.status_code == 415
    assert answer.headers["accept-encoding"] == "identity"
    assert "Content-Encoding" in answer.text


@pytest.mark.parametrize(
    ("target", "host", "fine"),
    [
        ("/", "localhost", True),
        ("http://localhost/", "localhost", True),
        ("http://localhost/", "evil.example", True),  # what Host says does not count then
        ("http://evil.example/", "localhost", False),
        ("https://evil.example/", "localhost", False),
        ("http://localhost@evil.example/", "localhost", False),
        ("/", "evil.example", False),
    ],
)
def test_an_absolute_target_holds_to_the_check_of_the_host(
    site: Server, target: str, host: str, fine: bool
) -> None:
    with socket.create_connection(("127.0.0.1", site.port), timeout=20) as connection:
        request = f"GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        connection.sendall(request.encode())
        status = int(connection.makefile("rb").readline().split()[1])
    assert (status == 200) == fine
    assert status in (200, 400, 403, 421)


def test_statuses_are_in_the_documentation() -> None:
    text = Path("docs/serve.md").read_text("utf-8")
    listed = " ".join(line for line in text.splitlines() if line.startswith("| "))
    statuses = (206, 303, 304, 308, 400, 403, 404, 405, 406, 408, 413, 414, 415, 416, 421, 431)
    for status in (*statuses, 500, 503):
        assert str(status) in listed, status
