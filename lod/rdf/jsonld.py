"""JSON-LD that works as plain JSON (JSON-LD 1.1), rooted at the document.

`doc["claims"][3]["value"]["minValue"]` is a number. A key has one type and one meaning, which
`lod.rdf.jsonld_schema` tells. How a value is written depends on its property and its type alone,
not on how many values there happen to be:

- `id`, and the properties that the context coerces to `@id`, are whole IRIs, never shortened;
- types, properties and the values of enumerations are words of the context ("planned");
- other resources are objects: parts of a claim (value, period, anchor) are whole in each claim;
  entities and claims that are named elsewhere show their `id` and their `label`, and are whole in
  `included`, beside the dataset and the reported graphs;
- text in a language is a map from language to text; dates are strings;
- whole numbers are JSON numbers, as far as JavaScript keeps them exact; other decimals are strings
  with all their digits, under a key of their own (`decimal` beside `number`), since a JSON number
  would turn into a floating-point number;
- properties that may repeat are arrays always; selectors stand under their kind;
- a term has the name that its vocabulary gives it, except where two would have the same:
  schema:value is `number`, beside lod:value; schema:isPartOf is `publishedIn`; dcterms:description
  is `summary`; and an rdfs:label without a language is `name`. A term that the context does not
  have is a CURIE or an IRI, always with an array.

A JSON-LD processor that expands it and compacts it by the same context gives the same again, but
for `closeMatch` of a publication's own terms to a vocabulary for which the context has a prefix.

A dataset without a document is a flat list of nodes instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from itertools import chain
from json.encoder import encode_basestring as quoted
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct, field

from lod.rdf.blocks import Blocks
from lod.rdf.jsonld_context import (
    CONTEXT_IRI,
    EMPTY,
    LANGUAGE,
    NODE,
    Context,
    Term,
    shipped_context,
)
from lod.rdf.terms import RDF_TYPE, RDFS_LABEL, XSD, Node, index, iri_of, split_literal, unescape
from lod.vocabulary.names import LOD, OA, PROV, RDF, SCHEMA

if TYPE_CHECKING:
    from lod.rdf.dataset import Dataset

_CLAIM = f"<{LOD.Claim}>"
_LIST = f"<{RDF.List}>"
_DERIVED = f"<{PROV.wasDerivedFrom}>"
_ENCODES = f"<{SCHEMA.encodesCreativeWork}>"
_SELECTORS = {f"<{OA.TextQuoteSelector}>": "quote", f"<{OA.TextPositionSelector}>": "position"}

#: How the selectors of one kind are written.
_ALONE = Term("", "", many=False)

# Between two members of the document.
_BETWEEN = ",\n  "

#: So much of what was made is kept: in a large dataset, most stands twice, near each other.
_MOST_KEPT = 1 << 15

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

    >>> from lod.rdf.dataset import Dataset
    >>> triple = '<https://e.org/document> <https://schema.org/inLanguage> "en" .\n'
    >>> print(to_jsonld(Dataset("https://e.org/", triple), link_context=True))
    {
      "@context": "https://w3id.org/lod-facts/context.jsonld",
      "id": "https://e.org/document",
      "inLanguage": "en",
      "claims": [],
      "included": []
    }
    <BLANKLINE>
    """
    return str(jsonld_blocks(dataset, link_context=link_context, root=root))


def jsonld_blocks(
    dataset: Dataset, *, link_context: bool = False, root: str | None = None
) -> Blocks:
    """The same, as it is made: statement by statement, where the dataset says where they are."""
    try:
        return _Writer(dataset, shipped_context(), root).text(link_context)
    except ClashError:
        # An IRI such as <schema:x> would be read as a shortened one: nothing is shortened then.
        return _Writer(dataset, EMPTY, root).text(link_context=False)


class _Known(Protocol):
    """What is said of resources, by their tokens."""

    def get(self, token: str, default: Node, /) -> Node:
        """What is said of one."""


