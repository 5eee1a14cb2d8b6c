"""The growth benchmark runs, and says what was missed."""

from __future__ import annotations

import pytest

from benchmarks.growth import Cost, Goal, main, reached
from benchmarks.side import this_side


def test_it_ends_with_0_where_goals_are_reached(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--sizes", "4,8", "--rows", "coverage"])
    assert ended.value.code == 0
    out = capsys.readouterr().out
    assert "exponent this   time" in out
    assert "goal memory 500.00: not at these sizes" in out


@pytest.mark.parametrize(
    ("goal", "expected"),
    [
        (Goal("exponent", 1.05), (1.0, True)),
        (Goal("times", 9), (10.0, False)),
        (Goal("memory", 500), (600.0, False)),
        (Goal("time", 20), (10.0, True)),
        (Goal("memory", 500, at=5_000), None),
        (Goal("faster", 3), (3.0, True)),
        (Goal("beside", 1.3), (2.0, False)),
    ],
)
def test_goals(goal: Goal, expected: tuple[float, bool] | None) -> None:
    costs = {
        "this": {100: Cost(1.0, 60), 1_000: Cost(10.0, 600)},
        "other": {100: Cost(1.0, 60), 1_000: Cost(30.0, 600)},
        "beside": {100: Cost(1.0, 60), 1_000: Cost(5.0, 600)},
    }
    found = reached(goal, costs)
    assert (found and (round(found[0], 6), found[1])) == expected


def test_what_is_measured_has_its_modules_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    run = this_side().run("-c", "import sys; print(sys.dont_write_bytecode)")
    assert run.strip() == "False"


def test_a_row_that_there_is_not() -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--rows", "chek"])
    assert ended.value.code == 2
