"""How large the files of the search are; tests make them small."""

from __future__ import annotations

from msgspec import Struct


class Sizes(Struct, frozen=True):
    """Sizes of the index.

    Attributes:
        entries: of things and words in them that a site may have whose index is one file.
        block: things of a kind after which they are divided among files, by halves.
        shard: bytes after which a file of words is full.
        run: bytes after which, on average, a file of words ends whether it is full or not. That is
            decided by the word, so that a change before it moves nothing behind it.
        most: postings that are kept of a word in each kind.
        wide: files of words that begin with the same letters, after which their best are kept too.
        longest: characters of such a beginning.
    """

    entries: tuple[int, int] = (3_000, 60_000)
    block: int = 128
    shard: int = 48_000
    run: int = 80_000
    most: int = 400
    wide: int = 3
    longest: int = 6


SIZES = Sizes()
