"""Measures: alternating rounds, medians, and the machine that they were taken on.

A machine that does other work beside is noisy. So what is compared runs in turn in one process,
a ratio is the median of the ratios of the rounds, and processor time is taken beside wall time.
"""

from __future__ import annotations

import gc
import json
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from benchmarks.processor import Load, cpu_seconds, cpu_seconds_now

RESULTS = Path(__file__).parent / "results"
_PACKAGES = ("pyoxigraph", "shacl", "rdflib", "pyshacl")


class Took(dict[str, list[float]]):
    """Wall seconds of each way, a number a round.

    Attributes:
        cpu: processor seconds in the same way, children included.
    """

    def __init__(self, names: Iterable[str]) -> None:
        names = list(names)
        super().__init__({name: [] for name in names})
        self.cpu: dict[str, list[float]] = {name: [] for name in names}

    def add(self, name: str, wall: float, cpu: float) -> None:
        """Note one round of one way."""
        self[name].append(wall)
        self.cpu[name].append(cpu)


def alternate(rounds: int, ways: Mapping[str, Callable[[], object]], *, repeat: int = 1) -> Took:
    """Run every way once a round, in turn.

    Args:
        rounds: how many.
        ways: what to run, by name.
        repeat: how often each runs in a round, one after the other; the seconds are those of one.
    """
    took = Took(ways)
    for _ in range(rounds):
        for name, way in ways.items():
            gc.collect()
            cpu = cpu_seconds()
            start = time.perf_counter()
            for _ in range(repeat):
                way()
            wall = time.perf_counter() - start
            took.add(name, wall / repeat, (cpu_seconds_now() - cpu) / repeat)
    return took


def median_ratio(seconds: Mapping[str, list[float]], slow: str, fast: str) -> float:
    """How many times as long the one way took, as the median over the rounds."""
    pairs = zip(seconds[slow], seconds[fast], strict=True)
    return statistics.median(one / max(other, 1e-9) for one, other in pairs)


def median(values: list[float]) -> float:
    """The median."""
    return statistics.median(values)


def machine() -> dict[str, Any]:
    """What the figures were taken on."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gb": _memory(),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        **{name: _version(name) for name in _PACKAGES},
    }


def _processor() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def _memory() -> int | None:
    try:
        return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9)
    except (ValueError, OSError, AttributeError):
        return None


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def peak_memory() -> float:
    """The most memory that this process has had, in MB."""
    try:
        # What getrusage says begins with the size of the parent.
        for line in Path("/proc/self/status").read_text("utf-8").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024 / 1e6
    except OSError:
        pass
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)


def rounded(value: Any) -> Any:
    """The data with its numbers to four significant digits."""
    if isinstance(value, float):
        return float(f"{value:.4g}")
    if isinstance(value, dict):
        return {key: rounded(one) for key, one in value.items()}
    if isinstance(value, list):
        return [rounded(one) for one in value]
    return value


def write_results(
    name: str, data: Mapping[str, Any], folder: Path = RESULTS, *, load: Load | None = None
) -> None:
    """Write the results of one benchmark, with the machine.

    Args:
        name: of the benchmark, and of the file.
        data: its figures.
        folder: where the file goes.
        load: what else the machine did, watched since the benchmark began.
    """
    folder.mkdir(parents=True, exist_ok=True)
    about = {"machine": machine(), **({} if load is None else {"load": rounded(load.report())})}
    text = json.dumps({**about, **rounded(dict(data))}, indent=2) + "\n"
    (folder / f"{name}.json").write_text(text, "utf-8")
    print(text)
