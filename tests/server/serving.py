"""The server as a process of its own, started and ended by a test."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).parents[2]
BASE = "https://data.example.org/russia-kazakhstan/"


@dataclass(slots=True)
class Server:
    """A server that answers.

    Attributes:
        address: of its root, ending with "/".
        process: it.
        client: asks it; redirects are not followed.
        said: what it said at the start.
        log: the file that takes its log.
    """

    address: str
    process: subprocess.Popen[str]
    client: httpx.Client
    said: dict[str, Any] = field(default_factory=dict)
    log: Path = Path()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.address.rstrip("/").rpartition(":")[2])

    def get(self, path: str, accept: str | None = None, **headers: str) -> httpx.Response:
        """Ask for a path."""
        named = {key.replace("_", "-"): value for key, value in headers.items()}
        return self.client.get(path, headers=named | ({"Accept": accept} if accept else {}))

    def query(self, text: str, accept: str = "application/sparql-results+json") -> httpx.Response:
        """Ask a query."""
        body = {"query": text}
        return self.client.post("/sparql", data=body, headers={"Accept": accept})

    def rows(self, text: str) -> list[dict[str, str]]:
        """The values of a SELECT."""
        answer = self.query(text)
        assert answer.status_code == 200, answer.text
        return [
            {name: term["value"] for name, term in row.items()}
            for row in answer.json()["results"]["bindings"]
        ]

    def metric(self, name: str) -> float:
        """The value of a metric; 0 where there is none."""
        for line in self.get("/metrics").text.splitlines():
            if line.startswith(f"{name} "):
                return float(line.rpartition(" ")[2])
        return 0.0

    def lines(self) -> list[dict[str, Any]]:
        """The log."""
        return [json.loads(line) for line in self.log.read_text("utf-8").splitlines()]


@contextmanager
def serving(log: Path, *arguments: str | Path) -> Iterator[Server]:
    """`lod serve` with these arguments, on a free port."""
    command = [sys.executable, "-m", "lod", "serve", *map(str, arguments)]
    with log.open("w") as stream:
        process = subprocess.Popen(
            [*command, "--port", "0", "--format", "json"],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=stream,
            text=True,
        )
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        assert line, log.read_text("utf-8")
        said = json.loads(line)
        with httpx.Client(base_url=said["address"], timeout=60) as client:
            yield Server(said["address"], process, client, said, log)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.wait()
        process.stdout.close()


def children_of(pid: int) -> list[int]:
    """The process ids of a process's children."""
    files = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(one) for file in files for one in file.read_text("utf-8").split()]


def until_gone(pids: Iterable[int]) -> None:
    """Wait until no process has one of these ids; what was killed still has to be buried."""
    end = time.monotonic() + 30
    left = set(pids)
    while left := {pid for pid in left if Path(f"/proc/{pid}").exists()}:
        assert time.monotonic() < end, left
        time.sleep(0.02)
