"""Builds one corpus and says how long that took and how much memory: `build_once CORPUS JOBS`."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.corpora import items
from benchmarks.measure import peak_memory
from benchmarks.processor import cpu_seconds, cpu_seconds_now
from lod.corpus.build import build_corpus
from lod.corpus.publish import publish


def main() -> None:
    """Print wall and processor seconds of the build, start-up left out, and peak memory in MB."""
    corpus, jobs = Path(sys.argv[1]), int(sys.argv[2])
    for item in items(4, broken=False):
        publish(item)  # what is loaded once, is loaded
    with tempfile.TemporaryDirectory() as folder:
        cpu, start = cpu_seconds(), time.perf_counter()
        result = build_corpus(corpus, Path(folder), jobs=jobs)
        seconds = time.perf_counter() - start
        used = cpu_seconds_now() - cpu
    assert result.broken <= 1 + result.publications // 50, result.findings
    print(json.dumps({"seconds": seconds, "cpu_seconds": used, "memory_mb": peak_memory()}))


if __name__ == "__main__":
    main()
