"""Claims as quads: the one place where a claim is turned into triples."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct, field

from lod.dataset.about import Items
from lod.dataset.metadata import text_iri
from lod.dataset.nodes import Nodes, Wordings
from lod.dataset.sentences import Sentences
from lod.facts.schema import DOCUMENT
from lod.model.anchor import Anchor, Selector
from lod.model.claim import Statement
from lod.model.expansion import Claim, Expansion, holds
from lod.model.facts import Facts
from lod.model.value import (
    ClaimValue,
    Comparison,
    DocumentValue,
    EntityValue,
    IriValue,
    Kind,
    PeriodValue,
    QuantityValue,
    TextValue,
    UnknownValue,
    Value,
)
from lod.namespaces import LOD_NS, WIKIDATA_NS
from lod.rdf.terms import INTEGER, date, integer, literal
from lod.vocabulary.names import LOD, OA, PROV, RDF, RDFS, SCHEMA, VOID

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
_STALE_AFTER = f" <{LOD.staleAfter}> "
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
_QUOTED_FROM = f" <{PROV.wasQuotedFrom}> <"
_QUOTE = f" <{LOD.quote}> "
_STATEMENT = f" <{LOD.statement}> <"
_REPORTED_IN = f" <{LOD.reportedIn}> <"
_SPEAKERS = f" <{LOD.speakers}> <"
_IN_DATASET = f" <{VOID.inDataset}> <"
_STATEMENT_TYPE = f"{_A}<{LOD.Statement}> .\n"
_QUOTE_TYPE = f"{_A}<{OA.TextQuoteSelector}> .\n"
_EXACT = f" <{OA.exact}> "
_PREFIX = f" <{OA.prefix}> "
_SUFFIX = f" <{OA.suffix}> "
_POSITION_TYPE = f"{_A}<{OA.TextPositionSelector}> .\n"
_START = f" <{OA.start}> "
_END = f" <{OA.end}> "
_PART = f" <{LOD.part}> "

_HOLDERS = {"value": _VALUE, "literal": _LITERAL, "unknown": _UNKNOWN}


def _value(index: int, statement: Statement) -> Value:
    return statement.values[index]


def _qualifier(index: int, statement: Statement) -> Value:
    return statement.qualifiers[index][1]


class ReportedGraph(Struct):
    """A named graph of direct triples.

    Attributes:
        iri: its IRI.
        speakers: slugs of the chain that reports it, outermost first.
        said_on: xsd:date of the utterance, or None where the document has none.
        triples: its lines, in the order of the claims.
    """

    iri: str
    speakers: tuple[str, ...]
    said_on: str | None
    triples: list[str] = field(default_factory=list)


class ClaimWriter:
    """Writes the claims of one publication as N-Triples lines.

    Args:
        facts: the publication.
        vocabulary: its terms.

    Attributes:
        reported: each graph of direct triples, in the order of the claims.
        chains: the chains of several speakers.
        terms: IRIs of the properties and qualifiers in use.
    """

    def __init__(self, facts: Facts, vocabulary: Vocabulary) -> None:
        base = facts.publication.base
        self._entity = f"<{base}entity/"
        self._claim = f"{base}claim/"
        self._document = f"{base}{DOCUMENT}"
        documents = facts.document.all_versions
        self._versions = {one.name: f"{base}{one.local}" for one in documents}
        self._texts = {one.name: text_iri(facts, one.name) for one in documents}
        self._languages = {one.name: one.language for one in documents}
        self._vocabulary = vocabulary
        self._sentences = Sentences(facts, vocabulary)
        self._nodes = Nodes()
        self._items = Items(facts)
        self._statements = {statement.id: statement for statement in facts.statements}
        self._expansion = Expansion(facts.statements)
        self._published = facts.document.published
        self._facts = facts
        self._base = base
        self.reported: dict[str, ReportedGraph] = {}
        self.chains: dict[tuple[str, ...], None] = {}
        self.terms: dict[str, None] = {}

    def write(self, statement: Statement) -> str:
        """The lines of all claims of a statement, then of the nodes that they share."""
        node = self._claim + statement.id
        period = None if statement.during is None else f"{node}/period"
        qualifiers, qualifier_nodes = self._qualifiers(statement, node, period)
        self.terms[statement.property] = None
        claims = list(self._expansion.expand(statement))
        terms, value_nodes = self._values(statement, node, period, claims)
        reported = self._reported(statement)
        head, tail = self._common(statement, node, period, qualifiers)
        property_ = f"{_PROPERTY}{statement.property}>"
        out: list[str] = []
        for one in claims:
            claim = f"<{self._claim}{one.id}>"
            subject_term = (
                f"<{self._claim}{one.subject_claim}>"
                if one.subject_claim
                else self._term(one.subject)
            )
            label = self._sentences.claim(statement, one.subject, one.value)
            said = [
                *_CLAIM_TYPES,
                f"{_LABEL}{literal(label, self._sentences.language)}",
                _SUBJECT + subject_term,
                property_,
            ]
            if one.value is not None:
                kind = one.value.kind
                term = f"<{self._claim}{one.value_claim}>" if one.value_claim else terms[one.index]
                said.append(_HOLDERS[kind.holder] + term)
                if reported is not None and kind is not Kind.UNKNOWN:
                    reported.triples.append(f"{subject_term} <{statement.property}> {term} .\n")
                    said.append(f"{_REPORTED_IN}{reported.iri}>")
            said += head
            items = self._items.of(statement, one.subject, one.value, self._statements)
            said += [f"{_ABOUT}{qid}>" for qid in items]
            said += tail
            # One join for all lines of the claim: this is where most quads are made.
            out.append(claim + f" .\n{claim}".join(said) + " .\n")
        if len(claims) > 1:
            out.append(f"<{node}>{_STATEMENT_TYPE}")
        number = 0
        for anchor in statement.anchors:
            for part, selector in enumerate(anchor.selectors, 1):
                number += 1
                out.append(self._anchor(f"{node}/anchor/{number}", anchor, selector, part))
        out += value_nodes
        if statement.share is not None:
            words = self._wordings(statement, lambda one: one.share)
            out.append(self._nodes.quantity(f"{node}/share", statement.share, words, period))
        if statement.change is not None:
            words = self._wordings(statement, lambda one: one.change)
            out.append(self._nodes.change(f"{node}/change", statement.change, words))
        if statement.compared_with is not None:
            out.append(self._comparison(statement, f"{node}/comparedWith", statement.compared_with))
        out += qualifier_nodes
        if statement.during is not None and period is not None:
            words = self._wordings(statement, lambda one: one.during)
            out.append(self._nodes.period(period, statement.during, words))
        return "".join(out)

    def claims(self, statement_id: str) -> list[str]:
        """The IRIs of the claims of a statement: one, or one a combination of its lists."""
        return [self._claim + id_ for id_ in self._expansion.ids(statement_id)]

    def _common(
        self,
        statement: Statement,
        node: str,
        period: str | None,
        qualifiers: Iterable[str],
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
        if statement.stale_after is not None:
            head.append(f"{_STALE_AFTER}{date(statement.stale_after)}")
        head += qualifiers
        for predicate, ids in ((_DENIES, statement.denies), (_REPLACES, statement.replaces)):
            for id_ in ids:
                head += [f"{predicate}<{iri}>" for iri in self.claims(id_)]
        *outer, inner = statement.speakers
        tail = [f"{_ATTRIBUTED}{self.speaker(inner)}"]
        if outer:
            tail += [f"{_THROUGH}{self.speaker(slug)}" for slug in outer]
            tail.append(f"{_SPEAKERS}{self.chain(statement.speakers)}>")
        tail.append(f"{_DERIVED}{self._document}>")
        tail.append(f"{_IN_DATASET}{self._base}dataset>")
        tail.append(f"{_STATEMENT}{node}>")
        languages = self._languages
        tail += [f"{_QUOTE}{literal(a.exact, languages[a.version])}" for a in statement.anchors]
        parts = sum(len(anchor.selectors) for anchor in statement.anchors)
        tail += [f"{_ANCHOR}{node}/anchor/{number}>" for number in range(1, parts + 1)]
        return head, tail

    def speaker(self, slug: str) -> str:
        """The term of a speaker: an entity, or the document."""
        return f"<{self._document}>" if slug == DOCUMENT else f"{self._entity}{slug}>"

    def _term(self, value: Value) -> str:
        """The term of a value that is neither a claim nor a node of the claim's own."""
        match value:
            case EntityValue(slug):
                return f"{self._entity}{slug}>"
            case DocumentValue():
                return f"<{self._document}>"
            case IriValue(iri):
                return f"<{iri}>"
            case TextValue(text, language):
                return literal(text, language)
            case UnknownValue(text):
                return literal(text, self._sentences.language)
        raise TypeError(f"{value.kind.word} has no term of its own")

    def _values(
        self, statement: Statement, node: str, period: str | None, claims: Sequence[Claim]
    ) -> tuple[list[str], list[str]]:
        """The term of each value ("" for a claim), and the lines of the value nodes."""
        terms: list[str] = []
        nodes: list[str] = []
        several = len(statement.values) > 1
        for number, value in enumerate(statement.values, 1):
            if isinstance(value, QuantityValue | PeriodValue):
                iri = f"{node}/value/{number}" if several else f"{node}/value"
                terms.append(f"<{iri}>")
                stated = [self._claim + one.id for one in claims if one.index == number - 1]
                words = self._wordings(statement, partial(_value, number - 1))
                nodes.append(self._node(iri, value, words, period, stated))
            else:
                terms.append("" if isinstance(value, ClaimValue) else self._term(value))
        return terms, nodes

    def _node(
        self,
        iri: str,
        value: QuantityValue | PeriodValue,
        wordings: Wordings,
        period: str | None,
        claims: Iterable[str] = (),
    ) -> str:
        if isinstance(value, QuantityValue):
            return self._nodes.quantity(iri, value, wordings, period, claims)
        return self._nodes.period(iri, value, wordings)

    def _comparison(self, statement: Statement, node: str, compared: Comparison) -> str:
        of_value = self._wordings(
            statement, lambda one: None if one.compared_with is None else one.compared_with.value
        )
        of_period = self._wordings(
            statement, lambda one: None if one.compared_with is None else one.compared_with.period
        )
        return self._nodes.comparison(node, compared, of_value, of_period)

    def _wordings(self, statement: Statement, carrier: Callable[[Statement], object]) -> Wordings:
        """The words of the texts for a value: of each language, those of its first text.

        Args:
            statement: what is quoted.
            carrier: gives the value of the statement as one text has it.
        """
        found: dict[str, str] = {}
        for name, one in statement.texts().items():
            value = carrier(one)
            words = getattr(value, "wording", None)
            if words is None and isinstance(value, PeriodValue) and value.period.edtf is None:
                # Words that could not be resolved are all that there is, in the facts' language.
                if value.period.words is not None:
                    found.setdefault(self._languages[""], value.period.words)
            elif words is not None:
                found.setdefault(self._languages[name], words)
        return tuple(found.items())

    def _qualifiers(
        self, statement: Statement, node: str, period: str | None
    ) -> tuple[list[str], list[str]]:
        """The predicate and object of each qualifier, and the lines of their nodes."""
        lines: list[str] = []
        nodes: list[str] = []
        taken: dict[str, int] = {}
        for index, (iri, value) in enumerate(statement.qualifiers):
            self.terms[iri] = None
            if isinstance(value, QuantityValue | PeriodValue):
                name = iri[max(iri.rfind("#"), iri.rfind("/")) + 1 :]
                taken[name] = taken.get(name, 0) + 1
                at = f"{node}/with/{name}"
                if taken[name] > 1:
                    at += f"/{taken[name]}"
                lines.append(f" <{iri}> <{at}>")
                words = self._wordings(statement, partial(_qualifier, index))
                nodes.append(self._node(at, value, words, period))
            elif isinstance(value, ClaimValue):
                lines += [f" <{iri}> <{claim}>" for claim in self.claims(value.id)]
            else:
                lines.append(f" <{iri}> {self._term(value)}")
        return lines, nodes

    def chain(self, speakers: tuple[str, ...]) -> str:
        """The IRI of a chain of several speakers: an RDF collection, outermost first."""
        self.chains.setdefault(speakers)
        return f"{self._base}speakers/{'/'.join(speakers)}"

    def _reported(self, statement: Statement) -> ReportedGraph | None:
        """Where to note the direct triples of a statement, if it has any."""
        if not holds(statement, self._vocabulary):
            return None
        iri = self._facts.reported_in(statement)
        said_on = statement.said_on or self._published
        graph = self.reported.get(iri)
        if graph is None:
            graph = self.reported[iri] = ReportedGraph(iri, statement.speakers, said_on)
        return graph

    def _anchor(self, iri: str, anchor: Anchor, selector: Selector, part: int) -> str:
        """One stretch of a quote; `part` numbers it where words are left out."""
        numbered = ""
        if len(anchor.selectors) > 1:
            numbered = f"<{iri}>{_PART}{integer(part)} .\n"
        quote, position = f"{iri}/quote", f"{iri}/position"
        return (
            f"<{iri}>{_ANCHOR_TYPE}"
            f"<{iri}>{_SOURCE}{self._texts[anchor.version]}> .\n"
            f"<{iri}>{_SELECTOR}{quote}> .\n<{iri}>{_SELECTOR}{position}> .\n"
            f'<{iri}>{_SENTENCE}"{anchor.sentence}{INTEGER} .\n'
            f'<{iri}>{_PARAGRAPH}"{anchor.paragraph}{INTEGER} .\n'
            f"{numbered}"
            f"<{iri}>{_QUOTED_FROM}{self._versions[anchor.version]}> .\n"
            f"{self._selector(quote, position, selector)}"
        )

    def _selector(self, quote: str, position: str, selector: Selector) -> str:
        """The words and their place: two ways to select the same."""
        before = after = ""
        if selector.prefix:
            before = f"<{quote}>{_PREFIX}{literal(selector.prefix)} .\n"
        if selector.suffix:
            after = f"<{quote}>{_SUFFIX}{literal(selector.suffix)} .\n"
        return (
            f"<{quote}>{_QUOTE_TYPE}"
            f"<{quote}>{_EXACT}{literal(selector.exact)} .\n"
            f"{before}{after}"
            f"<{position}>{_POSITION_TYPE}"
            f'<{position}>{_START}"{selector.start}{INTEGER} .\n'
            f'<{position}>{_END}"{selector.end}{INTEGER} .\n'
        )
