"""A local snapshot of labels, from which candidates are proposed without a network."""

from __future__ import annotations

import gzip
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from lod.errors import InputError
from lod.links.kinds import kind_table
from lod.links.names import ALIKE, fold_name, likeness
from lod.wikidata.api import is_entity_id
from lod.wikidata.items import Candidate, Item, ItemOutcome, Missing

#: The columns of a snapshot, as its first line has them.
COLUMNS = ("id", "label", "description", "aliases")
#: The language of its names.
LANGUAGE = "en"
#: The most that a snapshot may have unpacked, in bytes; each takes about 20 in memory.
MAX_BYTES = 1 << 27
_GZIP = b"\x1f\x8b"
_VOWELS = re.compile(r"(?<!^)[aeiouy]")
_DOUBLE = re.compile(r"(.)\1")


class LabelSnapshot:
    """Items by their English names: what linking asks of a Wikibase, answered from memory.

    Args:
        items: by id.
    """

    def __init__(self, items: Mapping[str, Item]) -> None:
        self._items = items
        self._names: list[tuple[str, str, bool]] = []
        self._by_key: dict[str, list[int]] = {}
        self._keys: list[int] = []
        for qid, item in items.items():
            for name in (*item.labels.values(), *item.aliases.get(LANGUAGE, ())):
                keys = _keys(name)
                for key in keys:
                    self._by_key.setdefault(key, []).append(len(self._names))
                self._names.append((name, qid, name in item.labels.values()))
                self._keys.append(len(keys))

    def __contains__(self, qid: str) -> bool:
        """Whether it has an item."""
        return qid in self._items

    def __len__(self) -> int:
        """How many items it has."""
        return len(self._items)

    def get_items(
        self, qids: Iterable[str], languages: Sequence[str] = (), props: Sequence[str] = ()
    ) -> dict[str, ItemOutcome]:
        """Items by their ids, whole whatever is asked for; `Missing` is what is not in it."""
        return {qid: self._items.get(qid) or Missing(qid) for qid in qids}

    def get_superclasses(
        self, qids: Iterable[str], *, max_depth: int = 0
    ) -> dict[str, frozenset[str]]:
        """Nothing: names tell no classes."""
        return {}

    def search(self, text: str, language: str, *, limit: int = 20) -> list[Candidate]:
        """Items with a name like a text, the most alike first, then the lower number.

        Args:
            text: the name that is looked for.
            language: of the name; in others than English there is nothing to find.
            limit: how many at most.
        """
        if language != LANGUAGE:
            return []
        wanted = _keys(text)
        shared = Counter(n for key in wanted for n in self._by_key.get(key, ()))
        found: dict[str, tuple[float, bool, str]] = {}
        for number, count in shared.items():
            # Names of which less is shared are not alike.
            if 2 * count < len(wanted) and count < self._keys[number]:
                continue
            name, qid, is_label = self._names[number]
            alike = likeness(text, name, person=True)
            if alike >= ALIKE:
                found[qid] = max((alike, is_label, name), found.get(qid, (0.0, False, "")))
        best = sorted(found, key=lambda qid: (-found[qid][0], not found[qid][1], int(qid[1:])))
        return [self._candidate(qid, *found[qid][1:]) for qid in best[:limit]]

    def _candidate(self, qid: str, is_label: bool, name: str) -> Candidate:
        item = self._items[qid]
        return Candidate(
            qid,
            item.label(LANGUAGE) or "",
            item.descriptions.get(LANGUAGE, ""),
            "label" if is_label else "alias",
            name,
            LANGUAGE,
            () if is_label else (name,),
        )


def _keys(name: str) -> frozenset[str]:
    """What the words of a name are found by."""
    words = fold_name(name).split()
    stop = kind_table().stopwords
    return frozenset(map(_key, [word for word in words if word not in stop] or words))


@lru_cache(maxsize=65536)
def _key(word: str) -> str:
    """What spellings of a folded word have in common.

    >>> _key("organisations") == _key("organization"), _key("turkestan") == _key("turkistan")
    (True, True)
    """
    if len(word) < 5:
        return word
    return _DOUBLE.sub(r"\1", _VOWELS.sub("", word.removesuffix("s").replace("z", "s")))


def read_labels(path: Path) -> LabelSnapshot:
    """Read a snapshot of labels.

    Args:
        path: a text in UTF-8, plain or in gzip. A line is an item: id, English label,
            description, aliases, with a tab between them and `|` between aliases; the first line
            has the names of the columns. Lines of properties are passed over.

    Raises:
        InputError: it cannot be read, or a line is none of these; the message has its number.
    """
    items: dict[str, Item] = {}
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == _GZIP
            raw.seek(0)
            for number, cells in _rows(path, gzip.GzipFile(fileobj=raw) if packed else raw):
                qid, label, description, aliases = cells
                if not is_entity_id(qid):
                    raise _wrong(path, number, f"{qid[:40]!r} is no id of an item or property")
                if qid in items:
                    raise _wrong(path, number, f"{qid} stands here a second time")
                if qid.startswith("Q"):
                    items[qid] = _item(qid, label, description, aliases)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise InputError(f"{path}: is damaged: {error}") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from None
    return LabelSnapshot(items)


def _rows(path: Path, stream: BinaryIO | gzip.GzipFile) -> Iterator[tuple[int, list[str]]]:
    """The lines after the first: number, from 1, and cells."""
    number, size = 0, 0
    while line := stream.readline(MAX_BYTES + 1 - size):
        number, size = number + 1, size + len(line)
        if size > MAX_BYTES:
            hint = "keep the lines of items that your texts may name"
            raise InputError(f"{path}: has more than {MAX_BYTES >> 20} MiB unpacked", hint=hint)
        try:
            cells = line.decode("utf-8").rstrip("\r\n").split("\t")
        except UnicodeDecodeError:
            raise _wrong(path, number, "is not UTF-8") from None
        if number == 1 and tuple(cells) != COLUMNS:
            raise _wrong(path, number, f"the columns are {', '.join(cells)[:80]!r}")
        if len(cells) != len(COLUMNS):
            what = f"{len(cells)} columns" if len(cells) > 1 else "one column"
            raise _wrong(path, number, f"there is {what} where 4 were expected")
        if number > 1:
            yield number, cells
    if not size:
        raise _wrong(path, 1, "there is nothing")


def _wrong(path: Path, number: int, what: str) -> InputError:
    hint = f"a line is {', '.join(COLUMNS)}, with a tab between them and | between aliases"
    return InputError(f"{path}:{number}: {what}", hint=hint)


def _item(qid: str, label: str, description: str, aliases: str) -> Item:
    more = tuple(filter(None, aliases.split("|")))
    return Item(
        qid,
        {LANGUAGE: label} if label else {},
        {LANGUAGE: description} if description else {},
        {LANGUAGE: more} if more else {},
    )
