"""Coverage: which sentences of a text, and which words of them, carry a fact.

A sentence is *covered* where the quote of a claim or of a `no_fact` has words in it. A sentence
without words (a line of stars or dashes) has nothing to cover, and counts as covered.

A word is covered where a claim's quote has at least a part of it. What an elision leaves out is not
covered. Under a `no_fact`, all words of the sentence are, unless a claim quotes some of them: then
only the quoted ones are. Every word counts; none is taken for unimportant.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from msgspec import Struct, field

from lod.facts.text import SourceText, word_pattern
from lod.model.anchor import Anchor, Sentence, Span


class SentenceCoverage(Struct, frozen=True):
    """One sentence and what it carries.

    Attributes:
        source: the text.
        sentence: its place and number.
        claims: ids of the claims that quote words of it, in the order of the facts.
        no_fact: the reason why it carries none, or None.
        quoted: the stretches of the text that quotes have in it, in any order; they may overlap.
    """

    source: SourceText
    sentence: Sentence
    claims: tuple[str, ...] = ()
    no_fact: str | None = None
    quoted: tuple[tuple[int, int], ...] = ()

    @property
    def text(self) -> str:
        """The sentence, as it stands in the text."""
        return self.source.raw[self.sentence.start : self.sentence.end]

    @property
    def is_covered(self) -> bool:
        """Whether a claim or a no_fact has words of it, or it has none."""
        if self.claims or self.no_fact is not None:
            return True
        return not any(map(str.isalnum, self.text))

    # Found anew each time: those of a long text would take more memory than all else.
    @property
    def words(self) -> tuple[Span, ...]:
        """All its words."""
        return tuple(Span(*place) for place in self._places())

    def _places(self) -> list[tuple[int, int]]:
        """Where its words begin and end."""
        start, end = self.sentence.start, self.sentence.end
        return [match.span() for match in word_pattern().finditer(self.source.raw, start, end)]

    @property
    def covered(self) -> tuple[Span, ...]:
        """What quotes have of it, in text order, without overlaps."""
        start, end = self.sentence.start, self.sentence.end
        if self.no_fact is not None and not self.claims:
            return (Span(start, end),)
        merged: list[Span] = []
        for quoted in sorted(self.quoted):
            first, last = max(quoted[0], start), min(quoted[1], end)
            if merged and first <= merged[-1].end:
                merged[-1] = Span(merged[-1].start, max(last, merged[-1].end))
            else:
                merged.append(Span(first, last))
        return tuple(merged)

    @property
    def uncovered_words(self) -> tuple[Span, ...]:
        """The words of which no quote has a part."""
        return tuple(Span(*place) for place in self._uncovered(self._places()))

    def _uncovered(self, words: list[tuple[int, int]]) -> list[tuple[int, int]]:
        left = []
        spans = iter(self.covered)
        span = next(spans, None)
        for word in words:
            start, end = word
            while span is not None and span.end <= start:
                span = next(spans, None)
            if span is None or end <= span.start:
                left.append(word)
        return left

    @property
    def counts(self) -> tuple[int, int]:
        """How many words it has, and how many of them are not covered."""
        words = self._places()
        is_bare = not self.quoted and self.no_fact is None
        return len(words), len(words) if is_bare else len(self._uncovered(words))

    def as_dict(self) -> dict[str, Any]:
        """The sentence as plain JSON data; offsets are code points, ends exclusive."""
        raw = self.source.raw
        return {
            "number": self.sentence.number,
            "paragraph": self.sentence.paragraph,
            "start": self.sentence.start,
            "end": self.sentence.end,
            "text": self.text,
            "isCovered": self.is_covered,
            "claims": list(self.claims),
            "noFact": self.no_fact,
            "covered": [{"start": span.start, "end": span.end} for span in self.covered],
            "uncoveredWords": [
                {"start": word.start, "end": word.end, "text": raw[word.start : word.end]}
                for word in self.uncovered_words
            ],
        }


class Coverage(Struct, frozen=True, dict=True):
    """The coverage of a text.

    Attributes:
        sentences: every sentence, in text order.
        unchecked: what was not compared with the quotes for want of data of the language, and how
            often: values, hedges, periods, denials, plans, speakers,
            conditions, lists.
    """

    sentences: list[SentenceCoverage]
    unchecked: Mapping[str, int] = field(default_factory=dict)

    @property
    def uncovered(self) -> list[SentenceCoverage]:
        """The sentences that carry neither a claim nor a no_fact."""
        return [sentence for sentence in self.sentences if not sentence.is_covered]

    @property
    def covered_sentences(self) -> int:
        """How many sentences are covered."""
        return sum(sentence.is_covered for sentence in self.sentences)

    @property
    def words(self) -> int:
        """How many words the text has."""
        return self._counts[0]

    @property
    def covered_words(self) -> int:
        """How many words are covered."""
        return self._counts[1]

    @cached_property
    def _counts(self) -> tuple[int, int]:
        """How many words there are, and how many are covered: each sentence is read once."""
        every = covered = 0
        for sentence in self.sentences:
            count, left = sentence.counts
            every += count
            covered += count - left
        return every, covered

    @property
    def share_of_sentences(self) -> float:
        """Share of the sentences that are covered, from 0 to 1; 1 for a text without any."""
        return self.covered_sentences / len(self.sentences) if self.sentences else 1.0

    @property
    def share_of_words(self) -> float:
        """Share of the words that are covered, from 0 to 1; 1 for a text without any."""
        words = self.words
        return self.covered_words / words if words else 1.0

    def as_dict(self) -> dict[str, Any]:
        """The coverage as plain JSON data; shares are rounded to four places.

        `notChecked` is there only where lod has no data for the language.
        """
        return {**self.totals(), "sentences": [one.as_dict() for one in self.sentences]}

    def totals(self) -> dict[str, Any]:
        """The same without the sentences."""
        return {
            **({"notChecked": dict(self.unchecked)} if self.unchecked else {}),
            "sentenceCount": len(self.sentences),
            "coveredSentences": self.covered_sentences,
            "shareOfSentences": round(self.share_of_sentences, 4),
            "wordCount": self.words,
            "coveredWords": self.covered_words,
            "shareOfWords": round(self.share_of_words, 4),
        }


def measure_coverage(
    text: SourceText,
    claims: Iterable[tuple[str, Iterable[Anchor]]],
    no_facts: Iterable[tuple[str, Anchor]],
    unchecked: Mapping[str, int] | None = None,
) -> Coverage:
    """Find what each sentence of a text carries.

    Args:
        text: the text.
        claims: id and anchors of each claim.
        no_facts: reason and anchor of each `no_fact`. Where two have words of one sentence, the
            first gives the reason.
        unchecked: what was not compared with the quotes, and how often.

    >>> from lod.facts.quotes import find_quote
    >>> text = SourceText("Trade grew fast. Thank you!")
    >>> coverage = measure_coverage(text, [("growth", [find_quote(text, "Trade grew")])], [])
    >>> [(s.claims, s.is_covered) for s in coverage.sentences]
    [(('growth',), True), ((), False)]
    >>> round(coverage.share_of_words, 2)
    0.4
    """
    sentences = text.sentences
    ids: dict[int, dict[str, None]] = {}
    reasons: dict[int, str] = {}
    quoted: dict[int, list[tuple[int, int]]] = {}
    for claim, anchors in claims:
        for number, span in _spans(text, sentences, anchors):
            ids.setdefault(number, {})[claim] = None
            quoted.setdefault(number, []).append(span)
    for reason, anchor in no_facts:
        for number, _ in _spans(text, sentences, [anchor]):
            reasons.setdefault(number, reason)
    return Coverage(
        [
            SentenceCoverage(
                text,
                sentence,
                tuple(ids.get(sentence.number, ())),
                reasons.get(sentence.number),
                tuple(quoted.get(sentence.number, ())),
            )
            for sentence in sentences
        ],
        unchecked or {},
    )


def _spans(
    text: SourceText, sentences: Sequence[Sentence], anchors: Iterable[Anchor]
) -> Iterable[tuple[int, tuple[int, int]]]:
    """The number of each sentence that the anchors have words of, and those words."""
    for anchor in anchors:
        for selector in anchor.selectors:
            number = text.sentence_at(selector.start).number
            span = selector.start, selector.end
            yield number, span
            while number < len(sentences) and sentences[number].start < selector.end:
                number += 1
                yield number, span
