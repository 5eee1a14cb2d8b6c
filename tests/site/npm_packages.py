"""The packages of the query page, as npm installs them from `tests/site/npm/package-lock.json`."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from tests.system import program

#: `package.json` and `package-lock.json`, which `python -m tests.project.constraints` writes.
LOCK = Path(__file__).parent / "npm"


def npm_packages(lock: Path = LOCK) -> Path:
    """A `node_modules` with the packages, kept between runs; the test is skipped without npm.

    Args:
        lock: the folder with their `package.json` and `package-lock.json`.
    """
    npm = program("npm")
    digest = hashlib.sha256((lock / "package-lock.json").read_bytes()).hexdigest()[:16]
    cache = Path(tempfile.gettempdir()) / f"lod-tests-npm-{os.getuid()}"
    folder = cache / digest
    if not folder.is_dir():
        cache.mkdir(exist_ok=True)
        aside = Path(tempfile.mkdtemp(dir=cache))
        for file in lock.iterdir():
            shutil.copy(file, aside)
        # Each package in the version of the lock, checked against the hash that stands there.
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        done = subprocess.run(command, cwd=aside, capture_output=True, text=True, check=False)
        if done.returncode:
            shutil.rmtree(aside)
            pytest.skip(f"npm cannot bring the packages of {lock}: {done.stderr[-300:]}")
        try:
            aside.rename(folder)
        except OSError:  # another process was faster
            shutil.rmtree(aside)
    return folder / "node_modules"
