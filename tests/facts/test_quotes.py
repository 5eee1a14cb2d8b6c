"""Quotes that are found, and quotes that stand in several places."""

from __future__ import annotations

import pytest

from lod.facts.text import SourceText
from tests.facts.anchoring import ARTICLE, anchor, problem

# -- found ---------------------------------------------------------------------------------------


def test_an_exact_quote() -> None:
    found = anchor(ARTICLE, "exceeding the threshold of $28 billion")
    [selector] = found.selectors
    assert selector.prefix == "Last year, it set a new record, "
    assert selector.suffix == ", and from January to September"
    assert (found.sentence, found.paragraph) == (3, 2)


@pytest.mark.parametrize(
    ("raw", "quote", "exact"),
    [
        ("😀😀 Trade grew.", "Trade grew", "Trade grew"),
        (
            "Trade  grew\tby 5\u00a0percent.",
            "Trade grew by 5 percent",
            "Trade  grew\tby 5\u00a0percent",
        ),
        ("Trade grew.", "  Trade\n grew. ", "Trade grew."),
        ("They said “no”—twice.", 'said "no"-twice', "said “no”—twice"),
        ('They said "no" - twice.', "said “no” – twice", 'said "no" - twice'),
        ("The e\ufb03cient of\ufb01ce.", "efficient office", "e\ufb03cient of\ufb01ce"),
        ("The efficient office.", "e\ufb03cient of\ufb01ce", "efficient office"),
        (
            "Their co\u00adop\u00ader\u00ada\u00adtion grew.",
            "cooperation",
            "co\u00adop\u00ader\u00ada\u00adtion",
        ),
        ("In a cafe\u0301 here.", "café", "cafe\u0301"),
        ("In a café here.", "cafe\u0301", "café"),
        ("Wait… it grew.", "Wait... it", "Wait… it"),
        ("Wait… it grew.", "Wait…", "Wait…"),
        ("Trade\u200b grew \u200fhere\u200f.", "grew here", "grew \u200fhere"),
        ("It is ☎\ufe0f here.", "☎", "☎\ufe0f"),
        ("סחר גדל. הוא שבר שיא.", "שבר שיא", "שבר שיא"),
        ("\u200fنمت التجارة\u200f كثيرا", "نمت التجارة", "نمت التجارة"),
        ("東京の人口は約1,400万人です。", "約1,400万人", "約1,400万人"),
        ("One is\nwrapped, and\r\nso on.\n\nTwo.", "wrapped, and so", "wrapped, and\r\nso"),
        ("He said: one […] two. It ended.", "one […] two", "one […] two"),
        ("It is (really) so [sic].", "is (really) so [sic]", "is (really) so [sic]"),
        ("The traders like trade.", "trade", "trade"),
        ("128 and 28.5 and 28.", "28", "28"),
        ("Kazakhstan's oil.", "Kazakhstan", "Kazakhstan"),
        ("Russian-Kazakh ties.", "Kazakh ties", "Kazakh ties"),
        ("Two sentences. One quote.", "sentences. One", "sentences. One"),
    ],
)
def test_what_matches(raw: str, quote: str, exact: str) -> None:
    text = SourceText(raw)
    assert anchor(text, quote).exact == exact


def test_offsets_are_code_points() -> None:
    assert anchor(SourceText("😀 e\u0301 Trade grew."), "Trade").start == 5


def test_context_is_cut_between_words_and_never_leaves_the_text() -> None:
    text = SourceText("Abcdefghijkl mnopqrstuvw xyzabcdefghij klm HERE nop qrstuvwxyz" + "z" * 40)
    [selector] = anchor(text, "HERE").selectors
    assert selector.prefix == "mnopqrstuvw xyzabcdefghij klm "
    assert selector.suffix == " nop"
    [selector] = anchor(SourceText("HERE"), "HERE").selectors
    assert (selector.prefix, selector.suffix) == ("", "")


