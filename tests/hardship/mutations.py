"""Makes broken files of whole ones: the same file for the same seed, and never one out of bounds.

Nothing grows by more than `MOST_ADDED` bytes, and nothing is nested deeper than `MOST_NESTED` by a
mutation, so that no input is made to break what we stand on.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from typing import Any

MOST_ADDED = 100_000
MOST_NESTED = 40

Mutation = Callable[[bytes, random.Random], bytes]

_BRACKETS = ((b"[", b"]"), (b"{", b"}"), (b"(", b")"), (b"<", b">"))
#: What parsers trip over, whatever the format.
_TOKENS = (
    *(b"\x00", b"\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\r", b"\r\n", b"\n\n", b"\t", b" "),
    *(b"'", b'"', b'"""', b"\\", b"\\u", b"\\uD800", b"\\U00110000", b"`", b"%", b"%zz", b"#"),
    *(b"<", b">", b"<>", b"[", b"]", b"{", b"}", b"(", b")", b"|", b"^^", b"@", b"@en--", b"_:"),
    *(b":", b"::", b";", b",", b".", b"..", b"-", b"--", b"- ", b"? ", b"&a", b"*a", b"!!x", b"~"),
    *(b"null", b"true", b"NaN", b"-0", b"1e999", b"0x1F", b"9" * 400, b"-1", b"1.", b"=", b"=="),
    *(b"http://[", b"https://a/?b[c]=d", b"//", b"../../..", b"/etc/passwd", b"file:///", b"C:\\"),
    *("\u202e\u2066\u200f".encode(), "\ufdd0\uffff".encode(), "e\u0301\u0323".encode()),
    *(
        "\U0001f469\u200d\U0001f692".encode(),
        "\u2028\x85".encode(),
        "İıſ".encode(),
        "٣４²".encode(),
    ),
    *(b"<!DOCTYPE x>", b"<!--", b"]]>", b"&amp;", b"&x;", b"{{ x }}", b"{% x %}", b"${x}", b"%s"),
)


def mutate(whole: bytes, chance: random.Random) -> bytes:
    """A broken file.

    Args:
        whole: a file without faults.
        chance: decides; the same state gives the same file.
    """
    broken = whole
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
        broken = chance.choice(MUTATIONS)(broken, chance)
    return broken


def _spot(data: bytes, chance: random.Random) -> int:
    return chance.randint(0, len(data))


def _stretch(data: bytes, chance: random.Random) -> tuple[int, int]:
    start = _spot(data, chance)
    return start, min(len(data), start + chance.choice((1, 1, 2, 5, 20, 100, 1000)))


def flip(data: bytes, chance: random.Random) -> bytes:
    """Another byte in the place of one."""
    at = _spot(data, chance)
    return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]


def insert(data: bytes, chance: random.Random) -> bytes:
    """A token that parsers trip over."""
    at = _spot(data, chance)
    return data[:at] + chance.choice(_TOKENS) + data[at:]


def insert_word(data: bytes, chance: random.Random) -> bytes:
    """A word that is longer than anybody reads."""
    at = _spot(data, chance)
    word = chance.choice((b"W", "щ".encode(), b"w ", b"9", b"a-"))
    return data[:at] + word * chance.choice((300, 5_000, MOST_ADDED // 4)) + data[at:]


def delete(data: bytes, chance: random.Random) -> bytes:
    """A stretch that is missing."""
    start, end = _stretch(data, chance)
    return data[:start] + data[end:]


def cut(data: bytes, chance: random.Random) -> bytes:
    """An end that is missing."""
    return data[: _spot(data, chance)]


def repeat(data: bytes, chance: random.Random) -> bytes:
    """A stretch that stands there several times."""
    start, end = _stretch(data, chance)
    return data[:end] + data[start:end] * chance.randint(1, 5) + data[end:]


def move(data: bytes, chance: random.Random) -> bytes:
    """A stretch in another place."""
    start, end = _stretch(data, chance)
    rest = data[:start] + data[end:]
    at = _spot(rest, chance)
    return rest[:at] + data[start:end] + rest[at:]


def nest(data: bytes, chance: random.Random) -> bytes:
    """Brackets around a stretch, or such as nobody closes."""
    opened, closed = chance.choice(_BRACKETS)
    start, end = _stretch(data, chance)
    depth = chance.choice((1, 2, MOST_NESTED))
    inside = data[start:end]
    return data[:start] + opened * depth + inside + closed * chance.choice((0, depth)) + data[end:]


def lines(data: bytes, chance: random.Random) -> bytes:
    """A line that is missing, doubled, moved, indented or joined to another."""
    rows = data.split(b"\n")
    at = chance.randrange(len(rows))
    how = chance.randrange(5)
    if how == 0:
        del rows[at]
    elif how == 1:
        rows.insert(at, rows[at])
    elif how == 2:
        rows.insert(chance.randrange(len(rows)), rows.pop(at))
    elif how == 3:
        rows[at] = b" " * chance.randint(1, 9) + rows[at]
    else:
        rows[at : at + 2] = [b"".join(rows[at : at + 2])]
    return b"\n".join(rows)


def exchange(data: bytes, chance: random.Random) -> bytes:
    """A word of the file in the place of another one."""
    words: Sequence[bytes] = [word for word in data.split() if len(word) < 200]
    if not words:
        return data
    return data.replace(chance.choice(words), chance.choice(words), chance.choice((1, -1)))[
        : len(data) + MOST_ADDED
    ]


#: What stands in the place of a part of JSON.
_JUNK: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    1e308,
    10**30,
    "",
    "x",
    "W" * 5_000,
    "\ud800",
    [],
    {},
    [[]],
    {"": {}},
)


def reshape(data: bytes, chance: random.Random) -> bytes:
    """JSON with another value in the place of one, or without it; what is no JSON stays."""
    try:
        root = json.loads(data)
    except (ValueError, RecursionError):
        return data
    node: Any = root
    while isinstance(node, dict | list) and node:
        key = chance.choice(list(node) if isinstance(node, dict) else range(len(node)))
        inner = node[key]
        if not isinstance(inner, dict | list) or not inner or chance.random() < 0.2:
            if chance.random() < 0.3:
                del node[key]
            else:
                node[key] = chance.choice(_JUNK)
            break
        node = inner
    return json.dumps(root).encode()


MUTATIONS: tuple[Mutation, ...] = (
    *(flip, insert, insert, insert_word, delete, delete, cut, repeat, move, nest),
    *(lines, lines, exchange, exchange, reshape, reshape),
)
