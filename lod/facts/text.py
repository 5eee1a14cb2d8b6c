"""The text of a document: its paragraphs, sentences, lines and words.

*Paragraphs.* In a text without blank lines, every line is a paragraph, save one that goes on: it
has several words and no stop at its end, and the next begins in lower case. In a text with blank
lines, these separate paragraphs, and the line breaks between them are wrapped lines, that is white
space; only a line of more than 120 code points is never taken for a wrapped one: it is a paragraph
of its own. A form feed and U+2029 always end a paragraph.

*Words.* A run of letters, digits and combining characters is a word, together with what joins two
such runs: an apostrophe, a hyphen, or the point, comma or colon inside a number ("Kazakhstan's",
"non-raw", "2.8", "23,000"). In scripts that put no spaces between words, each character counts as
one.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property, lru_cache
from itertools import pairwise

from lod.facts.word_index import WordIndex
from lod.language.normalization import BLANK, LINE_BREAKS, NormalText, fold
from lod.language.sentences import split_sentences
from lod.model.anchor import Sentence, Span
from lod.patterns import lazy

# No hard-wrapped text has longer lines.
_LONGEST_WRAPPED = 120

_LINE = lazy(f"[^{LINE_BREAKS}]+")
_BREAK = lazy(f"\r\n|[{LINE_BREAKS}]")
_NEW_LINE = lazy(r"\r\n|\n|\r")

# First and last characters of scripts without spaces between words: Thai to Burmese, Khmer, Han,
# kana, Yi, and Hangul, whose particles follow a word without a space.
_UNSPACED = (
    "\u0e00\u109f\u1780\u17ff\u2e80\u2fdf\u3005\u3007\u3041\u30ff\u3105\u318f\u31f0\u31ff"
    "\u3400\u4dbf\u4e00\u9fff\ua000\ua4cf\uaa60\uaa7f\uac00\ud7a3\uf900\ufaff\uff66\uff9f"
    "\U00020000\U0003ffff"
)
# `\w` knows no combining characters; these are the blocks that have them beside letters. Of Indic
# blocks, all but their full stops U+0964 and U+0965.
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06ed\u0711\u0730-\u074a\u07a6-\u07b0\u07eb-\u07f3\u0816-\u082d\u0859-\u085b"
    "\u08d3-\u08ff\u0900-\u0963\u0966-\u0df3\u135d-\u135f\u1712-\u1734\u18a9\u1920-\u193b"
    "\u1a17-\u1a7f\u1ab0-\u1aff\u1b00-\u1b44\u1b6b-\u1b73\u1dc0-\u1dff\u20d0-\u20f0\u302a-\u302f"
    "\u3099\u309a\ufe20-\ufe2f"
)
# What groups or divides the digits of one number, or of a time: 2.8, 23,000, 1'240, 12 500, 8:30.
_IN_NUMBER = frozenset(".,:'’\u00a0\u2009\u202f")
_JOINERS = frozenset("\u00ad\u200c\u200d\u2060")
_SKIPPED = _JOINERS | {"\ufe0f"}


class SourceText:
    r"""The untouched text of a document. What costs time is done when it is first asked for.

    Args:
        raw: the text, exactly as it was read.
        language: BCP 47 tag of its language; it decides how sentences are found.

    Attributes:
        raw: the text.
        language: the language tag.

    >>> text = SourceText("Trade grew. It set a record.\nEnergy did not.")
    >>> [text.raw[s.start : s.end] for s in text.sentences]
    ['Trade grew.', 'It set a record.', 'Energy did not.']
    >>> text.sentence_at(15).number, text.paragraph_at(30), text.line_column(30)
    (2, 2, (2, 2))
    """

    def __init__(self, raw: str, language: str = "en") -> None:
        self.raw = raw
        self.language = language

    @cached_property
    def sha256(self) -> str:
        """Hex digest of the text's UTF-8 bytes."""
        # Lone surrogates can come out of JSON escapes; hashing them must not fail.
        return hashlib.sha256(self.raw.encode("utf-8", "surrogatepass")).hexdigest()

    @cached_property
    def normal(self) -> NormalText:
        """The text in the form in which quotes are compared."""
        return NormalText(self.raw)

    @cached_property
    def index(self) -> WordIndex:
        """The places of the words of the normal form."""
        return WordIndex(self.normal.text)

    @cached_property
    def raw_index(self) -> WordIndex:
        """The places of the words of the untouched text."""
        return WordIndex(self.raw)

    def forget_places(self) -> None:
        """Free the memory of the indexes; they are made anew where one is asked for."""
        for name in ("index", "raw_index"):
            self.__dict__.pop(name, None)

    def is_once(self, start: int, end: int) -> bool:
        """Whether the characters of a stretch stand nowhere else in the text.

        Args:
            start: its first code point.
            end: code point after its last one (exclusive).
        """
        words = self.raw[start:end]
        if not self.normal.in_step:
            return all(at == start for at in self.raw_index.find(words))
        # What stands twice in the text does so in its normal form.
        places = self.index.find(self.normal.text[start:end])
        return all(at == start or not self.raw.startswith(words, at) for at in places)

    @cached_property
    def folded(self) -> str:
        """The normal form without case and look-alike letters, code point for code point."""
        return fold(self.normal.text)

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        """The paragraphs in text order, without white space at their ends."""
        return tuple(_split_paragraphs(self.raw))

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences in text order, without white space at their ends.

        Each one lies in one paragraph, and every character that is not blank lies in one.
        """
        number = 0
        sentences = []
        for paragraph, span in enumerate(self.paragraphs, 1):
            for start, end in split_sentences(self.raw, span.start, span.end, self.language):
                number += 1
                sentences.append(Sentence(start, end, number, paragraph))
        return tuple(sentences)

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [paragraph.start for paragraph in self.paragraphs]

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in _NEW_LINE.finditer(self.raw))]

    def sentences_of(self, paragraph: int) -> tuple[Sentence, ...]:
        """The sentences of a paragraph, which is counted from 1."""
        span = self.paragraphs[paragraph - 1]
        first = bisect_left(self._sentence_starts, span.start)
        return self.sentences[first : bisect_left(self._sentence_starts, span.end)]

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence in which a code point stands; between two sentences, the one before.

        Raises:
            ValueError: the text has no sentence.
        """
        if not self.sentences:
            raise ValueError("the text is blank: it has no sentence")
        return self.sentences[max(0, bisect_right(self._sentence_starts, offset) - 1)]

    def paragraph_at(self, offset: int) -> int:
        """The number, from 1, of the paragraph in which a code point stands.

        Between two paragraphs, the one before.
        """
        return max(1, bisect_right(self._paragraph_starts, offset))

    def line_column(self, offset: int) -> tuple[int, int]:
        """The line and column of a code point, both from 1; columns are code points."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1


@lru_cache(maxsize=1)
def word_pattern() -> re.Pattern[str]:
    """The pattern that finds the words of a text.

    It takes some milliseconds to compile, and is so when it is first asked for.

    >>> word_pattern().findall("More than 23,000: Kazakhstan's non-raw exports")
    ['More', 'than', '23,000', "Kazakhstan's", 'non-raw', 'exports']
    """
    ranges = zip(_UNSPACED[::2], _UNSPACED[1::2], strict=True)
    unspaced = "".join(f"{first}-{last}" for first, last in ranges)
    joiners = "".join(_JOINERS)
    run = rf"[^\W_{unspaced}]+(?:[{_MARKS}{joiners}]+[^\W_{unspaced}]*)*"
    marks = rf"[{_MARKS}\u0e31-\u0e3a\u0e47-\u0e4e\u102b-\u103e\u17b4-\u17d3]*"
    joined = rf"['’\-‐‑]{run}|(?<=\d)[.,:](?=\d){run}"
    return re.compile(rf"{run}(?:{joined})*|[{unspaced}]{marks}")


def inside_word(raw: str, offset: int) -> bool:
    """Whether a cut at `offset` goes through a word, a number or a character with its marks.

    >>> [inside_word("$28.5 billion", offset) for offset in (0, 1, 3, 4, 5, 6)]
    [False, False, True, True, False, False]
    """
    if not 0 < offset < len(raw):
        return False
    before, after = raw[offset - 1], raw[offset]
    if before == " " or after == " ":
        return False
    if before.isascii() and after.isascii():
        return _joined(raw, offset - 1, offset)
    if "\U0001f3fb" <= after <= "\U0001f3ff":  # the skin tone of an emoji
        return True
    first, last = offset - 1, offset
    while first and raw[first] in _SKIPPED:
        first -= 1
    while last < len(raw) - 1 and raw[last] in _JOINERS:
        last += 1
    if unicodedata.category(raw[last])[0] == "M":
        return not raw[first].isspace() and raw[first] not in _SKIPPED
    if "\u200d" in raw[first:last] and unicodedata.category(raw[first])[0] == "S":
        return unicodedata.category(raw[last])[0] == "S"  # emoji that are joined to one
    return _joined(raw, first, last)


def _joined(raw: str, first: int, last: int) -> bool:
    """Whether two visible neighbours belong to one word or number."""
    before, after = raw[first], raw[last]
    if before.isdigit() and after in _IN_NUMBER:
        return _divides_number(raw, last)
    if after.isdigit() and before in _IN_NUMBER:
        return first > 0 and raw[first - 1].isdigit() and _divides_number(raw, first)
    return (
        (before.isalnum() or unicodedata.category(before)[0] == "M")
        and after.isalnum()
        and not is_unspaced(before)
        and not is_unspaced(after)
    )


def is_unspaced(character: str) -> bool:
    """Whether a character is of a script that puts no spaces between words.

    >>> [is_unspaced(character) for character in "京ปa"]
    [True, True, False]
    """
    index = bisect_right(_UNSPACED, character)
    return index % 2 == 1 or (index > 0 and _UNSPACED[index - 1] == character)


def _divides_number(raw: str, at: int) -> bool:
    """Whether the mark at `at`, after a digit, divides one number; a space does so by thousands."""
    if raw[at].isspace():
        return raw[at + 1 : at + 4].isdigit() and not raw[at + 4 : at + 5].isdigit()
    return raw[at + 1 : at + 2].isdigit()


def _lines(raw: str) -> Iterator[tuple[int, str]]:
    if any(mark in raw for mark in LINE_BREAKS[1:]):
        for match in _LINE.finditer(raw):
            yield match.start(), match.group()
        return
    start = 0
    for line in raw.split("\n"):  # much faster, and so are most texts
        yield start, line
        start += len(line) + 1


def _goes_on(raw: str, start: int, end: int, following: int) -> bool:
    """Whether the last line of a paragraph is wrapped, by its end and how the next line begins."""
    # One word is an item of a list; a stop, a colon or a semicolon ends what could go on.
    last = raw[end - 1]
    return (
        raw[following].islower()
        and (last.isalnum() or last in ",-–—")
        and (raw.find(" ", start, end) >= 0)
    )


def _split_paragraphs(raw: str) -> list[Span]:
    lines: list[tuple[int, int, int]] = []  # start and end without blanks, length with them
    for begin, whole in _lines(raw):
        line = whole.lstrip(BLANK)
        if line:
            start = begin + len(whole) - len(line)
            lines.append((start, start + len(line.rstrip(BLANK)), len(whole)))
    if not lines:
        return []
    gaps = [raw[before[1] : after[0]] for before, after in pairwise(lines)]
    breaks = [1 if gap == "\n" else len(_BREAK.findall(gap)) for gap in gaps]
    wrapped = max(breaks, default=0) > 1
    paragraphs = []
    start, end, length = lines[0]
    for following, gap, count in zip(lines[1:], gaps, breaks, strict=True):
        long = max(length, following[2]) > _LONGEST_WRAPPED
        apart = count > 1 if wrapped else not _goes_on(raw, start, end, following[0])
        if apart or long or "\f" in gap or "\u2029" in gap:
            paragraphs.append(Span(start, end))
            start = following[0]
        _, end, length = following
    paragraphs.append(Span(start, end))
    return paragraphs
