"""Builds that are killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lod.corpus.build import build_corpus
from tests.corpus.conftest import publication, tree, write_lines

COUNT = 400
OPTIONS = ("--shard-size", "8", "--also", "turtle", "--compress", "gzip")


def start(corpus: Path, out: Path, jobs: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "lod", "build", corpus, "-o", out, "--jobs", str(jobs), *OPTIONS],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
        # Who runs the tests in the background may ignore it, and that is inherited.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no threads
    )


def complete_shards(out: Path) -> int:
    return len(list((out / "shards").glob("[!.]*")))


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("undisturbed")
    bad = publication(9)
    bad["claims"][0]["quote"] = "nothing"
    corpus = write_lines(
        folder / "c.jsonl", [bad, *(publication(n) for n in range(10, COUNT + 10))]
    )
    build_corpus(corpus, folder / "out", shard_size=8, also=("turtle",), compression="gzip")
    return corpus, folder / "out"


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_killed_build_goes_on_to_the_same_bytes(
    jobs: int, undisturbed: tuple[Path, Path], tmp_path: Path
) -> None:
    corpus, whole = undisturbed
    total = complete_shards(whole)
    assert total > 20
    out = tmp_path / "out"
    killed = 0
    # Each run goes on from the one before it, and is killed a little further on.
    for moment in (0, 1, total // 3, total // 3 + 1, total - 2, total):
        process = start(corpus, out, jobs)
        while process.poll() is None and (
            not (out / "shards").is_dir() or complete_shards(out) < moment
        ):
            time.sleep(0.001)
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
        # What the manifest lists is whole, or there is none yet.
        if (out / "manifest.json").exists():
            assert complete_shards(out) >= total
    assert killed >= 4
    before = complete_shards(out)
    result = build_corpus(
        corpus, out, shard_size=8, also=("turtle",), compression="gzip", jobs=jobs
    )
    assert tree(out) == tree(whole)
    assert result.publications == COUNT + 1
    # It went on: at most the shards that were on their way were built again.
    assert before >= total - 2
    assert result.built < COUNT // 2


def test_a_killed_worker_ends_the_build_with_a_word(
    undisturbed: tuple[Path, Path], tmp_path: Path
) -> None:
    corpus, whole = undisturbed
    out = tmp_path / "out"
    process = start(corpus, out, 2)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    while not (out / "shards").is_dir() or complete_shards(out) < 3:
        time.sleep(0.001)
    os.kill(int(children.read_text().split()[0]), signal.SIGKILL)
    _, told = process.communicate()
    assert process.returncode == 2
    assert b"a worker process was killed" in told
    assert b"goes on where it stopped" in told
    assert not (out / "manifest.json").exists()
    build_corpus(corpus, out, shard_size=8, also=("turtle",), compression="gzip")
    assert tree(out) == tree(whole)


def test_ctrl_c_ends_all_quietly(undisturbed: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    process = start(undisturbed[0], out, 2)
    while not (out / "shards").is_dir() or complete_shards(out) < 3:
        time.sleep(0.001)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all of them
    _, told = process.communicate()
    assert (process.returncode, told) == (130, b"")
    assert not list(out.glob(".*.part"))


def test_the_old_output_stays_until_the_new_one_is_whole(
    undisturbed: tuple[Path, Path], tmp_path: Path
) -> None:
    corpus = write_lines(tmp_path / "c.jsonl", [publication(n) for n in range(5)])
    out = tmp_path / "out"
    build_corpus(corpus, out, shard_size=8, also=("turtle",), compression="gzip")
    manifest = (out / "manifest.json").read_bytes()
    listed = [out / shard["file"] for shard in json.loads(manifest)["shards"]]
    before = [file.read_bytes() for file in listed]
    other, _ = undisturbed
    process = start(other, out, 1)
    while process.poll() is None and complete_shards(out) < len(listed) + 3:
        time.sleep(0.001)
    process.kill()
    process.wait()
    if (out / "manifest.json").read_bytes() == manifest:
        assert [file.read_bytes() for file in listed] == before
