"""Whether the memory of a corpus build grows with the corpus: `python -m benchmarks memory`.

It ends with 1 where a corpus of ten times as many publications takes 30 MB more.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.generate import make_publication

SIZES = (200, 2000)
#: MB that the larger corpus may take more, in the process that hands out the work and in a worker.
MORE = 30

_BUILD = """
import resource, sys
from pathlib import Path
from benchmarks.measure import peak_memory
from lod.corpus.build import build_corpus
if __name__ == "__main__":
    result = build_corpus(Path(sys.argv[1]), Path(sys.argv[2]), jobs=2, compression="gzip")
    print(peak_memory(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
"""


def main(options: list[str]) -> None:
    """Build both corpora, print the peaks in MB, and exit with 1 where they grow."""
    if options:
        sys.exit(__doc__)
    peaks: list[list[float]] = []
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            corpus = Path(folder, f"{size}.jsonl")
            lines = (json.dumps(make_publication(number)) + "\n" for number in range(size))
            corpus.write_text("".join(lines), "utf-8")
            command = [sys.executable, "-c", _BUILD, str(corpus), str(corpus.with_suffix(""))]
            run = subprocess.run(command, capture_output=True, check=True, text=True)
            peaks.append([float(word) for word in run.stdout.split()])
            own, worker = peaks[-1]
            print(f"{size:,} publications: {own:.0f} MB, a worker {worker:.0f} MB")
    sys.exit(any(last > first + MORE for first, last in zip(*peaks, strict=True)))
