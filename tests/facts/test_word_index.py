"""Words are found in a long text where a search from end to end would find them."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.large import write_publication
from lod.facts import word_index
from lod.facts.text import SourceText
from lod.facts.word_index import WordIndex
from lod.publication import load

TEXTS = st.text(st.sampled_from("ab é京、。 "), max_size=60)


def searched(text: str, words: str) -> list[int]:
    """Every place, by looking at each."""
    return [at for at in range(len(text)) if text.startswith(words, at)]


@given(TEXTS, TEXTS.filter(bool), st.data())
def test_every_place_is_found(text: str, words: str, data: st.DataObject) -> None:
    if text and data.draw(st.booleans()):
        start = data.draw(st.integers(0, len(text) - 1))
        words = text[start : data.draw(st.integers(start + 1, len(text)))]
    for few, common in ((0, 1), (8, 1), (8, 10)):
        with (
            patch.object(word_index, "SHORT", 0),
            patch.object(word_index, "_FEW", few),
            patch.object(word_index, "_COMMON", common),
        ):
            index = WordIndex(text)
            assert list(index.find(words)) == searched(text, words)
            assert index.has(words) is (words in text)


def looked_at(claims: int, folder: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many code points were read of the text of a publication, to find its quotes."""
    seen: list[SourceText] = []

    def remember(self: SourceText, raw: str, language: str = "en") -> None:
        made(self, raw, language)
        seen.append(self)

    made = SourceText.__init__
    monkeypatch.setattr(SourceText, "forget_places", lambda _: None)
    with monkeypatch.context() as patched:
        patched.setattr(SourceText, "__init__", remember)
        publication = load(write_publication(claims, folder / str(claims)))
    assert publication.findings == []
    return sum(text.index.looked_at + text.raw_index.looked_at for text in seen)


def test_ten_times_the_claims_read_ten_times_the_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = looked_at(300, tmp_path, monkeypatch)
    large = looked_at(3_000, tmp_path, monkeypatch)
    assert large < 12 * small
    # The text once, and the words of the quotes; each quote once more where parts are left out.
    assert large < 2 * 3_000 * 240
