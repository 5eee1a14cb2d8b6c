"""Processor time beside wall time, and whether the machine is busy."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import __main__ as command
from benchmarks import processor
from benchmarks.measure import Took, alternate, median_ratio
from benchmarks.processor import Load, cpu_seconds, cpu_seconds_now


def spin(seconds: float) -> None:
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass


@pytest.fixture
def child() -> Iterator[subprocess.Popen[bytes]]:
    """A process that works a tenth of a second, says so, and waits."""
    code = "import time\nwhile time.process_time() < .1: pass\nprint(1, flush=True)\ninput()"
    process = subprocess.Popen(
        [sys.executable, "-S", "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with process:
        yield process
        process.kill()


def test_sleep_is_wall_time_and_no_processor_time() -> None:
    took = alternate(1, {"sleep": lambda: time.sleep(0.2), "spin": lambda: spin(0.2)})
    assert took["sleep"][0] >= 0.2
    assert took.cpu["sleep"][0] < 0.1
    assert took.cpu["spin"][0] >= 0.2


def test_repeats_are_told_apart() -> None:
    runs: list[int] = []
    took = alternate(2, {"one": lambda: runs.append(1), "two": lambda: spin(0.02)}, repeat=5)
    assert len(runs) == 10
    assert 0.015 < min(took.cpu["two"]) < 0.06


@pytest.mark.skipif(sys.platform != "linux", reason="others do not tell it")
def test_a_child_that_runs_on_counts(child: subprocess.Popen[bytes]) -> None:
    before = cpu_seconds()
    assert child.stdout is not None
    child.stdout.readline()
    used = cpu_seconds_now() - before
    assert used > 0.02
    child.communicate(b"\n")
    # It is not counted twice, nor lost, once it has ended.
    assert used <= cpu_seconds_now() - before < 1


def test_ratio_is_that_of_the_rounds() -> None:
    took = Took(("slow", "fast"))
    for slow, fast in ((4, 1), (6, 2), (90, 30)):
        took.add("slow", slow, slow / 10)
        took.add("fast", fast, fast / 20)
    assert median_ratio(took, "slow", "fast") == 3
    assert median_ratio(took.cpu, "slow", "fast") == pytest.approx(6)


@pytest.mark.skipif(not Path("/proc/stat").exists(), reason="no /proc")
def test_load_reports_what_others_took() -> None:
    start = time.perf_counter()
    load = Load()
    spin(0.3)
    report = load.report()
    wall = time.perf_counter() - start
    others, cores = report["others"], report["cores"]
    assert others is not None
    assert cores is not None
    assert others >= 0
    # What this process had, no other can have had; the system counts in hundredths of a second.
    assert others * cores * wall <= cores * wall - 0.3 + 0.1


@pytest.mark.parametrize("average", [0.0, 50.0])
def test_the_command_warns_on_a_busy_machine(
    average: float, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(processor, "_load_average", lambda: average)
    run: list[list[str]] = []
    monkeypatch.setattr("benchmarks.cold_start.main", run.append)
    command.main(["cold_start", "--rounds", "1"])
    assert run == [["--rounds", "1"]]
    err = capsys.readouterr().err
    assert ("the machine is busy: load average 50.00" in err) == (average > 1)
