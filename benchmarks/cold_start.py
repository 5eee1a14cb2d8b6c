"""Cold start: whole runs of the command, against scripts that do the same job plainly."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.measure import alternate, median, median_ratio, write_results
from benchmarks.processor import Load
from lod.publication import load
from lod.validation.shapes import shipped_shapes

ROOT = Path(__file__).parents[1]
TEN_FACTS = ROOT / "tests" / "publications" / "ten-facts"
PLAIN = Path(__file__).with_name("plain_script.py")


def _run(*command: str | Path, most: int = 0) -> Callable[[], object]:
    """A command; `most` is the highest exit code that counts as done."""

    def way() -> None:
        done = subprocess.run(
            [str(part) for part in command], check=False, capture_output=True, cwd=ROOT
        )
        assert 0 <= done.returncode <= most, done.stderr.decode()

    return way


def _lod(*arguments: str | Path) -> Callable[[], object]:
    return _run(sys.executable, "-m", "lod", *arguments, most=1)  # 1 is findings


def run(rounds: int) -> dict[str, Any]:
    """Every way in turn, in milliseconds."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(shutil.copytree(TEN_FACTS, Path(scratch, "ten-facts")))
        publication = load(folder)
        data, shapes = Path(scratch, "data.ttl"), Path(scratch, "shapes.nt")
        # All graphs in one, with what the vocabulary says: what the shapes look at.
        context = publication.vocabulary.context_triples(publication.dataset().terms)
        data.write_text(publication.dataset().union() + context, "utf-8")
        shapes.write_text(shipped_shapes().text, "utf-8")
        plain = Path(scratch, "plain")
        ways = {
            "python": _run(sys.executable, "-c", "pass"),
            "import click": _run(sys.executable, "-c", "import click"),
            "lod --help": _lod("--help"),
            "lod check": _lod("check", folder),
            "plain check": _run(sys.executable, PLAIN, "check", data, shapes, plain),
            "lod build": _lod("build", folder),
            "plain build": _run(sys.executable, PLAIN, "build", data, shapes, plain),
        }
        alternate(1, ways)  # files are in the cache of the system, modules are compiled
        took = alternate(rounds, ways)
    return {
        "rounds": rounds,
        "ms": {name: 1e3 * median(seconds) for name, seconds in took.items()},
        "cpu_ms": {name: 1e3 * median(seconds) for name, seconds in took.cpu.items()},
        "help_to_import_click": median_ratio(took, "lod --help", "import click"),
        "plain_to_lod_check": median_ratio(took, "plain check", "lod check"),
        "plain_to_lod_build": median_ratio(took, "plain build", "lod build"),
        "help_to_import_click_cpu": median_ratio(took.cpu, "lod --help", "import click"),
        "plain_to_lod_check_cpu": median_ratio(took.cpu, "plain check", "lod check"),
        "plain_to_lod_build_cpu": median_ratio(took.cpu, "plain build", "lod build"),
    }


def main(arguments: list[str] | None = None) -> None:
    """`python -m benchmarks cold_start`."""
    parser = argparse.ArgumentParser(prog="benchmarks cold_start", description=__doc__)
    parser.add_argument("--rounds", type=int, default=11)
    rounds = parser.parse_args(arguments).rounds
    load = Load()
    write_results("cold_start", run(rounds), load=load)


if __name__ == "__main__":
    main()
