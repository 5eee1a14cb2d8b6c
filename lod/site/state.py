"""What earlier builds of a site made of which publication: a small database beside the pages."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct, convert, to_builtins

from lod.review.claims import Row
from lod.review.disagreements import SAID, Disagreement, Tally, disagreements_in, note_claims
from lod.site.files import PublicationSummary
from lod.site.search.entries import shipped_term_entries
from lod.site.search.publications import SCHEMA as NOTED
from lod.site.search.publications import changes, mark_gone, mark_known, note_entries, pack
from lod.site.search.schema import SCHEMA as SEARCH_TABLES
from lod.site.summaries import is_last
from lod.store.database import Database

if TYPE_CHECKING:
    from lod.site.search.index import SearchIndex

#: Title and folder of a publication, and what it says of the item, as JSON.
Mention = tuple[str, str, str]


class ItemSummary(Struct, frozen=True):
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
  title TEXT
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS by_digest ON publications (digest);
CREATE INDEX IF NOT EXISTS by_date ON publications (date DESC, title, base);
CREATE TABLE IF NOT EXISTS contents (base TEXT PRIMARY KEY, summary BLOB)
  WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS made (key BLOB PRIMARY KEY, content BLOB, run INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS findings (digest BLOB PRIMARY KEY, findings TEXT, run INTEGER)
  WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS bases (item BLOB PRIMARY KEY, base TEXT, run INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS items (
  qid TEXT, base TEXT, names TEXT, claims INTEGER, mention TEXT, PRIMARY KEY (qid, base)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS items_by_base ON items (base);
CREATE TABLE IF NOT EXISTS dirty (qid TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (
  path TEXT PRIMARY KEY, digest BLOB, run INTEGER, item TEXT, made_of BLOB
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS files_by_item ON files (item);
CREATE TABLE IF NOT EXISTS found (
  property TEXT, subject TEXT, number INTEGER, data TEXT, PRIMARY KEY (property, subject, number)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS unsettled (
  property TEXT, subject TEXT, PRIMARY KEY (property, subject)
) WITHOUT ROWID;
"""
    + SAID
    + NOTED
    + SEARCH_TABLES
)
# What only this run needs: the publications in the order of the lists, and their portions.
_LISTED = (
    "CREATE TEMP TABLE listed (position INTEGER PRIMARY KEY, base TEXT, digest BLOB)",
    "CREATE TEMP TABLE portions (first INTEGER PRIMARY KEY, size INTEGER, digest BLOB)",
)


