"""What is known of a publication while its claims are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lod.facts.reader import Reader, quoted, suggest
from lod.facts.schema import DOCUMENT
from lod.iri import slug_problem

if TYPE_CHECKING:
    from lod.diagnostics import Path
    from lod.facts.source import Node
    from lod.facts.text import SourceText
    from lod.model.entity import Entity
    from lod.vocabulary.vocabulary import Vocabulary


@dataclass(slots=True)
class Context:
    """The parts of a publication that its claims refer to.

    Attributes:
        reader: reads nodes, collects findings.
        vocabulary: the terms that may be used.
        prefixes: prefix to namespace IRI, the publication's own included.
        text: the text, or None where it could not be read.
        language: language of the text.
        reference: xsd:date against which relative words are resolved, or None.
        entities: by slug.
        claim_ids: every id under `claims:`.
        means: words of the text (case folded) to the slugs that they mean, for all claims.
        author: the speaker of claims that name none.
        lost_claims: how many claims could not be read, so that what they use is not known.
        lost_quotes: how many quotes could not be found, so that the coverage is not complete.
    """

    reader: Reader
    vocabulary: Vocabulary
    prefixes: Mapping[str, str]
    text: SourceText | None
    language: str
    reference: str | None
    entities: dict[str, Entity] = field(default_factory=dict)
    claim_ids: frozenset[str] = frozenset()
    means: dict[str, tuple[str, ...]] = field(default_factory=dict)
    author: str = DOCUMENT
    lost_claims: int = 0
    lost_quotes: int = 0

    def entity(self, word: str, path: Path) -> str | None:
        """The slug of an entity; an unknown one is a finding with the nearest name.

        Args:
            word: the slug, or a name of the entity by mistake.
            path: where it stands.
        """
        if word in self.entities:
            return word
        hint = self._entity_hint(word)
        self.reader.add("unknown-entity", f"{quoted(word)} is no entity here", path, hint)
        return None

    def _entity_hint(self, word: str) -> str:
        folded = word.casefold()
        for entity in self.entities.values():
            names = (*entity.labels.values(), *entity.also)
            if any(name.casefold() == folded for name in names):
                return f'write its slug, "{entity.slug}"'
        near = suggest(word, self.entities)
        if near:
            return near
        if slug_problem(word) is None:
            return f'add "{word}" under entities:, or write {{text: …}} for plain words'
        return "add it under entities:, or write {text: …} for plain words"

    def entity_list(self, node: Node, path: Path) -> tuple[str, ...]:
        """One slug or a list of them; unknown ones are findings."""
        found = (self.entity(word, at) for word, at in self.reader.texts(node, path, "an entity"))
        return tuple(slug for slug in found if slug is not None)

    def read_means(self, node: Node, path: Path) -> dict[str, tuple[str, ...]]:
        """Read a `means:` mapping of words to an entity or a list of entities."""
        if type(node) is not dict:
            self.reader.wrong_type(node, path, "a mapping of words to entities")
            return {}
        means = {}
        for words, value in node.items():
            if slugs := self.entity_list(value, (*path, words)):
                means[words.casefold()] = slugs
        return means
