"""The index of the search: sorted on disk, written as small files that the page fetches as needed.

What the page gets is `data/search.json`. For a small site it holds everything. For a large one it
says where the rest is:

- *shards* of words, each a range of the sorted words: `{word: [[kind, total, posting…]…]}`. The
  page knows the first word of each shard. A posting is `entry * 4 + place`, the best first; of a
  very common word only the best of each kind are kept, with the total.
- *wide beginnings*, such as "k", under which there are more words than a page should fetch: the
  best entries of all of them, in the same form.
- *blocks* of entries in their order, `[path, title, text, language, publication, count]`. Entries
  of one kind stand together, so that the number of an entry tells its kind.
"""

from __future__ import annotations

import json
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from lod.errors import OutputError
from lod.site.files import SiteFile
from lod.site.search.entries import KINDS, SearchEntry, fold, search_entries, shipped_term_entries

if TYPE_CHECKING:
    from lod.pages.view import PublicationView
    from lod.site.site import Site

#: Where the page begins to read.
MANIFEST = "data/search.json"
_FOLDER = "data/search"

#: Entries of a block, and bytes after which a shard is full.
BLOCK, SHARD_SIZE = 100, 40_000
#: Postings that are kept of a word in each kind.
MOST = 400
#: A site with no more entries and words in them than these has one file.
SMALL = (3_000, 60_000)
#: The longest beginning that may be wide, and after how many bytes of postings it is.
_LONGEST_WIDE, _WIDE_SIZE = 6, 3 * SHARD_SIZE

_SCHEMA = """
CREATE TABLE thing (id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, path TEXT NOT NULL UNIQUE);
CREATE TABLE shown (
    thing INTEGER, title TEXT, text TEXT, language TEXT, publication TEXT, count INTEGER NOT NULL,
    PRIMARY KEY (thing, title, text, language, publication)
) WITHOUT ROWID;
CREATE TABLE word (thing INTEGER NOT NULL, token BLOB NOT NULL, place INTEGER NOT NULL);
"""
# The entry of each thing: what most publications call it; the most mentioned of a kind first.
_NUMBERED = """
CREATE TABLE entry AS
SELECT row_number() OVER (ORDER BY kind, total DESC, path) - 1 AS number, * FROM (
    SELECT thing, kind, path, title, text, language, publication,
        sum(count) OVER (PARTITION BY thing) AS total,
        row_number() OVER (
            PARTITION BY thing ORDER BY count DESC, title, text, language, publication
        ) AS nth
    FROM shown JOIN thing ON thing.id = shown.thing
) WHERE nth = 1;
CREATE UNIQUE INDEX entry_of_thing ON entry (thing);
"""
_ENTRIES = """
SELECT path, title, text, language, CASE WHEN total = 1 THEN publication ELSE '' END, total
FROM entry ORDER BY number
"""
_POSTINGS = """
SELECT token, kind, min(place) AS best, number FROM word JOIN entry USING (thing)
GROUP BY token, kind, number ORDER BY token, kind, best, number
"""

#: The postings of a word in one kind: kind, total, posting…
_Row = list[int]


