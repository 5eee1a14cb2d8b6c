"""The search of a site: its page, and the index that the page fetches bit by bit.

What the page gets is `data/search.json`. For a small site it holds everything. For a large one it
says where the rest is, in `data/search/`:

- *shards* of words, each a range of the sorted words: `{word: [[kind, total, postings]…]}`. The
  page knows the first word of each shard. Postings are text, seven characters each, the best first:
  six of the number of the thing, and one of the place of the word and of how often the thing is
  mentioned (`lod.site.search.keys`). Of a very common word only the best of each kind are kept.
- *wide beginnings*, such as "k", under which there are more words than a page should fetch: the
  best of all of them, in the same form; the total is one too many where not all are kept.
- *blocks* of things by the first bits of their numbers: `{number: [entry…]}`. An entry is
  `[path, title, text, language, publication, count]`, here as in a small site.

What is found is kept in tables (`lod.site.search.schema`), which say which files a change of a
publication changes. The files are the same whatever the way to the same publications was.
"""

from __future__ import annotations

import json
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from itertools import groupby
from types import TracebackType
from typing import TYPE_CHECKING, Any

from lod.errors import OutputError
from lod.site.files import SiteFile
from lod.site.search.beginnings import Beginnings
from lod.site.search.blocks import Blocks
from lod.site.search.entries import KINDS, fold, search_entries
from lod.site.search.keys import (
    HASH_BITS,
    THING_BITS,
    key_in,
    kind_of,
    place_of,
    slot_of,
    unsorted,
)
from lod.site.search.postings import WORDS, Change, Postings
from lod.site.search.schema import SCHEMA, STAGED, TEMPORARY, WIDE, as_json, to_do
from lod.site.search.shards import Shards
from lod.site.search.sizes import SIZES, Sizes
from lod.store.database import Database

if TYPE_CHECKING:
    from lod.pages.view import PublicationView
    from lod.site.site import Site

#: Where the page begins to read, and what it fetches then.
MANIFEST = "data/search.json"
FOLDER = "data/search"


