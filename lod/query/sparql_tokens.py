"""The terminals of SPARQL: a query as the tokens that its grammar is written in.

Terminals are those of SPARQL 1.1 Query, section 19.8, and the few that SPARQL 1.2 adds. Strings,
comments, IRIs, names and variables are each one token, so that a keyword is only ever found where
the grammar has a keyword: not in a text, a comment, an IRI, or a name such as `ex:SERVICE`.
"""

from __future__ import annotations

import re
from enum import Enum

from msgspec import Struct

from lod.errors import QueryError


class Kind(Enum):
    """What a token is."""

    COMMENT = "comment"
    IRI = "IRI"
    STRING = "string"
    NAME = "prefixed name"
    BLANK = "blank node"
    VARIABLE = "variable"
    LANGUAGE = "language tag"
    NUMBER = "number"
    WORD = "word"
    PUNCTUATION = "sign"


class Token(Struct, frozen=True):
    """One token.

    Attributes:
        kind: what it is.
        text: as it stands in the query.
        start: first code point, counted from 0.
    """

    kind: Kind
    text: str
    start: int

    @property
    def end(self) -> int:
        """The code point after the last one."""
        return self.start + len(self.text)

    def is_word(self, *words: str) -> bool:
        """Whether it is one of these keywords, given in capitals; case does not matter."""
        return self.kind is Kind.WORD and self.text.upper() in words


# The characters of names, as all but some of ASCII: every character beyond ASCII counts as a letter
# here, a few more than in PN_CHARS_BASE. No token begins with one of those, so the engine refuses
# them all the same; and classes of this form compile in a twentieth of the time.
_OTHER = r"\[-\^`{-\x7f"
_LETTER = rf"[^\x00-@_{_OTHER}]"
_START = rf"[^\x00-@{_OTHER}]"
_VARIABLE = rf"[^\x00-/:-@{_OTHER}]"
_CHARACTER = rf"[^\x00-,./:-@{_OTHER}]"
_DOTTED = rf"[^\x00-,/:-@{_OTHER}]"
_CODEPOINT = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_ESCAPE = rf"\\[tbnrf\"'\\]|{_CODEPOINT}"
_LOCAL_ESCAPE = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"

_COMMENT = r"#[^\r\n]*"
_IRI = rf"<(?:[^<>\"{{}}|^`\\\x00-\x20]|{_CODEPOINT})*>"
_STRING = "|".join(
    (
        rf'"""(?:(?:""|")?(?:[^"\\]|{_ESCAPE}))*"""',
        rf"'''(?:(?:''|')?(?:[^'\\]|{_ESCAPE}))*'''",
        rf'"(?!"")(?:[^"\\\n\r]|{_ESCAPE})*"',
        rf"'(?!'')(?:[^'\\\n\r]|{_ESCAPE})*'",
    )
)
_PREFIX = rf"{_LETTER}(?:{_DOTTED}*{_CHARACTER})?"
_LOCAL = (
    rf"(?:{_VARIABLE}|:|{_LOCAL_ESCAPE})"
    rf"(?:(?:{_DOTTED}|:|{_LOCAL_ESCAPE})*(?:{_CHARACTER}|:|{_LOCAL_ESCAPE}))?"
)

_PATTERNS = {
    "SPACE": r"[\x20\t\r\n]+",
    "COMMENT": _COMMENT,
    "IRI": _IRI,
    "STRING": _STRING,
    "BLANK": rf"_:{_VARIABLE}(?:{_DOTTED}*{_CHARACTER})?",
    "NAME": rf"(?:{_PREFIX})?:(?:{_LOCAL})?",
    "VARIABLE": rf"[?$]{_VARIABLE}+",
    "LANGUAGE": r"@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--[A-Za-z]+)?",
    "NUMBER": r"(?:[0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+|[0-9]*\.[0-9]+|[0-9]+",
    "WORD": rf"{_START}{_VARIABLE}*",
    # An IRI directly after "<" wins over "<<": `?a<<http://…>` may be a comparison.
    "PUNCTUATION": rf"\^\^|&&|\|\||!=|<=|>=|<<(?!{_IRI[1:]})|>>|\{{\||\|\}}"
    r"|[{}()\[\].;,=<>!*/+\-|^?~]",
}
_TOKEN = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _PATTERNS.items()))
# Where no prefix can end: a name would be looked for to the end of each run of its characters.
_WITHOUT_NAME = re.compile(
    "|".join(f"(?P<{name}>{pattern})" for name, pattern in _PATTERNS.items() if name != "NAME")
)
_RUN = re.compile(rf"{_DOTTED}*")
# What hides a code-point escape from being read as part of the query itself.
_HIDING = re.compile(rf"{_COMMENT}|{_IRI}|{_STRING}|(?P<escape>{_CODEPOINT})")
_SURROGATE = re.compile("[\ud800-\udfff]")


