"""The words for what becomes of a claim: its fate after an edit, and why a person changed it."""

from __future__ import annotations

from enum import StrEnum


class Fate(StrEnum):
    """What became of a claim's words in a new text. The value is the name used everywhere."""

    UNCHANGED = "unchanged"
    """The same words in the same sentence, in the same order among the others."""
    MOVED = "moved"
    """The same, elsewhere in the order."""
    REWORDED = "reworded"
    """The same sentence, in other words that carry nothing of the claim."""
    VALUE_CHANGED = "value-changed"
    """Words that carry a number, date, hedge, name, denial or plan are others."""
    SPLIT = "split"
    """The words stand in several sentences now."""
    MERGED = "merged"
    """The sentence has become a part of another one."""
    GONE = "gone"
    """The words are there no more."""
    AMBIGUOUS = "ambiguous"
    """The words are in several places now."""

    @property
    def is_settled(self) -> bool:
        """Whether it is taken without a person.

        >>> [fate.value for fate in Fate if fate.is_settled]
        ['unchanged', 'moved']
        """
        return self in (Fate.UNCHANGED, Fate.MOVED)


class Reason(StrEnum):
    """Why a published claim is changed or withdrawn; a person chooses it."""

    CORRECTION = "correction"
    """The text was wrong."""
    OUR_MISTAKE = "our-mistake"
    """The fact was not what the text says."""
    WORLD_CHANGED = "world-changed"
    """It was right, and is so no more: superseded is not incorrect."""
    WITHDRAWN = "withdrawn"
    """The publisher does not stand by it any more."""


#: The names of all fates, and of all reasons, in their order.
FATES = tuple(fate.value for fate in Fate)
REASONS = tuple(reason.value for reason in Reason)
