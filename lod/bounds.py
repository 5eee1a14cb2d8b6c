"""Foreign words in what we say: cut to a length that somebody may read."""

from __future__ import annotations

#: Code points that a message, a hint, or a word of others in them has at most.
MOST_SAID = 2_000


def bounded(text: str, most: int = MOST_SAID) -> str:
    """The text, or its ends with … between where it is longer than anybody reads.

    Args:
        text: of any length.
        most: code points to keep.

    >>> bounded("a" * 10, 5), bounded("short", 5)
    ('aa…aa', 'short')
    """
    half = (most - 1) // 2
    return text if len(text) <= most else f"{text[:half]}…{text[-half:]}"
