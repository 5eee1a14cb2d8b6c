"""The sentences that describe claims are those that an editor would write, by tables.

`sentences/claims-xx.tsv` has the claims and their sentences, `sentences/cast-xx.toml` who and what
they are about. In a cell: `'words'` are words of the text, `#` begins a quantity, `@` a date
(`@'words'` one that stays words), `?` a stated gap, `claim:` another claim; what is left is an
entity. Several `key: value` of the column `more` are separated by ", " before a key.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from lod.dataset.build import build_dataset
from lod.dataset.sentences import Sentences
from lod.language.data import languages
from lod.language.edtf import parse_edtf
from lod.language.quantities import parse_change, parse_quantity, parse_share
from lod.model.anchor import Anchor, Selector
from lod.model.claim import Modality, Polarity, Statement
from lod.model.entity import Entity, Number
from lod.model.facts import Document, Facts, Publication, Publisher
from lod.model.period import Period
from lod.model.value import (
    ChangeValue,
    ClaimValue,
    Comparison,
    DocumentValue,
    EntityValue,
    IriValue,
    PeriodValue,
    QuantityValue,
    TextValue,
    UnknownValue,
    Value,
)
from lod.validation.checks.data import Data
from lod.validation.checks.sentences import check_sentences
from lod.vocabulary.vocabulary import load_vocabulary

FOLDER = Path(__file__).parent / "sentences"
COLUMNS = ("speaker", "modality", "subject", "property", "value", "more", "sentence")
VOCABULARY = load_vocabulary()
LANGUAGES = sorted(languages("descriptions"))


def read_rows(language: str) -> list[dict[str, str]]:
    """The rows of a table; lines with # are remarks."""
    text = (FOLDER / f"claims-{language}.tsv").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, COLUMNS, delimiter="\t", quoting=csv.QUOTE_NONE))


class Cast:
    """The claims of a table, made of what the cells say.

    Args:
        language: of the table.
    """

    def __init__(self, language: str) -> None:
        self._language = language
        cast = tomllib.loads((FOLDER / f"cast-{language}.toml").read_text("utf-8"))
        self._entities = {slug: self._entity(slug, data) for slug, data in cast["entities"].items()}
        publisher = Publisher("Example Data Desk")
        self._publication = Publication("https://data.example.org/", {}, "", publisher)
        self._document = Document("", "", language, "", {language: cast["title"]})
        claims = cast.get("claims", {}).items()
        self._claims = [
            self.statement(dict(zip(COLUMNS, [*cells, "", ""], strict=False)), id_)
            for id_, cells in claims
        ]

    @property
    def slugs(self) -> Collection[str]:
        """The slugs of its entities."""
        return self._entities

    def call(self, slug: str, name: str) -> str:
        """Give an entity another name; the one before comes back."""
        labels = self._entities[slug].labels
        before, labels[self._language] = labels[self._language], name
        return before

    def findings(self, rows: list[dict[str, str]]) -> list[tuple[str, str]]:
        """What `lod validate` finds in the sentences that are published for rows."""
        statements = [self.statement(row, f"row-{n}") for n, row in enumerate(rows)]
        statements += [one for one in self._claims if one.id != "loop"]
        for one in statements:
            one.anchors = (Anchor((Selector("One", "", "", 0, 3),), 1, 1),)
        facts = Facts(self._publication, self._document, self._entities, statements)
        dataset = build_dataset(facts, VOCABULARY)
        data = Data(dataset.default, dataset.graphs, VOCABULARY)
        check_sentences(data)
        return [(str(one.focus_node), one.message) for one in data.results]

    def sentence(self, row: dict[str, str]) -> str:
        """What is published for a row."""
        statement = self.statement(row)
        facts = self.facts([statement, *self._claims])
        value = statement.values[0] if statement.values else None
        return Sentences(facts, VOCABULARY).claim(statement, statement.subjects[0], value)

    def facts(self, statements: list[Statement]) -> Facts:
        """A publication of these claims."""
        return Facts(self._publication, self._document, self._entities, statements)

    def statement(self, row: dict[str, str], id_: str = "this") -> Statement:
        """The statement of a row."""
        modality, negative, _ = row["modality"].partition("-negative")
        property_ = VOCABULARY.find_property(row["property"])
        assert property_ is not None, row["property"]
        statement = Statement(
            id_,
            tuple(map(self._subject, row["subject"].split(", "))),
            property_.iri,
            (self._value(row["value"]),) if row["value"] else (),
            speakers=tuple(
                "document" if one == "doc" else one for one in row["speaker"].split(", ")
            ),
            modality=Modality(modality),
            polarity=Polarity.NEGATIVE if negative else Polarity.POSITIVE,
        )
        for pair in filter(None, re.split(r", (?=\w+: )", row["more"] or "")):
            self._add(statement, *pair.split(": ", 1))
        return statement

    def _add(self, statement: Statement, key: str, words: str) -> None:
        tag = self._language
        if key == "share":
            statement.share = QuantityValue(parse_share(words, tag))
        elif key == "change":
            statement.change = ChangeValue(parse_change(words, tag))
        elif key == "during":
            statement.during = self._period(words)
        elif key == "comparedWith":
            time, _, value = words.partition(" = ")
            amount = QuantityValue(parse_quantity(value, tag)) if value else None
            statement.compared_with = Comparison(self._period(time), amount)
        else:
            qualifier = VOCABULARY.find_qualifier(key)
            assert qualifier is not None, key
            said = self._value(f"#{words}" if key == "ordinal" else words)
            statement.qualifiers += ((qualifier.iri, said),)

    def _entity(self, slug: str, data: dict[str, Any]) -> Entity:
        class_ = VOCABULARY.find_class(data["type"])
        assert class_ is not None, data["type"]
        entity = Entity(slug, class_.iri, {self._language: data["label"]})
        entity.article, entity.pronoun = data.get("article"), data.get("pronoun")
        if "number" in data:
            entity.number = Number(data["number"])
        if "inSentence" in data:
            entity.in_sentence = {self._language: data["inSentence"]}
        return entity

    def _subject(self, cell: str) -> EntityValue | DocumentValue | ClaimValue:
        value = self._value(cell)
        assert isinstance(value, EntityValue | DocumentValue | ClaimValue)
        return value

    def _value(self, cell: str) -> Value:
        if cell.startswith("'"):
            return TextValue(cell[1:-1], self._language)
        if cell.startswith("?"):
            return UnknownValue(cell[2:-1])
        if cell.startswith("#"):
            return QuantityValue(parse_quantity(cell[1:], self._language))
        if cell.startswith("@"):
            return self._period(cell[1:])
        if cell.startswith("claim:"):
            return ClaimValue(cell.removeprefix("claim:"))
        if cell.startswith("https:"):
            return IriValue(cell)
        if cell == "doc":
            return DocumentValue()
        assert cell in self._entities, cell
        return EntityValue(cell)

    def _period(self, cell: str) -> PeriodValue:
        if cell.startswith("'"):
            return PeriodValue(Period(words=cell[1:-1]))
        return PeriodValue(parse_edtf(cell))


