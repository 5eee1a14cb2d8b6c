"""Checks whether two claims of one publication contradict each other."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

from lod.facts.context import Context
from lod.facts.reader import quoted
from lod.facts.schema import DOCUMENT
from lod.model.claim import Polarity, Statement
from lod.model.contradiction import (
    Compared,
    Said,
    Thing,
    Words,
    contrary_pairs,
    said,
)
from lod.model.expansion import HOLDING
from lod.model.times import span_of, time_of
from lod.model.value import (
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


def check_contradictions(context: Context, statements: Sequence[Statement]) -> None:
    """Report claims of the same speakers, of the same thing and time, that cannot both be true.

    `denies`, `replaces` or `comparedWith` on either of them settles it.

    Args:
        context: the publication.
        statements: its claims.
    """
    groups: dict[Hashable, list[tuple[int, Said]]] = {}
    for index, statement in enumerate(statements):
        if statement.modality not in HOLDING or statement.compared_with is not None:
            continue
        key = (statement.property, statement.speakers, statement.said_on)
        things = [(index, one) for one in _said(context, statement)]
        for subject in statement.subjects:
            groups.setdefault((subject, *key), []).extend(things)
    found = set()
    for group in groups.values():
        for first, second in contrary_pairs([one for _, one in group]):
            pair = (group[second][0], group[first][0])
            if not _is_settled(statements[pair[0]], statements[pair[1]]):
                found.add(pair)
    for later, earlier in sorted(found):
        if later != earlier:
            _report(context, statements[later], statements[earlier])


def _said(context: Context, statement: Statement) -> Iterator[Said]:
    """What each value of a claim says, as far as it can be compared."""
    vocabulary, during = context.vocabulary, statement.during
    when = time_of(
        None if during is None else during.period, statement.said_on or context.reference, ""
    )
    # Any qualifier tells two claims of one text apart: votes for and against it, say.
    conditions = {
        *((iri, _plain(v)) for iri, v in statement.qualifiers),
        *(() if statement.share is None else [statement.share.quantity]),
    }
    for value in statement.values:
        compared = _compared(context, value)
        if compared is not None:
            yield said(
                compared,
                when,
                is_denied=statement.polarity is Polarity.NEGATIVE,
                conditions=conditions,
                single=vocabulary.is_single_valued(statement.property),
                timeless=vocabulary.is_timeless(statement.property),
            )


def _compared(context: Context, value: Value) -> Compared | None:
    """A value as far as it can be compared; None for a gap that the text states."""
    match value:
        case QuantityValue(quantity):
            return quantity
        case PeriodValue(period):
            return span_of(period, "")
        case EntityValue(slug):
            return Thing(slug, "", context.entities[slug].type, frozenset(_above(context, slug)))
        case DocumentValue():
            return Thing(DOCUMENT)
        case ClaimValue(id_):
            return Thing(f"claim {id_}")
        case IriValue(iri):
            return Thing(iri, iri)
        case TextValue(text):
            return Words(text.casefold())
        case UnknownValue():
            return None


def _above(context: Context, slug: str) -> Iterator[str]:
    """The things that a thing is part of, directly or not."""
    seen = {slug}
    above = context.entities[slug].part_of
    while above is not None and above in context.entities and above not in seen:
        seen.add(above)
        yield above
        above = context.entities[above].part_of


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


def _report(context: Context, statement: Statement, other: Statement) -> None:
    context.report(
        statement,
        "contradiction",
        f"this contradicts the claim {quoted(other.id)}, of the same speaker and the same time",
        (*statement.path, "value"),
        "tell them apart by during: or a qualifier, or say how they relate: denies:, replaces: or"
        " comparedWith:, or say why both are right: {allow}",
    )
