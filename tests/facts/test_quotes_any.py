"""Quotes in large and odd texts, and whatever else one may quote."""

from __future__ import annotations

import unicodedata

from hypothesis import assume, given
from hypothesis import strategies as st

from lod.codes import CODES
from lod.facts.quotes import QuoteProblem, find_quote
from lod.facts.text import SourceText
from lod.language.normalization import normalize
from lod.model.anchor import Anchor
from tests.facts.anchoring import anchor, check_anchor, problem


def test_a_large_text() -> None:
    line = "In year {} trade grew to ${} billion, said the report. It was so.\n"
    text = SourceText("".join(line.format(n, n * 7) for n in range(15_000)))
    assert len(text.raw) > 1_000_000
    assert anchor(text, "In year 14321 trade grew").paragraph == 14_322
    assert "[-$100,247-]{+$100247+}" in problem(text, "year 14321 trade grew to $100,247").message
    assert "15000 times" not in problem(text, "It was so").message  # counting has an end
    assert anchor(text, "It was so.", occurrence=14_000).sentence == 28_000
    assert problem(text, "Penguins breed antarctic").code == "quote-not-found"
    assert problem(text, text.raw[:500_000].replace("year 9 ", "year 8 ")).code in {
        "quote-not-found",
        "quote-across-paragraphs",
    }


def test_long_runs_cost_no_more_than_their_length() -> None:
    for raw in (
        " " * 1_000_000,
        "\u00ad \u200b" * 300_000,
        "a\u0301" * 300_000,
        "[" * 300_000,
        "." * 300_000,
        "\t." * 300_000,
    ):
        text = SourceText(f"Begin {raw} end.")
        assert anchor(text, "Begin").start == 0
        assert problem(text, "Begni").code == "quote-not-found"


TOKENS = st.lists(
    st.text(
        st.sampled_from("aabcdeZ19$,.'“”’—-ﬁﬀ…é😀тсשא東京한\u0301\u00ad\u200d()"),
        min_size=1,
        max_size=6,
    ).filter(normalize),
    min_size=1,
    max_size=12,
)
GAPS = st.sampled_from([" ", " ", "  ", "\t", " \t "])


@st.composite
def texts_with_quotes(draw: st.DrawFn) -> tuple[str, int, int]:
    """A text of one paragraph, and a stretch of whole tokens of it."""
    tokens = draw(TOKENS)
    raw = ""
    borders = []
    for token in tokens:
        raw += draw(GAPS) if raw else ""
        borders.append((len(raw), len(raw) + len(token)))
        raw += token
    first = draw(st.integers(0, len(tokens) - 1))
    last = draw(st.integers(first, len(tokens) - 1))
    return raw, borders[first][0], borders[last][1]


@st.composite
def retyped(draw: st.DrawFn, words: str) -> str:
    """The words as someone may type or paste them."""
    for typed, kept in (("“”", '"'), ("’", "'"), ("—", "-"), ("\u00ad\u200d", "")):
        if draw(st.booleans()):
            words = words.translate(dict.fromkeys(map(ord, typed), kept))
    for typed, kept in (("ﬁ", "fi"), ("ﬀ", "ff"), ("…", "..."), (" ", "\n"), (" ", "\u00a0 ")):
        if draw(st.booleans()):
            words = words.replace(typed, kept)
    if draw(st.booleans()):
        return unicodedata.normalize("NFC", words)
    return unicodedata.normalize("NFD", words) if draw(st.booleans()) else words


@given(st.data(), texts_with_quotes())
def test_whole_words_are_found_where_they_stand(
    data: st.DataObject, case: tuple[str, int, int]
) -> None:
    raw, start, end = case
    quote = data.draw(retyped(raw[start:end]))
    text = SourceText(raw)
    found = find_quote(text, quote)
    if isinstance(found, QuoteProblem):
        assert found.code == "quote-ambiguous"
        places = [find_quote(text, quote, occurrence=n) for n in range(1, 60)]
        anchors = [place for place in places if isinstance(place, Anchor)]
        assert len(anchors) > 1
    else:
        anchors = [found]
    for place in anchors:
        check_anchor(text, place)
        assert normalize(place.exact) == normalize(quote)
    # Invisible characters at the ends are not part of what is found.
    seen = {(place.start, place.end) for place in anchors}
    assert any(
        start <= first < last <= end
        and not normalize(raw[start:first])
        and not normalize(raw[last:end])
        for first, last in seen
    )


@given(
    st.text(st.sampled_from("abA. \n…[]()“\u0301\u00ad1,") | st.characters(codec="utf-8")),
    st.text(st.sampled_from("abA. \n…[]()“\u0301\u00ad1,") | st.characters(codec="utf-8")),
    st.none() | st.text(max_size=3),
    st.none() | st.text(max_size=3),
    st.none() | st.integers(-1, 3),
)
def test_any_quote_of_any_text_has_an_answer(
    raw: str, quote: str, prefix: str | None, suffix: str | None, occurrence: int | None
) -> None:
    text = SourceText(raw)
    found = find_quote(text, quote, prefix=prefix, suffix=suffix, occurrence=occurrence)
    if isinstance(found, Anchor):
        check_anchor(text, found)
        if len(found.selectors) == 1 and "[" not in quote:
            assert normalize(found.exact) == normalize(quote)
    else:
        assert found.code in CODES


@given(st.text(st.sampled_from("ab Zz.\n1,éтр"), min_size=1), st.data())
def test_any_stretch_has_an_answer(raw: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(raw) - 1))
    end = data.draw(st.integers(start + 1, len(raw)))
    quote = raw[start:end]
    assume(normalize(quote))
    text = SourceText(raw)
    found = find_quote(text, quote)
    if isinstance(found, Anchor):
        check_anchor(text, found)
    else:
        assert found.code in {"quote-not-found", "quote-ambiguous", "quote-across-paragraphs"}
