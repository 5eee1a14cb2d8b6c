"""One plain sentence for each claim: who says what, and how it is meant."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from lod.facts.periods import format_period
from lod.facts.quantities import format_change, format_quantity
from lod.facts.schema import DOCUMENT
from lod.model.claim import (
    ClaimValue,
    EntityValue,
    IriValue,
    PeriodValue,
    Polarity,
    QuantityValue,
    Statement,
    TextValue,
    UnknownValue,
    Value,
)
from lod.model.facts import Facts
from lod.namespaces import shrink

if TYPE_CHECKING:
    from lod.vocabulary.vocabulary import Vocabulary


_GAP = re.compile(r"\{(\w+)\}")


class _Pattern:
    """A sentence with named gaps, taken apart once.

    >>> _Pattern("{s} is in {o}").fill(s="Ufa", o="{s}")
    'Ufa is in {s}'
    """

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = _GAP.sub(r"%(\1)s", text.replace("%", "%%"))

    def fill(self, **values: str) -> str:
        """The sentence with its gaps filled."""
        return self._text % values


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of sentences in one language, from `lod/dataset/languages/*.toml`."""

    language: str
    frames: dict[str, _Pattern]
    parts: dict[str, _Pattern]


@lru_cache(maxsize=16)
def _words(language: str) -> _Words:
    """The words of a language, or English where it is not there."""
    folder = resources.files("lod.dataset") / "languages"
    file = folder / f"{language}.toml"
    if not file.is_file():
        language, file = "en", folder / "en.toml"
    data = tomllib.loads(file.read_text("utf-8"))
    frames = {name: _Pattern(text) for name, text in data["frames"].items()}
    return _Words(language, frames, {name: _Pattern(text) for name, text in data["parts"].items()})


class Sentences:
    """Writes the sentences of one publication.

    Args:
        facts: the publication.
        vocabulary: gives the phrases of the properties.

    Attributes:
        language: the language that the sentences are in.
    """

    __slots__ = ("_facts", "_labels", "_parts", "_phrases", "_vocabulary", "_words", "language")

    def __init__(self, facts: Facts, vocabulary: Vocabulary) -> None:
        self._facts = facts
        self._vocabulary = vocabulary
        self._words = _words(facts.document.language.partition("-")[0].lower())
        self._parts = self._words.parts
        self._labels: dict[str, str] = {}
        self._phrases: dict[str, _Pattern] = {}
        self.language = self._words.language

    def claim(self, statement: Statement, subject: Value, value: Value | None) -> str:
        """The sentence of one claim of a statement.

        Args:
            statement: the statement.
            subject: one of its subjects.
            value: one of its values; None where only a change is said.
        """
        core = self._core(statement, self._value(subject), value)
        for iri, qualifier in statement.qualifiers:
            core += self._parts["qualifier"].fill(q=self._qualifier(iri, qualifier))
        if statement.compared_with is not None:
            compared = statement.compared_with
            with_ = []
            if compared.value is not None:
                with_.append(format_quantity(compared.value.quantity, self.language))
            if compared.period is not None:
                with_.append(format_period(compared.period.period, self.language))
            core += self._parts["compared"].fill(c=" ".join(with_))
        if statement.during is not None:
            time = format_period(statement.during.period, self.language)
            core += self._parts["during"].fill(t=time)
        frame: str = statement.modality
        if statement.polarity is Polarity.NEGATIVE:
            frame = f"{frame}-negative"
        speaker = self._speaker(statement.speakers)
        return self._words.frames[frame].fill(speaker=speaker, claim=core)

    def _core(self, statement: Statement, subject: str, value: Value | None) -> str:
        if statement.share is not None:
            share = format_quantity(statement.share.quantity, self.language)
            subject = self._parts["share"].fill(share=share, s=subject)
        change = None
        if statement.change is not None:
            change = format_change(statement.change.change, self.language)
        if value is None:
            name = self._name(statement.property)
            return self._parts["change_only"].fill(s=subject, property=name, change=change or "")
        phrase = self._phrases.get(statement.property) or self._phrase(statement.property)
        core = phrase.fill(s=subject, o=self._value(value))
        return core if change is None else self._parts["change"].fill(claim=core, change=change)

    def _phrase(self, iri: str) -> _Pattern:
        """The pattern of sentences with a property."""
        property_ = self._vocabulary.properties.get(iri)
        phrases = property_.phrases if property_ is not None else {}
        text = phrases.get(self.language) or phrases.get("en")
        if text is None:
            # The name may hold braces; what is no gap stays as it is.
            name = self._name(iri).replace("{", "(").replace("}", ")")
            text = self._parts["no_phrase"].fill(s="{s}", property=name, o="{o}")
        self._phrases[iri] = pattern = _Pattern(text)
        return pattern

    def _name(self, iri: str) -> str:
        property_ = self._vocabulary.properties.get(iri)
        if property_ is None:
            return shrink(iri, self._facts.publication.prefixes)
        labels = property_.labels
        return labels.get(self.language) or labels.get("en") or property_.curie

    def _qualifier(self, iri: str, value: Value) -> str:
        qualifier = self._vocabulary.properties.get(iri)
        phrases = qualifier.qualifier_phrases if qualifier is not None else {}
        phrase = phrases.get(self.language) or phrases.get("en")
        words = self._value(value)
        return f"{self._name(iri)}: {words}" if phrase is None else phrase.replace("{o}", words)

    def _entity(self, slug: str) -> str:
        label = self._labels.get(slug)
        if label is None:
            entity = self._facts.entities[slug]
            label = self._labels[slug] = entity.labels.get(self.language) or entity.label
        return label

    def _value(self, value: Value) -> str:
        if isinstance(value, EntityValue):
            return self._entity(value.slug)
        if isinstance(value, QuantityValue):
            return format_quantity(value.quantity, self.language)
        if isinstance(value, PeriodValue):
            return format_period(value.period, self.language)
        if isinstance(value, TextValue | UnknownValue):
            return self._parts["text"].fill(text=value.text)
        if isinstance(value, ClaimValue):
            return self._parts["claim"].fill(id=value.id)
        if isinstance(value, IriValue):
            return shrink(value.iri, self._facts.publication.prefixes)
        return self._document()

    def _document(self) -> str:
        titles = self._facts.document.titles
        title = titles.get(self.language) or next(iter(titles.values()), None)
        if title is None:
            return self._parts["document"].fill()
        return self._parts["text"].fill(text=title)

    def _speaker(self, chain: tuple[str, ...]) -> str:
        names = [self._document() if slug == DOCUMENT else self._entity(slug) for slug in chain]
        said = names[-1]
        for outer in reversed(names[:-1]):
            said = self._parts["quoting"].fill(outer=outer, inner=said)
        return said
