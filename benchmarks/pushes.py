"""Pushes into real stores, whose own processor time is counted beside that of the command."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from unittest import mock

if TYPE_CHECKING:
    from benchmarks.growth import Cost


class Push(Protocol):
    """Pushes into a store, and tells what the command and the store took."""

    def __call__(self, source: Path, *options: str) -> Cost:
        """Push something, with options."""


@contextmanager
def pushing(store: str, lod: Callable[..., Cost]) -> Iterator[Push]:
    """An empty store that runs, and what pushes into it.

    Args:
        store: "oxigraph" or "virtuoso".
        lod: runs the command, given its arguments.
    """
    from tests.stores.oxigraph import running_oxigraph
    from tests.stores.virtuoso import running_virtuoso

    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        start = running_virtuoso if store == "virtuoso" else running_oxigraph
        with start(folder) as there:
            # The clock of another process, as clock_getcpuclockid(3) names it.
            clock = (~there.process.pid << 3) | 2

            def push(source: Path, *options: str) -> Cost:
                before = time.clock_gettime(clock)
                to = ("--to", there.update, "--state", folder / "state", "--max-seconds", "0")
                cost = lod("push", source, *to, *options)
                return replace(cost, store=time.clock_gettime(clock) - before)

            user = {"LOD_PUSH_USER": there.user, "LOD_PUSH_PASSWORD": there.password}
            with mock.patch.dict(os.environ, {k: v for k, v in user.items() if v is not None}):
                yield push
