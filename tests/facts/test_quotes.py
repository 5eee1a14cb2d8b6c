"""Quotes: found to the code point, or the reason why not in plain words."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lod.codes import CODES
from lod.facts.nearest import find_nearest
from lod.facts.normalization import normalize
from lod.facts.quotes import QuoteProblem, find_quote
from lod.facts.text import SourceText
from lod.model.anchor import Anchor, Selector

ARTICLE = SourceText(
    'An article titled "Russia - Kazakhstan: a union demanded by life" was published.\n'
    "Impressive figures in bilateral trade speak for themselves. Last year, it set a new record,"
    " exceeding the threshold of $28 billion, and from January to September of the current year, it"
    " surpassed $20 billion. The structure of mutual trade is constantly diversifying.\n"
    "More than 23,000 enterprises with Russian participation operate in the Republic. Regions of"
    " our countries and public circles—everyone involved—make a contribution.\n"
    "I would like to note the work in the Republic of Kazakhstan. The Republic of Kazakhstan is"
    " near, and so is the Republic of Belarus."
)


def anchor(text: SourceText, quote: str, **options: str | int) -> Anchor:
    found = find_quote(text, quote, **options)  # type: ignore[arg-type]  # mixed on purpose
    assert isinstance(found, Anchor), found
    check_anchor(text, found)
    return found


def problem(text: SourceText, quote: str, **options: str | int) -> QuoteProblem:
    found = find_quote(text, quote, **options)  # type: ignore[arg-type]  # mixed on purpose
    assert isinstance(found, QuoteProblem), found
    assert found.code in CODES
    return found


def check_anchor(text: SourceText, found: Anchor) -> None:
    """What holds for every anchor."""
    for selector in found.selectors:
        check_selector(text.raw, selector)
    for before, after in zip(found.selectors, found.selectors[1:], strict=False):
        assert before.end <= after.start
        assert text.sentence_at(before.end - 1) == text.sentence_at(after.start)
    assert found.sentence == text.sentence_at(found.start).number
    assert found.paragraph == text.paragraph_at(found.start)


def check_selector(raw: str, selector: Selector) -> None:
    assert selector.start < selector.end
    assert raw[selector.start : selector.end] == selector.exact
    assert raw[: selector.start].endswith(selector.prefix)
    assert raw[selector.end :].startswith(selector.suffix)
    whole = selector.prefix + selector.exact + selector.suffix
    at = selector.start - len(selector.prefix)
    assert raw.find(whole) == at
    assert raw.find(whole, at + 1) == -1


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
    assert anchor(SourceText("To be\nor not. To be or not."), "To be or not").paragraph == 2


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


# -- large and odd -------------------------------------------------------------------------------


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
