"""Queries that may run: what a query asks for is looked at before it reaches the engine.

The engine (pyoxigraph) does HTTP for SERVICE, and its parser reads a few texts in another way than
the grammar of SPARQL: it knows no end of a word (`SERVICEex:a` is SERVICE and a name to it), takes
`<` as "less than" where an IRI cannot stand, and ends a name at its second dot. So the tokens are
checked, and then the engine gets a text in which each of them can be read in one way only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from itertools import pairwise

from lod.errors import QueryRefusedError
from lod.query.sparql_tokens import Kind, Token, decode_escapes, malformed, place, tokenize

#: The four forms of a query.
FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
UPDATES = frozenset("INSERT DELETE LOAD CLEAR CREATE DROP ADD MOVE COPY WITH".split())
#: Every word that the engine's grammar has; the longest text of a query is made of these.
WORDS = UPDATES | frozenset(
    """
    a ABS ADJUST ALL AS ASC ASK AVG BASE BIND BNODE BOUND BY CEIL COALESCE CONCAT CONSTRUCT CONTAINS
    COUNT DATA DATATYPE DAY DEFAULT DESC DESCRIBE DISTINCT ENCODE_FOR_URI EXISTS FALSE FILTER FLOOR
    FROM GRAPH GROUP GROUP_CONCAT HASLANG HASLANGDIR HAVING HOURS IF IN INTO IRI ISBLANK ISIRI
    ISLITERAL ISNUMERIC ISTRIPLE ISURI LANG LANGDIR LANGMATCHES LATERAL LCASE LIMIT MAX MD5 MIN
    MINUS MINUTES MONTH NAMED NOT NOW OBJECT OFFSET OPTIONAL ORDER PREDICATE PREFIX RAND REDUCED
    REGEX REPLACE ROUND SAMETERM SAMPLE SECONDS SELECT SEPARATOR SERVICE SHA1 SHA256 SHA384 SHA512
    SILENT STR STRAFTER STRBEFORE STRDT STRENDS STRLANG STRLANGDIR STRLEN STRSTARTS STRUUID SUBJECT
    SUBSTR SUM TIMEZONE TO TRIPLE TRUE TZ UCASE UNDEF UNION URI USING UUID VALUES VERSION WHERE YEAR
    """.split()
)
_REFUSED = {
    "SERVICE": (
        "SERVICE asks another server, and a query never uses the network.",
        "Fetch the data first and query the files together.",
    ),
    "FROM": (
        "FROM and FROM NAMED name data to load, and a query never loads any.",
        "The default graph is all graphs already; GRAPH <iri> { … } asks one of them.",
    ),
}
_OPEN = {"{": "}", "(": ")", "[": "]", "{|": "|}"}
_CLOSE = frozenset(_OPEN.values())
# What an IRI may hold and "less than" may be followed by: written as escapes, it can be read as an
# IRI only.
_ODD_IN_IRI = re.compile(r"[#'()]")
_ODD_IN_NAME = re.compile(r"service|from|\..*\.", re.IGNORECASE)
_SCHEMES = ("http:", "https:", "urn:")
_MAX_LENGTH = 1_000_000
#: Queries up to this length are kept with what was found: the same are asked again and again.
_KEPT_LENGTH = 4_000


@dataclass(frozen=True, slots=True)
class CheckedQuery:
    """A query that may run.

    Attributes:
        form: SELECT, ASK, CONSTRUCT or DESCRIBE.
        source: the query as it is shown in messages.
        text: the query as the engine gets it.
        tokens: the tokens of `source` without comments.
        prefixes: prefix to namespace, those that the query uses without declaring them.
    """

    form: str
    source: str
    text: str
    tokens: tuple[Token, ...]
    prefixes: Mapping[str, str]
    _offsets: tuple[tuple[int, int], ...]

    @property
    def selects_all(self) -> bool:
        """Whether it begins with SELECT *."""
        words = [one for one in self.tokens if not one.is_word("DISTINCT", "REDUCED")]
        for word, star in pairwise(words):
            if word.is_word("SELECT"):
                return star.text == "*"
        return False

    def text_offset(self, offset: int) -> int:
        """The code point of `text` that was made from the start of a token of `source`."""
        made, origin = max((pair for pair in self._offsets if pair[1] <= offset), default=(0, 0))
        return made + offset - origin


def check_query(query: str, prefixes: Mapping[str, str] | None = None) -> CheckedQuery:
    """Look at what a query asks for.

    Args:
        query: SPARQL 1.1 text.
        prefixes: prefix to namespace IRI, for names whose prefix the query does not declare.

    Raises:
        QueryRefusedError: it is an update, or has SERVICE, FROM or FROM NAMED.
        QueryError: it is malformed; the message has line and column.

    >>> check_query('SELECT ?s { ?s ?p "SERVICE" } # FROM').form
    'SELECT'
    >>> check_query("SELECT * { SERVICE <https://example.org/> { ?s ?p ?o } }")
    Traceback (most recent call last):
        ...
    lod.errors.QueryRefusedError: At line 1, column 12: SERVICE asks another server, and a query \
