"""Paragraphs, lines, words and the borders between words."""

from __future__ import annotations

import hashlib
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lod.facts.text import SourceText, inside_word, word_pattern
from lod.language.normalization import INVISIBLE

LONG = "This line is so long that nobody would take it for a wrapped one, " * 3

TEXTS = st.text(
    st.characters(codec="utf-8")
    | st.sampled_from("abc ABC .!?\t\n\r\f\u2028\u2029\u00a0\u200b\ufeff\u0301。「」😀")
)


def paragraphs(raw: str) -> list[str]:
    return [raw[span.start : span.end] for span in SourceText(raw).paragraphs]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param("", [], id="empty"),
        pytest.param(" \n\t\n\u200b\n", [], id="blank"),
        pytest.param("One.", ["One."], id="one line"),
        pytest.param("One.\nTwo.\nThree.", ["One.", "Two.", "Three."], id="a paragraph a line"),
        pytest.param("One.\r\nTwo.\rThree.", ["One.", "Two.", "Three."], id="other line ends"),
        pytest.param(
            "The mayor of Ayr said that\nthe bridge,\nwhich is old, stands\nthere.\nTwo.",
            ["The mayor of Ayr said that\nthe bridge,\nwhich is old, stands\nthere.", "Two."],
            id="lines that go on, in a text without blank lines",
        ),
        pytest.param(
            "To buy:\nflour\nsugar\niron nails",
            ["To buy:", "flour", "sugar", "iron nails"],
            id="items of a list do not go on",
        ),
        pytest.param("\n\n One. \n\n", ["One."], id="blank lines around one are no separators"),
        pytest.param(
            "The one is\nwrapped.\n\nSo is\nthe other.",
            ["The one is\nwrapped.", "So is\nthe other."],
            id="wrapped lines, blank lines between paragraphs",
        ),
        pytest.param(
            "The one is\r\nwrapped.\r\n \t\r\nThe other.",
            ["The one is\r\nwrapped.", "The other."],
            id="a blank line may have spaces",
        ),
        pytest.param(
            f"A headline\n\n{LONG}\n{LONG}\nA short one.",
            ["A headline", LONG.strip(), LONG.strip(), "A short one."],
            id="long lines are no wrapped ones",
        ),
        pytest.param("One page\n\nwith a\fbreak", ["One page", "with a", "break"], id="form feed"),
        pytest.param("One\n\ntwo\u2029three", ["One", "two", "three"], id="paragraph separator"),
        pytest.param("One\n\ntwo\u2028three", ["One", "two\u2028three"], id="line separator"),
        pytest.param("\ufeffOne.\nTwo.", ["One.", "Two."], id="byte-order mark"),
    ],
)
def test_paragraphs(raw: str, expected: list[str]) -> None:
    assert paragraphs(raw) == expected


def test_a_place_knows_its_sentence_paragraph_and_line() -> None:
    text = SourceText("One is here. Two is too.\n😀 Three.\r\nFour.")
    at = text.raw.index("Three")
    assert text.sentence_at(at).number == 3
    assert text.paragraph_at(at) == 2
    assert text.line_column(at) == (2, 3)
    assert text.line_column(text.raw.index("Four")) == (3, 1)
    assert text.line_column(0) == (1, 1)
    assert text.line_column(len(text.raw)) == (3, 6)


def test_between_two_it_is_the_one_before() -> None:
    text = SourceText("One.  Two.\n\n\nThree.")
    assert text.sentence_at(5).number == 1
    assert text.sentence_at(12).number == 2
    assert text.paragraph_at(12) == 1


def test_a_blank_text_has_no_sentence() -> None:
    text = SourceText(" \n ")
    assert text.sentences == ()
    assert text.paragraph_at(1) == 1
    with pytest.raises(ValueError, match="blank"):
        text.sentence_at(0)


