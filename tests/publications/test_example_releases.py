"""The releases of the example: as they were released, and what is written from them is fresh."""

from __future__ import annotations

import hashlib
from itertools import pairwise
from pathlib import Path
from shutil import copytree

import pytest

from lod.history.changelog import CHANGELOG, CORRECTIONS, changelog, corrections
from lod.history.releases import RELEASE, all_releases
from tests.cli.conftest import Lod, lod

__all__ = ["lod"]

EXAMPLE = Path(__file__).parents[2] / "examples" / "russia-kazakhstan"


def test_no_release_was_changed() -> None:
    releases = all_releases(EXAMPLE)
    assert len(releases) > 1
    for one in releases:
        one.check()
    for older, newer in pairwise(releases):
        digest = hashlib.sha256((older.folder / RELEASE).read_bytes()).hexdigest()
        assert newer.data["replaces"]["version"] == older.version
        assert newer.data["replaces"]["sha256"] == digest


def test_changelog_and_feed_are_those_of_the_releases() -> None:
    releases = all_releases(EXAMPLE)
    stale = f"run lod release {EXAMPLE}"
    assert (EXAMPLE / CHANGELOG).read_text("utf-8") == changelog(releases), stale
    assert (EXAMPLE / CORRECTIONS).read_text("utf-8") == corrections(releases), stale


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The example, to be changed."""
    return Path(
        copytree(EXAMPLE, tmp_path / "example", ignore=lambda _, names: {"dist"} & {*names})
    )


def test_the_facts_are_the_newest_release(copy: Path, lod: Lod) -> None:
    result = lod("release", copy)
    assert (result.code, "released already, with the same content" in result.out) == (0, True)


def test_a_release_is_not_written_again_with_another_value(copy: Path, lod: Lod) -> None:
    facts = copy / "facts.yaml"
    text = facts.read_text("utf-8")
    assert text.count("    modality: planned\n") > 1
    facts.write_text(
        text.replace("    modality: planned\n", "    modality: expected\n", 1), "utf-8"
    )
    result = lod("release", copy)
    assert result.code == 2
    assert "is never written again" in result.err
    assert "value-changed" in result.err