class SearchIndex(AbstractContextManager["SearchIndex"]):
    """What can be found, and the files that say it.

    Args:
        database: has the tables of the index (`lod.site.search.schema.SCHEMA`). None for a
            temporary one, which vanishes by itself.
        sizes: of the files; those of the module where None.

    >>> from lod.site.search.entries import make_entry
    >>> with SearchIndex() as index:
    ...     index.update([Change("", (), [make_entry("entity", "entity/a.html", "Almaty")])])
    ...     [file.path for file in index.files()]
    ['data/search.json']
    """

    def __init__(self, database: Database | None = None, sizes: Sizes | None = None) -> None:
        self._own: Database | None = None
        if database is None:
            database = self._own = Database(None, SCHEMA)
        self._db = database
        self._sizes = sizes = sizes or SIZES
        self._postings = Postings(self._db)
        self._shards = Shards(self._db, sizes)
        self._beginnings = Beginnings(self._db, sizes)
        self._blocks = Blocks(self._db, sizes)
        #: By what the names of their files begin with.
        self._parts: dict[str, Shards | Beginnings | Blocks] = {
            "words": self._shards,
            "wide": self._beginnings,
            "entries": self._blocks,
        }

    def update(self, changes: Iterable[Change]) -> None:
        """Change what can be found.

        With a database of one's own within one of its transactions, so that what is noted of the
        publications goes with it.

        Args:
            changes: of publications, one of each; read once.

        Raises:
            OutputError: the temporary database cannot be written.
            sqlite3.DatabaseError: that of the caller cannot.
        """
        if self._own is None:
            self._update(changes)
            return
        try:
            with self._own.transaction():
                self._update(changes)
        except sqlite3.Error as error:
            raise OutputError(f"the search index cannot be written: {error}") from error

    def _update(self, changes: Iterable[Change]) -> None:
        run = self._db.execute
        for statement in STAGED.split(";")[:-1]:
            run(statement)
        self._postings.change(changes, self._beginnings)
        if self._is_small():
            to_do(self._db, self._names())
            for table in ("search_shard", "search_wide", "search_group"):
                run(f"DELETE FROM {table}")  # noqa: S608 - a constant
            run("DELETE FROM search_posting WHERE token >= ?", (WIDE,))
        else:
            self._shards.change()
            self._beginnings.change(first for first, _ in self._shards.names())
            self._blocks.change()
        for table in TEMPORARY:
            run(f"DROP TABLE temp.{table}")

    def _is_small(self) -> bool:
        """Whether everything fits into one file."""
        things, words = self._sizes.entries
        counts: dict[int, int] = dict(self._db.execute("SELECT slot, count FROM search_slot"))
        return counts.pop(WORDS, 0) <= words and sum(counts.values()) <= things

    def _names(self) -> Iterator[str]:
        for _, name in self._shards.names():
            yield name
        yield from self._beginnings.names().values()
        for group in self._blocks.groups():
            yield from group.names()

    def names(self, kinds: Sequence[str], most: int) -> list[tuple[str, str, str]]:
        """The most mentioned things of some kinds, for a list that needs no script.

        Args:
            kinds: which.
            most: how many at most.

        Returns:
            Path, title and language, in the order of the paths.
        """
        numbers = [KINDS.index(kind) for kind in kinds]
        marks = ", ".join("?" * len(numbers))
        found = self._db.execute(
            f"SELECT entry FROM search_thing WHERE count > 1 AND key >> {THING_BITS} IN ({marks}) "  # noqa: S608 - question marks alone
            "ORDER BY count DESC, key, path LIMIT ?",
            (*numbers, most),
        ).fetchall()
        for number in numbers:
            first = slot_of(number, 0) << HASH_BITS
            found += self._db.execute(
                "SELECT entry FROM search_thing WHERE key >= ? AND key < ? ORDER BY key, path "
                "LIMIT ?",
                (first, first + (1 << HASH_BITS), most - len(found)),
            ).fetchall()
        entries = (json.loads(entry) for (entry,) in found)
        return sorted((path, title, language) for path, title, _, language, *_ in entries)

    def paths(self) -> Iterator[str]:
        """Paths of all files in `data/search/`; of blocks, those too that nothing is in."""
        return (f"{FOLDER}/{name}" for name in self._names())

    def changed(self) -> Iterator[str]:
        """Paths of the files in `data/search/` that are to be written or deleted, sorted."""
        after = ""
        select = "SELECT name FROM search_todo WHERE name > ? ORDER BY name LIMIT 500"
        while rows := self._db.execute(select, (after,)).fetchall():
            yield from (f"{FOLDER}/{name}" for (name,) in rows)
            after = rows[-1][0]

    def has(self, path: str) -> bool:
        """Whether a file in `data/search/` belongs to the index."""
        part, name = self._part(path)
        return part is not None and part.has(name)

    def file(self, path: str) -> SiteFile | None:
        """A file in `data/search/`; None where there is none there any more."""
        part, name = self._part(path)
        content = None if part is None else part.content(name)
        return None if content is None else SiteFile(path, content)

    def _part(self, path: str) -> tuple[Shards | Beginnings | Blocks | None, str]:
        """What makes a file, and the name of that."""
        name = path.removeprefix(f"{FOLDER}/")
        return self._parts.get(name.partition("-")[0]), name

    def renew(self, path: str) -> None:
        """Note that a file is to be written again."""
        to_do(self._db, [path.removeprefix(f"{FOLDER}/")])

    def done(self, path: str) -> None:
        """Note that a file is written or deleted."""
        name = path.removeprefix(f"{FOLDER}/")
        self._db.execute("DELETE FROM search_todo WHERE name = ?", (name,))

    def manifest(self) -> SiteFile:
        """`data/search.json`."""
        counts = [0] * len(KINDS)
        for slot, count in self._db.execute("SELECT slot, count FROM search_slot WHERE slot >= 0"):
            counts[slot >> 4] += count
        manifest: dict[str, Any] = {"version": 2}
        if self._is_small():
            manifest["kinds"] = list(zip(KINDS, counts, strict=True))
            manifest |= self._whole()
        else:
            groups = self._blocks.groups()
            manifest["kinds"] = [
                [kind, counts[number], [[g.lowest, g.bits] for g in groups if g.kind == number]]
                for number, kind in enumerate(KINDS)
            ]
            manifest["shards"] = self._shards.names()
            manifest["wide"] = self._beginnings.names()
        return SiteFile(MANIFEST, as_json(manifest))

    def _whole(self) -> dict[str, Any]:
        """The entries and words of a small site. Things are numbered, the most mentioned first.

        A posting is a number here: four times that of the thing, and the place.
        """
        things = self._db.execute(
            f"SELECT key, entry FROM search_thing ORDER BY key >> {THING_BITS}, count DESC, path"  # noqa: S608 - a constant
        )
        entries: list[Any] = []
        numbers: dict[int, list[int]] = {}
        for key, entry in things:
            numbers.setdefault(key, []).append(len(entries))
            entries.append(json.loads(entry))
        words: dict[str, list[list[int]]] = {}
        postings = self._db.execute("SELECT token, rank FROM search_posting ORDER BY token, rank")
        for token, of_word in groupby(postings, lambda row: row[0]):
            words[unsorted(token)] = rows = []
            for kind, of_kind in groupby((rank for _, rank in of_word), kind_of):
                best = sorted(
                    (place_of(rank), number) for rank in of_kind for number in numbers[key_in(rank)]
                )
                kept = [number * 4 + place for place, number in best[: self._sizes.most]]
                rows.append([kind, len(best), *kept])
        return {"entries": entries, "words": words}

    def files(self) -> Iterator[SiteFile]:
        """All files that are to be written, the manifest last.

        Raises:
            OutputError: the database cannot be read.
        """
        try:
            for path in self.changed():
                if file := self.file(path):
                    yield file
                self.done(path)
            yield self.manifest()
        except sqlite3.Error as error:
            raise OutputError(f"the search index cannot be read: {error}") from error

    def close(self) -> None:
        """Let go of the temporary database."""
        if self._own is not None:
            self._own.close()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


