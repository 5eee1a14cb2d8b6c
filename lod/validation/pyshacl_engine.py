"""The engine pySHACL: the reference, and the one that is used where no other is installed."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from lod.dataset.ntriples import iri_of, lines, split_literal, unescape
from lod.errors import VocabularyError
from lod.validation.engines import RawResult, normalised
from lod.validation.result import SH, literal_token

if TYPE_CHECKING:
    from rdflib import Graph, Literal
    from rdflib.term import Node

    from lod.validation.result import ValidationResult
    from lod.validation.shapes import Shapes


class PyShaclEngine:
    """Validates with the package `pyshacl`; as `lod.validation.engines.Engine`."""

    name = "pyshacl"

    def validate(self, shapes: Shapes, data: str) -> list[ValidationResult]:
        """Validate data; as `Engine.validate`."""
        from pyshacl import validate
        from pyshacl.errors import ReportableRuntimeError

        try:
            with _silence():
                graph = _graph(data)
                _, report, text = validate(graph, shacl_graph=_shapes_graph(shapes), inplace=True)
        except (ReportableRuntimeError, re.error) as error:
            raise VocabularyError(f"The shapes cannot be used: {error}.") from None
        if not hasattr(report, "objects"):
            raise VocabularyError(f"The shapes cannot be used: {text}.")
        return normalised(shapes, _results(report))


@contextmanager
def _silence() -> Iterator[None]:
    """Keep off the terminal what the libraries log: that a literal is ill-formed is a result."""
    loggers = [logging.getLogger(name) for name in ("pyshacl-validate", "rdflib.term")]
    before = [logger.disabled for logger in loggers]
    for logger in loggers:
        logger.disabled = True
    try:
        yield
    finally:
        for logger, disabled in zip(loggers, before, strict=True):
            logger.disabled = disabled


def _results(report: Graph) -> list[RawResult]:
    from rdflib import SH as TERMS

    found = []
    # Only those of the report: there are also results that explain another by sh:detail.
    for node in report.objects(None, TERMS.result):

        def one(name: str, node: Node = node) -> str | None:
            value = report.value(node, TERMS[name])
            return None if value is None else _token(value)

        messages = report.objects(node, TERMS.resultMessage)
        found.append(
            RawResult(
                one("focusNode") or "",
                one("resultPath"),
                one("value"),
                (one("resultSeverity") or f"<{SH}Violation>")[1:-1],
                one("sourceShape"),
                (one("sourceConstraintComponent") or "<>")[1:-1],
                tuple(str(message) for message in messages),
            )
        )
    return found


def _token(term: Node) -> str:
    """A term of rdflib in canonical N-Triples syntax."""
    from rdflib import BNode, Literal

    if isinstance(term, BNode):
        return f"_:{term}"
    if isinstance(term, Literal):
        return literal_token(str(term), term.language or "", str(term.datatype or ""))
    return f"<{term}>"


@lru_cache(maxsize=16)
def _shapes_graph(shapes: Shapes) -> Graph:
    return _graph(shapes.text)


def _graph(data: str) -> Graph:
    """Canonical N-Triples as a graph, every literal as it was written."""
    from rdflib import BNode, Graph, URIRef

    make_literal = _literal_class()
    terms: dict[str, Node] = {}

    def term(token: str) -> Node:
        known = terms.get(token)
        if known is None:
            if token.startswith("<"):
                known = URIRef(iri_of(token))
            elif token.startswith("_:"):
                known = BNode(token[2:])
            else:
                lexical, language, datatype = split_literal(token)
                known = make_literal(
                    unescape(lexical),
                    lang=language or None,
                    datatype=URIRef(datatype) if datatype else None,
                    normalize=False,
                )
            terms[token] = known
        return known

    graph = Graph()
    graph.addN((term(s), term(p), term(o), graph) for s, p, o in lines(data))
    return graph


@cache
def _literal_class() -> type[Literal]:
    """Literals that compare as SHACL says: what cannot be compared is not less than the other.

    rdflib puts all literals into some order, so that pySHACL finds nothing wrong where one of two
    dates is none (SHACL, section 4.5.3).
    """
    from rdflib import Literal

    class StrictLiteral(Literal):
        def __lt__(self, other: Any) -> bool:
            return _comparable(self, other) and super().__lt__(other)

        def __le__(self, other: Any) -> bool:
            return _comparable(self, other) and super().__le__(other)

    return StrictLiteral


def _comparable(one: Literal, other: Any) -> bool:
    kinds = {_kind(one), _kind(other)}
    return len(kinds) == 1 and None not in kinds


def _kind(term: Any) -> str | None:
    """What a literal can be compared with; None if with nothing."""
    from rdflib import Literal

    if not isinstance(term, Literal) or term.ill_typed or term.datatype is None:
        return None
    if isinstance(term.value, int | float | Decimal) and not isinstance(term.value, bool):
        return "number"
    return str(term.datatype)
