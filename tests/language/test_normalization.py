"""The normal form: each written rule, what is never changed, and the way back to code points."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lod.language.normalization import NormalText, fold, normalize

ANYTHING = st.text(
    st.characters(codec="utf-8")
    | st.sampled_from("abe \t\n\u00a0\u2009—–−“”’«…ﬁﬀ\u00ad\u200b\u200d\ufe0f\u0301\u0327é각각ﷺ")
)


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        # white space
        ("a  b", "a b"),
        ("a\tb\nc\r\nd", "a b c d"),
        ("a\u00a0b\u2009c\u202fd\u3000e", "a b c d e"),
        ("a\n\n\nb", "a b"),
        ("\v a\u2028b\u2029 ", "a b"),
        # quotation marks and apostrophes
        ("‘a’ ‚b‛ ‹c› l’eau", "'a' 'b' 'c' l'eau"),
        ("“a” „b‟ «c» 5″", '"a" "b" "c" 5"'),
        # dashes
        ("a—b – c ‐ d − 5", "a-b - c - d - 5"),
        ("non\u2011raw", "non-raw"),
        # ligatures and presentation forms
        ("of\ufb01ce, e\ufb03cient, ﬂow, ﬀ, ﬆ, ĳs", "office, efficient, flow, ff, st, ijs"),
        ("wait…", "wait..."),
        ("\ufefb", "\u0644\u0627"),
        ("\ufb2a", "\u05e9\u05c1"),
        # invisible characters
        ("co\u00adope\u00adration", "cooperation"),
        ("a\u200bb\u2060c\ufeffd", "abcd"),
        ("\u200eabc\u200f \u202bdef\u202c", "abc def"),
        ("a \u200b b", "a b"),
        ("☎\ufe0f", "☎"),
        # combining characters
        ("cafe\u0301", "café"),
        ("e\u00ad\u0301", "é"),
        ("\ufb01\u0301", "fí"),
        ("\u1112\u1161\u11ab", "한"),
        ("\u212b and \u2126", "Å and Ω"),
        ("a\u0323\u0307 a\u0307\u0323", "ạ̇ ạ̇"),
    ],
)
def test_what_is_the_same(written: str, normal: str) -> None:
    assert normalize(written) == normal


@pytest.mark.parametrize(
    "kept",
    [
        "Case And case",
        "stop. comma, semicolon; colon: (brackets) [too] {all} !?",
        "$28 €28 £28 ¥28 ₸28",
        "café naïve Zürich Қазақстан",
        "a -- b",
        "x² ½ № ™",
        "æ œ ß ø",
        "١٢٣ १२३",
        "ＡＢＣ",
        "5 % of 1'000",
        "`code` ´",
    ],
)
def test_what_is_never_changed(kept: str) -> None:
    assert normalize(kept) == kept


@pytest.mark.parametrize(
    ("raw", "normal", "found"),
    [
        ("😀 the  end", "the end", "the  end"),
        ("an ef\ufb01cient of\ufb01ce", "efficient", "ef\ufb01cient"),
        ("a cafe\u0301 here", "café", "cafe\u0301"),
        ("his co\u00adop works", "coop", "co\u00adop"),
        ("a \u00adtest\u00ad b", "test", "test"),
        ("a\r\nb\r\nc", "b c", "b\r\nc"),
        ("so… yes", "so...", "so…"),
    ],
)
def test_the_way_back(raw: str, normal: str, found: str) -> None:
    form = NormalText(raw)
    at = form.text.index(normal)
    start, end = form.start(at), form.end(at + len(normal))
    assert start is not None
    assert end is not None
    assert raw[start:end] == found


def test_half_a_character_is_no_place() -> None:
    form = NormalText("ef\ufb01cient")
    assert form.text == "efficient"
    assert form.start(3) is None  # the "i" of the ligature
    assert form.end(3) is None
    assert (form.start(2), form.end(4)) == (2, 3)


def test_plain_text_runs_in_step() -> None:
    assert NormalText("A plain text — with “marks”\nand lines.").in_step
    assert not NormalText("Two  spaces").in_step


@given(ANYTHING)
def test_normalizing_twice_changes_nothing(words: str) -> None:
    once = normalize(words)
    assert normalize(once) == once


@given(ANYTHING)
def test_canonically_equal_is_equal(words: str) -> None:
    assert normalize(unicodedata.normalize("NFD", words)) == normalize(
        unicodedata.normalize("NFC", words)
    )


@given(ANYTHING)
def test_offsets_are_monotonous_and_inside(raw: str) -> None:
    form = NormalText(raw)
    for offsets in (
        [form.start(at) for at in range(len(form.text) + 1)],
        [form.end(at) for at in range(len(form.text) + 1)],
    ):
        known = [offset for offset in offsets if offset is not None]
        assert known == sorted(known)
        assert all(0 <= offset <= len(raw) for offset in known)


@given(ANYTHING)
def test_each_whole_character_leads_back_to_itself(raw: str) -> None:
    form = NormalText(raw)
    for at in range(len(form.text)):
        start, end = form.start(at), form.end(at + 1)
        if start is not None and end is not None:
            back = NormalText(raw[start:end]).text
            assert back == form.text[at] or (form.text[at] == " " and not back.strip())


@given(st.text(st.characters(codec="utf-8") | st.sampled_from("İΣςАаΑο")))
def test_folding_keeps_the_length(words: str) -> None:
    assert len(fold(words)) == len(words)
    assert fold(fold(words)) == fold(words)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Kazakhstan", "KAZAKHSTAN"), ("Кazakhstan", "Kazakhstan"), ("ΟΔΟΣ", "οδος"), ("µ", "μ")],
)
def test_folding_makes_look_alikes_equal(one: str, other: str) -> None:
    assert fold(one) == fold(other)
