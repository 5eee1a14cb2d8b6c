"""CONTRIBUTING describes the folders as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.pages import code
from tests.project.layers import PACKAGE, ROOT

TEXT = (ROOT / "CONTRIBUTING.md").read_text("utf-8")


def layout() -> Iterator[str]:
    """The paths below `lod/` that the layout names: a folder, a module, or one in a folder above.

    A line has one or several names, then what they hold after two spaces. It is indented where the
    names stand in the folder of the line above it.
    """
    [block] = code("CONTRIBUTING.md", "text")
    above: list[tuple[int, str]] = []
    for line in block.splitlines():
        indent = len(line) - len(line.lstrip())
        above = [(depth, name) for depth, name in above if depth < indent]
        prefix = "".join(f"{name}/" for _, name in above)
        names = [name.strip("/ ") for name in re.split(r"\s{2,}", line.strip())[0].split(",")]
        yield from (prefix + name for name in names)
        above.append((indent, names[-1]))


def test_layout_names_every_part_and_no_other() -> None:
    named = list(layout())
    assert len(named) == len(set(named))
    top = {name for name in named if "/" not in name}
    parts = {
        path.stem
        for path in PACKAGE.iterdir()
        if path.suffix == ".py" or (path.is_dir() and any(path.rglob("*.py")))
    }
    assert top == parts - {"__init__", "__main__"}
    assert [
        name
        for name in named
        if not (PACKAGE / name).is_dir() and not (PACKAGE / f"{name}.py").is_file()
    ] == []


PATHS = sorted(set(re.findall(r"`([\w.-]+/[\w./-]*)`", TEXT)))


@pytest.mark.parametrize("path", PATHS)
def test_paths_of_the_recipes_are_there(path: str) -> None:
    """`xx` stands for any language, `NAME` for any name."""
    pattern = path.rstrip("/").replace("xx", "??").replace("NAME", "*")
    assert list(Path(ROOT).glob(pattern)) != []


MODULES = re.findall(r"python -m ([\w.]+)", TEXT)


@pytest.mark.parametrize("module", sorted(set(MODULES) - {"venv", "tests"}))
def test_modules_of_the_commands_are_there(module: str) -> None:
    path = ROOT / module.replace(".", "/")
    assert path.with_suffix(".py").is_file() or (path / "__main__.py").is_file()
