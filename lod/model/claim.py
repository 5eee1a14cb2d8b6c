"""Claims: who says what, in which words, for which time."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct, field

from lod.diagnostics import Allow, Path
from lod.model.anchor import Anchor
from lod.model.value import (
    ChangeValue,
    Comparison,
    PeriodValue,
    QuantityValue,
    Subject,
    Value,
    in_words,
)


class Modality(StrEnum):
    """How a claim is meant. The value is the local name of the `lod:` concept."""

    STATED = "stated"
    IMPLIED = "implied"
    POSSIBLE = "possible"
    PLANNED = "planned"
    EXPECTED = "expected"
    OFFERED = "offered"
    DEMANDED = "demanded"
    EVALUATIVE = "evaluative"
    RETRACTED = "retracted"

    @property
    def is_ahead(self) -> bool | None:
        """Whether it is about what is still to come; None where it may be about either.

        >>> Modality.PLANNED.is_ahead, Modality.STATED.is_ahead, Modality.RETRACTED.is_ahead
        (True, False, None)
        """
        if self in (Modality.STATED, Modality.IMPLIED, Modality.EVALUATIVE):
            return False
        return True if self is not Modality.RETRACTED else None


class Polarity(StrEnum):
    """Whether a claim affirms or denies. The value is the local name of the `lod:` concept."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class Statement(Struct):
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
        stale_after: xsd:date after which somebody should look whether it still holds, or None.
        qualifiers: IRI of the qualifier and its value, in the order of the facts.
        speakers: slugs of the speaker chain, outermost first; "document" for the document itself.
        modality: how it is meant.
        polarity: whether it affirms or denies.
        denies: ids of the statements that it denies.
        replaces: ids of the statements that it replaces.
        anchors: the words that it rests on, at least one; those of one text together, the
            document's own text first.
        means: words of its quotes (case folded) to the slugs that they mean.
        allow: what is overruled for it, on itself or on the document.
        note: the editor's remark, or None.
        path: where it stands in the facts.
        paths: where each of its subjects, values and qualifiers stands, in this order.
        versions: by the name of each further version of the document that is quoted: itself, with
            the anchors in that text and the wordings of that text.
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
    stale_after: str | None = None
    qualifiers: tuple[tuple[str, Value], ...] = ()
    speakers: tuple[str, ...] = ()
    modality: Modality = Modality.STATED
    polarity: Polarity = Polarity.POSITIVE
    denies: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    means: dict[str, tuple[str, ...]] = field(default_factory=dict)
    allow: Allow = field(default_factory=dict)
    note: str | None = None
    path: Path = ()
    paths: list[Path] = field(default_factory=list)
    versions: dict[str, Statement] = field(default_factory=dict)

    def first_place(self) -> tuple[bool, int]:
        """By what statements are put in the order of the text: where the first quote begins.

        Those that only further versions have come last.
        """
        own = [anchor.start for anchor in self.anchors if not anchor.version]
        return not own, min(own or [anchor.start for anchor in self.anchors])

    def texts(self) -> dict[str, Statement]:
        """Itself in each text that it quotes, by the version, with the wordings of that text."""
        own = {} if self.anchors and self.anchors[0].version else {"": self}
        return own | self.versions

    def anchors_in(self, version: str = "") -> tuple[Anchor, ...]:
        """The anchors in the text of one version; "" is the document's own text."""
        return tuple(anchor for anchor in self.anchors if anchor.version == version)

    def _repr_html_(self) -> str:
        from lod.namespaces import shrink
        from lod.notebook import html_table

        rows: list[tuple[str, object]] = [
            ("quote", " / ".join(anchor.exact for anchor in self.anchors)),
            ("said by", " → ".join(self.speakers)),
            ("subject", _joined(self.subjects)),
            ("property", shrink(self.property)),
            ("value", _joined(self.values)),
            ("share", self.share and in_words(self.share)),
            ("change", self.change and (self.change.wording or self.change.change)),
            ("during", self.during and in_words(self.during)),
            ("said on", self.said_on),
            ("stale after", self.stale_after),
            *((shrink(iri), in_words(value)) for iri, value in self.qualifiers),
            ("modality", self.modality.value),
            ("polarity", self.polarity.value),
        ]
        shown = [row for row in rows if row[1]]
        return html_table(f"Claim {self.id}", (), shown, len(shown))

    def things(self) -> tuple[Value, ...]:
        """Its subjects, values and qualifiers."""
        return (*self.subjects, *self.values, *(value for _, value in self.qualifiers))

    def placed(self) -> list[tuple[Path, Value]]:
        """The same, each with where it stands in the facts."""
        return list(zip(self.paths, self.things(), strict=True))


def _joined(values: tuple[Value, ...]) -> str:
    return ", ".join(map(in_words, values))
