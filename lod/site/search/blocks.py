"""The files of entries: things of a kind by how often they are mentioned, then by their hash."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from lod.site.search.entries import KINDS
from lod.site.search.keys import HASH_BITS, HIGHEST, slot_of, thing_in
from lod.site.search.schema import to_do
from lod.site.search.sizes import Sizes
from lod.store.database import Database

_NAME = re.compile(r"entries-(\d{1,2})-(\d{1,2})-([0-9a-f]{1,9})\.json")


class Group(NamedTuple):
    """Things of a kind that are divided among files by the first bits of their hash.

    Attributes:
        kind: number of the kind.
        highest: class of the most mentioned ones.
        lowest: class of the least mentioned ones.
        bits: how many tell the file; several classes have one file together.
    """

    kind: int
    highest: int
    lowest: int
    bits: int

    def name(self, number: int) -> str:
        """The name of one of its files."""
        return f"entries-{self.kind}-{self.lowest}-{number:x}.json"

    def names(self) -> Iterator[str]:
        """The names of all its files, those too in which nothing would be."""
        return map(self.name, range(1 << self.bits))

    def number_of(self, key: int) -> int:
        """Which of its files a thing is in."""
        return (key & (1 << HASH_BITS) - 1) >> HASH_BITS - self.bits

    def within(self, key: int) -> int:
        """The number of a thing in its file: what the name of that does not say."""
        return thing_in(key) & (1 << HASH_BITS - self.bits) - 1 if self.bits else thing_in(key)

    def keys(self, number: int) -> tuple[int, int]:
        """The first key of a file, and the first one after it."""
        first = slot_of(self.kind, self.highest) << HASH_BITS
        if not self.bits:
            return first, slot_of(self.kind, self.lowest) + 1 << HASH_BITS
        size = 1 << HASH_BITS - self.bits
        return first + number * size, first + (number + 1) * size


class Blocks:
    """The files of entries.

    Args:
        database: has the tables of the index, and those of this update.
        sizes: of the files.
    """

    def __init__(self, database: Database, sizes: Sizes) -> None:
        self._db = database
        self._sizes = sizes

    def change(self) -> None:
        """Divide the things among files; only where their number demands it in another way."""
        run = self._db.execute
        old, now = set(self.groups()), set(self._divided())
        for group in old ^ now:
            to_do(self._db, group.names())
        run("DELETE FROM search_group")
        self._db.executemany("INSERT INTO search_group VALUES (?, ?, ?, ?)", sorted(now))
        kept = {
            slot_of(group.kind, class_): group
            for group in old & now
            for class_ in range(group.lowest, group.highest + 1)
        }
        keys = run("SELECT key FROM gone_thing UNION SELECT key FROM new_thing")
        changed = ((key, kept[slot]) for (key,) in keys if (slot := key >> HASH_BITS) in kept)
        to_do(self._db, {group.name(group.number_of(key)) for key, group in changed})

    def _divided(self) -> Iterator[Group]:
        counts = dict(self._db.execute("SELECT slot, count FROM search_slot"))
        block = self._sizes.block
        for kind in range(len(KINDS)):
            total = highest = lowest = 0
            for class_ in range(HIGHEST, -1, -1):
                count = counts.get(slot_of(kind, class_), 0)
                if total and count and total + count > block:
                    yield Group(kind, highest, lowest, 0)
                    total = 0
                if count > block:
                    yield Group(kind, class_, class_, ((count - 1) // block).bit_length())
                elif count:
                    highest, lowest = highest if total else class_, class_
                    total += count
            if total:
                yield Group(kind, highest, lowest, 0)

    def groups(self) -> list[Group]:
        """The groups, by kind, the most mentioned first."""
        rows = self._db.execute("SELECT * FROM search_group ORDER BY kind, lowest DESC")
        return [Group(*row) for row in rows]

    def has(self, name: str) -> bool:
        """Whether there is a file of that name, with something in it."""
        if (found := self._found(name)) is None:
            return False
        group, number = found
        select = "SELECT 1 FROM search_thing WHERE key >= ? AND key < ? LIMIT 1"
        return self._db.execute(select, group.keys(number)).fetchone() is not None

    def content(self, name: str) -> bytes | None:
        """What is in a file; None where there is none of that name, or nothing in it."""
        if (found := self._found(name)) is None:
            return None
        group, number = found
        rows = self._db.execute(
            "SELECT key, entry FROM search_thing WHERE key >= ? AND key < ? ORDER BY key, path",
            group.keys(number),
        )
        things = [
            b'"%x":[%b]' % (group.within(key), b",".join(entry for _, entry in same))
            for key, same in groupby(rows, lambda row: row[0])
        ]
        return b"{%b}" % b",".join(things) if things else None

    def _found(self, name: str) -> tuple[Group, int] | None:
        """The group of a file, and its number there."""
        parts = _NAME.fullmatch(name)
        if parts is None:
            return None
        select = "SELECT * FROM search_group WHERE kind = ? AND lowest = ?"
        row = self._db.execute(select, (int(parts[1]), int(parts[2]))).fetchone()
        number = int(parts[3], 16)
        return None if row is None or number >> row[3] else (Group(*row), number)
