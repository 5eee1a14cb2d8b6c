"""The core works with the lowest versions that are allowed, and on every Python that is named."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.project.constraints import (
    LOWEST,
    LOWEST_EXTRAS,
    LOWEST_TOOLS,
    NEWEST,
    ROOT,
    direct,
    project,
)

pytestmark = pytest.mark.slow

#: The tests that a version of Python or of a package may turn red: reading, checking, building,
#: every format, both SHACL engines, queries and their limits, corpora, the server, the command.
#: About a minute; what holds by our code alone is left to the tests of the Python that runs these.
CORE = (
    "tests/facts",
    "tests/language/test_quantities_data.py",
    "tests/language/test_sentences.py",
    "tests/rdf",
    "tests/publications/test_conforming.py",
    "tests/publications/test_violating.py",
    "tests/query/test_limits.py",
    "tests/query/test_results.py",
    "tests/validation/test_trace.py",
    "tests/validation/test_validate.py",
    "tests/corpus/test_items.py",
    "tests/cli/test_check_build.py",
    "tests/cli/test_command.py",
    "tests/server/test_negotiation.py",
    "tests/server/test_protocol.py",
)
_QUIET = ("-p", "no:cacheprovider", "--disable-warnings")
_PYTHON = "Programming Language :: Python :: "
OTHERS = [
    version
    for line in project()["project"]["classifiers"]
    if re.fullmatch(r"\d\.\d+", version := line.removeprefix(_PYTHON))
    and version != f"{sys.version_info.major}.{sys.version_info.minor}"
]


def interpreter(version: str) -> str:
    """A Python of a version; the test is skipped where there is none."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    candidates = [str(path) for path in sorted(pyenv.glob(f"versions/{version}.*/bin/python"))]
    on_path = shutil.which(f"python{version}")
    for candidate in [*candidates, *([on_path] if on_path else [])]:
        # What pyenv puts on the path says only whether it knows the name.
        if subprocess.run([candidate, "-c", ""], capture_output=True, check=False).returncode == 0:
            return candidate
    pytest.skip(f"needs Python {version}")


def run_core(python: str, home: Path, install: Sequence[str]) -> None:
    """Run the core tests in a new environment.

    Args:
        python: the interpreter.
        home: folder of the environment.
        install: what pip is told to install.
    """
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "PYTEST"))}
    environment |= {"PYTHONDONTWRITEBYTECODE": "1"}
    # pip of this environment installs into the other one: it is the one that is pinned.
    inside = str(home / ("Scripts" if os.name == "nt" else "bin") / "python")
    for command in (
        [python, "-m", "venv", "--without-pip", str(home)],
        [sys.executable, "-m", "pip", "--python", inside, "install", "-q", *install],
        [inside, "-m", "pytest", "-q", "-m", "not slow", *_QUIET, *CORE],
    ):
        run = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
        assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]
    assert " passed" in run.stdout


def test_core_is_there() -> None:
    assert [path for path in CORE if not (ROOT / path).exists()] == []


def test_core_works_with_the_lowest_versions(tmp_path: Path) -> None:
    run_core(sys.executable, tmp_path / "venv", ["--no-deps", "-r", str(LOWEST)])


@pytest.mark.release
@pytest.mark.parametrize("version", OTHERS)
def test_core_works_on_every_python_that_is_named(version: str, tmp_path: Path) -> None:
    requirements = tmp_path / "requirements.txt"
    wanted = [*map(str, direct(*LOWEST_EXTRAS)), *LOWEST_TOOLS]
    requirements.write_text("\n".join(wanted), "utf-8")
    install = ["-c", str(NEWEST), "-r", str(requirements)]
    run_core(interpreter(version), tmp_path / "venv", install)
