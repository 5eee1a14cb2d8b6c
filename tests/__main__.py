"""Runs everything that has to hold: format, lint, types, tests.

`python -m tests` is what CI runs; what follows is passed on to pytest, so that
`python -m tests -m "not slow" tests/cli` runs a part.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]

CHECKS = (
    ("ruff", "check", "--quiet"),
    ("ruff", "format", "--check", "--quiet"),
    ("mypy",),
)
PYTEST = ("pytest", "-q", "-n", "2", "--dist", "loadgroup")


def run(*command: str) -> bool:
    """Run a tool of this Python in the checkout; whether it found nothing."""
    print("$", *command, flush=True)  # noqa: T201 - the progress of a script
    return subprocess.run([sys.executable, "-m", *command], cwd=ROOT, check=False).returncode == 0


def main() -> int:
    """Run all, also after a failure; the tests come last."""
    failed = [" ".join(command[:2]) for command in CHECKS if not run(*command)]
    failed += [] if run(*PYTEST, *sys.argv[1:]) else ["pytest"]
    if failed:
        print("failed:", ", ".join(failed), flush=True)  # noqa: T201 - the result of a script
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
