"""Every benchmark runs, on tiny sizes; what it measures is not looked at."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

import pytest

from benchmarks import cold_start, corpora, house, pipeline, queries, side, source
from benchmarks.generate import BROKEN, make_lines, make_publication
from benchmarks.hops import EQUAL
from benchmarks.report import DOCS, benchmarks_page
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


def test_house_counts_what_stands_in_the_files(tmp_path: Path) -> None:
    package = tmp_path / "house"
    (package / "room").mkdir(parents=True)
    (package / "__init__.py").write_text('"""A house."""\n', "utf-8")
    (package / "door.py").write_text(
        "from typing import TYPE_CHECKING\n\n"
        "if TYPE_CHECKING:\n    from house.room import wall\n\n\n"
        'def _open():\n    """Open."""\n    return 1\n',
        "utf-8",
    )
    (package / "room" / "__init__.py").write_text("import house.door\n", "utf-8")
    (package / "room" / "wall.py").write_text(
        "class Wall:\n    def paint(self):\n        from house.door import _open\n\n"
        "        return _open()\n",
        "utf-8",
    )
    counts = source.count(package)
    assert (counts.statements, counts.modules) == (10, 4)
    assert (counts.documented, counts.public) == (2 / 7, 1 / 6)
    assert counts.circles == [["house.door", "house.room.wall"]]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_house(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    # Beside itself: everything takes as long as before, so what should be faster is missed.
    monkeypatch.setattr(house, "other_side", lambda *_, **__: side.this_side())
    monkeypatch.setattr(house, "_COPIES", 2)
    monkeypatch.setattr(house, "_SMALL", 2)
    monkeypatch.setattr(house, "_PLAIN_SAMPLE", 1)
    with pytest.raises(SystemExit) as end:
        house.main(
            ["--rounds", "1", "--rows", "size", "circles", "help", "small", "example", "suite"]
        )
    table = capsys.readouterr().out
    assert end.value.code == 1
    assert "| yes |" in table
    assert "| **no** |" in table
    assert "| 0.7 | not measured |" in table


def test_the_page_has_the_figures_of_the_results() -> None:
    page = (DOCS / "benchmarks.md").read_text("utf-8")
    assert benchmarks_page(page) == page, "run: python -m benchmarks report"
