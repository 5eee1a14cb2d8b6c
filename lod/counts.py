"""A number and what it counts, as sentences for people have it."""

from __future__ import annotations

from lod.patterns import lazy

_PLURAL = lazy(r"(ie)?s\b")


def counted(number: float, name: str, one: str = "", more: str = "s") -> str:
    """A number with what it counts.

    Args:
        number: how many.
        name: what there are so many of, without what differs.
        one: what follows the name where it is one.
        more: what follows it where they are none or several.

    >>> counted(1, "row"), counted(1200, "row"), counted(2, "entit", "y", "ies")
    ('1 row', '1,200 rows', '2 entities')
    >>> counted(1.0, "second"), counted(0.5, "second")
    ('1 second', '0.5 seconds')
    """
    said = f"{number:,}" if isinstance(number, int) else f"{number:g}"
    return f"{said} {name}{one if number == 1 else more}"


def numbered(number: int, names: str) -> str:
    """A number with what it counts, of which there is the plural alone, as a key of data.

    >>> numbered(1, "uncovered sentences of es"), numbered(1, "entities"), numbered(0, "claims")
    ('1 uncovered sentence of es', '1 entity', '0 claims')
    """
    if number == 1:
        names = _PLURAL.sub(lambda ending: "y" if ending[1] else "", names, 1)
    return f"{number:,} {names}"
