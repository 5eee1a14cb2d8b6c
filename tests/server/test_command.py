"""`lod serve` as people start and stop it."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import httpx
import pytest
import yaml

from lod.server.telemetry import Metrics
from tests.server.serving import BASE, ROOT, children_of, serving, until_gone

TEN_FACTS = ROOT / "tests" / "publications" / "ten-facts"


def lod(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "lod", "serve", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_start_is_told(store_folder: Path, tmp_path: Path) -> None:
    with serving(tmp_path / "log", store_folder) as server:
        assert server.said == {
            "address": server.address,
            "sparql": f"{server.address}sparql",
            "graphs": f"{server.address}graph-store",
            "serving": str(store_folder),
            "base": BASE,
            "endpoint": None,
            "watch": False,
            "errors": [],
        }
        assert server.port > 0


def test_start_is_told_in_words(store_folder: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "lod", "serve", str(store_folder), "--port", "0", "--quiet"],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert process.stdout is not None
    try:
        first = process.stdout.readline()
        assert first.startswith(f"{store_folder} at http://127.0.0.1:")
        assert httpx.get(f"{first.split()[-1]}health").json() == {"status": "ok"}
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait() == 0
        process.stdout.close()


def test_what_a_corpus_leaves_out_is_told(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    for name in ("a", "b"):
        shutil.copytree(TEN_FACTS, corpus / name)
    with serving(tmp_path / "log", corpus) as server:
        (error,) = server.said["errors"]
        assert (error["code"], error["severity"]) == ("duplicate-base", "error")
        assert error["file"] == str(corpus / "b")


def test_publication_is_built_and_served(tmp_path: Path) -> None:
    with serving(tmp_path / "log", TEN_FACTS) as server:
        claims = [row["c"] for row in server.rows("SELECT ?c { ?c a lod:Claim }")]
        assert len(claims) >= 10
        path = claims[0].removeprefix(server.said["base"])
        answer = server.get(f"/{path}", "text/turtle")
        assert (answer.status_code, answer.headers["location"]) == (303, "/dataset.ttl")
        assert server.get("/dataset.ttl").status_code == 200


@pytest.mark.parametrize("name", ["facts.yml", "facts.json"])
def test_publication_with_a_page_of_its_own_is_built(tmp_path: Path, name: str) -> None:
    """An index.html beside the facts, whatever these are called, makes no site of a folder."""
    folder = tmp_path / "publication"
    shutil.copytree(TEN_FACTS, folder, ignore=shutil.ignore_patterns("dist", "facts.yaml"))
    facts = yaml.safe_load((TEN_FACTS / "facts.yaml").read_text("utf-8"))
    data = json.dumps(facts, default=str) if name.endswith(".json") else yaml.safe_dump(facts)
    (folder / name).write_text(data, "utf-8")
    (folder / "index.html").write_text("<p>Notes of the author</p>", "utf-8")
    with serving(tmp_path / "log", folder) as server:
        assert len(server.rows("SELECT ?c { ?c a lod:Claim }")) >= 10
        assert "Notes of the author" not in server.get("/").text


def test_corpus_that_was_built_is_served(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    shutil.copytree(TEN_FACTS, corpus / "one")
    out = tmp_path / "out"
    run = subprocess.run(
        [sys.executable, "-m", "lod", "build", str(corpus), "-o", str(out)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert (out / "manifest.json").is_file(), run.stderr
    with serving(tmp_path / "log", out) as server:
        assert int(server.rows("SELECT (COUNT(?c) AS ?n) { ?c a lod:Claim }")[0]["n"]) >= 10
        assert server.get("/").status_code == 200


def test_port_that_is_in_use(store_folder: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        run = lod(store_folder, "--port", str(port))
    assert run.returncode == 2
    assert f"Port {port} of 127.0.0.1 is in use." in run.stderr
    assert "--port 0" in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "What to serve?"),
        (("nowhere",), "nowhere: no such file or folder"),
        (("docs",), "docs"),
        (("examples/russia-kazakhstan/article.txt",), "article.txt"),
        (("--endpoint", "ftp://x/"), "--endpoint ftp://x/ has the scheme"),
        (("examples/russia-kazakhstan", "--base", "x"), "--base x is not absolute"),
        (("examples/russia-kazakhstan", "--host", "no.such.host.invalid"), "is no address"),
        (("docs", "--port", "70000"), "70000"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_cannot_be_served(arguments: tuple[str, ...], said: str) -> None:
    port = () if "--port" in arguments else ("--port", "0")
    run = lod(*arguments, *port)
    assert run.returncode in (1, 2), run.stderr
    assert said in run.stderr
    assert "Traceback" not in run.stderr


def test_publication_with_errors_is_told_and_not_served(tmp_path: Path) -> None:
    folder = tmp_path / "broken"
    folder.mkdir()
    for file in TEN_FACTS.iterdir():
        if file.is_file():
            (folder / file.name).write_bytes(file.read_bytes())
    facts = folder / "facts.yaml"
    facts.write_text(facts.read_text("utf-8").replace("quote: ", "quote: Never said: ", 1), "utf-8")
    run = lod(folder, "--port", "0")
    assert run.returncode == 1
    assert "error[" in run.stderr


def test_watching_needs_a_source(store_folder: Path) -> None:
    run = lod(store_folder, "--watch", "--port", "0")
    assert run.returncode == 2
    assert "--watch needs a publication or a corpus" in run.stderr


def test_package_that_is_missing_is_named(store_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "uvicorn.py").write_text("raise ImportError('not here')\n", "utf-8")
    run = lod(store_folder, "--port", "0", PYTHONPATH=f"{tmp_path}{os.pathsep}{ROOT}")
    assert run.returncode == 2
    assert "lod serve needs the package uvicorn" in run.stderr
    assert "pip install 'lod-facts[server]'" in run.stderr


SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def test_sigterm_finishes_what_runs(store_folder: Path, tmp_path: Path) -> None:
    with serving(tmp_path / "log", store_folder, "--max-seconds", "2") as server:
        children = children_of(server.process.pid)
        assert children
        with ThreadPoolExecutor(1) as threads:
            answer = threads.submit(server.query, SLOW)
            while server.metric('lod_queries_running{lane="slow"}') < 1:
                time.sleep(0.02)
            children = children_of(server.process.pid)
            server.process.send_signal(signal.SIGTERM)
            assert answer.result().status_code == 504  # its own end, not that of the server
        assert server.process.wait() == 0
        with pytest.raises(httpx.ConnectError):
            httpx.get(f"{server.address}health")
    until_gone(children)


def test_sigterm_does_not_wait_for_ever(store_folder: Path, tmp_path: Path) -> None:
    with (
        serving(tmp_path / "log", store_folder, "--max-seconds", "300", "--grace", "1") as server,
        ThreadPoolExecutor(1) as threads,
    ):
        answer = threads.submit(server.query, SLOW)
        while server.metric('lod_queries_running{lane="slow"}') < 1:
            time.sleep(0.02)
        children = children_of(server.process.pid)
        started = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait() == 0
        assert time.monotonic() - started < 30
        assert answer.exception() is not None or answer.result().status_code >= 500
    until_gone(children)


def test_killed_server_leaves_no_process(store_folder: Path, tmp_path: Path) -> None:
    with serving(tmp_path / "log", store_folder) as server:
        children = children_of(server.process.pid)
        assert children
        server.process.kill()
        server.process.wait()
        until_gone(children)


def test_options_that_are_off_by_default(store_folder: Path, tmp_path: Path) -> None:
    options = ["--log-queries", "--no-cors", "--allow-host", "data.example.org"]
    arguments = [*options, "--allow-host", "Other.Example"]
    with serving(tmp_path / "log", store_folder, *arguments) as server:
        answer = server.get("/sparql?query=ASK%7B%7D")
        assert "access-control-allow-origin" not in answer.headers
        preflight = server.client.options("/sparql").headers
        assert not [name for name in preflight if name.startswith("access-control")]
        assert server.get("/sparql?query=SELECT").status_code == 400
        for host, status in (("data.example.org", 200), ("other.example:8", 200), ("x.org", 421)):
            assert server.get("/health", Host=host).status_code == status
    lines = [json.loads(line) for line in (tmp_path / "log").read_text("utf-8").splitlines()]
    assert any(line.get("query") == "query=ASK%7B%7D" for line in lines)
    assert any("line 1, column" in line.get("detail", "") for line in lines)


def test_metrics(store_folder: Path, tmp_path: Path) -> None:
    with serving(tmp_path / "log", store_folder) as server:
        for _ in range(3):
            server.query("ASK { ?s ?p ?o }")
        server.query("SELECT")
        server.get("/nothing")
        text = server.get("/metrics").text
        assert (
            server.get("/metrics").headers["content-type"].startswith("text/plain; version=0.0.4")
        )
    for line in (
        'lod_http_requests_total{route="sparql",method="POST",status="200"} 3',
        'lod_http_requests_total{route="sparql",method="POST",status="400"} 1',
        'lod_http_requests_total{route="page",method="GET",status="404"} 1',
        'lod_http_request_seconds_count{route="sparql"} 4',
        'lod_http_request_seconds_bucket{route="sparql",le="+Inf"} 4',
        'lod_queries_total{outcome="malformed"} 1',
        "lod_query_cache_hits_total 2",
    ):
        assert line in text.splitlines()
    check_exposition(text)


SERIES = re.compile(
    r'([a-z_]+)(?:\{((?:[a-z]+="(?:[^"\\\n]|\\[\\"n])*",?)+)\})? (\d+(?:\.\d+)?(?:e-\d+)?)'
)


def check_exposition(text: str) -> None:
    """The text format of Prometheus, 0.0.4: every line is one of it, every series once."""
    assert text.endswith("\n")
    kinds: dict[str, str] = {}
    known: set[tuple[str, str]] = set()
    buckets: dict[str, list[tuple[float, float]]] = {}
    counts: dict[str, float] = {}
    helped = ""
    for line in text.splitlines():
        if line.startswith("# HELP "):
            helped = line.split()[2]
            assert helped not in kinds
        elif line.startswith("# TYPE "):
            _, _, name, kind = line.split()
            assert name == helped
            kinds[name] = kind
        else:
            match = SERIES.fullmatch(line)
            assert match, line
            name, labels, value = match[1], match[2] or "", float(match[3])
            assert (name, labels) not in known
            known.add((name, labels))
            stem = re.sub("_(bucket|sum|count)$", "", name)
            assert kinds.get(name) in ("counter", "gauge") or kinds.get(stem) == "histogram", line
            assert list(kinds)[-1] in (name, stem), line  # all series of a name are together
            assert kinds.get(name) != "counter" or name.endswith("_total")
            if name.endswith("_bucket"):
                place, _, bound = labels.rpartition(',le="')
                up_to = float(bound.rstrip('"').replace("+Inf", "inf"))
                buckets.setdefault(place, []).append((up_to, value))
            elif name.endswith("_count"):
                counts[labels] = value
    assert buckets.keys() == counts.keys()
    for place, pairs in buckets.items():
        assert pairs == sorted(pairs)
        assert [value for _, value in pairs] == sorted(value for _, value in pairs)
        assert pairs[-1] == (float("inf"), counts[place])


def test_counters_are_told_with_all_their_digits() -> None:
    metrics = Metrics(lambda: iter([("lod_x_total", "X.", {"a": 'b"\\\n'}, 123456789)]))
    for _ in range(3):
        metrics.note("page", "GET", 200, 0.25, 5_000_001)
    text = metrics.text()
    assert "lod_http_response_bytes_total 15000003\n" in text
    assert 'lod_x_total{a="b\\"\\\\\\n"} 123456789\n' in text
    check_exposition(text)


def test_more_connections_than_there_may_be(store_folder: Path, tmp_path: Path) -> None:
    """Each gets an answer or is closed; afterwards all is as before."""
    with serving(tmp_path / "log", store_folder) as server:
        held = []
        for _ in range(1200):
            held.append(socket.create_connection(("127.0.0.1", server.port), timeout=30))
            held[-1].sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n")
        statuses: Counter[bytes] = Counter()
        for one in held:  # one after the other: each that is refused makes room for another
            one.sendall(b"\r\n")
            statuses[one.recv(4096)[9:12]] += 1
            one.close()
        assert statuses.keys() <= {b"200", b"503"}
        assert statuses[b"200"] > 900
        while (answer := server.get("/health")).status_code == 503:
            time.sleep(0.05)
        assert answer.json() == {"status": "ok"}
        assert server.process.poll() is None
