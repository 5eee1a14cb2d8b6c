"""Terms of canonical N-Triples lines: how they are told apart and taken apart.

A line of a `Dataset` is `subject predicate object .`, one space between (N-Triples 1.1, section
4), so it is split at its first two spaces. A term is kept as it stands there, a *token*: an IRI in
`<>`, or a literal in quotation marks with its language tag or its datatype. Each format writes a
token in its own way.
"""

from __future__ import annotations

import re
from functools import lru_cache

XSD = "http://www.w3.org/2001/XMLSchema#"
RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
RDFS_LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"

#: What is said of one subject: predicate to objects.
Node = dict[str, list[str]]

# Only a newline ends a line: literals may hold U+2028 and the like as they are.
_LINE = re.compile(r"([^ ]+) ([^ ]+) (.*) \.\n")
_ESCAPE = re.compile(r"\\(?:([tbnrf\"'\\])|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))")
_ESCAPED = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


def lines(text: str) -> list[tuple[str, str, str]]:
    r"""Subject, predicate and object of every line, as tokens.

    Args:
        text: canonical N-Triples lines, each ended by a newline.

    >>> lines('<x:s> <x:p> "a . b"@en .\n')
    [('<x:s>', '<x:p>', '"a . b"@en')]
    """
    return _LINE.findall(text)


def index(text: str) -> dict[str, Node]:
    r"""The lines by subject, then by predicate, in their order.

    >>> index("<x:s> <x:p> <x:a> .\n<x:s> <x:p> <x:b> .\n")
    {'<x:s>': {'<x:p>': ['<x:a>', '<x:b>']}}
    """
    nodes: dict[str, Node] = {}
    current = ""
    node: Node = {}
    for subject, predicate, object_ in lines(text):
        if subject != current:
            current = subject
            node = nodes.setdefault(subject, {})
        if predicate in node:
            node[predicate].append(object_)
        else:
            node[predicate] = [object_]
    return nodes


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
