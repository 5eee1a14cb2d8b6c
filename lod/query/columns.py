"""Results by column, each of one type, so that data frames, Parquet and Arrow take them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from lod.query.terms import Row, Term, TermType

if TYPE_CHECKING:
    import pandas
    import pyarrow

_LEAST, _MOST = -(1 << 63), (1 << 63) - 1
#: Digits of a decimal of 128 bits; those of 256 are for Arrow alone, Polars does not take them.
_MOST_DIGITS = 38
_MICROSECONDS = 6


class Column(Struct, frozen=True):
    """The values of one variable.

    Attributes:
        kind: "integer" (of 64 bits), "decimal", "float", "boolean", "date", "time", "dateTime",
            "instant" (a dateTime with its zone), or "text", which every other mixture is.
        values: of the Python type of the kind; None where it is unbound.
    """

    kind: str
    values: list[Any]

    @property
    def digits(self) -> tuple[int, int]:
        """Of decimals: how many digits they have at most, and how many of them after the point."""
        before = after = 0
        for value in self.values:
            if value is not None:
                _, digits, exponent = Decimal(value).as_tuple()
                assert isinstance(exponent, int)  # noqa: S101 - `to_python` gives finite ones
                after = max(after, -exponent)
                before = max(before, len(digits) + exponent, 1)
        return before + after, after


def columns(rows: Sequence[Row], width: int) -> list[Column]:
    """The columns of a table.

    Integers and decimals together are decimals, as are integers of more than 64 bits. Whatever
    else differs in type, or does not fit, is text as the data has it: no digit is lost.

    Args:
        rows: the rows.
        width: how many columns there are.
    """
    return [_column([row[at] for row in rows]) for at in range(width)]


def _column(terms: list[Term | None]) -> Column:
    values = [None if term is None else term.to_python() for term in terms]
    kinds = {
        _kind(term, value) for term, value in zip(terms, values, strict=True) if term is not None
    }
    if kinds == {"integer"}:
        return Column("integer", values)
    if kinds and kinds <= {"integer", "large", "decimal"}:
        column = Column("decimal", [None if one is None else Decimal(str(one)) for one in values])
        if column.digits[0] <= _MOST_DIGITS:
            return column
    elif len(kinds) == 1 and kinds != {"text"}:
        return Column(kinds.pop(), values)
    return Column("text", [None if term is None else term.value for term in terms])


def _kind(term: Term, value: object) -> str:
    if term.type is not TermType.LITERAL:
        return "text"
    match value:
        case bool():
            return "boolean"
        case int():
            return "integer" if _LEAST <= value <= _MOST else "large"
        case Decimal():
            return "decimal"
        case float():
            return "float"
        case datetime() | time() if len(term.value.partition(".")[2].rstrip("Z")) > _MICROSECONDS:
            return "text"
        case datetime():
            return "dateTime" if value.tzinfo is None else "instant"
        case date():
            return "date"
        case time():
            return "time" if value.tzinfo is None else "text"
    return "text"


def to_frame(names: Sequence[str], found: Sequence[Column]) -> pandas.DataFrame:
    """Columns as a data frame of pandas, which has to be installed."""
    import pandas

    def series(column: Column) -> Any:
        values = column.values
        match column.kind:
            case "integer":
                return pandas.array(values, dtype="Int64")
            case "boolean":
                return pandas.array(values, dtype="boolean")
            case "float":
                # By hand, since NaN is a value and no unbound cell.
                import numpy

                missing = numpy.array([value is None for value in values], dtype=bool)
                numbers = [0.0 if value is None else value for value in values]
                return pandas.arrays.FloatingArray(numpy.array(numbers, dtype=float), missing)
            case "dateTime":
                return pandas.Series(values, dtype="datetime64[us]")
            case "instant":
                return pandas.Series(values, dtype="datetime64[us, UTC]")
            case "text":
                return pandas.array(values, dtype="string")
        return pandas.Series(values, dtype=object)

    return pandas.DataFrame(
        {name: series(column) for name, column in zip(names, found, strict=True)}
    )


def to_table(names: Sequence[str], found: Sequence[Column]) -> pyarrow.Table:
    """Columns as a table of Arrow; pyarrow has to be installed."""
    import pyarrow

    types = {
        "integer": pyarrow.int64(),
        "boolean": pyarrow.bool_(),
        "float": pyarrow.float64(),
        "date": pyarrow.date32(),
        "time": pyarrow.time64("us"),
        "dateTime": pyarrow.timestamp("us"),
        "instant": pyarrow.timestamp("us", tz="UTC"),
        "text": pyarrow.string(),
    }

    def type_of(column: Column) -> pyarrow.DataType:
        if column.kind != "decimal":
            return types[column.kind]
        return pyarrow.decimal128(*column.digits)

    arrays = [pyarrow.array(column.values, type_of(column)) for column in found]
    return pyarrow.table(arrays, names=list(names))
