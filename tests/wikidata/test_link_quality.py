"""What is accepted without a person is right: measured on real names."""

from __future__ import annotations

from pathlib import Path

from benchmarks.linking import THRESHOLD, LabelSource, draw, measure, read_rows

LABELS = Path(__file__).parent / "data" / "labels.tsv.gz"


def test_precision_of_automatic_links_on_real_names() -> None:
    rows = read_rows(LABELS)
    result = measure(LabelSource(rows), draw(rows, publications=60, size=10, seed=1), THRESHOLD)
    assert result.entities >= 300
    assert result.accepted >= 200
    assert result.precision >= 0.99, result.wrong
    # A bar that nothing passes would be precise too.
    assert result.recall >= 0.5
    assert result.best_is_right / result.with_item >= 0.9
