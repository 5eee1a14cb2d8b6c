"""Quotes that are not there, and quotes that leave something out."""

from __future__ import annotations

import pytest

from lod.facts.nearest import find_nearest
from lod.facts.text import SourceText
from tests.facts.anchoring import ARTICLE, anchor, problem

# -- not found -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        (
            "Last year, it set a new record, exceeding the threshold of $2.8 billion",
            "…the threshold of [-$2.8-]{+$28+} billion",
        ),
        ("it set a record", "it set a {+new+} record"),
        ("it had set a new record", "it [-had-] set a new"),
        ("last year, it set", "differ only in upper and lower case: [-last-]{+Last+} year"),
        (
            "More than 23,000 businesses with Russian participation are active in the Republic",
            "[-businesses-]{+enterprises+} with Russian participation [-are active-]{+operate+} in",
        ),
        ("public circles - everyone", "[-circles - everyone-]{+circles—everyone+}"),
        ("it set a new record.", "a new record[-.-]{+,+}"),
        ("Regions of our county", "Regions of our [-county-]{+countries+}"),
        ("bilaterial", "[-bilaterial-]{+bilateral+}"),
        ("it surpassed €20 billion", "it surpassed [-€20-]{+$20+} billion"),
        ("it surpassed 20% billion", "it surpassed [-20%-]{+$20+} billion"),
    ],
)
def test_a_misquote_shows_the_nearest_words(quote: str, words: str) -> None:
    found = problem(ARTICLE, quote)
    assert found.code == "quote-not-found"
    assert words in found.message


def test_the_place_of_the_nearest_words_is_given() -> None:
    assert " at 2:61: " in problem(ARTICLE, "Last year, it sets a new record").message


@pytest.mark.parametrize(
    ("quote", "ours", "theirs"),
    [
        ("Russia - Kаzakhstan", "U+0430 CYRILLIC SMALL LETTER A", "U+0061 LATIN SMALL LETTER A"),
        (
            "Кazakhstan: a union",
            "U+041A CYRILLIC CAPITAL LETTER KA",
            "U+004B LATIN CAPITAL LETTER K",
        ),
        ("Republic οf Belarus", "U+03BF GREEK SMALL LETTER OMICRON", "U+006F LATIN SMALL LETTER O"),
    ],
)
def test_look_alike_letters_are_named(quote: str, ours: str, theirs: str) -> None:
    found = problem(ARTICLE, quote)
    assert found.code == "quote-not-found"
    assert ours in found.message
    assert theirs in found.message


@pytest.mark.parametrize(
    ("quote", "whole"),
    [
        ("rade speak for", "trade speak for"),
        ("bilateral tra", "bilateral trade"),
        ("000 enterprises", "23,000 enterprises"),
        ("than 23", "than 23,000"),
    ],
)
def test_a_cut_word_is_not_found(quote: str, whole: str) -> None:
    found = problem(ARTICLE, quote)
    assert found.code == "quote-not-found"
    assert found.hint == f'quote whole words: "{whole}"'


@pytest.mark.parametrize("raw", ["It is $28.5 billion.", "It is $28,500.", "It is $128."])
def test_a_cut_number_is_not_found(raw: str) -> None:
    assert problem(SourceText(raw), "28").code == "quote-not-found"


def test_half_a_character_is_not_found() -> None:
    assert problem(SourceText("cafe\u0301 noir"), "cafe").code == "quote-not-found"
    assert problem(SourceText("a \ufb01le"), "ile").code == "quote-not-found"
    assert problem(SourceText("Wait… so"), "Wait.").code == "quote-not-found"


@pytest.mark.parametrize("quote", ["", " \n ", "\u200b", "[…]", " [...] […] "])
def test_a_quote_without_words_is_not_found(quote: str) -> None:
    found = problem(ARTICLE, quote)
    assert (found.code, found.message) == ("quote-not-found", "the quote has no words")


def test_words_of_another_world() -> None:
    found = problem(ARTICLE, "Penguins breed during antarctic winters")
    assert found.code == "quote-not-found"
    assert "nor any that come near" in found.message
    assert problem(SourceText(""), "Trade grew").code == "quote-not-found"


def test_scripts_without_spaces_have_nearest_words_too() -> None:
    found = problem(
        SourceText("日本の首都は東京です。東京の人口は約千四百万人です。"),
        "東京の人口は約千五百万人",
    )
    assert "[-五-]{+四+}" in found.message


