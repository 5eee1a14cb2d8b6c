"""The server: lookups beside those of the `oxigraph` server, and reads beside killer queries."""

from __future__ import annotations

import argparse
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from benchmarks.corpora import store
from benchmarks.load import send
from benchmarks.measure import write_results
from lod.query import Limits, open_store, run_query
from lod.query.disk import find_store

_LIFTED = Limits(seconds=None, rows=None, bytes=None)
_CONNECTIONS = 4
#: Queries that never end by themselves, of every kind that servers fear.
KILLERS = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT (COUNT(*) AS ?n) { ?a (<x:p>|!<x:p>)* ?b . ?b (<x:q>|!<x:q>)* ?c }",
    "SELECT ?a (GROUP_CONCAT(?x) AS ?all) { ?a ?b ?c . ?d ?e ?x } GROUP BY ?a ORDER BY ?all",
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(REGEX(CONCAT(STR(?c), STR(?f)), "
    '"^(([a-z])+.)+[A-Z]([a-z])+$|(a|a)*b|(.*a){20}")) }',
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c OPTIONAL { ?d ?e ?f OPTIONAL { ?g ?h ?i } } }",
)


def _lookups(folder: Path, count: int) -> list[str]:
    """Paths that look up one claim each, without the address of the endpoint."""
    with open_store(folder) as opened:
        query = f"SELECT ?c {{ ?c a lod:Claim }} LIMIT {count}"
        rows = run_query(opened, query, limits=_LIFTED).rows
    claims = [row[0].value for row in rows if row[0] is not None]
    return [f"?query={quote(f'SELECT ?p ?o {{ <{claim}> ?p ?o }}')}" for claim in claims]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _running(command: list[str], address: str) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                with urllib.request.urlopen(address, timeout=5):  # noqa: S310 - loopback
                    break
            except OSError:
                time.sleep(0.05)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


@contextmanager
def lod_server(folder: Path, *options: str) -> Iterator[tuple[int, int]]:
    """Our server over a store: its port and its process id."""
    port = _free_port()
    command = [sys.executable, "-m", "lod", "serve", str(folder), "--port", str(port), "--quiet"]
    with _running([*command, *options], f"http://127.0.0.1:{port}/health") as process:
        yield port, process.pid


@contextmanager
def _oxigraph_server(folder: Path) -> Iterator[int]:
    beside = Path(sys.executable).with_name("oxigraph")
    program = shutil.which(str(beside)) or shutil.which("oxigraph")
    assert program is not None, "the oxigraph server is not installed"
    port = _free_port()
    command = [program, "serve-read-only", "--location", str(find_store(folder).data)]
    command += ["--bind", f"127.0.0.1:{port}", "--union-default-graph"]
    with _running(command, f"http://127.0.0.1:{port}/query?query=ASK%7B%7D"):
        yield port


def throughput(folder: Path, rounds: int, seconds: float) -> dict[str, Any]:
    """Lookups a second, in turn: each asked once, and the same ones asked again."""
    lookups = _lookups(folder, 5000)
    result: dict[str, Any] = {"connections": _CONNECTIONS, "rounds": rounds}
    with lod_server(folder) as (ours, _), _oxigraph_server(folder) as theirs:
        servers = {"lod": (ours, "/sparql"), "oxigraph": (theirs, "/query")}
        for name, is_again in (("asked once", False), ("asked again", True)):
            rates: dict[str, list[float]] = {"lod": [], "oxigraph": []}
            for number in range(rounds + 1):
                # No result has so many rows: the limit only makes another text of it.
                mark = "" if is_again else f"%20LIMIT%20{100_000 + number}"
                for server, (port, path) in servers.items():
                    paths = [f"{path}{lookup}{mark}" for lookup in lookups[:: 5 if is_again else 1]]
                    run = send(port, paths, _CONNECTIONS, seconds, once=not is_again)
                    assert set(run["status"]) == {"200"}, run["status"]
                    if number:  # the first round warms up
                        rates[server].append(len(run["seconds"]) / run["took"])
            pairs = zip(rates["lod"], rates["oxigraph"], strict=True)
            ratios = [other / own for own, other in pairs]
            result[name] = {
                "lod_per_second": statistics.median(rates["lod"]),
                "oxigraph_per_second": statistics.median(rates["oxigraph"]),
                "oxigraph_to_lod": statistics.median(ratios),
                "each_round": ratios,
            }
    return result