class _Scope(Struct):
    """What holds while an object and those inside it are written.

    Attributes:
        nodes: the graph, as far as it is asked for.
        whole: resources that are written whole where they are first named.
        lists: further ones.
        taken: those that have been, or are about to be.
        labels: whether other resources show their label.
    """

    nodes: _Known
    whole: AbstractSet[str] = frozenset()
    lists: AbstractSet[str] = frozenset()
    taken: set[str] = field(default_factory=set)
    labels: bool = True


class _Nodes:
    """The graph of a dataset, of which one statement is known at a time.

    Args:
        dataset: the dataset.

    Attributes:
        rest: what is said in no statement; all, where it is not known which statements there are.
    """

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._under = f"<{dataset.base}claim/"
        self.rest = index(dataset.rest())
        self._near: dict[str, Node] = {}

    def all(self) -> dict[str, Node]:
        """The whole graph."""
        return index(self._dataset.blocks) if self._dataset.statements else self.rest

    def each(self, only: Container[int] | None = None) -> Iterator[tuple[int, dict[str, Node]]]:
        """The graph of each statement with its number; it is known until the next one is.

        Args:
            only: the numbers of the statements; all of them where None.
        """
        for number, text in enumerate(self._dataset.each_statement()):
            if only is None or number in only:
                self._near = index(text)
                yield number, self._near
        self._near = {}

    def get(self, token: str, default: Node, /) -> Node:
        """What is said of a resource; of a claim of another statement its label alone."""
        found = self._near.get(token) or self.rest.get(token)
        if found is None and token.startswith(self._under):
            found = self._labels.get(token)
        return default if found is None else found

    @cached_property
    def _labels(self) -> dict[str, Node]:
        """The labels of all claims: what is shown where one claim names another."""
        line = re.compile(rf"(?m)^({re.escape(self._under)}[^/>]+>) {RDFS_LABEL} (.*) \.$")
        labels: dict[str, Node] = {}
        for text in self._dataset.each_statement():
            for claim, label in line.findall(text):
                labels.setdefault(claim, {RDFS_LABEL: []})[RDFS_LABEL].append(label)
        return labels


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
        self._nodes = _Nodes(dataset)
        self._graphs = {f"<{iri}>": text for iri, text in dataset.graphs.items() if text}
        self._base = dataset.base
        self._references: dict[tuple[str, str], str] = {}
        self._named: set[str] = set()

    def text(self, link_context: bool) -> Blocks:
        """The document."""
        root = f"<{self._base}document>"
        flat = self._context is EMPTY or root not in self._nodes.rest
        text = Blocks()
        if self._thing is not None and self._context is not EMPTY:
            text.add(_BETWEEN.join(self._about(f"<{self._thing}>")))
        else:
            text.extend(self._flat() if flat else self._rooted(root))
        shipped = self._values.shipped_definitions()
        own = self._values.own_definitions()
        head = ""
        if link_context:
            linked = [quoted(CONTEXT_IRI), *([braces(own, "    ")] if own else [])]
            head = f'"@context": {array(linked, "  ", many=False)}{_BETWEEN}'
        elif shipped or own:
            head = f'"@context": {braces([*shipped, *own], "  ")}{_BETWEEN}'
        text.begin("{\n  " + head)
        text.add("\n}\n")
        return text

    def _flat(self) -> Iterator[str]:
        nodes = self._nodes.all()
        scope = _Scope(nodes, labels=False)
        written = (self._object(t, "    ", scope) for t in nodes if t not in self._graphs)
        graphs = (self._graph(token, "    ", scope) for token in self._graphs)
        return _list("@graph", chain(written, graphs))

    def _about(self, root: str) -> list[str]:
        """One thing with its parts; what is only named shows its label where it is named."""
        nodes = self._nodes.all()
        others = [token for token in nodes if token != root and token not in self._graphs]
        whole = frozenset(token for token in others if nodes[token].keys() != {RDFS_LABEL})
        scope = _Scope(nodes, whole, taken={root})
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
        if included := reported + included:
            members.append(self._section("included", array(included, "  ", many=True)))
        return members

    def _rooted(self, root: str) -> Iterator[str]:
        """The members of the document, piece by piece."""
        nodes = self._nodes
        dataset = f"<{self._base}dataset>"
        under_claim, under_entity = f"<{self._base}claim/", f"<{self._base}entity/"
        of_claims: dict[str, Node] = {}
        entities: list[str] = []
        encodings: list[str] = []
        rest: dict[str, None] = {}
        for token, node in nodes.rest.items():
            if token in self._graphs or token in (root, dataset):
                continue
            if token.startswith(under_claim):
                of_claims[token] = node
            elif token.startswith(under_entity):
                entities.append(token)
            elif root in node.get(_ENCODES, ()):
                encodings.append(token)
            else:
                rest[token] = None

        plain = _Scope(nodes)
        near = _Scope(nodes, rest.keys())
        members = self._members(root, "  ", near, depth=0)
        if encodings:
            texts = [self._object(t, "  ", plain, skip=(_ENCODES, root)) for t in encodings]
            members.append(self._section("encoding", array(texts, "  ", many=False)))
        yield _BETWEEN.join(members)
        head = [self._object(dataset, "    ", near)] if dataset in nodes.rest else []
        written = near.taken
        # The order of speakers is told in each claim, whoever else has the same.
        lists = {token for token in rest if _LIST in nodes.rest[token].get(RDF_TYPE, ())}
        # What stands in no claim: the parts of each statement, by its number.
        left: dict[int, list[str]] = {}

        def claims() -> Iterator[str]:
            for number, group in chain([(-1, of_claims)], nodes.each()):
                mine = [
                    token
                    for token, node in group.items()
                    if _CLAIM in node.get(RDF_TYPE, ()) and root in node.get(_DERIVED, ())
                ]
                parts = group.keys() - mine
                taken: set[str] = set()
                for token in mine:
                    scope = _Scope(nodes, parts, lists)
                    yield self._object(token, "    ", scope, skip=(_DERIVED, root))
                    taken |= scope.taken
                written.update(taken & lists)
                parts -= taken
                if others := [token for token in group if token in parts]:
                    left[number] = others

        def included() -> Iterator[str]:
            yield from head
            yield from (self._object(token, "    ", plain) for token in entities)
            yield from (self._graph(token, "    ", plain) for token in self._graphs)
            others = (*(token for token in rest if token not in written), *left.pop(-1, ()))
            yield from (self._object(token, "    ", plain) for token in others)
            for number, _ in nodes.each(left) if left else ():
                yield from (self._object(token, "    ", plain) for token in left[number])

        for name, objects in {"claims": claims, "included": included}.items():
            self._values.used.add(name)
            yield _BETWEEN
            yield from _list(name, objects())

    def _section(self, name: str, text: str) -> str:
        self._values.used.add(name)
        return f'"{name}": {text}'

    def _graph(self, token: str, pad: str, scope: _Scope) -> str:
        """A named graph: what is said of it, and its statements."""
        return braces(self._graph_members(token, pad, scope), pad)

    def _graph_members(self, token: str, pad: str, scope: _Scope) -> list[str]:
        members = self._members(token, pad + "  ", scope)
        # A label shown here would be a statement of this graph.
        nodes = index(self._graphs[token])
        inner = _Scope(nodes, labels=False)
        deep = pad + "    "
        statements = [self._object(subject, deep, inner) for subject in nodes]
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
        depth: int = 1,
    ) -> list[str]:
        """The members of a whole object.

        Args:
            token: the resource.
            pad: white space before each member.
            scope: what holds here.
            skip: a predicate and an object that the place of the object already says.
            depth: how deep the object nests; 0 for the outermost.
        """
        values = self._values
        members = [values.id_member(token)]
        rows = self._rows(token, members, pad, scope, skip)
        mine: set[str] = set()
        if (scope.whole or scope.lists) and depth < MAX_DEPTH:
            whole, lists, taken = scope.whole, scope.lists, scope.taken
            for term, objects in rows:
                if term.kind == NODE:
                    mine.update([o for o in objects if o in whole or o in lists])
            mine -= taken
            taken |= mine
        for term, objects in rows:
            if term.kind == LANGUAGE:
                members += values.language_members(term, objects, pad)
                continue
            made = values.made.get(term.kind)
            if made is not None and all(o[0] == "<" for o in objects):
                text = scalars([made[o] for o in objects], pad, many=term.many)
                members.append(f'"{term.name}": {text}')
                continue
            if term.indexed:
                text = self._by_kind(objects, pad, scope, mine, depth)
            else:
                text = self._array(term, objects, pad, scope, mine, depth)
            members.append(f"{quoted(term.name)}: {text}")
        return members

    def _array(
        self,
        term: Term,
        objects: list[str],
        pad: str,
        scope: _Scope,
        mine: AbstractSet[str],
        depth: int,
    ) -> str:
        """The values of a property, those that are `mine` whole."""
        at = pad + "  " if term.many or len(objects) > 1 else pad
        written = []
        for o in objects:
            if term.kind != NODE or o[0] == '"':
                written.append(self._values.value(o, term, at))
            elif o in mine:
                inner = self._members(o, at + "  ", scope, depth=depth + 1)
                written.append(braces(inner, at))
            else:
                written.append(self._reference(o, at, scope))
        return array(written, pad, many=term.many)

    def _by_kind(
        self, objects: list[str], pad: str, scope: _Scope, mine: AbstractSet[str], depth: int
    ) -> str:
        """Selectors, each under the name of its kind."""
        kinds: dict[str, list[str]] = {}
        for o in objects:
            types = scope.nodes.get(o, {}).get(RDF_TYPE, ())
            kind = next((_SELECTORS[t] for t in types if t in _SELECTORS), "@none")
            kinds.setdefault(kind, []).append(o)
        members = [
            f'"{kind}": {self._array(_ALONE, found, pad + "  ", scope, mine, depth)}'
            for kind, found in kinds.items()
        ]
        return braces(members, pad)

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
            else:
                rows += values.rows(predicate, objects)
        return rows

    def _reference(self, token: str, pad: str, scope: _Scope) -> str:
        """A resource that is written whole elsewhere: its `id`, and its label if it has one."""
        if not scope.labels:
            return flat([self._values.id_member(token)], pad, "{}")
        known = self._references.get((token, pad))
        if known is None:
            members = [self._values.id_member(token)]
            labels = scope.nodes.get(token, {}).get(RDFS_LABEL)
            if labels:
                inner = pad + "  "
                for term, found in self._values.rows(RDFS_LABEL, labels):
                    members += self._values.members(term, found, inner)
            known = braces(members, pad) if labels else flat(members, pad, "{}")
            if len(self._references) >= _MOST_KEPT:
                self._references.clear()
            self._references[token, pad] = known
            self._named.add(token)
        return known


