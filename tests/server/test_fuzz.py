"""Whatever is sent, it ends in no mistake of the server, and the next one is answered."""

from __future__ import annotations

import json
import re
import socket
from contextlib import closing

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.server.serving import BASE, Server

_A_MOMENT = 0.2
_EXAMPLES = 100
ALIVE = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=_EXAMPLES,
    deadline=None,
)
END = b"GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
INSIDE = re.compile(r"Traceback|site-packages|\.py\b|/lod/|/tmp/|/root/|/home/")


def exchange(port: int, data: bytes) -> bytes:
    """What the server answers until it closes the connection, or waits for more."""
    with closing(socket.create_connection(("127.0.0.1", port))) as connection:
        connection.settimeout(_A_MOMENT)
        parts = []
        try:
            connection.sendall(data)
            while part := connection.recv(65536):
                parts.append(part)
        except (ConnectionError, TimeoutError):
            pass
        return b"".join(parts)


def check(server: Server, answer: bytes) -> None:
    """An answer, if there is one, is one of HTTP and no mistake; the server lives."""
    assert not answer or re.match(rb"HTTP/1\.[01] [1-4][0-9][0-9] ", answer), answer[:200]
    assert not INSIDE.search(answer.decode("latin-1")), answer[:500]
    assert server.get("/health/live").status_code == 200


METHODS = st.sampled_from(
    [*("GET", "HEAD", "POST", "PUT", "OPTIONS", "TRACE", "CONNECT", "get", "G ET", "", "PRI")]
)
TARGETS = st.one_of(
    st.sampled_from(
        [
            *("/", "*", "http://evil.example/", "//x", "/sparql", "/sparql?query=ASK%7B%7D", "x"),
            *(
                "/graph-store?default",
                "/entity/putin",
                "/%",
                "/%00",
                "/\xff",
                "/ x",
                "/?#",
                "?",
                "",
            ),
        ]
    ),
    st.text(st.characters(max_codepoint=255), max_size=40).map(lambda text: f"/{text}"),
)
HEADERS = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *(
                    "Host: localhost",
                    "Host: evil",
                    "Host:",
                    "host : localhost",
                    " folded",
                    "x",
                    ":",
                ),
                *("Content-Length: 5", "Content-Length: -1", "Content-Length: 1e9", "Expect: x"),
                *("Content-Length: 99999999999999999999", "Transfer-Encoding: chunked", "Range: x"),
                *("Transfer-Encoding: gzip, chunked", "Upgrade: websocket", "Connection: upgrade"),
                *(
                    "Accept: */*;q=9",
                    "Accept: ,;",
                    "Accept-Encoding: gzip;q=x",
                    "If-None-Match: W/",
                ),
                *("If-Modified-Since: Tue, 99 Foo 99999 99:99:99 GMT", "Expect: 100-continue"),
                *("If-Modified-Since: Mon, 01 Jan 0001 00:00:00 -9999", "If-None-Match: *"),
                *("Content-Type: application/sparql-query", "Content-Type: ;charset=", "Via: \x00"),
                "Content-Type: application/x-www-form-urlencoded",
            ]
        ),
        st.text(st.characters(max_codepoint=255), max_size=30),
    ),
    max_size=5,
)
BODIES = st.one_of(
    st.binary(max_size=40),
    st.sampled_from(
        [b"query=ASK{}", b"ASK {}", b"5\r\nASK{}\r\n0\r\n\r\n", b"ffffffffff\r\n", b"\r\n"]
    ),
)


@ALIVE
@given(
    METHODS, TARGETS, st.sampled_from(["HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "HTTP/9", ""]), HEADERS
)
def test_any_head(
    store_server: Server, method: str, target: str, version: str, headers: list[str]
) -> None:
    head = "\r\n".join([f"{method} {target} {version}", *headers, "", ""]).encode("latin-1")
    check(store_server, exchange(store_server.port, head + END))


@ALIVE
@given(HEADERS, BODIES)
def test_any_body(store_server: Server, headers: list[str], body: bytes) -> None:
    lines = ["POST /sparql HTTP/1.1", "Host: localhost", *headers, "", ""]
    check(store_server, exchange(store_server.port, "\r\n".join(lines).encode("latin-1") + body))


@ALIVE
@given(st.binary(max_size=200))
def test_any_bytes(store_server: Server, data: bytes) -> None:
    check(store_server, exchange(store_server.port, data))


FIELDS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "query",
                "default-graph-uri",
                "named-graph-uri",
                "format",
                "update",
                "graph",
                "default",
                "x",
            ]
        ),
        st.one_of(
            st.sampled_from(
                ["ASK {}", "SELECT * { ?s ?p ?o } LIMIT 1", f"{BASE}dataset", "csv", ""]
            ),
            st.text(max_size=20),
        ),
    ),
    max_size=4,
)


