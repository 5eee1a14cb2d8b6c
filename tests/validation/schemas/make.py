"""Writes what the vocabularies that we reuse say of our reused terms, for reasoners.

`npm install @vocabulary/NAME` (one for each of `NAMES` but dcat, whose package has version 2), then
`python -m tests.validation.schemas.make node_modules dcat3.ttl`, with `dcat/rdf/dcat3.ttl` of the
repository w3c/dxwg.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from rdflib import OWL, RDF, RDFS, BNode, Dataset, Graph, URIRef
from rdflib.term import Node

from lod.namespaces import PREFIXES
from lod.vocabulary.source import reused_terms

FOLDER = Path(__file__).parent
#: The prefixes of the vocabularies. The terms of RDF, RDFS, OWL and XSD are what reasoners know.
NAMES = ("dcat", "dcterms", "foaf", "oa", "prov", "schema", "skos", "vann", "void")
#: What reasoners conclude from, beside the types of classes and properties.
AXIOMS = frozenset(
    {
        *(RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, RDF.first, RDF.rest),
        *(OWL.equivalentClass, OWL.equivalentProperty, OWL.inverseOf, OWL.propertyChainAxiom),
        *(OWL.disjointWith, OWL.propertyDisjointWith, OWL.unionOf, OWL.intersectionOf),
        *(OWL.onProperty, OWL.someValuesFrom, OWL.allValuesFrom, OWL.hasValue, OWL.onClass),
        *(OWL.cardinality, OWL.maxCardinality, OWL.qualifiedCardinality),
    }
)
#: Axioms that may be written on the other term.
BOTH_WAYS = (OWL.inverseOf, OWL.disjointWith, OWL.equivalentClass, OWL.equivalentProperty)


def read(modules: Path, dcat: Path, name: str) -> Graph:
    """A vocabulary as its package has it, or the file of DCAT."""
    if name == "dcat":
        return Graph().parse(dcat)
    text = (modules / "@vocabulary" / name / f"{name}.nq").read_text("utf-8")
    # The package has the older of the two namespaces that schema.org publishes.
    text = text.replace("<http://schema.org/", "<https://schema.org/")
    dataset = Dataset(default_union=True).parse(data=text, format="nquads")
    graph = Graph()
    for one in dataset.quads():
        graph.add(one[:3])
    return graph


def main(modules: Path, dcat: Path) -> None:
    """Write a file for each vocabulary."""
    sources = {name: read(modules, dcat, name) for name in NAMES}
    written = {name: Graph() for name in NAMES}
    waiting: list[Node] = [URIRef(iri) for iri in reused_terms()]
    seen: set[Node] = set()

    def describe(node: Node, name: str) -> None:
        for predicate, value in sources[name].predicate_objects(node):
            if predicate in AXIOMS or predicate == RDF.type:
                written[name].add((node, predicate, value))
                if isinstance(value, BNode):
                    describe(value, name)
                else:
                    waiting.append(value)

    while waiting:
        term = waiting.pop()
        name = next((one for one in NAMES if str(term).startswith(PREFIXES[one])), None)
        if term in seen or name is None:
            continue
        seen.add(term)
        describe(term, name)
        for predicate in BOTH_WAYS:
            for other in sources[name].subjects(predicate, term):
                if isinstance(other, URIRef):
                    written[name].add((other, predicate, term))
                    waiting.append(other)
    for name, graph in written.items():
        for prefix, namespace in PREFIXES.items():
            graph.bind(prefix, namespace, replace=True)
        source = "version 3 of the Data Catalog Vocabulary (W3C)"
        if name != "dcat":
            package = modules / "@vocabulary" / name / "package.json"
            version = json.loads(package.read_text("utf-8"))["version"]
            source = f"the npm package @vocabulary/{name} {version} (MIT)"
        head = (
            f"# What {PREFIXES[name]} says of the terms in vocab/reused.ttl and those above,\n"
            f"# from {source}: see make.py.\n"
        )
        (FOLDER / f"{name}.ttl").write_text(head + graph.serialize(format="turtle"), "utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
