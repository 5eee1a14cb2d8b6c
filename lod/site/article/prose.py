"""The text as the page shows it: paragraphs, quotes, and what carries no fact."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from lod.site.article.segments import Segment, Stretch, cut

if TYPE_CHECKING:
    from lod.facts.coverage import Coverage, SentenceCoverage
    from lod.facts.text import SourceText
    from lod.model.claim import Statement

#: Shades of density: from this many claims on, words are shown as densely quoted as can be.
SHADES = 4


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one look.

    Attributes:
        text: the words, as they stand in the text.
        marks: numbers of the statements whose quotes they are in, the most exact quote first;
            empty for what no quote has.
        ends: numbers of the statements whose last quote ends with them.
        shade: 1 to `SHADES`, by how many statements they carry; 0 for none.
        missed: whether they are words that no fact has.
    """

    text: str
    marks: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    shade: int = 0
    missed: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Pieces of a sentence that carries no fact, or of any others.

    Attributes:
        pieces: in text order.
        kind: "plain", "no-fact" or "uncovered".
        reason: why it carries none, for "no-fact".
    """

    pieces: tuple[Piece, ...]
    kind: str = "plain"
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph.

    Attributes:
        runs: in text order.
        before: the white space that stands before it in the text.
    """

    runs: tuple[Run, ...]
    before: str


@dataclass(slots=True)
class Prose:
    """The whole text; its parts joined are the text, code point for code point.

    Attributes:
        paragraphs: in text order.
        after: the white space after the last one.
    """

    paragraphs: list[Paragraph] = field(default_factory=list)
    after: str = ""


def stretches(statements: Iterable[tuple[int, Statement]]) -> Iterator[Stretch]:
    """The stretches that quotes have: every part of an elided quote is one.

    Args:
        statements: each with its number.
    """
    for number, statement in statements:
        for anchor in statement.anchors:
            for selector in anchor.selectors:
                yield Stretch(selector.start, selector.end, number)


def make_prose(
    text: SourceText, statements: Sequence[tuple[int, Statement]], coverage: Coverage
) -> Prose:
    """Cut the text into the pieces that the page shows.

    Args:
        text: the text.
        statements: each with its number.
        coverage: of the text.
    """
    lengths = {
        number: sum(s.end - s.start for anchor in statement.anchors for s in anchor.selectors)
        for number, statement in statements
    }
    ends = {number: max(a.end for a in statement.anchors) for number, statement in statements}
    paragraphs = text.paragraphs
    inside: list[list[Stretch]] = [[] for _ in paragraphs]
    for stretch in stretches(statements):
        number = text.paragraph_at(stretch.start) - 1
        while number < len(paragraphs) and paragraphs[number].start < stretch.end:
            inside[number].append(stretch)
            number += 1
    sentences = {
        number: list(group)
        for number, group in groupby(coverage.sentences, key=lambda s: s.sentence.paragraph)
    }
    prose = Prose()
    done = 0
    for number, span in enumerate(paragraphs, 1):
        looks = _looks(sentences.get(number, []))
        segments = cut(span.start, span.end, inside[number - 1], looks.cuts)
        pieces = [(s, _piece(text.raw, s, looks.missed, lengths, ends)) for s in segments]
        runs = tuple(
            Run(tuple(piece for _, piece in group), *_kind(sentence))
            for sentence, group in groupby(pieces, key=lambda pair: looks.at(pair[0].start))
        )
        prose.paragraphs.append(Paragraph(runs, text.raw[done : span.start]))
        done = span.end
    prose.after = text.raw[done:]
    return prose


@dataclass(slots=True)
class _Looks:
    """Where the sentences of a paragraph look different from plain text.

    Attributes:
        cuts: where the look changes.
        missed: where stretches of words without a fact begin.
        bare: sentences that carry no fact, in text order.
    """

    cuts: list[int] = field(default_factory=list)
    missed: set[int] = field(default_factory=set)
    bare: list[SentenceCoverage] = field(default_factory=list)

    def at(self, offset: int) -> SentenceCoverage | None:
        """The sentence without a fact in which a code point stands."""
        index = bisect_right(self.bare, offset, key=lambda one: one.sentence.start) - 1
        if index >= 0 and offset < self.bare[index].sentence.end:
            return self.bare[index]
        return None


def _looks(sentences: Iterable[SentenceCoverage]) -> _Looks:
    looks = _Looks()
    for sentence in sentences:
        start, end = sentence.sentence.start, sentence.sentence.end
        if sentence.no_fact is not None or not sentence.is_covered:
            looks.cuts += [start, end]
            looks.bare.append(sentence)
        for first, last in _together(sentence):
            looks.cuts += [first, last]
            looks.missed.add(first)
    return looks


def _together(sentence: SentenceCoverage) -> Iterator[tuple[int, int]]:
    """The uncovered words of a sentence, neighbours with what stands between them as one."""
    covered = list(sentence.covered)
    first = last = -1
    at = 0
    for word in sentence.uncovered_words:
        while at < len(covered) and covered[at].end <= last:
            at += 1
        if first >= 0 and (at == len(covered) or covered[at].start >= word.start):
            last = word.end
            continue
        if first >= 0:
            yield first, last
        first, last = word.start, word.end
    if first >= 0:
        yield first, last


def _kind(sentence: SentenceCoverage | None) -> tuple[str, str | None]:
    if sentence is None:
        return "plain", None
    if sentence.no_fact is not None:
        return "no-fact", sentence.no_fact
    return "uncovered", None


def _piece(
    raw: str,
    segment: Segment,
    missed: set[int],
    lengths: dict[int, int],
    ends: dict[int, int],
) -> Piece:
    words = raw[segment.start : segment.end]
    if not segment.marks:
        return Piece(words, missed=segment.start in missed)
    return Piece(
        words,
        tuple(sorted(segment.marks, key=lambda number: (lengths[number], number))),
        tuple(number for number in segment.ends if ends[number] == segment.end),
        min(len(segment.marks), SHADES),
    )