def test_context_of_a_word_without_end_is_a_part_of_it() -> None:
    text = SourceText("x" * 100 + " HERE " + "y" * 100)
    [selector] = anchor(text, "HERE").selectors
    assert selector.prefix == "x" * 31 + " "
    assert selector.suffix == " " + "y" * 31


def test_context_grows_until_it_tells_the_places_apart() -> None:
    text = SourceText("Trade grew last year. " * 50)
    for occurrence in (1, 2, 25, 49, 50):
        found = anchor(text, "Trade grew", occurrence=occurrence)
        assert found.start == 22 * (occurrence - 1)


# -- ambiguous -----------------------------------------------------------------------------------


def test_an_ambiguous_quote_lists_its_places() -> None:
    found = problem(ARTICLE, "Republic of Kazakhstan")
    assert found.code == "quote-ambiguous"
    assert "2 times" in found.message
    assert '4:38 "' in found.message
    assert '4:66 "' in found.message
    assert "the work in the Republic of Kazakhstan. The" in found.message
    assert found.hint is not None
    assert "occurrence: 1 to 2" in found.hint
    assert "prefix: " in found.hint


def test_the_hinted_prefix_works() -> None:
    hint = problem(ARTICLE, "Republic of Kazakhstan").hint
    assert hint is not None
    prefix = hint.partition("prefix: ")[2]
    assert anchor(ARTICLE, "Republic of Kazakhstan", prefix=prefix).start == (
        ARTICLE.raw.index("Republic of Kazakhstan")
    )


def test_many_places_are_cut_short() -> None:
    found = problem(SourceText("Trade grew. " * 100), "Trade")
    assert "100 times" in found.message
    assert "and 95 more" in found.message
    assert len(found.message) < 600


def test_what_looks_other_but_compares_equal_is_ambiguous() -> None:
    assert (
        problem(SourceText('He said “no”. She said "no".'), 'said "no"').code == "quote-ambiguous"
    )


def test_overlapping_places_are_ambiguous() -> None:
    assert problem(SourceText("so so so"), "so so").code == "quote-ambiguous"


@pytest.mark.parametrize(
    ("options", "which"),
    [
        ({"prefix": "work in the"}, 0),
        ({"prefix": "work in  the "}, 0),
        ({"prefix": "the"}, 0),
        ({"prefix": "The"}, 1),
        ({"suffix": "is near"}, 1),
        ({"suffix": ". The"}, 0),
        ({"prefix": "The", "suffix": "is near,"}, 1),
        ({"occurrence": 1}, 0),
        ({"occurrence": 2}, 1),
        ({"prefix": "the", "occurrence": 1}, 0),
    ],
)
def test_prefix_suffix_and_occurrence_choose(options: dict[str, str | int], which: int) -> None:
    first = ARTICLE.raw.index("Republic of Kazakhstan")
    places = [first, ARTICLE.raw.index("Republic of Kazakhstan", first + 1)]
    assert anchor(ARTICLE, "Republic of Kazakhstan", **options).start == places[which]


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        ({"prefix": "visit to the"}, "quote-not-found", 'not after "visit to the"'),
        ({"suffix": "was"}, "quote-not-found", 'not before "was"'),
        ({"occurrence": 3}, "quote-not-found", "occurrence 3 was asked for"),
        ({"occurrence": 0}, "quote-not-found", "occurrence 0 was asked for"),
        ({"prefix": "he"}, "quote-ambiguous", "2 times"),
    ],
)
def test_prefix_suffix_and_occurrence_must_fit(
    options: dict[str, str | int], code: str, words: str
) -> None:
    found = problem(ARTICLE, "Republic of Kazakhstan", **options)
    assert found.code == code
    assert words in found.message


def test_a_prefix_must_fit_a_quote_that_stands_once_too() -> None:
    assert problem(ARTICLE, "$28 billion", prefix="threshold from").code == "quote-not-found"
    assert anchor(ARTICLE, "$28 billion", prefix="threshold of", occurrence=1)