def decode_escapes(query: str) -> str:
    r"""Write out the code-point escapes that stand outside strings, IRIs and comments.

    They are "processed before parsing by the grammar" (SPARQL 1.1, section 19.2), so
    `\u0053ERVICE` is the keyword. Inside strings and IRIs they are left to the engine.

    Raises:
        QueryError: an escape names a surrogate, which is no character.

    >>> decode_escapes(r'SELECT * { \u003Fs ?p "\u0041" }')
    'SELECT * { ?s ?p "\\u0041" }'
    """
    position = 0
    while "\\" in query and (match := _HIDING.search(query, position)):
        if match.group("escape") is None:
            position = match.end()
            continue
        position = match.start()
        number = int(match.group()[2:], 16)
        if number > 0x10FFFF or 0xD800 <= number <= 0xDFFF:
            raise malformed(query, position, f"{match.group()} is not a character.")
        query = query[:position] + chr(number) + query[match.end() :]
    return query


def tokenize(query: str) -> list[Token]:
    r"""The tokens of a query, comments included, white space left out.

    Args:
        query: SPARQL text, escapes outside strings and IRIs written out.

    Raises:
        QueryError: with line and column, where no token can begin or a string does not end.

    >>> [token.text for token in tokenize("ASK { ?s a ex:SERVICE } # why")]
    ['ASK', '{', '?s', 'a', 'ex:SERVICE', '}', '# why']
    """
    if match := _SURROGATE.search(query):
        raise malformed(query, match.start(), f"U+{ord(match.group()):04X} is not a character.")
    tokens = []
    position = nameless = 0  # no prefix begins before the latter
    while position < len(query):
        if position >= nameless and (run := _RUN.match(query, position)):
            end = run.end()
            if not query.startswith(":", end) or query[end - 1 : end] == ".":
                nameless = end
        pattern = _WITHOUT_NAME if position < nameless else _TOKEN
        match = pattern.match(query, position)
        if match is None:
            raise _no_token(query, position)
        if match.lastgroup != "SPACE":
            tokens.append(Token(Kind[match.lastgroup or ""], match.group(), position))
        position = match.end()
    return tokens


def _no_token(query: str, position: int) -> QueryError:
    character = query[position]
    if character in "\"'":
        quotes = character * (3 if query.startswith(character * 3, position) else 1)
        return malformed(
            query,
            position,
            f"The string that begins here with {quotes} does not end, or has an unknown escape.",
            hint=f"End it with {quotes}. Line breaks need three quotation marks, a backslash two.",
        )
    if character == "@":
        return malformed(query, position, "After @ a language tag such as @en was expected.")
    shown = character if character.isprintable() else f"U+{ord(character):04X}"
    return malformed(query, position, f"{shown} has no place outside strings and IRIs.")


def place(query: str, position: int) -> str:
    r"""Line and column of a code point, both counted from 1, for a sentence.

    >>> place("SELECT *\nWHERE", 9)
    'line 2, column 1'
    """
    before = query[:position]
    return f"line {before.count(chr(10)) + 1}, column {position - before.rfind(chr(10))}"


def malformed(query: str, position: int, message: str, *, hint: str | None = None) -> QueryError:
    """The error of a query that is malformed at a code point."""
    return QueryError(f"The query is malformed at {place(query, position)}: {message}", hint=hint)
