"""The passage of a text that comes nearest to words that are not in it.

A misquote shares most of its words with the passage that was meant. The rarest of them are looked
up in the text; the places that have the most words of the quote around them are compared word by
word. What that costs grows with the text as a plain search does, and has a bound for any quote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import Match, SequenceMatcher
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from lod.facts.text import SourceText, inside_word, word_pattern
from lod.language.normalization import fold, normalize

_LONGEST = 2_000  # code points of a quote that are compared
_SEEDS = 24  # words of the quote that are looked up
_PLACES = 40  # places tried for each of them
_CANDIDATES = 160  # places tried in all
_COMPARED = 3  # places that are compared word by word
_NEAR = 0.5  # share of words in common below which a passage is not near
_ALIKE = 0.7  # the same for the letters of a few words
_FEW = 6  # words of a quote that may all be misspelt
_LONGEST_WORD = 100  # code points by which a window grows to end with a whole word
_KEPT = 3  # words of agreement that are shown on either side of a difference
_LONGEST_RUN = 8  # words that are shown at either end of a difference

_STOPS = frozenset(".!?…。")

_Tokens = Sequence[re.Match[str]]


class Nearest(Struct, frozen=True):
    """The nearest passage.

    Attributes:
        start: its first code point in the untouched text.
        end: code point after its last one (exclusive).
        marked: quote and passage in one: `[-only in the quote-]`, `{+only in the text+}`.
        kind: "case" where they differ in upper and lower case only, "letters" where (also) in
            letters that look the same, "words" for all else.
        pairs: for "letters", each such pair: the letter of the quote, that of the text.
    """

    start: int
    end: int
    marked: str
    kind: Literal["case", "letters", "words"]
    pairs: tuple[tuple[str, str], ...] = ()


def find_nearest(text: SourceText, quote: str) -> Nearest | None:
    """The passage that comes nearest to a quote.

    Args:
        text: the text.
        quote: words that are not in it.

    Returns:
        The passage, or None where none comes near.

    >>> text = SourceText("Last year, it set a record, exceeding the threshold of $28 billion.")
    >>> find_nearest(text, "it set a record, exceeding the threshold of $2.8 billion").marked
    '…the threshold of [-$2.8-]{+$28+} billion'
    """
    quote = normalize(quote)
    if not quote:
        return None
    normal = text.normal.text
    folded = fold(quote)
    at = text.folded.find(folded)
    for _ in range(_PLACES):
        if at < 0:
            break
        start, end = _raw(text, at, at + len(quote))
        if not inside_word(text.raw, start) and not inside_word(text.raw, end):
            return _same_looks(text, quote, at)
        at = text.folded.find(folded, at + 1)
    quote = _core(normal, quote)
    words = list(_token_pattern().finditer(quote))
    best: _Tokens = ()
    best_ratio = 0.0
    for start, end in _windows(text.folded, fold(quote)):
        found = list(_token_pattern().finditer(normal, start, end))
        ratio, passage = _align(words, found)
        if ratio < _NEAR and len(words) <= _FEW:
            ratio, passage = _spelt_alike(words, found)
        if ratio >= _NEAR and ratio > best_ratio:
            best_ratio, best = ratio, passage
    if not best:
        return None
    start, end = _raw(text, best[0].start(), best[-1].end())
    return Nearest(start, end, _mark(text, words, best), "words")


def _same_looks(text: SourceText, quote: str, at: int) -> Nearest:
    """The passage that is the quote, but for case and look-alike letters."""
    end = at + len(quote)
    passage = text.normal.text[at:end]
    words, found = (
        _token_pattern().finditer(quote),
        _token_pattern().finditer(text.normal.text, at, end),
    )
    marked = _mark(text, list(words), list(found))
    pairs = dict.fromkeys(
        (ours, theirs)
        for ours, theirs in zip(quote, passage, strict=True)
        if ours.lower() != theirs.lower()
    )
    kind: Literal["case", "letters"] = "letters" if pairs else "case"
    return Nearest(*_raw(text, at, end), marked, kind, tuple(pairs))


@lru_cache(maxsize=1)
def _token_pattern() -> re.Pattern[str]:
    """What is compared: a word with the sign before or after it, or any other character."""
    return re.compile(rf"[$€£¥₽₸₹]?(?:{word_pattern().pattern})%?|\S")


def _core(normal: str, quote: str) -> str:
    """The part of a long quote around the first place where it leaves the text."""
    if len(quote) <= _LONGEST:
        return quote
    low, high = 0, len(quote)
    while low < high:
        middle = (low + high + 1) // 2
        if quote[:middle] in normal:
            low = middle
        else:
            high = middle - 1
    start = quote.find(" ", max(0, low - _LONGEST // 4)) + 1 if low > _LONGEST // 4 else 0
    return quote[start : start + _LONGEST]


def _windows(folded: str, quote: str) -> Iterator[tuple[int, int]]:
    """The stretches of a text that have the most of a quote's words, best first."""
    seeds = _seeds(folded, quote)
    slack = min(len(quote) // 2, 400) + 40
    scores: dict[int, float] = {}
    for seed, (offset, _) in seeds.items():
        at = folded.find(seed)
        for _ in range(_PLACES):
            if at < 0 or len(scores) >= _CANDIDATES:
                break
            start = at - offset
            if start not in scores:
                window = folded[max(0, start - slack) : start + len(quote) + slack]
                scores[start] = sum(1 / count for s, (_, count) in seeds.items() if s in window)
            at = folded.find(seed, at + 1)
    taken: list[int] = []
    for start in sorted(scores, key=lambda start: (-scores[start], start)):
        if all(abs(start - other) > slack for other in taken):
            taken.append(start)
            yield (
                _to_space(folded, max(0, start - slack), -1),
                _to_space(folded, min(len(folded), max(0, start + len(quote) + slack)), 1),
            )
        if len(taken) == _COMPARED:
            return


def _to_space(folded: str, at: int, step: int) -> int:
    """The nearest end of a word, so that a window begins and ends with whole ones."""
    for _ in range(_LONGEST_WORD):
        if not inside_word(folded, at):
            break
        at += step
    return at


def _seeds(folded: str, quote: str) -> dict[str, tuple[int, float]]:
    """Words of the quote, rarest first: where in the quote, how often in the text (damped)."""
    words: dict[str, int] = {}
    for match in word_pattern().finditer(quote):
        words.setdefault(match.group(), match.start())
    chosen = sorted((word for word in words if len(word) > 1), key=len, reverse=True)[:_SEEDS]
    counts = {word: folded.count(word) for word in chosen}
    if not any(counts.values()):
        # Every word is misspelt, or the script has no spaces: parts of words will do.
        size = 4 if chosen else 2
        step = max(1, (len(quote) - size) // _SEEDS)
        words = {quote[at : at + size]: at for at in range(0, len(quote) - size + 1, step)}
        counts = {part: folded.count(part) for part in list(words)[: 2 * _SEEDS]}
    rare = sorted((count, -len(word), word) for word, count in counts.items() if count)
    return {word: (words[word], count**0.5) for count, _, word in rare}


def _align(words: _Tokens, found: _Tokens) -> tuple[float, _Tokens]:
    """The passage in a window that fits the quote best, and how well, from 0 to 1."""
    matcher = SequenceMatcher(
        None, [fold(w.group()) for w in words], [fold(f.group()) for f in found], autojunk=False
    )
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    # A "the" far outside does not belong to the passage.
    while len(blocks) > 1 and _is_astray(blocks[0].size, blocks[0], blocks[1]):
        del blocks[0]
    while len(blocks) > 1 and _is_astray(blocks[-1].size, blocks[-2], blocks[-1]):
        del blocks[-1]
    if not blocks:
        return 0.0, ()
    start, end = blocks[0].b, blocks[-1].b + blocks[-1].size
    # Words of the quote before and after the agreement stand for as many of the text, up to the
    # ends of its sentence.
    for _ in range(blocks[0].a):
        if not start or found[start - 1].group() in _STOPS:
            break
        start -= 1
    for _ in range(len(words) - blocks[-1].a - blocks[-1].size):
        if end == len(found) or found[end - 1].group() in _STOPS:
            break
        end += 1
    common = sum(block.size for block in blocks)
    return 2 * common / (len(words) + end - start), found[start:end]


def _is_astray(size: int, before: Match, after: Match) -> bool:
    """Whether two agreements are so much further apart in the text that one is by chance."""
    between_words = after.a - before.a - before.size
    between_found = after.b - before.b - before.size
    return between_found > between_words + 3 * size


def _spelt_alike(words: _Tokens, found: _Tokens) -> tuple[float, _Tokens]:
    """As `_align`, for a few words of which each may be misspelt."""
    matcher = SequenceMatcher(None, "", " ".join(word.group() for word in words), autojunk=False)
    best: tuple[float, _Tokens] = (0.0, ())
    for start in range(len(found) - len(words) + 1):
        passage = found[start : start + len(words)]
        matcher.set_seq1(" ".join(token.group() for token in passage))
        if matcher.real_quick_ratio() > max(best[0], _ALIKE):
            ratio = matcher.ratio()
            if ratio > max(best[0], _ALIKE):
                best = ratio, passage
    return best


def _mark(text: SourceText, words: _Tokens, found: _Tokens) -> str:
    """The difference, with a few words around it, those of the text as they stand there."""

    def show(tokens: _Tokens) -> str:
        if not tokens:
            return ""
        start, end = tokens[0].start(), tokens[-1].end()
        if tokens[0].string is not text.normal.text:
            return tokens[0].string[start:end]
        start, end = _raw(text, start, end)
        return " ".join(text.raw[start:end].split())

    def ends(tokens: _Tokens, before: int, after: int) -> str:
        if len(tokens) <= before + after:
            return show(tokens)
        space = " " if before and after else ""
        return f"{show(tokens[:before])}{space}…{space}{show(tokens[len(tokens) - after :])}"

    matcher = SequenceMatcher(
        None, [w.group() for w in words], [f.group() for f in found], autojunk=False
    )
    codes = matcher.get_opcodes()
    parts: list[str] = []
    for index, (tag, a, a_end, b, b_end) in enumerate(codes):
        if parts and (_spaced(words, a, a_end) or _spaced(found, b, b_end)):
            parts.append(" ")
        if tag == "equal":
            last = index == len(codes) - 1
            parts.append(ends(found[b:b_end], _KEPT if index else 0, 0 if last else _KEPT))
            continue
        if a < a_end:
            parts.append(f"[-{ends(words[a:a_end], _LONGEST_RUN, _LONGEST_RUN)}-]")
        if b < b_end:
            parts.append(f"{{+{ends(found[b:b_end], _LONGEST_RUN, _LONGEST_RUN)}+}}")
    return "".join(parts)


def _spaced(tokens: _Tokens, start: int, end: int) -> bool:
    """Whether white space stands before the first of some tokens."""
    return start < end and (not start or tokens[start - 1].end() < tokens[start].start())


def _raw(text: SourceText, start: int, end: int) -> tuple[int, int]:
    """The stretch of the untouched text for one of the normal form, rounded to whole characters."""
    while (first := text.normal.start(start)) is None:
        start -= 1
    while (last := text.normal.end(end)) is None:
        end += 1
    return first, last
