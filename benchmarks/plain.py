"""The same path written plainly with rdflib and pySHACL: what lod is measured against.

It reads with lod's own loader, so that the findings are the same, and is given the statements as
strings: what it saves by that makes lod's lead smaller, not larger. It then makes a graph triple by
triple, validates it with pySHACL against the same shapes, and writes N-Quads with rdflib.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lod.corpus.items import Item
from lod.dataset.build import build_dataset
from lod.facts.load import load_json
from lod.rdf.terms import iri_of, lines, split_literal, unescape
from lod.validation.shapes import shipped_shapes

if TYPE_CHECKING:
    from rdflib import Graph, Literal, URIRef

#: An IRI, or a literal as lexical form, language and datatype.
Object = str | tuple[str, str, str]
#: Subject, predicate, object, and the graph or "".
Statement = tuple[str, str, Object, str]


@dataclass(slots=True)
class Given:
    """A publication with what the plain path need not work out.

    Attributes:
        item: the publication.
        statements: its statements; none where it is broken.
        context: what the vocabulary says of the terms in use.
    """

    item: Item
    statements: list[Statement]
    context: list[Statement]


def prepare(item: Item) -> Given:
    """Work out the statements of a publication."""
    assert item.data is not None
    loaded = load_json(item.data, "publication.json", Path(item.file).parent)
    if loaded.facts is None:
        return Given(item, [], [])
    dataset = build_dataset(loaded.facts, loaded.vocabulary)
    statements = _statements(dataset.default, "")
    for graph, text in dataset.graphs.items():
        statements += _statements(text, graph)
    return Given(item, statements, _statements(loaded.vocabulary.context_triples(dataset.terms)))


def _statements(text: str, graph: str = "") -> list[Statement]:
    return [(iri_of(s), iri_of(p), _object(o), graph) for s, p, o in lines(text)]


def _object(token: str) -> Object:
    if token.startswith("<"):
        return iri_of(token)
    lexical, language, datatype = split_literal(token)
    return unescape(lexical), language, datatype


def shapes_graph() -> Graph:
    """The shapes that ship with lod, in rdflib."""
    from rdflib import Graph as RdflibGraph

    return RdflibGraph().parse(data=shipped_shapes().text, format="nt")


def publish_plainly(given: Given, shapes: Graph) -> tuple[list[str], str | None]:
    """One publication: the codes of its findings, and its N-Quads where it has no errors."""
    from pyshacl import validate
    from rdflib import Dataset, URIRef
    from rdflib import Graph as RdflibGraph

    assert given.item.data is not None
    loaded = load_json(given.item.data, "publication.json", Path(given.item.file).parent)
    codes = [finding.code for finding in loaded.findings if finding.severity != "info"]
    if loaded.facts is None:
        return codes, None
    dataset = Dataset()
    union = RdflibGraph()
    for s, p, o, g in given.statements:
        triple = (URIRef(s), URIRef(p), _term(o))
        (dataset.graph(URIRef(g)) if g else dataset.default_graph).add(triple)
        union.add(triple)
    for s, p, o, _ in given.context:
        union.add((URIRef(s), URIRef(p), _term(o)))
    conforms, _, _ = validate(union, shacl_graph=shapes, inplace=True)
    if not conforms:
        codes.append("shape")
    return codes, dataset.serialize(format="nquads")


def parse_validate_write(n_quads: str, context: str, shapes: Graph) -> str:
    """Quads that are there already: parsed, validated and written; gives the N-Quads.

    Args:
        n_quads: the dataset.
        context: what the vocabulary says of its terms, as N-Triples.
        shapes: from `shapes_graph`.
    """
    from pyshacl import validate
    from rdflib import Dataset
    from rdflib import Graph as RdflibGraph

    dataset = Dataset().parse(data=n_quads, format="nquads")
    union = RdflibGraph().parse(data=context, format="nt")
    for s, p, o, _ in dataset.quads():
        union.add((s, p, o))
    conforms, _, text = validate(union, shacl_graph=shapes, inplace=True)
    assert conforms, text
    return dataset.serialize(format="nquads")


def _term(o: Object) -> URIRef | Literal:
    from rdflib import Literal, URIRef

    if isinstance(o, str):
        return URIRef(o)
    lexical, language, datatype = o
    return Literal(
        lexical,
        lang=language or None,
        datatype=URIRef(datatype) if datatype else None,
        normalize=False,
    )


def quiet() -> None:
    """Keep off the screen what the libraries log."""
    logging.disable(logging.ERROR)


def quads_of(text: str) -> set[str]:
    """N-Quads as a set that does not depend on the order, nor on rdflib's default graph."""
    from pyoxigraph import RdfFormat, parse

    quads = parse(text.encode(), format=RdfFormat.N_QUADS)
    return {str(quad).replace(" <urn:x-rdflib:default>", "") for quad in quads}
