"""How much memory the site of a corpus takes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.corpus.conftest import write_lines
from tests.site.corpora import linked

_MEASURE = """
import resource, sys
from pathlib import Path
from lod.site.build import build_site
from lod.site.site import SiteOptions

def peak(done, total):
    # Not ru_maxrss for this process: Linux hands that on from the one that started it.
    status = Path("/proc/self/status").read_text().split("VmHWM:")[1]
    peaks.append(int(status.split()[0]) // 1024)

if __name__ == "__main__":
    peaks = []
    report = build_site(Path(sys.argv[1]), Path(sys.argv[2]), SiteOptions(jobs=2), peak)
    worker = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(report.built, peaks[-1], worker)
"""


@pytest.mark.release
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is told by /proc")
def test_memory_does_not_grow_with_the_publications(tmp_path: Path) -> None:
    peaks = []
    for count in (20, 100):
        corpus = write_lines(tmp_path / f"{count}.jsonl", map(linked, range(count)))
        run = subprocess.run(
            [sys.executable, "-c", _MEASURE, corpus, tmp_path / str(count)],
            capture_output=True,
            check=True,
            text=True,
        )
        built, parent, worker = map(int, run.stdout.split())
        assert built == count
        peaks.append((parent, worker))
    (small_parent, small_worker), (parent, worker) = peaks
    assert parent < small_parent + 15, "MB of the process that hands out the work"
    assert worker < small_worker + 15, "MB of a worker"
