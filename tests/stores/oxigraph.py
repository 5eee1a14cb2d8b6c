"""The `oxigraph` server."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.ports import free_port
from tests.stores.running import RunningStore, started, wait_until_up


@contextmanager
def running_oxigraph(
    folder: Path | None = None, *, union: bool = False, port: int | None = None
) -> Iterator[RunningStore]:
    """Start the server on loopback and stop it afterwards.

    Args:
        folder: where it keeps its data, which another start then finds; in memory where None.
        union: whether queries see all graphs as the default graph.
        port: where it listens; a free port where None.
    """
    binary = oxigraph_program()
    port = port or free_port()
    command = [binary, "serve", "--bind", f"127.0.0.1:{port}"]
    if folder is not None:
        command += ["--location", str(folder)]
    if union:
        command.append("--union-default-graph")
    with tempfile.TemporaryDirectory(prefix="lod-oxigraph-") as scratch:
        log = Path(scratch, "log")
        with started(command, Path(scratch), log) as process:
            base = f"http://127.0.0.1:{port}"
            wait_until_up(process, f"{base}/query?query=ASK%7B%7D", log)
            yield RunningStore(
                "oxigraph", port, f"{base}/query", f"{base}/update", f"{base}/store", process, log
            )


def oxigraph_program() -> str:
    """The path of the program, which a package of Python brings."""
    return str(Path(sys.executable).with_name("oxigraph"))
