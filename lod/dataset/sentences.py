"""One plain sentence for each claim: who says what, and how it is meant.

All words are data of the languages: `lod/language/descriptions.py` says how sentences are made of
them; the phrases of properties stand with the terms and in `phrases.toml`. A phrase for what is
special (an event that is in a place, a value that is a noun) is in the table `special` of the
language: here no property is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from lod.dataset.phrases import FINITE, INSIDE, phrases_of
from lod.facts.schema import DOCUMENT
from lod.language.data import primary
from lod.language.descriptions import Phrase, frame_of, words_of
from lod.language.inflection import run_on
from lod.language.periods import format_period
from lod.language.quantities import format_change, format_quantity
from lod.model.claim import Modality, Polarity, Statement
from lod.model.entity import Number
from lod.model.facts import Facts
from lod.model.quantity import Quantity
from lod.model.value import (
    ClaimValue,
    Comparison,
    DocumentValue,
    EntityValue,
    IriValue,
    PeriodValue,
    QuantityValue,
    Subject,
    TextValue,
    UnknownValue,
    Value,
)
from lod.namespaces import shrink
from lod.vocabulary.names import REL
from lod.vocabulary.terms import ValueKind

if TYPE_CHECKING:
    from lod.vocabulary.vocabulary import Vocabulary


#: The phrase of a qualifier whose words say what it is.
_ALONE = Phrase("{o}")
#: How deep claims are told within claims.
_DEEPEST = 2


class Sentences:
    """Writes the sentences of one publication.

    Args:
        facts: the publication.
        vocabulary: gives the phrases of the properties.

    Attributes:
        vocabulary: the terms.
        words: the words of the language.
        language: the language that the sentences are in.
        phrases: those of the vocabulary in this language.
    """

    __slots__ = (
        "_facts",
        "_frames",
        "_names",
        "_plurals",
        "_statements",
        "language",
        "phrases",
        "vocabulary",
        "words",
    )

    def __init__(self, facts: Facts, vocabulary: Vocabulary) -> None:
        self._facts = facts
        self.vocabulary = vocabulary
        self.words = words_of(primary(facts.document.language))
        self._names: dict[str, str] = {}
        self._frames: dict[tuple[str, str], list[str]] = {}
        self._plurals: dict[str, bool] = {}
        self._statements: dict[str, Statement] = {}
        self.language = self.words.language
        self.phrases = phrases_of(vocabulary, self.language)

    def claim(self, statement: Statement, subject: Subject, value: Value | None) -> str:
        """The sentence of one claim of a statement.

        Args:
            statement: the statement.
            subject: one of its subjects.
            value: one of its values; None where only a change is said.
        """
        values = () if value is None else (value,)
        *outer, speaker = statement.speakers
        said = self._said(statement, subject, values, speaker)
        for slug in reversed(outer):
            said = self._frame(self.words.frames["chain"], slug, said)
        first = said.partition(" ")[0]
        return f"{said[0].upper() if first.islower() else said[0]}{said[1:]}."

    def _said(
        self, statement: Statement, subject: Subject, values: tuple[Value, ...], speaker: str
    ) -> str:
        words = self.words
        key = frame_of(statement.modality, statement.polarity)
        clause = _Clause(self, statement, (subject,), values, key, speaker)
        if statement.modality is Modality.EVALUATIVE and statement.polarity is Polarity.POSITIVE:
            judged = clause.special("evaluative")
            if judged is not None:
                names = {"speaker": self._speaker(speaker)}
                if isinstance(subject, ClaimValue):
                    names["claim"] = self.value(subject, form=FINITE)
                plural = self._speaks_in_plural(speaker)
                return clause.told(judged, words.number(judged, plural=plural), **names)
        frame = words.frames[key]
        if clause.phrase.verb is None:
            frame = words.plain.get(key, frame)
        return self._frame(frame, speaker, str(clause))

    def _frame(self, frame: Phrase, speaker: str, claim: str) -> str:
        around = self._frames.get((frame.text, speaker))
        if around is None:
            verb = self.words.number(frame, plural=self._speaks_in_plural(speaker))
            name = self._speaker(speaker)
            gap = "\0" * (name.count("\0") + 1)  # which the name does not hold
            around = frame.fill(verb, speaker=name, claim=gap).split(gap)
            self._frames[frame.text, speaker] = around
        # "affirme que Acme": the last word before it may run together with the claim.
        before, word = around[0].rstrip(" ").rpartition(" ")[::2]
        said = run_on(word, claim, self.language)
        return claim.join(around) if said == f"{word} {claim}" else f"{before} {said}{around[1]}"

    def _speaker(self, slug: str) -> str:
        return self.document() if slug == DOCUMENT else self.entity(slug)

    def _speaks_in_plural(self, slug: str) -> bool:
        return slug != DOCUMENT and self.is_plural(EntityValue(slug))

    def classes(self, value: Value | None) -> frozenset[str]:
        """The classes of a thing; none for what is no entity."""
        if not isinstance(value, EntityValue):
            return frozenset()
        return self.vocabulary.superclasses(self._facts.entities[value.slug].type)

    def is_plural(self, value: Value) -> bool:
        """Whether one speaks of it in the plural: a group is many, unless the facts say not."""
        if not isinstance(value, EntityValue):
            return False
        plural = self._plurals.get(value.slug)
        if plural is None:
            number = self._facts.entities[value.slug].number
            plural = number is Number.PLURAL or (
                number is None and REL.Group in self.classes(value)
            )
            self._plurals[value.slug] = plural
        return plural

    def pronoun(self, value: Value) -> str | None:
        """What a speaker is called who speaks of itself; None where its name is the best."""
        if not isinstance(value, EntityValue):
            return None
        pronouns: dict[str, str] = self.words.data.get("pronouns", {})
        own = self._facts.entities[value.slug].pronoun
        if own is not None or self.is_plural(value):
            return own or pronouns.get("plural")
        classes = self.classes(value)
        return next((p for class_, p in pronouns.items() if self._iri(class_) in classes), None)

    def _iri(self, curie: str) -> str:
        found = self.vocabulary.find_class(curie)
        return curie if found is None else found.iri

    def qualifiers(
        self, given: Sequence[tuple[str, Value]], *, depth: int
    ) -> list[tuple[str, str, str]]:
        """Each qualifier, like ones as one: its property, its values, and how it is said."""
        alike: dict[tuple[str, bool], list[Value]] = {}
        for iri, value in given:
            alike.setdefault((iri, isinstance(value, ClaimValue)), []).append(value)
        found = []
        for (iri, is_claim), values in alike.items():
            phrase, form = self.phrases.of_qualifier(iri, is_claim, len(values) > 1)
            said = self.words.joined([self.value(one, depth=depth, form=form) for one in values])
            first = values[0]
            if isinstance(first, TextValue):
                lead = phrase.text.partition("{o}")[0].casefold()
                # Quoted words that have the word before them need no other.
                if lead and first.text.casefold().startswith(lead):
                    phrase = _ALONE
            found.append((iri, said, phrase.fill(o=said)))
        return found

    def entity(self, slug: str) -> str:
        """An entity as it is called in a sentence, with its article."""
        name = self._names.get(slug)
        if name is None:
            entity = self._facts.entities[slug]
            name = entity.in_sentence.get(self.language)
            if name is None:
                label = entity.labels.get(self.language)
                article = entity.article if entity.article and label is not None else ""
                article += " " if article and article[-1] not in "'’" else ""
                name = f"{article}{label or entity.label}"
            self._names[slug] = name
        return name

    def label(self, value: Value) -> str | None:
        """The label of an entity, without an article."""
        if not isinstance(value, EntityValue):
            return None
        entity = self._facts.entities[value.slug]
        return entity.labels.get(self.language) or entity.label

    def has_article(self, slug: str) -> bool:
        """Whether an entity is called by more than its label."""
        return self.entity(slug) not in self._facts.entities[slug].labels.values()

    def value(self, value: Value, *, depth: int = 0, form: str = INSIDE) -> str:
        """A value in words.

        Args:
            value: of any kind.
            depth: how many claims it stands within.
            form: of the clause, where it is a claim.
        """
        if isinstance(value, EntityValue):
            return self.entity(value.slug)
        if isinstance(value, QuantityValue):
            return format_quantity(value.quantity, self.language)
        if isinstance(value, PeriodValue):
            if value.period.edtf is None:
                return self.quoted(value.period.words or "")
            return format_period(value.period, self.language)
        if isinstance(value, TextValue | UnknownValue):
            return self.quoted(value.text)
        if isinstance(value, ClaimValue):
            return self._nested(value.id, depth, form)
        if isinstance(value, IriValue):
            return value.iri
        return self.document()

    def quoted(self, text: str) -> str:
        """Words of the text, in quotation marks."""
        return text.join(self.words.quotes)

    def _nested(self, id_: str, depth: int, form: str) -> str:
        """A claim within a claim."""
        if not self._statements:
            self._statements = {one.id: one for one in self._facts.statements}
        statement = self._statements.get(id_)
        parts = self.words.data["parts"]
        if statement is None or depth >= _DEEPEST:
            return str(parts["elsewhere"])
        denied = statement.polarity is Polarity.NEGATIVE
        within = form == INSIDE and "within" not in parts
        said = str(
            _Clause(
                self,
                statement,
                statement.subjects,
                statement.values,
                FINITE if denied else INSIDE if within else statement.modality,
                depth=depth + 1,
            )
        )
        if denied:
            said = self.words.part("not_so_inside" if within else "not_so", claim=said)
        return self.words.part("within", claim=said) if "within" in parts else said

    def document(self, but: str | None = None) -> str:
        """The document by its title, where that is not what is said of it already."""
        titles = self._facts.document.titles
        title = titles.get(self.language) or next(iter(titles.values()), None)
        if title is None or title == but:
            return str(self.words.data["parts"]["document"])
        return self.quoted(title)


class _Clause:
    """What is claimed, without who says it.

    Args:
        sentences: gives the words.
        statement: the statement.
        subjects: of which it is said; several are one list.
        values: likewise; none where only a change is said.
        form: "" for a plain clause, "inside" for one in the place of a thing, or what `[modal]`
            has: the modality.
        speaker: slug of who says it; None within another claim.
        depth: how many claims it stands within.
    """

    def __init__(
        self,
        sentences: Sentences,
        statement: Statement,
        subjects: tuple[Subject, ...],
        values: tuple[Value, ...],
        form: str,
        speaker: str | None = None,
        *,
        depth: int = 0,
    ) -> None:
        self._sentences = sentences
        self._words = sentences.words
        self._statement = statement
        self._subjects = subjects
        self._values = values
        self._form = form if form == INSIDE or form in self._words.modals else FINITE
        self._depth = depth
        self._speaker = speaker
        self._told_as = sentences.phrases.told(statement.property)
        self._specials = self._told_as.special
        given = statement.qualifiers
        if depth:  # within another claim, only what narrows it
            given = tuple(one for one in given if sentences.vocabulary.narrows(one[0]))
        self._qualifiers = sentences.qualifiers(given, depth=depth) if given else []
        self._used = self._q = ""  # the qualifier that the phrase has a gap for, and its values
        self._subject = self._words.joined([self._named(one) for one in subjects])
        share = statement.share
        self._restricted = self._subject if share is None else self._share(share.quantity)
        self._value = self._words.joined([self._said(one) for one in values]) if values else ""
        self.phrase = self._phrase()

    def _named(self, subject: Subject) -> str:
        title = self._values[0] if self._values else None
        if isinstance(subject, DocumentValue) and isinstance(title, TextValue):
            return self._sentences.document(but=title.text)
        return self._sentences.value(subject, depth=self._depth)

    def _said(self, value: Value) -> str:
        if isinstance(value, QuantityValue) and self._counts_subject(value.quantity):
            return format_quantity(replace(value.quantity, unit=None), self._words.language)
        return self._sentences.value(value, depth=self._depth)

    def _counts_subject(self, quantity: Quantity) -> bool:
        """Whether the unit of a count is said with the subject already; no rate leaves it out."""
        if quantity.unit is None or quantity.per is not None or "once" not in self._specials:
            return False
        unit = quantity.unit.text.casefold()
        return self._subject.casefold().startswith(unit) or f" {unit}" in self._subject.casefold()

    def special(self, before: str = "") -> Phrase | None:
        """The pattern for what is special about the claim, or None.

        Args:
            before: the word that the names of the patterns begin with.
        """
        specials = self._specials
        if not specials:
            return None
        for kind in (*self._kinds(), ""):
            found = specials.get(f"{before} {kind}".strip())
            if found is not None:
                return found
        return None

    def _kinds(self) -> Iterator[str]:
        """What may be special, the most special first."""
        value = self._values[0] if len(self._values) == 1 else None
        if isinstance(value, QuantityValue):
            quantity = value.quantity
            if self._counts_subject(quantity):
                yield "once"
            if quantity.unit is None and quantity.per is None and quantity.proportion is None:
                yield "bare"
        elif isinstance(value, TextValue):
            yield from (name for name, one in self._told_as.texts if one.search(value.text))
        if isinstance(self._subjects[0], ClaimValue):
            yield "claim"
        if self._told_as.classes:
            classes = self._sentences.classes(self._subjects[0])
            yield from (name for class_, name in self._told_as.classes if class_ in classes)

    def _phrase(self) -> Phrase:
        specials = self._specials
        changed = "" if self._values else " change"
        for iri, said, _ in self._qualifiers:
            found = specials.get(f"{shrink(iri)}{changed}")
            if found is not None:
                self._used, self._q = iri, said
                return self._changing(found) if changed else found
        if changed or (isinstance(self._values[0], UnknownValue) and self._is_figure()):
            return self._changing(specials.get("change"))
        return self.special() or self._sentences.phrases.of_property(self._told_as.property)

    def _changing(self, pattern: Phrase | None) -> Phrase:
        """The pattern of a figure that changes, or that is not stated."""
        words, change = self._words, self._statement.change
        text = words.data["parts"]["change_only"] if pattern is None else pattern.text
        said = words.data["parts"]["unknown"] if change is None else words.changed(change.change)
        name = self._sentences.phrases.name(self._told_as.property)
        return words.phrase(text.replace("{property}", name).replace("{change}", said))

    def _is_figure(self) -> bool:
        known = self._sentences.vocabulary.properties.get(self._told_as.property)
        return known is not None and known.kinds <= {ValueKind.QUANTITY, ValueKind.PERIOD}

    def __str__(self) -> str:
        """The clause."""
        phrase = self.phrase
        first = {"s": self._subjects, "o": self._values}.get(phrase.first, ())
        plural = len(first) > 1 or (len(first) == 1 and self._sentences.is_plural(first[0]))
        subject, one = self._restricted, self._subjects[0]
        itself = isinstance(one, EntityValue) and one.slug == self._speaker
        if itself and self._statement.share is None and phrase.first == "s":
            grammar = self._words.data.get("grammar", {})
            if self._form in grammar.get("said_once", ()) and phrase.verb is not None:
                subject = ""
            elif (pronoun := self._sentences.pronoun(one)) is not None:
                subject = pronoun
                plural = plural or pronoun in grammar.get("plural_pronouns", ())
        verb = self._words.number(phrase, plural=plural)
        if self._form:
            classes = self._sentences.classes(one)
            verb = self._sentences.phrases.verb(phrase, self._form, classes, plural=plural)
        return self.told(phrase, verb, s=subject).lstrip()

    def _share(self, quantity: Quantity) -> str:
        """The subject with the share of it that is meant."""
        shares = self._words.data["shares"]
        kind = quantity.proportion or "other"
        if quantity.proportion is None and quantity.unit is None:
            kind = "number" if quantity.per is None else "ratio"
        entity = self._subjects[0]
        named = isinstance(entity, EntityValue) and self._sentences.has_article(entity.slug)
        pattern = shares["other"] if named else shares.get(kind, shares["other"])
        return self._words.phrase(pattern).fill(share=self._words.share(quantity), s=self._subject)

    def told(self, phrase: Phrase, verb: str | None, **names: str) -> str:
        """The clause by a phrase, with all that is said beside subject and value.

        Args:
            phrase: the phrase.
            verb: its verb.
            names: what else stands in the gaps.
        """
        said = {"s": self._restricted, "o": self._value, "q": self._q, **names}
        if "{label}" in phrase.text:
            said["label"] = self._sentences.label(self._subjects[0]) or said["s"]
        core = phrase.fill(verb, **said)
        statement, words = self._statement, self._words
        if statement.change is not None and self._values:
            change = format_change(statement.change.change, words.language)
            core += words.part("change", change=change)
        if statement.during is not None:
            core += self._when(core, statement.during)
        if statement.compared_with is not None:
            core += self._compared(statement.compared_with)
        for iri, _, one in self._qualifiers:
            if iri != self._used and not self._says(core, one):
                core += words.part("qualifier", q=one)
        return core

    def _says(self, core: str, words: str) -> bool:
        """Whether the place or the time is said already, with a thing that it belongs to."""
        if words not in core:
            return False
        return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", core) is not None

    def _when(self, core: str, period: PeriodValue) -> str:
        said = self._sentences.value(period)
        if period.period.edtf is None:
            return self._words.part("during_words", t=said)
        return "" if self._says(core, self._bare(said)) else self._words.part("during", t=said)

    def _bare(self, time: str) -> str:
        """A time without its preposition."""
        prepositions = self._words.data.get("grammar", {}).get("prepositions", ())
        return next((time[len(one) :] for one in prepositions if time.startswith(one)), time)

    def _compared(self, compared: Comparison) -> str:
        time = "" if compared.period is None else self._sentences.value(compared.period)
        if compared.value is None:
            return self._words.part("compared", c=self._bare(time))
        value = self._sentences.value(compared.value)
        return self._words.part("compared", c=f"{value} {time}".strip())
