"""Claims as quads: the one place where a claim is turned into triples."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from lod.dataset.about import Items
from lod.dataset.nodes import Nodes
from lod.dataset.sentences import Sentences
from lod.dataset.terms import INTEGER, date, integer, literal
from lod.facts.schema import DOCUMENT
from lod.model.anchor import Anchor, Selector
from lod.model.claim import (
    ClaimValue,
    DocumentValue,
    EntityValue,
    IriValue,
    Modality,
    PeriodValue,
    Polarity,
    QuantityValue,
    Statement,
    TextValue,
    UnknownValue,
    Value,
)
from lod.model.facts import Facts
from lod.namespaces import LOD_NS, WIKIDATA_NS
from lod.vocabulary.names import LOD, OA, PROV, RDF, RDFS, SCHEMA

if TYPE_CHECKING:
    from lod.vocabulary.vocabulary import Vocabulary

_A = f" <{RDF.type}> "
_CLAIM_TYPES = (f"{_A}<{LOD.Claim}>", f"{_A}<{SCHEMA.Claim}>", f"{_A}<{PROV.Entity}>")
_LABEL = f" <{RDFS.label}> "
_SUBJECT = f" <{LOD.subject}> "
_PROPERTY = f" <{LOD.property}> <"
_VALUE = f" <{LOD.value}> "
_LITERAL = f" <{LOD.literal}> "
_UNKNOWN = f" <{LOD.unknown}> "
_SHARE = f" <{LOD.share}> <"
_CHANGE = f" <{LOD.change}> <"
_COMPARED = f" <{LOD.comparedWith}> <"
_MODALITY = f" <{LOD.modality}> <{LOD_NS}"
_POLARITY = f" <{LOD.polarity}> <{LOD_NS}"
_DURING = f" <{LOD.during}> <"
_SAID_ON = f" <{LOD.saidOn}> "
_DENIES = f" <{LOD.denies}> "
_REPLACES = f" <{LOD.replaces}> "
_ABOUT = f" <{SCHEMA.about}> <{WIKIDATA_NS}"
_ATTRIBUTED = f" <{PROV.wasAttributedTo}> "
_THROUGH = f" <{LOD.through}> "
_DERIVED = f" <{PROV.wasDerivedFrom}> <"
_ANCHOR = f" <{LOD.anchor}> <"
_ANCHOR_TYPE = f"{_A}<{OA.SpecificResource}> .\n"
_SOURCE = f" <{OA.hasSource}> <"
_SELECTOR = f" <{OA.hasSelector}> <"
_SENTENCE = f" <{LOD.sentence}> "
_PARAGRAPH = f" <{LOD.paragraph}> "
_QUOTE_TYPE = f"{_A}<{OA.TextQuoteSelector}> .\n"
_EXACT = f" <{OA.exact}> "
_PREFIX = f" <{OA.prefix}> "
_SUFFIX = f" <{OA.suffix}> "
_POSITION_TYPE = f"{_A}<{OA.TextPositionSelector}> .\n"
_START = f" <{OA.start}> "
_END = f" <{OA.end}> "
_PART = f" <{LOD.part}> "

#: What is said to hold as it stands; of the rest there is no direct triple.
HOLDS = frozenset({Modality.STATED, Modality.IMPLIED})


class ClaimWriter:
    """Writes the claims of one publication as N-Triples lines.

    Args:
        facts: the publication.
        vocabulary: its terms.
        text_iri: IRI of the hashed text.

    Attributes:
        reported: speaker chain to the direct triples that it reports, in the order of the claims.
        terms: IRIs of the properties and qualifiers in use.
    """

    def __init__(self, facts: Facts, vocabulary: Vocabulary, text_iri: str) -> None:
        base = facts.publication.base
        self._entity = f"<{base}entity/"
        self._claim = f"{base}claim/"
        self._document = f"{base}{DOCUMENT}"
        self._text = text_iri
        self._vocabulary = vocabulary
        self._sentences = Sentences(facts, vocabulary)
        self._nodes = Nodes(facts.document.language)
        self._items = Items(facts)
        self._statements = {statement.id: statement for statement in facts.statements}
        self._claims: dict[str, tuple[str, ...]] = {}
        self.reported: dict[tuple[str, ...], list[str]] = {}
        self.terms: dict[str, None] = {}

    def write(self, statement: Statement) -> str:
        """The lines of all claims of a statement, then of the nodes that they share."""
        node = self._claim + statement.id
        period = None if statement.during is None else f"{node}/period"
        qualifiers, qualifier_nodes = self._qualifiers(statement, node, period)
        self.terms[statement.property] = None
        head, tail = self._common(statement, node, period, qualifiers)
        values, value_nodes = self._values(statement, node, period)
        reported = self._reported(statement)
        property_ = f"{_PROPERTY}{statement.property}>"
        claims = iter(self.claims(statement.id))
        out: list[str] = []
        for subject in statement.subjects:
            for subject_term in self._terms(subject):
                for value, predicate, term in values:
                    claim = f"<{next(claims)}>"
                    label = self._sentences.claim(statement, subject, value)
                    said = [
                        *_CLAIM_TYPES,
                        f"{_LABEL}{literal(label, self._sentences.language)}",
                        _SUBJECT + subject_term,
                        property_,
                    ]
                    if term:
                        said.append(predicate + term)
                    said += head
                    items = self._items.of(statement, subject, value, self._statements)
                    said += [f"{_ABOUT}{qid}>" for qid in items]
                    said += tail
                    # One join for all lines of the claim: this is where most quads are made.
                    out.append(claim + f" .\n{claim}".join(said) + " .\n")
                    if reported is not None and term and predicate is not _UNKNOWN:
                        reported.append(f"{subject_term} <{statement.property}> {term} .\n")
        for number, anchor in enumerate(statement.anchors, 1):
            out.append(self._anchor(f"{node}/anchor/{number}", anchor))
        out += value_nodes
        if statement.share is not None:
            out.append(self._nodes.quantity(f"{node}/share", statement.share, period))
        if statement.change is not None:
            out.append(self._nodes.change(f"{node}/change", statement.change))
        if statement.compared_with is not None:
            out.append(self._nodes.comparison(f"{node}/comparedWith", statement.compared_with))
        out += qualifier_nodes
        if statement.during is not None and period is not None:
            out.append(self._nodes.period(period, statement.during))
        return "".join(out)

    def claims(self, statement_id: str) -> tuple[str, ...]:
        """The IRIs of the claims of a statement: one, or one a combination of its lists."""
        found = self._claims.get(statement_id)
        if found is None:
            statement = self._statements[statement_id]
            subjects = sum(self._width(value) for value in statement.subjects)
            values = sum(self._width(value) for value in statement.values) or 1
            iri = self._claim + statement_id
            if subjects * values == 1:
                found = (iri,)
            else:
                found = tuple(f"{iri}/{n}" for n in range(1, subjects * values + 1))
            self._claims[statement_id] = found
        return found

    def _width(self, value: Value) -> int:
        return len(self.claims(value.id)) if isinstance(value, ClaimValue) else 1

    def _common(
        self, statement: Statement, node: str, period: str | None, qualifiers: Iterable[str]
    ) -> tuple[list[str], list[str]]:
        """What all claims of a statement say alike: before and after the items."""
        head = []
        if statement.share is not None:
            head.append(f"{_SHARE}{node}/share>")
        if statement.change is not None:
            head.append(f"{_CHANGE}{node}/change>")
        if statement.compared_with is not None:
            head.append(f"{_COMPARED}{node}/comparedWith>")
        head.append(f"{_MODALITY}{statement.modality}>")
        head.append(f"{_POLARITY}{statement.polarity}>")
        if period is not None:
            head.append(f"{_DURING}{period}>")
        if statement.said_on is not None:
            head.append(f"{_SAID_ON}{date(statement.said_on)}")
        head += qualifiers
        for predicate, ids in ((_DENIES, statement.denies), (_REPLACES, statement.replaces)):
            for id_ in ids:
                head += [f"{predicate}<{iri}>" for iri in self.claims(id_)]
        *outer, inner = statement.speakers
        tail = [f"{_ATTRIBUTED}{self.speaker(inner)}"]
        tail += [f"{_THROUGH}{self.speaker(slug)}" for slug in outer]
        tail.append(f"{_DERIVED}{self._document}>")
        for number in range(1, len(statement.anchors) + 1):
            tail.append(f"{_ANCHOR}{node}/anchor/{number}>")
        return head, tail

    def speaker(self, slug: str) -> str:
        """The term of a speaker: an entity, or the document."""
        return f"<{self._document}>" if slug == DOCUMENT else f"{self._entity}{slug}>"

    def _terms(self, value: Value) -> Sequence[str]:
        """The terms of a value that is no node of the claim's own."""
        match value:
            case EntityValue(slug):
                return (f"{self._entity}{slug}>",)
            case DocumentValue():
                return (f"<{self._document}>",)
            case ClaimValue(id_):
                return [f"<{iri}>" for iri in self.claims(id_)]
            case IriValue(iri):
                return (f"<{iri}>",)
            case TextValue(text, language):
                return (literal(text, language),)
        return ()

    def _values(
        self, statement: Statement, node: str, period: str | None
    ) -> tuple[list[tuple[Value | None, str, str]], list[str]]:
        """Each value with its predicate and term, and the lines of the value nodes."""
        if not statement.values:
            return [(None, _VALUE, "")], []
        found: list[tuple[Value | None, str, str]] = []
        nodes: list[str] = []
        several = len(statement.values) > 1
        for index, value in enumerate(statement.values, 1):
            iri = f"{node}/value/{index}" if several else f"{node}/value"
            if isinstance(value, QuantityValue | PeriodValue):
                found.append((value, _VALUE, f"<{iri}>"))
                nodes.append(self._node(iri, value, period))
            elif isinstance(value, UnknownValue):
                found.append((value, _UNKNOWN, literal(value.text, self._sentences.language)))
            else:
                predicate = _LITERAL if isinstance(value, TextValue) else _VALUE
                found += [(value, predicate, term) for term in self._terms(value)]
        return found, nodes

    def _node(self, iri: str, value: QuantityValue | PeriodValue, period: str | None) -> str:
        if isinstance(value, QuantityValue):
            return self._nodes.quantity(iri, value, period)
        return self._nodes.period(iri, value)

    def _qualifiers(
        self, statement: Statement, node: str, period: str | None
    ) -> tuple[list[str], list[str]]:
        """The predicate and object of each qualifier, and the lines of their nodes."""
        lines: list[str] = []
        nodes: list[str] = []
        taken: dict[str, int] = {}
        for iri, value in statement.qualifiers:
            self.terms[iri] = None
            if isinstance(value, QuantityValue | PeriodValue):
                name = iri[max(iri.rfind("#"), iri.rfind("/")) + 1 :]
                taken[name] = taken.get(name, 0) + 1
                at = f"{node}/with/{name}"
                if taken[name] > 1:
                    at += f"/{taken[name]}"
                lines.append(f" <{iri}> <{at}>")
                nodes.append(self._node(at, value, period))
            elif isinstance(value, UnknownValue):
                lines.append(f" <{iri}> {literal(value.text, self._sentences.language)}")
            else:
                lines += [f" <{iri}> {term}" for term in self._terms(value)]
        return lines, nodes

    def holds(self, statement: Statement) -> bool:
        """Whether the statement is said to hold as it stands, so that it has direct triples."""
        if (
            statement.modality not in HOLDS
            or statement.polarity is Polarity.NEGATIVE
            or statement.share is not None
            or statement.change is not None
        ):
            return False
        properties = self._vocabulary.properties
        return not any(
            iri in properties and properties[iri].narrows for iri, _ in statement.qualifiers
        )

    def _reported(self, statement: Statement) -> list[str] | None:
        """Where to note the direct triples of a statement, if it has any."""
        if not self.holds(statement):
            return None
        return self.reported.setdefault(statement.speakers, [])

    def _anchor(self, iri: str, anchor: Anchor) -> str:
        if len(anchor.selectors) == 1:
            selectors = f"<{iri}>{_SELECTOR}{iri}/quote> .\n<{iri}>{_SELECTOR}{iri}/position> .\n"
            parts = self._selector(f"{iri}/quote", f"{iri}/position", anchor.selectors[0], "")
        else:
            selectors = parts = ""
            for number, selector in enumerate(anchor.selectors, 1):
                quote, position = f"{iri}/quote/{number}", f"{iri}/position/{number}"
                selectors += f"<{iri}>{_SELECTOR}{quote}> .\n<{iri}>{_SELECTOR}{position}> .\n"
                part = f"{_PART}{integer(number)} .\n"
                parts += self._selector(quote, position, selector, part)
        return (
            f"<{iri}>{_ANCHOR_TYPE}"
            f"<{iri}>{_SOURCE}{self._text}> .\n"
            f"{selectors}"
            f'<{iri}>{_SENTENCE}"{anchor.sentence}{INTEGER} .\n'
            f'<{iri}>{_PARAGRAPH}"{anchor.paragraph}{INTEGER} .\n'
            f"{parts}"
        )

    def _selector(self, quote: str, position: str, selector: Selector, part: str) -> str:
        """A pair of selectors; `part` ends the lines that number it among several."""
        before = after = numbered = ""
        if selector.prefix:
            before = f"<{quote}>{_PREFIX}{literal(selector.prefix)} .\n"
        if selector.suffix:
            after = f"<{quote}>{_SUFFIX}{literal(selector.suffix)} .\n"
        if part:
            after += f"<{quote}>{part}"
            numbered = f"<{position}>{part}"
        return (
            f"<{quote}>{_QUOTE_TYPE}"
            f"<{quote}>{_EXACT}{literal(selector.exact)} .\n"
            f"{before}{after}"
            f"<{position}>{_POSITION_TYPE}"
            f'<{position}>{_START}"{selector.start}{INTEGER} .\n'
            f'<{position}>{_END}"{selector.end}{INTEGER} .\n'
            f"{numbered}"
        )