cast = cache(Cast)


@pytest.mark.parametrize(
    ("language", "row"),
    [
        pytest.param(language, row, id=f"{language}-{n}")
        for language in LANGUAGES
        for n, row in enumerate(read_rows(language))
    ],
)
def test_a_claim_reads_as_an_editor_would_write_it(language: str, row: dict[str, str]) -> None:
    assert cast(language).sentence(row) == row["sentence"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_validation_knows_what_an_editor_would_write(language: str) -> None:
    rows = [row for row in read_rows(language) if "claim:loop" not in str(row)]
    assert cast(language).findings(rows) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tables_have_every_property_modality_and_polarity(language: str) -> None:
    rows = read_rows(language)
    assert len(rows) >= (400 if language == "en" else 80)
    ours = {one.curie for one in VOCABULARY.properties.values() if one.is_statement}
    told = {f"rel:{row['property']}" for row in rows}
    assert ours - told == set()
    assert {row["modality"] for row in rows} == {
        f"{modality}{negative}" for modality in Modality for negative in ("", "-negative")
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_check_of_a_dataset_finds_a_fault_in_a_sentence(language: str) -> None:
    cast = Cast(language)
    # Claims within claims stand in circles here, which no publication may have.
    rows = [row for row in read_rows(language) if "claim:" not in "".join(map(str, row.values()))]
    statements = [cast.statement(row, f"row-{number}") for number, row in enumerate(rows)]
    for statement in statements:
        statement.anchors = (Anchor((Selector("x", "", "", 0, 1),), 1, 1),)
    dataset = build_dataset(cast.facts(statements), VOCABULARY)
    data = Data(dataset.default, dataset.graphs, VOCABULARY)
    check_sentences(data)
    found = [one for one in data.results if one.component.endswith("#Sentence")]
    assert len(data.claims) >= len(rows)
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_name_stands_in_a_sentence_as_it_is(language: str) -> None:
    odd, plain = Cast(language), "\0\0"
    row = next(one for one in read_rows(language) if one["speaker"] in odd.slugs)
    said = odd.sentence(row)
    name = odd.call(row["speaker"], plain)
    assert odd.sentence(row) == said.replace(name, plain)