def under_attack(folder: Path, rounds: int, seconds: float, killers: int) -> dict[str, Any]:
    """The latency of reads, with and without killer queries beside them, and the memory."""
    lookups = [f"/sparql{lookup}" for lookup in _lookups(folder, 2000)]
    pages = ["/health"]
    result: dict[str, Any] = {"killers_at_once": killers, "rounds": rounds}
    calm: dict[str, list[dict[str, float]]] = {"lookups": [], "pages": []}
    attacked: dict[str, list[dict[str, float]]] = {"lookups": [], "pages": []}
    with lod_server(folder, "--max-seconds", "3") as (port, pid):
        send(port, lookups, 2, 1)
        send(port, pages, 1, 0.5)
        before = _memory(pid)
        most = before
        answers: dict[str, int] = {}
        for _ in range(rounds):
            for name, paths in (("lookups", lookups), ("pages", pages)):
                calm[name].append(_latency(send(port, paths, 2, seconds)))
                with _attack(port, killers) as attack:
                    time.sleep(0.3)
                    attacked[name].append(_latency(send(port, paths, 2, seconds)))
                    most = max(most, _memory(pid))
                for status, count in attack.items():
                    answers[status] = answers.get(status, 0) + count
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=10) as answer:
            result["healthy_after"] = answer.status == 200
    for name, runs in calm.items():
        beside = attacked[name]
        ratios = [b["p99_ms"] / a["p99_ms"] for a, b in zip(runs, beside, strict=True)]
        result[name] = {
            "calm": _medians(runs),
            "attacked": _medians(beside),
            "p99_ratio": statistics.median(ratios),
            "each_round": ratios,
        }
    return result | {
        "killer_answers": answers,
        "memory_mb_before": before,
        "memory_mb_most": most,
    }


def _medians(runs: list[dict[str, float]]) -> dict[str, float]:
    return {key: statistics.median(one[key] for one in runs) for key in runs[0]}


def _latency(run: dict[str, Any]) -> dict[str, float]:
    assert set(run["status"]) == {"200"}, run["status"]
    ordered = sorted(1e3 * one for one in run["seconds"])
    return {
        "p50_ms": statistics.median(ordered),
        "p99_ms": ordered[int(len(ordered) * 0.99)],
        "per_second": len(ordered) / run["took"],
    }


@contextmanager
def _attack(port: int, at_once: int) -> Iterator[dict[str, int]]:
    """Killer queries, so many at once, until the end of `with`."""
    over = threading.Event()
    answers: dict[str, int] = {}

    def attack(number: int) -> None:
        at = number
        while not over.is_set():
            query = quote(KILLERS[at % len(KILLERS)])
            at += 1
            address = f"http://127.0.0.1:{port}/sparql?query={query}"
            try:
                with urllib.request.urlopen(address, timeout=30) as answer:
                    status = str(answer.status)
            except urllib.error.HTTPError as error:
                status = str(error.code)
            except OSError:
                status = "none"
            answers[status] = answers.get(status, 0) + 1
            if status == "503":
                over.wait(0.2)

    threads = [threading.Thread(target=attack, args=(number,)) for number in range(at_once)]
    for thread in threads:
        thread.start()
    try:
        yield answers
    finally:
        over.set()
        for thread in threads:
            thread.join()


def _memory(pid: int) -> float:
    """Memory of a process and its children in MB; what they share counts once."""
    children = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    total = 0
    for one in [str(pid), *children.stdout.split()]:
        try:
            text = Path(f"/proc/{one}/smaps_rollup").read_text("utf-8")
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))
    return total * 1024 / 1e6


def run(quads: int, rounds: int, seconds: float, killers: int) -> dict[str, Any]:
    """Everything."""
    folder = store(quads)
    return {
        "quads": quads,
        "throughput": throughput(folder, rounds, seconds),
        "under_attack": under_attack(folder, rounds, seconds, killers),
    }


def main(arguments: list[str] | None = None) -> None:
    """`python -m benchmarks server`."""
    parser = argparse.ArgumentParser(prog="benchmarks server", description=__doc__)
    parser.add_argument("--quads", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--killers", type=int, default=4)
    given = parser.parse_args(arguments)
    write_results("server", run(given.quads, given.rounds, given.seconds, given.killers))


if __name__ == "__main__":
    main()
