"""JSON-LD that works as plain JSON (JSON-LD 1.1), rooted at the document.

`doc["claims"][3]["value"]["minValue"]` is a number. How a value is written depends on its property
alone, not on how many values there happen to be:

- `id`, and the properties that the context coerces to `@id`, are whole IRIs, never shortened;
- types, properties and the values of enumerations are words of the context ("planned");
- other resources are objects: parts of a claim (value, period, anchor) are whole in each claim;
  entities and claims that are named elsewhere show their `id` and their `label`, and are whole in
  the lists of the document;
- text in a language is a map from language to text; dates are strings;
- whole numbers are JSON numbers, as far as JavaScript keeps them exact; other decimals are strings
  with all their digits, since a JSON number would turn into a floating-point number. The object
  then says so to JSON-LD in a context of its own;
- properties that may repeat are arrays always;
- a term has the name that its vocabulary gives it, except where two would have the same:
  schema:value is `number`, beside lod:value; schema:isPartOf is `publishedIn`; dcterms:description
  is `summary`; oa:hasSelector is `quote` or `position`, as its type is; and an rdfs:label without a
  language is `name`.

A dataset without a document is a flat list of nodes instead.
"""

from __future__ import annotations

import json
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from json.encoder import encode_basestring as quoted
from typing import TYPE_CHECKING

from lod.dataset.jsonld_context import (
    CONTEXT_IRI,
    EMPTY,
    LANGUAGE,
    NODE,
    Context,
    Term,
    shipped_context,
)
from lod.dataset.jsonld_values import ClashError, Values, array, braces, flat, scalars
from lod.dataset.ntriples import RDF_TYPE, RDFS_LABEL, Node, index
from lod.vocabulary.names import LOD, OA, PROV, SCHEMA

if TYPE_CHECKING:
    from lod.dataset.dataset import Dataset

_CLAIM = f"<{LOD.Claim}>"
_DERIVED = f"<{PROV.wasDerivedFrom}>"
_ENCODES = f"<{SCHEMA.encodesCreativeWork}>"
_SELECTOR = f"<{OA.hasSelector}>"
_SELECTORS = {f"<{OA.TextQuoteSelector}>": "quote", f"<{OA.TextPositionSelector}>": "position"}

#: Objects nest no deeper than this; what is deeper stands in the list of the rest.
MAX_DEPTH = 24


def to_jsonld(dataset: Dataset, *, link_context: bool = False, root: str | None = None) -> str:
    r"""Write the whole dataset as JSON-LD.

    Args:
        dataset: its document is `document` under its base.
        link_context: name the context by its IRI, which a JSON-LD processor then has to know or to
            fetch. Otherwise the part of it that is used stands in the document.
        root: IRI of a thing that stands in the place of the document, with its parts in it; the
            rest is a list beside it.

    Returns:
        JSON, table by two, characters outside ASCII as they are, ended by a newline.

    >>> from lod.dataset.dataset import Dataset
    >>> triple = '<https://e.org/document> <https://schema.org/inLanguage> "en" .\n'
    >>> print(to_jsonld(Dataset("https://e.org/", triple), link_context=True))
    {
      "@context": "https://w3id.org/lod-facts/context.jsonld",
      "id": "https://e.org/document",
      "inLanguage": "en",
      "claims": [],
      "entities": [],
      "reported": []
    }
    <BLANKLINE>
    """
    try:
        return _Writer(dataset, shipped_context(), root).text(link_context)
    except ClashError:
        # An IRI such as <schema:x> would be read as a shortened one: nothing is shortened then.
        return _Writer(dataset, EMPTY, root).text(link_context=False)


@dataclass(slots=True)
class _Scope:
    """What holds while an object and those inside it are written.

    Attributes:
        nodes: the graph.
        whole: resources that are written whole where they are first named.
        taken: those that have been, or are about to be.
        labels: whether other resources show their label.
    """

    nodes: dict[str, Node]
    whole: AbstractSet[str] = frozenset()
    taken: set[str] = field(default_factory=set)
    labels: bool = True


