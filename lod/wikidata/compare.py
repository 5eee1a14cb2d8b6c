"""Compares the claims of a publication with the statements of Wikidata."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from lod.model.facts import Facts
from lod.model.period import Period
from lod.model.quantity import Comparator, Quantity
from lod.model.value import PeriodValue, QuantityValue, TextValue
from lod.vocabulary.vocabulary import Vocabulary
from lod.wikidata.mapped import MappedClaim, Unmapped, Wanted, map_claims
from lod.wikidata.statements import (
    INVERSES,
    SINGLE_VALUED,
    Seen,
    Snapshot,
    read_statements,
)
from lod.wikidata.values import (
    Amount,
    ItemRef,
    Known,
    Moment,
    Span,
    Special,
    Words,
    moment_of_period,
    span_of,
    unit_of,
)


class Agreement(StrEnum):
    """How two values go together.

    ============ ==================================================================
    same         both say the same
    compatible   one is more exact than the other, and both can be true
    different    both cannot be true
    incomparable they cannot be compared, as with two different units
    ============ ==================================================================
    """

    SAME = "same"
    COMPATIBLE = "compatible"
    DIFFERENT = "different"
    INCOMPARABLE = "incomparable"


def compare_quantity(ours: Quantity, theirs: Amount) -> Agreement:
    """Compare a quantity of the text with an amount of Wikidata.

    Wikidata's bounds are inclusive and come in pairs; without them the amount is meant exactly. A
    hedge of ours leaves room on the side that it names. "About" means every number that rounds to
    ours, with at least two digits: about 28 is 27.5 to 28.5, about 1,000 is 950 to 1,050.
    """
    unit = unit_of(ours.unit)
    if unit is None or unit != theirs.unit or ours.per is not None or ours.proportion is not None:
        return Agreement.INCOMPARABLE
    low, high = theirs.low, theirs.high
    if ours.comparator is Comparator.EXACTLY and ours.value is not None:
        if theirs.amount == ours.value:
            return Agreement.SAME if low == high else Agreement.COMPATIBLE
        return Agreement.COMPATIBLE if low <= ours.value <= high else Agreement.DIFFERENT
    if ours.comparator is Comparator.APPROXIMATELY and ours.value is not None:
        if theirs.amount == ours.value:
            return Agreement.SAME if theirs.circa else Agreement.COMPATIBLE
        room = rounding(ours.value)
        near = low <= ours.value + room and high >= ours.value - room
        return Agreement.COMPATIBLE if near else Agreement.DIFFERENT
    if ours.minimum is None and ours.maximum is None:
        return Agreement.INCOMPARABLE
    exclusive = ours.comparator not in {
        Comparator.AT_LEAST,
        Comparator.AT_MOST,
        Comparator.BETWEEN,
    }
    least, most = ours.minimum, ours.maximum
    below = least is not None and (high < least or (exclusive and high == least))
    above = most is not None and (low > most or (exclusive and low == most))
    fits = not below and not above
    if fits and theirs.has_bounds and (low, high) == (least, most):
        return Agreement.SAME
    return Agreement.COMPATIBLE if fits else Agreement.DIFFERENT


def rounding(value: Decimal) -> Decimal:
    """Half a step of the last digit that a rounded number gives, of two digits at least.

    >>> rounding(Decimal("28")), rounding(Decimal("1000")), rounding(Decimal("28500"))
    (Decimal('0.5'), Decimal('5E+1'), Decimal('5E+1'))
    """
    exponent = value.normalize().adjusted()
    digits = max(2, len(value.normalize().as_tuple().digits))
    return Decimal(5).scaleb(exponent - digits)


def compare_period(ours: Period, theirs: Moment, *, circa: bool = False) -> Agreement:
    """Compare a date of the text with a time of Wikidata, each as exact as it is said.

    Args:
        ours: a date or period.
        theirs: a time.
        circa: whether Wikidata calls it approximate (P1480).
    """
    mine, other = span_of(ours), theirs.span
    if mine is None or other is None:
        return Agreement.INCOMPARABLE
    if mine == other:
        exact = ours.approximate == circa and not ours.uncertain
        return Agreement.SAME if exact else Agreement.COMPATIBLE
    if mine.contains(other) or other.contains(mine):
        return Agreement.COMPATIBLE
    written = moment_of_period(ours)
    if written is not None and written.julian and replace(written, julian=False) == theirs:
        return Agreement.COMPATIBLE  # It may be the same day: the text names no calendar.
    if ours.approximate or ours.uncertain or circa:
        return Agreement.INCOMPARABLE  # How far "around" reaches, nobody says.
    return Agreement.DIFFERENT


class Outcome(StrEnum):
    """What a comparison of one claim found.

    ============== ================================================================
    there          the statement is there, with a reference that names a source
    unreferenced   the statement is there, but no reference names a source
    different      Wikidata says something else, and both cannot be true
    absent         Wikidata says nothing of it
    not comparable the claim cannot be a statement of Wikidata; the reason says why
    ============== ================================================================
    """

    THERE = "there"
    UNREFERENCED = "unreferenced"
    DIFFERENT = "different"
    ABSENT = "absent"
    NOT_COMPARABLE = "not comparable"


class Timing(StrEnum):
    """How the time of a claim and that of a statement go together; the nearest first."""

    SAME = "same time"
    WITHIN = "one within the other"
    OVERLAP = "overlapping times"
    UNKNOWN = "no time given"
    APART = "other time"


class Judged(Struct, frozen=True):
    """A statement that was considered.

    Attributes:
        seen: the statement.
        agreement: how its value goes with that of the claim.
        timing: how its time goes with that of the claim.
        inverse: whether it stands on the item of the value, and says it from that side.
    """

    seen: Seen
    agreement: Agreement
    timing: Timing
    inverse: bool = False


class Compared(Struct, frozen=True):
    """What was found for one claim.

    Attributes:
        claim: the claim, in the terms of Wikidata as far as that goes.
        outcome: what was found.
        reason: why it is not comparable; else None.
        match: the statement that says the same; None where there is none.
        considered: the statements of the property, those that count most first.
        notes: what else a reader should know.
        held_wrong: whether Wikidata has the very value as deprecated.
    """

    claim: MappedClaim | Unmapped
    outcome: Outcome
    reason: str | None = None
    match: Judged | None = None
    considered: tuple[Judged, ...] = ()
    notes: tuple[str, ...] = ()
    held_wrong: bool = False


def compare(facts: Facts, vocabulary: Vocabulary, snapshot: Snapshot) -> list[Compared]:
    """Compare every claim of a publication.

    Args:
        facts: the publication.
        vocabulary: its terms, with their mappings.
        snapshot: what Wikidata says of `needed_items(facts, vocabulary)`.

    Returns:
        One result a claim, in the order of the facts; several where its property maps to several.
    """
    symmetric = {iri for iri, term in vocabulary.properties.items() if term.symmetric}
    return [
        Compared(claim, Outcome.NOT_COMPARABLE, claim.reason)
        if isinstance(claim, Unmapped)
        else compare_claim(claim, snapshot, symmetric=claim.statement.property in symmetric)
        for claim in map_claims(facts, vocabulary)
    ]


def compare_claim(claim: MappedClaim, snapshot: Snapshot, *, symmetric: bool = False) -> Compared:
    """Compare one claim.

    Args:
        claim: a claim in the terms of Wikidata.
        snapshot: what Wikidata says.
        symmetric: whether its property holds both ways.
    """
    notes = []
    ids = [claim.item, *([claim.value.qid] if isinstance(claim.value, ItemRef) else [])]
    for qid in ids:
        # The value's own item may be unread, since it tells the other side only; gone it may not.
        why = snapshot.problem(qid) if qid == claim.item else snapshot.problems.get(qid)
        if why is not None:
            return Compared(claim, Outcome.NOT_COMPARABLE, f"{qid} {why}")
        if snapshot.resolve(qid) != qid:
            notes.append(f"{qid} was merged into {snapshot.resolve(qid)}")
    during = claim.statement.during
    span = None if during is None else span_of(during.period)
    direct = read_statements(
        snapshot.resolve(claim.item), claim.pid, snapshot.statements(claim.item, claim.pid)
    )
    everything = [
        Judged(seen, agreement(claim.value, seen, snapshot), timing(span, seen.times))
        for seen in direct
    ] + _inverse(claim, span, snapshot, symmetric=symmetric)
    considered = tuple(one for one in everything if not one.seen.deprecated)
    held_wrong = any(one.seen.deprecated and one.agreement is Agreement.SAME for one in everything)
    if held_wrong:
        notes.append("Wikidata has this value as deprecated")
    if during is not None and span is None:
        notes.append("its time could not be resolved, so it was not compared")
    match = _match(claim, considered)
    if match is None:
        outcome, reason, more = _without_match(claim, considered)
        notes += more
        return Compared(claim, outcome, reason, None, considered, tuple(notes), held_wrong)
    notes += _match_notes(match, considered, span)
    outcome = Outcome.THERE if match.seen.is_referenced else Outcome.UNREFERENCED
    return Compared(claim, outcome, None, match, considered, tuple(notes), held_wrong)


def _inverse(
    claim: MappedClaim, span: Span | None, snapshot: Snapshot, *, symmetric: bool
) -> list[Judged]:
    """The statements that say the same from the side of the value."""
    if not isinstance(claim.value, ItemRef):
        return []
    other, item = snapshot.resolve(claim.value.qid), ItemRef(snapshot.resolve(claim.item))
    properties = (*INVERSES.get(claim.pid, ()), *((claim.pid,) if symmetric else ()))
    return [
        Judged(seen, Agreement.SAME, timing(span, seen.times), inverse=True)
        for property_ in properties
        for seen in read_statements(other, property_, snapshot.statements(other, property_))
        if seen.value == item
    ]


def agreement(wanted: Wanted, seen: Seen, snapshot: Snapshot) -> Agreement:
    """How the value of a claim and that of a statement go together."""
    theirs: Known | None = seen.value
    if isinstance(theirs, Special):
        return Agreement.DIFFERENT if theirs.kind == "novalue" else Agreement.INCOMPARABLE
    match wanted, theirs:
        case ItemRef(ours), ItemRef(qid):
            same = snapshot.resolve(ours) == snapshot.resolve(qid)
            return Agreement.SAME if same else Agreement.DIFFERENT
        case QuantityValue(quantity), Amount():
            return compare_quantity(quantity, theirs)
        case PeriodValue(period), Moment():
            return compare_period(period, theirs, circa=seen.circa)
        case TextValue(text, language), Words(words, theirs_language):
            if language and theirs_language and language != theirs_language:
                return Agreement.INCOMPARABLE
            return Agreement.SAME if _folded(text) == _folded(words) else Agreement.DIFFERENT
    return Agreement.INCOMPARABLE


def timing(ours: Span | None, theirs: Sequence[Span]) -> Timing:
    """How the time of a claim and those of a statement go together: the nearest of them.

    >>> timing(Span((2023, 1, 1), (2023, 12, 31)), [Span((2023, 5, 1), (2023, 5, 31))])
    <Timing.WITHIN: 'one within the other'>
    """
    if ours is None or not theirs:
        return Timing.UNKNOWN
    if ours in theirs:
        return Timing.SAME
    if any(ours.contains(one) or one.contains(ours) for one in theirs):
        return Timing.WITHIN
    return Timing.OVERLAP if any(map(ours.overlaps, theirs)) else Timing.APART


_AGREEMENTS, _TIMINGS = list(Agreement), list(Timing)


def _match(claim: MappedClaim, considered: Sequence[Judged]) -> Judged | None:
    """The statement that says the same: by value, time, side, rank, and reference."""
    apart = {Timing.APART}
    if isinstance(claim.value, QuantityValue):
        apart.add(Timing.OVERLAP)  # A quarter's exports are not those of the year.
    found = [
        one
        for one in considered
        if one.agreement in {Agreement.SAME, Agreement.COMPATIBLE} and one.timing not in apart
    ]
    return min(
        found,
        key=lambda one: (
            _AGREEMENTS.index(one.agreement),
            _TIMINGS.index(one.timing),
            one.inverse,
            one.seen.rank != "preferred",
            not one.seen.is_referenced,
        ),
        default=None,
    )


def _without_match(
    claim: MappedClaim, considered: Sequence[Judged]
) -> tuple[Outcome, str | None, list[str]]:
    """Outcome, reason and notes where no statement says the same."""
    direct = [one for one in considered if not one.inverse]
    if any(one.seen.value == Special("novalue") for one in direct):
        return Outcome.DIFFERENT, None, ["Wikidata says that there is none"]
    if any(
        one.agreement is Agreement.SAME and isinstance(claim.value, ItemRef) for one in considered
    ):
        return Outcome.DIFFERENT, None, ["Wikidata says it of another time"]
    rivals = [one for one in direct if _is_rival(claim, one)]
    if any(one.agreement is Agreement.DIFFERENT for one in rivals):
        return Outcome.DIFFERENT, None, []
    if rivals:
        return Outcome.NOT_COMPARABLE, "Wikidata's value cannot be compared (unit or kind)", []
    return Outcome.ABSENT, None, ["Wikidata has other values"] if direct else []


def _is_rival(claim: MappedClaim, one: Judged) -> bool:
    """Whether a statement of another value leaves no room for the claim."""
    if isinstance(one.seen.value, Special):
        return False
    if isinstance(claim.value, QuantityValue):
        undated = claim.statement.during is not None and not one.seen.times
        return not undated and one.timing not in {Timing.APART, Timing.OVERLAP}
    if one.timing is Timing.APART:
        return False
    return isinstance(claim.value, PeriodValue) or claim.pid in SINGLE_VALUED


def _match_notes(match: Judged, considered: Sequence[Judged], span: Span | None) -> list[str]:
    notes = []
    if match.inverse:
        notes.append(f"it is on {match.seen.item}, as {match.seen.pid}")
    if match.agreement is Agreement.COMPATIBLE:
        notes.append("one value is more exact than the other")
    if span is not None and not match.seen.times:
        notes.append("Wikidata gives no time")
    if match.seen.references and not match.seen.is_referenced:
        notes.append("its references name no source")
    if match.seen.rank != "preferred" and any(
        one.seen.rank == "preferred" and one.agreement is Agreement.DIFFERENT for one in considered
    ):
        notes.append("Wikidata prefers another value")
    return notes


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
