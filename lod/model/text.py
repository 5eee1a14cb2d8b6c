"""The text of a document with its sentences and paragraphs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text in code points, the end exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its place, its number in the text and that of its paragraph, from 1."""

    start: int
    end: int
    number: int
    paragraph: int
