"""Runs jobs on request, in the environment of a peer; nothing of lod is there.

A line on standard input names a job; it is run once and a line of JSON on standard output has its
wall seconds, its processor seconds and what it gave.
"""

import gc
import json
import sys
import time
from collections.abc import Callable, Mapping


def serve(jobs: Mapping[str, Callable[[], object]]) -> None:
    """Run jobs until standard input ends."""
    out = sys.stdout
    sys.stdout = sys.stderr  # libraries print
    print(json.dumps({"jobs": list(jobs)}), file=out, flush=True)
    for line in sys.stdin:
        gc.collect()
        cpu, start = time.process_time(), time.perf_counter()
        result = jobs[line.strip()]()
        took = {
            "wall": time.perf_counter() - start,
            "cpu": time.process_time() - cpu,
            "result": result,
        }
        print(json.dumps(took), file=out, flush=True)
