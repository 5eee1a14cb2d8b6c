"""The words of a sentence that carry something: numbers, dates, hedges, names, denials, plans.

Two wordings are compared by what these words mean, as far as lod knows their language: "28 billion
dollars" is "$28 billion", and a name is the entity that it names. Digits and the names of the
publication are compared in every language.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from msgspec import Struct

from lod.facts.naming import fold, is_whole
from lod.facts.text import word_pattern
from lod.language.data import elided_words, is_supported, language_data, primary
from lod.language.inflection import load_inflection
from lod.language.markers import load_markers, without
from lod.language.normalization import NormalText, lower, normalize
from lod.language.periods import find_periods
from lod.language.quantities import find_changes, find_proportions, find_quantities
from lod.model.quantity import Quantity
from lod.patterns import lazy

_DIGITS = lazy(r"\d+(?:[.,:'’\u00a0\u202f]\d+)*")
_CLAUSE = lazy(r"[,;:()]|\s[–—-]\s|—")
_PIECE = lazy(r"[^\W_]+")
_LONG_NAME = 6
_CLAUSE_WORDS = 3


class Carried(NamedTuple):
    """Something that words of a sentence carry.

    Attributes:
        kind: "number", "date", "hedge", "name", "denial" or "plan".
        what: what it is; equal for words that say the same.
        start: first code point of its words in the sentence.
        end: code point after the last one (exclusive).
        unit: of a number, what it counts, where that is known.
    """

    kind: str
    what: str
    start: int
    end: int
    unit: str = ""


class Changed(Struct, frozen=True):
    """In what two wordings carry different things.

    Attributes:
        kind: as of `Carried`, or "order" where the same things belong together otherwise.
        before: the words of the old text that the new one lacks.
        after: the words of the new text that the old one lacks.
    """

    kind: str
    before: tuple[str, ...]
    after: tuple[str, ...]


class _Slot(NamedTuple):
    """A word, or a number or date whatever it is.

    Attributes:
        key: equal for what may stand for one another.
        kind: as of `Carried`; "" for a word.
        words: of a number or date; None for a word.
        what: equal where the same is said.
        follows: the word after it, or "".
    """

    key: str
    kind: str = ""
    words: str | None = None
    what: tuple[str, str | None] = ("", None)
    follows: str = ""


class Carrying:
    """Finds what words carry, for one publication.

    Args:
        language: tag of the language of the text.
        names: names of entities, folded, to what stands for the entity.
        common: whether a text has a word, written just so, elsewhere than at the beginning of a
            sentence: what stands there in small letters is no name.
    """

    def __init__(self, language: str, names: Mapping[str, str], common: Callable[[str], bool]):
        self._tag = language
        self._language = primary(language)
        self._names = {name: slug for name, slug in names.items() if name}
        # What a name begins with, to how far before that it begins, and how long it is: of names
        # that begin alike there may be very many, and of lengths there are few.
        self._first: dict[str, dict[tuple[int, int], None]] = {}
        for name in sorted(self._names, key=len, reverse=True):
            for at, piece in _pieces(name):
                self._first.setdefault(piece, {})[at, len(name)] = None
                break
        self._common = common
        elisions = language_data(language)["numbers"]["more"].get("elisions", ())
        self._elided = elided_words(elisions) if elisions and is_supported(language) else None
        self._known: dict[str, tuple[Carried, ...]] = {}
        self._replaced: dict[tuple[str, str], dict[str, set[str]]] = {}

    @property
    def is_known(self) -> bool:
        """Whether lod has words of the language, so that hedges, dates and denials are compared."""
        return is_supported(self._tag) and load_markers(self._language) is not None

    def find(self, sentence: str) -> tuple[Carried, ...]:
        """What a sentence carries, in its order."""
        found = self._known.get(sentence)
        if found is None:
            every = {*self._numbers(sentence), *self._dates(sentence)}
            spans = [(one.start, one.end) for one in every]
            every.update((*self._manner(sentence), *self._named(sentence, spans)))
            found = tuple(sorted(every, key=lambda one: (one.start, one.end, one.kind, one.what)))
            self._known[sentence] = found
        return found

    def compare(self, before: str, after: str, *, parts: bool = False) -> list[Changed]:
        """In what two wordings of a sentence carry different things; nothing where in none.

        Args:
            before: the old sentence.
            after: the new one.
            parts: whether one was split or merged, so that a name may stand once more.

        >>> known = Carrying("en", {}, lambda word: False)
        >>> known.compare("It rose to $28 billion.", "It climbed to 28 billion dollars.")
        []
        >>> [(one.kind, one.before, one.after)
        ...  for one in known.compare("It did rise to 28.", "It did not rise to 29.")]
        [('denial', (), ('not',)), ('number', ('28',), ('29',))]
        """
        one, other = self.find(before), self.find(after)
        key = _kind_and_what
        had, has = Counter(map(key, one)), Counter(map(key, other))
        if parts:
            had, has = _once(had), _once(has)
        if had == has:
            if parts and [*dict.fromkeys(map(key, one))] == [*dict.fromkeys(map(key, other))]:
                return []
            if self._same_order(before, after, one, other):
                return []
            return [Changed("order", (normalize(before),), (normalize(after),))]
        less, more = had - has, has - had
        gone = [(kept.kind, before[kept.start : kept.end]) for kept in _of(one, less)]
        come = [(kept.kind, after[kept.start : kept.end]) for kept in _of(other, more)]
        if self._is_only_spelt(gone, come):
            return []
        return [
            Changed(
                kind,
                tuple(dict.fromkeys(words for other_, words in gone if other_ == kind)),
                tuple(dict.fromkeys(words for other_, words in come if other_ == kind)),
            )
            for kind in sorted({kind for kind, _ in (*gone, *come)})
        ]

    def replaced(self, before: str, after: str) -> dict[str, set[str]]:
        """What stands now where an old wording has its numbers and dates.

        Args:
            before: the old wording.
            after: the new one.

        Returns:
            The words of each number and date of the old wording to those that stand for it now:
            the same where it says the same, several where nobody can tell which. What has no
            counterpart is not there.

        >>> known = Carrying("en", {}, lambda word: False)
        >>> known.replaced("It had 10 in May 2023, 20 in June 2023.",
        ...                "It had 20 in May 2023, 30 in June 2023.")["10"]
        {'20'}
        """
        known = self._replaced.get((before, after))
        if known is None:
            known = self._replaced[before, after] = self._find_replaced(before, after)
        return known

    def _find_replaced(self, before: str, after: str) -> dict[str, set[str]]:
        old, new = self._slots(before), self._slots(after)
        aligned = _aligned([one.key for one in old], [one.key for one in new])
        counts, counts_now = (Counter(one.key for one in side) for side in (old, new))
        kinds, kinds_now = (Counter(one.kind for one in side) for side in (old, new))
        said_now = {one.what for one in new}
        only_one = {one.kind: one for one in new if kinds[one.kind] == kinds_now[one.kind] == 1}
        found: dict[str, set[str]] = {}
        for at, slot in enumerate(old):
            if slot.words is None:
                continue
            is_clear = slot.kind in only_one
            there = only_one[slot.kind] if is_clear else new[aligned[at]] if at in aligned else None
            if there is not None and not is_clear:
                # The same number of them, each before the same word as it was.
                is_clear = (
                    counts[slot.key] == counts_now[slot.key] and slot.follows == there.follows
                )
            if there is None:
                may_be = {slot.words} if slot.what in said_now else set()
            elif there.what == slot.what or there.words is None:
                may_be = {slot.words}
            else:
                may_be = {there.words} if is_clear else {slot.words, there.words}
            if may_be:
                found.setdefault(slot.words, set()).update(may_be)
        return found

    def _slots(self, sentence: str) -> list[_Slot]:
        """The words of a sentence, with one slot for each number and date."""
        every = self.find(sentence)
        hedges = {(one.start, one.end): one.what for one in every if one.kind == "hedge"}
        taken: list[Carried] = []
        covered: set[int] = set()
        # The year of a date is no number; of numbers in one another the inner one is said.
        for kind, is_longest in (("date", True), ("number", False)):
            some = (one for one in every if one.kind == kind)
            for one in sorted(some, key=lambda each: each.end - each.start, reverse=is_longest):
                if covered.isdisjoint(here := range(one.start, one.end)):
                    covered.update(here)
                    taken.append(one)
        slots: list[_Slot] = []
        end = len(sentence)
        for one in sorted(taken, key=lambda each: each.start, reverse=True):
            slots += _word_slots(sentence[one.end : end])
            what = (one.what, hedges.get((one.start, one.end)))
            said, follows = sentence[one.start : one.end], slots[-1].key if slots else ""
            slots.append(_Slot(f"{one.kind} of {one.unit}", one.kind, said, what, follows))
            end = one.start
        slots += _word_slots(sentence[:end])
        return slots[::-1]

    def _same_order(
        self, before: str, after: str, one: Sequence[Carried], other: Sequence[Carried]
    ) -> bool:
        """Whether what is carried follows in the same order, or clauses only changed places."""
        if [*map(_kind_and_what, one)] == [*map(_kind_and_what, other)]:
            return True
        clauses = [self._clauses(before, one), self._clauses(after, other)]
        # Cells of a table and items of a list are no clauses: their order may be what they say.
        return clauses[0] == clauses[1] and all(len(each) >= _CLAUSE_WORDS for each in clauses[0])

    def _clauses(self, sentence: str, row: Sequence[Carried]) -> list[list[str]]:
        """The words of each clause but those that join it to others, in the order of the words."""
        inside = [(each.start, each.end) for each in row]
        clauses, begin = [], 0
        cuts = [
            match.span()
            for match in _CLAUSE.finditer(sentence)
            if not any(start <= match.start() < end for start, end in inside)
        ]
        for start, end in (*cuts, (len(sentence), len(sentence))):
            words = word_pattern().findall(lower(normalize(sentence[begin:start])))
            function_words = load_inflection(self._language).function_words
            while words and words[0] in function_words:
                words = words[1:]
            clauses.append(words)
            begin = end
        return sorted(filter(None, clauses))

    def _is_only_spelt(
        self, gone: Sequence[tuple[str, str]], come: Sequence[tuple[str, str]]
    ) -> bool:
        """Whether nouns with capital letters differ by a slip or an ending, and nothing else does.

        Only in languages that write all nouns so, and never for a name that the publication knows.
        """
        if not self._writes_nouns_so or len(gone) != len(come):
            return False
        return all(
            kind == other_kind == "name"
            and self._is_unknown(word)
            and self._is_unknown(other)
            and self._is_slip(word, other)
            for (kind, word), (other_kind, other) in zip(gone, come, strict=True)
        )

    @property
    def _writes_nouns_so(self) -> bool:
        return self.is_known and bool(language_data(self._tag)["numbers"]["more"].get("capitals"))

    def _is_unknown(self, word: str) -> bool:
        return fold(word) not in self._names

    def _is_slip(self, word: str, other: str) -> bool:
        one, two = lower(word), lower(other)
        if load_inflection(self._language).stems(one) & load_inflection(self._language).stems(two):
            return True
        return min(len(one), len(two)) >= _LONG_NAME and _is_one_slip(one, two)

    def _numbers(self, sentence: str) -> Iterator[Carried]:
        spans = []
        if is_supported(self._tag):
            for found in find_quantities(sentence, self._tag):
                if not found.calendar:
                    one, unit = found.quantity, _unit(found.quantity) or ""
                    yield Carried("number", _number(one), found.start, found.end, unit)
                    if found.quantity.comparator != "exactly":
                        hedge = str(found.quantity.comparator)
                        yield Carried("hedge", hedge, found.start, found.end)
                    spans.append((found.start, found.end))
            for found in find_proportions(sentence, self._tag):
                yield Carried("number", str(found.quantity.proportion), found.start, found.end)
            for change in find_changes(sentence, self._tag):
                yield Carried("number", str(change.change.direction), change.start, change.end)
        for match in _DIGITS.finditer(sentence):
            if not any(start <= match.start() < end for start, end in spans):
                yield Carried("number", match.group(), *match.span())

    def _dates(self, sentence: str) -> Iterator[Carried]:
        for found in find_periods(sentence, self._tag):
            words = " ".join(lower(found.words).split())
            yield Carried("date", words, found.start, found.end)

    def _manner(self, sentence: str) -> Iterator[Carried]:
        markers = load_markers(self._language)
        if markers is None:
            return
        low = lower(sentence)
        for kind, pattern, exceptions, text in (
            ("plan", markers.modality, markers.no_modality, low),
            ("plan", markers.exact_case, None, sentence),
            # "Not only" is no denial, but whoever adds or drops a "not" has changed one.
            ("denial", markers.negation, None, low),
        ):
            if pattern is None:
                continue
            left = without(text, exceptions)
            for match in pattern.finditer(left):
                what = match.lastgroup or "negative"
                yield Carried(kind, what, *match.span())

    def _named(self, sentence: str, others: Sequence[tuple[int, int]]) -> Iterator[Carried]:
        folded, places = _folded(sentence)
        taken: list[tuple[int, int]] = []
        end = 0
        for at, piece in _pieces(folded):
            for before, length in self._first.get(piece, ()):
                start, stop = at - before, at - before + length
                if not end <= start <= stop <= len(folded):
                    continue
                if folded[start:stop] in self._names and is_whole(folded, start, stop):
                    taken.append((start, stop))
                    end = stop
                    break
        spans = []
        for start, end in taken:
            spans.append((places[start], places[end]))
            yield Carried("name", f"={self._names[folded[start:end]]}", *spans[-1])
        spans += others  # "EUR" and "May" are no names
        # "L'association" begins with a capital and has none; "l'Oural" has one later on.
        elided = (
            set() if self._elided is None else {m.start() for m in self._elided.finditer(sentence)}
        )
        whole = sentence if self._elided is None else self._elided.sub(r"\1 ", sentence)
        for match in word_pattern().finditer(whole):
            word = match.group()
            if not word[0].isupper() or any(s <= match.start() < e for s, e in spans):
                continue
            if match.start() in elided:
                continue
            if self._begins(sentence, match.start()) and not self._is_name(word):
                continue
            yield Carried("name", normalize(word), *match.span())

    def _begins(self, sentence: str, at: int) -> bool:
        """Whether a word begins the sentence, or a quotation in it."""
        before = sentence[:at].rstrip()
        return not before or before[-1] in "\"'“„‘‚«‹»›:([—–-.!?"

    def _is_name(self, word: str) -> bool:
        """Whether a word that begins a sentence is one that has its capital everywhere."""
        low = lower(normalize(word))
        inflection = load_inflection(self._language)
        if len(word) > 1 and word.isupper():
            return True
        if low in inflection.function_words or low in inflection.anaphors or self._common(low):
            return False
        # Where every noun has a capital, a word that has one here alone is no noun either.
        return inflection.known and (not self._writes_nouns_so or self._common(word))


def _aligned(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Which of some words are which of others: those at both ends, then the longest rows.

    >>> _aligned(["a", "b", "c", "d"], ["a", "c", "x", "d"])
    {0: 0, 3: 3, 2: 1}
    """
    least = min(len(old), len(new))
    head = next((at for at in range(least) if old[at] != new[at]), least)
    tail = next((at for at in range(least - head) if old[-1 - at] != new[-1 - at]), least - head)
    blocks = [(0, 0, head), (len(old) - tail, len(new) - tail, tail)]
    middle = old[head : len(old) - tail], new[head : len(new) - tail]
    for at, to, size in SequenceMatcher(None, *middle, autojunk=False).get_matching_blocks():
        blocks.append((head + at, head + to, size))
    return {at + step: to + step for at, to, size in blocks for step in range(size)}


