"""What can be found by which word: takes away and adds what publications change."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from lod.site.search.beginnings import Beginnings
from lod.site.search.entries import KINDS, PLACES, SearchEntry
from lod.site.search.keys import (
    HASH_BITS,
    kind_of,
    own_keys,
    rank_of,
    shared_key,
    sortable,
)
from lod.site.search.schema import as_json
from lod.store.database import Database

#: Kinds of which several publications may mention the same thing.
_SHARED = frozenset(KINDS.index(kind) for kind in ("item", "term"))
#: Words that are written at once.
_AT_ONCE = 1000
#: In `search_slot`: how many words there are in all things.
WORDS = -1

_TOUCHED = "SELECT kind, path FROM more_shown UNION SELECT kind, path FROM more_said ORDER BY 1, 2"
_COUNTED = (
    """
INSERT INTO search_shown
SELECT kind, path, shown, sum(more) FROM more_shown WHERE true GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
ON CONFLICT DO UPDATE SET count = count + excluded.count""",
    """
INSERT INTO search_said
SELECT kind, path, token, place, sum(more) FROM more_said WHERE true
GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
ON CONFLICT DO UPDATE SET count = count + excluded.count""",
    """
DELETE FROM search_shown
WHERE (kind, path, shown) IN (SELECT kind, path, shown FROM more_shown) AND count = 0""",
    """
DELETE FROM search_said
WHERE (kind, path, token, place) IN (SELECT kind, path, token, place FROM more_said)
AND count = 0""",
)
_NET = """
INSERT INTO net SELECT token, rank, coalesce(count, 0), coalesce(count, 0) + more
FROM (SELECT token, rank, sum(more) AS more FROM staged GROUP BY token, rank HAVING sum(more) != 0)
LEFT JOIN search_posting USING (token, rank) ORDER BY token, rank"""
_POSTED = (
    """
DELETE FROM search_posting
WHERE (token, rank) IN (SELECT token, rank FROM net WHERE now = 0)""",
    """
