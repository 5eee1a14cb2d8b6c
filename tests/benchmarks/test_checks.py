"""Mistakes in facts files: the same for a seed, wrong in one thing, and no mere syntax errors."""

from __future__ import annotations

import json
import random
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import checks, quote_peers, times
from benchmarks.mistakes import TABLE, Mistake, Sample, make_mistakes
from benchmarks.peer_process import SCRIPTS, Peer
from lod.language.edtf import parse_edtf

CONFORMING = Path(__file__).parents[1] / "publications" / "conforming"
SMALL = (CONFORMING / "statistics.yaml", CONFORMING / "bericht.yaml")
#: What the checks of the format find, before words are compared: a mistake of ours must not be one.
SYNTAX = {"bad-quantity", "bad-period", "domain", "range", "wrong-type", "unknown-entity"}


def _mistakes(path: Path, seed: int = 1) -> list[Mistake]:
    return list(make_mistakes(Sample.of(path), seed))


@pytest.mark.parametrize("path", SMALL, ids=lambda path: path.stem)
def test_a_seed_gives_the_same_mistakes(path: Path) -> None:
    assert _mistakes(path) == _mistakes(path)
    assert _mistakes(path) != _mistakes(path, seed=2)


@pytest.mark.parametrize("path", SMALL, ids=lambda path: path.stem)
def test_a_mistake_is_in_one_claim_and_can_be_read(path: Path) -> None:
    sample = Sample.of(path)
    for mistake in make_mistakes(sample, 1):
        assert mistake.data != sample.claims[mistake.claim]
        assert mistake.before != mistake.after
        claims = [*sample.claims]
        claims[mistake.claim] = mistake.data
        found = sample.findings(claims)
        syntax = {code for code, _ in found.get(mistake.claim, ())} & SYNTAX
        # That words and the value beside them say different times is what is wrong there.
        both = "'words'" in mistake.after and "'edtf'" in mistake.after
        assert syntax <= ({"bad-period"} if both else set()), mistake


def test_every_kind_of_mistake_is_made_in_every_language() -> None:
    made: dict[str, set[str]] = {language: set() for language in checks.LANGUAGES}
    for path in checks.PUBLICATIONS[1:]:
        sample = Sample.of(path)
        made[sample.language] |= {mistake.operator for mistake in make_mistakes(sample, 1)}
    assert made["en"] == {*TABLE["operators"], *TABLE["beyond"]}
    for language in checks.LANGUAGES:
        assert made["en"] - made[language] <= {"swap"}, language


def test_publications_are_of_six_kinds_a_language() -> None:
    folders = [path for path in checks.PUBLICATIONS if path.parent.name == "publications"]
    samples = [Sample.of(path) for path in folders if path.name != "ten-facts"]
    for language in checks.LANGUAGES:
        ours = [sample for sample in samples if sample.language == language]
        assert len(ours) >= 6
        assert all(12 <= len(sample.claims) <= 30 for sample in ours)
        assert not any("allow" in claim for sample in ours for claim in sample.claims)


_DAYS = st.dates(date(2, 1, 1), date(9998, 12, 31)).map(date.isoformat)
_DATES = st.one_of(
    _DAYS,
    _DAYS.map(lambda day: day[:7]),
    _DAYS.map(lambda day: day[:4] + "~"),
    st.builds("{:04}-{}".format, st.integers(2, 9998), st.integers(21, 41)),
)


@given(_DATES, st.integers())
def test_another_date_is_another_one(edtf: str, seed: int) -> None:
    for change in (times.other_date, times.other_granularity):
        other = change(edtf, random.Random(seed))  # noqa: S311 - a draw, not a secret
        if other is not None:
            assert other != edtf
            before, after = parse_edtf(edtf), parse_edtf(other)
            assert (before.start, before.end) != (after.start, after.end)
            assert before.approximate == after.approximate


@pytest.mark.parametrize(
    "edtf", ["2019/..", "../2030", "2024-01/2024-09", "/2027-12-31", "2023/2024"]
)
def test_an_end_is_another_one(edtf: str) -> None:
    draws = [random.Random(seed) for seed in range(20)]  # noqa: S311 - draws, no secrets
    made = {times.other_end(edtf, rng) for rng in draws} - {None}
    assert made
    for other in made:
        assert other is not None
        parse_edtf(other)
        changed = [one != two for one, two in zip(edtf.split("/"), other.split("/"), strict=True)]
        assert changed.count(True) == 1


def test_a_small_run(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        checks.main(["--language", "de", "--format", "json", "--misses", str(SMALL[1])])
    data = json.loads(capsys.readouterr().out)
    german = data["languages"]["de"]
    assert german["claims"] == 4
    assert german["operators"]["number"] == [3, 3]
    assert german["made"] == sum(made for _, made in german["operators"].values())
    assert stopped.value.code == any(not row["met"] for row in data["goals"])
    missed = german["made"] - german["caught"]
    beyond = sum(made - caught for caught, made in german["beyond"].values())
    assert sum(line.startswith("de missed") for line in data["misses"]) == missed + beyond


def test_what_is_found_in_a_right_file_is_a_false_alarm(tmp_path: Path) -> None:
    file = tmp_path / "wrong.yaml"
    file.write_text(
        SMALL[1].read_text("utf-8").replace("mehr als 9.400", "mehr als 9.500"), "utf-8"
    )
    result = checks.measure(1, ["de"], [file])["de"]
    assert [(id_, code) for _, id_, code, _ in result.alarms] == [
        ("belegschaft", "value-not-in-quote")
    ]
    assert result.alarmed == 1
    assert result.in_fifty == 12.5  # one of four


def test_a_claim_that_is_wrong_already_admits_no_mistake(tmp_path: Path) -> None:
    file = tmp_path / "wrong.yaml"
    file.write_text(
        SMALL[1].read_text("utf-8").replace("mehr als 9.400", "mehr als 9.500"), "utf-8"
    )
    assert "belegschaft" not in {mistake.id for mistake in _mistakes(file)}


_FAKE = """
import json, sys
sys.path.insert(0, {scripts!r})
from pathlib import Path
from serve import serve
pairs = json.loads((Path(sys.argv[1]) / "pairs.json").read_text("utf-8"))
serve({{"find": lambda: [words in text for words, text in pairs]}})
"""


def test_a_peer_that_only_looks_for_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOD_BENCHMARKS", str(tmp_path / "benchmarks"))
    monkeypatch.setattr(Peer, "python", lambda self: Path(sys.executable))
    script = tmp_path / "fake.py"
    script.write_text(_FAKE.format(scripts=str(SCRIPTS)), "utf-8")
    monkeypatch.setattr(quote_peers, "PEERS", (Peer("fake", "fake", "1", script),))
    result: dict[str, Any] = quote_peers.ask(1, ["de"], [SMALL[1]])["fake 1"]
    caught = result["caught"]["de"]
    assert caught["denied"] == [0, 4]  # no word of a value is another one
    assert caught["all"][1] == sum(
        made for name, (_, made) in caught.items() if name in TABLE["operators"]
    )
