"""What may stand in the slots of templates: numbers and lists of words, as expressions."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lod.facts.period.template import LONG_NUMBER, SHORT_NUMBER, WORD, Slot, key

#: Slots for numbers: the expression, and the keys of the words that it matches.
NUMBERS: dict[str, tuple[str, set[str]]] = {
    "day": ("[0-9]{1,2}", {SHORT_NUMBER}),
    "mm": ("[0-9]{1,2}", {SHORT_NUMBER}),
    "yy": ("[0-9]{2}", {SHORT_NUMBER}),
    "digit": ("[0-9]", {SHORT_NUMBER}),
    "num": ("[0-9]{1,4}", {SHORT_NUMBER, LONG_NUMBER}),
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