def test_the_hash_is_that_of_the_bytes() -> None:
    raw = "Қазақстан — 😀\r\n"
    assert SourceText(raw).sha256 == hashlib.sha256(raw.encode()).hexdigest()
    assert len(SourceText("\ud800").sha256) == 64


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("Kazakhstan's non-raw exports", ["Kazakhstan's", "non-raw", "exports"]),
        ("more than $2.8 billion, 23,000 or 80%", "more than 2.8 billion 23,000 or 80".split()),
        ("at 8:30 a.m.", ["at", "8:30", "a", "m"]),
        ("«Қазақстан» — 'ҚР'", ["Қазақстан", "ҚР"]),
        ("cafe\u0301 co\u00adoperation", ["cafe\u0301", "co\u00adoperation"]),
        ("हिन्दी में।", ["हिन्दी", "में"]),
        ("שָׁלוֹם, עולם", ["שָׁלוֹם", "עולם"]),
        ("数字28。", ["数", "字", "28"]),
        ("*** --- 😀 …", []),
    ],
)
def test_words(raw: str, words: list[str]) -> None:
    assert word_pattern().findall(raw) == words


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("tr", "ade"),
        ("$28", ".5 billion"),
        ("23", ",000"),
        ("23,", "000"),
        ("1'", "240"),
        ("12\u202f", "500"),
        ("8:", "30"),
        ("e", "\u0301t\u0301"),
        ("x", "\u0301"),
        ("co", "\u00adop"),
        ("co\u00ad", "op"),
        ("می", "\u200cخواهم"),
        ("👩\u200d", "💻"),
        ("👩", "\u200d💻"),
        ("👍", "\U0001f3fd"),
        ("❤", "\ufe0f\u200d🔥"),
        ("❤\ufe0f", "\u200d🔥"),
        ("e\u00ad", "\u0301"),
        ("Қаз", "ақ"),
        ("מ", "ילה"),
    ],
)
def test_inside_a_word(left: str, right: str) -> None:
    assert inside_word(left + right, len(left))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("", "word"),
        ("word", ""),
        ("a ", "b"),
        ("non", "-raw"),
        ("Kazakhstan", "'s"),
        ("$", "28"),
        ("80", "%"),
        ("2023", ", 28"),
        ("2023\u00a0", "28 people"),
        ("2023\u00a0", "1999"),
        ("28", "."),
        ("5. ", "6"),
        ("“", "word"),
        ("东", "京"),
        ("ภาษา", "ไทย"),
        ("서울", "에서"),
        ("a\u200b", "b"),
        ("😀", "😀"),
        ("word", "😀"),
    ],
)
def test_between_words(left: str, right: str) -> None:
    assert not inside_word(left + right, len(left))


@given(TEXTS)
def test_sentences_hold_the_whole_text(raw: str) -> None:
    text = SourceText(raw)
    spans = [(sentence.start, sentence.end) for sentence in text.sentences]
    left = "".join(
        raw[end:start]
        for (_, end), (start, _) in zip([(0, 0), *spans], [*spans, (len(raw), 0)], strict=True)
    )
    assert not [c for c in left if not c.isspace() and c not in INVISIBLE]
    assert all(start < end for start, end in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    for sentence in text.sentences:
        paragraph = text.paragraphs[sentence.paragraph - 1]
        assert paragraph.start <= sentence.start < sentence.end <= paragraph.end
        assert text.sentence_at(sentence.start) == text.sentence_at(sentence.end - 1) == sentence
        assert text.paragraph_at(sentence.start) == sentence.paragraph
        assert not raw[sentence.start].isspace()
        assert not raw[sentence.end - 1].isspace()


@given(TEXTS, st.integers(0, 200))
def test_lines_and_columns_are_those_of_an_editor(raw: str, offset: int) -> None:
    offset = min(offset, len(raw))
    line, column = SourceText(raw).line_column(offset)
    inside = offset > 0 and raw[offset - 1 : offset + 1] == "\r\n"  # still on the line that it ends
    before = raw[: offset - 1] + "?" if inside else raw[:offset]
    lines = before.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert (line, column) == (len(lines), len(lines[-1]) + 1)
