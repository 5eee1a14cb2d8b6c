"""Which amount of a text is said, and which is what it is compared with."""

from __future__ import annotations

from enum import Enum

from lod.language.quantities.amounts import marker_before
from lod.language.quantities.change_words import change_words
from lod.language.quantities.finding import quantities_in
from lod.language.quantities.lexicon import Lexicon, lexicon
from lod.language.quantities.matches import QuantityMatch
from lod.language.quantities.units import same_unit
from lod.patterns import lazy

_SENTENCE = lazy(r"[.;!?] ")
_REACH = 40  # code points before an amount in which "compared with" is looked for


class Role(Enum):
    """What an amount is among others.

    NEW, OLD: the ends of a change, "from 1.4 to 1.1 percent". FIRST, SECOND: of "52-48 votes",
    which may be said by themselves. NONE: nothing says.
    """

    NONE = "none"
    NEW = "new"
    OLD = "old"
    FIRST = "first"
    SECOND = "second"


#: What a value cannot be where the claim has something that it is compared with, and where not.
NOT_A_VALUE = {True: frozenset({Role.OLD, Role.SECOND}), False: frozenset({Role.OLD})}
#: What something that a value is compared with cannot be.
NOT_COMPARED = frozenset({Role.NEW, Role.FIRST})


def role_of(match: QuantityMatch, text: str, language: str) -> Role:
    """The role of an amount in its text.

    Args:
        match: the amount, as it was found in the text.
        text: the text.
        language: its language tag.

    >>> from lod.language.quantities.finding import find_quantities
    >>> text = "Inflation slowed to 1.1 percent from 1.4 percent"
    >>> [role_of(match, text, "en").value for match in find_quantities(text)]
    ['new', 'old']
    """
    lx = lexicon(language)
    low = lx.fold(text)
    for votes in lx.votes.finditer(low):
        groups = [group for group in range(1, 5) if votes[group]]
        if votes.start() <= match.start < votes.end():
            return Role.FIRST if match.start <= votes.start(groups[0]) else Role.SECOND
    ahead = low[max(0, match.start - _REACH) : match.start]
    if ahead.endswith(" ") and lx.compared.longest(ahead.split()):
        return Role.OLD
    # the first end of "from 5 to 7" has "from" in its span where it was read as a range
    is_old, is_new = (_is_marked(lx, low, match, new=new) for new in (False, True))
    if not (is_old or is_new):
        return Role.NONE
    # "une hausse de 3 millions, à 28 millions": the word for "from" is that for "by", too.
    by = not lx.old.isdisjoint(lx.data["changes"]["by"])
    for other in _amounts(text, language):
        left, right = sorted(((match.start, match.end), (other.start, other.end)))
        if (
            other.start != match.start
            and _is_marked(lx, low, other, new=is_old)
            and _SENTENCE.search(low, left[1], right[0]) is None
            and (
                not by
                or (
                    same_unit(match.quantity.unit, other.quantity.unit)
                    and "," not in low[left[1] : right[0]]
                )
            )
            and (_same_known(match, other) or change_words(lx).pattern.search(low))
        ):
            return Role.OLD if is_old else Role.NEW
    return Role.NONE


def _amounts(text: str, language: str) -> list[QuantityMatch]:
    return [one for match in quantities_in(text, language) for one in (match, *match.alternatives)]


def _is_marked(lx: Lexicon, low: str, match: QuantityMatch, *, new: bool) -> bool:
    """Whether a word or ending marks an amount as the old or the new one of a change."""
    if marker_before(lx, low, match.start, lx.new if new else lx.old) is not None:
        return True
    if new:
        return lx.new_behind.match(low, match.end) is not None
    return lx.old_ending.search(low, match.start, match.end) is not None


def _same_known(one: QuantityMatch, other: QuantityMatch) -> bool:
    unit = one.quantity.unit
    known = unit is not None and (unit.currency or unit.qudt) is not None
    return known and same_unit(unit, other.quantity.unit)
