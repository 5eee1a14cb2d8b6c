"""The benchmark of edits: what is right of each, in every language that it has words of."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.edits import ROOT, TABLE, run

_FOLDER = ROOT / "benchmarks"
_TEXTS = {
    "de": _FOLDER / "publications" / "de-museum",
    "en": _FOLDER / "publications" / "en-museum",
    "fr": _FOLDER / "edited" / "festival.yaml",
    "kk": _FOLDER / "edited" / "jarmenke.yaml",
    "ru": _FOLDER / "edited" / "yarmarka.yaml",
}


def test_every_table_has_words_of_every_language() -> None:
    for name in ("same", "inserted", "repeated", "hedge", "denial", "plan", "months", "weekdays"):
        assert TABLE[name].keys() >= _TEXTS.keys(), name


@pytest.mark.parametrize(("language", "path"), _TEXTS.items(), ids=_TEXTS)
def test_fates_are_right_in_every_language(language: str, path: Path) -> None:
    found = run(seed=7, least=1, paths=[path])
    assert found.languages.made[language] > 30
    assert found.languages.reaches(language), found.score.wrong
    assert len(found.score.made) > 10
