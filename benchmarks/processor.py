"""Processor time, and how busy the machine is with other work.

Wall time counts what others do on the machine; processor time does not, or hardly. Where both give
one ratio, it can be trusted; where they differ, look at the share that others had.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from pathlib import Path

#: Above this load for each core, or this share of the cores that others took, figures are doubtful.
BUSY = 0.25


def cpu_seconds() -> float:
    """Processor time, user and system, of this process and its children, also running ones."""
    running = _running_children()  # this first and ourselves last: it takes time too
    return _ended_children() + running + time.process_time()


def cpu_seconds_now() -> float:
    """The same, for the end of what is measured: ourselves first."""
    own = time.process_time()
    return own + _ended_children() + _running_children()


def _ended_children() -> float:
    try:
        import resource
    except ImportError:  # Windows
        return 0.0
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _running_children() -> float:
    """Those of Linux: their time is not in any usage before they end and are waited for."""
    seconds = 0.0
    for file in Path("/proc/self/task").glob("*/children"):
        with suppress(OSError):
            for child in file.read_text("ascii").split():
                # The clock of another process, as clock_getcpuclockid(3) names it.
                with suppress(OSError):
                    seconds += time.clock_gettime((~int(child) << 3) | 2)
    return seconds


class Load:
    """How busy the machine is, from now on until `report` is asked for."""

    def __init__(self) -> None:
        self.before = _load_average()
        self._start = _machine_seconds(), cpu_seconds(), time.perf_counter()

    @property
    def is_busy(self) -> bool:
        """Whether others were at work just before."""
        return self.before is not None and self.before > BUSY * _cores()

    def report(self) -> dict[str, float | int | None]:
        """The load average before, and the share of all cores that others took since then.

        Both are None where the system does not say.
        """
        machine, own, start = self._start
        now = _machine_seconds()
        others = None
        if machine is not None and now is not None:
            passed = (time.perf_counter() - start) * _cores()
            others = max(0.0, now - machine - (cpu_seconds_now() - own)) / max(passed, 1e-9)
        return {"load_before": self.before, "cores": _cores(), "others": others}

    def warn(self) -> None:
        """Say on standard error that the machine is busy, where it is."""
        if self.is_busy:
            print(
                f"warning: the machine is busy: load average {self.before:.2f} on {_cores()} cores."
                " Times will drift; compare ratios of processor time, or wait until it is idle.",
                file=sys.stderr,
            )


def _cores() -> int:
    return os.cpu_count() or 1


def _load_average() -> float | None:
    try:
        return os.getloadavg()[0]
    except (OSError, AttributeError):
        return None


def _machine_seconds() -> float | None:
    """Processor time that the whole machine has spent, all but waiting (proc_stat(5))."""
    try:
        numbers = Path("/proc/stat").read_text("ascii").split("\n", 1)[0].split()[1:]
        user, nice, system, _idle, _wait, interrupts, soft, stolen = map(int, numbers[:8])
    except (OSError, ValueError):
        return None
    ticks = user + nice + system + interrupts + soft + stolen
    return ticks / os.sysconf("SC_CLK_TCK")
