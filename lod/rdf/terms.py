"""RDF terms as canonical N-Triples text (N-Triples 1.1, section 4): written and taken apart.

A line of a `Dataset` is `subject predicate object .`, one space between, so it is split at its
first two spaces. A term is kept as it stands there, a *token*: an IRI in `<>`, or a literal in
quotation marks with its language tag or its datatype. Each format writes a token in its own way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache

from lod.patterns import lazy

XSD = "http://www.w3.org/2001/XMLSchema#"

# Canonical N-Triples escapes these four; other control characters are written as \uXXXX.
_SPECIAL = lazy(r'["\\\x00-\x1f\x7f]')
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r"}

_STRING = f"{XSD}string"
TRUE = f'"true"^^<{XSD}boolean>'
_DATE = f'"^^<{XSD}date>'
#: What follows the digits of an xsd:integer, for lines that are made in one piece.
INTEGER = f'"^^<{XSD}integer>'
_DECIMAL = f'"^^<{XSD}decimal>'


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    return _ESCAPES.get(character) or f"\\u{ord(character):04X}"


def literal(text: str, language: str | None = None, datatype: str = "") -> str:
    r"""A literal: the one place where text is escaped for N-Triples.

    Args:
        text: the lexical form.
        language: language tag, or none.
        datatype: IRI of the datatype; "" for a string.

    >>> print(literal('say "28"', "en"))
    "say \"28\""@en
    """
    if _SPECIAL.search(text):
        text = _SPECIAL.sub(_escape, text)
    if language:
        return f'"{text}"@{language.lower()}'
    return f'"{text}"^^<{datatype}>' if datatype not in ("", _STRING) else f'"{text}"'


def date(value: str) -> str:
    """An xsd:date."""
    return f'"{value}{_DATE}'


def integer(value: int) -> str:
    """An xsd:integer."""
    return f'"{value}{INTEGER}'


def number(value: Decimal) -> str:
    """A whole number as xsd:integer, another as xsd:decimal with its digits as written.

    >>> number(Decimal("28E9"))
    '"28000000000"^^<http://www.w3.org/2001/XMLSchema#integer>'
    >>> number(Decimal("3.20"))
    '"3.20"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    """
    # Not remembered by its value: 5 and 5.0 are equal, and written in two ways.
    digits = f"{value:f}"
    return f'"{digits}{_DECIMAL}' if "." in digits else f'"{digits}{INTEGER}'


RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
RDFS_LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"

_BLOCK = 1 << 20

#: What is said of one subject: predicate to objects.
Node = dict[str, list[str]]

_ESCAPE = lazy(r"\\(?:([tbnrf\"'\\])|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))")
_ESCAPED = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


def about(node: str, said: Mapping[str, str | Iterable[str] | None]) -> list[str]:
    r"""The N-Triples lines about a node.

    Args:
        node: its token.
        said: IRI of each predicate to a token or several; what is None is not said.

    >>> about("<x:a>", {"x:one": "<x:b>", "x:none": None, "x:two": ['"1"', '"2"']})
    ['<x:a> <x:one> <x:b> .\n', '<x:a> <x:two> "1" .\n', '<x:a> <x:two> "2" .\n']
    """
    return [
        f"{node} <{predicate}> {token} .\n"
        for predicate, tokens in said.items()
        if tokens
        for token in ((tokens,) if isinstance(tokens, str) else tokens)
    ]


def lines(text: str) -> list[tuple[str, str, str]]:
    r"""Subject, predicate and object of every line, as tokens.

    Args:
        text: canonical N-Triples lines, each ended by a newline.

    >>> lines('<x:s> <x:p> "a . b"@en .\n')
    [('<x:s>', '<x:p>', '"a . b"@en')]
    """
    # Only a newline ends a line: literals may hold U+2028 and the like as they are.
    split = (line.split(" ", 2) for block in _blocks(text) for line in block.split(" .\n")[:-1])
    return [(subject, predicate, object_) for subject, predicate, object_ in split]


def index(text: str | Iterable[str]) -> dict[str, Node]:
    r"""The lines by subject, then by predicate, in their order.

    Args:
        text: canonical N-Triples lines, each ended by a newline; or blocks of such lines.

    >>> index("<x:s> <x:p> <x:a> .\n<x:s> <x:p> <x:b> .\n")
    {'<x:s>': {'<x:p>': ['<x:a>', '<x:b>']}}
    """
    nodes: dict[str, Node] = {}
    current = ""
    node: Node = {}
    # There are few predicates; each is kept once, whatever the number of lines.
    predicates: dict[str, str] = {}
    for block in _blocks(text) if isinstance(text, str) else text:
        for line in block.split(" .\n")[:-1]:
            subject, predicate, object_ = line.split(" ", 2)
            if subject != current:
                current = subject
                node = nodes.setdefault(subject, {})
            if predicate in node:
                node[predicate].append(object_)
            else:
                node[predicates.setdefault(predicate, predicate)] = [object_]
    return nodes


def _blocks(text: str) -> Iterator[str]:
    """The lines in blocks, so that a long text is never held a second time."""
    if len(text) <= _BLOCK:
        yield text
        return
    start = 0
    while start < len(text):
        end = text.find(" .\n", start + _BLOCK)
        end = len(text) if end < 0 else end + 3
        yield text[start:end]
        start = end


def unescape(text: str) -> str:
    r"""The characters that escaped N-Triples text stands for.

    >>> print(unescape(r'say \"28\u0020billion\"'))
    say "28 billion"
    """
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def _character(match: re.Match[str]) -> str:
    letter, short, long = match.groups()
    if letter is not None:
        return _ESCAPED.get(letter, letter)
    return chr(int(short or long, 16))


def text_of(token: str) -> str:
    """The characters of a literal; an IRI as it is.

    >>> text_of('"more than 28"@en'), text_of("<https://example.org/>")
    ('more than 28', 'https://example.org/')
    """
    return iri_of(token) if token[0] == "<" else unescape(split_literal(token)[0])


def iri_of(token: str) -> str:
    """The IRI of an IRI token.

    >>> iri_of("<https://example.org/>")
    'https://example.org/'
    """
    return unescape(token[1:-1])


def split_literal(token: str) -> tuple[str, str, str]:
    """The parts of a literal token.

    Returns:
        The lexical form, still escaped; the language tag, or ""; the datatype's IRI, or "" where
        the token names none (a string, with or without a language).

    >>> split_literal('"2023-01-01"^^<http://www.w3.org/2001/XMLSchema#date>')
    ('2023-01-01', '', 'http://www.w3.org/2001/XMLSchema#date')
    >>> split_literal('"Қазақстан"@kk')
    ('Қазақстан', 'kk', '')
    """
    # Neither a language tag nor an IRI can hold a quotation mark.
    lexical, _, tail = token.rpartition('"')
    if not tail:
        return lexical[1:], "", ""
    if tail[0] == "@":
        return lexical[1:], tail[1:], ""
    return lexical[1:], "", _datatype(tail)


@lru_cache(maxsize=256)
def _datatype(tail: str) -> str:
    return unescape(tail[3:-1])
