"""Claims: who says what, in which words, for which time."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from lod.diagnostics import Path
from lod.model.anchor import Anchor
from lod.model.period import Period
from lod.model.quantity import Change, Quantity


class Modality(StrEnum):
    """How a claim is meant. The value is the local name of the `lod:` concept."""

    STATED = "stated"
    IMPLIED = "implied"
    POSSIBLE = "possible"
    PLANNED = "planned"
    EXPECTED = "expected"
    OFFERED = "offered"
    EVALUATIVE = "evaluative"
    RETRACTED = "retracted"


class Polarity(StrEnum):
    """Whether a claim affirms or denies. The value is the local name of the `lod:` concept."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


@dataclass(frozen=True, slots=True)
class EntityValue:
    """An entity, by its slug."""

    slug: str


@dataclass(frozen=True, slots=True)
class DocumentValue:
    """The document itself."""


@dataclass(frozen=True, slots=True)
class ClaimValue:
    """Another statement, by its id; every claim that it stands for is meant."""

    id: str


@dataclass(frozen=True, slots=True)
class TextValue:
    """A literal in words.

    Attributes:
        text: the words.
        language: language tag, or None for a string without language.
    """

    text: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class QuantityValue:
    """A quantity with the words of the quote that state it (None where they were not found)."""

    quantity: Quantity
    wording: str | None = None


@dataclass(frozen=True, slots=True)
class PeriodValue:
    """A date or period with the words of the quote that state it."""

    period: Period
    wording: str | None = None


@dataclass(frozen=True, slots=True)
class IriValue:
    """A resource outside the publication, by its IRI."""

    iri: str


@dataclass(frozen=True, slots=True)
class UnknownValue:
    """A gap that the text itself states ("Data not available"), in its words."""

    text: str


Value = (
    EntityValue
    | DocumentValue
    | ClaimValue
    | TextValue
    | QuantityValue
    | PeriodValue
    | IriValue
    | UnknownValue
)
#: What may be the subject of a claim.
Subject = EntityValue | DocumentValue | ClaimValue


@dataclass(frozen=True, slots=True)
class ChangeValue:
    """A change with the words of the quote that state it."""

    change: Change
    wording: str | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a value or change is compared with: another time, another value, or both."""

    period: PeriodValue | None
    value: QuantityValue | None


@dataclass(slots=True)
class Statement:
    """One entry of `claims:`, with every list still whole.

    What its claims share stands here once: anchors, speakers, period, value nodes.

    Attributes:
        id: its id in the facts.
        subjects: one or several; every combination with `values` is a claim.
        property: IRI of the property.
        values: one or several; none where only a change is said.
        share: restricts the subject ("almost all"), or None.
        change: how the value changed, or None.
        compared_with: what with, or None.
        during: when, or None.
        said_on: xsd:date of the utterance where it is not the document's, or None.
        qualifiers: IRI of the qualifier and its value, in the order of the facts.
        speakers: slugs of the speaker chain, outermost first; "document" for the document itself.
        modality: how it is meant.
        polarity: whether it affirms or denies.
        denies: ids of the statements that it denies.
        replaces: ids of the statements that it replaces.
        anchors: the words that it rests on, at least one.
        means: words of its quotes (case folded) to the slugs that they mean.
        allow: finding code to the reason why it is overruled.
        note: the editor's remark, or None.
        path: where it stands in the facts.
    """

    id: str
    subjects: tuple[Subject, ...]
    property: str
    values: tuple[Value, ...]
    share: QuantityValue | None = None
    change: ChangeValue | None = None
    compared_with: Comparison | None = None
    during: PeriodValue | None = None
    said_on: str | None = None
    qualifiers: tuple[tuple[str, Value], ...] = ()
    speakers: tuple[str, ...] = ()
    modality: Modality = Modality.STATED
    polarity: Polarity = Polarity.POSITIVE
    denies: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    means: dict[str, tuple[str, ...]] = field(default_factory=dict)
    allow: dict[str, str] = field(default_factory=dict)
    note: str | None = None
    path: Path = field(default=(), compare=False)
