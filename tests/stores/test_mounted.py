"""Folders that are filled, not replaced: cut off at any step, the next one ends the work."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from lod.store import mounted
from lod.store.mounted import fill, finish, folder_inside, is_fixed, remove_inside
from lod.store.places import temporary_folder, user_folder

#: A folder as data: name to content, or to another folder.
Tree = Mapping[str, Any]
_NAMES = st.sampled_from(["a", "b", ".x"])
TREES = st.recursive(
    st.dictionaries(_NAMES, st.binary(max_size=3), max_size=4),
    lambda inner: st.dictionaries(_NAMES, inner | st.binary(max_size=3), max_size=3),
    max_leaves=5,
)


class Killed(BaseException):
    """The process ends here."""


def write(tree: Tree, folder: Path) -> None:
    folder.mkdir(parents=True)
    for name, content in tree.items():
        if isinstance(content, bytes):
            (folder / name).write_bytes(content)
        else:
            write(content, folder / name)


def read(folder: Path) -> Tree:
    return {
        path.name: read(path) if path.is_dir() else path.read_bytes() for path in folder.iterdir()
    }


def killed_at(step: int, patch: pytest.MonkeyPatch) -> list[int]:
    """Let the process end before a step that changes the disk; gives the number of those done."""
    steps = [0]

    def counted(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            if steps[0] == step:
                raise Killed
            steps[0] += 1
            return function(*args, **kwargs)

        return call

    for name in ("rename", "replace", "unlink", "rmdir"):
        patch.setattr(os, name, counted(getattr(os, name)))
    return steps


@settings(max_examples=10, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(old=TREES, new=TREES, other=TREES)
def test_killed_at_any_step(
    old: Tree, new: Tree, other: Tree, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = tmp_path_factory.mktemp("filled")
    step = 0
    is_killed = True
    while is_killed:
        place = root / str(step)
        write(old, place)
        write({}, place / "lost+found")
        write(other, folder_inside(place, "killed"))
        write(new, aside := folder_inside(place, "1"))
        with pytest.MonkeyPatch.context() as patch:
            killed_at(step, patch)
            try:
                fill(aside, place)
                is_killed = False
            except Killed:
                pass
        seen = read(place)
        finish(place)
        remove_inside(place)
        found = read(place)
        assert found in ({**old, "lost+found": {}}, {**new, "lost+found": {}})
        # Before the new ones count nothing is touched; what is seen is old or new, and whole.
        for name, content in seen.items():
            if not name.startswith(mounted._WORK) and name != "lost+found":
                assert content in (old.get(name), new.get(name))
        shutil.rmtree(place)
        step += 1


def test_a_folder_that_is_not_mounted(tmp_path: Path) -> None:
    assert not is_fixed(tmp_path)
    assert not is_fixed(tmp_path / "new")
    assert is_fixed(Path("/proc"))


def test_no_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", classmethod(no_home))
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    assert user_folder("XDG_CACHE_HOME", ".cache") is None
    monkeypatch.setenv("XDG_CACHE_HOME", "/var/cache")
    assert user_folder("XDG_CACHE_HOME", ".cache") == Path("/var/cache")
    assert temporary_folder().is_dir()


def no_home(_: type[Path]) -> Path:
    raise RuntimeError("Could not determine home directory.")
