"""Where and why a query is malformed.

The engine says how far its parser came, but counts the words that it tried, so that its place may
be some words too far. Here the query is cut after ever more tokens: the token with which the
beginning is no beginning of a query any more is the one at fault, and what the engine asks for in
its place is what was expected.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from lod.errors import QueryError
from lod.query.checked import WORDS, CheckedQuery
from lod.query.sparql_tokens import Kind, place

# Longer than any word of the grammar: a word that is tried before the end cannot reach it.
_PADDING = " " * 24
_MESSAGE = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_PART = re.compile(r'\s*(?:"((?:[^"\\]|\\.)*)"|\[(\'[^\]]*|_)\]|([^,"]+))(?:, |$)', re.DOTALL)
_MOST_WORDS = 6

#: What may stand at a place, by the signs with which it may begin.
_NAMES = (
    ("a variable", frozenset("?$")),
    ("an IRI or a prefixed name", frozenset(("<", ":"))),
    ("a text", frozenset(("'", '"', "'''", '"""', '\\"', '\\"\\"\\"'))),
    ("a blank node", frozenset(("_:", "["))),
    ("an operator", frozenset(("=", "!=", ">", "<=", ">=", "&&", "||", "*", "/"))),
)
_BRACKETS_AND_SUCH = ("(", ")", "{", "}", "]", ".", ";", ",")
# What the engine says of queries that are well-formed, but cannot be meant, is a sentence.
_SENTENCE = re.compile(r"[A-Z]\w* [A-Za-z*].*")
_ABOUT_SELECT = ("The SELECT", "SELECT *", "Duplicated variable")
_PLAINER = {
    "IRI parsing failed": "this is no IRI",
    "The SELECT contains a variable that is unbound": (
        "SELECT has a variable that is not grouped by, and stands in no COUNT or the like"
    ),
    "SELECT * is not authorized with GROUP BY": "SELECT * and GROUP BY exclude each other",
    "BIND is overriding an existing variable": "BIND names a variable that has a value already",
}


def diagnose(query: CheckedQuery, message: str, probe: Callable[[str], str | None]) -> QueryError:
    """The error of a malformed query: where, what is there, and what was expected.

    Args:
        query: the query.
        message: what the engine says of it.
        probe: gives the engine another text to parse; returns its message, None if it is well.
    """
    at = _first_wrong(query, probe)
    tokens = query.tokens
    beginning = _beginning(query, at)
    sentence = _sentence(message, probe(beginning), probe(beginning.rstrip()))
    if sentence is not None:
        token = tokens[min(at, len(tokens) - 1)]
        if sentence.startswith(_ABOUT_SELECT):
            token = next(one for one in tokens if one.is_word("SELECT"))
        elif token.kind is not Kind.IRI:
            token = tokens[max(at - 1, 0)]
        said = _PLAINER.get(sentence, sentence[0].lower() + sentence[1:].rstrip("."))
        return QueryError(f"The query is malformed at {place(query.source, token.start)}: {said}.")
    start = tokens[at].start if at < len(tokens) else len(query.source)
    found = f'"{tokens[at].text}" is there' if at < len(tokens) else "the query ends"
    expected = _expected(beginning, probe)
    return QueryError(
        f"The query is malformed at {place(query.source, start)}: "
        + (f"{expected} was expected, but {found}." if expected else f"{found}."),
        hint=_hint(query),
    )


def _parts(message: str | None) -> tuple[set[str], list[str]]:
    """What the engine expects: signs, and the rest."""
    match = _MESSAGE.match(message or "")
    signs, rest = set(), []
    for sign, characters, other in _PART.findall(match[3] if match else ""):
        if sign:
            signs.add(sign)
        else:
            rest.append(characters or other.strip())
    return signs, rest


def _sentence(*messages: str | None) -> str | None:
    for message in messages:
        for part in _parts(message)[1]:
            if _SENTENCE.fullmatch(part):
                return part
    return None


def _hint(query: CheckedQuery) -> str | None:
    for token in query.tokens:
        if token.kind is Kind.IRI and re.search(r"[?$&()]", token.text) and ":" not in token.text:
            return f'{token.text} is read as an IRI; put a space after "<" if it is a comparison.'
    return None


def _beginning(query: CheckedQuery, count: int) -> str:
    """The text of the first tokens."""
    if count == 0:
        return _PADDING
    end = query.tokens[count].start if count < len(query.tokens) else len(query.source)
    return query.text[: query.text_offset(end)].rstrip() + "\n" + _PADDING


def _is_beginning(text: str, probe: Callable[[str], str | None]) -> bool:
    """Whether a text can go on to be a query: the parser came to its end."""
    message = probe(text)
    if message is None:
        return True
    match = _MESSAGE.match(message)
    return (
        match is not None
        and int(match.group(1)) > text.count("\n")
        and (int(match.group(2)) > len(_PADDING))
    )


def _first_wrong(query: CheckedQuery, probe: Callable[[str], str | None]) -> int:
    """The number of the first token that cannot stand where it is; that after the last, if none."""
    low, high = 0, len(query.tokens)
    if _is_beginning(_beginning(query, high), probe):
        return high
    while high - low > 1:
        middle = (low + high) // 2
        if _is_beginning(_beginning(query, middle), probe):
            low = middle
        else:
            high = middle
    return low


def _expected(beginning: str, probe: Callable[[str], str | None]) -> str:
    """What may follow the beginning of a query, in words."""
    signs, rest = _parts(probe(beginning))
    said = []
    for name, begins in _NAMES:
        if signs & begins:
            said.append(name)
            signs -= begins
    if any("'0'" in one and "'9'" in one for one in rest):
        said.append("a number")
        if not signs & {";", "}"}:
            signs.discard(".")  # it begins the number
    said += [f'"{sign}"' for sign in _BRACKETS_AND_SUCH if sign in signs]
    words = sorted(
        word
        for word in WORDS
        if word != "a" and _is_beginning(f"{beginning.rstrip()} {word}\n{_PADDING}", probe)
    )
    said += words if len(words) <= _MOST_WORDS else ["a keyword"]
    if probe(beginning) is None:
        said.append("the end")
    return f"{', '.join(said[:-1])} or {said[-1]}" if len(said) > 1 else "".join(said)
