"""Coverage: which sentences and words carry a fact."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lod.facts.coverage import Coverage, measure_coverage
from lod.facts.quotes import find_quote
from lod.facts.text import SourceText
from lod.model.anchor import Anchor

RAW = (
    "Dear readers! Trade grew by 5 percent last year, to $28 billion. It set a record.\n"
    "***\n"
    "Energy, of course, is key. Thank you."
)
TEXT = SourceText(RAW)


def find(quote: str, text: SourceText = TEXT) -> Anchor:
    found = find_quote(text, quote)
    assert isinstance(found, Anchor), found
    return found


def measure(claims: dict[str, list[str]], no_facts: dict[str, str] | None = None) -> Coverage:
    return measure_coverage(
        TEXT,
        [(claim, [find(quote) for quote in quotes]) for claim, quotes in claims.items()],
        [(reason, find(quote)) for quote, reason in (no_facts or {}).items()],
    )


def uncovered_words(coverage: Coverage, number: int) -> list[str]:
    return [RAW[w.start : w.end] for w in coverage.sentences[number - 1].uncovered_words]


def test_nothing_is_covered_without_claims() -> None:
    coverage = measure({})
    assert [s.text for s in coverage.uncovered] == [
        "Dear readers!",
        "Trade grew by 5 percent last year, to $28 billion.",
        "It set a record.",
        "Energy, of course, is key.",
        "Thank you.",
    ]
    assert coverage.covered_sentences == 1  # the line of stars has nothing to cover
    assert coverage.share_of_words == 0
    assert coverage.words == 23


def test_a_claim_covers_its_sentence_and_the_words_of_its_quote() -> None:
    coverage = measure({"growth": ["Trade grew"], "value": ["$28 billion"], "more": ["grew by 5"]})
    sentence = coverage.sentences[1]
    assert sentence.is_covered
    assert sentence.claims == ("growth", "value", "more")
    assert [RAW[span.start : span.end] for span in sentence.covered] == [
        "Trade grew by 5",
        "$28 billion",
    ]
    assert uncovered_words(coverage, 2) == ["percent", "last", "year", "to"]
    assert coverage.covered_words == 6


def test_a_claim_is_named_once_however_many_quotes_it_has() -> None:
    assert measure({"a": ["Trade", "billion"]}).sentences[1].claims == ("a",)


def test_a_part_of_a_word_covers_it() -> None:
    text = SourceText("The non-raw exports of 23,000.")
    coverage = measure_coverage(text, [("a", [find("raw", text)])], [])
    [sentence] = coverage.sentences
    assert [text.raw[w.start : w.end] for w in sentence.uncovered_words] == [
        "The",
        "exports",
        "of",
        "23,000",
    ]


def test_what_an_elision_leaves_out_is_not_covered() -> None:
    coverage = measure({"growth": ["Trade grew […] to $28 billion"]})
    assert uncovered_words(coverage, 2) == ["by", "5", "percent", "last", "year"]


def test_a_quote_over_two_sentences_covers_both() -> None:
    coverage = measure({"both": ["to $28 billion. It set"]})
    assert [s.claims for s in coverage.sentences[:3]] == [(), ("both",), ("both",)]
    assert uncovered_words(coverage, 3) == ["a", "record"]


def test_a_no_fact_covers_the_whole_sentence() -> None:
    coverage = measure({}, {"Thank": "thanks"})
    sentence = coverage.sentences[-1]
    assert (sentence.no_fact, sentence.is_covered, sentence.claims) == ("thanks", True, ())
    assert uncovered_words(coverage, 6) == []
    assert coverage.covered_words == 2


def test_a_claim_in_a_no_fact_sentence_counts_its_words_only() -> None:
    coverage = measure({"energy": ["Energy"]}, {"of course": "rhetoric"})
    sentence = coverage.sentences[4]
    assert (sentence.claims, sentence.no_fact) == (("energy",), "rhetoric")
    assert uncovered_words(coverage, 5) == ["of", "course", "is", "key"]


def test_everything_covered() -> None:
    coverage = measure(
        {"a": ["Trade grew by 5 percent last year, to $28 billion. It set a record."]},
        {"Dear": "greeting", "Energy, of": "rhetoric", "Thank you.": "thanks"},
    )
    assert coverage.uncovered == []
    assert coverage.share_of_sentences == coverage.share_of_words == 1


def test_a_blank_text_is_covered() -> None:
    coverage = measure_coverage(SourceText(" \n"), [], [])
    assert coverage.sentences == []
    assert coverage.share_of_sentences == coverage.share_of_words == 1


def test_the_coverage_as_json() -> None:
    data = json.loads(json.dumps(measure({"a": ["Trade grew"]}, {"Thank": "thanks"}).as_dict()))
    assert {key: value for key, value in data.items() if key != "sentences"} == {
        "sentenceCount": 6,
        "coveredSentences": 3,
        "shareOfSentences": 0.5,
        "wordCount": 23,
        "coveredWords": 4,
        "shareOfWords": pytest.approx(4 / 23, abs=1e-4),
    }
    assert data["sentences"][0] == {
        "number": 1,
        "paragraph": 1,
        "start": 0,
        "end": 13,
        "text": "Dear readers!",
        "isCovered": False,
        "claims": [],
        "noFact": None,
        "covered": [],
        "uncoveredWords": [
            {"start": 0, "end": 4, "text": "Dear"},
            {"start": 5, "end": 12, "text": "readers"},
        ],
    }
    assert data["sentences"][1]["covered"] == [{"start": 14, "end": 24}]


@given(st.lists(st.tuples(st.integers(0, 22), st.integers(0, 22)), max_size=6))
def test_words_are_covered_or_not(pairs: list[tuple[int, int]]) -> None:
    """However quotes overlap, a word is covered exactly where a quote has a part of it."""
    words = [word for sentence in measure({}).sentences for word in sentence.words]
    claims = []
    for number, (one, other) in enumerate(pairs):
        first, last = words[min(one, other)], words[max(one, other)]
        paragraph_end = RAW.index("\n")
        if first.start < paragraph_end <= last.start:
            last = first
        before = RAW[: first.start]
        quote = RAW[first.start : last.end]
        found = (
            find_quote(TEXT, quote, prefix=before) if before.strip() else find_quote(TEXT, quote)
        )
        assert isinstance(found, Anchor)
        claims.append((f"c{number}", [found]))
    coverage = measure_coverage(TEXT, claims, [])
    spans = [(anchor.start, anchor.end) for _, anchors in claims for anchor in anchors]
    for sentence in coverage.sentences:
        for word in sentence.words:
            has = any(start < word.end and word.start < end for start, end in spans)
            assert (word not in sentence.uncovered_words) == has
        if sentence.words:
            assert sentence.is_covered == (len(sentence.uncovered_words) < len(sentence.words))
