"""What earlier builds of a site made of which publication: a small database beside the pages."""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lod.review.claims import Row
from lod.review.disagreements import SAID, Disagreement, Tally, disagreements_in, note_claims
from lod.site.files import Download, PublicationSummary
from lod.site.search.entries import shipped_term_entries
from lod.site.search.publications import SCHEMA as NOTED
from lod.site.search.publications import changes, mark_gone, mark_known, note_entries, pack
from lod.site.search.schema import SCHEMA as SEARCH_TABLES
from lod.store.database import Database

if TYPE_CHECKING:
    from lod.site.search.index import SearchIndex

#: Title and folder of a publication, and what it says of the item, as JSON.
Mention = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class ItemSummary:
    """What all pages of an item say.

    Attributes:
        qid: the item.
        names: what publications call it, the most common first.
        publications: how many link it.
        claims: how many of their claims are about it.
    """

    qid: str
    names: tuple[str, ...]
    publications: int
    claims: int


STATE = ".lod-site.sqlite"
#: In place of an item: files of the search.
SEARCH = "search"
#: How many names of an item its pages show.
_MOST_NAMES = 20

_SCHEMA = (
    """
CREATE TABLE IF NOT EXISTS publications (
  base TEXT PRIMARY KEY, digest BLOB, folder TEXT UNIQUE, key TEXT, run INTEGER, date TEXT,
  title TEXT, summary BLOB, uses TEXT
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS by_digest ON publications (digest);
CREATE INDEX IF NOT EXISTS by_date ON publications (date DESC, title, base);
CREATE TABLE IF NOT EXISTS findings (digest BLOB PRIMARY KEY, findings TEXT, run INTEGER)
  WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS bases (item BLOB PRIMARY KEY, base TEXT, run INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS items (
  qid TEXT, base TEXT, names TEXT, claims INTEGER, mention TEXT, PRIMARY KEY (qid, base)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS items_by_base ON items (base);
CREATE TABLE IF NOT EXISTS dirty (qid TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (path TEXT PRIMARY KEY, digest BLOB, run INTEGER, item TEXT)
  WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS files_by_item ON files (item);
"""
    + SAID
    + NOTED
    + SEARCH_TABLES
)


@dataclass(frozen=True, slots=True)
class Built:
    """A publication whose pages were made; plain data that goes from one process to another.

    Attributes:
        base: its base IRI.
        folder: where it stands in the site.
        summary: what the whole site says of it.
        title: in the language of the site.
        mentions: QID to what the page of the item says of this publication.
        uses: IRI of each term to the number of claims or entities that use it.
        entries: what the search finds of it, packed.
        said: its claims that can be compared with those of others.
        pages: HTML files.
        files: all files.
        bytes: of these.
        undrawn: path of each picture that could not be drawn, to the letters that no font has.
        in_english: CURIEs of the terms that the language of the site has no name for.
    """

    base: str
    folder: str
    summary: PublicationSummary
    title: str
    mentions: dict[str, dict[str, Any]]
    uses: dict[str, int]
    entries: bytes
    said: list[Row]
    pages: int
    files: int
    bytes: int
    undrawn: dict[str, str]
    in_english: list[str]


