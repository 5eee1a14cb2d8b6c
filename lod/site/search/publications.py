"""What can be found of each publication of a site, and what of that the index does not know yet.

It is noted together with the publication, in one transaction, and marked as known in that of the
index. So however a build ends, the next one knows what is still to be done.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator

from lod.site.search.entries import SearchEntry
from lod.site.search.postings import Change
from lod.store.database import Database

SCHEMA = """
CREATE TABLE IF NOT EXISTS search_publications (
  base TEXT PRIMARY KEY, entries BLOB, before BLOB, changed INTEGER
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS search_changed ON search_publications (base) WHERE changed;
"""

_OF = "SELECT 1 FROM publications WHERE publications.base = search_publications.base"


def pack(entries: Iterable[SearchEntry]) -> bytes:
    """What can be found of a publication, as it is kept: JSON, compressed."""
    text = json.dumps(list(entries), separators=(",", ":"))
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 1)


def unpack(data: bytes | None) -> list[SearchEntry]:
    """What was packed; nothing of None."""
    if data is None:
        return []
    return [SearchEntry(*entry) for entry in json.loads(zlib.decompress(data))]


def note_entries(database: Database, base: str, entries: bytes) -> None:
    """Note what can be found of a publication.

    Args:
        database: has the table.
        base: of the publication; "" for what belongs to none.
        entries: packed.
    """
    database.execute(
        "INSERT INTO search_publications VALUES (?, ?, NULL, 1) ON CONFLICT DO UPDATE SET "
        "before = iif(changed, before, entries), entries = excluded.entries, changed = 1 "
        "WHERE entries != excluded.entries",
        (base, entries),
    )


def mark_gone(database: Database, run: int) -> None:
    """Note that nothing is to be found of the publications that a run did not meet."""
    database.execute(
        "UPDATE search_publications SET before = entries, changed = 1 WHERE NOT changed "
        "AND base IN (SELECT base FROM publications WHERE run != ?)",
        (run,),
    )


def changes(database: Database, run: int) -> Iterator[Change]:
    """What the index does not know yet.

    Args:
        database: has the table, and `publications` with the run that met each.
        run: publications of other runs are gone.
    """
    rows = database.execute(
        "SELECT base, before, iif(base = '' OR run = ?, entries, NULL) "
        "FROM search_publications LEFT JOIN publications USING (base) WHERE changed ORDER BY base",
        (run,),
    )
    for base, before, after in rows:
        yield Change(base, unpack(before), unpack(after))


def mark_known(database: Database, run: int) -> None:
    """Note that the index knows everything, and nothing of publications of other runs."""
    # One that is gone stays marked until it is forgotten: if it is back before, the index lacks it.
    database.execute(
        f"UPDATE search_publications SET before = NULL, changed = base != '' AND NOT EXISTS ({_OF} "  # noqa: S608 - a constant
        "AND run = ?) WHERE changed",
        (run,),
    )
    database.execute(f"DELETE FROM search_publications WHERE changed AND NOT EXISTS ({_OF})")  # noqa: S608 - a constant
