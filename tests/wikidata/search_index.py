"""Search as `wbsearchentities` does it: names that begin with a text, the best known first."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from tests.wikidata.entities import Entities, Entity, real_entities, real_labels


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """A name under which an entity is found."""

    folded: str
    language: str
    kind: str
    qid: str
    text: str


def fold(text: str) -> str:
    """A text without case and accents."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", "".join(c for c in apart if not unicodedata.combining(c)))


def _names(entity: Entity) -> Iterator[Name]:
    for code, label in entity["labels"].items():
        yield Name(fold(label["value"]), code, "label", entity["id"], label["value"])
    for code, aliases in entity["aliases"].items():
        for alias in aliases:
            yield Name(fold(alias["value"]), code, "alias", entity["id"], alias["value"])


@lru_cache(maxsize=1)
def _real_names() -> tuple[list[str], list[tuple[str, str, str, str, str]]]:
    """Every name of the real entities in the order of its folded form."""
    found: list[tuple[str, str, str, str, str]] = []
    whole = real_entities()
    for qid, (label, _, aliases) in real_labels().items():
        if qid not in whole:
            found.append((fold(label), "en", "label", qid, label))
            found += [(fold(alias), "en", "alias", qid, alias) for alias in aliases]
    for entity in whole.values():
        found += [(n.folded, n.language, n.kind, n.qid, n.text) for n in _names(entity)]
    found.sort()
    return [name[0] for name in found], found


def _beginning_with(entities: Entities, folded: str) -> Iterator[Name]:
    keys, names = _real_names()
    for position in range(bisect_left(keys, folded), len(keys)):
        if not keys[position].startswith(folded):
            break
        if names[position][3] not in entities.changed:
            yield Name(*names[position])
    for entity in entities.changed.values():
        yield from (name for name in _names(entity) if name.folded.startswith(folded))


def fallbacks(language: str) -> list[str]:
    """The languages whose names are shown for a language, in order."""
    return list(dict.fromkeys([language, language.partition("-")[0], "mul", "en"]))


def search(entities: Entities, text: str, language: str, kind: str) -> list[Name]:
    """The best matching name of each entity that is found, best first.

    Exact names come first, then labels, then what has the lower number: that was there earlier,
    which mostly means that it is better known.
    """
    folded = fold(" ".join(text.split()))
    codes = fallbacks(language)
    first = "Q" if kind == "item" else "P"
    best: dict[str, tuple[tuple[bool, bool, int, int], Name]] = {}
    candidates: Iterable[Name] = _beginning_with(entities, folded)
    for name in candidates:
        if name.language not in codes or name.qid[0] != first or entities.get(name.qid) is None:
            continue
        rank = (
            name.folded != folded,
            name.kind != "label",
            codes.index(name.language),
            int(name.qid[1:]),
        )
        if name.qid not in best or rank < best[name.qid][0]:
            best[name.qid] = (rank, name)
    if text.strip().upper() in best or entities.get(text.strip().upper()) is not None:
        qid = text.strip().upper()
        best[qid] = ((False, False, 0, 0), Name(folded, "qid", "entityId", qid, qid))
    ranked = sorted(best.values(), key=lambda found: (found[0][:2], found[0][3], found[0][2]))
    return [name for _, name in ranked]
