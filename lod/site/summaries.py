"""The summaries of all publications of a site, and what files of the whole site are made of them.

Such a file says something of every publication. It is made portion by portion, and what was made
of a portion is kept, so that a change of one publication costs that of its portion and no more. A
portion ends where the name of a publication says so: one publication more does not move the ends
of the others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from lod.site.files import PublicationSummary

if TYPE_CHECKING:
    from lod.site.state import SiteState

#: How many publications a portion has on average, and at most.
PORTION, LARGEST = 64, 250
#: Makes something of the publications of a portion.
Make = Callable[[list[PublicationSummary]], bytes]


class Summaries(Iterable[PublicationSummary]):
    """The summaries of all publications of a site, the newest first.

    Args:
        summaries: them; read several times.
    """

    def __init__(self, summaries: Iterable[PublicationSummary]) -> None:
        self._summaries = summaries

    def __iter__(self) -> Iterator[PublicationSummary]:
        """Each summary."""
        yield from self._summaries

    def sizes(self) -> Iterator[int]:
        """How many publications each portion has."""
        return map(len, self._portions())

    def made(self, name: str, make: Make) -> Iterator[bytes]:
        """What is made of each portion, one after the other.

        Args:
            name: of what is made, for `make` and what it depends on beside the publications and
                the options of the site: two that are called the same make the same.
            make: makes it.
        """
        return map(make, self._portions())

    def at(self, positions: Collection[int]) -> Iterator[PublicationSummary]:
        """The summaries at some positions, from 0, in their order."""
        return (one for position, one in enumerate(self) if position in positions)

    def _portions(self) -> Iterator[list[PublicationSummary]]:
        portion: list[PublicationSummary] = []
        for one in self:
            portion.append(one)
            if is_last(one.base, len(portion)):
                yield portion
                portion = []
        if portion:
            yield portion


class StoredSummaries(Summaries):
    """The summaries that a state database has, which keeps what was made of their portions.

    Args:
        state: the database; its publications stay as they are meanwhile.
    """

    def __init__(self, state: SiteState) -> None:
        state.list_up()
        super().__init__(())
        self._state = state

    def __iter__(self) -> Iterator[PublicationSummary]:
        """Each summary; read from disk each time."""
        for first, size, _ in self._state.portions():
            yield from self._state.summaries(first, size)

    def sizes(self) -> Iterator[int]:
        """How many publications each portion has."""
        return (size for _, size, _ in self._state.portions())

    def made(self, name: str, make: Make) -> Iterator[bytes]:
        """What is made of each portion; only what no earlier run made is made."""
        for first, size, digest in self._state.portions():
            key = hashlib.blake2b(digest + name.encode(), digest_size=16).digest()
            content = self._state.made(key)
            if content is None:
                content = make(list(self._state.summaries(first, size)))
                self._state.note_made(key, content)
            yield content

    def at(self, positions: Collection[int]) -> Iterator[PublicationSummary]:
        """The summaries at some positions, from 0, in their order."""
        for position in sorted(positions):
            yield from self._state.summaries(position, 1)


def is_last(base: str, size: int) -> bool:
    """Whether a publication is the last of its portion.

    Args:
        base: its base IRI.
        size: how many publications the portion has with it.
    """
    digest = hashlib.blake2b(base.encode("utf-8", "surrogatepass"), digest_size=4).digest()
    return size >= LARGEST or int.from_bytes(digest, "big") % PORTION == 0
