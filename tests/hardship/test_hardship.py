"""A short run of what `python -m tests.hardship` tries for as long as one wants."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hardship.at_once import try_at_once
from tests.hardship.breaking import break_files
from tests.hardship.mutations import MOST_ADDED, MUTATIONS, mutate
from tests.hardship.servers import try_servers
from tests.hardship.subjects import SUBJECTS, Said, WrongError, check_words
from tests.hardship.tally import Tally

ROOT = Path(__file__).parents[2]
SEED = 1
#: What forks runs in a process of its own, in which nothing has left a thread behind.
_FAULTS = """
import random, sys
from tests.hardship.faults import SCENARIOS, try_faults
from tests.hardship.tally import Tally

tally, chance = Tally(), random.Random(1)
for scenario in SCENARIOS:
    try_faults(scenario, tally, chance, int(sys.argv[1]))
print(tally.as_text())
sys.exit(bool(tally.failures))
"""


def passed(tally: Tally) -> bool:
    print(tally.as_text())  # noqa: T201 - shown where it failed
    return not tally.failures


@pytest.mark.slow
def test_broken_files() -> None:
    tally = Tally()
    break_files(SEED, 8, tally)
    assert passed(tally)
    assert tally.total() == 8 * len(SUBJECTS)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks")
def test_faults_at_steps() -> None:
    run = subprocess.run(
        [sys.executable, "-c", _FAULTS, "4"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.slow
@pytest.mark.parametrize("name", ["build", "site", "load"])
def test_several_at_once(name: str) -> None:
    tally = Tally()
    try_at_once(tally, random.Random(SEED), [name])  # noqa: S311 - the same again
    assert passed(tally)


@pytest.mark.slow
def test_hostile_servers() -> None:
    tally = Tally()
    try_servers(tally, random.Random(SEED), 12)  # noqa: S311 - the same again
    assert passed(tally)


def test_a_seed_breaks_the_same_file_within_bounds() -> None:
    whole = (ROOT / "examples" / "russia-kazakhstan" / "facts.yaml").read_bytes()
    different = 0
    for number in range(60):
        broken = mutate(whole, random.Random(number))  # noqa: S311 - the same again
        assert broken == mutate(whole, random.Random(number))  # noqa: S311 - the same again
        assert len(broken) <= len(whole) + 8 * MOST_ADDED
        different += broken != whole
    assert different > 50
    for mutation in MUTATIONS:
        chance = random.Random(SEED)  # noqa: S311 - the same again
        assert all(isinstance(mutation(data, chance), bytes) for data in (b"", b"{}", b"a\n"))


@pytest.mark.parametrize(
    "said",
    [
        Said(0, "Traceback (most recent call last):", ""),
        Said(2, "", "lod: this is a bug in lod, please report it"),
        Said(2, "", ""),
        Said(3, "", "lod: no"),
        Said(1, "x" * 10_000, ""),
    ],
    ids=["traceback", "bug", "without a word", "code", "long"],
)
def test_what_no_user_may_read_is_noticed(said: Said) -> None:
    with pytest.raises(WrongError):
        check_words(said)
