"""What a command does not need, it does not load: that is what makes it start fast."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLE = "examples/russia-kazakhstan"

HEAVY = {"rdflib", "pyshacl", "pyoxigraph", "shacl", "babel", "sentencex", "requests"}
HEAVY |= {"pandas", "yaml", "importlib.metadata", "asyncio", "http", "email", "xml", "decimal"}

_PROGRAM = """
import sys
from lod.cli.main import main
try:
    main(sys.argv[1:])
except SystemExit as exit:
    print(exit.code, *sys.modules, file=sys.stderr)
"""


def loaded(*arguments: str, **environment: str) -> tuple[int, set[str]]:
    """The exit code of a command, and the modules that it loaded."""
    run = subprocess.run(
        [sys.executable, "-c", _PROGRAM, *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    code, *modules = run.stderr.splitlines()[-1].split()
    return int(code), set(modules)


COMPLETE = {"_LOD_COMPLETE": "bash_complete", "COMP_CWORD": "1"}


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        ((), {}),
        (("--help",), {}),
        (("--version",), {}),
        (("chekc",), {}),
        (("completion", "bash"), {}),
        ((), {**COMPLETE, "COMP_WORDS": "lod "}),
        ((), {**COMPLETE, "COMP_WORDS": "lod check --", "COMP_CWORD": "2"}),
        (("build", "--help"), {}),
        (("query", "--help"), {}),
        (("codes",), {}),
    ],
    ids=" ".join,
)
def test_nothing_heavy_is_loaded(arguments: tuple[str, ...], environment: dict[str, str]) -> None:
    _, modules = loaded(*arguments, **environment)
    assert modules & HEAVY == set()
    assert not any(
        name.startswith(("lod.facts", "lod.dataset", "lod.query", "lod.validation", "lod.model"))
        for name in modules
    )


def test_help_loads_no_command() -> None:
    _, modules = loaded("--help")
    assert modules & {"tempfile", "pathlib", "difflib", "traceback"} == set()
    commands = {name for name in modules if name.startswith("lod.cli.")}
    support = {"lod.cli.support", "lod.cli.support.terminal"}
    assert commands == {"lod.cli.app", "lod.cli.main", "lod.cli.run"} | support


def test_check_loads_no_slow_engine_where_the_fast_one_is_installed() -> None:
    pytest.importorskip("shacl")
    code, modules = loaded("check", EXAMPLE)
    assert code == 0
    assert "shacl" in modules
    assert modules & {"rdflib", "pyshacl", "requests", "pandas"} == set()
    assert modules & {"ctypes", "secrets"} == set()  # for what is written
    # Nor for what is wrong, or was not built here:
    assert modules & {"fractions", "lod.validation.trace", "lod.validation.literals"} == set()
    assert modules & {"lod.validation.checks.words", "lod.validation.shapes_check"} == set()


def test_package_loads_nothing_until_it_is_used() -> None:
    program = "import sys, lod; print(*sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    modules = set(run.stdout.split())
    assert {name for name in modules if name.split(".")[0] == "lod"} == {"lod", "lod.version"}
