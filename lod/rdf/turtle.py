"""Turtle that people read (RDF 1.1 Turtle).

One block a subject in the dataset's order, a blank line between; the types first, then one
predicate a line, so that a small change of the data is a small difference of the text. IRIs are
short: by the prefixes that are used, else relative to the publication's base where that is safe.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING
from weakref import ReferenceType, ref

from lod.rdf.blocks import Blocks
from lod.rdf.terms import RDF_TYPE, XSD, lines, split_literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lod.rdf.dataset import Dataset

#: A line of several objects that would be longer than this has one object a line.
LINE_LENGTH = 100
_STEP = "    "
#: So many terms are kept: most of a large dataset stand twice, near each other.
_MOST_KEPT = 1 << 15

# The part of PN_LOCAL and PN_PREFIX (Turtle 1.1, section 6.5) that every parser reads alike.
_LOCAL = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*")
_PREFIX = re.compile(r"(?:[A-Za-z][A-Za-z0-9_-]*)?")
# Relative references that are joined to a base without any rule of RFC 3986, section 5.2 applying:
# no scheme, no empty segment, no dot segment.
_RELATIVE = re.compile(r"[\w~%-]+(?:[./][\w~%-]+)*")
_BASE = re.compile(r"https?://[^/?#]+(?:/[\w~%-]+(?:\.[\w~%-]+)*)*([/#])")
# Characters that break or reorder lines on a screen: controls, line separators, bidirectional
# overrides, byte-order marks, noncharacters.
_INVISIBLE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
# The short forms that give back the lexical form in every parser, those that compute included.
_INTEGER = re.compile(r"0|-?[1-9][0-9]*")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,15})\.[0-9]{1,6}")
_BOOLEAN = re.compile(r"true|false")
_SHORT = {XSD + "integer": _INTEGER, XSD + "decimal": _DECIMAL, XSD + "boolean": _BOOLEAN}


def to_turtle(dataset: Dataset) -> str:
    r"""Write the default graph as Turtle.

    Args:
        dataset: its `prefixes` and its `base` shorten the IRIs; those that are not used are left
            out.

    Returns:
        The Turtle document; "" for a graph without triples.

    >>> from lod.rdf.dataset import Dataset
    >>> triples = '<https://e.org/a> <https://e.org/ns#size> "2"^^<' + XSD + 'integer> .\n'
    >>> print(to_turtle(Dataset("https://e.org/", triples, {}, {"ns": "https://e.org/ns#"})))
    @base <https://e.org/> .
    @prefix ns: <https://e.org/ns#> .
    <BLANKLINE>
    <a> ns:size 2 .
    <BLANKLINE>
    """
    return str(turtle_blocks(dataset))


def turtle_blocks(dataset: Dataset) -> Blocks:
    """The same, as it is made."""
    text, terms = _default_graph(dataset)
    return _begun(text.followed_by(()), terms)


def _default_graph(dataset: Dataset) -> tuple[Blocks, Terms]:
    """The default graph without a header, and what it uses; not for changing.

    TriG begins as Turtle does, and is mostly written after it: what is not long is kept till then.
    """
    for kept, text, terms in _LAST:
        if kept() is dataset:
            return text, terms
    text, terms = Blocks(), Terms(dataset.base, dataset.prefixes)
    for block in dataset.blocks:
        text.extend(f"\n{one}" for one in subject_blocks(block, terms, ""))
    _LAST[:] = [(ref(dataset), text, terms)] if len(text) <= _LONGEST_KEPT else []
    return text, terms


#: The default graph that was written last, and of which dataset it is.
_LAST: list[tuple[ReferenceType[Dataset], Blocks, Terms]] = []
#: How long it may be, in code points.
_LONGEST_KEPT = 1 << 23


def document(terms: Terms, blocks: Iterable[str]) -> str:
    """The blocks with a header that declares what they use."""
    return str(_document(terms, blocks))


def _document(terms: Terms, blocks: Iterable[str]) -> Blocks:
    text = Blocks()
    text.extend(f"\n{block}" for block in blocks)
    return _begun(text, terms)


def _begun(text: Blocks, terms: Terms) -> Blocks:
    """The text with its header before it."""
    if text:
        text.begin(terms.header())
    return text


def printable(text: str) -> str:
    r"""A token with the characters escaped that break or reorder lines on a screen.

    >>> printable('"a\tb" "עברית"')
    '"a\\tb" "עברית"'
    """
    return _INVISIBLE.sub(_escape, text) if _INVISIBLE.search(text) else text


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    return "\\t" if character == "\t" else f"\\u{ord(character):04X}"


def subject_blocks(text: str, terms: Terms, indent: str) -> list[str]:
    """One block of Turtle for every subject, each ended by a newline.

    Args:
        text: canonical N-Triples lines.
        terms: how terms are written; it notes what was used.
        indent: white space before every line.
    """
    blocks = []
    current = predicate = ""
    objects: list[str] = []
    group: dict[str, list[str]] = {}
    for subject, next_predicate, object_ in lines(text):
        if subject != current:
            if current:
                blocks.append(_block(terms[current], group, terms, indent))
            current = subject
            group = {}
        elif next_predicate == predicate:
            objects.append(terms[object_])
            continue
        predicate = next_predicate
        objects = group.setdefault(predicate, [])
        objects.append(terms[object_])
    if current:
        blocks.append(_block(terms[current], group, terms, indent))
    return blocks


def subject_block(subject: str, said: Mapping[str, Iterable[str]], terms: Terms) -> str:
    """The block of one subject.

    Args:
        subject: its token.
        said: predicate to objects, all tokens.
        terms: how terms are written; it notes what was used.
    """
    group = {predicate: [terms[one] for one in objects] for predicate, objects in said.items()}
    return _block(terms[subject], group, terms, "")


def _block(subject: str, group: dict[str, list[str]], terms: Terms, indent: str) -> str:
    step = indent + _STEP
    parts = []
    if RDF_TYPE in group:
        parts.append(_statement("a", group.pop(RDF_TYPE), step))
    for predicate, objects in group.items():
        if len(objects) == 1:
            parts.append(f"{terms[predicate]} {objects[0]}")
        else:
            parts.append(_statement(terms[predicate], objects, step))
    return f"{indent}{subject} " + f" ;\n{step}".join(parts) + " .\n"


def _statement(predicate: str, objects: Iterable[str], step: str) -> str:
    objects = dict.fromkeys(objects)
    line = f"{predicate} {', '.join(objects)}"
    if len(line) + len(step) <= LINE_LENGTH or len(objects) == 1:
        return line
    deeper = f"\n{step}{_STEP}"
    return f"{predicate}{deeper}" + f",{deeper}".join(objects)


class Terms(dict[str, str]):
    """N-Triples tokens to Turtle terms, worked out once while they are kept.

    Args:
        base: IRI that relative references are resolved against.
        prefixes: prefix to namespace; the first of two prefixes of one namespace is used.
    """

    def __init__(self, base: str, prefixes: Mapping[str, str]) -> None:
        super().__init__()
        #: IRI token to term, and the namespace of that: "" for the base, None for neither.
        self._known: dict[str, tuple[str, str | None]] = {}
        self._prefixes: dict[str, str] = {}
        for prefix, namespace in prefixes.items():
            if _PREFIX.fullmatch(prefix):
                self._prefixes.setdefault(namespace, prefix)
        self._odd_namespaces = tuple(n for n in self._prefixes if n[-1:] not in ("/", "#"))
        self._base = base
        self._base_end = _base_end(base)
        self._used: set[str] = set()

    def anew(self, *, goes_on: bool = False) -> Terms:
        """The same for another document.

        Args:
            goes_on: whether that begins as this one, so that what this one uses is used there.
        """
        other = Terms.__new__(Terms)
        used = self._used.copy() if goes_on else set()
        other.__dict__.update(self.__dict__, _used=used)
        return other

    def __missing__(self, token: str) -> str:
        if token[0] == "<":
            known = self._known.get(token)
            if known is None:
                if len(self._known) >= _MOST_KEPT:
                    self._known.clear()
                known = self._known[token] = self._iri(token)
            term, namespace = known
            if namespace is not None:
                self._used.add(namespace)
        elif token[-1] == ">":
            term = self._typed(token)
        else:
            # Strings seldom stand twice, so they are not kept.
            return token if token.isprintable() else printable(token)
        if len(self) >= _MOST_KEPT:
            self.clear()
        self[token] = term
        return term

    def header(self) -> str:
        """The declarations of the base and of the prefixes, as far as they were used."""
        # A fragment is no part of a base (RFC 3986, section 5.1).
        parts = [f"@base <{self._base.removesuffix('#')}> .\n"] if "" in self._used else []
        for namespace, prefix in self._prefixes.items():
            if namespace and namespace in self._used:
                parts.append(f"@prefix {prefix}: <{namespace}> .\n")
        return "".join(parts)

    def _iri(self, token: str) -> tuple[str, str | None]:
        iri = token[1:-1]
        namespace = iri[: max(iri.rfind("/"), iri.rfind("#")) + 1]
        if namespace not in self._prefixes and self._odd_namespaces:
            namespace = next((n for n in self._odd_namespaces if iri.startswith(n)), namespace)
        prefix = self._prefixes.get(namespace)
        if prefix is not None and _LOCAL.fullmatch(local := iri[len(namespace) :]):
            return f"{prefix}:{local}", namespace
        if self._base_end and iri.startswith(self._base):
            rest = iri[len(self._base) :]
            if _RELATIVE.fullmatch(rest):
                return f"<{rest}>" if self._base_end == "/" else f"<#{rest}>", ""
        return token, None

    def _typed(self, token: str) -> str:
        lexical, _, datatype = split_literal(token)
        short = _SHORT.get(datatype)
        if short is not None and short.fullmatch(lexical):
            return lexical
        return f'"{lexical}"^^{self[f"<{datatype}>"]}'


@lru_cache(maxsize=64)
def _base_end(base: str) -> str:
    """Say how the base ends, "/" or "#"; "" where it cannot be declared."""
    match = _BASE.fullmatch(base)
    return match.group(1) if match else ""


def to_trig(dataset: Dataset) -> str:
    r"""Write the whole dataset as TriG.

    Returns:
        The TriG document; "" for a dataset without quads.

    >>> from lod.rdf.dataset import Dataset
    >>> triple = "<x:s> <x:p> <x:o> .\n"
    >>> print(to_trig(Dataset("x:", triple, {"x:g": triple})))
    <BLANKLINE>
    <x:s> <x:p> <x:o> .
    <BLANKLINE>
    <x:g> {
        <x:s> <x:p> <x:o> .
    }
    <BLANKLINE>
    """
    return str(trig_blocks(dataset))


def trig_blocks(dataset: Dataset) -> Blocks:
    """The same, as it is made."""
    text, used = _default_graph(dataset)
    terms = used.anew(goes_on=True)
    graphs = (f"\n{block}" for block in _graphs(dataset, terms))
    return _begun(text.followed_by(graphs), terms)


def _graphs(dataset: Dataset, terms: Terms) -> Iterator[str]:
    for graph, text in dataset.graphs.items():
        if inner := subject_blocks(text, terms, "    "):
            yield f"{terms[f'<{graph}>']} {{\n" + "\n".join(inner) + "}\n"
