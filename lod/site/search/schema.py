"""The tables of the index: what can be found by which word, kept so that a change costs its size.

A change takes away and adds postings; everything else follows from them:

- `search_thing` has the entry of each thing; `search_slot` counts them. What several publications
  mention is counted in `search_shown` and `search_said`.
- `search_posting` has the postings of each word by rank. `search_word` says how many there are of
  each kind, and what the word is in its file; NULL where that is to be made again.
- `search_shard` has the files of words. A run of words ends at a word whose hash is low for its
  size; a run is cut into files that are full. So where a file begins depends on few words before.
- `search_wide` has the beginnings of more words than a page should fetch. Their best postings are
  in `search_posting` too, more of them than are written, so that it takes many changes until they
  have to be looked for again: all up to a bound.
- `search_todo` has the names of the files to be written, or deleted.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from lod.site.search.keys import ranks_of
from lod.store.database import Database

SCHEMA = """
CREATE TABLE IF NOT EXISTS search_thing (
  key INTEGER, path TEXT, count INTEGER, entry BLOB, PRIMARY KEY (key, path)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS search_mentioned ON search_thing (count DESC, key, path) WHERE count > 1;
CREATE TABLE IF NOT EXISTS search_slot (slot INTEGER PRIMARY KEY, count INTEGER);
CREATE TABLE IF NOT EXISTS search_shown (
  kind INTEGER, path TEXT, shown BLOB, count INTEGER, PRIMARY KEY (kind, path, shown)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS search_said (
  kind INTEGER, path TEXT, token BLOB, place INTEGER, count INTEGER,
  PRIMARY KEY (kind, path, token, place)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS search_posting (
  token BLOB, rank INTEGER, count INTEGER, PRIMARY KEY (token, rank)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS search_word (
  token BLOB PRIMARY KEY, totals TEXT, piece BLOB, size INTEGER, ends INTEGER
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS search_unmade ON search_word (token) WHERE piece IS NULL;
CREATE INDEX IF NOT EXISTS search_ends ON search_word (token) WHERE ends;
CREATE TABLE IF NOT EXISTS search_shard (first BLOB PRIMARY KEY, last BLOB, name TEXT)
  WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS search_shard_name ON search_shard (name);
CREATE TABLE IF NOT EXISTS search_wide (beginning BLOB PRIMARY KEY, name TEXT, bounds TEXT)
  WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS search_wide_name ON search_wide (name);
CREATE TABLE IF NOT EXISTS search_group (
  kind INTEGER, highest INTEGER, lowest INTEGER, bits INTEGER, PRIMARY KEY (kind, lowest)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS search_todo (name TEXT PRIMARY KEY) WITHOUT ROWID;
"""
#: What one update collects; sorted before it gets into the tables, which is quicker.
STAGED = """
CREATE TEMP TABLE gone_thing (key INTEGER, path TEXT);
CREATE TEMP TABLE new_thing (key INTEGER, path TEXT, count INTEGER, entry BLOB);
CREATE TEMP TABLE more_shown (kind INTEGER, path TEXT, shown BLOB, more INTEGER);
CREATE TEMP TABLE more_said (kind INTEGER, path TEXT, token BLOB, place INTEGER, more INTEGER);
CREATE TEMP TABLE staged (token BLOB, rank INTEGER, more INTEGER);
CREATE TEMP TABLE net (
  token BLOB, rank INTEGER, was INTEGER, now INTEGER, PRIMARY KEY (token, rank)
) WITHOUT ROWID;
CREATE TEMP TABLE touched (token BLOB PRIMARY KEY) WITHOUT ROWID;
"""
TEMPORARY = ("gone_thing", "new_thing", "more_shown", "more_said", "staged", "net", "touched")
# One for all: `json.dumps` makes another one each time.
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
#: Later than every word; before a beginning in `search_posting`, for no word has this byte.
LAST = WIDE = b"\xff"


def to_do(database: Database, names: Iterable[str]) -> None:
    """Note that files are to be written again, or deleted.

    Args:
        database: has the tables.
        names: of the files, in `data/search/`.
    """
    database.executemany(
        "INSERT OR IGNORE INTO search_todo VALUES (?)", ((name,) for name in names)
    )


def best_ranks(database: Database, token: bytes, kind: int, most: int) -> list[int]:
    """The ranks of the best postings of a word or beginning in one kind.

    Args:
        database: has the tables.
        token: as `search_posting` has it.
        kind: number of the kind.
        most: how many at most.
    """
    rows = database.execute(
        "SELECT rank FROM search_posting WHERE token = ? AND rank >= ? AND rank < ? "
        "ORDER BY rank LIMIT ?",
        (token, *ranks_of(kind), most),
    )
    return [rank for (rank,) in rows]


def name_of(word: bytes) -> str:
    """Twelve hexadecimal digits that no other word has."""
    return hashlib.blake2b(word, digest_size=6).hexdigest()


def as_json(data: object) -> bytes:
    """Data as the files have it."""
    return _ENCODER.encode(data).encode("utf-8", "surrogatepass")
