r"""Templates: how the data of a language says which words name a time.

====================== ==========================================================
``last year``          the words, with any white space between them, in any case
``[the] year``         ``the`` may be missing
``(in|during)``        one of the two
``{month}``            a slot: what stands there is kept under its name
``{unit:year|month}``  a slot with some of its values only
``-``                  a hyphen or dash, with or without white space around it
``'``                  a straight or typographic apostrophe
====================== ==========================================================

Everything else stands for itself. A space between two parts is white space in the text; parts that
touch in the template touch in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from enum import Enum
from typing import NamedTuple

from lod.patterns import lazy

#: A word as the search sees it: letters, digits and underscores.
WORD = lazy(r"\w+")
_LETTERS = lazy(r"[^\W\d_]+")
_LITERAL = lazy(r"[^\s\[\](){}|'-]+")

DASH = r"\s*[-\u2010-\u2015\u2212]\s*"
_APOSTROPHE = "['\u2019\u02bc]"

#: The key of a number: of four digits and more, or of fewer.
LONG_NUMBER, SHORT_NUMBER = "#4", "#2"


def key(word: str) -> str:
    """What a word is looked up by: in small letters, without the digits at its end.

    >>> key("Q3"), key("1990s"), key("9th"), key("May")
    ('q', '#4', '#2', 'may')
    """
    if word[0].isdecimal():
        return LONG_NUMBER if word[:4].isdecimal() and len(word) >= 4 else SHORT_NUMBER
    return word.lower().rstrip("0123456789")


class Slot(NamedTuple):
    """What may stand in a slot.

    Attributes:
        pattern: regular expression, with its named group.
        first: keys of the words that it may begin with.
        triggers: letters of which one is always there, or None where that is not known.
    """

    pattern: str
    first: frozenset[str]
    triggers: frozenset[str] | None


#: Gives a slot by its name and the part after its colon ("").
SlotOf = Callable[[str, str], Slot]


class _Kind(Enum):
    TEXT = "text"
    DASH = "dash"
    APOSTROPHE = "apostrophe"
    SLOT = "slot"
    OPTIONAL = "optional"
    CHOICE = "choice"


class _Piece(NamedTuple):
    kind: _Kind
    value: str
    branches: tuple[tuple[_Piece, ...], ...]
    spaced: bool


class Template:
    """A template, read once.

    Args:
        text: the template.

    Raises:
        ValueError: a bracket is not closed.
    """

    __slots__ = ("_pieces", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        branches, end = _read(text, 0, "")
        if end != len(text) or len(branches) != 1:
            raise ValueError(f"template {text!r} is not well-formed at {end}")
        self._pieces = branches[0]

    def pattern(self, slot: SlotOf) -> str:
        """The regular expression, for `re.IGNORECASE`."""
        return _pattern(self._pieces, slot)

    def first(self, slot: SlotOf) -> set[str]:
        """Keys of the words that a match may begin with."""
        return _first(self._pieces, slot)[0]

    def phrases(self) -> list[str]:
        """Every way to say a template of words alone, with single spaces.

        Raises:
            ValueError: it has a slot, a dash or an apostrophe.
        """
        return [" ".join(words) for words in _phrases(self._pieces)]

    def needs(self, slot: SlotOf, common: frozenset[str]) -> list[frozenset[str]]:
        """Sets of words in small letters; every match has one of each."""
        return _needs(self._pieces, slot, common)

    def trigger(self, slot: SlotOf, common: frozenset[str]) -> frozenset[str]:
        """The one of `needs` that says most; best one without `common` words."""
        needs = self.needs(slot, common)
        return min(needs, key=lambda words: _rank(words, common), default=frozenset())


def _read(text: str, at: int, closing: str) -> tuple[list[tuple[_Piece, ...]], int]:
    """Read branches up to a closing bracket: the branches, and where reading stopped."""
    branches: list[tuple[_Piece, ...]] = []
    pieces: list[_Piece] = []
    spaced = False
    while at < len(text) and text[at] not in "])}":
        char = text[at]
        if char in " |":
            if char == "|":
                branches.append(tuple(pieces))
                pieces = []
            spaced = char == " "
            at += 1
            continue
        inner: list[tuple[_Piece, ...]] = []
        value = ""
        if char in "[(":
            end = "]" if char == "[" else ")"
            inner, at = _read(text, at + 1, end)
            kind = _Kind.OPTIONAL if char == "[" else _Kind.CHOICE
            at += 1
        elif char == "{":
            close = text.index("}", at)
            kind, value, at = _Kind.SLOT, text[at + 1 : close], close + 1
        elif char in "-'":
            kind = _Kind.DASH if char == "-" else _Kind.APOSTROPHE
            at += 1
        else:
            match = _LITERAL.match(text, at)
            if match is None:
                raise ValueError(f"template {text!r} is not well-formed at {at}")
            kind, value, at = _Kind.TEXT, match[0], match.end()
        pieces.append(_Piece(kind, value, tuple(inner), spaced))
        spaced = False
    if closing and text[at : at + 1] != closing:
        raise ValueError(f"template {text!r} lacks {closing!r}")
    return [*branches, tuple(pieces)], at


def _pattern(pieces: Iterable[_Piece], slot: SlotOf) -> str:
    out: list[str] = []
    solid = False  # whether something that must be there stands before
    pending = False  # the space before this piece was taken into an optional piece
    for piece in pieces:
        space = r"\s+" if piece.spaced and not pending else ""
        pending = False
        if piece.kind is _Kind.OPTIONAL:
            body = "|".join(_pattern(branch, slot) for branch in piece.branches)
            if solid or (not piece.spaced and out):
                out.append(f"(?:{space}(?:{body}))?")
            else:
                # nothing firm before it: the space that follows is part of the option
                out.append(f"(?:(?:{body})\\s+)?")
                pending = True
            continue
        out.append(space + _solid(piece, slot))
        solid = True
    return "".join(out)


def _solid(piece: _Piece, slot: SlotOf) -> str:
    if piece.kind is _Kind.DASH:
        return DASH
    if piece.kind is _Kind.APOSTROPHE:
        return _APOSTROPHE
    if piece.kind is _Kind.CHOICE:
        return "(?:" + "|".join(_pattern(branch, slot) for branch in piece.branches) + ")"
    if piece.kind is _Kind.SLOT:
        name, _, values = piece.value.partition(":")
        return slot(name, values).pattern
    return re.escape(piece.value)


def _phrases(pieces: Iterable[_Piece]) -> list[tuple[str, ...]]:
    """Every sequence of words that pieces of words alone stand for."""
    found: list[tuple[str, ...]] = [()]
    for piece in pieces:
        if piece.kind is _Kind.TEXT:
            ways: list[tuple[str, ...]] = [(piece.value,)]
        elif piece.kind in (_Kind.OPTIONAL, _Kind.CHOICE):
            ways = [way for branch in piece.branches for way in _phrases(branch)]
            if piece.kind is _Kind.OPTIONAL:
                ways.append(())
        else:
            raise ValueError(f"words alone are expected, not a {piece.kind.value}")
        found = [before + way for before in found for way in ways]
    return found


def _first(pieces: Iterable[_Piece], slot: SlotOf) -> tuple[set[str], bool]:
    """Keys that a sequence may begin with, and whether it may be empty."""
    keys: set[str] = set()
    for piece in pieces:
        if piece.kind in (_Kind.OPTIONAL, _Kind.CHOICE):
            empty = piece.kind is _Kind.OPTIONAL
            for branch in piece.branches:
                more, may_be_empty = _first(branch, slot)
                keys |= more
                empty = empty or may_be_empty
            if empty:
                continue
        elif piece.kind is _Kind.SLOT:
            name, _, values = piece.value.partition(":")
            keys |= slot(name, values).first
        elif word := WORD.search(piece.value):
            keys.add(key(word[0]))
        return keys, False
    return keys, True


def _needs(pieces: Iterable[_Piece], slot: SlotOf, common: frozenset[str]) -> list[frozenset[str]]:
    needs: list[frozenset[str]] = []
    for piece in pieces:
        if piece.kind is _Kind.CHOICE:
            branches = [_needs(branch, slot, common) for branch in piece.branches]
            if all(branches):
                best = (min(b, key=lambda words: _rank(words, common)) for b in branches)
                needs.append(frozenset[str]().union(*best))
        elif piece.kind is _Kind.SLOT:
            name, _, values = piece.value.partition(":")
            found = slot(name, values).triggers
            if found:
                needs.append(found)
        elif piece.kind is _Kind.TEXT and (word := _LETTERS.search(piece.value)):
            needs.append(frozenset({word[0].lower()}))
    return needs


def _rank(words: frozenset[str], common: frozenset[str]) -> tuple[bool, int]:
    """Rare words before common ones, few before many."""
    return not common.isdisjoint(words), len(words)


#: Slots for numbers: the expression, and the keys of the words that it matches.
NUMBERS: dict[str, tuple[str, set[str]]] = {
    "day": ("[0-9]{1,2}", {SHORT_NUMBER}),
    "mm": ("[0-9]{1,2}", {SHORT_NUMBER}),
    "yy": ("[0-9]{2}", {SHORT_NUMBER}),
    "digit": ("[0-9]", {SHORT_NUMBER}),
    "num": ("[0-9]{1,4}", {SHORT_NUMBER, LONG_NUMBER}),
    "yyy": ("[1-9][0-9]{2}", {SHORT_NUMBER}),
    "year": ("[0-9]{4}", {LONG_NUMBER}),
    "decade": ("[0-9]{3}0", {LONG_NUMBER}),
    "iso": ("[0-9]{4}-[0-9]{2}-[0-9]{2}", {LONG_NUMBER}),
}


def any_of(words: Iterable[str]) -> str:
    """An expression for one of the words, the longest first."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(r"\s+".join(map(re.escape, word.split())) for word in ordered)


def words_slot(
    name: str,
    forms: list[str],
    digits: str = "",
    first: set[str] | None = None,
    stops: set[str] | None = None,
) -> Slot:
    """A slot for words, or for digits where `digits` is an expression."""
    stops = stops or set()
    plain = [form for form in forms if form not in stops]
    branches = [any_of(plain)] if plain else []
    if stops:
        branches.append(f"(?:{any_of(stops)})\\b\\.?")
    if digits:
        branches.append(digits)
    group = f"?P<{name}>" if name else "?:"
    words = [WORD.findall(form) for form in forms]
    letters = {next((part for part in form if not part.isdecimal()), "").lower() for form in words}
    return Slot(
        f"({group}{'|'.join(branches)})",
        frozenset({key(form[0]) for form in words} | (first or set())),
        None if digits else frozenset(letters - {""}),
    )
