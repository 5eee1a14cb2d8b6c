"""The text as pages show it: in paragraphs with every quote marked, and each quote in its context.

HTML elements nest and quotes do not. So the text is cut at both ends of every stretch, and each
segment knows the stretches that it is part of.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Literal

from msgspec import Struct, field

if TYPE_CHECKING:
    from lod.facts.coverage import Coverage, SentenceCoverage
    from lod.facts.text import SourceText
    from lod.model.anchor import Anchor
    from lod.model.claim import Statement

#: Shades of density: from this many claims on, words are shown as densely quoted as can be.
SHADES = 4


class Piece(Struct, frozen=True):
    """Words of one look.

    Attributes:
        text: the words, as they stand in the text.
        marks: numbers of the statements whose quotes they are in, the most exact quote first;
            empty for what no quote has.
        begins: numbers of the statements of which these are the first words.
        ends: numbers of the statements whose last quote ends with them.
        shade: 1 to `SHADES`, by how many statements they carry; 0 for none.
        missed: whether they are words that no fact has.
    """

    text: str
    marks: tuple[int, ...] = ()
    begins: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    shade: int = 0
    missed: bool = False

    @property
    def has_words(self) -> bool:
        """Whether it has a letter or digit: what has none is no link of its own."""
        return any(map(str.isalnum, self.text))


class Run(Struct, frozen=True):
    """Pieces of a sentence that carries no fact, or of any others.

    Attributes:
        pieces: in text order.
        kind: "plain", "no-fact" or "uncovered".
        reason: why it carries none, for "no-fact".
    """

    pieces: tuple[Piece, ...]
    kind: str = "plain"
    reason: str | None = None


class Paragraph(Struct, frozen=True):
    """A paragraph.

    Attributes:
        runs: in text order.
        before: the white space that stands before it in the text.
    """

    runs: tuple[Run, ...]
    before: str


class Prose(Struct):
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
    seen: set[int] = set()
    done = 0
    for number, span in enumerate(paragraphs, 1):
        looks = _looks(sentences.get(number, []))
        segments = cut(span.start, span.end, inside[number - 1], looks.cuts)
        pieces = [(s, _piece(text.raw, s, looks.missed, lengths, ends, seen)) for s in segments]
        runs = tuple(
            Run(tuple(piece for _, piece in group), *_kind(sentence))
            for sentence, group in groupby(pieces, key=lambda pair: looks.at(pair[0].start))
        )
        prose.paragraphs.append(Paragraph(runs, text.raw[done : span.start]))
        done = span.end
    prose.after = text.raw[done:]
    return prose


class _Looks(Struct):
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
    seen: set[int],
) -> Piece:
    words = raw[segment.start : segment.end]
    if not segment.marks:
        return Piece(words, missed=segment.start in missed)
    marks = tuple(sorted(segment.marks, key=lambda number: (lengths[number], number)))
    begins = tuple(number for number in marks if number not in seen)
    seen.update(begins)
    return Piece(
        words,
        marks,
        begins,
        tuple(number for number in segment.ends if ends[number] == segment.end),
        min(len(segment.marks), SHADES),
    )


class Stretch(Struct, frozen=True):
    """A part of the text that carries something.

    Attributes:
        start: first code point.
        end: code point after the last one (exclusive).
        mark: what it carries, such as the number of a claim.
    """

    start: int
    end: int
    mark: int


class Segment(Struct, frozen=True):
    """A part of the text between two cuts.

    Attributes:
        start: first code point.
        end: code point after the last one (exclusive).
        marks: of the stretches that cover it, ascending, each once; empty for unmarked text.
        ends: of the stretches that end with it, likewise.
    """

    start: int
    end: int
    marks: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


def cut(
    start: int, end: int, stretches: Iterable[Stretch], cuts: Iterable[int] = ()
) -> list[Segment]:
    """Cut a part of a text into segments.

    Args:
        start: first code point of the part.
        end: code point after its last one (exclusive).
        stretches: in any order; those that reach out of the part count for what lies in it, and
            empty ones for nothing.
        cuts: further code points before which the text is cut.

    Returns:
        The segments in text order. They are not empty, follow each other without a gap from
        `start` to `end`, and each stretch is exactly a row of them.

    >>> for segment in cut(0, 9, [Stretch(0, 6, 1), Stretch(3, 8, 2)]):
    ...     print(segment.start, segment.end, segment.marks, segment.ends)
    0 3 (1,) ()
    3 6 (1, 2) (1,)
    6 8 (2,) (2,)
    8 9 () ()
    """
    opening: dict[int, list[int]] = {}
    closing: dict[int, list[int]] = {}
    final: dict[int, set[int]] = {}
    for stretch in stretches:
        first, last = max(stretch.start, start), min(stretch.end, end)
        if first < last:
            opening.setdefault(first, []).append(stretch.mark)
            closing.setdefault(last, []).append(stretch.mark)
            if last == stretch.end:
                final.setdefault(last, set()).add(stretch.mark)
    inner = (at for at in cuts if start < at < end)
    points = sorted({start, end, *opening, *closing, *inner})
    # A mark may be open several times: quotes of one claim may overlap each other.
    open_: dict[int, int] = {}
    segments = []
    for here, there in pairwise(points):
        for mark in closing.get(here, ()):
            open_[mark] -= 1
            if not open_[mark]:
                del open_[mark]
        for mark in opening.get(here, ()):
            open_[mark] = open_.get(mark, 0) + 1
        marks = tuple(sorted(open_))
        segments.append(Segment(here, there, marks, tuple(sorted(final.get(there, ())))))
    return segments


#: What a piece is: a sentence around, the rest of the quote's own sentence, the words of the
#: quote, or words that the quote leaves out.
Kind = Literal["around", "own", "quote", "left-out"]


#: Longest stretch that is shown of what is not the quote itself, in code points.
_LONGEST = 700


def in_context(text: SourceText, anchor: Anchor) -> list[tuple[Kind, str]]:
    """A quote in its context: the sentences that hold it, with one before and one after.

    Args:
        text: the text.
        anchor: the quote.

    Returns:
        Kind and words of each stretch, in text order. But for those that are too long to show,
        which are cut with an ellipsis at the end that is away from the quote, they give the text
        without a gap.
    """
    sentences = text.sentences
    first = text.sentence_at(anchor.start).number - 1
    last = text.sentence_at(max(anchor.start, anchor.end - 1)).number - 1
    start, end = min(sentences[first].start, anchor.start), max(sentences[last].end, anchor.end)
    found: list[tuple[Kind, str]] = []

    def add(kind: Kind, begin: int, stop: int, cut: Literal["start", "end", "middle", ""]) -> None:
        if begin < stop:
            found.append((kind, _cut(text.raw, begin, stop, cut)))

    if first > 0:
        add("around", sentences[first - 1].start, start, "start")
    at = start
    for number, selector in enumerate(anchor.selectors):
        add("left-out" if number else "own", at, selector.start, "middle" if number else "start")
        add("quote", selector.start, selector.end, "")
        at = selector.end
    add("own", at, end, "end")
    if last + 1 < len(sentences):
        add("around", end, sentences[last + 1].end, "end")
    return found


def _cut(raw: str, start: int, end: int, where: str) -> str:
    if not where or end - start <= _LONGEST:
        return raw[start:end]
    if where == "start":
        return "…" + raw[end - _LONGEST : end]
    if where == "end":
        return raw[start : start + _LONGEST] + "…"
    return raw[start : start + _LONGEST // 2] + " … " + raw[end - _LONGEST // 2 : end]
