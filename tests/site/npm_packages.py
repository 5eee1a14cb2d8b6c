"""The packages of the query page, as npm installs them; kept between runs, by their versions."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from lod.site.query_assets import PACKAGES


def npm_packages() -> Path:
    """A `node_modules` with the packages; the test is skipped where npm cannot bring them."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is not installed")
    names = [f"{package}@{version}" for package, version in PACKAGES.items()]
    cache = Path(tempfile.gettempdir()) / f"lod-tests-npm-{os.getuid()}"
    folder = cache / "_".join(names).replace("/", "_").replace("@", "")
    if not folder.is_dir():
        cache.mkdir(exist_ok=True)
        aside = Path(tempfile.mkdtemp(dir=cache))
        command: list[str | Path] = [
            npm,
            "install",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--prefix",
            aside,
        ]
        done = subprocess.run([*command, *names], capture_output=True, text=True, check=False)
        if done.returncode:
            shutil.rmtree(aside)
            pytest.skip(f"npm cannot bring {', '.join(names)}: {done.stderr[-300:]}")
        try:
            aside.rename(folder)
        except OSError:  # another process was faster
            shutil.rmtree(aside)
    return folder / "node_modules"
