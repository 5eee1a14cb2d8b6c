"""Says in plain words why a quote cannot be anchored, and what to do about it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from msgspec import Struct

from lod.facts.places import MOST_PLACES, Place, Places, find_places, placements, whole_words
from lod.facts.text import SourceText, word_pattern
from lod.language.normalization import fold, normalize
from lod.patterns import lazy

_SHOWN = 5  # places that a message lists
_AROUND = 24  # code points shown on either side of a place
_LONGEST = 60  # code points of the quote itself that are shown
_SIDE = 60  # code points in which a prefix or suffix for a hint is looked for
_COMPARED = 100  # places that it is compared with

# What can be written in YAML without quotation marks.
_PLAIN = lazy(r"[^\W\d_][\w ,.;'-]*[\w,;]")
# What people write for words left out, beside […].
_BRACKETS = lazy(r"\[[^\[\]]*\]|\([^()]*\)|<[^<>]*>|\{[^{}]*\}|\.{2,}|…")
_ONLY_ELISION = "only […] leaves words out; other brackets and dots are searched as they stand"
_VERBATIM = "quote the words exactly as the text has them"


class QuoteProblem(Struct, frozen=True):
    """Why a quote has no anchor.

    Attributes:
        code: a key of `lod.codes.CODES`: "quote-not-found", "quote-ambiguous",
            "quote-across-paragraphs", "elision-order", "elision-across-sentences" or
            "elision-brackets".
        message: what is there and what was expected; places are line:column of the text.
        hint: what to do about it, or None.
    """

    code: str
    message: str
    hint: str | None = None


def empty_quote() -> QuoteProblem:
    """The quote has no words."""
    return QuoteProblem("quote-not-found", "the quote has no words", _VERBATIM)


def not_found(text: SourceText, words: str, found: Places) -> QuoteProblem:
    """No place is good; says what comes nearest.

    Args:
        text: the text.
        words: the quote, or a part of it, in normal form.
        found: what looking for it gave.
    """
    if found.crossing is not None:
        end = text.paragraphs[found.crossing.sentence.paragraph - 1].end
        return QuoteProblem(
            "quote-across-paragraphs",
            f"the quote begins at {_at(text, found.crossing.start)} and goes on over the paragraph"
            f" break at {_at(text, end)}",
            "quote each paragraph by itself, as a list of quotes; if lines are only wrapped, set a"
            " blank line between the paragraphs of the text",
        )
    if found.cut is not None:
        start, end = found.cut
        whole = _excerpt(text.raw[start:end])
        return QuoteProblem(
            "quote-not-found",
            f"the quote begins or ends inside a word or number: the text has {whole} at"
            f" {_at(text, start)}",
            f"quote whole words: {whole}",
        )
    return _brackets(text, words) or _nearest(text, words)


def _nearest(text: SourceText, words: str) -> QuoteProblem:
    from lod.facts.nearest import find_nearest  # needed for bad quotes only

    code = "quote-not-found"
    nearest = find_nearest(text, words)
    if nearest is None:
        message = f"the text does not have the words {_excerpt(words)}, nor any that come near"
        return QuoteProblem(code, message, _VERBATIM)
    where = _at(text, nearest.start)
    if nearest.kind == "case":
        return QuoteProblem(
            code,
            f"the words at {where} differ only in upper and lower case: {nearest.marked}",
            _VERBATIM,
        )
    if nearest.kind == "letters":
        ours, theirs = nearest.pairs[0]
        return QuoteProblem(
            code,
            f"the quote has {_character(ours)} where the words at {where} have"
            f" {_character(theirs)}, which looks the same: {nearest.marked}",
            f"copy the words from the text; {_difference(len(nearest.pairs))}",
        )
    return QuoteProblem(
        code,
        f"the text does not have these words; the nearest are at {where}: {nearest.marked}",
        f"{_VERBATIM}; [-…-] is only in the quote, {{+…+}} only in the text",
    )


def _difference(count: int) -> str:
    return "one letter differs" if count == 1 else f"{count} letters differ"


def _character(character: str) -> str:
    name = unicodedata.name(character, "unnamed")
    return f'"{character}" (U+{ord(character):04X} {name})'


def _brackets(text: SourceText, words: str) -> QuoteProblem | None:
    """The problem that brackets or dots were taken to leave words out, if the rest is there."""
    groups = list(_BRACKETS.finditer(words))
    if not groups:
        return None
    group = next((g for g in groups if g.group() not in text.normal.text), groups[0]).group()
    parts = [part for part in map(str.strip, _BRACKETS.split(words)) if word_pattern().search(part)]
    places = [find_places(text, part).good for part in parts]
    if parts and all(places):
        placed = placements(text, places, across_sentences=True)
        if placed:
            where = _at(text, placed[0][0].start)
            return QuoteProblem(
                "elision-brackets",
                f'the text has the words around "{group}" at {where}, but not "{group}" itself',
                _ONLY_ELISION,
            )
    bare = re.sub(r"[\[\]]", "", words)
    at = text.folded.find(fold(bare))
    if bare != words and word_pattern().search(bare) and at >= 0:
        start, _ = whole_words(text, at, at + len(bare))
        return QuoteProblem(
            "elision-brackets",
            f'the text has these words at {_at(text, start)} without the brackets of "{group}"',
            _ONLY_ELISION,
        )
    return None


def ambiguous(text: SourceText, placed: Sequence[Sequence[Place]]) -> QuoteProblem:
    """The quote stands in the text more than once."""
    count = f"{len(placed)}" if len(placed) < MOST_PLACES else f"at least {len(placed)}"
    side = _telling_side(text, placed)
    example = f", for example {side}" if side else ""
    return QuoteProblem(
        "quote-ambiguous",
        f"the quote stands in the text {count} times: {_places(text, placed)}",
        f"quote more words, or say which one is meant: occurrence: 1 to {len(placed)}, or a prefix"
        f" or suffix with the words around it{example}",
    )


def other_occurrence(
    text: SourceText, placed: Sequence[Sequence[Place]], occurrence: int
) -> QuoteProblem:
    """The occurrence that was asked for is not there."""
    times = "once" if len(placed) == 1 else f"{len(placed)} times"
    return QuoteProblem(
        "quote-not-found",
        f"occurrence {occurrence} was asked for, but the quote stands in the text {times}:"
        f" {_places(text, placed)}",
        "occurrences are counted from 1, in text order",
    )


def other_surroundings(
    text: SourceText, places: Sequence[Place], prefix: str | None, suffix: str | None
) -> QuoteProblem:
    """The quote is there, but never between the prefix and suffix that were given."""
    wanted = [f"after {_excerpt(normalize(prefix))}"] if prefix is not None else []
    wanted += [f"before {_excerpt(normalize(suffix))}"] if suffix is not None else []
    return QuoteProblem(
        "quote-not-found",
        f"the quote stands in the text, but not {' and '.join(wanted)}:"
        f" {_places(text, [[place] for place in places])}",
        "prefix and suffix are the words just before and after the quote, as the text has them",
    )


def misplaced_parts(
    text: SourceText, parts: Sequence[str], found: Sequence[Sequence[Place]]
) -> QuoteProblem:
    """The parts of an elided quote are all there, but not in order inside one sentence."""
    sentences = [{place.sentence.number for place in places} for places in found]
    together = set.intersection(*sentences)
    chain: list[Place] = []
    for places in found:
        after = chain[-1].end if chain else 0
        following = next((place for place in places if place.start >= after), None)
        if following is None:
            break
        chain.append(following)
    in_order = not together and len(chain) == len(found)
    if in_order:
        shown = chain
    elif together:
        number = min(together)
        shown = [next(p for p in places if p.sentence.number == number) for places in found]
    else:
        shown = [places[0] for places in found]
    where = ", ".join(
        f"{_excerpt(part)} at {_at(text, place.start)}"
        for part, place in zip(parts, shown, strict=True)
    )
    if in_order:
        return QuoteProblem(
            "elision-across-sentences",
            f"the elision leaves out the end of a sentence: {where}",
            "quote each sentence by itself, as a list of quotes",
        )
    return QuoteProblem(
        "elision-order",
        f"the parts of the quote are not in the order of the text: {where}",
        "write the parts in the order of the text, with […] between them",
    )


def _at(text: SourceText, offset: int) -> str:
    line, column = text.line_column(offset)
    return f"{line}:{column}"


def _places(text: SourceText, placed: Sequence[Sequence[Place]]) -> str:
    """The first few places, each with the words around it."""
    shown = [
        f"{_at(text, places[0].start)} {_surroundings(text, places)}" for places in placed[:_SHOWN]
    ]
    more = len(placed) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _surroundings(text: SourceText, places: Sequence[Place]) -> str:
    raw = text.raw
    start, end = places[0].start, places[-1].end
    first, last = max(0, start - _AROUND), min(len(raw), end + _AROUND)
    quote = raw[start:end]
    if len(quote) > _LONGEST:
        quote = f"{quote[: _LONGEST // 2]} … {quote[-_LONGEST // 2 :]}"
    words = f"{raw[first:start]}{quote}{raw[end:last]}"
    before, after = "…" if first else "", "…" if last < len(raw) else ""
    return f'"{before}{" ".join(words.split())}{after}"'


def _telling_side(text: SourceText, placed: Sequence[Sequence[Place]]) -> str | None:
    """A prefix or suffix that only the first place has, or None where no short one does."""
    if len(placed) > _COMPARED:
        return None
    raw = text.raw
    before = [normalize(raw[max(0, p[0].start - _SIDE) : p[0].start]) for p in placed]
    after = [normalize(raw[p[-1].end : p[-1].end + _SIDE]) for p in placed]
    for side, around in (("prefix", before), ("suffix", after)):
        words = around[0].split(" ")
        # The outermost word may be cut.
        for count in range(3, len(words)):
            few = " ".join(words[-count:] if side == "prefix" else words[:count])
            same = str.endswith if side == "prefix" else str.startswith
            if not any(same(other, few) for other in around[1:]):
                if _PLAIN.fullmatch(few):
                    return f"{side}: {few}"
                break
    return None


def _excerpt(words: str) -> str:
    words = " ".join(words.split())
    if len(words) > _LONGEST:
        words = f"{words[: _LONGEST // 2]} … {words[-_LONGEST // 2 :]}"
    return f'"{words}"'
