"""Anchors: the exact words that a claim rests on; and the sentences of the text."""

from __future__ import annotations

from msgspec import Struct


class Selector(Struct, frozen=True):
    """One stretch of the untouched text, as quote and as position.

    `text[start:end] == exact`; `prefix + exact + suffix` stands in the text exactly once.

    Attributes:
        exact: the words, byte for byte as in the text.
        prefix: the words just before.
        suffix: the words just after.
        start: first code point, counted from 0.
        end: code point after the last one (exclusive).
    """

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int


class Anchor(Struct, frozen=True):
    """One quote, found in the text.

    Attributes:
        selectors: one; several where the quote was elided with `[…]`, in text order.
        sentence: number of the sentence in which it begins, counted from 1.
        paragraph: number of the paragraph in which it begins, counted from 1.
        version: name of the version of the document whose text it selects from; "" for the
            document's own text.
    """

    selectors: tuple[Selector, ...]
    sentence: int
    paragraph: int
    version: str = ""

    @property
    def start(self) -> int:
        """First code point of the anchor."""
        return self.selectors[0].start

    @property
    def end(self) -> int:
        """Code point after the last one of the anchor (exclusive)."""
        return self.selectors[-1].end

    @property
    def exact(self) -> str:
        """The quoted words, elisions shown as `[…]`."""
        return " […] ".join(selector.exact for selector in self.selectors)


class Span(Struct, frozen=True):
    """A stretch of the text in code points, the end exclusive."""

    start: int
    end: int


class Sentence(Struct, frozen=True):
    """A sentence: its place, its number in the text and that of its paragraph, from 1."""

    start: int
    end: int
    number: int
    paragraph: int