@ALIVE
@given(FIELDS, st.sampled_from(["/sparql", "/graph-store", "/entity/putin"]), st.text(max_size=30))
def test_any_parameters(
    store_server: Server, fields: list[tuple[str, str]], path: str, accept: str
) -> None:
    headers = (
        {"Accept": accept.strip().encode("utf-8", "replace")}
        if accept.strip().isprintable()
        else {}
    )
    safe = [(name, text.encode("utf-8", "replace")) for name, text in fields]
    answer = store_server.client.get(path, params=safe, headers=headers)  # type: ignore[arg-type] # bytes are fine
    assert answer.status_code < 500, answer.text
    assert not INSIDE.search(answer.text.replace(BASE, "")) or answer.status_code == 200


PIECES = [
    *(
        "SELECT",
        "ASK",
        "CONSTRUCT",
        "DESCRIBE",
        "WHERE",
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
        ".",
        ";",
        ",",
    ),
    *(
        "?s",
        "?p",
        "?o",
        "$x",
        "a",
        "lod:Claim",
        "<entity/putin>",
        "<x y>",
        '"x"',
        "'y'@en",
        "1",
        "-2",
    ),
    *("1e400", "FILTER", "OPTIONAL", "UNION", "MINUS", "GRAPH", "VALUES", "UNDEF", "BIND", "AS"),
    *(
        "COUNT(*)",
        "GROUP BY",
        "HAVING",
        "ORDER BY",
        "LIMIT 3",
        "OFFSET 1",
        "REGEX(?s,",
        "*",
        "+",
        "|",
    ),
    *("!", "^", "/", "<", ">", "=", "&&", "||", "<<", ">>", "{|", "|}", "#", "\n", "\\u0053ERVICE"),
    *("SERVICE", "FROM", "LOAD", "BASE", "PREFIX x:", "STRDT(", "IRI(", "NOW()", "\x00", "é", "😀"),
    *("CONCAT(", "EXISTS", "NOT", "IN", "_:b", "()", "[]", "true", "^^", "xsd:integer", "DISTINCT"),
]


@ALIVE
@given(
    st.lists(st.sampled_from(PIECES), max_size=16).map(" ".join),
    st.sampled_from(["text/csv", "text/turtle", "application/sparql-results+xml", "*/*"]),
)
def test_any_query(store_server: Server, query: str, accept: str) -> None:
    answer = store_server.query(query, accept)
    assert answer.status_code in (200, 400, 403, 406, 422), (query, answer.text)
    if answer.status_code != 200:
        assert not INSIDE.search(answer.text), answer.text


def test_requests_at_once_are_answered_in_turn(store_server: Server) -> None:
    """Pipelining (RFC 9112, 9.3.2): slow ones do not overtake, fast ones wait."""
    asked = [
        "/health/live",
        "/sparql?query=ASK%7B%3Fs%20%3Fp%20%3Fo%7D",
        "/nothing",
        "/health/live",
    ]
    data = b"".join(f"GET {one} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode() for one in asked)
    answer = exchange(store_server.port, data + END)
    assert re.findall(rb"HTTP/1\.1 (\d+)", answer) == [b"200", b"200", b"404", b"200", b"200"]
    assert answer.index(b'"boolean":true') < answer.index(b"nothing here")


def test_log_stays_lines_of_json_without_secrets(store_server: Server) -> None:
    secret = "-".join(("hunter2", "of", "the", "log"))
    headers = {"Authorization": f"Basic {secret}", "Cookie": secret}
    client = store_server.client
    for text in (f"ASK {{ ?s ?p '{secret}' ", f"SELECT {secret}", f"ASK {{ {secret}:a ?p ?o }}"):
        assert client.post("/sparql", data={"query": text}, headers=headers).status_code == 400
    client.get("/sparql", params={"query": "ASK {}", "default-graph-uri": f"{secret} x"})
    client.get("/graph-store", params={"graph": f"urn:x:{secret}"})
    client.get(f"/nothing?password={secret}", headers=headers)
    client.get("/last-of-the-secrets")
    while not any(one.get("path") == "/last-of-the-secrets" for one in store_server.lines()):
        pass
    assert secret not in store_server.log.read_text("utf-8")
    known = [json.loads(line) for line in store_server.log.read_text("utf-8").splitlines()]
    assert any(one.get("outcome") == "malformed" for one in known)