class _Writer:
    """Writes one dataset.

    Args:
        dataset: what to write.
        context: the names to use.
        root: IRI of the thing to begin with, None for the document.
    """

    def __init__(self, dataset: Dataset, context: Context, root: str | None = None) -> None:
        self._context = context
        self._thing = root
        self._values = Values(context, {} if context is EMPTY else dataset.prefixes)
        self._nodes = index(dataset.default)
        self._graphs = {f"<{iri}>": text for iri, text in dataset.graphs.items() if text}
        self._base = dataset.base
        self._references: dict[tuple[str, str], str] = {}
        self._named: set[str] = set()

    def text(self, link_context: bool) -> str:
        """The document."""
        root = f"<{self._base}document>"
        flat = self._context is EMPTY or root not in self._nodes
        if self._thing is not None and self._context is not EMPTY:
            members = self._about(f"<{self._thing}>")
        else:
            members = self._flat() if flat else self._rooted(root)
        shipped = self._values.shipped_definitions()
        own = self._values.own_definitions()
        if link_context:
            linked = [quoted(CONTEXT_IRI), *([braces(own, "    ")] if own else [])]
            members.insert(0, f'"@context": {array(linked, "  ", many=False)}')
        elif shipped or own:
            members.insert(0, f'"@context": {braces([*shipped, *own], "  ")}')
        return braces(members, "") + "\n"

    def _flat(self) -> list[str]:
        scope = _Scope(self._nodes, labels=False)
        nodes = [self._object(t, "    ", scope) for t in self._nodes if t not in self._graphs]
        nodes += [self._graph(token, "    ", scope) for token in self._graphs]
        return [f'"@graph": {array(nodes, "  ", many=True)}']

    def _about(self, root: str) -> list[str]:
        """One thing with its parts; what is only named shows its label where it is named."""
        nodes = self._nodes
        others = [token for token in nodes if token != root and token not in self._graphs]
        whole = frozenset(token for token in others if nodes[token].keys() != {RDFS_LABEL})
        scope = _Scope(nodes, whole, {root})
        if root in self._graphs:
            members = self._graph_members(root, "", scope)
        else:
            members = self._members(root, "  ", scope, depth=0)
        reported = [self._graph(t, "    ", scope) for t in self._graphs if t != root]
        included = []
        for token in others:
            if token not in scope.taken and (token in whole or token not in self._named):
                scope.taken.add(token)
                included.append(self._object(token, "    ", scope))
        lists = {"reported": reported, "included": included}
        for name, objects in lists.items():
            if objects:
                members.append(self._section(name, array(objects, "  ", many=True)))
        return members

    def _rooted(self, root: str) -> list[str]:
        nodes = self._nodes
        dataset = f"<{self._base}dataset>"
        under_claim, under_entity = f"<{self._base}claim/", f"<{self._base}entity/"
        claims: list[str] = []
        parts: list[str] = []
        entities: list[str] = []
        encodings: list[str] = []
        rest: list[str] = []
        for token, node in nodes.items():
            if token in self._graphs or token in (root, dataset):
                continue
            if token.startswith(under_claim):
                is_claim = _CLAIM in node.get(RDF_TYPE, ()) and root in node.get(_DERIVED, ())
                (claims if is_claim else parts).append(token)
            elif token.startswith(under_entity):
                entities.append(token)
            else:
                (encodings if root in node.get(_ENCODES, ()) else rest).append(token)

        plain = _Scope(nodes)
        near = _Scope(nodes, frozenset(rest))
        members = self._members(root, "  ", near, depth=0)
        if encodings:
            texts = [self._object(t, "  ", plain, skip=(_ENCODES, root)) for t in encodings]
            members.append(self._section("encoding", array(texts, "  ", many=False)))
        if dataset in nodes:
            members.append(self._section("dataset", self._object(dataset, "  ", near)))
        written = near.taken
        whole = frozenset(parts)
        listed = []
        for token in claims:
            scope = _Scope(nodes, whole)
            listed.append(self._object(token, "    ", scope, skip=(_DERIVED, root)))
            written |= scope.taken
        lists = {
            "claims": listed,
            "entities": [self._object(token, "    ", plain) for token in entities],
            "reported": [self._graph(token, "    ", plain) for token in self._graphs],
        }
        if others := [t for t in (*rest, *parts) if t not in written]:
            lists["included"] = [self._object(token, "    ", plain) for token in others]
        for name, objects in lists.items():
            members.append(self._section(name, array(objects, "  ", many=True)))
        return members

    def _section(self, name: str, text: str) -> str:
        self._values.used.add(name)
        return f'"{name}": {text}'

    def _graph(self, token: str, pad: str, scope: _Scope) -> str:
        """A named graph: what is said of it, and its statements."""
        return braces(self._graph_members(token, pad, scope), pad)

    def _graph_members(self, token: str, pad: str, scope: _Scope) -> list[str]:
        members = self._members(token, pad + "  ", scope)
        # A label shown here would be a statement of this graph.
        inner = _Scope(index(self._graphs[token]), labels=False)
        deep = pad + "    "
        statements = [self._object(subject, deep, inner) for subject in inner.nodes]
        name = self._values.keyword("@graph")
        members.append(f'"{name}": {array(statements, pad + "  ", many=True)}')
        return members

    def _object(
        self, token: str, pad: str, scope: _Scope, *, skip: tuple[str, str] | None = None
    ) -> str:
        return braces(self._members(token, pad + "  ", scope, skip=skip), pad)

    def _members(
        self,
        token: str,
        pad: str,
        scope: _Scope,
        *,
        skip: tuple[str, str] | None = None,
        decimals: frozenset[str] = frozenset(),
        depth: int = 1,
    ) -> list[str]:
        """The members of a whole object.

        Args:
            token: the resource.
            pad: white space before each member.
            scope: what holds here.
            skip: a predicate and an object that the place of the object already says.
            decimals: names that the objects around coerce to decimals.
            depth: how deep the object nests; 0 for the outermost.
        """
        values = self._values
        members = [values.id_member(token)]
        rows = self._rows(token, members, pad, scope, skip)
        mine: set[str] = set()
        if scope.whole and depth < MAX_DEPTH:
            whole, taken = scope.whole, scope.taken
            for term, objects in rows:
                if term.kind == NODE:
                    mine.update([o for o in objects if o[0] == "<" and o in whole])
            mine -= taken
            taken |= mine
        # The outermost object has the context of the whole.
        if depth > 0 and (local := values.local_context(rows, decimals)):
            decimals = values.coerced(decimals, local)
            members.insert(0, f'"@context": {json.dumps(local)}')

        for term, objects in rows:
            if term.kind == LANGUAGE:
                members += values.language_members(term, objects, pad)
                continue
            made = values.made.get(term.kind)
            if made is not None and all(o[0] == "<" for o in objects):
                text = scalars([made[o] for o in objects], pad, many=term.many)
                members.append(f'"{term.name}": {text}')
                continue
            at = pad + "  " if term.many or len(objects) > 1 else pad
            written = []
            for o in objects:
                if term.kind != NODE or o[0] == '"':
                    written.append(values.value(o, term, at, decimals))
                elif o in mine:
                    inner = self._members(o, at + "  ", scope, decimals=decimals, depth=depth + 1)
                    written.append(braces(inner, at))
                else:
                    written.append(self._reference(o, at, scope))
            members.append(f'"{term.name}": {array(written, pad, many=term.many)}')
        return members

    def _rows(
        self,
        token: str,
        members: list[str],
        pad: str,
        scope: _Scope,
        skip: tuple[str, str] | None,
    ) -> list[tuple[Term, list[str]]]:
        """The properties of a resource with their values; its types go to the members at once."""
        values = self._values
        rows: list[tuple[Term, list[str]]] = []
        for predicate, objects in scope.nodes.get(token, {}).items():
            if skip is not None and predicate == skip[0]:
                if rest := [o for o in objects if o != skip[1]]:
                    rows.append((values.terms[predicate], rest))
            elif predicate == RDF_TYPE:
                types = [values.words[o] for o in objects if o[0] == "<"]
                if types:
                    members.append(f"{values.type_key}: {scalars(types, pad, many=True)}")
                if len(types) < len(objects):
                    literals = [o for o in objects if o[0] == '"']
                    rows.append((values.unknown(predicate), literals))
            elif predicate == _SELECTOR and self._context is not EMPTY:
                rows += self._selectors(objects, scope)
            else:
                rows.append((values.terms[predicate], objects))
        return rows

    def _selectors(self, objects: list[str], scope: _Scope) -> list[tuple[Term, list[str]]]:
        """Selectors under names that tell their type."""
        rows: dict[str, list[str]] = {}
        for o in objects:
            types = scope.nodes.get(o, {}).get(RDF_TYPE, ())
            name = next((_SELECTORS[t] for t in types if t in _SELECTORS), "selector")
            rows.setdefault(name, []).append(o)
        return [(self._values.named(name), found) for name, found in rows.items()]

    def _reference(self, token: str, pad: str, scope: _Scope) -> str:
        """A resource that is written whole elsewhere: its `id`, and its label if it has one."""
        if not scope.labels:
            return flat([self._values.id_member(token)], pad, "{}")
        known = self._references.get((token, pad))
        if known is None:
            members = [self._values.id_member(token)]
            labels = scope.nodes.get(token, {}).get(RDFS_LABEL)
            if labels:
                term = self._values.terms[RDFS_LABEL]
                members += self._values.language_members(term, labels, pad + "  ")
            known = braces(members, pad) if labels else flat(members, pad, "{}")
            self._references[token, pad] = known
            self._named.add(token)
        return known
