"""Where sentences end.

A sentence ends at a stop (``. ! ? …`` and those of other scripts, closing quotation marks, brackets
and note numbers after it included), but not

- where the next word begins in lower case ("What?" he asked), save names such as eBay;
- after initials and abbreviations, as the language's data says: some never end a sentence
  ("Dr.", "e.g."), some do not where a number follows ("No. 5"), and the rest end one only where the
  next word is an *opener*, a word that begins sentences and no names ("in the U.S. It grew", but
  "the U.S. Congress");
- after a number or letter that numbers what follows it ("1. Introduction");
- in German, after an ordinal number ("am 7. August", "im 3. Quartal").

Sentences inside a quotation are sentences. So is a paragraph without a stop, a row of a table (a
line of cells divided by tabs, ``|`` or wide gaps), and each item of a list.

The data are in `sentences.toml` of each language. For languages without, the sentencex
package says whether a stop after a short word ends the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from lod.language.data import primary, table
from lod.language.normalization import BLANK, LINE_BREAKS
from lod.patterns import lazy


class _Rules(NamedTuple):
    """What a language knows about its stops, from its `sentences.toml`.

    Words are written without their last stop. `known` is False for a language without data.
    """

    known: bool = False
    openers: frozenset[str] = frozenset()
    never_last: frozenset[str] = frozenset()
    before_number: frozenset[str] = frozenset()
    maybe_last: frozenset[str] = frozenset()
    clock: frozenset[str] = frozenset()
    after_clock: frozenset[str] = frozenset()
    months: frozenset[str] = frozenset()
    ordinal_nouns: frozenset[str] = frozenset()
    ordinal_after: frozenset[str] = frozenset()
    elisions: frozenset[str] = frozenset()
    one_letter_words: frozenset[str] = frozenset()


@lru_cache(maxsize=64)
def _rules(language: str) -> _Rules:
    """The rules of a language, a primary subtag."""
    data = table(language, "sentences")
    if data is None:
        return _Rules()
    return _Rules(known=True, **{name: frozenset(words.split()) for name, words in data.items()})


_CLOSERS = "\"'”’»›)\\]}」』）〉》】"
# Stops after which a space is needed, and those of scripts that need none.
_NARROW = ".!?…‽"
_WIDE = "。！？｡।॥؟۔։።။។"
_STOP = lazy(
    # The class is written twice because the engine skips fast to a first class, not to a repeat.
    rf"(?P<stop>[{_NARROW}{_WIDE}][{_NARROW}{_WIDE}]*)"
    # What opens a quotation in English closes one in German; French sets a space before the mark.
    rf"(?P<close>(?:[{_CLOSERS}]|[“‘«‹](?=[\s{_CLOSERS}]|\Z)|[ \u00a0\u202f]»(?=\s))*)"
    r"(?:\[\d{1,3}\])*[¹²³⁰-⁹]*(?P<gap>\s*)"
)
_NEXT = lazy(r"[\s\"'“„”‘‚’«»‹›(\[{¿¡*–—‐-]*([^\W_]*)(['’](?=\w))?")
_NOT_NEXT = frozenset(",;:.!?)]}…%")
_DOTTED = lazy(r"(?:[^\W\d_]{1,3}\.)+[^\W\d_]{1,4}")
_ROMAN = lazy(r"[IVXLC]{1,6}")
_REST_OF_DATE = lazy(r"\d{1,2}\.|\d{4}\b")
_TRIM = "\"'“„”‘‚’«»‹›([{¿¡*–—-"
_LOOK_BACK = 60

_LINE = lazy(f"[^{LINE_BREAKS}]+")
_ITEM = lazy(r"(?:[•*‣▪◦·–—-]|\d{1,3}[.)]|[a-z]\))\s+(?=\S)")
# A gap between cells; up to three spaces after a stop are a typist's habit, dots may lead the eye.
_CELL_GAP = lazy(r"(?<=[^\s.!?:;,…\"”)]) {2,}(?=\S)| {4,}(?=\S)|(?<!\.)\.{4,} *(?=[^\s.])")


class _FullStop(NamedTuple):
    """A single full stop with what stands around it.

    Attributes:
        token: the word or number before it.
        previous: the word before that; "" at the start of a sentence.
        at_start: whether `token` begins the sentence.
        word: the word or number after it, or the first part of that.
        date: whether what follows may be the rest of a date.
        initial: whether the word after it is one letter with a stop.
    """

    token: str
    previous: str
    at_start: bool
    word: str
    date: bool
    initial: bool


def split_sentences(text: str, start: int, end: int, language: str = "en") -> list[tuple[int, int]]:
    """The sentences of one paragraph.

    Args:
        text: the whole text.
        start: first code point of the paragraph, which is no white space.
        end: code point after its last one, which is no white space.
        language: BCP 47 tag.

    Returns:
        Start and end (exclusive) of each sentence in code points, without white space at the ends.

    >>> text = "It closed at 5 p.m. on Friday. The U.S. Congress met."
    >>> [text[start:end] for start, end in split_sentences(text, 0, len(text))]
    ['It closed at 5 p.m. on Friday.', 'The U.S. Congress met.']
    """
    tag = primary(language)
    rules = _rules(tag)
    spans = []
    for first, last, row in _blocks(text, start, end):
        begin = first
        library: frozenset[int] | None = None
        for match in () if row else _STOP.finditer(text, first, last):
            stop, _, space = match.groups()
            after = match.end()
            if after >= last:
                break
            if not space and stop[-1] in _NARROW:
                continue
            at = match.start()
            # By far the most stops follow a long word and precede a capital letter.
            if stop == "." and text[after].isupper() and text[at - 7 : at].isalpha():
                spans.append((begin, after - len(space)))
                begin = after
                continue
            verdict = _ends(text, begin, match, last, rules)
            if verdict is None:
                if library is None:
                    library = _library_ends(text, first, last, tag)
                verdict = any(offset in library for offset in range(at + 1, after + 1))
            if verdict:
                spans.append((begin, after - len(space)))
                begin = after
        spans.append((begin, last))
    return spans


def _ends(text: str, begin: int, match: re.Match[str], last: int, rules: _Rules) -> bool | None:
    """Whether a sentence that begins at `begin` ends at the stop; None where no rule knows."""
    stop = match["stop"]
    if stop[-1] in _WIDE:  # 「…。」と言った: the sentence goes on after the quotation
        return not (match["close"] and text.startswith(("と", "って"), match.end()))
    following = _NEXT.match(text, match.end(), last)
    if following is None:  # the pattern matches nothing, too; this is for the type checker
        return True
    word = following[1]
    if following[2] and f"{word}'" in rules.openers:
        word = f"{word}'"  # "L'an dernier", but not "J. L. Martin"
    if not word:
        at = following.end()
        return at < last and text[at] not in _NOT_NEXT
    if word[0].islower():
        return word != word.lower()
    if stop != ".":
        return True
    before = text[max(begin, match.start() - _LOOK_BACK) : match.start()]
    tokens = before.split()
    if not tokens or before[-1].isspace():
        return True
    token = tokens[-1].lstrip(_TRIM)
    elided, mark, rest = token.replace("’", "'").partition("'")
    if mark and elided in rules.elisions:
        token = rest  # "de l'art. 8"
    if len(token) > 6 and token.isalpha():
        return True
    full_stop = _FullStop(
        token,
        tokens[-2].lstrip(_TRIM) if len(tokens) > 1 else "",
        len(tokens) == 1 and match.start() - begin < _LOOK_BACK,
        word,
        _REST_OF_DATE.match(text, following.start(1)) is not None,
        len(word) == 1 and text.startswith(".", following.end(1)),
    )
    if token.isdigit():
        if full_stop.at_start:
            return len(token) > 3
        return len(token) > 2 or not rules.months or _ends_after_number(full_stop, rules)
    return _ends_after_word(full_stop, rules)


def _ends_after_word(stop: _FullStop, rules: _Rules) -> bool | None:
    """Whether a sentence ends after a short or dotted word."""
    token, word = stop.token, stop.word
    number_next = word[0].isdigit()
    if len(token) == 1 and token.isalpha():
        if stop.at_start or not rules.never_last.isdisjoint((token, stop.previous + token)):
            return False
        if number_next:
            return token not in rules.before_number
        if token in rules.one_letter_words:
            return True
        return word in rules.openers and not stop.initial  # "А. С. Пушкин"
    if _DOTTED.fullmatch(token):
        if token in rules.never_last or token.lower() in rules.never_last:
            return False
        if token in rules.clock:
            return word not in rules.after_clock
        return word in rules.openers if rules.known else None
    if token in rules.never_last or (token.isupper() and token.capitalize() in rules.never_last):
        return False
    if stop.at_start and token.lower() in rules.never_last:
        return False
    if token in rules.before_number and (number_next or _ROMAN.fullmatch(word)):
        return False
    if token in rules.maybe_last:
        return word in rules.openers
    if _ROMAN.fullmatch(token):
        if stop.at_start:
            return False
        if rules.months:
            return _ends_after_number(stop, rules)
    if rules.known or len(token) > 4 or not token.isalpha():
        return True
    return None


def _ends_after_number(stop: _FullStop, rules: _Rules) -> bool:
    """Whether a sentence ends after a number whose stop may make it an ordinal."""
    if stop.date or stop.word in rules.months or stop.word in rules.ordinal_nouns:
        return False
    return stop.previous.lower() not in rules.ordinal_after or stop.word in rules.openers


def _blocks(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Parts of a paragraph that no sentence crosses: start, end, whether it is a table row."""
    paragraph = text[start:end]
    many = "\n" in paragraph or "\r" in paragraph
    if not many and not ("\t" in paragraph or "|" in paragraph or "  " in paragraph):
        yield start, end, False
        return
    begin: int | None = None
    done = start
    listed = False
    for match in _LINE.finditer(text, start, end):
        line = match.group().strip(BLANK)
        if not line:
            continue
        first = match.start() + match.group().index(line)
        item = _ITEM.match(line)
        listed = item is not None and (listed or begin is None or text[done - 1] == ":")
        row = _is_row(line[item.end() :] if item else line)
        if begin is not None and (row or listed):
            yield begin, done, False
            begin = None
        done = first + len(line)
        if row:
            yield first, done, True
        elif begin is None:
            begin = first
    if begin is not None:
        yield begin, done, False


def _is_row(line: str) -> bool:
    """Whether a line is a row of a table. Prose may have tabs and bars, too, but ends in a stop."""
    if ("\t" in line or " | " in line or line[0] == "|") and line[-1] not in ".!?…":
        return True
    gaps = _CELL_GAP.findall(line)
    return len(gaps) > 1 or any(len(gap) > 2 for gap in gaps)


def _library_ends(text: str, first: int, last: int, tag: str) -> frozenset[int]:
    """Where sentencex begins sentences, as offsets in the text."""
    part = text[first:last]
    for space in LINE_BREAKS:
        part = part.replace(space, " ")
    return frozenset(first + found["start_index"] for found in _boundaries()(tag, part))


@lru_cache(maxsize=1)
def _boundaries() -> Callable[[str, str], list[dict[str, Any]]]:
    from sentencex import get_sentence_boundaries  # type: ignore[import-untyped]  # it has none

    boundaries: Callable[[str, str], list[dict[str, Any]]] = get_sentence_boundaries
    return boundaries
