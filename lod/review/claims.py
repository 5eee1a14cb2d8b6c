"""The claims of one publication, read from its data, as far as they can be compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from lod.model.claim import Modality, Polarity
from lod.model.contradiction import Compared, Said, Thing, Words, said
from lod.model.expansion import HOLDING
from lod.model.times import span_of, time_of
from lod.namespaces import LOD_NS, WIKIDATA_NS, local_name
from lod.rdf.terms import Node, iri_of, split_literal, text_of
from lod.review.nodes import date_at, iri_at, read_period, read_quantity, text_at
from lod.vocabulary.names import DCTERMS, LOD, OWL, PROV, RDF, RDFS, REL, SCHEMA, VOID

if TYPE_CHECKING:
    from lod.vocabulary.vocabulary import Vocabulary

Nodes = Mapping[str, Node]
_TYPE, _LABEL = f"<{RDF.type}>", f"<{RDFS.label}>"
_STATEMENT = f"<{LOD.statement}>"
_SUBJECT, _PROPERTY = f"<{LOD.subject}>", f"<{LOD.property}>"
_VALUE, _LITERAL, _UNKNOWN = f"<{LOD.value}>", f"<{LOD.literal}>", f"<{LOD.unknown}>"
_DURING, _SAID_ON = f"<{LOD.during}>", f"<{LOD.saidOn}>"
_MODALITY, _POLARITY = f"<{LOD.modality}>", f"<{LOD.polarity}>"
_SHARE, _DENIES, _REPLACES = f"<{LOD.share}>", f"<{LOD.denies}>", f"<{LOD.replaces}>"
_BY, _SPEAKERS = f"<{PROV.wasAttributedTo}>", f"<{LOD.speakers}>"
_FIRST, _REST = f"<{RDF.first}>", f"<{RDF.rest}>"
_FROM, _QUOTE = f"<{PROV.wasDerivedFrom}>", f"<{LOD.quote}>"
_PUBLISHED, _HEADLINE = f"<{SCHEMA.datePublished}>", f"<{SCHEMA.headline}>"
_LANGUAGE = f"<{SCHEMA.inLanguage}>"
_SAME, _PART_OF = f"<{OWL.sameAs}>", f"<{DCTERMS.isPartOf}>"
_NARROWS, _TIMELESS = f"<{LOD.narrows}>", f"<{LOD.timeless}>"
_SINGLE, _WORDING, _EDTF = f"<{LOD.singleValued}>", f"<{LOD.wording}>", f"<{LOD.edtf}>"
_TITLE = f"<{DCTERMS.title}>"
_ITEM = f"<{WIKIDATA_NS}Q"
#: Qualifiers that do not restrict a claim, and yet are not of one matter: votes for and against.
_TELL_APART = frozenset((f"<{REL.manner}>", f"<{REL.role}>"))
#: What a claim says that is no qualifier.
_OWN = frozenset(
    f"<{iri}>"
    for iri in (
        *(RDF.type, RDFS.label, RDFS.comment, SCHEMA.about, PROV.wasAttributedTo),
        *(PROV.wasDerivedFrom, VOID.inDataset),
    )
)
_OURS = f"<{LOD_NS}"
_MODALITIES = frozenset(Modality)


class Row(NamedTuple):
    """A claim that can be compared with those of other publications.

    Attributes:
        subject: what it is about: the Wikidata item, else its IRI.
        property: IRI of its property.
        claim: its IRI.
        base: base IRI of its publication.
        said: what it says; None where it is here only since it denies another claim.
        shown: what is told of it, as JSON data; keys as `lod disagree` writes them.
    """

    subject: str
    property: str
    claim: str
    base: str
    said: Said | None
    shown: dict[str, Any]


class Claims(Struct):
    """What a publication has to compare.

    Attributes:
        base: its base IRI.
        count: how many claims it has.
        rows: those that can be compared.
        left_out: why others are not, with how many there are.
    """

    base: str
    count: int = 0
    rows: list[Row] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


@lru_cache(maxsize=1)
def _vocabulary() -> Vocabulary:
    from lod.vocabulary.vocabulary import load_vocabulary

    return load_vocabulary()


def read_claims(nodes: Nodes, base: str) -> Claims:
    """The claims of a publication that are said to hold and were not replaced.

    Args:
        nodes: its default graph by subject, then by predicate.
        base: its base IRI.
    """
    return _Reader(nodes, base).read()


class _Reader:
    def __init__(self, nodes: Nodes, base: str) -> None:
        self._nodes = nodes
        self._base = base
        self._documents: dict[str, dict[str, Any]] = {}

    def read(self) -> Claims:
        found = Claims(self._base)
        claims = {token: node for token, node in self._nodes.items() if _STATEMENT in node}
        found.count = len(claims)
        replaced = set(self._replaced(claims))
        rows: dict[str, Row] = {}
        for token, node in claims.items():
            row = self._row(token, node)
            if token in replaced:
                found.left_out["replaced"] += 1
            elif isinstance(row, str):
                found.left_out[row] += 1
            else:
                rows[token] = row
        found.rows += rows.values()
        found.rows += self._elsewhere(claims, rows)
        return found

    def _replaced(self, claims: Nodes) -> Iterator[str]:
        """The claims that another one replaces, or that their own speaker takes back."""
        for node in claims.values():
            yield from node.get(_REPLACES, ())
            for denied in node.get(_DENIES, ()):
                if self._chain(claims.get(denied, {})) == self._chain(node):
                    yield denied

    def _elsewhere(self, claims: Nodes, rows: Mapping[str, Row]) -> Iterator[Row]:
        """Claims that deny one of another subject or property, to be told with that one."""
        for token, row in rows.items():
            for denied in claims[token].get(_DENIES, ()):
                other = rows.get(denied)
                if other is not None and other[:2] != row[:2]:
                    yield row._replace(subject=other.subject, property=other.property, said=None)

    def _row(self, token: str, node: Node) -> Row | str:
        """A claim, or why it is not compared."""
        modality = local_name(iri_at(node, _MODALITY) or "")
        if modality not in HOLDING:
            return modality if modality in _MODALITIES else "unknown modality"
        subject, property_ = _one(node, _SUBJECT), iri_of(_one(node, _PROPERTY))
        document = self._document(_one(node, _FROM))
        date = date_at(node, _SAID_ON) or document["said"]
        value = self._compared(node)
        if value is None:
            return "no value"
        period = self._nodes.get(_one(node, _DURING))
        row_said = said(
            value,
            time_of(None if period is None else read_period(period), date, self._base),
            is_denied=local_name(iri_at(node, _POLARITY) or "") == Polarity.NEGATIVE,
            conditions=self._conditions(node),
            single=self._declared(property_, _SINGLE, _vocabulary().is_single_valued(property_)),
            timeless=bool(
                self._declared(property_, _TIMELESS, _vocabulary().is_timeless(property_))
            ),
        )
        about, names = self._thing(subject), (self._label(subject), self._words(node))
        if _is_symmetric(property_) and isinstance(value, Thing) and value.id < about.id:
            about, row_said, names = value, replace(row_said, value=about), names[::-1]
        edtf = None if period is None else text_at(period, _EDTF)
        shown = {
            "claim": iri_of(token),
            "publication": self._base,
            "title": document["title"],
            "language": document["language"],
            "said": date,
            "speakers": [self._label(one) for one in self._chain(node)],
            "sentence": text_at(node, _LABEL) or "",
            "sentenceLanguage": split_literal(_one(node, _LABEL))[1] or None,
            "quotes": [text_of(one) for one in node.get(_QUOTE, ())],
            "subject": names[0],
            "value": names[1],
            "period": edtf if period is None else text_at(period, _WORDING) or edtf or "",
            "edtf": edtf or None,
            "denied": row_said.is_denied,
            "denies": [iri_of(one) for one in node.get(_DENIES, ())],
        }
        return Row(about.id, property_, iri_of(token), self._base, row_said, shown)

    def _declared(self, property_: str, predicate: str, known: bool | None) -> bool | None:
        """What is declared of a property: by lod, or by the publication for its own."""
        own = self._nodes.get(f"<{property_}>", {}).get(predicate)
        return known if not own else text_of(own[0]) == "true"

    def _conditions(self, node: Node) -> Iterable[str]:
        """What restricts a claim, in a form that is the same in all publications."""
        for predicate, values in node.items():
            if predicate == _SHARE:
                yield from (f"share {self._same(one)}" for one in values)
            elif predicate in _OWN or predicate.startswith(_OURS):
                continue
            elif predicate in _TELL_APART or self._narrows(iri_of(predicate)):
                yield from (f"{predicate} {self._same(one)}" for one in values)

    def _narrows(self, iri: str) -> bool:
        """Whether a qualifier narrows; of one that nobody declares it is not known."""
        known = _vocabulary().properties.get(iri)
        declared = self._declared(iri, _NARROWS, None if known is None else known.narrows)
        return declared is not False

    def _same(self, token: str) -> str:
        """A term in a form that is the same wherever the same is meant."""
        node = self._nodes.get(token)
        if not token.startswith("<"):
            return text_of(token).casefold()
        if node is None:
            return token
        if node.keys() & {f"<{LOD.comparator}>", f"<{LOD.proportion}>"}:
            return repr(read_quantity(node, self._nodes))
        return text_at(node, _EDTF) or self._thing(token).id

    def _compared(self, node: Node) -> Compared | None:
        if _LITERAL in node:
            return Words(text_of(node[_LITERAL][0]).casefold())
        if _VALUE not in node:
            return None
        token = node[_VALUE][0]
        value = self._nodes.get(token, {})
        return self._read_value(value) or self._thing(token)

    def _read_value(self, value: Node) -> Compared | None:
        types = value.get(_TYPE, ())
        if f"<{LOD.Quantity}>" in types:
            return read_quantity(value, self._nodes)
        if f"<{LOD.Period}>" in types:
            return span_of(read_period(value), self._base)
        return None

    def _thing(self, token: str) -> Thing:
        node = self._nodes.get(token)
        if node is None:  # something elsewhere, of which nothing is known but its name
            iri = iri_of(token)
            return Thing(iri, iri)
        id_ = _id(token, node)
        types = node.get(_TYPE)
        scope = "" if _is_item(id_) else self._base
        return Thing(id_, scope, iri_of(types[0]) if types else "", frozenset(self._above(token)))

    def _above(self, token: str) -> Iterator[str]:
        """The things that a thing is part of, directly or not."""
        seen = {token}
        waiting = [token]
        while waiting:
            for above in self._nodes.get(waiting.pop(), {}).get(_PART_OF, ()):
                if above not in seen:
                    seen.add(above)
                    waiting.append(above)
                    yield _id(above, self._nodes.get(above, {}))

    def _chain(self, node: Node) -> tuple[str, ...]:
        """Who says a claim, outermost first."""
        chain, found = _one(node, _SPEAKERS), []
        while (link := self._nodes.get(chain)) is not None and _FIRST in link:
            found.append(_one(link, _FIRST))
            chain = _one(link, _REST)
        return tuple(found or node.get(_BY, ()))

    def _document(self, token: str) -> dict[str, Any]:
        known = self._documents.get(token)
        if known is None:
            node = self._nodes.get(token, {})
            dataset = self._nodes.get(f"<{self._base}dataset>", {})
            title = text_at(node, _HEADLINE) or text_at(dataset, _TITLE) or self._base
            known = self._documents[token] = {
                "said": date_at(node, _PUBLISHED),
                "title": title,
                "language": text_at(node, _LANGUAGE) or None,
            }
        return known

    def _label(self, token: str) -> str:
        node = self._nodes.get(token, {})
        label = text_at(node, _LABEL) or text_at(node, _HEADLINE)
        return label or text_of(token)

    def _words(self, node: Node) -> str:
        """The value of a claim in words: those of the text, or the name of the thing."""
        if _LITERAL in node:
            return text_of(node[_LITERAL][0])
        token = _one(node, _VALUE)
        value = self._nodes.get(token, {})
        said_as = text_at(value, _WORDING) or text_at(value, _EDTF)
        if said_as:
            return said_as
        number = text_at(value, f"<{LOD.number}>")
        if number:
            unit = text_at(value, f"<{SCHEMA.currency}>") or text_at(value, f"<{SCHEMA.unitText}>")
            return f"{number} {unit}".rstrip()
        return self._label(token)


def _is_item(id_: str) -> bool:
    return id_[:1] == "Q" and id_[1:].isdecimal()


def _is_symmetric(property_: str) -> bool:
    known = _vocabulary().properties.get(property_)
    return known is not None and known.symmetric


def _id(token: str, node: Node) -> str:
    """The item that a thing is, else its IRI."""
    for same in node.get(_SAME, ()):
        if same.startswith(_ITEM):
            return same[len(_ITEM) - 1 : -1]
    return iri_of(token)


def _one(node: Node, predicate: str) -> str:
    return (node.get(predicate) or [""])[0]
