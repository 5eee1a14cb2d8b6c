"""Whether some words name an entity, and which entities a publication uses."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from lod.facts.context import Context
from lod.facts.text import is_unspaced
from lod.language.data import primary
from lod.language.inflection import load_inflection, stems_in, words_of
from lod.language.normalization import normalize
from lod.model.claim import Statement
from lod.model.facts import Document
from lod.model.value import EntityValue
from lod.vocabulary.names import REL

_LONGEST_ENDING = 4  # letters after a name, in a language whose endings are not known
_LONGEST_PREFIX = 2  # letters before it, in scripts that write "and" and "the" so
_SHORTEST = 3  # letters of a name that may have them
_FIRST_PREFIXING, _LAST_PREFIXING = "\u0590", "\u08ff"  # Hebrew to Arabic


@lru_cache(maxsize=1024)
def fold(text: str) -> str:
    """The form in which names and quotes are compared: normal form, without case."""
    return normalize(text).casefold()


def contains_words(folded: str, words: str) -> bool:
    """Whether folded text contains folded words, whole ones.

    In scripts that put no spaces between words, any place is one.

    >>> contains_words("trade with russia's regions", "russia")
    True
    >>> contains_words("belorussia", "russia")
    False
    >>> contains_words("北京市有两千万居民", "居民")
    True
    """
    return next(find_words(folded, words), None) is not None


def find_words(folded: str, words: str) -> Iterator[int]:
    """Each place where folded text has folded words, whole ones: their first code point."""
    at = folded.find(words) if words else -1
    while at >= 0:
        if is_whole(folded, at, at + len(words)):
            yield at
        at = folded.find(words, at + 1)


def is_whole(folded: str, start: int, end: int) -> bool:
    """Whether a stretch of text does not begin or end within a word.

    Args:
        folded: the text.
        start: its first code point.
        end: the code point after its last one (exclusive).
    """
    return not (start > 0 and _joined(folded[start - 1], folded[start])) and not (
        end < len(folded) and _joined(folded[end], folded[end - 1])
    )


def _joined(outside: str, inside: str) -> bool:
    """Whether two neighbours belong to one word."""
    return (
        outside.isalnum() and inside.isalnum() and not (is_unspaced(outside) or is_unspaced(inside))
    )


def _begins_word(folded: str, name: str) -> bool:
    """Whether a word of folded text is a name with a few letters more, as far as is known."""
    before = _LONGEST_PREFIX if _FIRST_PREFIXING <= name[0] <= _LAST_PREFIXING else 0
    at = folded.find(name) if len(name) >= _SHORTEST else -1
    while at >= 0:
        start, end = at, at + len(name)
        while start and folded[start - 1].isalnum():
            start -= 1
        while end < len(folded) and folded[end].isalnum():
            end += 1
        if at - start <= before and end - at - len(name) <= _LONGEST_ENDING:
            return True
        at = folded.find(name, at + 1)
    return False


class Naming:
    """Looks up how the text of one publication calls its entities.

    Args:
        context: the publication, its entities and `means` read.
    """

    __slots__ = ("_all_names", "_context", "_language", "_names", "_surnames")

    def __init__(self, context: Context) -> None:
        self._context = context
        self._language = primary(context.language)
        self._names: dict[str, tuple[str, ...]] = {}
        self._all_names: dict[str, tuple[str, ...]] = {}
        self._surnames: dict[str, tuple[str, ...]] = {}

    def names(self, slug: str) -> tuple[str, ...]:
        """The folded names of an entity: labels in all languages, and `also`."""
        found = self._names.get(slug)
        if found is None:
            entity = self._context.entities[slug]
            words = dict.fromkeys((*entity.labels.values(), *entity.also))
            found = self._names[slug] = tuple(fold(name) for name in words)
        return found

    def all_names(self, slug: str, statement: Statement) -> tuple[str, ...]:
        """The folded names of an entity and what means it, in this claim or everywhere."""
        found = self._all_names.get(slug)
        if found is None:
            found = self._all_names[slug] = (
                *self.names(slug),
                *_meaning(slug, self._context.means),
            )
        return (*found, *_meaning(slug, statement.means)) if statement.means else found

    def is_named(self, slug: str, folded: str, statement: Statement) -> bool:
        """Whether words name an entity as it is called: by a label, `also` or `means`.

        A group or flow is also named where all its members are.

        Args:
            slug: the entity.
            folded: the words, folded.
            statement: its `means` count.
        """
        for name in self.all_names(slug, statement):
            if name in folded and contains_words(folded, name):
                return True
        return self._by_members(slug, lambda one: self.is_named(one, folded, statement))

    def is_named_in_form(self, slug: str, folded: str, statement: Statement) -> bool:
        """Whether words name an entity as it is called, or as the language declines its names.

        Args:
            slug: the entity.
            folded: the words, folded.
            statement: its `means` count.
        """
        return self.is_named(slug, folded, statement) or (
            self._inflects and self._has_forms(self.all_names(slug, statement), folded)
        )

    @property
    def _inflects(self) -> bool:
        return load_inflection(self._language).names_inflect

    def is_hinted_at(self, slug: str, words: str, statement: Statement) -> bool:
        """Whether words name an entity in another form: inflected, by initials or surname.

        Args:
            slug: the entity.
            words: the words, as the text has them.
            statement: its `means` count.
        """
        folded = fold(words)
        if self._has_forms(self.all_names(slug, statement), folded):
            return True
        entity = self._context.entities[slug]
        labels = (*entity.labels.values(), *entity.also)
        if any(_has_initials(label, words) for label in labels):
            return True
        if any(contains_words(folded, name) for name in self.surnames(slug)):
            return True
        if self._inflects and self._has_forms(self.surnames(slug), folded):
            return True
        return self._by_members(slug, lambda one: self.is_hinted_at(one, words, statement))

    def is_there(self, slug: str, words: str, statement: Statement) -> bool:
        """Whether words name an entity, as it is called or in another form."""
        return self.is_named(slug, fold(words), statement) or self.is_hinted_at(
            slug, words, statement
        )

    def surnames(self, slug: str) -> tuple[str, ...]:
        """The folded last words of a person's names; of names alone, not of descriptions."""
        found = self._surnames.get(slug)
        if found is None:
            entity = self._context.entities[slug]
            labels = (*entity.labels.values(), *entity.also)
            if not self._context.vocabulary.fits(entity.type, frozenset({REL.Person})):
                labels = ()
            found = self._surnames[slug] = tuple(
                fold(label.split()[-1])
                for label in labels
                if label.strip() and not label[0].islower()
            )
        return found

    def _by_members(self, slug: str, test: Callable[[str], bool]) -> bool:
        members = self._context.entities[slug].members
        return bool(members) and all(member != slug and test(member) for member in members)

    def _has_forms(self, names: Iterable[str], folded: str) -> bool:
        """Whether folded text has all content words of a name, in any form that is known."""
        if not load_inflection(self._language).known:
            return any(name and _begins_word(folded, name) for name in names)
        there = stems_in(folded, self._language)
        for name in names:
            words = _content_stems(name, self._language)
            if words and not any(map(there.isdisjoint, words)):
                return True
        return False


