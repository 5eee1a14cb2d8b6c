"""The form in which a text is searched: as long as the text, so that positions stay the same."""

from __future__ import annotations

from functools import lru_cache

_SPACES = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_TABLE = str.maketrans(
    dict.fromkeys(_SPACES, " ")
    | dict.fromkeys("‘’‚‛′ʼ", "'")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d", "-")
    | {"⁄": "/", "μ": "µ"}
)


@lru_cache(maxsize=1024)
def fold(text: str) -> str:
    r"""Lower case, plain spaces, hyphens and apostrophes, one code point for one.

    >>> fold("More than\u00a05–7")
    'more than 5-7'
    """
    low = text.lower()
    if len(low) != len(text):  # "İ" has two code points in lower case
        low = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    if low.isascii() and low.isprintable():
        return low
    return low.translate(_TABLE)
