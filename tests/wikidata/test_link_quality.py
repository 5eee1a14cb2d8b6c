"""What is accepted without a person is right: measured on real names that no tuning drew.

The whole measurement is `python -m benchmarks.linking`; here a part of it runs.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.linking import (
    DRAWS,
    LABELS,
    RESULTS,
    draw,
    drawable,
    is_held_out,
    read_rows,
    run,
    table,
)

PAGE = Path(__file__).parents[2] / "docs" / "wikidata.md"
HELD_OUT = [name for name, what in DRAWS.items() if what.held_out]


@pytest.mark.parametrize(("name", "seeds"), [("held out", 3), ("held out, other types", 10)])
def test_precision_of_automatic_links_on_real_names(name: str, seeds: int) -> None:
    result = run(name, DRAWS[name].seeds[:seeds])
    assert result["entities"] >= 1200
    assert result["accepted"] >= 500
    assert result["precision"] >= 0.99, result["wrongOnes"]
    # A bar that nothing passes would be precise too.
    assert result["recall"] >= 0.6
    assert result["bestIsRight"] >= 0.9
    if seeds == len(DRAWS[name].seeds):
        written = json.loads(RESULTS.read_text("utf-8"))["draws"][name]
        assert result == written, "python -m benchmarks.linking"


def test_held_out_draws_share_nothing_with_the_tuning() -> None:
    rows = read_rows(LABELS)
    members = {name: drawable(rows, what) for name, what in DRAWS.items()}
    items = {
        name: {
            key.removeprefix("hidden:") if value is None else value
            for seed in DRAWS[name].seeds[:2]
            for case in draw(members[name], DRAWS[name], seed)
            for key, value in case.right.items()
            if value is not None or key.startswith("hidden:")
        }
        for name in DRAWS
    }
    for name, found in items.items():
        assert {is_held_out(qid) for qid in found} == {DRAWS[name].held_out}
    assert items["tuning"].isdisjoint(set().union(*(items[name] for name in HELD_OUT)))
    assert {DRAWS[name].seeds for name in HELD_OUT}.isdisjoint({DRAWS["tuning"].seeds})
    usual, other = items["held out"], items["held out, other types"]
    assert len(usual & other) < len(other) / 10


def test_documented_figures_are_those_of_the_results_and_pass_the_bar() -> None:
    figures = json.loads(RESULTS.read_text("utf-8"))
    assert table(figures) in PAGE.read_text("utf-8")
    assert figures["draws"].keys() == DRAWS.keys()
    for name in HELD_OUT:
        assert figures["draws"][name]["precision"] >= 0.99
