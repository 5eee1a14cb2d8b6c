"""Queries that may run: what a query asks for is looked at before it reaches the engine.

The engine (pyoxigraph) does HTTP for SERVICE, and its parser reads a few texts in another way than
the grammar of SPARQL: it knows no end of a word (`SERVICEex:a` is SERVICE and a name to it), takes
`<` as "less than" where an IRI cannot stand, and ends a name at its second dot. So the tokens are
checked, and then the engine gets a text in which each of them can be read in one way only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import cached_property
from itertools import pairwise

from msgspec import Struct

from lod.errors import QueryError, QueryRefusedError
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
#: How deep a query may nest; the engine survives twice as much of everything.
MOST_DEPTH = 500
#: What makes one part of a chain of what is on its sides.
_LINKS = frozenset(("||", "&&", "!", "+", "-", "*", "/", "|", "^"))
_LINKING = ("UNION", "OPTIONAL", "MINUS", "FILTER", "BIND", "GRAPH", "LATERAL")
# What an IRI may hold and "less than" may be followed by: written as escapes, it can be read as an
# IRI only.
_ODD_IN_IRI = re.compile(r"[#'()]")
_ODD_IN_NAME = re.compile(r"service|from|\..*\.", re.IGNORECASE)
_SCHEMES = ("http:", "https:", "urn:")
_MAX_LENGTH = 1_000_000
#: Functions that give something else each time.
_UNSTABLE = ("NOW", "RAND", "UUID", "STRUUID", "BNODE")

# Queries up to this length are kept with what was found: the same are asked again and again.
_KEPT_LENGTH = 4_000
_MOST_KEPT = 500
# Plain tokens. An IRI without space, bracket or quotation mark, and without anything that would be
# written in another way; a text that is not empty, so that it begins none with three marks.
_PLAIN_IRI = re.compile(r"<[A-Za-z0-9:/._~%-]+>")
_PLAIN_TEXT = re.compile(r'"[^"\\\x00-\x1f\ud800-\udfff]+"(?!")')
_PLAIN_NUMBER = re.compile(r"(?<=[ \n])[0-9]+(?=[ \n)}]|\Z)")
#: What stands for an IRI and for a text; a query that has these itself is looked at as a whole.
_MARKS = "\x01", "\x02"
# What may begin an IRI, a text or a comment that is not plain, or escape something.
_NOT_PLAIN = re.compile(r"""[<>"'#\\]""")
#: What was found of queries, by their shape or, where they have none, by their text.
_known: dict[tuple[bool, str, tuple[tuple[str, str], ...]], CheckedQuery] = {}


