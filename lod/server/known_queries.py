"""Queries that differ from one that was looked at in whole IRIs, texts and numbers alone.

To look at a query takes as long as to run a simple one, and a server is asked the same question
about one thing after the other. What `check_query` finds hangs on the kinds of the tokens, and of
words and names on the text. So where two queries differ only in tokens that are an IRI, a text or a
whole number in both, and these are so plain that nothing can be read in two ways, what was found of
the one holds for the other.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

from lod.query.checked import check_query

_LONG = 4_000
_MOST = 500
# No space, bracket or quotation mark; nothing that `check_query` would write in another way.
_IRI = re.compile(r"<[A-Za-z0-9:/._~%-]+>")
# Not empty, so that it begins no text with three quotation marks.
_TEXT = re.compile(r'"[^"\\\x00-\x1f\ud800-\udfff]+"(?!")')
_NUMBER = re.compile(r"(?<=[ \n])[0-9]+(?=[ \n)}]|\Z)")
#: What stands for an IRI and for a text; a query that has these itself is looked at as a whole.
_MARKS = "\x01", "\x02"
# What may begin an IRI, a text or a comment that is not plain, or escape something.
_ODD = re.compile(r"""[<>"'#\\]""")
#: Functions that give something else each time.
_UNSTABLE = ("NOW", "RAND", "UUID", "STRUUID", "BNODE")


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found of a query that may run.

    Attributes:
        form: SELECT, ASK, CONSTRUCT or DESCRIBE.
        text: the query as the engine gets it.
        prefixes: prefix to namespace, those that the query uses without declaring them.
        is_stable: whether the same data gives the same result again.
    """

    form: str
    text: str
    prefixes: dict[str, str]
    is_stable: bool


class KnownQueries:
    """Looks at queries.

    Args:
        prefixes: prefix to namespace IRI, which queries may use without declaring them.
    """

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefixes = dict(prefixes)
        self._known: OrderedDict[str, Looked] = OrderedDict()

    def look(self, text: str) -> Looked:
        """What `check_query` finds of a query.

        Raises:
            QueryRefusedError: it is an update, or has SERVICE, FROM or FROM NAMED.
            QueryError: it is malformed.
        """
        plain = plain_shape(text)
        if plain is not None and (like := self._known.get(plain)) is not None:
            self._known.move_to_end(plain)
            return Looked(like.form, text, like.prefixes, like.is_stable)
        query = check_query(text, self._prefixes)
        is_stable = not any(token.is_word(*_UNSTABLE) for token in query.tokens)
        looked = Looked(query.form, query.text, dict(query.prefixes), is_stable)
        if plain is not None and query.text == text:
            self._known[plain] = Looked(query.form, "", looked.prefixes, is_stable)
            if len(self._known) > _MOST:
                self._known.popitem(last=False)
        return looked


def plain_shape(text: str) -> str | None:
    r"""A query without its IRIs, texts and numbers; None where not all of them are plain.

    >>> plain_shape('ASK { <x:a> ?b "c" } OFFSET 5') == plain_shape('ASK { <x:d> ?b "e" } OFFSET 7')
    True
    >>> plain_shape("ASK { ?a ?b 'c' }"), plain_shape('ASK { ?a ?b "<x:a>" }')
    (None, None)
    """
    if len(text) > _LONG or _MARKS[0] in text or _MARKS[1] in text:
        return None
    shape = _TEXT.sub(_MARKS[1], _IRI.sub(_MARKS[0], text))
    return None if _ODD.search(shape) else _NUMBER.sub("0", shape)
