"""Sends requests to an HTTP server as fast as it answers: `python -m benchmarks.load PORT FILE`.

It runs as a process of its own, so that it and what it measures do not share an interpreter.
Requests come as lines of JSON paths; latencies go out as JSON.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any


class _Client(asyncio.Protocol):
    """One connection that sends one request after the other."""

    def __init__(
        self, paths: list[str], port: int, until: float, once: bool, results: dict[str, Any]
    ) -> None:
        self._paths = paths
        self._once = once
        self._port = port
        self._until = until
        self._results = results
        self._buffer = b""
        self._at = 0
        self._sent = 0.0
        self._transport: asyncio.Transport | None = None
        self.done = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport  # type: ignore[assignment] # a TCP transport
        self._send()

    def _send(self) -> None:
        assert self._transport is not None
        is_over = self._once and self._at == len(self._paths)
        if is_over or time.perf_counter() >= self._until:
            self._transport.close()
            return
        path = self._paths[self._at % len(self._paths)]
        self._at += 1
        self._sent = time.perf_counter()
        self._transport.write(
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\n"
            "Accept: application/sparql-results+json\r\n\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, found, body = self._buffer.partition(b"\r\n\r\n")
        if not found or not _is_whole(head, body):
            return
        self._results["seconds"].append(time.perf_counter() - self._sent)
        self._results["status"][head[9:12].decode()] += 1
        self._results["bytes"] += len(body)
        self._buffer = b""
        self._send()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_result(None)


def _is_whole(head: bytes, body: bytes) -> bool:
    lower = head.lower()
    at = lower.find(b"content-length:")
    if at >= 0:
        return len(body) >= int(lower[at + 15 :].split(b"\r\n", 1)[0])
    return body.endswith(b"0\r\n\r\n")


def _itself(client: _Client) -> _Client:
    return client


async def _run(
    port: int, paths: list[str], connections: int, seconds: float, once: bool
) -> dict[str, Any]:
    loop = asyncio.get_running_loop()
    results: dict[str, Any] = {"seconds": [], "status": Counter(), "bytes": 0}
    start = time.perf_counter()
    clients = []
    for number in range(connections):
        mine = paths[number % len(paths) :: connections]
        client = _Client(mine, port, start + seconds, once, results)
        await loop.create_connection(partial(_itself, client), "127.0.0.1", port)
        clients.append(client)
    await asyncio.wait([client.done for client in clients], timeout=seconds + 30)
    results["took"] = time.perf_counter() - start
    return results


def send(
    port: int, paths: list[str], connections: int, seconds: float, *, once: bool = False
) -> dict[str, Any]:
    """Send requests for some seconds, from a process of its own.

    Args:
        port: of the server on loopback.
        paths: what to ask for, in turn.
        connections: how many ask at once.
        seconds: how long.
        once: whether to end when each was asked for once.

    Returns:
        "seconds" of each answer, "status" to how many, "bytes" of bodies, and what it all "took".
    """
    given = {
        "port": port,
        "paths": paths,
        "connections": connections,
        "seconds": seconds,
        "once": once,
    }
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.load"],
        input=json.dumps(given).encode(),
        stdout=subprocess.PIPE,
        check=True,
        cwd=Path(__file__).parents[1],
    )
    results: dict[str, Any] = json.loads(run.stdout)
    return results


def main() -> None:
    """Do what the standard input says."""
    import uvloop

    given = json.load(sys.stdin)
    json.dump(uvloop.run(_run(**given)), sys.stdout)


if __name__ == "__main__":
    main()
