"""A SPARQL store that runs as a process of its own while tests ask it."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

_PATIENCE = 120.0


@dataclass(slots=True)
class RunningStore:
    """A store on loopback.

    Attributes:
        name: "oxigraph" or "virtuoso".
        port: where it listens.
        query: address of its SPARQL query endpoint.
        update: address of its SPARQL Update endpoint.
        graph_store: address of its Graph Store Protocol.
        process: the process.
        log: file with all that it said.
        user: who may write; None where everybody may.
        password: of the user.
        sql: the port of its SQL shell, where it has one.
    """

    name: str
    port: int
    query: str
    update: str
    graph_store: str
    process: subprocess.Popen[bytes]
    log: Path
    user: str | None = None
    password: str | None = None
    sql: int | None = None

    @property
    def base(self) -> str:
        """The address of the server."""
        return f"http://127.0.0.1:{self.port}"

    def kill(self) -> None:
        """End the process as `kill -9` does: it can finish nothing."""
        self.process.kill()
        self.process.wait()


@contextmanager
def started(command: list[str], folder: Path, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a process and end it afterwards, together with its children.

    Args:
        command: the program and its arguments.
        folder: the folder that it runs in.
        log: file for what it says.
    """
    # Where it can be had, the kernel ends the server when this process is killed.
    guard = shutil.which("setpriv")
    if guard is not None:
        command = [guard, "--pdeathsig", "KILL", *command]
    with log.open("ab") as stream:
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, 9)
        process.wait()


def wait_until_up(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    """Wait until a server answers a request with a status below 500.

    Raises:
        AssertionError: its process ended, or it does not come up.
    """
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            said = log.read_text("utf-8", "replace")[-2000:]
            raise AssertionError(f"the server ended with {process.returncode}: {said}")
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 - loopback
                return
        except urllib.error.HTTPError as error:
            if error.code < 500:
                return
        except OSError:
            pass
        time.sleep(0.05)
    raise AssertionError(f"the server is not up after {_PATIENCE:g} seconds: {log}")
