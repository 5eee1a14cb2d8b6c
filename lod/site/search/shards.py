"""The files of words: ranges of the sorted words, whose ends depend on few words before them.

A run of words ends at a word whose hash is low for its size; a run is cut into files that are full.
So a change moves the ends of files in its own run at most.
"""

from __future__ import annotations

import hashlib
import json

from lod.site.search.keys import postings_text, unsorted
from lod.site.search.schema import LAST, as_json, best_ranks, name_of, to_do
from lod.site.search.sizes import Sizes
from lod.store.database import Database


class Shards:
    """The files of words.

    Args:
        database: has the tables of the index, and those of this update.
        sizes: of the files.
    """

    def __init__(self, database: Database, sizes: Sizes) -> None:
        self._db = database
        self._sizes = sizes

    def change(self) -> None:
        """Make the words that changed again, and cut the runs that they are in into files."""
        self._make()
        if self._db.execute("SELECT 1 FROM search_shard LIMIT 1").fetchone() is None:
            self._cut(b"", LAST)
            return
        done = b""
        for (token,) in self._db.execute("SELECT token FROM touched ORDER BY token"):
            if token < done:
                continue
            start, until = self._end("max", "<", token), self._end("min", ">=", token)
            if until == token:  # the run behind it begins here now, if it did not before
                until = self._end("min", ">", token)
            done = until or LAST
            self._cut(start or b"", done)

    def _make(self) -> None:
        after = b""
        while rows := self._db.execute(
            "SELECT token, totals FROM search_word WHERE piece IS NULL AND token > ? "
            "ORDER BY token LIMIT 500",
            (after,),
        ).fetchall():
            self._db.executemany(
                "UPDATE search_word SET piece = ?, size = ?, ends = ? WHERE token = ?",
                [self._made(token, json.loads(totals)) for token, totals in rows],
            )
            after = rows[-1][0]

    def _made(self, token: bytes, totals: list[int]) -> tuple[bytes, int, bool, bytes]:
        """What the file has of a word, its bytes, whether a run ends here, and the word."""
        rows: list[list[int | str]] = []
        for kind, total in enumerate(totals):
            if total:
                best = best_ranks(self._db, token, kind, self._sizes.most)
                rows.append([kind, total, postings_text(best)])
        piece = b"%b:%b" % (as_json(unsorted(token)), as_json(rows))
        hashed = int.from_bytes(hashlib.blake2b(token, digest_size=8).digest(), "big")
        return piece, len(piece), hashed * self._sizes.run < len(piece) << 64, token

    def _end(self, which: str, where: str, token: bytes) -> bytes | None:
        """The last end of a run before a word, or the first one at or after it."""
        row = self._db.execute(
            f"SELECT {which}(token) FROM search_word WHERE ends AND token {where} ?",  # noqa: S608 - constants
            (token,),
        ).fetchone()
        found: bytes | None = row[0]
        return found

    def _cut(self, after: bytes, until: bytes) -> None:
        """Cut whole runs into files.

        Args:
            after: the word before the first of the runs.
            until: the last word of the last one, or what is later.
        """
        run = self._db.execute
        between = (after, until)
        old: dict[bytes, tuple[bytes, str]] = {
            first: (last, name)
            for first, last, name in run(
                "SELECT first, last, name FROM search_shard WHERE first > ? AND first <= ?", between
            )
        }
        run("DELETE FROM search_shard WHERE first > ? AND first <= ?", between)
        size, first, last = 0, b"", b""
        words = run(
            "SELECT token, size, ends FROM search_word WHERE token > ? AND token <= ? "
            "ORDER BY token",
            between,
        )
        for token, length, ends in words:
            first, last = first or token, token
            size += length
            if ends or size >= self._sizes.shard:
                self._put(first, last, old)
                size, first = 0, b""
        if first:
            self._put(first, last, old)
        to_do(self._db, (name for _, name in old.values()))

    def _put(self, first: bytes, last: bytes, old: dict[bytes, tuple[bytes, str]]) -> None:
        """Note a file; it is to be written unless it is as it was."""
        name = f"words-{name_of(first)}.json"
        self._db.execute("INSERT INTO search_shard VALUES (?, ?, ?)", (first, last, name))
        was, _ = old.pop(first, (b"", ""))
        touched = "SELECT 1 FROM touched WHERE token BETWEEN ? AND ? LIMIT 1"
        if was != last or self._db.execute(touched, (first, last)).fetchone():
            to_do(self._db, [name])

    def names(self) -> list[tuple[str, str]]:
        """The first word and the name of each file, in the order of the words."""
        rows = self._db.execute("SELECT first, name FROM search_shard ORDER BY first")
        return [(unsorted(first), name) for first, name in rows]

    def has(self, name: str) -> bool:
        """Whether there is a file of that name."""
        select = "SELECT 1 FROM search_shard WHERE name = ?"
        return self._db.execute(select, (name,)).fetchone() is not None

    def content(self, name: str) -> bytes | None:
        """What is in a file; None where there is none of that name."""
        select = "SELECT first, last FROM search_shard WHERE name = ?"
        row = self._db.execute(select, (name,)).fetchone()
        if row is None:
            return None
        pieces = self._db.execute(
            "SELECT piece FROM search_word WHERE token BETWEEN ? AND ? ORDER BY token", row
        )
        return b"{%b}" % b",".join(piece for (piece,) in pieces)