class Built(Struct, frozen=True):
    """A publication whose pages were made; plain data that goes from one process to another.

    Attributes:
        base: its base IRI.
        folder: where it stands in the site.
        summary: what the whole site says of it.
        title: in the language of the site.
        mentions: QID to what the page of the item says of this publication.
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
        base = built.base
        summary = json.dumps(to_builtins(built.summary), ensure_ascii=False, separators=(",", ":"))
        with self.transaction():
            self._mark("base = ?", base)
            for table in ("items", "said"):
                self.execute(f"DELETE FROM {table} WHERE base = ?", (base,))  # noqa: S608 - a constant
            self.execute(
                "INSERT OR REPLACE INTO publications VALUES (?, ?, ?, ?, ?, ?, ?)",
                (base, digest, built.folder, key, self.run, built.summary.published, built.title),
            )
            self.execute(
                "INSERT OR REPLACE INTO contents VALUES (?, ?)",
                (base, _packed(summary.encode("utf-8", "surrogatepass"))),
            )
            note_entries(self, base, built.entries)
            self.executemany(
                "INSERT INTO items VALUES (?, ?, ?, ?, ?)",
                [
                    (qid, base, _names(one), one["count"], json.dumps(one))
                    for qid, one in built.mentions.items()
                ],
            )
            note_claims(self, built.said)
            self._mark("base = ?", base)

    def _mark(self, which: str, value: str | int) -> None:
        """Mark the items and the matters of some publications, to be looked at again."""
        self.execute(
            "INSERT OR IGNORE INTO dirty SELECT qid FROM items JOIN publications USING (base) "  # noqa: S608 - a constant
            f"WHERE {which}",
            (value,),
        )
        self.execute(
            "INSERT OR IGNORE INTO unsettled SELECT property, subject FROM said "  # noqa: S608 - a constant
            f"JOIN publications USING (base) WHERE {which}",
            (value,),
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
        with self.transaction():
            self._mark("run != ?", self.run)
            mark_gone(self, self.run)
            # Should this run end here and the next one meet them again, they are new to it.
            self.execute("UPDATE publications SET digest = NULL WHERE run != ?", (self.run,))
        rows = self.execute(
            "SELECT base, folder FROM publications WHERE run != ? ORDER BY base", (self.run,)
        )
        return [(str(base), str(folder)) for base, folder in rows]

    def forget(self, base: str) -> None:
        """Forget a publication whose pages are deleted."""
        for table in ("items", "said", "contents", "publications"):
            self.execute(f"DELETE FROM {table} WHERE base = ?", (base,))  # noqa: S608 - a constant

    def forget_others(self) -> None:
        """Forget what is known of what this run did not meet: items of the corpus, portions."""
        for table in ("findings", "bases", "made"):
            self.execute(f"DELETE FROM {table} WHERE run != ?", (self.run,))  # noqa: S608 - a constant

    # What the whole site says

    def count(self) -> int:
        """How many publications this run has."""
        row = self.execute("SELECT COUNT(*) FROM publications WHERE run = ?", (self.run,))
        return int(row.fetchone()[0])

    def list_up(self) -> None:
        """Put the publications of this run in the order of the lists: the newest first."""
        self.execute("DROP TABLE IF EXISTS temp.listed")
        self.execute("DROP TABLE IF EXISTS temp.portions")
        for statement in _LISTED:
            self.execute(statement)
        with self.transaction():
            self.execute(
                "INSERT INTO temp.listed (base, digest) SELECT base, digest FROM publications "
                "WHERE run = ? ORDER BY date DESC, title, base",
                (self.run,),
            )
            rows = self.execute("SELECT base, digest FROM temp.listed ORDER BY position")
            self.executemany("INSERT INTO temp.portions VALUES (?, ?, ?)", _portions(rows))

    def portions(self) -> Iterator[tuple[int, int, bytes]]:
        """First position, size and digest of each portion of the list, once that is there."""
        yield from self.execute("SELECT first, size, digest FROM temp.portions ORDER BY first")

    def summaries(self, first: int, size: int) -> Iterator[PublicationSummary]:
        """The summaries of some publications of the list.

        Args:
            first: position of the first one, from 0.
            size: how many.
        """
        for (data,) in self.execute(
            "SELECT summary FROM temp.listed JOIN contents USING (base) "
            "WHERE position > ?1 AND position <= ?1 + ?2 ORDER BY position",
            (first, size),
        ):
            yield _summary(data)

    def digests(self, first: int, size: int) -> bytes:
        """What tells whether any of some publications of the list has changed."""
        rows = self.execute(
            "SELECT digest FROM temp.listed WHERE position > ?1 AND position <= ?1 + ?2 "
            "ORDER BY position",
            (first, size),
        )
        return b"".join(digest for (digest,) in rows)

    def titled(self, position: int) -> tuple[str, str]:
        """Title and folder of the publication at a position of the list, from 0."""
        title, folder = self.execute(
            "SELECT title, folder FROM temp.listed JOIN publications USING (base) "
            "WHERE position = ? + 1",
            (position,),
        ).fetchone()
        return str(title), str(folder)

    def made(self, key: bytes) -> bytes | None:
        """What was made of a portion; None where it is to be made."""
        row = self.execute("SELECT content, run FROM made WHERE key = ?", (key,)).fetchone()
        if row is None:
            return None
        if row[1] != self.run:
            self.execute("UPDATE made SET run = ? WHERE key = ?", (self.run, key))
        return zlib.decompress(row[0])

    def note_made(self, key: bytes, content: bytes) -> None:
        """Keep what is made of a portion."""
        self.execute(
            "INSERT OR REPLACE INTO made VALUES (?, ?, ?)", (key, _packed(content), self.run)
        )

    # What publications disagree on

    def settle(self, kept: Callable[[Disagreement], str]) -> None:
        """Look again for what publications disagree on, in the matters where something changed.

        Args:
            kept: what is kept of a disagreement.
        """
        said = (
            "(SELECT said.* FROM unsettled CROSS JOIN said USING (property, subject) "  # noqa: S608 - a number
            f"CROSS JOIN publications USING (base) WHERE run = {int(self.run)})"
        )
        with self.transaction():
            self.execute("DELETE FROM found WHERE (property, subject) IN (SELECT * FROM unsettled)")
            self.executemany(
                "INSERT INTO found VALUES (?, ?, ?, ?)",
                (
                    (one.predicate, one.subject, number, kept(one))
                    for number, one in enumerate(disagreements_in(self, Tally(), said))
                ),
            )
            self.execute("DELETE FROM unsettled")

    def disagreements(self) -> Iterator[str]:
        """What is kept of each disagreement, by property and subject."""
        for (data,) in self.execute("SELECT data FROM found ORDER BY property, subject, number"):
            yield str(data)

    def count_disagreements(self) -> int:
        """How many there are."""
        return int(self.execute("SELECT COUNT(*) FROM found").fetchone()[0])

    def folder_of(self, base: str) -> str:
        """Where a publication stands in the site; it must be one of it."""
        row = self.execute("SELECT folder FROM publications WHERE base = ?", (base,)).fetchone()
        return str(row[0])

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

    def keep_file(self, path: str, made_of: bytes) -> bool:
        """Keep a file of the whole site as one of this run, if it is made of the same."""
        done = self.execute(
            "UPDATE files SET run = ? WHERE path = ? AND made_of = ?", (self.run, path, made_of)
        )
        return done.rowcount > 0

    def note_file(
        self, path: str, digest: bytes, item: str | None = None, made_of: bytes | None = None
    ) -> None:
        """Note a file of the whole site that stands there as one of this run.

        Args:
            path: of the file.
            digest: of its bytes.
            item: of which it is a page.
            made_of: digest of all that it is made of, where that is known before it is made.
        """
        self.execute(
            "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?)",
            (path, digest, self.run, item, made_of),
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


def _portions(rows: Iterable[tuple[str, bytes]]) -> Iterator[tuple[int, int, bytes]]:
    """First position, size and digest of each portion of a list of publications."""
    first = size = 0
    digest = hashlib.blake2b(digest_size=16)
    for base, one in rows:
        size += 1
        digest.update(one)
        if is_last(base, size):
            yield first, size, digest.digest()
            first, size, digest = first + size, 0, hashlib.blake2b(digest_size=16)
    if size:
        yield first, size, digest.digest()


def _packed(data: bytes) -> bytes:
    return zlib.compress(data, 1)


def _names(mention: dict[str, Any]) -> str:
    """What a publication calls an item, but for entities that are only near to it."""
    return json.dumps([label for label, _, close in mention["entities"] if not close])


def _summary(data: bytes) -> PublicationSummary:
    return convert(json.loads(zlib.decompress(data)), PublicationSummary)
