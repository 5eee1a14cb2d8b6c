"""How fast the site of a corpus is built, and how much memory that takes.

    python -m benchmarks.site --sizes 100 1000 10000 --jobs 1 2

Each build runs in a process of its own. A first build makes everything; then one publication is
changed and the site brought up to date; then nothing is changed.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.corpora import json_lines
from benchmarks.measure import peak_memory, write_results
from benchmarks.processor import Load, cpu_seconds, cpu_seconds_now


def build_once(corpus: Path, out: Path, jobs: int) -> dict[str, Any]:
    """Build the site of a corpus in this process, and tell what it took."""
    from lod.site.build import build_site
    from lod.site.site import SiteOptions

    peaks: list[float] = []

    def note(done: int, total: int | None) -> None:
        # Only now and then: reading it costs time.
        if done % 100 == 0 or done == total:
            peaks.append(peak_memory())

    base = "https://data.example.org/corpus/"
    cpu, start = cpu_seconds(), time.perf_counter()
    report = build_site(corpus, out, SiteOptions(base=base, jobs=jobs), note)
    seconds, used = time.perf_counter() - start, cpu_seconds_now() - cpu
    return {
        "publications": report.publications,
        "built": report.built,
        "pages": report.pages,
        "files": report.files,
        "megabytes": report.bytes / 1e6,
        "seconds": seconds,
        "cpu_seconds": used,
        "pages_a_second": report.pages / seconds,
        "pages_a_cpu_second": report.pages / used,
        "memory_publications_mb": max(peaks, default=0.0),
        "memory_mb": peak_memory(),
        "memory_worker_mb": _worker_memory(),
    }


def _worker_memory() -> float:
    """The most memory that one of the worker processes had, in MB; they have ended."""
    import resource

    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)


def _apart(corpus: Path, out: Path, jobs: int) -> dict[str, Any]:
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.site", "--once", corpus, out, str(jobs)],
        capture_output=True,
        check=True,
        text=True,
    )
    data: dict[str, Any] = json.loads(run.stdout)
    return data


def measure(count: int, jobs: int) -> dict[str, Any]:
    """A first build, one after a change of one publication, one after none."""
    corpus = json_lines(count)
    with tempfile.TemporaryDirectory(dir=corpus.parent) as folder:
        out, changed = Path(folder) / "out", Path(folder) / "changed.jsonl"
        first = _apart(corpus, out, jobs)
        first_line, rest = corpus.read_bytes().split(b"\n", 1)
        changed.write_bytes(first_line.replace(b'"Claims in', b'"All claims in') + b"\n" + rest)
        return {
            "first": first,
            "one_changed": _apart(changed, out, jobs),
            "none_changed": _apart(changed, out, jobs),
        }


def run(sizes: list[int], jobs: list[int]) -> dict[str, Any]:
    """Every size with every number of processes."""
    return {
        f"{count} publications, {number} jobs": measure(count, number)
        for count in sizes
        for number in jobs
    }


def main(arguments: list[str] | None = None) -> None:
    """`python -m benchmarks.site`."""
    parser = argparse.ArgumentParser(prog="benchmarks site", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000])
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--once", nargs=3, metavar=("CORPUS", "OUT", "JOBS"), help="one build")
    given = parser.parse_args(arguments)
    if given.once:
        corpus, out, jobs = given.once
        print(json.dumps(build_once(Path(corpus), Path(out), int(jobs))))
        return
    load = Load()
    load.warn()
    write_results("site", {"builds": run(given.sizes, given.jobs)}, load=load)


if __name__ == "__main__":
    main()
