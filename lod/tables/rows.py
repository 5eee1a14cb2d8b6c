"""The rows of the tables: what a publication says, one claim, anchor, entity or figure a row."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from lod.dataset.about import Items
from lod.dataset.sentences import Sentences
from lod.errors import LodError
from lod.facts.schema import DOCUMENT
from lod.language.periods import format_period, parse_period
from lod.language.quantities import format_change, format_quantity, parse_change, parse_share
from lod.model.expansion import Expansion, holds
from lod.model.value import (
    ChangeValue,
    ClaimValue,
    DocumentValue,
    EntityValue,
    IriValue,
    PeriodValue,
    QuantityValue,
    TextValue,
    UnknownValue,
    Value,
)
from lod.namespaces import local_name, shrink
from lod.tables.columns import QUOTE, WITH, WORDS, Cell, Column
from lod.tables.facts import allow_data
from lod.vocabulary.terms import ValueKind

if TYPE_CHECKING:
    from lod.model.anchor import Selector
    from lod.model.claim import Statement
    from lod.model.expansion import Claim
    from lod.model.facts import Facts
    from lod.model.quantity import Quantity
    from lod.vocabulary.terms import Property
    from lod.vocabulary.vocabulary import Vocabulary

#: What stands before the id of a claim.
CLAIM = "claim/"
#: The language of words that have none.
UNDETERMINED = "und"

#: A row: the cells that are filled, by the name of their column.
Row = dict[str, Cell]


class Rows:
    """The rows of one publication.

    Args:
        facts: a publication without errors.
        vocabulary: the vocabulary that it was read with.
        versions: whether the quotes of further versions of the text are wanted.
    """

    def __init__(self, facts: Facts, vocabulary: Vocabulary, *, versions: bool = True) -> None:
        self._facts = facts
        self._vocabulary = vocabulary
        self._base = facts.publication.base
        self._expansion = Expansion(facts.statements)
        self._sentences = Sentences(facts, vocabulary)
        self._language = self._sentences.language
        self._versions = facts.document.versions if versions else ()
        self._texts: dict[str, _Places] = {}
        self._items = Items(facts)

    def _places(self, version: str) -> _Places:
        """Where the quotes of a version begin in its text."""
        found = self._texts.get(version)
        if found is None:
            anchors = (a for one in self._facts.statements for a in one.anchors_in(version))
            quotes = (selector.exact for anchor in anchors for selector in anchor.selectors)
            text = self._facts.document.version(version).text
            found = self._texts[version] = _Places(text, quotes)
        return found

    def of_versions(self, table: str) -> list[Column]:
        """The columns of a table for the further versions of the text."""
        columns = []
        for one in self._versions:
            words = Column(
                WORDS + one.name,
                "string",
                f"The words of the version {one.name} that state the value.",
                language=one.language,
            )
            if table == "claims":
                doc = f"The words of the version {one.name} that it rests on."
                name, tag = QUOTE + one.name, one.language
                columns += [Column(name, "list", doc, term="lod:quote", language=tag), words]
            elif table == "figures":
                columns.append(words)
        if self._versions and table == "anchors":
            doc = "Name of the version that they stand in; empty for the document's own text."
            columns.append(Column("version", "string", doc))
        return columns

    def _wordings(self, statement: Statement, of: Callable[[Statement], object]) -> Row:
        """The words of the document's own text for a value, and those of each further version.

        Args:
            statement: what is quoted.
            of: gives the value of the statement as one text has it.
        """
        columns = {"": "text", **{one.name: WORDS + one.name for one in self._versions}}
        return {
            columns[name]: getattr(of(one), "wording", None)
            for name, one in statement.texts().items()
            if name in columns
        }

    def of(self, table: str) -> Iterator[Row]:
        """The rows of a table, in the order of the facts.

        Args:
            table: "claims", "anchors", "entities" or "figures".
        """
        return {
            "claims": self._claims,
            "anchors": self._anchors,
            "entities": self._entities,
            "figures": self._figures,
        }[table]()

    def qualifiers(self) -> list[Column]:
        """A column for each qualifier that the claims have, in the order of the facts."""
        iris = self.qualifier_iris().values()
        known = self._vocabulary.properties
        return [qualifier_column(self._key(iri), iri, known.get(iri)) for iri in iris]

    def qualifier_iris(self) -> dict[str, str]:
        """Name of the column of each qualifier that the claims have, to its IRI."""
        statements = self._facts.statements
        return {WITH + self._key(iri): iri for one in statements for iri, _ in one.qualifiers}

    def _key(self, iri: str) -> str:
        """The word by which the facts name a property or qualifier."""
        known = self._vocabulary.properties.get(iri)
        if known is None:
            return shrink(iri, self._facts.publication.prefixes)
        word = known.key or local_name(iri)
        find = (
            self._vocabulary.find_property
            if known.is_statement
            else (self._vocabulary.find_qualifier)
        )
        named = find(word)
        if named is not None and named.iri == iri:
            return word
        return shrink(iri, self._facts.publication.prefixes)

    def _claims(self) -> Iterator[Row]:
        for statement in self._facts.statements:
            shared = self._shared(statement)
            for claim in self._expansion.expand(statement):
                yield self._claim(claim, shared)

    def _shared(self, statement: Statement) -> Row:
        """The cells that all claims of a statement have alike."""
        own = statement.anchors_in()
        known = self._vocabulary.properties.get(statement.property)
        labels = {} if known is None else known.labels
        compared = statement.compared_with
        row: Row = {
            "statement": statement.id,
            "quote": tuple(anchor.exact for anchor in own),
            **(self._place(own[0].selectors[0], own[0].selectors[-1]) if own else {}),
            **{
                QUOTE + one.name: tuple(anchor.exact for anchor in statement.anchors_in(one.name))
                for one in self._versions
            },
            **_said(statement),
            "speakers": statement.speakers,
            "said_on": statement.said_on,
            "stale_after": statement.stale_after,
            "holds": holds(statement, self._vocabulary),
            "property": self._key(statement.property),
            "property_label": labels.get(self._language) or labels.get("en"),
            "property_iri": statement.property,
            "denies": statement.denies,
            "replaces": statement.replaces,
            "qualifiers": tuple(dict.fromkeys(self._key(iri) for iri, _ in statement.qualifiers)),
            "means": _json(statement.means),
            "allow": _json(self._allow(statement)),
        }
        if statement.share is not None:
            row["share"] = self._words(statement.share)
        if statement.change is not None:
            row["change"] = format_change(statement.change.change, self._language)
        if compared is not None and compared.value is not None:
            row["compared_value"] = self._words(compared.value)
        if compared is not None and compared.period is not None:
            period = compared.period.period
            row["compared_period"] = period.words or compared.period.wording
            row["compared_edtf"] = period.edtf
        for iri, value in statement.qualifiers:
            name = WITH + self._key(iri)
            before = row.get(name, ())
            row[name] = (*(before if isinstance(before, tuple) else ()), self._words(value))
        return row

    def _allow(self, statement: Statement) -> dict[str, Any]:
        """What is overruled, each value as the table has it: else it would bind to none there."""
        data = allow_data(statement.allow, "claims")
        if not data:
            return data
        compared = statement.compared_with
        values = [*statement.values, *(value for _, value in statement.qualifiers)]
        own = {self._words(value) for value in values}
        for one in (statement.share, None if compared is None else compared.value):
            if one is not None:
                own.add(self._words(one))
        if statement.change is not None:
            own.add(format_change(statement.change.change, self._language))
        for code, forms in data.items():
            data[code] = [
                {**form, "value": [self._as_here(word, own) for word in form["value"]]}
                if isinstance(form, dict)
                else form
                for form in (forms if isinstance(forms, list) else [forms])
            ]
        return {code: forms[0] if len(forms) == 1 else forms for code, forms in data.items()}

    def _as_here(self, word: str, own: set[str]) -> str:
        """A value as one of these says the same; itself where none does."""
        document = self._facts.document
        tag = document.language

        def period() -> str | None:
            date = document.published
            return parse_period(words=word, edtf=None, reference=date, language=tag).edtf

        readings: tuple[Callable[[], str | None], ...] = (
            lambda: format_quantity(parse_share(word, tag), self._language),
            lambda: format_change(parse_change(word, tag), self._language),
            period,
        )
        for reading in () if word in own else readings:
            try:
                said = reading()
            except LodError:
                continue
            if said in own:
                return str(said)
        return word

    def _place(self, selector: Selector, last: Selector, version: str = "") -> Row:
        """Where words stand, and how the first are told from the same words elsewhere."""
        return {
            "prefix": selector.prefix,
            "suffix": last.suffix,
            "start": selector.start,
            "end": last.end,
            "occurrence": self._places(version).occurrence(selector.exact, selector.start),
        }

    def _claim(self, claim: Claim, shared: Row) -> Row:
        statement = claim.statement
        period = statement.during
        row: Row = {
            "claim": claim.id,
            "iri": f"{self._base}claim/{claim.id}",
            "sentence": self._sentences.claim(statement, claim.subject, claim.value),
            **shared,
            "subject": self._words(claim.subject, claim.subject_claim),
            **self._thing("subject", claim.subject),
        }
        value = claim.value
        if value is not None:
            row["value"] = self._words(value, claim.value_claim)
            row["value_kind"] = value.kind.word
            row |= self._thing("value", value)
        if isinstance(value, QuantityValue):
            row |= self._quantity(value.quantity)
        if isinstance(value, QuantityValue | PeriodValue):
            row |= self._wordings(statement, lambda one: one.values[claim.index])
        if isinstance(value, TextValue) and value.language != self._facts.document.language:
            row["value_language"] = value.language or UNDETERMINED
        if period is not None:
            row |= _time(period)
            row["period"] = period.period.words or period.wording
        return row

    def _thing(self, column: str, value: Value) -> Row:
        """What an entity is called, its class and its item."""
        if isinstance(value, DocumentValue):
            titles = self._facts.document.titles
            return {f"{column}_label": next(iter(titles.values()), None)}
        if not isinstance(value, EntityValue):
            return {}
        entity = self._facts.entities[value.slug]
        return {
            f"{column}_label": entity.labels.get(self._language) or entity.label,
            f"{column}_type": self._class(entity.type),
            f"{column}_item": self._item(value.slug),
        }

    def _class(self, iri: str) -> str:
        named = self._vocabulary.find_class(local_name(iri))
        if named is not None and named.iri == iri:
            return local_name(iri)
        return shrink(iri, self._facts.publication.prefixes)

    def _item(self, slug: str) -> str | None:
        link = self._facts.entities[slug].link
        return None if link is None or link.close else link.qid

    def _words(self, value: Value, claim: str = "") -> str:
        """A value as the facts write it; a claim with `claim/` before its id."""
        match value:
            case EntityValue(slug=slug):
                return slug
            case ClaimValue(id=id_):
                return f"{CLAIM}{claim or id_}"
            case DocumentValue():
                return DOCUMENT
            case QuantityValue(quantity=quantity):
                return format_quantity(quantity, self._language)
            case PeriodValue(period=period):
                return period.edtf or format_period(period, self._language)
            case IriValue(iri=iri):
                return iri
            case TextValue(text=text) | UnknownValue(text=text):
                return text

    def _quantity(self, quantity: Quantity) -> Row:
        if quantity.proportion is not None:
            return {}
        unit = quantity.unit
        return {
            "number": quantity.said,
            "unit": None if unit is None or unit.currency is not None else unit.text,
            "currency": None if unit is None else unit.currency,
            "comparator": quantity.comparator.value,
            "lower": quantity.minimum,
            "upper": quantity.maximum,
        }

    def _anchors(self) -> Iterator[Row]:
        names = {"", *(one.name for one in self._versions)}
        for statement in self._facts.statements:
            number = 0
            anchors = [anchor for anchor in statement.anchors if anchor.version in names]
            for quote, anchor in enumerate(anchors, 1):
                for selector in anchor.selectors:
                    number += 1
                    yield {
                        "statement": statement.id,
                        "anchor": number,
                        "quote": quote,
                        "exact": selector.exact,
                        **self._place(selector, selector, anchor.version),
                        "sentence": anchor.sentence,
                        "paragraph": anchor.paragraph,
                        "iri": f"{self._base}claim/{statement.id}/anchor/{number}",
                        **({"version": anchor.version} if anchor.version else {}),
                    }

    def _entities(self) -> Iterator[Row]:
        uses = Counter(
            slug
            for statement in self._facts.statements
            for slug in {
                value.slug
                for value in (*statement.subjects, *statement.values)
                if isinstance(value, EntityValue)
            }
        )
        for slug, entity in self._facts.entities.items():
            link = entity.link
            shown = entity.labels.get(self._language) or entity.label
            row: Row = {
                "entity": slug,
                "label": shown,
                "type": self._class(entity.type),
                "type_iri": entity.type,
                "labels": ()
                if entity.labels == {self._facts.document.language: shown}
                else tuple(f"{language}={text}" for language, text in entity.labels.items()),
                "article": entity.article,
                "in_sentence": tuple(f"{tag}={words}" for tag, words in entity.in_sentence.items()),
                "number": None if entity.number is None else str(entity.number),
                "pronoun": entity.pronoun,
                "also": entity.also,
                "description": entity.description,
                "members": entity.members,
                "about": entity.about,
                "part_of": entity.part_of,
                "same_as": entity.same_as,
                "allow": _json(allow_data(entity.allow, "entities")),
                "statements": uses[slug],
                "iri": f"{self._base}entity/{slug}",
            }
            if link is not None:
                row["item"], row["no_item"] = link.qid, link.reason
                if link.qid is not None:
                    row["match"] = "close" if link.close else "same"
            yield row

    def _figures(self) -> Iterator[Row]:
        for statement in self._facts.statements:
            subjects = tuple(map(self._words, statement.subjects))
            items = tuple(
                item
                for one in statement.subjects
                if isinstance(one, EntityValue) and (item := self._item(one.slug))
            )
            named = [one.slug for one in statement.subjects if isinstance(one, EntityValue)]
            around = frozenset().union(*map(self._items.of_entity, named))
            shared: Row = {
                "statement": statement.id,
                "subject": subjects,
                "subject_item": items,
                "about_item": tuple(sorted(around, key=lambda qid: int(qid[1:]))),
                "property": self._key(statement.property),
                "property_iri": statement.property,
                **_said(statement),
            }
            numbers: Counter[str] = Counter()
            for index, (role, figure, time) in enumerate(self._roles(statement)):
                numbers[role] += 1
                row: Row = {**shared, "role": role, "figure": numbers[role]}
                row |= self._wordings(statement, partial(self._figure, index))
                if isinstance(figure, ChangeValue):
                    amount = figure.change.amount
                    row["direction"] = figure.change.direction.value
                    row["value"] = format_change(figure.change, self._language)
                else:
                    amount = figure.quantity
                    row["value"] = self._words(figure)
                if amount is not None:
                    row |= self._quantity(amount)
                    row["proportion"] = amount.proportion
                    if amount.per is not None:
                        row["per"] = format_quantity(amount.per, self._language)
                yield row if time is None else row | _time(time)

    def _figure(self, index: int, statement: Statement) -> QuantityValue | ChangeValue:
        return [*self._roles(statement)][index][1]

    def _roles(
        self, statement: Statement
    ) -> Iterator[tuple[str, QuantityValue | ChangeValue, PeriodValue | None]]:
        """The figures of a statement: in which role each stands, and its time."""
        compared = statement.compared_with
        for value in statement.values:
            if isinstance(value, QuantityValue):
                yield "value", value, statement.during
        if statement.share is not None:
            yield "share", statement.share, statement.during
        if statement.change is not None:
            yield "change", statement.change, statement.during
        if compared is not None and compared.value is not None:
            yield "compared", compared.value, compared.period
        for iri, value in statement.qualifiers:
            if isinstance(value, QuantityValue):
                yield WITH + self._key(iri), value, statement.during


def qualifier_column(key: str, iri: str, qualifier: Property | None) -> Column:
    """The column of a qualifier.

    Args:
        key: the word by which the facts name it.
        iri: its IRI.
        qualifier: what the vocabulary says of it. One that takes nothing but words is the term
            of its column; the cells of another are names that stand for several kinds of things.
    """
    doc = f"The qualifier {key}."
    if qualifier is None or qualifier.kinds != {ValueKind.TEXT}:
        return Column(WITH + key, "list", doc)
    return Column(WITH + key, "list", doc, term=iri, words=True)


def _said(statement: Statement) -> Row:
    """Who says a statement, and how."""
    return {
        "speaker": statement.speakers[-1] if statement.speakers else None,
        "modality": statement.modality.value,
        "polarity": statement.polarity.value,
    }


def _time(value: PeriodValue) -> Row:
    return {
        "start_date": value.period.start,
        "end_date": value.period.end,
        "edtf": value.period.edtf,
    }


def _json(data: Mapping[str, Any]) -> str | None:
    """A mapping as JSON; None where it is empty."""
    return json.dumps(data, ensure_ascii=False) if data else None


#: Code points of the beginnings of quotes by which their places are found.
_BEGINNING = 12


class _Places:
    """Where quotes begin in a text, found in one pass over it for all of them.

    Args:
        text: the text.
        quotes: the quotes that will be asked for.
    """

    def __init__(self, text: str, quotes: Iterable[str]) -> None:
        self._text = text
        self._begins: dict[str, list[int]] = {quote[:_BEGINNING]: [] for quote in quotes}
        for length in {len(begin) for begin in self._begins}:
            for at in range(len(text) - length + 1):
                found = self._begins.get(text[at : at + length])
                if found is not None:
                    found.append(at)

    def occurrence(self, quote: str, start: int) -> int | None:
        """Which of several places of a quote one is, from 1; None where there is no other."""
        begins = self._begins[quote[:_BEGINNING]]
        places = [at for at in begins if self._text.startswith(quote, at)]
        return places.index(start) + 1 if len(places) > 1 else None