class CheckedQuery(Struct, frozen=True, dict=True):
    """A query that may run.

    Attributes:
        form: SELECT, ASK, CONSTRUCT or DESCRIBE.
        source: the query as it is shown in messages.
        text: the query as the engine gets it.
        prefixes: prefix to namespace, those that the query uses without declaring them.
        selects_all: whether it begins with SELECT *.
        is_stable: whether the same data gives the same result again.
    """

    form: str
    source: str
    text: str
    prefixes: Mapping[str, str]
    selects_all: bool
    is_stable: bool
    _offsets: tuple[tuple[int, int], ...]

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens of `source` without comments."""
        return _code(tokenize(self.source))

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
    shape = plain_shape(query)
    key = (shape is None, shape or query, tuple(known.items()))
    like = _known.get(key)
    if like is None:
        like = _check(query, known)
        if len(query) <= _KEPT_LENGTH and (shape is None or like.text == query):
            if len(_known) >= _MOST_KEPT:
                _known.clear()
            _known[key] = like
    elif shape is not None and like.source != query:
        return CheckedQuery(
            like.form,
            query,
            query,
            like.prefixes,
            like.selects_all,
            like.is_stable,
            like._offsets,
        )
    return like


def plain_shape(query: str) -> str | None:
    r"""A query without its IRIs, texts and numbers; None where not all of them are plain.

    To look at a query takes as long as to run a simple one, and a server is asked the same question
    about one thing after the other. What is found of a query hangs on the kinds of its tokens, and
    of words and names on the text. So where two queries differ only in tokens that are an IRI, a
    text or a whole number in both, and these are so plain that nothing can be read in two ways,
    what was found of the one holds for the other.

    >>> plain_shape('ASK { <x:a> ?b "c" } OFFSET 5') == plain_shape('ASK { <x:d> ?b "e" } OFFSET 7')
    True
    >>> plain_shape("ASK { ?a ?b 'c' }"), plain_shape('ASK { ?a ?b "<x:a>" }')
    (None, None)
    """
    if len(query) > _KEPT_LENGTH or _MARKS[0] in query or _MARKS[1] in query:
        return None
    shape = _PLAIN_TEXT.sub(_MARKS[1], _PLAIN_IRI.sub(_MARKS[0], query))
    return None if _NOT_PLAIN.search(shape) else _PLAIN_NUMBER.sub("0", shape)


def _check(query: str, prefixes: Mapping[str, str]) -> CheckedQuery:
    source = decode_escapes(query)
    if len(source) > _MAX_LENGTH:
        raise malformed(source, _MAX_LENGTH, f"it is longer than {_MAX_LENGTH:,} characters.")
    tokens = tokenize(source)
    code = _code(tokens)
    declared = _declared(code)
    form = _form(source, code)
    _check_iris(source, code)
    _check_words(source, code)
    _check_brackets(source, code)
    _check_depth(source, code)
    used = _used_prefixes(source, code, declared, prefixes)
    text, offsets = _rewrite(source, tokens, declared | used)
    words = [token for token in code if not token.is_word("DISTINCT", "REDUCED")]
    selected = (after.text for word, after in pairwise(words) if word.is_word("SELECT"))
    selects_all = next(selected, "") == "*"
    is_stable = not any(token.is_word(*_UNSTABLE) for token in code)
    return CheckedQuery(form, source, text, used, selects_all, is_stable, offsets)


def _code(tokens: Iterable[Token]) -> tuple[Token, ...]:
    return tuple(token for token in tokens if token.kind is not Kind.COMMENT)


def _declared(tokens: Sequence[Token]) -> dict[str, str]:
    """The prefixes that the query declares."""
    declared = {}
    for keyword, name, iri in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if keyword.is_word("PREFIX") and name.kind is Kind.NAME and iri.kind is Kind.IRI:
            declared[name.text.partition(":")[0]] = iri.text[1:-1]
    return declared


def _form(source: str, tokens: Sequence[Token]) -> str:
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


def _check_iris(source: str, tokens: Sequence[Token]) -> None:
    for sign, name in pairwise(tokens):
        if sign.text == "<" and sign.end == name.start and name.text.startswith(_SCHEMES):
            raise malformed(
                source,
                sign.start,
                "the IRI that begins here does not end, or has a character that it cannot have.",
                hint='IRIs have no spaces and none of "{}|^`; write them as %20 and the like.',
            )


def _check_words(source: str, tokens: Sequence[Token]) -> None:
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


def _check_brackets(source: str, tokens: Sequence[Token]) -> None:
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


def _check_depth(source: str, tokens: Sequence[Token]) -> None:
    """Refuse what the engine would not survive: it goes down into every part of a query.

    Each part of a chain lies below the next one, as in `((a || b) || c)`. Rows of VALUES do not.
    """
    scopes = [[0, 0]]  # the deepest part so far, and the links of its chain
    is_values, values = False, 0
    for token in tokens:
        is_values = is_values or token.is_word("VALUES")
        if token.kind is Kind.PUNCTUATION and token.text in _OPEN:
            if values or (is_values and token.text == "{"):
                values, is_values = values + 1, False
            scopes.append([0, 0])
        elif token.kind is Kind.PUNCTUATION and token.text in _CLOSE:
            deepest, links = scopes.pop()
            scopes[-1][0] = max(scopes[-1][0], deepest + links + 1)
            values = max(values - 1, 0)
        elif not values and (token.text in _LINKS or token.is_word(*_LINKING)):
            scopes[-1][1] += 1
        if len(scopes) + sum(scopes[-1]) > MOST_DEPTH:
            raise QueryError(
                f"At {place(source, token.start)}: the query nests deeper than {MOST_DEPTH} "
                "levels, the parts of a chain counted.",
                hint="Use VALUES or IN in place of a long chain, and fewer brackets in brackets.",
            )


def _used_prefixes(
    source: str, tokens: Sequence[Token], declared: Mapping[str, str], known: Mapping[str, str]
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
    source: str, tokens: Sequence[Token], prefixes: Mapping[str, str]
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
    """The query in one line, as it means the same to every SPARQL store.

    Parsers differ in where a word or an IRI ends. So each token stands alone, names are whole IRIs
    and comments are gone: nothing that was a text or a comment here can be read as a keyword there.

    >>> known = {"ex": "https://e.org/"}
    >>> portable(check_query("SELECT ?s { ?s ex:p 'SERVICE'@en } # FROM", known))
    'SELECT ?s { ?s <https://e.org/p> "SERVICE"@en }'
    """
    tokens = list(query.tokens)
    # One that is declared too late is for the store to refuse.
    prefixes = {**query.prefixes, **_declared(tokens)}
    parts: list[str] = []
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
    if before is None or token.kind is Kind.LANGUAGE or "^^" in (before.text, token.text):
        return True
    is_signed = token.kind is Kind.NUMBER and before.text in ("+", "-")
    is_called = token.text == "(" and before.kind in (Kind.WORD, Kind.NAME)
    return before.end == token.start and (is_signed or is_called)


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