class SiteState(Database):
    """The publications of a site, and what the pages of the whole need of them.

    Args:
        out: the folder of the site, of which this process has the lock.

    Attributes:
        run: number of this run.

    Raises:
        sqlite3.DatabaseError: the database is damaged; any method may raise that.
    """

    def __init__(self, out: Path) -> None:
        super().__init__(out / STATE, _SCHEMA)
        self.run = self.next_run()

    # Publications

    def base_of(self, item: bytes) -> str | None:
        """The base IRI of an unchanged item of the corpus, "" where it has none; else None."""
        row = self.execute("SELECT base FROM bases WHERE item = ?", (item,)).fetchone()
        return None if row is None else str(row[0])

    def note_base(self, item: bytes, base: str) -> None:
        """Note the base IRI of an item, and that this run met it."""
        self.execute("INSERT OR REPLACE INTO bases VALUES (?, ?, ?)", (item, base, self.run))

    def unchanged(self, digest: bytes) -> tuple[str, str] | None:
        """Base and folder of a publication that has not changed, or None."""
        row = self.execute(
            "SELECT base, folder FROM publications WHERE digest = ?", (digest,)
        ).fetchone()
        return None if row is None else (str(row[0]), str(row[1]))

    def keep(self, digest: bytes, key: str) -> bool:
        """Keep an unchanged publication; False where this run met its base IRI before."""
        done = self.execute(
            "UPDATE publications SET run = ?1, key = ?2 WHERE digest = ?3 AND run != ?1",
            (self.run, key, digest),
        )
        return done.rowcount > 0

    def first_key(self, base: str) -> str | None:
        """The publication of this run that has a base IRI, or None."""
        row = self.execute(
            "SELECT key FROM publications WHERE base = ? AND run = ?", (base, self.run)
        ).fetchone()
        return None if row is None else str(row[0])

    def findings_of(self, digest: bytes) -> list[dict[str, Any]] | None:
        """What was found in a publication that has not changed; None where that was nothing."""
        row = self.execute("SELECT findings FROM findings WHERE digest = ?", (digest,)).fetchone()
        if row is None:
            return None
        self.execute("UPDATE findings SET run = ? WHERE digest = ?", (self.run, digest))
        found: list[dict[str, Any]] = json.loads(row[0])
        return found

    def note_findings(self, digest: bytes, findings: list[dict[str, Any]]) -> None:
        """Note the errors and warnings of a publication."""
        self.execute(
            "INSERT OR REPLACE INTO findings VALUES (?, ?, ?)",
            (digest, json.dumps(findings), self.run),
        )

    def note(self, built: Built, digest: bytes, key: str) -> None:
        """Note a publication whose pages are in place."""
        summary = json.dumps(asdict(built.summary), ensure_ascii=False, separators=(",", ":"))
        with self.transaction():
            self.execute(
                "INSERT OR IGNORE INTO dirty SELECT qid FROM items WHERE base = ?", (built.base,)
            )
            self.execute("DELETE FROM items WHERE base = ?", (built.base,))
            self.execute(
                "INSERT OR REPLACE INTO publications VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    built.base, digest, built.folder, key, self.run, built.summary.published,
                    built.title, zlib.compress(summary.encode("utf-8", "surrogatepass"), 1),
                    json.dumps(built.uses),
                ),
            )  # fmt: skip
            note_entries(self, built.base, built.entries)
            self.executemany(
                "INSERT INTO items VALUES (?, ?, ?, ?, ?)",
                [
                    (qid, built.base, _names(one), one["count"], json.dumps(one))
                    for qid, one in built.mentions.items()
                ],
            )
            self.execute("DELETE FROM said WHERE base = ?", (built.base,))
            note_claims(self, built.said)
            self.executemany(
                "INSERT OR IGNORE INTO dirty VALUES (?)", [(qid,) for qid in built.mentions]
            )

    def nested(self, folder: str, *, itself: bool = False) -> bool:
        """Whether other publications stand below a folder, or one at it."""
        row = self.execute(
            "SELECT 1 FROM publications WHERE (folder > ?1 OR (?3 AND folder = ?1)) "
            "AND folder < ?2 LIMIT 1",
            (folder, f"{folder}\U0010ffff", itself),
        ).fetchone()
        return row is not None

    def gone(self) -> list[tuple[str, str]]:
        """Base and folder of publications that this run did not meet; their items are dirty."""
        self.execute(
            "INSERT OR IGNORE INTO dirty SELECT qid FROM items JOIN publications USING (base) "
            "WHERE run != ?",
            (self.run,),
        )
        mark_gone(self, self.run)
        rows = self.execute(
            "SELECT base, folder FROM publications WHERE run != ? ORDER BY base", (self.run,)
        )
        return [(str(base), str(folder)) for base, folder in rows]

    def forget(self, base: str) -> None:
        """Forget a publication whose pages are deleted."""
        self.execute("DELETE FROM items WHERE base = ?", (base,))
        self.execute("DELETE FROM said WHERE base = ?", (base,))
        self.execute("DELETE FROM publications WHERE base = ?", (base,))

    def forget_others(self) -> None:
        """Forget what is known of items of the corpus that this run did not meet."""
        for table in ("findings", "bases"):
            self.execute(f"DELETE FROM {table} WHERE run != ?", (self.run,))  # noqa: S608 - a constant

    # What the whole site says

    def count(self) -> int:
        """How many publications this run has."""
        row = self.execute("SELECT COUNT(*) FROM publications WHERE run = ?", (self.run,))
        return int(row.fetchone()[0])

    def listed(self) -> Iterator[tuple[str, str, str, PublicationSummary]]:
        """Base, title, date ("" for none) and summary of every publication, the newest first."""
        rows = self.execute(
            "SELECT base, title, date, summary FROM publications WHERE run = ? "
            "ORDER BY date DESC, title, base",
            (self.run,),
        )
        for base, title, date, data in rows:
            yield base, title, date or "", _summary(data)

    def disagreements(self) -> Iterator[Disagreement]:
        """What publications of this run disagree on."""
        run = f"SELECT base FROM publications WHERE run = {int(self.run)}"  # noqa: S608 - a number
        return disagreements_in(self, Tally(), f"(SELECT * FROM said WHERE base IN ({run}))")  # noqa: S608 - a constant

    def folder_of(self, base: str) -> str:
        """Where a publication stands in the site; it must be one of it."""
        row = self.execute("SELECT folder FROM publications WHERE base = ?", (base,)).fetchone()
        return str(row[0])

    def uses(self) -> Iterator[tuple[str, str, dict[str, int]]]:
        """Title, folder and terms in use of every publication, the newest first."""
        rows = self.execute(
            "SELECT title, folder, uses FROM publications WHERE run = ? "
            "ORDER BY date DESC, title, base",
            (self.run,),
        )
        for title, folder, uses in rows:
            yield title, folder, json.loads(uses)

    def update_search(self, index: SearchIndex) -> None:
        """Let an index that is kept here know what can be found of the publications of this run."""
        with self.transaction():
            note_entries(self, "", pack(shipped_term_entries()))
            index.update(changes(self, self.run))
            mark_known(self, self.run)

    # Wikidata items

    def dirty_items(self) -> Iterator[str]:
        """The QIDs whose pages are to be made again."""
        after = ""
        while rows := self.execute(
            "SELECT qid FROM dirty WHERE qid > ? ORDER BY qid LIMIT 500", (after,)
        ).fetchall():
            yield from (str(qid) for (qid,) in rows)
            after = rows[-1][0]

    def clean(self, qids: Iterable[str]) -> None:
        """Note that the pages of items are made."""
        with self.transaction():
            self.executemany("DELETE FROM dirty WHERE qid = ?", [(qid,) for qid in qids])

    def item(self, qid: str) -> ItemSummary:
        """What all publications together say of an item."""
        names: Counter[str] = Counter()
        publications = claims = 0
        for called, number in self.execute(
            "SELECT names, items.claims FROM items JOIN publications USING (base) "
            "WHERE qid = ? AND run = ?",
            (qid, self.run),
        ):
            names.update(json.loads(called))
            publications += 1
            claims += number
        ordered = sorted(names, key=lambda name: (-names[name], name))
        return ItemSummary(qid, tuple(ordered[:_MOST_NAMES]), publications, claims)

    def mentions(self, qid: str) -> Iterator[Mention]:
        """What each publication says of an item, the newest first; read from disk bit by bit."""
        yield from self.execute(
            "SELECT title, folder, mention FROM items JOIN publications USING (base) "
            "WHERE qid = ? AND run = ? ORDER BY date DESC, title, base",
            (qid, self.run),
        )

    # Files of the whole site

    def is_written(self, path: str, digest: bytes) -> bool:
        """Whether a file of the whole site was written with these bytes."""
        row = self.execute("SELECT digest FROM files WHERE path = ?", (path,)).fetchone()
        return row is not None and bytes(row[0]) == digest

    def note_file(self, path: str, digest: bytes, item: str | None = None) -> None:
        """Note a file of the whole site that stands there as one of this run."""
        self.execute(
            "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)", (path, digest, self.run, item)
        )

    def stale_files(self, item: str | None = None) -> list[str]:
        """Paths of files that are not of this run: of an item, or of the whole site."""
        rows = self.execute(
            "SELECT path FROM files WHERE run != ? AND item IS ? ORDER BY path", (self.run, item)
        )
        return [str(path) for (path,) in rows]

    def whole_files(self) -> Iterator[str]:
        """Paths of the files of the whole site, but for the pages of items."""
        for (path,) in self.execute(
            "SELECT path FROM files WHERE item IS NULL OR item = ?", (SEARCH,)
        ):
            yield str(path)

    def forget_file(self, path: str) -> None:
        """Forget a file that is deleted."""
        self.execute("DELETE FROM files WHERE path = ?", (path,))


def _names(mention: dict[str, Any]) -> str:
    """What a publication calls an item, but for entities that are only near to it."""
    return json.dumps([label for label, _, close in mention["entities"] if not close])


def _summary(data: bytes) -> PublicationSummary:
    values = json.loads(zlib.decompress(data))
    for key in ("authors", "keywords"):
        values[key] = tuple(values[key])
    values["publisher"] = tuple(values["publisher"])
    values["creators"] = tuple(tuple(one) for one in values["creators"])
    values["releases"] = tuple(tuple(one) for one in values.get("releases", ()))
    values["downloads"] = tuple(Download(**one) for one in values["downloads"])
    return PublicationSummary(**values)
