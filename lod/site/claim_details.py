"""What the page of a claim says beside its sentence: quotes, values, the triple, how to cite it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from lod.dataset.claims import HOLDS
from lod.model.claim import ClaimValue, Polarity, UnknownValue
from lod.site.context import Piece, pieces
from lod.site.guide import ClaimRow, Guide, Link
from lod.site.texts import short
from lod.site.values import Bound, QuantityDetails, ValueDetails, Values

if TYPE_CHECKING:
    from lod.model.anchor import Anchor
    from lod.model.claim import Statement
    from lod.site.view import ClaimView, PublicationView

__all__ = ["Bound", "ClaimDetails", "QuantityDetails", "Quote", "Reason", "Relation"]

#: Longest quote in a citation, in code points.
_CITED = 300


@dataclass(frozen=True, slots=True)
class Quote:
    """A quote in its context.

    Attributes:
        number: from 1.
        pieces: the stretches of the text.
        sentence: number of its sentence.
        paragraph: number of its paragraph.
        start: first code point.
        end: code point after the last one.
        elided: whether it leaves words out.
    """

    number: int
    pieces: list[Piece]
    sentence: int
    paragraph: int
    start: int
    end: int
    elided: bool


@dataclass(frozen=True, slots=True)
class Reason:
    """Why there is no direct triple.

    Attributes:
        kind: "modality", "negative", "share", "change", "qualifier" or "no-value".
        term: the modality or the qualifier, or None.
    """

    kind: str
    term: Link | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """How the claim stands to others.

    Attributes:
        kind: "denies", "denied-by", "replaces", "replaced-by" or "mentioned-by".
        rows: the others.
    """

    kind: str
    rows: list[ClaimRow]


class ClaimDetails:
    """Describes the claims of one publication.

    Args:
        view: the publication.
        guide: names its things in the language of the reader.
    """

    def __init__(self, view: PublicationView, guide: Guide) -> None:
        self._view = view
        self._guide = guide
        self.values = Values(guide)

    def quotes(self, statement: Statement) -> list[Quote]:
        """The quotes of a statement, each in its context."""
        return [self._quote(number, one) for number, one in enumerate(statement.anchors, 1)]

    def _quote(self, number: int, anchor: Anchor) -> Quote:
        return Quote(
            number,
            pieces(self._view.text, anchor),
            anchor.sentence,
            anchor.paragraph,
            anchor.start,
            anchor.end,
            len(anchor.selectors) > 1,
        )

    def qualifiers(self, statement: Statement) -> list[ValueDetails]:
        """Its qualifiers, each with its term."""
        return [
            self.values.value(value, self._guide.term(iri)) for iri, value in statement.qualifiers
        ]

    def reasons(self, claim: ClaimView) -> list[Reason]:
        """Why a claim has no direct triple; empty where it has one."""
        statement = claim.statement
        found = []
        if statement.modality not in HOLDS:
            found.append(Reason("modality", self._guide.concept(str(statement.modality))))
        if statement.polarity is Polarity.NEGATIVE:
            found.append(Reason("negative"))
        if statement.share is not None:
            found.append(Reason("share"))
        if statement.change is not None:
            found.append(Reason("change"))
        known = self._view.vocabulary.properties
        for iri, _ in statement.qualifiers:
            if iri in known and known[iri].narrows:
                found.append(Reason("qualifier", self._guide.term(iri)))
        if not found and (claim.value is None or isinstance(claim.value, UnknownValue)):
            found.append(Reason("no-value"))
        return found

    @cached_property
    def _relations(self) -> dict[str, dict[str, dict[str, None]]]:
        """Id of each statement to the kinds of relation and the ids of the others."""
        found: dict[str, dict[str, dict[str, None]]] = {}

        def note(one: str, kind: str, other: str) -> None:
            found.setdefault(one, {}).setdefault(kind, {})[other] = None

        for statement in self._view.facts.statements:
            for kind, back, ids in (
                ("denies", "denied-by", statement.denies),
                ("replaces", "replaced-by", statement.replaces),
            ):
                for other in ids:
                    note(statement.id, kind, other)
                    note(other, back, statement.id)
            values = (*statement.subjects, *statement.values, *(v for _, v in statement.qualifiers))
            for value in values:
                if isinstance(value, ClaimValue):
                    note(value.id, "mentioned-by", statement.id)
        return found

    def relations(self, statement: Statement) -> list[Relation]:
        """How a statement stands to others."""
        claims = self._view.claims_by_statement
        return [
            Relation(kind, [row for id_ in ids for row in self._guide.rows_of(claims[id_])])
            for kind, ids in self._relations.get(statement.id, {}).items()
        ]

    def parts(self, statement: Statement) -> list[str]:
        """The IRIs of the nodes that a statement has beside its claims."""
        return self._parts.get(statement.id, [])

    @cached_property
    def _parts(self) -> dict[str, list[str]]:
        start = f"<{self._view.base}claim/"
        claims = set(self._view.dataset.claims)
        found: dict[str, list[str]] = {}
        for token in self._view.nodes:
            if token.startswith(start) and (iri := token[1:-1]) not in claims:
                found.setdefault(token[len(start) :].partition("/")[0], []).append(iri)
        return found

    def graph(self, statement: Statement) -> str:
        """The named graph of what the speakers of a statement report, below the base."""
        return f"reported/{'/'.join(statement.speakers)}"

    def citation(self, claim: ClaimView) -> list[str]:
        """How to cite a claim: its parts, each to be followed by a full stop."""
        view, guide = self._view, self._guide
        facts = view.facts
        # A colon reads well in either direction; an arrow would turn with the script.
        speakers = ": ".join(guide.speaker(slug).label for slug in claim.statement.speakers)
        quote = short(claim.statement.anchors[0].exact, _CITED)
        where = [short(guide.document.label)]
        if facts.document.published_in is not None:
            where.append(short(guide.entity(facts.document.published_in).label))
        if facts.document.published is not None:
            where.append(facts.document.published)
        data = [short(next(iter(facts.publication.titles.values()), ""))]
        data.append(short(facts.publication.publisher.name))
        if facts.publication.version is not None:
            data.append(short(facts.publication.version, 40))
        return [f"{short(speakers)}: “{quote}”", ", ".join(where), ", ".join(data)]
