"""What the claims can be filtered by: speaker, manner, relation, entity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lod.site.texts import short

if TYPE_CHECKING:
    from lod.site.article.notes import Note, Notes
    from lod.site.interface import Words

#: Most options of a filter, the most frequent ones.
MOST = 250


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a filter.

    Attributes:
        value: as it stands in the address of the page: a slug, or the CURIE of a property.
        label: what it is called.
        token: its short name in the page, where claims say what they belong to.
        count: how many claims it has.
    """

    value: str
    label: str
    token: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter.

    Attributes:
        name: "speaker", "modality", "property" or "entity".
        options: the most frequent first.
    """

    name: str
    options: tuple[Option, ...]


def make_facets(notes: Notes, words: Words) -> tuple[list[Facet], dict[int, str]]:
    """The filters of some notes.

    Args:
        notes: of a publication.
        words: of the interface.

    Returns:
        The filters; and for each note, by its number, its tokens with spaces between them.
    """
    facets: dict[str, dict[str, tuple[str, int]]] = {
        name: {} for name in ("speaker", "modality", "property", "entity")
    }
    for note in notes.all:
        for name, value, label in _values(note, notes, words):
            _, count = facets[name].get(value, ("", 0))
            facets[name][value] = (label, count + len(note.claims))
    tokens: dict[tuple[str, str], str] = {}
    made = []
    for name, found in facets.items():
        ordered = sorted(found.items(), key=lambda one: (-one[1][1], one[1][0].casefold(), one[0]))
        options = []
        for number, (value, (label, count)) in enumerate(ordered[:MOST]):
            tokens[name, value] = f"{name[0]}{number}"
            options.append(Option(value, short(label, 60), f"{name[0]}{number}", count))
        made.append(Facet(name, tuple(options)))
    own = {
        note.number: " ".join(
            tokens[name, value]
            for name, value, _ in _values(note, notes, words)
            if (name, value) in tokens
        )
        for note in notes.all
    }
    return made, own


def _values(note: Note, notes: Notes, words: Words) -> Iterator[tuple[str, str, str]]:
    """Filter, value and label of everything that a note belongs to, each once."""
    for slug in _once(note.statement.speakers):
        yield "speaker", slug, notes.speaker(slug).text
    modality = str(note.statement.modality)
    for manner in _once((modality, note.manner)):
        yield "modality", manner, words(f"article.modality_{manner}")
    yield "property", note.relation.detail or note.statement.property, note.relation.text
    for slug in note.entities:
        yield "entity", slug, notes.entity(slug).text


def _once(values: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(values)
