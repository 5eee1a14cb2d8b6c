"""Checks whether two claims of one publication contradict each other."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from decimal import Decimal

from lod.facts.context import Context
from lod.facts.reader import quoted
from lod.model.claim import Polarity, Statement
from lod.model.expansion import HOLDING
from lod.model.quantity import Comparator, Quantity
from lod.model.value import PeriodValue, QuantityValue, Value

_ABOUT = Decimal("0.1")  # of a number that is said to be approximate, either way


def check_contradictions(context: Context, statements: Sequence[Statement]) -> None:
    """Report claims of the same speakers, of the same thing and time, that cannot both be true.

    `denies`, `replaces` or `comparedWith` on either of them settles it.

    Args:
        context: the publication.
        statements: its claims.
    """
    seen: dict[Hashable, list[tuple[Statement, Value | None]]] = {}
    for statement in statements:
        if statement.modality not in HOLDING or statement.compared_with is not None:
            continue
        shared = _shared(statement)
        reported: set[str] = set()
        for subject in statement.subjects:
            for value in statement.values or (None,):
                others = seen.setdefault((subject, *shared), [])
                for other, its in others:
                    if (
                        other is not statement
                        and other.id not in reported
                        and not _is_settled(statement, other)
                        and _contradict(statement, value, other, its)
                    ):
                        reported.add(other.id)
                        _report(context, statement, other)
                others.append((statement, value))


def _shared(statement: Statement) -> tuple[Hashable, ...]:
    """What two claims must have in common to be about the same."""
    during = statement.during
    time = None if during is None else during.period.edtf or during.period.words
    return (
        statement.property,
        statement.speakers,
        statement.said_on,
        time,
        None if statement.share is None else statement.share.quantity,
        statement.change is not None,
        frozenset((iri, _plain(value)) for iri, value in statement.qualifiers),
    )


def _plain(value: Value) -> Hashable:
    """A value without its wording."""
    if isinstance(value, QuantityValue):
        return value.quantity
    return value.period if isinstance(value, PeriodValue) else value


def _is_settled(one: Statement, other: Statement) -> bool:
    return (
        other.id in (*one.denies, *one.replaces)
        or one.id in (*other.denies, *other.replaces)
        or other.compared_with is not None
    )


def _contradict(one: Statement, value: Value | None, other: Statement, its: Value | None) -> bool:
    if one.polarity is not other.polarity:
        return value is not None and its is not None and _plain(value) == _plain(its)
    if one.polarity is Polarity.NEGATIVE:
        return False
    if isinstance(value, QuantityValue) and isinstance(its, QuantityValue):
        return _apart(value.quantity, its.quantity)
    return (
        isinstance(value, PeriodValue)
        and isinstance(its, PeriodValue)
        and value.period.edtf is not None
        and its.period.edtf is not None
        and not value.period.edtf.startswith(its.period.edtf)
        and not its.period.edtf.startswith(value.period.edtf)
    )


def _apart(one: Quantity, other: Quantity) -> bool:
    """Whether no number is both quantities."""
    if one.unit != other.unit or one.per != other.per or one.ordinal != other.ordinal:
        return False
    first, second = _bounds(one), _bounds(other)
    if first is None or second is None:
        return False
    return first[1] < second[0] or second[1] < first[0]


def _bounds(quantity: Quantity) -> tuple[Decimal, Decimal] | None:
    if quantity.proportion is not None:
        return None
    if quantity.value is not None:
        room = abs(quantity.value) * _ABOUT
        around = room if quantity.comparator is Comparator.APPROXIMATELY else Decimal(0)
        return quantity.value - around, quantity.value + around
    low, high = Decimal("-Infinity"), Decimal("Infinity")
    return (
        low if quantity.minimum is None else quantity.minimum,
        high if quantity.maximum is None else quantity.maximum,
    )


def _report(context: Context, statement: Statement, other: Statement) -> None:
    context.report(
        statement,
        "contradiction",
        f"this contradicts the claim {quoted(other.id)}, of the same speaker and the same time",
        (*statement.path, "value"),
        "tell them apart by during: or a qualifier, or say how they relate: denies:, replaces: or"
        " comparedWith:, or say why both are right: {allow}",
    )
