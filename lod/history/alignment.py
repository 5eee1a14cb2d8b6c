"""Which sentence of a new text is which one of the old: the same, elsewhere, or only like it.

Sentences are the same where their normal forms are (`lod.language.normalization`): white space and
the kinds of quotation marks and dashes do not count, nor the spaces that French puts inside of its
marks. What is the same is paired for certain;
likeness only proposes, for the sentences that are left on both sides.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import cache
from itertools import groupby

from msgspec import Struct, field

from lod.facts.text import SourceText, word_pattern
from lod.language.normalization import normalize
from lod.patterns import lazy

#: How like sentences must be to be proposed, between the same neighbours and anywhere.
_LIKE_HERE, _LIKE_ANYWHERE = 0.42, 0.6
#: How much of a part must come from the whole.
_OF_PART = 0.6
_MOST_PARTS = 3
#: Where more pairs than these would have to be compared, words that both have choose them.
_MOST_PAIRS = 2_500
_MOST_TRIED = 12
#: Sentences of so few words are compared by their letters too.
_FEW_WORDS = 8
# "« Non »", but not "»Nein« sagte" or "sagte »Nein«", where these marks look the other way.
_SPACED_MARK = lazy(r"(?<![\w.,!?…])([«‹])\s+|\s+([»›])(?!\w)")


class Likeness(Struct, frozen=True):
    """Sentences of the old text, and those of the new one that are most like them.

    Attributes:
        old: indexes of sentences, counted from 0; several where they were merged.
        new: the same of the new text; several where one was split.
        likeness: from 0 to 1.
    """

    old: tuple[int, ...]
    new: tuple[int, ...]
    likeness: float


class Alignment(Struct):
    """The sentences of two texts, by their indexes, which are counted from 0.

    Attributes:
        same: a sentence of the old text to the same one of the new text.
        moved: those of `same` that stand elsewhere in the order.
        repeated: a sentence of the old text that stands more often in the new one, to its places.
        like: a sentence of the old text to what is most like it, where none is the same.
        added: sentences of the new text that are neither the same as nor like an old one.
        normal: the sentences of the old and of the new text, as they were compared.
    """

    same: dict[int, int] = field(default_factory=dict)
    moved: set[int] = field(default_factory=set)
    repeated: dict[int, tuple[int, ...]] = field(default_factory=dict)
    like: dict[int, Likeness] = field(default_factory=dict)
    added: list[int] = field(default_factory=list)
    normal: tuple[list[str], list[str]] = ([], [])


def align(old: SourceText, new: SourceText) -> Alignment:
    """Pair the sentences of two texts.

    >>> old = SourceText("One is here. Two is there. Three is gone. All is well.")
    >>> new = SourceText("Two is there. Three is away. All is well. One is here.")
    >>> pairs = align(old, new)
    >>> pairs.same, pairs.moved, pairs.like[2].new
    ({0: 3, 1: 0, 3: 2}, {0}, (1,))
    """
    before, after = _normal_sentences(old), _normal_sentences(new)
    found = Alignment(normal=(before, after))
    _pair_same(before, after, found)
    stays = _longest_rising([found.same[index] for index in sorted(found.same)])
    kept = set(stays)
    found.moved = {index for index in found.same if found.same[index] not in kept}
    _pair_like(before, after, found)
    taken = {*found.same.values(), *(one for like in found.like.values() for one in like.new)}
    places = {place for all_ in found.repeated.values() for place in all_}
    found.added = [one for one in range(len(after)) if one not in taken and one not in places]
    return found


def _normal_sentences(text: SourceText) -> list[str]:
    """The sentences of a text, in the form in which they are compared."""
    return [normal_form(text.raw[one.start : one.end]) for one in text.sentences]


def normal_form(words: str) -> str:
    """The form in which sentences are compared.

    >>> normal_form("Il a dit\u00a0: «\u00a0Non\u00a0».") == normal_form("Il a dit : “Non”.")
    True
    """
    return normalize(_SPACED_MARK.sub(r"\1\2", words))


def _pair_same(before: Sequence[str], after: Sequence[str], found: Alignment) -> None:
    """Pair what is the same: what stands once, then its neighbours, then by the order."""
    olds: dict[str, list[int]] = defaultdict(list)
    news: dict[str, list[int]] = defaultdict(list)
    for index, words in enumerate(before):
        olds[words].append(index)
    for index, words in enumerate(after):
        news[words].append(index)
    same = found.same
    several = []
    for words, here in olds.items():
        there = news.get(words, [])
        if len(there) > len(here):
            found.repeated.update((index, tuple(there)) for index in here)
        if len(here) == len(there) == 1:
            same[here[0]] = there[0]
        elif there:
            several.append(words)
    if not several:
        return
    taken = set(same.values())
    for step in (1, -1):
        for index in sorted(same, reverse=step < 0):
            _extend(index, step, before, after, same, taken)
    for words in several:
        rest = [index for index in olds[words] if index not in same]
        free = [index for index in news[words] if index not in taken]
        for one, other in zip(rest, free, strict=False):
            same[one] = other
            taken.add(other)


def _extend(
    index: int,
    step: int,
    before: Sequence[str],
    after: Sequence[str],
    same: dict[int, int],
    taken: set[int],
) -> None:
    """Pair the neighbours of a pair, as far as they are the same and free."""
    one, other = index + step, same[index] + step
    while (
        0 <= one < len(before)
        and 0 <= other < len(after)
        and one not in same
        and other not in taken
        and before[one] == after[other]
    ):
        same[one] = other
        taken.add(other)
        one, other = one + step, other + step


def _longest_rising(numbers: Sequence[int]) -> list[int]:
    """The longest rising run of different numbers, gaps allowed.

    >>> _longest_rising([3, 4, 0, 5, 1, 6])
    [3, 4, 5, 6]
    """
    ends: list[int] = []
    at: list[int] = []
    previous: list[int] = []
    for index, number in enumerate(numbers):
        place = bisect_left(ends, number)
        previous.append(at[place - 1] if place else -1)
        if place == len(ends):
            ends.append(number)
            at.append(index)
        else:
            ends[place] = number
            at[place] = index
    rising = []
    index = at[-1] if at else -1
    while index >= 0:
        rising.append(numbers[index])
        index = previous[index]
    return rising[::-1]


def _pair_like(before: Sequence[str], after: Sequence[str], found: Alignment) -> None:
    """Propose pairs among the sentences that are the same as none, first between neighbours."""
    taken = set(found.same.values())
    copies = {place for places in found.repeated.values() for place in places}
    old = [index for index in range(len(before)) if index not in found.same]
    new = [index for index in range(len(after)) if index not in taken and index not in copies]
    if not old or not new:
        return
    compared = _Compared(before, after)
    gaps = _gaps(old, new, found)
    proposed = [one for here, there in gaps for one in compared.all_pairs(here, there, _LIKE_HERE)]
    _take(proposed, found)
    done = {one for like in found.like.values() for one in like.new}
    old = [index for index in old if index not in found.like]
    new = [index for index in new if index not in done]
    _take(compared.all_pairs(old, new, _LIKE_ANYWHERE), found)


def _gaps(
    old: Sequence[int], new: Sequence[int], found: Alignment
) -> list[tuple[list[int], list[int]]]:
    """The sentences that are left, by the pair before them that kept its place."""
    fixed = sorted(index for index in found.same if index not in found.moved)
    ends = [found.same[index] for index in fixed]
    here = {gap: list(all_) for gap, all_ in groupby(old, lambda one: bisect_left(fixed, one))}
    there = {gap: list(all_) for gap, all_ in groupby(new, lambda one: bisect_left(ends, one))}
    return [(here[gap], there[gap]) for gap in here if gap in there]


def _take(proposed: Iterable[Likeness], found: Alignment) -> None:
    """Take proposals, the best first, each sentence once."""
    done = {one for like in found.like.values() for one in like.new}
    order = sorted(proposed, key=lambda one: (-one.likeness, one.old, one.new))
    for one in order:
        if not any(index in found.like for index in one.old) and done.isdisjoint(one.new):
            found.like.update(dict.fromkeys(one.old, one))
            done.update(one.new)


class _Compared:
    """How like the sentences of two texts are."""

    def __init__(self, before: Sequence[str], after: Sequence[str]) -> None:
        self._texts = (before, after)
        self._words = cache(self._find_words)
        self.likeness = cache(self._likeness)

    def _find_words(self, side: int, index: int) -> tuple[str, ...]:
        words = word_pattern().findall(self._texts[side][index].casefold())
        return tuple(words) or (self._texts[side][index],)

    def _joined(self, side: int, indexes: tuple[int, ...]) -> tuple[str, ...]:
        return tuple(word for index in indexes for word in self._words(side, index))

    def _likeness(self, old: tuple[int, ...], new: tuple[int, ...]) -> float:
        one, other = self._joined(0, old), self._joined(1, new)
        found = _ratio(one, other)
        if len(one) <= _FEW_WORDS and len(other) <= _FEW_WORDS:
            found = max(found, SequenceMatcher(None, " ".join(one), " ".join(other)).ratio() * 0.9)
        return found

    def all_pairs(self, old: Sequence[int], new: Sequence[int], least: float) -> list[Likeness]:
        """Every pair that is like enough, with what was split and merged."""
        pairs = self._candidates(old, new)
        found = []
        for one, other in pairs:
            likeness = self.likeness((one,), (other,))
            if likeness >= least:
                found.append(Likeness((one,), (other,), likeness))
            found += self._parts(one, other, set(new), least, split=True)
            found += self._parts(other, one, set(old), least, split=False)
        return found

    def _candidates(self, old: Sequence[int], new: Sequence[int]) -> list[tuple[int, int]]:
        if len(old) * len(new) <= _MOST_PAIRS:
            return [(one, other) for one in old for other in new]
        having: dict[str, list[int]] = defaultdict(list)
        for other in new:
            for word in set(self._words(1, other)):
                having[word].append(other)
        pairs = []
        for one in old:
            common: Counter[int] = Counter()
            for word in set(self._words(0, one)):
                places = having.get(word, ())
                if len(places) <= _MOST_PAIRS:
                    common.update(places)
            pairs += [(one, other) for other, _ in common.most_common(_MOST_TRIED)]
        return pairs

    def _parts(
        self, whole: int, first: int, free: set[int], least: float, *, split: bool
    ) -> list[Likeness]:
        """What one sentence was split into, or several were merged into it, from a first part."""
        found = []
        words = Counter(self._words(0 if split else 1, whole))
        left = words.copy()
        for count in range(1, _MOST_PARTS + 1):
            last = first + count - 1
            if last not in free:
                break
            # Each part takes its words from what the parts before it have left.
            part = Counter(self._words(1 if split else 0, last))
            if (part & left).total() < _OF_PART * part.total():
                break
            left -= part
            parts = tuple(range(first, last + 1))
            old, new = ((whole,), parts) if split else (parts, (whole,))
            if count > 1 and (likeness := self.likeness(old, new)) >= least:
                singles = [
                    self.likeness((whole,), (one,)) if split else self.likeness((one,), (whole,))
                    for one in parts
                ]
                if likeness > max(singles):
                    found.append(Likeness(old, new, likeness))
        return found


def _ratio(one: Sequence[str], other: Sequence[str]) -> float:
    """How like two rows of words are, by those that stand in the same order in both."""
    total = len(one) + len(other)
    most = 2 * sum((Counter(one) & Counter(other)).values()) / total
    if most < min(_LIKE_HERE, _LIKE_ANYWHERE):
        return most
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
