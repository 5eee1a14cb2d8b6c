"""Statements as claims: which there are, what each is called, and whether it holds as it stands.

A list of subjects or values means every combination; a value that is another statement stands for
each of that statement's claims. Whatever shows claims takes them from here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Protocol

from msgspec import Struct

from lod.model.claim import Modality, Polarity, Statement
from lod.model.value import ClaimValue, Kind, Subject, Value

#: Modalities in which something is said to hold.
HOLDING = frozenset({Modality.STATED, Modality.IMPLIED})


class Claim(Struct, frozen=True):
    """One combination of a statement's subjects and values.

    Attributes:
        id: as in its IRI: the statement's id, with `/n` where the statement has several claims.
        number: n, from 1; 0 where the statement is this claim alone.
        statement: what it shares with its siblings.
        subject: its own subject.
        value: its own value; None where only a change is said.
        index: where `value` stands among the statement's values, from 0.
        subject_claim: id of the claim that the subject is; "" where it is no claim.
        value_claim: id of the claim that the value is; "" where it is no claim.
    """

    id: str
    number: int
    statement: Statement
    subject: Subject
    value: Value | None
    index: int = 0
    subject_claim: str = ""
    value_claim: str = ""


class Expansion:
    """The claims of the statements of one publication.

    Args:
        statements: all of them; none may be about itself, however indirectly.
    """

    __slots__ = ("_ids", "_statements")

    def __init__(self, statements: Iterable[Statement]) -> None:
        self._statements = {statement.id: statement for statement in statements}
        self._ids: dict[str, tuple[str, ...]] = {}

    def ids(self, statement_id: str) -> tuple[str, ...]:
        """The ids of the claims of a statement: one, or one a combination of its lists."""
        known = self._ids.get(statement_id)
        if known is None:
            statement = self._statements[statement_id]
            subjects = sum(map(self._width, statement.subjects))
            values = sum(map(self._width, statement.values)) or 1
            count = subjects * values
            if count == 1:
                known = (statement_id,)
            else:
                known = tuple(f"{statement_id}/{number}" for number in range(1, count + 1))
            self._ids[statement_id] = known
        return known

    def _width(self, value: Value) -> int:
        return len(self.ids(value.id)) if isinstance(value, ClaimValue) else 1

    def _each(self, value: Value) -> tuple[str, ...]:
        """The claims that a value stands for; one empty id where it is no claim."""
        return self.ids(value.id) if isinstance(value, ClaimValue) else ("",)

    def expand(self, statement: Statement) -> Iterator[Claim]:
        """The claims of a statement, subject by subject, in the order of their numbers.

        >>> from lod.model.value import EntityValue
        >>> a, b, c = map(EntityValue, "abc")
        >>> statement = Statement("member", (a, b), "x:memberOf", (c,))
        >>> [(claim.id, claim.subject.slug) for claim in Expansion([statement]).expand(statement)]
        [('member/1', 'a'), ('member/2', 'b')]
        """
        ids = self.ids(statement.id)
        several = len(ids) > 1
        values: list[tuple[int, Value | None, str]] = [
            (index, value, claim)
            for index, value in enumerate(statement.values)
            for claim in self._each(value)
        ] or [(0, None, "")]
        number = 0
        for subject in statement.subjects:
            for subject_claim in self._each(subject):
                for index, value, value_claim in values:
                    number += 1
                    yield Claim(
                        ids[number - 1],
                        number if several else 0,
                        statement,
                        subject,
                        value,
                        index,
                        subject_claim,
                        value_claim,
                    )


class Obstacle(StrEnum):
    """Why a statement does not hold as it stands, so that it has no direct triple."""

    MODALITY = "modality"
    NEGATIVE = "negative"
    SHARE = "share"
    CHANGE = "change"
    TIME = "time"
    QUALIFIER = "qualifier"


class Terms(Protocol):
    """What a vocabulary says of the terms of a statement."""

    def narrows(self, iri: str) -> bool:
        """Whether a qualifier restricts what it qualifies."""

    def is_timeless(self, iri: str) -> bool:
        """Whether what a property says, once true, stays true."""


def obstacles(statement: Statement, terms: Terms) -> Iterator[tuple[Obstacle, str]]:
    """Each reason why a statement does not hold as it stands.

    A bare triple says nothing of time, so that there is none for what holds during a period only:
    unless the period stands with the value (a quantity has its own), or the property is timeless.

    Args:
        statement: the statement.
        terms: what the vocabulary says of its property and its qualifiers.

    Yields:
        The reason, and the IRI of the qualifier where it is one ("" elsewhere).
    """
    if statement.modality not in HOLDING:
        yield Obstacle.MODALITY, ""
    if statement.polarity is Polarity.NEGATIVE:
        yield Obstacle.NEGATIVE, ""
    if statement.share is not None:
        yield Obstacle.SHARE, ""
    if statement.change is not None:
        yield Obstacle.CHANGE, ""
    if (
        statement.during is not None
        and any(value.kind is not Kind.QUANTITY for value in statement.values)
        and not terms.is_timeless(statement.property)
    ):
        yield Obstacle.TIME, ""
    for iri, _ in statement.qualifiers:
        if terms.narrows(iri):
            yield Obstacle.QUALIFIER, iri


def holds(statement: Statement, terms: Terms) -> bool:
    """Whether a statement is said to hold as it stands, so that it has direct triples.

    Args:
        statement: the statement.
        terms: what the vocabulary says of its property and its qualifiers.
    """
    return next(obstacles(statement, terms), None) is None
