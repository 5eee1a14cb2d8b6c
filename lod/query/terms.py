"""The terms of query results."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from msgspec import Struct

from lod.errors import QueryError
from lod.rdf.terms import iri_of, literal, split_literal, unescape

XSD = "http://www.w3.org/2001/XMLSchema#"
_STRING = f"{XSD}string"
_LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"


class TermType(StrEnum):
    """What a term is, in the words of the SPARQL results formats."""

    IRI = "uri"
    BLANK = "bnode"
    LITERAL = "literal"


class Term(Struct, frozen=True):
    """One RDF term.

    Attributes:
        type: IRI, blank node or literal.
        value: the IRI, the label of the blank node, or the lexical form of the literal.
        datatype: IRI of the literal's datatype, xsd:string included; None for other terms.
        language: language tag of the literal, or None.

    >>> Term.from_n3('"2023-01-31"^^<http://www.w3.org/2001/XMLSchema#date>').to_python()
    datetime.date(2023, 1, 31)
    """

    type: TermType
    value: str
    datatype: str | None = None
    language: str | None = None

    @classmethod
    def from_n3(cls, text: str) -> Term:
        """Read a term in N-Triples syntax.

        Raises:
            QueryError: it is a triple (RDF 1.2), which no result format here can hold.
        """
        if text.startswith("<<"):
            raise QueryError(
                "The result holds triples as terms, and these cannot be shown.",
                hint="Select their parts: SUBJECT(?t), PREDICATE(?t), OBJECT(?t).",
            )
        if text[0] == "<":
            return cls(TermType.IRI, iri_of(text))
        if text[0] == "_":
            return cls(TermType.BLANK, text[2:])
        lexical, language, datatype = split_literal(text)
        datatype = datatype or (_LANG_STRING if language else _STRING)
        return cls(TermType.LITERAL, unescape(lexical), datatype, language or None)

    def to_n3(self) -> str:
        r"""The term in N-Triples syntax.

        >>> Term(TermType.LITERAL, 'say "hi"\n', None, "en").to_n3()
        '"say \\"hi\\"\\n"@en'
        """
        if self.type is not TermType.LITERAL:
            return f"<{self.value}>" if self.type is TermType.IRI else f"_:{self.value}"
        text = literal(self.value)
        if self.language:
            return f"{text}@{self.language}"
        return f"{text}^^<{self.datatype}>" if self.datatype else text

    @property
    def is_number(self) -> bool:
        """Whether it is a literal of one of the number datatypes."""
        return self.datatype in _NUMBERS

    def to_python(self) -> object:
        """The value as Python has it.

        Returns:
            int, Decimal, float, bool, date, datetime or time for literals of those XSD datatypes
            whose lexical form Python can hold; else the value as str.
        """
        convert = _CONVERSIONS.get(self.datatype or "")
        if convert is None:
            return self.value
        try:
            return convert(self.value)
        except (ValueError, InvalidOperation):
            return self.value

    def __str__(self) -> str:
        return self.value


def _boolean(text: str) -> bool:
    if text not in ("true", "false", "1", "0"):
        raise ValueError(text)
    return text in ("true", "1")


def _decimal(text: str) -> Decimal:
    value = Decimal(text)
    if not value.is_finite():
        raise ValueError(text)
    return value


_INTEGERS = (
    "integer long int short byte nonNegativeInteger positiveInteger nonPositiveInteger "
    "negativeInteger unsignedLong unsignedInt unsignedShort unsignedByte"
)
_CONVERSIONS: Mapping[str, Callable[[str], object]] = {
    **{XSD + name: int for name in _INTEGERS.split()},
    f"{XSD}decimal": _decimal,
    f"{XSD}double": float,
    f"{XSD}float": float,
    f"{XSD}boolean": _boolean,
    f"{XSD}date": date.fromisoformat,
    f"{XSD}dateTime": datetime.fromisoformat,
    f"{XSD}time": time.fromisoformat,
}
_NUMBERS = frozenset(XSD + name for name in (*_INTEGERS.split(), "decimal", "double", "float"))

#: A row of a result: a term for each variable, None where it is unbound.
Row = tuple[Term | None, ...]
