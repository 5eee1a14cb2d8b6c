"""One plain sentence for each claim: who says what, and how it is meant."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from lod.facts.periods import format_period
from lod.facts.quantities import format_change, format_quantity
from lod.model.claim import (
    ClaimValue,
    DocumentValue,
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
    from lod.vocabulary.terms import Property
    from lod.vocabulary.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of sentences in one language, from `lod/dataset/sentences/*.toml`."""

    language: str
    frames: dict[str, str]
    parts: dict[str, str]


@lru_cache(maxsize=16)
def _words(language: str) -> _Words:
    """The words of a language, or English where it is not there."""
    folder = resources.files("lod.dataset") / "languages"
    file = folder / f"{language}.toml"
    if not file.is_file():
        language, file = "en", folder / "en.toml"
    data = tomllib.loads(file.read_text("utf-8"))
    return _Words(language, data["frames"], data["parts"])


class Sentences:
    """Writes the sentences of one publication.

    Args:
        facts: the publication.
        vocabulary: gives the phrases of the properties.

    Attributes:
        language: the language that the sentences are in.
    """

    __slots__ = ("_facts", "_vocabulary", "_words", "language")

    def __init__(self, facts: Facts, vocabulary: Vocabulary) -> None:
        self._facts = facts
        self._vocabulary = vocabulary
        self._words = _words(facts.document.language.partition("-")[0].lower())
        self.language = self._words.language

    def claim(self, statement: Statement, subject: Value, value: Value | None) -> str:
        """The sentence of one claim of a statement.

        Args:
            statement: the statement.
            subject: one of its subjects.
            value: one of its values; None where only a change is said.
        """
        parts = self._words.parts
        core = self._core(statement, self._value(subject), value)
        extra = [parts["qualifier"].format(q=q) for q in self._qualifiers(statement)]
        if statement.compared_with is not None:
            compared = statement.compared_with
            with_ = []
            if compared.value is not None:
                with_.append(format_quantity(compared.value.quantity, self.language))
            if compared.period is not None:
                with_.append(format_period(compared.period.period, self.language))
            extra.append(parts["compared"].format(c=" ".join(with_)))
        if statement.during is not None:
            time = format_period(statement.during.period, self.language)
            extra.append(parts["during"].format(t=time))
        frame = str(statement.modality)
        if statement.polarity is Polarity.NEGATIVE:
            frame += "-negative"
        speaker = self._speaker(statement.speakers)
        return self._words.frames[frame].format(speaker=speaker, claim=core + "".join(extra))

    def _core(self, statement: Statement, subject: str, value: Value | None) -> str:
        parts = self._words.parts
        if statement.share is not None:
            share = format_quantity(statement.share.quantity, self.language)
            subject = parts["share"].format(share=share, s=subject)
        property_ = self._vocabulary.properties.get(statement.property)
        change = None
        if statement.change is not None:
            change = format_change(statement.change.change, self.language)
        if value is None:
            name = self._name(property_, statement.property)
            return parts["change_only"].format(s=subject, property=name, change=change or "")
        core = self._phrase(property_, statement.property, subject, self._value(value))
        return core if change is None else parts["change"].format(claim=core, change=change)

    def _phrase(self, property_: Property | None, iri: str, subject: str, value: str) -> str:
        phrases = property_.phrases if property_ is not None else {}
        phrase = phrases.get(self.language) or phrases.get("en")
        if phrase is None:
            name = self._name(property_, iri)
            return self._words.parts["no_phrase"].format(s=subject, property=name, o=value)
        # Not str.format: labels and values may hold braces.
        before, _, after = phrase.partition("{s}")
        return before.replace("{o}", value) + subject + after.replace("{o}", value)

    def _name(self, property_: Property | None, iri: str) -> str:
        if property_ is None:
            return shrink(iri) or iri
        labels = property_.labels
        return labels.get(self.language) or labels.get("en") or property_.curie

    def _qualifiers(self, statement: Statement) -> list[str]:
        found = []
        for iri, value in statement.qualifiers:
            qualifier = self._vocabulary.properties.get(iri)
            phrases = qualifier.qualifier_phrases if qualifier is not None else {}
            phrase = phrases.get(self.language) or phrases.get("en")
            words = self._value(value)
            if phrase is None:
                found.append(f"{self._name(qualifier, iri)}: {words}")
            else:
                found.append(phrase.replace("{o}", words))
        return found

    def _value(self, value: Value) -> str:
        match value:
            case EntityValue(slug):
                labels = self._facts.entities[slug].labels
                return labels.get(self.language) or self._facts.entities[slug].label
            case QuantityValue(quantity):
                return format_quantity(quantity, self.language)
            case PeriodValue(period):
                return format_period(period, self.language)
            case TextValue(text) | UnknownValue(text):
                return self._words.parts["text"].format(text=text)
            case ClaimValue(id_):
                return self._words.parts["claim"].format(id=id_)
            case DocumentValue():
                titles = self._facts.document.titles
                title = titles.get(self.language) or next(iter(titles.values()), None)
                name = self._words.parts["document"]
                return name if title is None else self._words.parts["text"].format(text=title)
            case IriValue(iri):
                return shrink(iri) or iri

    def _speaker(self, chain: tuple[str, ...]) -> str:
        names = [
            self._value(DocumentValue() if slug == "document" else EntityValue(slug))
            for slug in chain
        ]
        said = names[-1]
        for outer in reversed(names[:-1]):
            said = self._words.parts["quoting"].format(outer=outer, inner=said)
        return said
