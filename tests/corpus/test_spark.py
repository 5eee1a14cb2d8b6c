"""Spark on this machine gives what the local engine gives."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lod.corpus.build import build_corpus
from lod.corpus.spark import build_on_spark, find_parts
from lod.errors import InputError
from tests.corpus.conftest import (
    line,
    manifest,
    publication,
    quads,
    tree,
    write_folder,
    write_lines,
)
from tests.system import program

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

COUNT = 5000
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("spark")]


@pytest.fixture(scope="module")
def session() -> Iterator[SparkSession]:
    program("java")
    from pyspark.sql import SparkSession as Session

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
        builder = Session.builder.master("local[2]").config("spark.ui.enabled", "false")
        session = builder.config("spark.driver.host", "127.0.0.1").getOrCreate()
        yield session
        session.stop()


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of every form: a large file, compressed ones, folders; some of it broken."""
    root = tmp_path_factory.mktemp("spark") / "corpus"
    bad = publication(1)
    bad["claims"][0]["quote"] = "not there"
    again = publication(100, firms=5)
    lines = [publication(number) for number in range(COUNT)]
    lines[20:20] = [bad]
    lines[2500:2500] = [bad, again]
    lines[-20:-20] = [bad]
    spaced = [b"\n" * (number % 40 == 0) + line(data) for number, data in enumerate(lines)]
    write_lines(root / "large.jsonl", spaced)
    write_lines(root / "more.jsonl.gz", [bad, *(publication(9000 + n) for n in range(30))])
    write_lines(root / "zstd.jsonl.zst", [publication(9100), b"{\n"])
    for number in range(3):
        write_folder(root / "folders" / str(number), publication(9200 + number))
    (root / "folders" / "1" / "article.txt").write_text("Other words.")
    return root


def test_the_same_quads_and_report_as_the_local_engine(
    corpus: Path, session: SparkSession, tmp_path: Path
) -> None:
    parts = list(find_parts(corpus, cores=2))
    assert len(parts) > 4
    local = build_corpus(corpus, tmp_path / "local", jobs=2)
    spark = build_on_spark(corpus, tmp_path / "spark", session=session)
    assert spark.publications == local.publications > COUNT
    assert (spark.broken, spark.duplicates, spark.built) == (6, 1, spark.publications)
    assert quads(tmp_path / "spark") == quads(tmp_path / "local")
    reports = [(tmp_path / name / "report.jsonl").read_bytes() for name in ("spark", "local")]
    assert reports[0] == reports[1]
    first, second = (manifest(tmp_path / name) for name in ("spark", "local"))
    del first["shards"], second["shards"]
    assert first == second
    # What is there is not built again; what is damaged or gone is.
    before = tree(tmp_path / "spark")
    assert build_on_spark(corpus, tmp_path / "spark", session=session).built == 0
    one, two, *_ = sorted((tmp_path / "spark" / "shards").iterdir())
    one.unlink()
    two.write_bytes(b"x" * two.stat().st_size)
    again = build_on_spark(corpus, tmp_path / "spark", session=session)
    assert 0 < again.built < 1000
    after = tree(tmp_path / "spark")
    assert {name: data for name, data in after.items() if ".lod-notes" not in name} == {
        name: data for name, data in before.items() if ".lod-notes" not in name
    }


def test_files_of_publications_tables_and_compression(
    session: SparkSession, tmp_path: Path
) -> None:
    corpus = write_lines(
        tmp_path / "c.jsonl", [publication(1), publication(2), publication(1, firms=5)]
    )
    also = ("turtle", "csv")
    build_corpus(corpus, tmp_path / "local", compression="zstd", also=also)
    for _ in range(2):
        build_on_spark(corpus, tmp_path / "spark", compression="zstd", also=also, session=session)
    found = tree(tmp_path / "spark")
    assert {name: data for name, data in found.items() if ".lod-notes" not in name} == tree(
        tmp_path / "local"
    )


def test_a_damaged_file_is_said_in_one_line(session: SparkSession, tmp_path: Path) -> None:
    file = write_lines(tmp_path / "c.jsonl.gz", [publication(1)])
    file.write_bytes(file.read_bytes()[:-30])
    with pytest.raises(InputError, match="cannot be read after line"):
        build_on_spark(file, tmp_path / "out", session=session)
    assert not (tmp_path / "out" / "manifest.json").exists()


def test_parts_cover_everything_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lod.corpus.spark._SMALLEST", 1000)
    write_lines(tmp_path / "a.jsonl", map(publication, range(10)))
    for number in range(7):
        write_folder(tmp_path / "f" / str(number), publication(number))
    parts = list(find_parts(tmp_path, cores=4))
    lines = [part for part in parts if not part.places[0].is_folder]
    assert len(lines) > 3
    assert [part.start for part in lines[1:]] == [part.end for part in lines[:-1]]
    assert (lines[0].start, lines[-1].end) == (0, None)
    folders = [place.key for part in parts if part not in lines for place in part.places]
    assert folders == [f"f/{number}" for number in range(7)]


def test_the_command_starts_spark_itself(tmp_path: Path) -> None:
    program("java")
    corpus = write_lines(tmp_path / "c.jsonl", [publication(1), publication(2)])
    run = subprocess.run(
        [sys.executable, "-m", "lod", "build", corpus, "-o", tmp_path / "out", "--engine", "spark"],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": "."},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert "2 publications, 4 claims" in run.stdout
    assert "Traceback" not in run.stderr