class SearchIndex:
    """Collects what can be found and writes the index.

    Nothing is kept in memory: the entries go to a database on disk, which sorts them. The files
    are the same in whatever order the entries came.

    Args:
        file: where the database stands meanwhile, in a folder that exists; it is made anew, and
            whoever gave it removes it. None takes a temporary file that vanishes by itself.

    >>> from lod.site.search.entries import make_entry
    >>> with SearchIndex() as index:
    ...     index.add([make_entry("entity", "entity/a.html", "Almaty")])
    ...     [file.path for file in index.files()]
    ['data/search.json']
    """

    def __init__(self, file: Path | None = None) -> None:
        if file is not None:
            file.unlink(missing_ok=True)
        # An empty name is a temporary file of SQLite's, which grows on disk.
        self._database = sqlite3.connect("" if file is None else str(file), isolation_level=None)
        self._database.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -16000;"
            "PRAGMA temp_store = FILE;" + _SCHEMA + "BEGIN;"
        )
        self._known: set[tuple[str, str, str]] = set()

    def add(self, entries: Iterable[SearchEntry | Sequence[Any]]) -> None:
        """Add what can be found of one publication.

        Args:
            entries: as `search_entries` gives them, or the same as plain lists (from JSON).

        Raises:
            OutputError: the database cannot be written.
        """
        try:
            for one in entries:
                self._add(one if isinstance(one, SearchEntry) else SearchEntry(*one))
        except sqlite3.Error as error:
            raise OutputError(f"the search index cannot be written: {error}") from error

    def _add(self, entry: SearchEntry) -> None:
        if entry.kind == "term":  # every publication brings them
            seen = (entry.path, entry.title, entry.text)
            if seen in self._known:
                return
            self._known.add(seen)
        run = self._database.execute
        run(
            "INSERT INTO thing (kind, path) VALUES (?, ?) ON CONFLICT DO NOTHING",
            (KINDS.index(entry.kind), entry.path),
        )
        (thing,) = run("SELECT id FROM thing WHERE path = ?", (entry.path,)).fetchone()
        run(
            "INSERT INTO shown VALUES (?, ?, ?, ?, ?, 1) "
            "ON CONFLICT DO UPDATE SET count = count + 1",
            (thing, entry.title, entry.text, entry.language, entry.publication),
        )
        self._database.executemany(
            "INSERT INTO word VALUES (?, ?, ?)",
            ((thing, _key(token), place) for token, place in entry.words.items()),
        )

    def names(self, kinds: Sequence[str], most: int) -> list[tuple[str, str, str]]:
        """The most mentioned things of some kinds, for a list that needs no script.

        Args:
            kinds: which.
            most: how many at most.

        Returns:
            Path, title and language, in the order of the paths.
        """
        self._number()
        which = [KINDS.index(kind) for kind in kinds]
        marks = ", ".join("?" * len(which))
        rows = self._database.execute(
            f"SELECT path, title, language FROM entry WHERE kind IN ({marks}) "  # noqa: S608 (question marks alone)
            "ORDER BY total DESC, number LIMIT ?",
            (*which, most),
        ).fetchall()
        return sorted(rows)

    def files(self) -> Iterator[SiteFile]:
        """The files of the index, the manifest last. Nothing can be added after that.

        Raises:
            OutputError: the database cannot be written.
        """
        try:
            self._number()
            yield from self._files()
        except sqlite3.Error as error:
            raise OutputError(f"the search index cannot be written: {error}") from error

    def _number(self) -> None:
        """Give every entry its number, once."""
        if not self._database.execute(
            "SELECT 1 FROM sqlite_master WHERE name = 'entry'"
        ).fetchone():
            self._database.executescript(_NUMBERED)

    def _files(self) -> Iterator[SiteFile]:
        run = self._database.execute
        counts = dict(run("SELECT kind, count(*) FROM entry GROUP BY kind"))
        (words,) = run("SELECT count(*) FROM word").fetchone()
        manifest: dict[str, Any] = {
            "version": 1,
            "kinds": [[kind, counts.get(number, 0)] for number, kind in enumerate(KINDS)],
            "block": BLOCK,
        }
        if sum(counts.values()) <= SMALL[0] and words <= SMALL[1]:
            manifest["entries"] = run(_ENTRIES).fetchall()
            manifest["words"] = {word: rows for word, rows, _ in self._words(_Wide())}
        else:
            yield from self._blocks()
            wide = _Wide()
            shards: list[str] = []
            yield from self._shards(wide, shards)
            manifest["shards"] = shards
            manifest["wide"] = wide.places
        yield SiteFile(MANIFEST, _json(manifest))

    def _blocks(self) -> Iterator[SiteFile]:
        rows = self._database.execute(_ENTRIES)
        number = 0
        while block := rows.fetchmany(BLOCK):
            yield SiteFile(f"{_FOLDER}/entries-{number}.json", _json(block))
            number += 1

    def _shards(self, wide: _Wide, shards: list[str]) -> Iterator[SiteFile]:
        """The shards of words; the first word of each is noted in `shards`."""
        shard: dict[str, list[_Row]] = {}
        size = 0
        for word, rows, length in self._words(wide):
            shard[word] = rows
            size += length
            if size >= SHARD_SIZE:
                shards.append(next(iter(shard)))
                yield SiteFile(f"{_FOLDER}/words-{len(shards) - 1}.json", _json(shard))
                shard, size = {}, 0
            yield from wide.ready()
        if shard:
            shards.append(next(iter(shard)))
            yield SiteFile(f"{_FOLDER}/words-{len(shards) - 1}.json", _json(shard))
        wide.end("")
        wide.flush()
        yield from wide.ready()

    def _words(self, wide: _Wide) -> Iterator[tuple[str, list[_Row], int]]:
        """Every word with its postings and about how many bytes they take, sorted."""
        postings = self._database.cursor().execute(_POSTINGS)
        for key, of_word in groupby(postings, lambda row: row[0]):
            word = key.decode("utf-16-be", "surrogatepass")
            wide.end(word)
            rows: list[_Row] = []
            for kind, of_kind in groupby(of_word, lambda row: row[1]):
                row = [kind, 0]
                for _, _, place, number in of_kind:
                    row[1] += 1
                    if len(row) < MOST + 2:
                        row.append(number * 4 + place)
                rows.append(row)
            length = len(word) + 8 + sum(len(str(number)) + 1 for row in rows for number in row)
            wide.add(rows, length)
            yield word, rows, length

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def __enter__(self) -> SearchIndex:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class _Wide:
    """Collects the beginnings that have too many words, while the words come sorted.

    Attributes:
        places: each beginning, and the number of its file.
    """

    def __init__(self) -> None:
        self.places: dict[str, int] = {}
        self._files = 0
        self._ready: list[SiteFile] = []
        self._open: list[_Beginning] = []
        self._done: dict[str, list[_Row]] = {}
        self._size = 0

    def end(self, word: str) -> None:
        """The next word comes: end what it does not begin with, begin what is new; "" ends all."""
        while self._open and not word.startswith(self._open[-1].text):
            beginning = self._open.pop()
            if beginning.size >= _WIDE_SIZE:
                self._done[beginning.text] = beginning.rows()
                self._size += sum(8 * len(row) for row in self._done[beginning.text])
                if self._size >= SHARD_SIZE:
                    self.flush()
        for length in range(len(self._open) + 1, min(len(word), _LONGEST_WIDE) + 1):
            self._open.append(_Beginning(word[:length]))

    def add(self, rows: list[_Row], size: int) -> None:
        """The postings of a word that begins so."""
        for beginning in self._open:
            beginning.add(rows, size)

    def flush(self) -> None:
        """Make a file of what is done."""
        if self._done:
            self.places |= dict.fromkeys(self._done, self._files)
            path = f"{_FOLDER}/wide-{self._files}.json"
            self._ready.append(SiteFile(path, _json(self._done)))
            self._files += 1
            self._done, self._size = {}, 0

    def ready(self) -> Iterator[SiteFile]:
        """The files that are made by now, each once."""
        while self._ready:
            yield self._ready.pop(0)


