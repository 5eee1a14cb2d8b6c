"""The engine pySHACL: the reference, and the one that is used where no other is installed."""

from __future__ import annotations

import logging
from functools import lru_cache
from typing import TYPE_CHECKING

from lod.dataset.ntriples import iri_of, lines, split_literal, unescape
from lod.errors import VocabularyError
from lod.validation.engines import RawResult, normalised
from lod.validation.result import SH, literal_token

if TYPE_CHECKING:
    from rdflib import Graph
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

        graph = _graph(data)
        # It takes over a logger of this name and writes to the terminal.
        logging.getLogger("pyshacl-validate").disabled = True
        try:
            _, report, text = validate(graph, shacl_graph=_shapes_graph(shapes), inplace=True)
        except ReportableRuntimeError as error:
            raise VocabularyError(f"The shapes cannot be used: {error}.") from None
        if not hasattr(report, "objects"):
            raise VocabularyError(f"The shapes cannot be used: {text}.")
        return normalised(shapes, _results(report))


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
    from rdflib import BNode, Graph, Literal, URIRef

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
                known = Literal(
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
