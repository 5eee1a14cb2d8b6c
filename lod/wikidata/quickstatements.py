"""QuickStatements, version 1: one statement a line, columns divided by tabs.

A line is read by QuickStatements as: item, property, value, then pairs of a qualifier (`P…`) or a
part of the reference (`S…`) and its value. It looks for a statement of the same value first, and
adds to that one. So what cannot be told apart by its value is not written in this form.
"""

from __future__ import annotations

from collections.abc import Sequence

from lod.wikidata.amounts import Amount, signed
from lod.wikidata.contribute import Contribution, LeftOut
from lod.wikidata.snaks import Writable
from lod.wikidata.snapshot import Snapshot
from lod.wikidata.statements import ItemRef, Known, Words, read_snak
from lod.wikidata.times import Moment


def quickstatements(
    contributions: Sequence[Contribution], snapshot: Snapshot
) -> tuple[str, tuple[LeftOut, ...]]:
    """Write contributions as QuickStatements.

    Args:
        contributions: what to give.
        snapshot: what it was compared with.

    Returns:
        The lines, each with its end; and the claims that need the JSON form, with the reason.
    """
    lines, left_out = [], []
    for number, one in enumerate(contributions):
        same = _same_value(one, snapshot)
        same += sum(
            1
            for earlier in contributions[:number]
            if earlier.seen is None
            and (earlier.item, earlier.pid, _bare(earlier.value))
            == (one.item, one.pid, _bare(one.value))
        )
        if same > (one.seen is not None):
            reason = "QuickStatements cannot tell it from another statement of the same value"
            left_out += [LeftOut(claim, reason) for claim in one.claims]
            continue
        lines.append(line(one) + "\n")
    return "".join(lines), tuple(left_out)


def line(one: Contribution) -> str:
    """One contribution as a line, without its end."""
    columns = [one.item, one.pid, value_text(one.value)]
    for snak in one.qualifiers:
        columns += [snak.pid, value_text(snak.value)]
    for snak in one.reference:
        columns += [f"S{snak.pid[1:]}", value_text(snak.value)]
    return "\t".join(columns)


def value_text(value: Writable) -> str:
    """A value as QuickStatements reads it.

    Quotation marks inside a text stand as they are: the text ends at the last one of its column.

    >>> print(value_text(Words('He said "yes".', "en")))
    en:"He said "yes"."
    """
    match value:
        case ItemRef(qid):
            return qid
        case Moment():
            return f"{value.time}/{value.precision}"
        case Amount():
            unit = value.unit_id
            return signed(value.amount) + (f"U{unit[1:]}" if unit else "")
        case Words(text, language):
            line_ = " ".join(text.split())
            return f'{language}:"{line_}"' if language else f'"{line_}"'


def _same_value(one: Contribution, snapshot: Snapshot) -> int:
    """How many statements of the item have the value already, whatever their rank."""
    wanted = _bare(one.value)
    return sum(
        _bare(read_snak(raw["mainsnak"])) == wanted
        for raw in snapshot.statements(one.item, one.pid)
    )


def _bare(value: Known | None) -> object:
    """A value as QuickStatements compares it: amounts without their bounds."""
    return (value.amount, value.unit) if isinstance(value, Amount) else value
