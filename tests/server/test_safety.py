"""What the server does not do, and what it survives."""

from __future__ import annotations

import os
import select
import signal
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from tests.server.serving import BASE, Server, children_of, serving

CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
PATHS = "SELECT (COUNT(*) AS ?n) { ?a (<urn:a:p>|!<urn:a:p>)* ?b . ?c (<urn:a:q>|!<urn:a:q>)* ?d }"
OPTIONALS = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c "
    + "OPTIONAL { ?a ?p ?c " * 30
    + "} " * 30
    + ("OPTIONAL { ?d ?e ?f OPTIONAL { ?g ?h ?i } } }")
)
VALUES = (
    "SELECT (COUNT(*) AS ?n) { "
    + " ".join(
        f"VALUES ?v{at} {{ {' '.join(str(one) for one in range(2000))} }}" for at in range(8)
    )
    + " }"
)
REGEX = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(REGEX(CONCAT(STR(?c), STR(?f)), "
    '"^(([a-z])+.)+[A-Z]([a-z])+$|(a|a)*b|(.*a){20}")) }'
)
MEMORY = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f LIMIT 1"
ROWS = "SELECT * { ?a ?b ?c . ?d ?e ?f }"


_LIMITS = ["--max-rows", "1000", "--max-bytes", "100000", "--max-memory", "200000000"]


@pytest.fixture(scope="module")
def strict_server(store_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with small limits."""
    log = tmp_path_factory.mktemp("strict") / "log"
    limits = ["--max-seconds", "2", *_LIMITS, "--slow-workers", "4"]
    with serving(log, store_folder, *limits) as server:
        yield server


@pytest.fixture(scope="module")
def patient_server(
    store_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """A server with small limits, but of time: a busy machine must not run out of that first."""
    log = tmp_path_factory.mktemp("patient") / "log"
    with serving(log, store_folder, "--max-seconds", "100", *_LIMITS) as server:
        yield server


ENDLESS = {"cross product": CROSS, "paths": PATHS, "values": VALUES, "regex": REGEX}


def test_endless_queries_are_stopped(strict_server: Server) -> None:
    """All at once, as each of them ends with its time."""
    started = time.monotonic()
    with ThreadPoolExecutor(len(ENDLESS)) as threads:
        found = list(threads.map(strict_server.query, ENDLESS.values()))
    assert time.monotonic() - started < 15
    for name, answer in zip(ENDLESS, found, strict=True):
        assert answer.status_code == 504, (name, answer.text)
        assert "2 seconds" in answer.text, name
    assert strict_server.query("ASK { ?s ?p ?o }").json()["boolean"] is True


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        (OPTIONALS, 422, "more memory"),
        (ROWS, 422, "bytes|rows"),
        ("SELECT ?a { ?a ?b ?c }", 422, "rows|bytes"),
        ("SELECT (1 AS ?x) { ?a ?b ?c }", 422, "1,000 rows"),
        ("CONSTRUCT { ?a ?b ?c } { ?a ?b ?c }", 422, "rows|bytes"),
        ("SELECT * { " + "{ " * 501 + "} " * 501 + " }", 400, "deeper than 500 levels"),
        ("SELECT * { ?s ?p ((", 400, "malformed"),
    ],
    ids=[
        *("optionals", "rows of pairs", "bytes"),
        *("rows", "triples", "nesting", "brackets"),
    ],
)
def test_killer_query_is_stopped(
    patient_server: Server, query: str, status: int, said: str
) -> None:
    import re

    answer = patient_server.query(query, "text/csv, text/turtle")
    assert answer.status_code == status, answer.text
    assert re.search(said, answer.text), answer.text
    # Nobody else notices: the next one is answered.
    assert patient_server.query("ASK { ?s ?p ?o }").json()["boolean"] is True


def test_query_that_takes_all_memory_is_stopped(store_folder: Path, tmp_path: Path) -> None:
    arguments = ["--max-seconds", "60", "--max-memory", "100000000"]
    with serving(tmp_path / "log", store_folder, *arguments) as server:
        answer = server.query(MEMORY)
        assert answer.status_code == 422, answer.text
        assert "memory" in answer.text
        assert server.query("ASK { ?s ?p ?o }").json()["boolean"] is True


def test_process_that_is_killed_is_replaced(store_folder: Path, tmp_path: Path) -> None:
    with serving(tmp_path / "log", store_folder) as server:
        for child in children_of(server.process.pid):
            os.kill(child, signal.SIGKILL)
        for _ in range(20):
            assert server.query("ASK { ?s ?p ?o }").status_code == 200
        # In the middle of a query, too.
        with ThreadPoolExecutor(1) as threads:
            answer = threads.submit(server.query, CROSS)
            while server.metric('lod_queries_running{lane="slow"}') < 1:
                time.sleep(0.02)
            time.sleep(0.5)
            for child in children_of(server.process.pid):
                os.kill(child, signal.SIGKILL)
            assert answer.result().status_code == 422
            assert "stopped from outside" in answer.result().text
        assert server.query("ASK { ?s ?p ?o }").status_code == 200


def test_too_many_are_told_to_come_again(store_folder: Path, tmp_path: Path) -> None:
    arguments = ["--max-seconds", "2", "--workers", "1", "--slow-workers", "1"]
    with serving(tmp_path / "log", store_folder, *arguments) as server:
        queries = [CROSS.replace("?n", f"?n{at}") + f" LIMIT {at + 1}" for at in range(6)]
        with ThreadPoolExecutor(6) as threads:
            answers = list(threads.map(server.query, queries))
        statuses = [answer.status_code for answer in answers]
        assert set(statuses) == {503, 504}
        for answer in answers:
            if answer.status_code == 503:
                assert int(answer.headers["retry-after"]) > 0
        assert server.query("ASK {}").status_code == 200


def test_slow_queries_delay_no_page(store_folder: Path, tmp_path: Path) -> None:
    with (
        serving(tmp_path / "log", store_folder, "--max-seconds", "60") as server,
        ExitStack() as stack,
    ):
        queries = []
        for at in range(4):
            query = stack.enter_context(socket.create_connection(("127.0.0.1", server.port)))
            target = f"/sparql?query={quote(f'{CROSS} LIMIT {at + 1}')}"
            query.sendall(f"GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            queries.append(query)
        while not server.metric('lod_queries_running{lane="slow"}'):
            time.sleep(0.05)
        # A page that waited for a query would come when that is done.
        for _ in range(5):
            assert server.get("/entity/putin.ttl").status_code == 200
            for query in select.select(queries, [], [], 0)[0]:
                # Those that found no worker in time are sent away; none is done.
                assert query.recv(65536).startswith(b"HTTP/1.1 503 ")
                queries.remove(query)
        assert queries


def test_client_that_goes_away_ends_its_query(store_folder: Path, tmp_path: Path) -> None:
    with serving(tmp_path / "log", store_folder, "--max-seconds", "60") as server:
        with pytest.raises(httpx.ReadTimeout):
            server.client.post("/sparql", data={"query": CROSS}, timeout=0.5)
        end = time.monotonic() + 20
        while server.metric('lod_queries_running{lane="slow"}'):
            assert time.monotonic() < end
            time.sleep(0.05)


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("127.0.0.1:1234", 200),
        ("[::1]:80", 200),
        ("LOCALHOST.", 200),
        ("evil.example", 421),
        ("localhost.evil.example", 421),
        ("127.0.0.1.evil.example", 421),
        ("192.168.0.1", 421),
        ("localhost@evil.example", 421),
        ("local host", 421),
        ("", 421),
    ],
)
def test_only_known_hosts_are_answered(store_server: Server, host: str, status: int) -> None:
    for path in ("/", "/sparql?query=ASK%7B%7D", "/health"):
        assert store_server.get(path, Host=host).status_code == status


def exchange(port: int, data: bytes) -> bytes:
    """What the server answers to these bytes, until it closes the connection."""
    with closing(socket.create_connection(("127.0.0.1", port))) as connection:
        parts = []
        try:
            connection.sendall(data)
            while part := connection.recv(65536):
                parts.append(part)
        except ConnectionError:
            pass
        return b"".join(parts)


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GET /health HTTP/1.1\r\nConnection: close\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil\r\nConnection: close\r\n\r\n", 400),
        (b"nonsense\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 200_000 + b"\r\n\r\n", 431),
        (b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", 431),
        (
            b"GET /?" + b"a" * 40_000 + b" HTTP/1.1\r\nHost: localhost\r\n"
            b"Connection: close\r\n\r\n",
            414,
        ),
        (
            b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            b"Content-Type: application/sparql-query\r\nContent-Length: 99999999\r\n\r\n",
            413,
        ),
    ],
    ids=["no host", "two hosts", "nonsense", "header", "path", "address", "body"],
)
def test_requests_have_limits(store_server: Server, request_: bytes, status: int) -> None:
    answer = exchange(store_server.port, request_)
    assert answer.startswith(f"HTTP/1.1 {status}".encode()), answer[:100]
    assert store_server.get("/health").status_code == 200


def test_body_without_a_length_has_a_limit(store_server: Server) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(100):
            yield b" " * 100_000

    headers = {"Content-Type": "application/sparql-query"}
    try:
        answer = store_server.client.post("/sparql", content=endless(), headers=headers)
    except httpx.WriteError:
        return  # the server closed the connection before all was sent
    assert answer.status_code == 413


def test_query_too_long_to_look_at(store_server: Server) -> None:
    answer = store_server.query("ASK { } #" + "a" * 1_100_000)
    assert answer.status_code == 400
    assert "1,000,000 characters" in answer.text


def test_no_error_tells_of_the_inside(store_server: Server, store_folder: Path) -> None:
    answers = [
        store_server.get(path, accept)
        for accept in ("text/plain", "text/html", "application/json")
        for path in (
            "/nothing",
            "/entity/%00",
            "/sparql?query=SELECT",
            "/sparql?query=SELECT%20*%20%7B%20%3Fs%20%3Fp%20%3Co%20%7D",
            "/graph-store?graph=x",
            "/graph-store/../../x",
        )
    ]
    answers.append(store_server.query(CROSS.replace("COUNT(*)", "COUNT(")))
    for answer in answers:
        for inside in (str(store_folder.parent), "site-packages", "Traceback", ".py", "/lod/"):
            assert inside not in answer.text


def test_query_processes_open_no_connection(
    store_folder: Path, quads: Path, tmp_path: Path
) -> None:
    """A real listener is never asked, whichever way a query names it."""
    called = threading.Event()
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        port = listener.getsockname()[1]

        def wait() -> None:
            try:
                listener.accept()[0].close()
                called.set()
            except OSError:
                pass

        threading.Thread(target=wait, daemon=True).start()
        here = f"http://127.0.0.1:{port}/"
        with serving(tmp_path / "log", store_folder) as server:
            for query in (
                f"SELECT * {{ SERVICE <{here}> {{ ?s ?p ?o }} }}",
                f"SELECT * {{ SERVICE SILENT <{here}> {{ ?s ?p ?o }} }}",
                f"ASK FROM <{here}> {{ ?s ?p ?o }}",
                rf"SELECT * {{ \u0053ERVICE <{here}> {{ ?s ?p ?o }} }}",
                f"LOAD <{here}>",
            ):
                assert server.query(query).status_code == 403
            named = {"query": "ASK { ?s ?p ?o }", "default-graph-uri": here}
            assert server.client.post("/sparql", data=named).json()["boolean"] is False
        assert not called.is_set()


def test_log_has_no_query(store_server: Server) -> None:
    assert store_server.query(f"ASK {{ <{BASE}entity/secret-{os.getpid()}> ?p ?o }}").is_success
    assert store_server.get(f"/sparql?query=ASK%20%7B%7D%23secret-{os.getpid()}").is_success
    end = time.monotonic() + 10
    while not any(line.get("form") == "ASK" for line in store_server.lines()):
        assert time.monotonic() < end
        time.sleep(0.05)
    assert f"secret-{os.getpid()}" not in store_server.log.read_text("utf-8")
    line = next(one for one in store_server.lines() if one.get("form") == "ASK")
    assert {"time", "method", "path", "status", "ms", "bytes", "form"} <= line.keys()