def test_a_quote_over_a_paragraph_break() -> None:
    found = problem(ARTICLE, "is constantly diversifying. More than 23,000 enterprises")
    assert found.code == "quote-across-paragraphs"
    assert "2:240" in found.message
    assert "2:267" in found.message
    text = SourceText("One ends\n\nhere it goes\non.")
    assert problem(text, "ends here").code == "quote-across-paragraphs"
    assert anchor(text, "goes on").paragraph == 2
    assert anchor(SourceText("To be\n\nor not. To be or not."), "To be or not").paragraph == 2
    wrapped = SourceText("To be\nor not. To be or not.")  # no break: it goes on
    assert problem(wrapped, "To be or not").code == "quote-ambiguous"


def test_the_nearest_words_are_whole_characters_of_the_text() -> None:
    text = SourceText("The “e\ufb03cient”  office —  it works.")
    nearest = find_nearest(text, "The efficient office it works")
    assert nearest is not None
    assert text.raw[nearest.start : nearest.end] == "The “e\ufb03cient”  office —  it works"
    assert nearest.marked.endswith("office {+—+} it works")


# -- elisions ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quote", "exact"),
    [
        ("it set […] exceeding the threshold", "it set […] exceeding the threshold"),
        ("it set [...] the […] $28", "it set […] the […] $28"),
        ("it set [ … ] exceeding", "it set […] exceeding"),
        ("Last year, […] it set", "Last year, […] it set"),
        ("[…] it set […] record […]", "it set […] record"),
        ("[…] it set", "it set"),
        # each part goes on beyond a sentence, what is left out does not
        ("themselves. Last year […] surpassed $20 billion. The structure", None),
    ],
)
def test_an_elision(quote: str, exact: str | None) -> None:
    found = anchor(ARTICLE, quote)
    assert exact is None or found.exact == exact


def test_the_first_placement_in_a_sentence_counts() -> None:
    text = SourceText("A red cat, a red dog and a red dog sat. Others did not.")
    found = anchor(text, "red […] dog")
    assert [selector.start for selector in found.selectors] == [2, 17]


def test_the_part_before_need_not_be_the_first_one() -> None:
    text = SourceText("Trade fell. Then trade with all grew. Trade stopped.")
    assert anchor(text, "trade […] grew").start == 17
    text = SourceText("The trade fell. The trade with all grew. The trade stopped.")
    assert anchor(text, "The trade […] grew").sentence == 2


def test_an_elision_that_fits_two_sentences_is_ambiguous() -> None:
    text = SourceText("A cat and a dog sat. A cat and a big dog stood. Nothing else.")
    found = problem(text, "cat […] dog")
    assert found.code == "quote-ambiguous"
    assert "2 times" in found.message
    assert anchor(text, "cat […] dog", occurrence=2).sentence == 2
    assert anchor(text, "cat […] dog", suffix="stood").sentence == 2
    assert problem(text, "cat […] dog", occurrence=3).code == "quote-not-found"
    assert problem(text, "cat […] dog", prefix="the").code == "quote-not-found"


@pytest.mark.parametrize(
    ("quote", "code", "words"),
    [
        (
            "exceeding the threshold […] it set",
            "elision-order",
            '"exceeding the threshold" at 2:93, "it set" at 2:72',
        ),
        ("it set a new […] new record", "elision-order", '"new record"'),
        (
            "it set […] The structure of mutual",
            "elision-across-sentences",
            '"it set" at 2:72, "The structure of mutual" at 2:210',
        ),
        ("it set […] More than 23,000", "elision-across-sentences", "leaves out the end"),
        ("it set […] exceeding the treshold", "quote-not-found", "[-treshold-]{+threshold+}"),
        ("it set […] hreshold", "quote-not-found", '"threshold"'),
        ("it set […] diversifying. More than", "quote-across-paragraphs", "paragraph break"),
        # what does not elide
        ("it [not] set a new record", "elision-brackets", '"[not]"'),
        ("it set [..] exceeding", "elision-brackets", '"[..]"'),
        ("it set ... exceeding", "elision-brackets", '"..."'),
        ("it set … exceeding", "elision-brackets", '"..."'),
        ("it set (…) exceeding", "elision-brackets", '"(...)"'),
        ("it set (…) exceeding […] $28", "elision-brackets", '"(...)"'),
        ("it [i.e. trade] set a new record", "elision-brackets", '"[i.e. trade]"'),
        ("[I]t set a new record", "elision-brackets", "without the brackets"),
        ("<b>it set</b> a new record", "elision-brackets", '"<b>"'),
        ("it set a new record [sic]", "elision-brackets", '"[sic]"'),
        ("it sets (a new) record", "quote-not-found", "nearest"),
    ],
)
def test_an_elision_that_is_none(quote: str, code: str, words: str) -> None:
    found = problem(ARTICLE, quote)
    assert found.code == code
    assert words in found.message
    assert found.hint