@lru_cache(maxsize=4096)
def _content_stems(name: str, language: str) -> tuple[frozenset[str], ...]:
    """The stems of each content word of a name."""
    inflection = load_inflection(language)
    return tuple(inflection.stems(word) for word in words_of(name) if inflection.has_content(word))


def _meaning(slug: str, means: Mapping[str, Collection[str]]) -> Iterator[str]:
    return (words for words, slugs in means.items() if slug in slugs)


def _has_initials(label: str, words: str) -> bool:
    """Whether words have the initials of a label, or a label has those of words.

    >>> _has_initials("Collective Security Treaty Organization", "members of the CSTO")
    True
    >>> _has_initials("EAEU", "in the Eurasian Economic Union")
    False
    >>> _has_initials("EEU", "in the Eurasian Economic Union")
    True
    """
    initials = _capitals(label)
    if len(initials) > 1:
        return contains_words(words, initials)
    if not (label.isupper() and len(label) > 1):
        return False
    return label in _capitals(words)


@lru_cache(maxsize=4096)
def _capitals(words: str) -> str:
    """The first letters of the words with a capital, others left out."""
    return "".join([part[0] for part in words.replace("-", " ").split() if part[0].isupper()])


def used_entities(
    context: Context, statements: Iterable[Statement], document: Document
) -> set[str]:
    """The slugs of the entities that something of the publication refers to.

    Args:
        context: the publication.
        statements: its claims.
        document: its document.
    """
    used: set[str] = set()
    for one in document.all_versions:
        used.update((*one.author, *one.translators))
        if one.published_in is not None:
            used.add(one.published_in)
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


def used_by(context: Context, statement: Statement) -> set[str]:
    """The slugs of the entities of a claim, with their members and what they are about or part of.

    Args:
        context: the publication.
        statement: a claim; what its `means` mean counts as used where it is a value only.
    """
    used = {value.slug for value in statement.things() if isinstance(value, EntityValue)}
    for slug in tuple(used):
        entity = context.entities[slug]
        used.update((*entity.members, *entity.about, *((entity.part_of or slug),)))
    return used | set(statement.speakers)


def _entities(statement: Statement) -> Iterator[str]:
    yield from statement.speakers
    for slugs in statement.means.values():
        yield from slugs
    for value in statement.things():
        if isinstance(value, EntityValue):
            yield value.slug
