"""The publication's own terms, as the dataset publishes them beside the claims that use them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lod.rdf.files import RdfFile, parse_quads
from lod.rdf.formats import TURTLE
from lod.rdf.terms import literal

if TYPE_CHECKING:
    from lod.vocabulary.vocabulary import Vocabulary


def term_lines(vocabulary: Vocabulary, base: str) -> str:
    """What the terms say that the publication has named itself.

    Those of another namespace, which a vocabulary file of the publication may declare, are for
    the owner of that namespace to publish.

    Args:
        vocabulary: the terms that the publication may use.
        base: IRI of the publication.

    Returns:
        Canonical N-Triples, the statements of each class, property and qualifier in the order in
        which they were declared; "" without any.
    """
    if not any(iri.startswith(base) for iri in vocabulary.own):
        return ""
    from pyoxigraph import Literal

    said: dict[str, dict[str, None]] = {}
    for quad in parse_quads(
        RdfFile("terms", TURTLE, vocabulary.own_source.encode(), "urn:lod:terms")
    ):
        subject, value = quad.subject, quad.object
        if str(subject)[1:-1] not in vocabulary.terms:
            continue
        term = str(value)
        if isinstance(value, Literal):
            term = literal(value.value, value.language, value.datatype.value)
        line = f"{subject} {quad.predicate} {term} .\n"
        said.setdefault(str(subject), {})[line] = None
    return "".join([line for lines in said.values() for line in lines])
