"""Wide beginnings, under which there are more words than a page should fetch, and their best."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

from lod.site.search.entries import KINDS, PLACES
from lod.site.search.keys import distinct, kind_of, postings_text, ranks_of, sortable, unsorted
from lod.site.search.schema import LAST, WIDE, as_json, best_ranks, name_of, to_do
from lod.site.search.sizes import Sizes
from lod.store.database import Database

#: Higher than every rank.
_ALL = 1 << 62


class Beginnings:
    """The wide beginnings.

    Args:
        database: has the tables of the index, and those of this update.
        sizes: of the files.
    """

    def __init__(self, database: Database, sizes: Sizes) -> None:
        self._db = database
        self._sizes = sizes

    def _of(self, word: str) -> Iterator[str]:
        """What a word begins with, as far as that may be wide."""
        return (word[:length] for length in range(1, min(len(word), self._sizes.longest) + 1))

    def stage(self) -> None:
        """Collect what changes in the best postings, of what changes in those of words."""
        run = self._db.execute
        bounds: dict[str, list[int]] = {
            unsorted(beginning): json.loads(each)
            for beginning, each in run("SELECT beginning, bounds FROM search_wide")
        }
        if bounds:
            self._db.executemany("INSERT INTO staged VALUES (?, ?, ?)", self._staged(bounds))

    def _staged(self, bounds: dict[str, list[int]]) -> Iterator[tuple[bytes, int, int]]:
        for token, rank, more in self._db.execute("SELECT token, rank, now - was FROM net"):
            for beginning in self._of(unsorted(token)):
                each = bounds.get(beginning)
                if each is not None and rank <= each[kind_of(rank)]:
                    yield WIDE + sortable(beginning), rank, more

    def change(self, firsts: Iterable[str]) -> None:
        """Bring the best postings up to date, after those of the words and their files.

        Args:
            firsts: the first word of each file of words.
        """
        run = self._db.execute
        files = Counter(beginning for first in firsts for beginning in self._of(first))
        now = {sortable(one) for one, count in files.items() if count >= self._sizes.wide}
        old: dict[bytes, str] = dict(run("SELECT beginning, name FROM search_wide").fetchall())
        for beginning in old.keys() - now:
            run("DELETE FROM search_posting WHERE token = ?", (WIDE + beginning,))
            run("DELETE FROM search_wide WHERE beginning = ?", (beginning,))
            to_do(self._db, [old[beginning]])
        lacking = now - old.keys()
        for (token,) in run("SELECT DISTINCT token FROM net WHERE token >= x'ff'").fetchall():
            beginning = token[1:]
            if beginning in now:
                to_do(self._db, [old[beginning]])
                if not self._has_enough(beginning):
                    run("DELETE FROM search_posting WHERE token = ?", (token,))
                    lacking.add(beginning)
        if lacking:
            self._fill(lacking)

    def _has_enough(self, beginning: bytes) -> bool:
        """Whether the postings up to the bounds are neither too few nor far too many."""
        most = self._sizes.most
        select = "SELECT bounds FROM search_wide WHERE beginning = ?"
        bounds: list[int] = json.loads(self._db.execute(select, (beginning,)).fetchone()[0])
        for kind, bound in enumerate(bounds):
            count = len(self._best(beginning, kind, 4 * most + 1))
            if count > 4 * most or (bound != _ALL and count <= most):
                return False
        return True

    def _best(self, beginning: bytes, kind: int, most: int) -> list[int]:
        """The best postings, one of each thing."""
        # A thing may be among them once for each place of a word.
        ranks = best_ranks(self._db, WIDE + beginning, kind, len(PLACES) * most)
        return list(islice(distinct(ranks), most))

    def _fill(self, beginnings: set[bytes]) -> None:
        """Find the best postings of beginnings, in one pass over the words that begin so."""
        opened: list[_Best] = []

        def close(word: bytes) -> None:
            while opened and not word.startswith(opened[-1].beginning):
                best = opened.pop()
                self._put(best)
                if opened:
                    opened[-1].take(best)

        outermost = LAST
        for beginning in sorted(beginnings):
            if beginning.startswith(outermost):
                continue
            outermost = beginning
            words = self._db.execute(
                "SELECT token, totals FROM search_word WHERE token >= ? AND token < ?",
                (outermost, outermost + LAST),
            )
            for token, totals in words:
                close(token)
                for each in map(sortable, self._of(unsorted(token))):
                    known = opened and len(opened[-1].beginning) >= len(each)
                    if each in beginnings and not known:
                        opened.append(_Best(each, 2 * self._sizes.most))
                for kind, total in enumerate(json.loads(totals)):
                    if total:
                        self._take(opened[-1], token, kind)
            close(b"")

    def _take(self, best: _Best, token: bytes, kind: int) -> None:
        rows = self._db.execute(
            "SELECT rank, count FROM search_posting WHERE token = ? AND rank >= ? AND rank < ? "
            "ORDER BY rank LIMIT ?",
            (token, *ranks_of(kind), best.keep + 1),
        ).fetchall()
        best.add(kind, rows, rows[-1][0] if len(rows) > best.keep else _ALL)

    def _put(self, best: _Best) -> None:
        name = f"wide-{name_of(best.beginning)}.json"
        rows = best.rows()
        self._db.execute(
            "INSERT OR REPLACE INTO search_wide VALUES (?, ?, ?)",
            (best.beginning, name, json.dumps(best.bounds)),
        )
        self._db.executemany(
            "INSERT INTO search_posting VALUES (?, ?, ?)",
            ((WIDE + best.beginning, rank, count) for rank, count in rows),
        )
        to_do(self._db, [name])

    def names(self) -> dict[str, str]:
        """Each wide beginning, and the name of its file."""
        rows = self._db.execute("SELECT beginning, name FROM search_wide ORDER BY beginning")
        return {unsorted(beginning): name for beginning, name in rows}

    def has(self, name: str) -> bool:
        """Whether there is a file of that name."""
        select = "SELECT 1 FROM search_wide WHERE name = ?"
        return self._db.execute(select, (name,)).fetchone() is not None

    def content(self, name: str) -> bytes | None:
        """What is in a file; None where there is none of that name."""
        select = "SELECT beginning FROM search_wide WHERE name = ?"
        row = self._db.execute(select, (name,)).fetchone()
        if row is None:
            return None
        rows: list[list[int | str]] = []
        most = self._sizes.most
        for kind in range(len(KINDS)):
            best = self._best(row[0], kind, most + 1)
            if best:
                rows.append([kind, len(best), postings_text(best[:most])])
        return as_json({unsorted(row[0]): rows})


class _Best:
    """The best postings of all words with one beginning, up to a bound.

    Attributes:
        beginning: as sortable bytes.
        keep: how many things.
        bounds: of each kind; every posting that is no worse is here.
    """

    def __init__(self, beginning: bytes, keep: int) -> None:
        self.beginning = beginning
        self.keep = keep
        self.bounds = [_ALL] * len(KINDS)
        self._counts: list[dict[int, int]] = [{} for _ in KINDS]

    def add(self, kind: int, rows: Iterable[tuple[int, int]], bound: int) -> None:
        """Add postings, all up to a bound: rank, and of how many words."""
        counts = self._counts[kind]
        for rank, count in rows:
            counts[rank] = counts.get(rank, 0) + count
        self.bounds[kind] = min(self.bounds[kind], bound)
        if len(counts) > 8 * self.keep:
            self._shorten(kind)

    def take(self, other: _Best) -> None:
        """Add those of a longer beginning."""
        for kind, counts in enumerate(other._counts):
            self.add(kind, counts.items(), other.bounds[kind])

    def _shorten(self, kind: int) -> None:
        counts = self._counts[kind]
        ranks = [rank for rank in sorted(counts) if rank <= self.bounds[kind]]
        best = list(islice(distinct(ranks), self.keep + 1))
        if len(best) > self.keep:
            ranks = ranks[: ranks.index(best[-1])]
            self.bounds[kind] = ranks[-1]
        self._counts[kind] = {rank: counts[rank] for rank in ranks}

    def rows(self) -> list[tuple[int, int]]:
        """Rank of each posting, and of how many words it is."""
        for kind in range(len(KINDS)):
            self._shorten(kind)
        return [one for counts in self._counts for one in counts.items()]
