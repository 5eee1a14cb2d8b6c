"""Commands that messages, hints, docstrings and pages name are such as `lod` takes."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import click
import pytest

from lod.cli.app import COMMANDS, app
from tests.docs.pages import PAGES
from tests.project.layers import ROOT, modules

#: A command with what follows it, as far as that is options, placeholders and paths.
_COMMAND = re.compile(
    rf"\blod ({'|'.join(COMMANDS)})"
    r"((?: (?:--?[a-z][a-z-]*|[A-Z]+\b|\{\}|[\w{}]*[/.][\w{}./]+))*)"
)


def texts() -> Iterator[tuple[str, str]]:
    """Every text of the code with its place; what is put into it is `{}`."""
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Constant | ast.JoinedStr):
                continue
            parts = node.values if isinstance(node, ast.JoinedStr) else [node]
            said = (str(one.value) if isinstance(one, ast.Constant) else "{}" for one in parts)
            text = "".join(said)
            if "lod " in text:
                yield f"{path.relative_to(ROOT)}:{node.lineno}", text
    for path in (ROOT / "CHANGELOG.md", *PAGES.values()):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            yield f"{path.relative_to(ROOT)}:{number}", line


NAMED = sorted(
    {
        (name, operands, place)
        for place, text in texts()
        for name, operands in _COMMAND.findall(text)
        if operands
    }
)


def test_some_are_found() -> None:
    assert len(NAMED) > 20
    assert ("load", " {} --store STORE", "lod/facts/load.py") in {
        (name, operands, place.rpartition(":")[0]) for name, operands, place in NAMED
    }


@pytest.mark.parametrize("name", sorted({name for name, _, _ in NAMED}))
def test_they_have_the_options_that_they_need_and_no_others(name: str) -> None:
    with click.Context(app) as context:
        command = app.get_command(context, name)
    assert command is not None
    options = [one for one in command.params if isinstance(one, click.Option)]
    known = {"-h", "--help", *(opt for one in options for opt in (*one.opts, *one.secondary_opts))}
    needed = [set(one.opts) for one in options if one.required]
    for _, operands, place in (one for one in NAMED if one[0] == name):
        words = operands.split()
        given = {word for word in words if word.startswith("-")}
        assert given <= known, f"{place}: lod {name}{operands}"
        # A message says the whole of it; a page may speak of an option alone, and the examples of
        # a command are read whole elsewhere.
        if len(words) > len(given) and place.startswith("lod/") and "/commands/" not in place:
            assert all(one & given for one in needed), f"{place}: lod {name}{operands}"
