"""Vocabulary files as plain data: what each term says, by property."""

from __future__ import annotations

from functools import cache

from lod.errors import VocabularyError

#: One value: an IRI or the text of a literal, and the language tag ("" for none).
Node = tuple[str, str]
#: What one term says: IRI of a property to its values, in the order of the file.
Statements = dict[str, list[Node]]
#: The terms of one or several files by their IRI.
Terms = dict[str, Statements]

#: The files that declare our own terms, and the one that lists the terms of others.
OWN_FILES = ("lod.ttl", "relations.ttl")
REUSED_FILE = "reused.ttl"
#: The file that says in which versions a term of ours came and changed.
HISTORY_FILE = "history.ttl"


def parse_terms(turtle: bytes, name: str) -> Terms:
    """Read the terms of a vocabulary.

    Args:
        turtle: RDF 1.1 Turtle in UTF-8.
        name: how to call the file in a message.

    Raises:
        VocabularyError: the Turtle is malformed, or describes a blank node.
    """
    from pyoxigraph import Literal, NamedNode, RdfFormat, parse

    terms: Terms = {}
    try:
        for triple in parse(turtle, format=RdfFormat.TURTLE):
            subject, node = triple.subject, triple.object
            if not isinstance(subject, NamedNode) or not isinstance(node, NamedNode | Literal):
                raise VocabularyError(
                    f"{name}: a vocabulary has no blank nodes, but {subject} {triple.predicate} "
                    f"{node} is there",
                    hint="give the node an IRI",
                )
            language = node.language or "" if isinstance(node, Literal) else ""
            statements = terms.setdefault(subject.value, {})
            statements.setdefault(triple.predicate.value, []).append((node.value, language))
    except SyntaxError as error:
        raise VocabularyError(
            f"{name}, line {error.lineno}, column {error.offset}: {error.msg}",
            hint="the file must be RDF 1.1 Turtle",
        ) from None
    return terms


@cache
def shipped_terms() -> Terms:
    """Our own terms, from the files that ship with lod. Callers do not change the result."""
    from lod.resources import read

    terms: Terms = {}
    for file in OWN_FILES:
        terms |= parse_terms(read("vocab", file), file)
    return terms


@cache
def reused_terms() -> Terms:
    """The terms of other vocabularies that datasets use. Callers do not change the result."""
    from lod.resources import read

    return parse_terms(read("vocab", REUSED_FILE), REUSED_FILE)


@cache
def term_history() -> dict[str, tuple[str, ...]]:
    """IRI of each term of ours to what each version did to it, the first version first.

    >>> term_history()["https://w3id.org/lod-facts/relations#Document"][0]
    '0.1.0: new.'
    """
    from lod.resources import read

    terms = parse_terms(read("vocab", HISTORY_FILE), HISTORY_FILE)
    note = "http://www.w3.org/2004/02/skos/core#historyNote"
    return {iri: tuple(text for text, _ in said[note]) for iri, said in terms.items()}
