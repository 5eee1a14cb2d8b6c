"""Numbers and times of results in the form in which the data has them.

The engine keeps values: of 3.20 it remembers 3.2. Where all of the data writes a value in one way,
a result says it in that way; where the data has it in several, the engine's form stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from lod.query.checked import CheckedQuery
from lod.query.result import RawRow
from lod.query.sparql_tokens import Kind
from lod.query.terms import XSD
from lod.rdf.files import RdfFile, parse_quads

_TYPED = re.compile(rf'"[^"\\]*"\^\^<{re.escape(XSD)}(?!string>)\w+>')


class WrittenForms:
    """Gives literals of results back in the form of the data.

    Args:
        sources: N-Quads text and files; of stores on disk the forms are not known any more.
    """

    def __init__(self, sources: Iterable[object]) -> None:
        self._sources = tuple(one for one in sources if isinstance(one, str | RdfFile))

    @cached_property
    def _forms(self) -> dict[str, str]:
        return _written_forms(self._sources)

    def restore(
        self, query: CheckedQuery, variables: Sequence[str], rows: list[RawRow]
    ) -> list[RawRow]:
        """The rows of a result, values of the data in the form in which it has them.

        Args:
            query: which they answer; what it says or computes itself stays as it is.
            variables: names of the columns.
            rows: as the engine gave them.
        """
        if not self._sources:
            return rows
        if not any(text is not None and _TYPED.match(text) for row in rows for text in row):
            return rows
        own = _computed(query)
        if query.form != "SELECT" and (own or _says_literals(query)):
            return rows
        if not self._forms:
            return rows
        kept = [name in own for name in variables]
        return [
            [
                text if keep or text is None else self._forms.get(text, text)
                for text, keep in zip(row, kept, strict=True)
            ]
            for row in rows
        ]


def _written_forms(sources: Iterable[object]) -> dict[str, str]:
    """Literals as the engine gives them back, to the one form in which the data writes them."""
    from pyoxigraph import Literal, NamedNode, Quad, Store

    written = sorted({token for source in sources for token in _literals(source)})
    store, node = Store(), NamedNode("urn:x:y")
    for number, token in enumerate(written):
        lexical, _, datatype = token.rpartition("^^")
        literal = Literal(lexical[1:-1], datatype=NamedNode(datatype[1:-1]))
        store.add(Quad(NamedNode(f"urn:x:{number}"), node, literal))
    given = {int(quad.subject.value[6:]): str(quad.object) for quad in store}
    forms: dict[str, str | None] = {}
    for number, token in enumerate(written):
        form = given[number]
        forms[form] = None if form in forms else token
    return {form: token for form, token in forms.items() if token not in (None, form)}


def _literals(source: object) -> Iterator[str]:
    if isinstance(source, str):
        yield from _TYPED.findall(source)
    elif isinstance(source, RdfFile):
        for quad in parse_quads(source):
            yield from _TYPED.findall(str(quad.object))


def _computed(query: CheckedQuery) -> frozenset[str]:
    """The variables whose values the query says or computes itself: those of AS and VALUES.

    >>> from lod.query.checked import check_query
    >>> query = check_query("SELECT ?a (1 AS ?b) { ?a ?p ?o VALUES (?c ?d) { (1 2) } }")
    >>> sorted(_computed(query))
    ['b', 'c', 'd']
    """
    names = set()
    is_open = False
    for before, token in zip((None, *query.tokens), query.tokens, strict=False):
        is_open = token.is_word("VALUES") or (is_open and token.text != "{")
        after_as = before is not None and before.is_word("AS")
        if token.kind is Kind.VARIABLE and (is_open or after_as):
            names.add(token.text[1:])
    return frozenset(names)


def _says_literals(query: CheckedQuery) -> bool:
    """Whether a query has a number or a text of its own, which a graph made by it may have."""
    return any(token.kind in (Kind.NUMBER, Kind.STRING) for token in query.tokens)
