"""Commands that are told to end: they clean up, their children end with them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import EXAMPLE, small

__all__ = ["small"]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
SIGNALS = [(signal.SIGTERM, 143), (signal.SIGINT, 130), (signal.SIGHUP, 129)]


def start(*args: str | Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "lod", *map(str, args)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        preexec_fn=_heed,  # noqa: PLW1509 - no threads
    )


def _heed() -> None:
    """Not ignore what a shell in the background, or nohup, has its children ignore."""
    for number, _ in SIGNALS:
        signal.signal(number, signal.SIG_DFL)


def until(what: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.01)


def children(process: subprocess.Popen[bytes]) -> list[int]:
    tasks = Path(f"/proc/{process.pid}/task")
    return [int(pid) for task in tasks.iterdir() for pid in (task / "children").read_text().split()]


def is_busy(pid: int) -> bool:
    """Whether a process has had a quarter of a second of the processor."""
    ticks = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11]
    return int(ticks) >= os.sysconf("SC_CLK_TCK") // 4


def is_gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def asking(folder: Path) -> tuple[subprocess.Popen[bytes], int]:
    """A query that would never end, and the process that evaluates it."""
    process = start("query", folder, "-q", ENDLESS, "--max-seconds", "0")
    until(lambda: any(map(is_busy, children(process))))
    (worker,) = children(process)
    return process, worker


@pytest.mark.parametrize(("number", "code"), SIGNALS)
def test_a_query_ends_with_its_process(number: int, code: int, small: Path) -> None:
    process, worker = asking(small)
    process.send_signal(number)
    assert process.communicate(timeout=20)[1] == b""
    assert process.returncode == code
    assert is_gone(worker)


def test_a_query_ends_where_its_parent_is_killed(small: Path) -> None:
    process, worker = asking(small)
    process.kill()
    process.wait()
    until(lambda: is_gone(worker), 10)


@pytest.mark.parametrize(("number", "code"), SIGNALS)
def test_what_was_half_written_is_taken_away(number: int, code: int, tmp_path: Path) -> None:
    process = start("site", EXAMPLE, "-o", tmp_path / "out")
    until(lambda: any("lod-new" in path.name for path in tmp_path.iterdir()))
    process.send_signal(number)
    assert process.communicate(timeout=60)[1] == b""
    assert process.returncode == code
    assert [path.name for path in tmp_path.iterdir() if "lod-" in path.name] == []


def test_a_signal_that_somebody_ignores_stays_ignored(small: Path) -> None:
    shell = ["sh", "-c", 'trap "" HUP; exec "$@"', "sh", sys.executable, "-m", "lod"]
    process = subprocess.Popen(
        [*shell, "query", str(small), "-q", ENDLESS, "--max-seconds", "0"],
        stderr=subprocess.PIPE,
    )
    until(lambda: any(map(is_busy, children(process))))
    process.send_signal(signal.SIGHUP)
    time.sleep(0.3)
    assert process.poll() is None
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)
    assert process.returncode == 143
