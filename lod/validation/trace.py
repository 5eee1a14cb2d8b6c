"""Back from a result to the facts: which claim or entity, and which words of the text."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from lod.codes import CODES
from lod.diagnostics import Finding, Path, Severity
from lod.namespaces import shrink
from lod.rdf.terms import iri_of, split_literal, unescape
from lod.validation.checks.data import CHECKS
from lod.validation.report import VIOLATION, ValidationReport, ValidationResult

if TYPE_CHECKING:
    from lod.model.claim import Statement
    from lod.model.facts import Facts

#: The part of a claim's IRI below its id to the key of the facts that it comes from.
_PARTS: Mapping[str, str] = {
    "anchor": "quote",
    "value": "value",
    "period": "during",
    "share": "share",
    "change": "change",
    "comparedWith": "comparedWith",
    "with": "with",
}
_MOST_OF_QUOTE = 200
_MOST_OF_VALUE = 80


def trace_results(report: ValidationReport, facts: Facts) -> list[Finding]:
    """Turn the results of a report into findings on the facts.

    Args:
        report: the report on the dataset of the facts.
        facts: the facts.

    Returns:
        One finding a result, with the code `shape`, or `shape-warning` for severities other than
        sh:Violation; its path leads to the claim, the entity, the document or the publication, as
        near as the result allows. What is not of the publication has the path ().
    """
    tracer = _Tracer(facts)
    return [tracer.finding(result) for result in report.results]


class _Tracer:
    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._base = facts.publication.base
        self._statements = {statement.id: statement for statement in facts.statements}

    def finding(self, result: ValidationResult) -> Finding:
        """The finding of one result."""
        code = "shape" if result.severity == VIOLATION else "shape-warning"
        path, statement = self._trace(result.focus_node, result)
        # Some shapes look at all claims from the document or the text: the claim is the value.
        if statement is None and result.value is not None:
            claim_path, statement = self._trace(result.value, result)
            if statement is not None or not path:
                path = claim_path
        quote = None
        if statement is not None and statement.anchors:
            quote = " […] ".join(anchor.exact for anchor in statement.anchors)[:_MOST_OF_QUOTE]
        return Finding(
            code,
            Severity(CODES[code].severity),
            self._message(result, statement),
            hint=_source(result.source_shape) if result.source_shape else None,
            path=path,
            claim=statement.id if statement is not None else None,
            quote=quote,
        )

    def _message(self, result: ValidationResult, statement: Statement | None) -> str:
        about = self._name(result.focus_node)
        if result.path is not None:
            about += f", {result.path.write(shrink)}"
        message = result.message.rstrip(".")
        if result.value is not None and result.value != result.focus_node:
            message += f": {self._name(result.value)}"
        return f"{about}: {message}."

    def _name(self, token: str) -> str:
        if token.startswith("<"):
            iri = iri_of(token)
            if iri.startswith(self._base) and iri != self._base:
                return iri[len(self._base) :]
            return shrink(iri, self._facts.publication.prefixes)
        if token.startswith("_:"):
            return token
        text = " ".join(unescape(split_literal(token)[0]).split())
        return f'"{text[:_MOST_OF_VALUE]}…"' if len(text) > _MOST_OF_VALUE else f'"{text}"'

    def _trace(self, token: str, result: ValidationResult) -> tuple[Path, Statement | None]:
        """The path in the facts, and the claim, that a node comes from."""
        if not token.startswith(f"<{self._base}"):
            return (), None
        kind, _, rest = iri_of(token)[len(self._base) :].partition("/")
        predicate = "" if result.path is None else _first_predicate(result)
        if kind == "claim":
            return self._claim(rest.split("/"), predicate)
        if kind == "entity":
            entity = self._facts.entities.get(rest)
            if entity is not None:
                return (*entity.path, *_key("entity", predicate)), None
        if kind == "term":
            return ("terms", rest, *_key("term", predicate)), None
        if kind in ("document", "text"):
            document = self._facts.document
            named = next((one for one in document.versions if one.name == rest), document)
            if kind == "text":
                texts = document.all_versions
                named = next((one for one in texts if rest and one.sha256.startswith(rest)), named)
            return (*named.path, *_key("document", predicate)), None
        if kind == "reported":
            return self._reported(tuple(rest.split("/")), result)
        if kind in ("dataset", "build", "publisher", "creator"):
            return ("publication", *_key("publication", predicate)), None
        return (), None

    def _claim(self, parts: list[str], predicate: str) -> tuple[Path, Statement | None]:
        statement = self._statements.get(parts[0])
        if statement is None:
            return (), None
        for part in parts[1:]:
            if part in _PARTS:
                return (*statement.path, _PARTS[part]), statement
        qualifiers = {iri for iri, _ in statement.qualifiers}
        if predicate in qualifiers:
            return (*statement.path, "with"), statement
        return (*statement.path, *_key("claim", predicate)), statement

    def _reported(
        self, chain: tuple[str, ...], result: ValidationResult
    ) -> tuple[Path, Statement | None]:
        """The first claim of a chain of speakers."""
        said = (one for one in self._facts.statements if one.speakers == chain)
        statement = next(said, None)
        return ("claims",) if statement is None else (*statement.path, "by"), statement


def _source(iri: str) -> str:
    """Which of the two found it: a shape, or a check of ours beside them."""
    kind = "Check" if iri.startswith(CHECKS) else "Shape"
    return f"{kind} {shrink(iri)}"


def _first_predicate(result: ValidationResult) -> str:
    path = result.path
    while path is not None and path.parts:
        path = path.parts[0]
    return "" if path is None else path.predicate


def _key(part: str, predicate: str) -> Path:
    """The key of the facts that a statement of a part of the data comes from."""
    key = _keys()[part].get(predicate)
    return () if key is None else (key,)


@cache
def _keys() -> Mapping[str, Mapping[str, str]]:
    """Part of the data to predicate to the key of the facts that it comes from."""
    from lod.vocabulary.names import DCTERMS, LOD, OWL, PROV, RDF, RDFS, SCHEMA, SKOS

    return {
        "claim": {
            LOD.subject: "subject",
            LOD.property: "property",
            LOD.value: "value",
            LOD.literal: "value",
            LOD.unknown: "value",
            LOD.share: "share",
            LOD.change: "change",
            LOD.comparedWith: "comparedWith",
            LOD.modality: "modality",
            LOD.polarity: "polarity",
            LOD.during: "during",
            LOD.saidOn: "saidOn",
            LOD.staleAfter: "staleAfter",
            LOD.denies: "denies",
            LOD.replaces: "replaces",
            LOD.anchor: "quote",
            PROV.wasAttributedTo: "by",
            LOD.through: "by",
        },
        "entity": {
            RDF.type: "type",
            RDFS.label: "label",
            SKOS.altLabel: "also",
            SCHEMA.description: "description",
            OWL.sameAs: "wikidata",
            SKOS.closeMatch: "wikidata",
            SCHEMA.member: "members",
            SCHEMA.about: "about",
            DCTERMS.isPartOf: "partOf",
        },
        "document": {
            SCHEMA.headline: "title",
            SCHEMA.inLanguage: "language",
            SCHEMA.author: "author",
            SCHEMA.isPartOf: "publishedIn",
            SCHEMA.datePublished: "published",
            LOD.dateSource: "dateSource",
            SCHEMA.url: "iri",
            PROV.wasDerivedFrom: "source",
        },
        "term": {
            RDFS.label: "label",
            SKOS.definition: "definition",
            LOD.phrase: "phrase",
            LOD.qualifierPhrase: "phrase",
            LOD.inversePhrase: "inverse",
            SCHEMA.domainIncludes: "domain",
            SCHEMA.rangeIncludes: "range",
            RDFS.subClassOf: "subClassOf",
        },
        "publication": {
            DCTERMS.title: "title",
            DCTERMS.description: "description",
            DCTERMS.license: "license",
            DCTERMS.publisher: "publisher",
            DCTERMS.creator: "creator",
            DCTERMS.modified: "modified",
        },
    }
