"""How the terms of a vocabulary are said in a language."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from lod.language.data import FALLBACK, phrase_in
from lod.language.descriptions import Phrase, words_of
from lod.namespaces import shrink
from lod.vocabulary.names import REL

if TYPE_CHECKING:
    from lod.vocabulary.vocabulary import Vocabulary

_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
#: Classes of what can plan, be ready and the like.
_ACTING = frozenset({REL.Agent, REL.Country, REL.Group})
#: The forms of a clause that are no modality.
FINITE, INSIDE = "", "inside"


class Told(Struct, frozen=True):
    """How claims with a property are told.

    Attributes:
        property: IRI of the property of ours that has the words, or the property itself.
        special: patterns for what is special.
        texts: the kinds of quoted words for which there is one, and how to know them.
        classes: IRIs of the classes of subjects for which there is one, and their names.
    """

    property: str
    special: Mapping[str, Phrase]
    texts: Sequence[tuple[str, re.Pattern[str]]]
    classes: Sequence[tuple[str, str]]


@lru_cache(maxsize=16)
def phrases_of(vocabulary: Vocabulary, language: str) -> Phrases:
    """The phrases of a vocabulary in a language; asked for twice, they are the same."""
    return Phrases(vocabulary, language)


class Phrases:
    """The phrases of a vocabulary; each is made once.

    Args:
        vocabulary: its terms.
        language: a language that has words for sentences.
    """

    def __init__(self, vocabulary: Vocabulary, language: str) -> None:
        self._vocabulary = vocabulary
        self._language = language
        self._words = words_of(language)
        self._phrases: dict[str, Phrase] = {}
        self._told: dict[str, Told] = {}
        self._qualifiers: dict[tuple[str, bool, bool], tuple[Phrase, str]] = {}
        self._verbs: dict[tuple[str | None, str, str, bool, frozenset[str]], str | None] = {}

    def told(self, iri: str) -> Told:
        """How claims with a property are told."""
        found = self._told.get(iri)
        if found is None:
            ours = self._vocabulary.told_as.get(iri, iri)
            special = self._words.special.get(shrink(ours), {})
            kinds = {kind for name in special for kind in name.split()}
            classes = [(self._vocabulary.find_class(name), name) for name in special]
            found = self._told[iri] = Told(
                ours,
                special,
                [(name, one) for name, one in self._words.texts.items() if name in kinds],
                [(class_.iri, name) for class_, name in classes if class_ is not None],
            )
        return found

    def of_property(self, iri: str) -> Phrase:
        """The pattern of sentences with a property."""
        found = self._phrases.get(iri)
        if found is None:
            known = self._vocabulary.properties.get(iri)
            text = self._own(known.phrases if known is not None else {}, iri, "phrase")
            if text is None:
                text = self._words.data["parts"]["no_phrase" if self.name(iri) else "no_name"]
                text = text.replace("{property}", self.name(iri))
            self._phrases[iri] = found = self._words.phrase(text)
        return found

    def of_qualifier(self, iri: str, is_claim: bool, several: bool) -> tuple[Phrase, str]:
        """The phrase of a qualifier, and the form of the claims in it."""
        found = self._qualifiers.get((iri, is_claim, several))
        if found is None:
            data, known = self._words.data, self._vocabulary.properties.get(iri)
            phrases = known.qualifier_phrases if known is not None else {}
            text = self._own(phrases, iri, "qualifier") or f"{self.name(iri)}: {{o}}"
            clause = data.get("qualifiers", {}).get(shrink(iri)) if is_claim else None
            text = clause or text
            text = data.get("plurals", {}).get(text, text) if several else text
            found = Phrase(text, None, self._language), INSIDE if clause is None else FINITE
            self._qualifiers[iri, is_claim, several] = found
        return found

    def verb(
        self, phrase: Phrase, form: str, classes: frozenset[str], *, plural: bool
    ) -> str | None:
        """The verb of a phrase in a modality or inside another clause.

        Args:
            phrase: the phrase.
            form: the modality, or INSIDE.
            classes: of the subject.
            plural: whether that is many.
        """
        # Not by its text, which may hold the amount of a change: that of every claim is another.
        key = phrase.verb, phrase.first, form, plural, classes
        if key not in self._verbs:
            self._verbs[key] = self._verb(phrase, form, classes, plural=plural)
        return self._verbs[key]

    def _verb(
        self, phrase: Phrase, form: str, classes: frozenset[str], *, plural: bool
    ) -> str | None:
        words = self._words
        forms: list[str] = [] if phrase.verb is None else words.data["verbs"][phrase.verb]
        if len(forms) < 3:
            return words.number(phrase, plural=plural)
        if form == INSIDE:
            return forms[2]
        base = words.base(phrase, plural=plural)
        any_, *acting = words.data["modal"][form]
        # Nobody "plans to be invited", and what is no agent plans nothing.
        states = words.data.get("grammar", {}).get("states", ())
        if acting and phrase.first == "s" and base.partition(" ")[0] not in states:
            any_ = any_ if _ACTING.isdisjoint(classes) else acting[0]
        modal = words.phrase(any_)
        return modal.fill(words.number(modal, plural=plural), base=base)

    def name(self, iri: str) -> str:
        """A property as a noun, in words; "" where it has none."""
        property_ = self._vocabulary.properties.get(iri)
        if property_ is not None:
            labels = property_.labels
            label = labels.get(self._language) or labels.get(FALLBACK)
            if label is not None:
                # It may hold braces; what is no gap stays as it is.
                return label.replace("{", "(").replace("}", ")")
        local = iri[max(iri.rfind("#"), iri.rfind("/")) + 1 :]
        return _HUMP.sub(" ", local).lower() if local.isalpha() else ""

    def _own(self, phrases: dict[str, str], iri: str, kind: str) -> str | None:
        """The phrase in the language of the sentences; the English one where there is none."""
        return phrase_in(self._language, phrases, iri, kind) or phrase_in(
            FALLBACK, phrases, iri, kind
        )