class _Beginning:
    """The best entries of all words with one beginning."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.size = 0
        self._best: list[dict[int, int]] = [{} for _ in KINDS]
        self._cut = [False] * len(KINDS)

    def add(self, rows: list[_Row], size: int) -> None:
        self.size += size
        for kind, total, *postings in rows:
            best = self._best[kind]
            for posting in postings:
                number, place = divmod(posting, 4)
                best[number] = min(place, best.get(number, place))
            self._cut[kind] |= total > len(postings)
            if len(best) > 8 * MOST:
                self._shorten(kind)

    def _shorten(self, kind: int) -> None:
        if len(self._best[kind]) > MOST:
            ranked = sorted(self._best[kind].items(), key=lambda one: (one[1], one[0]))
            self._best[kind] = dict(ranked[:MOST])
            self._cut[kind] = True

    def rows(self) -> list[_Row]:
        """As the postings of a word; the total is one too many where not all are kept."""
        rows: list[_Row] = []
        for kind in range(len(KINDS)):
            self._shorten(kind)
            ranked = sorted(self._best[kind].items(), key=lambda one: (one[1], one[0]))
            if ranked:
                total = len(ranked) + self._cut[kind]
                rows.append([kind, total, *(number * 4 + place for number, place in ranked)])
        return rows


def _key(word: str) -> bytes:
    """What sorts words as a browser does: by UTF-16 code units."""
    return word.encode("utf-16-be", "surrogatepass")


def _json(data: object) -> bytes:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


__all__ = ["SearchIndex", "index_files", "search_entries", "search_files"]

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
        index.add(search_entries(view))
        yield from index_files(index, site)


def index_files(index: SearchIndex, site: Site) -> Iterator[SiteFile]:
    """The search of a whole site: `search.html`, and the index in `data/`.

    Args:
        index: everything that can be found; nothing can be added to it afterwards.
        site: the site.

    Raises:
        OutputError: the database of the index cannot be written.
    """
    if site.several:
        index.add(shipped_term_entries())
    names = index.names(("item", "entity"), _LISTED)
    page = site.templates.render(
        "search/search.html",
        site,
        PAGE,
        letters=_by_letter(names),
        kinds=KINDS if site.several else [kind for kind in KINDS if kind != "item"],
        words=site.templates.words.part("search"),
    )
    yield SiteFile(PAGE, page)
    yield from index.files()


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
