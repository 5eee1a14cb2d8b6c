"""What things are called in the index: numbers that depend on the thing alone, never on the others.

The *key* of a thing has 43 bits: its kind, how rarely it is mentioned (a class of its count), and
36 bits that are a hash. The *rank* of a posting is a key with the place of the word after the kind,
so that postings in the order of their ranks are the best first: by place, then the most mentioned
ones. Entries of one publication have the first bits of the hash in common, a few dozen together,
so that the page finds them in one file.

With 400,000 things, about one pair of different publications has the same key. Both are found
then by the words of either, and the page gets both.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import lru_cache

#: Bits of a key that are a hash, and of a thing in that: of its group, and of itself.
HASH_BITS = 36
_GROUP_BITS, _OWN_BITS = 20, 16
#: The highest class: of what is mentioned 32,768 times or more.
HIGHEST = 15
#: Bits of a key without its kind.
THING_BITS = HASH_BITS + 4
#: The most things of one publication and kind that stand together.
_TOGETHER = 32
_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"
_PAIRS = [first + second for first in _LETTERS for second in _LETTERS]


def digest(text: str) -> int:
    """64 bits that a text alone decides."""
    data = text.encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "big")


def class_of(count: int) -> int:
    """The class of what is mentioned so often: 0 for once, and one more for each doubling.

    >>> [class_of(count) for count in (1, 2, 3, 4, 100_000)]
    [0, 1, 1, 2, 15]
    """
    return min(HIGHEST, count.bit_length() - 1)


def slot_of(kind: int, class_: int) -> int:
    """The first bits of the keys of a kind and class: most mentioned things come first."""
    return kind << 4 | HIGHEST - class_


def shared_key(kind: int, path: str, count: int) -> int:
    """The key of a thing that several publications mention.

    Args:
        kind: number of its kind.
        path: of its page.
        count: how many publications mention it.
    """
    return slot_of(kind, class_of(count)) << HASH_BITS | digest(path) >> 64 - HASH_BITS


def own_keys(owner: str, kind: int, paths: Iterable[str]) -> dict[str, int]:
    """The keys of the things of one publication and kind.

    Args:
        owner: base IRI of the publication.
        kind: number of the kind.
        paths: of all their pages.

    Returns:
        Path to key; no two have the same.
    """
    found: dict[str, int] = {}
    taken: set[int] = set()
    ordered = sorted(set(paths))
    bits = max(0, (len(ordered) - 1) // _TOGETHER).bit_length()
    start = slot_of(kind, 0) << HASH_BITS
    for path in ordered:
        hashed = digest(path)
        group = digest(f"{owner}\n{hashed >> 64 - bits}") >> 64 - _GROUP_BITS
        own = hashed % (1 << _OWN_BITS)
        while (key := start | group << _OWN_BITS | own) in taken:
            own = (own + 1) % (1 << _OWN_BITS)
        taken.add(key)
        found[path] = key
    return found


def rank_of(key: int, place: int) -> int:
    """The rank of a posting: lower is better, among those of its kind.

    Args:
        key: of the thing.
        place: where the word stands (`lod.site.search.entries.LABEL` …).
    """
    return (key >> THING_BITS << 2 | place) << THING_BITS | thing_in(key)


def ranks_of(kind: int) -> tuple[int, int]:
    """The first rank of a kind, and the first one after it."""
    return kind << THING_BITS + 2, kind + 1 << THING_BITS + 2


def kind_of(rank: int) -> int:
    """The number of the kind of a posting."""
    return rank >> THING_BITS + 2


def place_of(rank: int) -> int:
    """Where the word of a posting stands."""
    return rank >> THING_BITS & 3


def thing_in(rank: int) -> int:
    """The thing of a posting, among those of its kind: class and hash."""
    return rank & (1 << THING_BITS) - 1


def key_in(rank: int) -> int:
    """The key of the thing of a posting."""
    return kind_of(rank) << THING_BITS | thing_in(rank)


def postings_text(ranks: Iterable[int]) -> str:
    """Postings as the page reads them: six characters of hash, and one of place and class, each.

    >>> postings_text([rank_of(shared_key(1, "item/Q1.html", 2), 1)])
    'oNwc6vU'
    """
    return "".join(
        f"{_PAIRS[rank >> 24 & 4095]}{_PAIRS[rank >> 12 & 4095]}{_PAIRS[rank & 4095]}"
        f"{_LETTERS[rank >> HASH_BITS & 63]}"
        for rank in ranks
    )


def distinct(ranks: Iterable[int]) -> Iterator[int]:
    """The ranks of one kind, in their order, with each thing at its best place alone."""
    seen: set[int] = set()
    for rank in ranks:
        thing = thing_in(rank)
        if thing not in seen:
            seen.add(thing)
            yield rank


@lru_cache(maxsize=4096)
def sortable(word: str) -> bytes:
    """A word as bytes that sort as browsers sort words, by UTF-16 code units.

    UTF-8 in which a character beyond the first plane is the two halves that UTF-16 has (CESU-8,
    Unicode Technical Report 26).
    """
    if word.isascii() or max(word) < "\U00010000":
        return word.encode("utf-8", "surrogatepass")
    units = word.encode("utf-16-be", "surrogatepass")
    halves = (chr(units[at] << 8 | units[at + 1]) for at in range(0, len(units), 2))
    return "".join(halves).encode("utf-8", "surrogatepass")


def unsorted(data: bytes) -> str:
    """The word of sortable bytes.

    >>> unsorted(sortable("қаз 𞤀"))
    'қаз 𞤀'
    """
    word = data.decode("utf-8", "surrogatepass")
    if word.isascii() or not any("\ud800" <= one <= "\udfff" for one in word):
        return word
    return word.encode("utf-16-be", "surrogatepass").decode("utf-16-be", "surrogatepass")
