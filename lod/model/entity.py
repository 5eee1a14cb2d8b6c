"""Entities: the people, places, groups and things that claims are about."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct, field

from lod.diagnostics import Allow, Path


class Link(Struct, frozen=True):
    """A decision about the Wikidata item of an entity.

    Attributes:
        qid: the item ("Q232"), or None where there is none.
        close: True where the item is near, but not the same (skos:closeMatch).
        reason: why there is none, or None.
    """

    qid: str | None
    close: bool = False
    reason: str | None = None


class Number(StrEnum):
    """How one speaks of an entity: as of one, or as of many."""

    SINGULAR = "singular"
    PLURAL = "plural"


class Entity(Struct):
    """A thing that claims are about.

    Attributes:
        slug: its key in the facts, and the last part of its IRI.
        type: IRI of its class.
        labels: language tag to label; the first is the one shown.
        also: other names by which the text calls it.
        description: one sentence, or None.
        link: the decision about its Wikidata item, or None where none was made.
        members: slugs of the members of a group, or the sides of a flow.
        about: slugs of the entities that it is about.
        part_of: slug of the entity that it is part of, or None.
        article: the word before its label in a sentence ("the"), or None.
        in_sentence: language tag to what it is called in a sentence, where that is not its label.
        number: how one speaks of it; None for the plural of groups and the singular of the rest.
        pronoun: what it is called where it speaks of itself ("she"), or None.
        same_as: IRIs of the same thing elsewhere.
        allow: what is overruled for it, on itself or on the document.
        path: where it stands in the facts.
    """

    slug: str
    type: str
    labels: dict[str, str]
    also: tuple[str, ...] = ()
    description: str | None = None
    link: Link | None = None
    members: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    part_of: str | None = None
    article: str | None = None
    in_sentence: dict[str, str] = field(default_factory=dict)
    number: Number | None = None
    pronoun: str | None = None
    same_as: tuple[str, ...] = ()
    allow: Allow = field(default_factory=dict)
    path: Path = ()

    @property
    def label(self) -> str:
        """The label to show."""
        return next(iter(self.labels.values()), self.slug)
