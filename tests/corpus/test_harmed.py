"""The output of a corpus that somebody harmed is healed by the next build."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from lod.corpus.build import build_corpus
from lod.corpus.output import STATE
from tests.corpus.conftest import (
    publication,
    tree,
    write_lines,
)

build_tens = partial(build_corpus, shard_size=10, also=("turtle",))


def delete_state(out: Path) -> None:
    for file in out.glob(f"{STATE}*"):
        file.unlink()


def garbage_state(out: Path) -> None:
    delete_state(out)
    (out / STATE).write_bytes(b"no database" * 1000)


def cut_state(out: Path) -> None:
    data = (out / STATE).read_bytes()
    (out / STATE).write_bytes(data[: len(data) // 2])


def overwritten_state(out: Path) -> None:
    data = bytearray((out / STATE).read_bytes())
    data[8192:] = b"\xff" * (len(data) - 8192)
    (out / STATE).write_bytes(data)


def other_schema(out: Path) -> None:
    delete_state(out)
    with sqlite3.connect(out / STATE) as database:
        database.execute("CREATE TABLE shards (x)")
    database.close()


def first_shard(out: Path) -> Path:
    return sorted((out / "shards").iterdir())[0]


def delete_shard(out: Path) -> None:
    first_shard(out).unlink()


def cut_shard(out: Path) -> None:
    first_shard(out).write_bytes(first_shard(out).read_bytes()[:-10])


def changed_shard(out: Path) -> None:
    data = first_shard(out).read_bytes()
    first_shard(out).write_bytes(data[:100] + b"X" + data[101:])


def foreign_shard(out: Path) -> None:
    (out / "shards" / f"{'0' * 20}.nq").write_bytes(b"old")
    (out / "shards" / ".x.nq.77.part").write_bytes(b"half")
    delete_state(out)


def no_shards(out: Path) -> None:
    shutil.rmtree(out / "shards")


def no_manifest(out: Path) -> None:
    (out / "manifest.json").unlink()
    (out / "report.jsonl").unlink()


def no_files(out: Path) -> None:
    shutil.rmtree(out / "publications" / "data.example.org" / "7")
    (out / "publications" / "data.example.org" / "999").mkdir()
    (out / "publications" / "data.example.org" / "999" / "dataset.ttl").write_text("old")


HARMS = [
    delete_state, garbage_state, cut_state, overwritten_state, other_schema, delete_shard,
    cut_shard, changed_shard, foreign_shard, no_shards, no_manifest, no_files,
]  # fmt: skip


@pytest.fixture(scope="module")
def sixty(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("sixty")
    corpus = write_lines(folder / "c.jsonl", map(publication, range(60)))
    build_tens(corpus, folder / "out")
    return corpus, folder / "out"


@pytest.mark.parametrize("harm", HARMS)
def test_what_is_harmed_is_healed(
    harm: Callable[[Path], None], sixty: tuple[Path, Path], tmp_path: Path
) -> None:
    corpus, built = sixty
    out = Path(shutil.copytree(built, tmp_path / "out"))
    harm(out)
    build_tens(corpus, out)
    assert tree(out) == tree(built)
