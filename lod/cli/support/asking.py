"""Asks a person on the terminal which item an entity is."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeAlias

import click

from lod.cli.support.terminal import paint_out, say, tell, visible
from lod.errors import InputError

if TYPE_CHECKING:
    from lod.links.lock import LockedItem
    from lod.wikidata.candidates import Proposal
    from lod.wikidata.linking import Linking

_SHOWN = 5
#: Looks up an item by its id, to be pinned; None where there is none.
LookUp: TypeAlias = "Callable[[str], LockedItem | None]"


def ask(linking: Linking, proposal: Proposal, look_up: LookUp, by: str) -> dict[str, Any] | None:
    """Let a person choose; an empty answer skips. None is the wish to stop."""
    from lod.errors import LodError

    while True:
        answer = click.prompt(
            "    number or item id, n for none, Enter to skip, q to stop",
            default="",
            show_default=False,
            err=True,
        ).strip()
        if answer == "":
            return {"decision": "skipped"}
        if answer == "q":
            return None
        try:
            if (outcome := _answered(linking, proposal, look_up, by, answer)) is not None:
                return outcome
            tell(f"    {visible(answer)!r} is no choice here")
        except LodError as error:
            tell(f"    {visible(error.message)}")
            if error.hint:
                tell(f"    hint: {visible(error.hint)}")


def _answered(
    linking: Linking, proposal: Proposal, look_up: LookUp, by: str, answer: str
) -> dict[str, Any] | None:
    """What comes of an answer; None where it is none."""
    from lod.links.lock import Decision
    from lod.wikidata.api import is_entity_id

    slug, shown = proposal.entity.slug, proposal.ranked[:_SHOWN]
    if answer == "n":
        reason = click.prompt("    why is there none", err=True).strip()
        with uninterrupted():
            linking.decline(slug, reason)
        return {"decision": "none", "reason": reason}
    score: float | None
    if answer.isascii() and answer.isdigit() and 1 <= int(answer) <= len(shown):
        chosen = shown[int(answer) - 1]
        item, score = chosen.item, chosen.score
        why = f"chosen from {len(proposal.ranked)}; {'; '.join(chosen.reasons)}"
    elif is_entity_id(qid := answer.upper()) and qid.startswith("Q"):
        found = look_up(qid)
        if found is None:
            raise InputError(f"{qid} is not there")
        item, score, why = found, None, "named by its id"
        merged = f", into which {qid} was merged" if item.qid != qid else ""
        tell(visible(f"    {item.qid} is {item.label}{merged}"))
        if not click.confirm("    link it", default=True, err=True):
            return None
    else:
        return None
    with uninterrupted():
        linking.accept(slug, item, Decision(by, why, score))
    return {"decision": "chosen", "item": item.qid}


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Ctrl-C waits for the end of this: the facts and the lock are written both or neither."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    pressed = []
    before = signal.signal(signal.SIGINT, lambda number, frame: pressed.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if pressed:
        raise KeyboardInterrupt


def show(proposal: Proposal, count: str) -> None:
    """Show the candidates of an entity, best first, with their scores and reasons."""
    from lod.namespaces import shrink

    entity = proposal.entity
    head = f"{entity.slug}: {entity.label}"
    say(f"{paint_out(visible(head), 'strong')} [{shrink(entity.type)}] {count}")
    for number, ranked in enumerate(proposal.ranked[:_SHOWN], 1):
        item = ranked.item
        described = item.descriptions.get("en") or next(iter(item.descriptions.values()), "")
        line = f"{number}  {ranked.score:.2f}  {item.qid}  {item.label}"
        say(f"  {visible(line)}{visible(f' - {described}') if described else ''}")
        say(f"           {paint_out(visible('; '.join(ranked.reasons)), 'dim')}")
    if not proposal.ranked:
        say("  no candidate")
    elif len(proposal.ranked) > _SHOWN:
        say(f"  and {len(proposal.ranked) - _SHOWN} more")
