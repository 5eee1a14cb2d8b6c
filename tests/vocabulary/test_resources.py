"""The shipped files are found in a wheel and in a checkout."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lod import resources
from lod.errors import InputError


@pytest.fixture(autouse=True)
def forget() -> Iterator[None]:
    resources.folder.cache_clear()
    yield
    resources.folder.cache_clear()


def test_a_checkout_has_them_beside_the_package() -> None:
    assert resources.folder("vocab") == Path(resources.__file__).parents[1] / "vocab"
    assert resources.read("vocab", "lod.ttl").startswith(b"@prefix")


def test_a_wheel_has_them_in_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "lod"
    for folder in (package / "_data" / "shapes", tmp_path / "shapes"):
        folder.mkdir(parents=True)
    (package / "_data" / "shapes" / "b.ttl").write_bytes(b"from the wheel")
    (package / "_data" / "shapes" / "a.ttl").write_bytes(b"")
    (package / "_data" / "shapes" / "notes.txt").write_bytes(b"")
    monkeypatch.setattr(resources, "_PACKAGE", package)
    assert resources.read("shapes", "b.ttl") == b"from the wheel"
    assert [path.name for path in resources.files("shapes", ".ttl")] == ["a.ttl", "b.ttl"]


def test_what_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match=r"vocab/nothing\.ttl"):
        resources.read("vocab", "nothing.ttl")
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "lod")
    resources.folder.cache_clear()
    with pytest.raises(InputError, match="'vocab'"):
        resources.folder("vocab")
