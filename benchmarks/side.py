"""Another commit of the project beside this one, in an environment of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpora import scratch

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Side:
    """A checkout and its interpreter.

    Attributes:
        root: the checkout.
        python: the interpreter, in whose environment the checkout is installed.
    """

    root: Path
    python: str

    def run(self, *arguments: str | Path, most: int = 0) -> str:
        """Run its interpreter in the checkout.

        Args:
            arguments: for the interpreter.
            most: the highest exit code that counts as done.

        Returns:
            What it printed.
        """
        done = subprocess.run(
            [self.python, *map(str, arguments)],
            cwd=self.root,
            env=environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert 0 <= done.returncode <= most, done.stderr + done.stdout
        return done.stdout

    def build(self, corpus: Path) -> dict[str, float]:
        """Build a corpus with one process; seconds and memory as `build_once` says them."""
        result: dict[str, float] = json.loads(self.run("-m", "benchmarks.build_once", corpus, "1"))
        return result


def environment() -> dict[str, str]:
    """The variables of a process that is measured.

    Where this process finds its modules is not for another side; and modules are kept compiled, as
    those of an installed package are, whatever this process does with its own.
    """
    ours = ("PYTHONPATH", "PYTHONDONTWRITEBYTECODE")
    return {name: value for name, value in os.environ.items() if name not in ours}


def this_side() -> Side:
    """The checkout that this module is in, with the running interpreter."""
    return Side(ROOT, sys.executable)


def other_side(commit: str, *, tests: bool = False) -> Side:
    """A commit of this repository, cloned and installed in the scratch folder and kept there.

    Where this checkout has a constraints file, the packages are those of it, for both sides.

    Args:
        commit: as git names it.
        tests: whether what its tests need is installed too.
    """
    sha = _git(ROOT, "rev-parse", "--verify", f"{commit}^{{commit}}").strip()
    folder = scratch() / "commits" / sha
    root, venv = folder / "checkout", folder / "venv"
    side = Side(
        root, str(venv / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python"))
    )
    done = folder / ("installed-tests" if tests else "installed")
    if done.exists():
        return side
    if not (folder / "cloned").exists():
        shutil.rmtree(folder, ignore_errors=True)
        print(f"installing {sha[:12]} in {folder} …", file=sys.stderr)
        _git(ROOT, "clone", "-q", "--no-checkout", ROOT, root)
        _git(root, "checkout", "-q", "--detach", sha)
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        (folder / "cloned").touch()
    constraints = ROOT / "constraints.txt"
    options: list[str | Path] = ["-c", constraints] if constraints.exists() else []
    side.run("-m", "pip", "install", "-q", "-U", "pip>=25.1", *options)  # knows --group
    side.run(
        "-m", "pip", "install", "-q", "-e", ".", *options, *(["--group", "dev"] if tests else [])
    )
    done.touch()
    return side


def _git(folder: Path, *arguments: str | Path) -> str:
    return subprocess.run(
        ["git", "-C", folder, *arguments], check=True, capture_output=True, text=True
    ).stdout
