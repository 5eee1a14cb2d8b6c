"""`lod disagree`: the same of a corpus as it is written, as it was built, and in a store."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from tests.cli.conftest import EXAMPLE, Lod
from tests.corpus.conftest import write_folder, write_lines
from tests.review.test_disagreements import population, publication

NUMBERS = {"a": 28, "b": 31, "c": 28}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Three publications, of which one says another number."""
    said = [publication(name, population(number)) for name, number in NUMBERS.items()]
    return write_lines(tmp_path / "c.jsonl", said)


def test_whatever_the_publications_stand_in_the_report_is_the_same(
    lod: Lod, corpus: Path, tmp_path: Path
) -> None:
    folders = tmp_path / "folders"
    for name, number in NUMBERS.items():
        write_folder(folders / name, publication(name, population(number)))
        assert lod("build", folders / name).code == 0
    assert lod("build", corpus, "-o", tmp_path / "out").code == 0
    assert lod("load", tmp_path / "out", "--store", tmp_path / "store").code == 0
    single = [folders / name for name in NUMBERS]
    quads = [folders / name / "dist" / "dataset.nq" for name in NUMBERS]
    turtle = [folders / name / "dist" / "dataset.ttl" for name in NUMBERS]
    packed = tmp_path / "all.nq.gz"
    packed.write_bytes(gzip.compress(b"".join(file.read_bytes() for file in quads)))
    dist = [file.parent for file in quads]
    places = [[corpus], [folders], [tmp_path / "out"], [tmp_path / "store"], single, quads, turtle]
    runs = [lod("disagree", *paths, "-f", "json") for paths in [*places, [packed], dist]]
    assert {run.code for run in runs} == {1}
    (report,) = {run.out for run in runs}
    data = json.loads(report)
    assert [claim["publication"][-2] for claim in data["disagreements"][0]["claims"]] == [*"abc"]
    assert {k: data[k] for k in ("publications", "claims", "compared", "alone", "notCompared")} == {
        "publications": 3,
        "claims": 3,
        "compared": 3,
        "alone": 0,
        "notCompared": {},
    }
    reverse = lod("disagree", *single[::-1], "-f", "json", "--jobs", "2")
    assert reverse.out == report


def test_the_table_has_both_quotes_speakers_and_dates_and_no_verdict(
    lod: Lod, corpus: Path
) -> None:
    run = lod("disagree", corpus)
    assert run.code == 1
    assert "Norland (Q100000001) rel:population" in run.out
    for name, number in NUMBERS.items():
        assert f"2024-11-27  Reporter {name}: “Article {name}”" in run.out
        assert f"“In 2023 Norland had {number} million inhabitants.”" in run.out
        assert f"https://data.example.org/{name}/claim/c1" in run.out
    assert "3 publications, 3 claims: 1 disagreement\n" in run.out
    assert not any(word in run.out for word in ("wrong", "right", "error", "false", "true"))


def test_a_limit_shows_less_and_counts_all(lod: Lod, tmp_path: Path) -> None:
    claims = [
        {
            **population(20 + number),
            "during": f"in {year}",
            "text": f"In {year} Norland had {20 + number} million inhabitants.",
        }
        for number, year in enumerate(range(2015, 2020))
    ]
    other = [
        {**claim, "value": "5 million inhabitants", "text": claim["text"].replace(str(n), "5")}
        for n, claim in enumerate(claims, 20)
    ]
    corpus = write_lines(
        tmp_path / "c.jsonl", [publication("a", *claims), publication("b", *other)]
    )
    run = lod("disagree", corpus, "--limit", "2", "-f", "json")
    data = json.loads(run.out)
    assert (run.code, data["shown"], len(data["disagreements"])) == (1, 2, 2)
    assert data["disagreements"][0]["claims"]
    assert json.loads(lod("disagree", corpus, "-f", "json").out)["shown"] == 5
    assert "5 disagreements, 3 of them not shown" in lod("disagree", corpus, "--limit", "2").out


def test_one_publication_that_agrees_with_itself(lod: Lod) -> None:
    run = lod("disagree", EXAMPLE)
    assert run.code == 0
    assert "1 publication, 161 claims: 0 disagreements" in run.out
    assert "not compared:" in run.out


def test_what_cannot_be_read_is_said_and_the_rest_is_compared(lod: Lod, tmp_path: Path) -> None:
    said = [publication(name, population(number)) for name, number in NUMBERS.items()]
    broken = publication("d", population(28))
    broken["claims"][0]["property"] = "nothing"
    corpus = write_lines(tmp_path / "c.jsonl", [*said, broken, b"no json\n"])
    run = lod("disagree", corpus, "-f", "json")
    data = json.loads(run.out)
    assert run.code == 2
    assert len(data["disagreements"]) == 1
    assert [one["name"] for one in data["unread"]] == ["c.jsonl:4", "c.jsonl:5"]
    assert "not read: c.jsonl:4" in run.err
    folder = write_folder(tmp_path / "broken", broken)
    run = lod("disagree", folder, tmp_path / "c.jsonl", "--limit", "1")
    assert run.code == 2
    assert f"not read: {folder}" in run.err
    assert run.err.count(str(folder)) == 1
    assert "1 disagreement\n" in run.out


@pytest.mark.parametrize("name", ["nothing", "note.txt", "other.nq"])
def test_what_is_none_of_all_that_is_refused(lod: Lod, tmp_path: Path, name: str) -> None:
    (tmp_path / "note.txt").write_text("a note", "utf-8")
    (tmp_path / "other.nq").write_text("<x:s> <x:p> <x:o> .\n", "utf-8")
    run = lod("disagree", EXAMPLE, tmp_path / name, "-f", "json")
    assert run.code == 2
    assert name in run.err
    assert "Traceback" not in run.err
    assert run.out == ""


def test_a_revision_is_no_path(lod: Lod, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(__file__).parent)  # a repository of Git, where there is a HEAD
    run = lod("disagree", "HEAD")
    assert (run.code, run.err) == (2, "lod: HEAD: no such file or folder\n")
