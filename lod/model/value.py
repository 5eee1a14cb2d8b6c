"""The values of claims, and the one table of their kinds."""

from __future__ import annotations

from enum import Enum
from typing import ClassVar

from msgspec import Struct

from lod.model.period import Period
from lod.model.quantity import Change, Quantity


class Kind(Enum):
    """What a value is. `holder` names the `lod:` property by which a claim has it.

    `has_node` is whether it becomes a node of the claim's own, with the wording of the quote.
    """

    ENTITY = ("entity", "value", False)
    DOCUMENT = ("document", "value", False)
    CLAIM = ("claim", "value", False)
    IRI = ("iri", "value", False)
    QUANTITY = ("quantity", "value", True)
    PERIOD = ("period", "value", True)
    TEXT = ("text", "literal", False)
    UNKNOWN = ("unknown", "unknown", False)

    def __init__(self, name: str, holder: str, has_node: bool) -> None:
        self.word = name
        self.holder = holder
        self.has_node = has_node


class EntityValue(Struct, frozen=True):
    """An entity, by its slug."""

    kind: ClassVar[Kind] = Kind.ENTITY
    slug: str


class DocumentValue(Struct, frozen=True):
    """The document itself."""

    kind: ClassVar[Kind] = Kind.DOCUMENT


class ClaimValue(Struct, frozen=True):
    """Another statement, by its id; every claim that it stands for is meant."""

    kind: ClassVar[Kind] = Kind.CLAIM
    id: str


class TextValue(Struct, frozen=True):
    """A literal in words.

    Attributes:
        text: the words.
        language: language tag, or None for a string without language.
    """

    kind: ClassVar[Kind] = Kind.TEXT
    text: str
    language: str | None = None


class QuantityValue(Struct, frozen=True):
    """A quantity with the words of the quote that state it (None where they were not found)."""

    kind: ClassVar[Kind] = Kind.QUANTITY
    quantity: Quantity
    wording: str | None = None


class PeriodValue(Struct, frozen=True):
    """A date or period with the words of the quote that state it."""

    kind: ClassVar[Kind] = Kind.PERIOD
    period: Period
    wording: str | None = None


class IriValue(Struct, frozen=True):
    """A resource outside the publication, by its IRI."""

    kind: ClassVar[Kind] = Kind.IRI
    iri: str


class UnknownValue(Struct, frozen=True):
    """A gap that the text itself states ("Data not available"), in its words."""

    kind: ClassVar[Kind] = Kind.UNKNOWN
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


class ChangeValue(Struct, frozen=True):
    """A change with the words of the quote that state it."""

    change: Change
    wording: str | None = None


class Comparison(Struct, frozen=True):
    """What a value or change is compared with: another time, another value, or both."""

    period: PeriodValue | None
    value: QuantityValue | None


def in_words(value: Value) -> str:
    """A value on one line, for people: a name of the facts, or the words of the text.

    >>> in_words(EntityValue("kazakhstan"))
    'kazakhstan'
    """
    match value:
        case EntityValue():
            return value.slug
        case DocumentValue():
            return "document"
        case ClaimValue():
            return f"the claim {value.id}"
        case IriValue():
            return value.iri
        case TextValue() | UnknownValue():
            return f"“{value.text}”"
        case QuantityValue():
            return value.wording or f"{value.quantity.said or value.quantity.proportion or '…'}"
        case PeriodValue():
            return value.wording or value.period.words or value.period.edtf or ""