never uses the network.
    """
    known = prefixes or {}
    if len(query) > _KEPT_LENGTH:
        return _check(query, known)
    return _check_kept(query, tuple(known.items()))


@lru_cache(maxsize=256)
def _check_kept(query: str, prefixes: tuple[tuple[str, str], ...]) -> CheckedQuery:
    return _check(query, dict(prefixes))


def _check(query: str, prefixes: Mapping[str, str]) -> CheckedQuery:
    source = decode_escapes(query)
    if len(source) > _MAX_LENGTH:
        raise malformed(source, _MAX_LENGTH, f"it is longer than {_MAX_LENGTH:,} characters.")
    tokens = tokenize(source)
    code = [token for token in tokens if token.kind is not Kind.COMMENT]
    declared = _declared(code)
    form = _form(source, code)
    _check_iris(source, code)
    _check_words(source, code)
    _check_brackets(source, code)
    used = _used_prefixes(source, code, declared, prefixes)
    text, offsets = _rewrite(source, tokens, declared | used)
    return CheckedQuery(form, source, text, tuple(code), used, offsets)


def _declared(tokens: list[Token]) -> dict[str, str]:
    """The prefixes that the query declares."""
    declared = {}
    for keyword, name, iri in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if keyword.is_word("PREFIX") and name.kind is Kind.NAME and iri.kind is Kind.IRI:
            declared[name.text.partition(":")[0]] = iri.text[1:-1]
    return declared


def _form(source: str, tokens: list[Token]) -> str:
    for token in tokens:
        if token.kind is not Kind.WORD:
            continue
        word = token.text.upper()
        if word in UPDATES:
            raise QueryRefusedError(
                f"At {place(source, token.start)}: {word} changes data, and only queries are run.",
                hint="Change the facts and build again; the dataset is made from them alone.",
            )
        if word in FORMS:
            return word
    start = tokens[0].start if tokens else len(source)
    raise malformed(source, start, f"{', '.join(FORMS[:-1])} or {FORMS[-1]} was expected.")


def _check_iris(source: str, tokens: list[Token]) -> None:
    for sign, name in pairwise(tokens):
        if sign.text == "<" and sign.end == name.start and name.text.startswith(_SCHEMES):
            raise malformed(
                source,
                sign.start,
                "the IRI that begins here does not end, or has a character that it cannot have.",
                hint='IRIs have no spaces and none of "{}|^`; write them as %20 and the like.',
            )


def _check_words(source: str, tokens: list[Token]) -> None:
    for token in tokens:
        if token.kind is not Kind.WORD or token.text == "a":
            continue
        word = token.text.upper()
        if word in _REFUSED:
            reason, hint = _REFUSED[word]
            raise QueryRefusedError(f"At {place(source, token.start)}: {reason}", hint=hint)
        if word not in WORDS:
            near = get_close_matches(word, WORDS, n=1)
            raise malformed(
                source,
                token.start,
                f'"{token.text}" is no word of SPARQL.',
                hint=f"Did you mean {near[0]}?"
                if near
                else "Variables begin with ?, names have a prefix, texts stand in quotation marks.",
            )


def _check_brackets(source: str, tokens: list[Token]) -> None:
    opened: list[Token] = []
    for token in tokens:
        if token.kind is not Kind.PUNCTUATION:
            continue
        if token.text in _OPEN:
            opened.append(token)
        elif token.text in _CLOSE:
            last = opened.pop() if opened else None
            if last is None:
                raise malformed(source, token.start, f"{token.text} closes nothing.")
            if _OPEN[last.text] != token.text:
                at = place(source, last.start)
                expected = f"{_OPEN[last.text]} was expected, as {last.text} at {at} is still open"
                raise malformed(source, token.start, f"{expected}, but {token.text} is there.")
    if opened:
        last = opened[-1]
        raise malformed(source, last.start, f"{last.text} is never closed by {_OPEN[last.text]}.")


def _used_prefixes(
    source: str, tokens: list[Token], declared: Mapping[str, str], known: Mapping[str, str]
) -> dict[str, str]:
    used = {}
    for token in tokens:
        if token.kind is not Kind.NAME:
            continue
        prefix = token.text.partition(":")[0]
        if prefix in declared or prefix in used:
            continue
        if prefix not in known:
            near = get_close_matches(prefix, [*declared, *known], n=1) if prefix else None
            hint = f"Declare it: PREFIX {prefix}: <…>"
            raise malformed(
                source,
                token.start,
                f'the prefix "{prefix}:" is not declared.',
                hint=f"Did you mean {near[0]}:? {hint}" if near else hint,
            )
        used[prefix] = known[prefix]
    return used


def _rewrite(
    source: str, tokens: list[Token], prefixes: Mapping[str, str]
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text for the engine, and where its parts come from: offset in it, offset in source."""
    parts: list[str] = []
    offsets = [(0, 0)]
    length = done = 0
    declaring = False
    for token in tokens:
        changed = token.text
        if token.kind is Kind.IRI:
            changed = _plain_iri(token.text[1:-1])
        elif token.kind is Kind.NAME and not declaring and _ODD_IN_NAME.search(token.text):
            prefix, _, local = token.text.partition(":")
            changed = _plain_iri(prefixes[prefix] + local.replace("\\", ""))
        declaring = token.is_word("PREFIX")
        if changed != token.text:
            parts += (source[done : token.start], changed)
            length += token.start - done
            offsets.append((length, token.start))
            length += len(changed)
            done = token.end
            offsets.append((length, done))
    parts.append(source[done:])
    return "".join(parts), tuple(offsets)


def _plain_iri(iri: str) -> str:
    return "<" + _ODD_IN_IRI.sub(_as_escape, iri) + ">"


def _as_escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match.group()):04X}"
