"""Quotes in their context: the sentences that hold them, with one before and one after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from lod.facts.text import SourceText
    from lod.model.anchor import Anchor

#: What a piece is: a sentence around, the rest of the quote's own sentence, the words of the
#: quote, or words that the quote leaves out.
Kind = Literal["around", "own", "quote", "left-out"]
#: Longest stretch that is shown of what is not the quote itself, in code points.
_LONGEST = 700


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text.

    Attributes:
        kind: what it is.
        text: its words.
    """

    kind: Kind
    text: str


def pieces(text: SourceText, anchor: Anchor) -> list[Piece]:
    """A quote in its context.

    Args:
        text: the text.
        anchor: the quote.

    Returns:
        The stretches in text order. But for those that are too long to show, which are cut with
        an ellipsis at the end that is away from the quote, they give the text without a gap.
    """
    sentences = text.sentences
    first = text.sentence_at(anchor.start).number - 1
    last = text.sentence_at(max(anchor.start, anchor.end - 1)).number - 1
    start, end = min(sentences[first].start, anchor.start), max(sentences[last].end, anchor.end)
    found: list[Piece] = []

    def add(kind: Kind, begin: int, stop: int, cut: Literal["start", "end", "middle", ""]) -> None:
        if begin < stop:
            found.append(Piece(kind, _cut(text.raw, begin, stop, cut)))

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