_INTEGER = XSD + "integer"
_BOOLEAN = XSD + "boolean"
# At most 18 digits: readers make other numbers of more than 64 bits.
_NUMBER = re.compile(r"0|-?[1-9][0-9]{0,17}")
_LOCAL = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
_PREFIX = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")


#: Objects and arrays that hold no others stand on one line of up to about this length.
LINE_LENGTH = 80


class ClashError(Exception):
    """An IRI would be taken for a shortened one."""


class _Made(dict[str, str]):
    """What a token is turned into, worked out once while it is kept."""

    def __init__(self, make: Callable[[str], str]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, token: str) -> str:
        if len(self) >= _MOST_KEPT:
            self.clear()
        self[token] = made = self._make(token)
        return made


class _Terms(dict[str, Term]):
    def __init__(self, values: Values) -> None:
        super().__init__()
        self._values = values

    def __missing__(self, token: str) -> Term:
        self[token] = term = self._values.term(token)
        return term


class Values:
    """Writes terms in the names of a context, and notes which names it used.

    Args:
        context: the context.
        prefixes: prefixes of the publication, for what the context has no word for.

    Attributes:
        ids: IRI token to the whole IRI as JSON text.
        words: IRI token to its word, its CURIE, or the whole IRI, as JSON text.
        made: kind of a term to `ids` or `words`.
        terms: predicate token to its term.
        used: names of the context that were used.
        type_key: the key of the types, in quotation marks.
    """

    def __init__(self, context: Context, prefixes: Mapping[str, str]) -> None:
        self._context = context
        self._own = {
            prefix: namespace
            for prefix, namespace in prefixes.items()
            if prefix not in context.definitions
            and namespace.endswith(("#", "/"))
            and namespace not in context.prefixes
            and _PREFIX.fullmatch(prefix)
        }
        self._prefixes = {**{ns: prefix for prefix, ns in self._own.items()}, **context.prefixes}
        self.used: set[str] = set()
        self._values: set[str] = set()
        self.ids = _Made(self._id)
        self.words = _Made(self._word)
        self.made = {"@id": self.ids, "@vocab": self.words}
        self.terms = _Terms(self)
        self._foreign: dict[str, str] = {}
        self._id_key = quoted(self.keyword("@id"))
        self.type_key = quoted(self.keyword("@type"))

    def shipped_definitions(self) -> list[str]:
        """What was used of the context, as members of a JSON object."""
        return self._context.members(self.used, self._values)

    def own_definitions(self) -> list[str]:
        """What the context does not have, as members of a JSON object.

        These are the prefixes of the publication that were used, and the properties that have no
        name, which are arrays always.
        """
        own = {p: quoted(namespace) for p, namespace in self._own.items() if p in self.used}
        return [f"{quoted(name)}: {text}" for name, text in {**own, **self._foreign}.items()]

    def keyword(self, keyword: str) -> str:
        """The name that the context has for a keyword, or the keyword."""
        name = self._context.keywords.get(keyword)
        if name is None:
            return keyword
        self.used.add(name)
        return name

    def term(self, token: str) -> Term:
        """The term of a predicate."""
        term = self._context.terms.get(iri_of(token))
        if term is None:
            return self.unknown(token)
        self.used.add(term.name)
        return term

    def rows(self, predicate: str, objects: list[str]) -> list[tuple[Term, list[str]]]:
        """The values of a property, each under the term for its type."""
        terms = self._context.several.get(predicate)
        if terms is None:
            return [(self.terms[predicate], objects)]
        rows: dict[str, tuple[Term, list[str]]] = {}
        for token in objects:
            term = next((term for term in terms if _fits(token, term.kind)), terms[0])
            self.used.add(term.name)
            rows.setdefault(term.name, (term, []))[1].append(token)
        return list(rows.values())

    def unknown(self, token: str) -> Term:
        """A predicate without the coercion that the context may have for it."""
        iri = iri_of(token)
        name = self._short(iri) or self._whole(iri)
        if self._context.definitions:
            self._foreign[name] = f'{{"@id": {quoted(name)}, "@container": "@set"}}'
        return Term(name, iri)

    def id_member(self, token: str) -> str:
        """The member that says which resource an object is."""
        return f"{self._id_key}: {self.ids[token]}"

    def _id(self, token: str) -> str:
        return quoted(self._whole(iri_of(token)))

    def _word(self, token: str) -> str:
        iri = iri_of(token)
        word = self._context.words.get(iri)
        if word is not None:
            self.used.add(word)
            self._values.add(word)
            return f'"{word}"'
        return quoted(self._short(iri) or self._whole(iri))

    def _short(self, iri: str) -> str | None:
        end = max(iri.rfind("/"), iri.rfind("#")) + 1
        prefix = self._prefixes.get(iri[:end])
        if prefix is None or not _LOCAL.fullmatch(local := iri[end:]):
            return None
        self.used.add(prefix)
        return f"{prefix}:{local}"

    def _whole(self, iri: str) -> str:
        scheme, _, rest = iri.partition(":")
        if not rest.startswith("//") and (
            scheme in self._context.definitions or scheme in self._own
        ):
            raise ClashError(iri)
        return iri

    # -- literals ---------------------------------------------------------------------------

    def value(self, token: str, term: Term, pad: str) -> str:
        """One value of a property that is not a language map.

        Args:
            token: an IRI or a literal.
            term: the property.
            pad: white space before the line that the value ends on.
        """
        kind = term.kind
        if token[0] == "<":
            made = self.made.get(kind)
            return flat([self.id_member(token)], pad, "{}") if made is None else made[token]
        if kind == NODE and token[-1] == '"':
            return _string(token[1:-1])
        lexical, language, datatype = split_literal(token)
        if kind == NODE:
            if _is_native(lexical, datatype):
                return lexical
        elif datatype == kind:
            return _string(lexical)
        # Without names for these keywords: with them, PyLD and jsonld.js leave language maps
        # uncompacted, and rdflib loses the type.
        members = [f'"@value": {_string(lexical)}']
        if language:
            members.append(f'"@language": {quoted(language)}')
        elif datatype:
            members.append(f'"@type": {self.words[f"<{datatype}>"]}')
        return flat(members, pad, "{}")

    def members(self, term: Term, objects: Sequence[str], pad: str) -> list[str]:
        """The members for literals of one term."""
        if term.kind == LANGUAGE:
            return self.language_members(term, objects, pad)
        written = [self.value(o, term, pad + "  ") for o in objects]
        return [f"{quoted(term.name)}: {array(written, pad, many=term.many)}"]

    def language_members(self, term: Term, objects: Sequence[str], pad: str) -> list[str]:
        """A language map, and a second member for what does not go into it."""
        texts: dict[str, list[str]] = {}
        others: list[str] = []
        for token in objects:
            lexical, language, datatype = split_literal(token) if token[0] == '"' else ("", "", "-")
            if datatype:
                others.append(token)
            else:
                texts.setdefault(language or "@none", []).append(_string(lexical))
        members = []
        if texts:
            inner = pad + "  "
            by_language = [
                f"{quoted(language)}: {scalars(strings, inner, many=term.many)}"
                for language, strings in texts.items()
            ]
            members.append(f'"{term.name}": {flat(by_language, pad, "{}")}')
        if others:
            members += self.members(self.unknown(f"<{term.iri}>"), others, pad)
        return members