def _word_slots(words: str) -> Iterator[_Slot]:
    """The slots of some words, from the last to the first."""
    return map(_Slot, reversed(word_pattern().findall(lower(normalize(words)))))


def _number(quantity: Quantity) -> str:
    """A quantity without its hedge, equal for all words that say the same number and unit."""
    numbers = [quantity.value, quantity.minimum, quantity.maximum]
    name = _unit(quantity)
    per = None if quantity.per is None else _number(quantity.per)
    said = [str(number.normalize()) for number in numbers if number is not None]
    return f"{' '.join(said)} {name} {per} {quantity.ordinal} {quantity.proportion}"


def _unit(quantity: Quantity) -> str | None:
    unit = quantity.unit
    return None if unit is None else unit.currency or unit.qudt or lower(unit.text)


def _pieces(folded: str) -> Iterator[tuple[int, str]]:
    """What words are made of, "kazakhstan" and "s" of "kazakhstan's", each with its place."""
    for word in word_pattern().finditer(folded):
        for piece in _PIECE.finditer(word.group()):
            yield word.start() + piece.start(), piece.group()


def _kind_and_what(one: Carried) -> tuple[str, str]:
    return one.kind, one.what


def _once(counts: Counter[tuple[str, str]]) -> Counter[tuple[str, str]]:
    return Counter(dict.fromkeys(counts, 1))


def _of(row: Iterable[Carried], counts: Counter[tuple[str, str]]) -> Iterator[Carried]:
    left = counts.copy()
    for one in row:
        if left[_kind_and_what(one)] > 0:
            left[_kind_and_what(one)] -= 1
            yield one


def _folded(sentence: str) -> tuple[str, Sequence[int]]:
    """A sentence as names are looked for in it, and where each of its code points comes from."""
    normal = NormalText(sentence)
    folded = normal.text.casefold()
    if normal.in_step and len(folded) == len(sentence):
        return folded, range(len(sentence) + 1)
    places, last = [], 0
    for at, character in enumerate(normal.text):
        start = normal.start(at)
        last = last if start is None else start
        places += [last] * len(character.casefold())
    return folded, [*places, len(sentence)]


def _is_one_slip(one: str, other: str) -> bool:
    """Whether two words differ by one letter that is another one, or too many, or out of place."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
