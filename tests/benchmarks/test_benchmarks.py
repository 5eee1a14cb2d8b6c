"""Every benchmark runs, on tiny sizes; what it measures is not looked at."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

import pytest

from benchmarks import cold_start, corpora, pipeline, queries
from benchmarks.generate import BROKEN, make_lines, make_publication
from benchmarks.hops import EQUAL
from lod.corpus.items import Item
from lod.corpus.publish import publish


@pytest.fixture(autouse=True)
def _scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOD_BENCHMARKS", str(tmp_path / "benchmarks"))


def test_generator_gives_the_same_again() -> None:
    assert list(make_lines(30)) == list(make_lines(30))


def test_generated_publications_have_no_errors() -> None:
    assert all(publish(item).dataset for item in corpora.items(30, broken=False))


def test_every_way_to_be_broken_is_found() -> None:
    numbers = range(7, 100 * len(BROKEN), 100)
    lines = list(make_lines(numbers[-1] + 1))
    for number, code in zip(numbers, BROKEN.values(), strict=True):
        item = Item("x:1", bytes(16), "x.jsonl", 1, lines[number])
        published = publish(item)
        assert published.dataset is None
        assert code in {finding["code"] for finding in published.findings}
    assert make_publication(107) != make_publication(107, broken=False)


def test_pipeline() -> None:
    given = Namespace(count=3, sample=8, rounds=1, sizes=[2, 4], jobs_count=4)
    result = pipeline.run(given)
    assert set(result) == {"stages", "ceiling", "plain", "scaling", "jobs"}


def test_cold_start() -> None:
    assert set(cold_start.run(1)["ms"]) >= {"lod --help", "lod check", "plain build"}


def test_queries() -> None:
    result = queries.run([6_000], 1, 1, 20)["sizes"]["6000"]
    assert result["lookups"]["one claim, the same again"]["rows"] > 5
    for item in result["hops"].values():
        assert item["claims_passed"] > 0
        # The long ways round give the same answers.
        rows = {item["forms"][name]["rows"] for name in EQUAL}
        assert len(rows) == 1
        assert rows.pop() > 0
