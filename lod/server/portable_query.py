"""A query that was looked at, written so that any SPARQL store reads it in the same way.

Parsers differ in where a word or an IRI ends. So each token stands alone, names are whole IRIs,
comments are gone and all of it is one line: nothing that was a text or a comment here can be read
as a keyword there.
"""

from __future__ import annotations

import re

from lod.query.checked import CheckedQuery
from lod.query.sparql_tokens import Kind, Token

_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_MEANT = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_WRITTEN = {
    '"': '\\"',
    "\\": "\\\\",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\b": "\\b",
    "\f": "\\f",
}


def portable(query: CheckedQuery) -> str:
    """The query in one line, as it means the same to every store.

    >>> from lod.query.checked import check_query
    >>> known = {"ex": "https://e.org/"}
    >>> portable(check_query("SELECT ?s { ?s ex:p 'SERVICE'@en } # FROM", known))
    'SELECT ?s { ?s <https://e.org/p> "SERVICE"@en }'
    """
    prefixes = dict(query.prefixes)
    parts: list[str] = []
    tokens = list(query.tokens)
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.is_word("PREFIX") and at + 2 < len(tokens):
            prefixes[tokens[at + 1].text.partition(":")[0]] = tokens[at + 2].text[1:-1]
            at += 3
            continue
        before = tokens[at - 1] if at else None
        if parts and not _belongs(before, token):
            parts.append(" ")
        parts.append(_text(token, prefixes))
        at += 1
    return "".join(parts)


def _belongs(before: Token | None, token: Token) -> bool:
    """Whether a token is one with that before it.

    That is a language, a datatype, a number after its sign, and a bracket after a word: some
    parsers know `COALESCE(` only without a space.
    """
    if token.kind is Kind.LANGUAGE or token.text == "^^":
        return True
    if before is None:
        return False
    is_signed = (
        token.kind is Kind.NUMBER and before.text in ("+", "-") and before.end == token.start
    )
    is_called = (
        token.text == "(" and before.kind in (Kind.WORD, Kind.NAME) and before.end == token.start
    )
    return before.text == "^^" or is_signed or is_called


def _text(token: Token, prefixes: dict[str, str]) -> str:
    if token.kind is Kind.STRING:
        return f'"{_string(token.text)}"'
    if token.kind is Kind.IRI:
        return f"<{_ESCAPE.sub(_meant, token.text[1:-1])}>"
    if token.kind is Kind.NAME:
        prefix, _, local = token.text.partition(":")
        return f"<{prefixes[prefix]}{local.replace(chr(92), '')}>"
    return token.text


def _string(text: str) -> str:
    quotes = 3 if text.startswith(('"""', "'''")) else 1
    meant = _ESCAPE.sub(_meant, text[quotes:-quotes])
    return "".join(_WRITTEN.get(character, character) for character in meant)


def _meant(match: re.Match[str]) -> str:
    if number := match[1] or match[2]:
        return chr(int(number, 16))
    return _MEANT.get(match[3], match[3])