INSERT OR REPLACE INTO search_posting
SELECT token, rank, now FROM net WHERE now > 0 ORDER BY token, rank""",
)
_STAGE = "INSERT INTO staged VALUES (?, ?, ?)"
_MORE = "SELECT token, rank, (now > 0) - (was > 0) FROM net WHERE token < x'ff' ORDER BY token"


class Change(NamedTuple):
    """What can be found of one publication.

    Attributes:
        owner: its base IRI, which tells it from others; "" for what belongs to none.
        before: what the index has of it.
        after: what it shall have.
    """

    owner: str
    before: Sequence[SearchEntry]
    after: Sequence[SearchEntry]


class Postings:
    """The things and their postings.

    Args:
        database: has the tables of the index, and those of this update.
    """

    def __init__(self, database: Database) -> None:
        self._db = database

    def change(self, changes: Iterable[Change], beginnings: Beginnings) -> None:
        """Take away and add what publications change.

        Args:
            changes: read once; one of a publication.
            beginnings: those that are wide have postings too.
        """
        for change in changes:
            self._stage(change)
        self._stage_shared(-1)
        for statement in _COUNTED:
            self._db.execute(statement)
        self._stage_shared(1)
        self._change_things()
        self._change_postings(beginnings)
        self._change_words()

    def _stage(self, change: Change) -> None:
        """Collect what one publication changes."""
        for entries, sign in ((change.before, -1), (change.after, 1)):
            things: list[tuple[int, str, int, bytes]] = []
            postings: list[tuple[bytes, int, int]] = []
            for path, (key, entry) in _owned(change.owner, entries).items():
                things.append((key, path, 1, _shown(entry)))
                ranks = [rank_of(key, place) for place in PLACES]
                postings += [
                    (sortable(word), ranks[place], sign) for word, place in entry.words.items()
                ]
            self._stage_things(things, sign)
            self._db.executemany(_STAGE, postings)
        shown: Counter[tuple[int, str, bytes]] = Counter()
        said: Counter[tuple[int, str, bytes, int]] = Counter()
        for entries, sign in ((change.before, -1), (change.after, 1)):
            for one in entries:
                if (kind := KINDS.index(one.kind)) in _SHARED:
                    shown[kind, one.path, _shown(one)] += sign
                    for token, place in one.words.items():
                        said[kind, one.path, sortable(token), place] += sign
        self._db.executemany(
            "INSERT INTO more_shown VALUES (?, ?, ?, ?)",
            ((*one, more) for one, more in shown.items() if more),
        )
        self._db.executemany(
            "INSERT INTO more_said VALUES (?, ?, ?, ?, ?)",
            ((*one, more) for one, more in said.items() if more),
        )

    def _stage_shared(self, sign: int) -> None:
        """Collect what is there, or shall be, of what several publications mention."""
        run = self._db.execute
        for kind, path in run(_TOUCHED):
            thing = (kind, path)
            of = "WHERE kind = ? AND path = ?"
            (count,) = run(f"SELECT sum(count) FROM search_shown {of}", thing).fetchone()  # noqa: S608 - a constant
            if not count:
                continue
            # It is called what most call it.
            select = f"SELECT shown FROM search_shown {of} ORDER BY count DESC, shown LIMIT 1"  # noqa: S608 - a constant
            (shown,) = run(select, thing).fetchone()
            key = shared_key(kind, path, count)
            self._stage_things([(key, path, count, shown)], sign)
            select = f"SELECT token, min(place) FROM search_said {of} GROUP BY token"  # noqa: S608 - a constant
            places = run(select, thing).fetchall()
            self._db.executemany(
                _STAGE, ((token, rank_of(key, place), sign) for token, place in places)
            )

    def _stage_things(self, things: Iterable[tuple[int, str, int, bytes]], sign: int) -> None:
        if sign < 0:
            rows = ((key, path) for key, path, *_ in things)
            self._db.executemany("INSERT INTO gone_thing VALUES (?, ?)", rows)
        else:
            entries = (
                (key, path, count, _entry(path, shown, count)) for key, path, count, shown in things
            )
            self._db.executemany("INSERT INTO new_thing VALUES (?, ?, ?, ?)", entries)

    def _change_things(self) -> None:
        run = self._db.execute
        for table, sign in (("gone_thing", -1), ("new_thing", 1)):
            slots = f"SELECT key >> {HASH_BITS}, count(*) FROM {table} GROUP BY 1"  # noqa: S608 - constants
            self._count({slot: sign * count for slot, count in run(slots)})
        run("DELETE FROM search_thing WHERE (key, path) IN (SELECT key, path FROM gone_thing)")
        run("INSERT OR REPLACE INTO search_thing SELECT * FROM new_thing ORDER BY key, path")

    def _count(self, more: dict[int, int]) -> None:
        self._db.executemany(
            "INSERT INTO search_slot VALUES (?, ?) "
            "ON CONFLICT DO UPDATE SET count = count + excluded.count",
            more.items(),
        )

    def _change_postings(self, beginnings: Beginnings) -> None:
        self._db.execute(_NET)
        self._db.execute("DELETE FROM staged")
        beginnings.stage()
        for statement in (_NET, *_POSTED):
            self._db.execute(statement)

    def _change_words(self) -> None:
        """Count the postings of the words, and mark those that are to be made again."""
        run = self._db.execute
        run("INSERT INTO touched SELECT DISTINCT token FROM net WHERE token < x'ff'")
        words = 0
        changed: list[tuple[bytes, str]] = []
        for token, rows in groupby(run(_MORE), lambda row: row[0]):
            found = run("SELECT totals FROM search_word WHERE token = ?", (token,)).fetchone()
            totals = json.loads(found[0]) if found else [0] * len(KINDS)
            before = sum(totals)
            for _, rank, more in rows:
                totals[kind_of(rank)] += more
            words += sum(totals) - before
            changed.append((token, json.dumps(totals)))
            if len(changed) == _AT_ONCE:
                self._put_words(changed)
        self._put_words(changed)
        self._count({WORDS: words})

    def _put_words(self, changed: list[tuple[bytes, str]]) -> None:
        self._db.executemany(
            "INSERT INTO search_word VALUES (?, ?, NULL, 0, 0) "
            "ON CONFLICT DO UPDATE SET totals = excluded.totals, piece = NULL",
            changed,
        )
        gone = json.dumps([0] * len(KINDS))
        self._db.executemany(
            "DELETE FROM search_word WHERE token = ? AND totals = ?",
            ((token, totals) for token, totals in changed if totals == gone),
        )
        changed.clear()


def _owned(owner: str, entries: Iterable[SearchEntry]) -> dict[str, tuple[int, SearchEntry]]:
    """Path of each thing that one publication alone has, to its key and entry."""
    by_kind: dict[int, dict[str, SearchEntry]] = {}
    for one in entries:
        if (kind := KINDS.index(one.kind)) not in _SHARED:
            by_kind.setdefault(kind, {}).setdefault(one.path, one)
    return {
        path: (key, things[path])
        for kind, things in by_kind.items()
        for path, key in own_keys(owner, kind, things).items()
    }


def _shown(entry: SearchEntry) -> bytes:
    """What is shown of an entry, as it stands in it: title, text, language, publication."""
    return as_json([entry.title, entry.text, entry.language, entry.publication])[1:-1]


def _entry(path: str, shown: bytes, count: int) -> bytes:
    """An entry as the files have it; what several publications mention is of none of them."""
    if count > 1:
        *texts, _ = json.loads(b"[%b]" % shown)
        shown = as_json([*texts, ""])[1:-1]
    return b"[%b,%b,%d]" % (as_json(path), shown, count)