def _fits(token: str, kind: str) -> bool:
    """Whether a value is of the type that a term of that kind is for."""
    if token[0] == "<":
        return kind in (NODE, "@id", "@vocab")
    lexical, language, datatype = split_literal(token)
    if kind == NODE:
        return not language and (not datatype or _is_native(lexical, datatype))
    return bool(language) if kind == LANGUAGE else datatype == kind


def _is_native(lexical: str, datatype: str) -> bool:
    """Whether JSON has the literal itself, and readers make the same literal of it."""
    if datatype == _INTEGER and _NUMBER.fullmatch(lexical):
        return int(float(lexical)) == int(lexical)  # JavaScript has floating-point numbers alone
    return datatype == _BOOLEAN and lexical in ("true", "false")


def _string(lexical: str) -> str:
    """An escaped lexical form as a JSON string."""
    if "\\" not in lexical and lexical.isprintable():
        return f'"{lexical}"'
    return quoted(unescape(lexical))


def braces(members: Sequence[str], pad: str) -> str:
    """A JSON object; `pad` is the white space before its closing brace."""
    inner = pad + "  "
    return f"{{\n{inner}" + f",\n{inner}".join(members) + f"\n{pad}}}" if members else "{}"


def flat(members: Sequence[str], pad: str, brackets: str) -> str:
    """Members without members of their own, on one line if they fit."""
    line = ", ".join(members)
    if len(line) + len(pad) <= LINE_LENGTH and "\n" not in line:
        return f"{brackets[0]}{line}{brackets[1]}"
    inner = pad + "  "
    return f"{brackets[0]}\n{inner}" + f",\n{inner}".join(members) + f"\n{pad}{brackets[1]}"


def scalars(values: Sequence[str], pad: str, *, many: bool) -> str:
    """An array of strings and numbers; one alone stands for itself, unless there may be many."""
    return values[0] if len(values) == 1 and not many else flat(values, pad, "[]")


def _list(name: str, objects: Iterable[str]) -> Iterator[str]:
    """A member of the document that is an array always, piece by piece."""
    between = f'"{name}": [\n    '
    for one in objects:
        yield between
        yield one
        between = ",\n    "
    yield "\n  ]" if between[0] == "," else f'"{name}": []'


def array(values: Sequence[str], pad: str, *, many: bool) -> str:
    """A JSON array; one value alone stands for itself, unless there may be many."""
    if len(values) == 1 and not many:
        return values[0]
    inner = pad + "  "
    return f"[\n{inner}" + f",\n{inner}".join(values) + f"\n{pad}]" if values else "[]"
