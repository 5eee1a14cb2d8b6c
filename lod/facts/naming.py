"""Whether the words of a quote name an entity, and which entities a publication uses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lod.facts.context import Context
from lod.facts.normalization import normalize
from lod.model.claim import EntityValue, Statement
from lod.model.facts import Document


def fold(text: str) -> str:
    """The form in which names and quotes are compared: normal form, without case."""
    return normalize(text).casefold()


def contains_words(folded: str, words: str) -> bool:
    """Whether folded text contains folded words, whole ones.

    >>> contains_words("trade with russia's regions", "russia")
    True
    >>> contains_words("belorussia", "russia")
    False
    """
    at = folded.find(words)
    while at >= 0:
        end = at + len(words)
        if not (at > 0 and folded[at - 1].isalnum() and words[0].isalnum()) and not (
            end < len(folded) and folded[end].isalnum() and words[-1].isalnum()
        ):
            return True
        at = folded.find(words, at + 1)
    return False


class Naming:
    """Looks up how the text of one publication calls its entities.

    Args:
        context: the publication, its entities and `means` read.
    """

    __slots__ = ("_context", "_names")

    def __init__(self, context: Context) -> None:
        self._context = context
        self._names: dict[str, tuple[str, ...]] = {}

    def names(self, slug: str) -> tuple[str, ...]:
        """The folded names of an entity: labels in all languages, and `also`."""
        found = self._names.get(slug)
        if found is None:
            entity = self._context.entities[slug]
            words = dict.fromkeys((*entity.labels.values(), *entity.also))
            found = self._names[slug] = tuple(fold(name) for name in words)
        return found

    def is_named(self, slug: str, folded: str, statement: Statement) -> bool:
        """Whether a quote names an entity in any known way.

        A group or flow is also named where all its members are.

        Args:
            slug: the entity.
            folded: the quote, folded.
            statement: its `means` count.
        """
        for name in self.names(slug):
            if name in folded and contains_words(folded, name):
                return True
        for means in (statement.means, self._context.means):
            for words, slugs in means.items():
                if slug in slugs and words in folded and contains_words(folded, words):
                    return True
        members = self._context.entities[slug].members
        return bool(members) and all(
            member != slug and self.is_named(member, folded, statement) for member in members
        )


def used_entities(
    context: Context, statements: Iterable[Statement], document: Document
) -> set[str]:
    """The slugs of the entities that something of the publication refers to.

    Args:
        context: the publication.
        statements: its claims.
        document: its document.
    """
    used = {*document.author}
    if document.published_in is not None:
        used.add(document.published_in)
    for slugs in context.means.values():
        used.update(slugs)
    for statement in statements:
        used.update(_entities(statement))
    # What an entity refers to is used if the entity is.
    waiting = list(used & context.entities.keys())
    while waiting:
        entity = context.entities[waiting.pop()]
        parts: Sequence[str] = (*entity.members, *entity.about)
        for slug in (*parts, entity.part_of) if entity.part_of else parts:
            if slug not in used:
                used.add(slug)
                waiting.append(slug)
    return used


def _entities(statement: Statement) -> Iterator[str]:
    yield from statement.speakers
    for slugs in statement.means.values():
        yield from slugs
    values = (*statement.subjects, *statement.values, *(v for _, v in statement.qualifiers))
    for value in values:
        if isinstance(value, EntityValue):
            yield value.slug