PAGE = "search.html"
#: Names that the page lists for those who have no script.
_LISTED = 1000


def search_files(view: PublicationView, site: Site) -> Iterator[SiteFile]:
    """The search of a site of one publication: `search.html` and its index.

    Args:
        view: the publication.
        site: the site; nothing is made for one of several publications, whose index is one.
    """
    if site.several:
        return
    with SearchIndex() as index:
        index.update([Change("", (), search_entries(view))])
        yield from index_files(index, site)


def index_files(index: SearchIndex, site: Site) -> Iterator[SiteFile]:
    """The search of a whole site, made at once: `search.html`, and the index in `data/`.

    Args:
        index: everything that can be found.
        site: the site.

    Raises:
        OutputError: the database of the index cannot be read.
    """
    yield search_page(index, site)
    yield from index.files()


def search_page(index: SearchIndex, site: Site) -> SiteFile:
    """`search.html`.

    Args:
        index: everything that can be found.
        site: the site.
    """
    names = index.names(("item", "entity"), _LISTED)
    page = site.templates.render(
        "search/search.html",
        site,
        PAGE,
        letters=_by_letter(names),
        kinds=KINDS if site.several else [kind for kind in KINDS if kind != "item"],
        words=site.templates.words.part("search"),
    )
    return SiteFile(PAGE, page)


def _by_letter(
    names: list[tuple[str, str, str]],
) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Path, title and language under the first letter of the title, in the order of letters."""
    found = sorted(((_letter(title), fold(title), title, path, tag) for path, title, tag in names))
    return [
        (letter, [(path, title, tag) for _, _, title, path, tag in group])
        for letter, group in groupby(found, key=lambda one: one[0])
    ]


def _letter(title: str) -> str:
    """The first letter of a title as a heading; "#" for digits and signs.

    >>> _letter("Élysée"), _letter("«казах»"), _letter("2023")
    ('E', 'К', '#')
    """
    for character in fold(title[:50]):
        category = unicodedata.category(character)
        if category[0] == "L":
            return character.upper()[0]
        if category[0] == "N":
            break
    return "#"
