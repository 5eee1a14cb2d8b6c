"""Asks a person on the terminal what to do with each claim that an edit of the text has touched."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lod.cli.support.asking import uninterrupted
from lod.cli.support.terminal import say, tell, visible
from lod.history.fates import REASONS, Fate

if TYPE_CHECKING:
    from lod.history.edits import ClaimFate
    from lod.history.update import Decision, Update

_WORDING = (Fate.REWORDED, Fate.SPLIT, Fate.MERGED, Fate.AMBIGUOUS)


def decide(update: Update, decisions: dict[str, Decision]) -> None:
    """Ask of each claim that has no decision yet; each answer is kept, whatever comes after it.

    Args:
        update: the publication and its new text.
        decisions: what was decided; the answers are added.
    """
    from lod.cli.commands.update import show_fate

    waiting = [one for one in update.unsettled if one.name not in decisions]
    taken = len(update.unsettled) - len(waiting)
    if taken and waiting:
        tell(f"{taken} decisions of before are kept")
    for number, one in enumerate(waiting, 1):
        say("")
        tell(f"{number} of {len(waiting)}")
        show_fate(one, None, None)
        while True:
            answer = _ask(one)
            if answer == "q":
                return
            if answer == "s":
                break
            decision = _decision(update, one, answer)
            if decision is None:
                continue
            if why := _problem(update, one, decision):
                tell(f"    that does not fit: {visible(why)}")
                continue
            decisions[one.name] = decision
            with uninterrupted():
                update.keep_decisions(decisions)
            break


def _problem(update: Update, claim: ClaimFate, decision: Decision) -> str | None:
    from lod.sources.rewriting import EditError

    try:
        return update.problem(claim, decision)
    except EditError as error:
        return error.message


def _ask(claim: ClaimFate) -> str:
    can_accept = claim.fate is not Fate.GONE
    choices = "a accept, " * can_accept + "e edit, d drop, s skip, q stop"
    allowed = "aedsq" if can_accept else "edsq"
    while True:
        answer = str(click.prompt(f"    {choices}", err=True)).strip().lower()[:1]
        if answer and answer in allowed:
            return answer
        tell("    that is no choice here")


def _decision(update: Update, claim: ClaimFate, answer: str) -> Decision | None:
    from lod.history.update import Decision

    place, text = None, None
    if answer == "e":
        text = click.edit(update.written(claim), extension=update.file.suffix)
        if text is None:
            tell("    it was not edited")
            return None
        text = text.rstrip("\n")
    if answer == "a" and claim.fate is Fate.AMBIGUOUS:
        places = max(len(one.places) for one in claim.quotes)
        place = click.prompt("    which place", type=click.IntRange(1, places), err=True) - 1
    is_wording = answer == "a" and claim.fate in _WORDING
    reason = None
    if claim.id is not None and not is_wording:
        reason = click.prompt("    why", type=click.Choice(REASONS), err=True)
    note = click.prompt("    a note, or Enter", default="", show_default=False, err=True).strip()
    action = {"a": "accepted", "e": "edited", "d": "dropped"}[answer]
    return Decision(action, reason, note or None, text, place)
