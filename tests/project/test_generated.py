"""The generated files are up to date, and nothing is missing from them."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from lod.cli.app import COMMANDS, PROGRAM, app
from lod.codes import CODES
from tests.project.generated import ROOT, generated

FILES = dict(generated())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_file_is_not_stale(path: Path) -> None:
    assert path.read_text("utf-8") == FILES[path], "run: python -m tests.project.generated"


def test_every_command_is_documented() -> None:
    page = (ROOT / "docs" / "commands.md").read_text("utf-8")
    files = {path.stem for path in (ROOT / "lod" / "cli" / "commands").glob("*.py")}
    assert COMMANDS.keys() == files - {"__init__"}
    for name in COMMANDS:
        assert f"### lod {name}\n" in page


def test_every_option_is_explained() -> None:
    with click.Context(app, info_name=PROGRAM) as context:
        for name in COMMANDS:
            command = app.get_command(context, name)
            assert command is not None
            assert command.help
            options = [one for one in command.params if isinstance(one, click.Option)]
            assert [one.name for one in options if not one.help] == []


def test_every_code_is_documented() -> None:
    page = (ROOT / "docs" / "codes.md").read_text("utf-8")
    assert all(f"| `{code}` |" in page for code in CODES)


def test_examples_have_the_schema_that_they_point_at() -> None:
    for example in (ROOT / "examples").glob("*/facts.yaml"):
        assert example.with_name("facts.schema.json") in FILES
