"""Several commands that write one folder at once, as real processes."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lod.store.locks import locked
from tests.cli.conftest import small

__all__ = ["small"]

WHOLE = {"dataset.ttl", "dataset.jsonld", "dataset.trig", "dataset.nq", "report.json"}


def start(*args: str | Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "lod", *map(str, args)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_three_builds_of_one_folder(small: Path) -> None:
    """Whichever comes first: what ends with 0 wrote a whole folder, and none is ever incomplete."""
    dist = small / "dist"
    for _ in range(3):
        running = [start("build", small) for _ in range(3)]
        while any(process.poll() is None for process in running):
            if dist.exists():
                seen = names(dist) if dist.exists() else WHOLE
                assert seen in (WHOLE, set()), "the latter: replaced while it was looked at"
            time.sleep(0.002)
        said = [process.communicate()[1] for process in running]
        codes = [process.returncode for process in running]
        assert set(codes) <= {0, 2}
        assert 0 in codes
        for code, words in zip(codes, said, strict=True):
            assert ("another build is at work there" in words) == (code == 2)
        assert names(dist) == WHOLE
        listed = json.loads((dist / "report.json").read_text("utf-8"))["files"]
        assert all((dist / one["name"]).stat().st_size == one["bytes"] for one in listed)
    assert not [name for name in names(small) if ".lod-" in name]


@pytest.mark.parametrize("command", ["build", "site"])
def test_who_waits_takes_its_turn(command: str, small: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with locked(out):
        refused = start(command, small, "-o", out)
        assert "another build is at work there" in refused.communicate()[1]
        assert refused.returncode == 2
        waiting = start(command, small, "-o", out, "--wait")
        with pytest.raises(subprocess.TimeoutExpired):
            waiting.wait(3)
    assert waiting.wait() == 0, waiting.communicate()
    waiting.communicate()
    assert out.is_dir()


def test_what_is_read_after_waiting_is_what_counts(small: Path) -> None:
    dist = small / "dist"
    with locked(dist):
        waiting = start("build", small, "--wait")
        with pytest.raises(subprocess.TimeoutExpired):
            waiting.wait(2)
        facts = next(small.glob("facts.*"))
        facts.write_text("no facts\n", "utf-8")
    assert waiting.wait() == 1, waiting.communicate()
    waiting.communicate()


@pytest.mark.parametrize("command", ["build", "site"])
def test_a_link_stays_a_link(command: str, small: Path, tmp_path: Path) -> None:
    real = tmp_path / "real"
    real.mkdir()
    link = tmp_path / "out"
    link.symlink_to(real, target_is_directory=True)
    for _ in range(2):
        process = start(command, small, "-o", link)
        process.communicate()
        assert process.returncode == 0
        assert link.is_symlink()
        assert any(real.iterdir())
    assert not [name for name in names(tmp_path) if ".lod-" in name]


def test_nothing_is_left_where_there_is_no_publication(tmp_path: Path) -> None:
    process = start("build", tmp_path / "nowhere", "-o", tmp_path / "new" / "out")
    process.communicate()
    assert process.returncode == 2
    assert names(tmp_path) == set()
