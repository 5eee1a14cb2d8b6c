"""`lod release`: a version of a publication that does not change any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lod.cli.app import Command
from lod.cli.support.options import engine_option, form_option, publication_argument, wait_option
from lod.cli.support.reporting import json_text
from lod.cli.support.terminal import emit, say, tell, visible

if TYPE_CHECKING:
    from lod.history.release import ReleaseResult


@click.command(
    "release",
    cls=Command,
    examples=[
        ("the version that the facts give", "lod release examples/russia-kazakhstan"),
        (
            "after a correction of the text, with a claim that was our mistake",
            "lod release speech --reason correction --reason trade-2023=our-mistake",
        ),
        (
            "with a claim withdrawn and another in its place",
            "lod release speech --reason old=withdrawn --replaced-by old=new",
        ),
    ],
)
@publication_argument
@click.option(
    "--reason",
    "said",
    multiple=True,
    metavar="[ID=]REASON",
    help="Why a claim changed or went: correction (the text was wrong), our-mistake (the fact was "
    "not what it says), world-changed or withdrawn; without ID for all others. What lod update "
    "noted down need not be said again.",
)
@click.option(
    "--note",
    "notes",
    multiple=True,
    metavar="[ID=]WORDS",
    help="More about a reason, for readers.",
)
@click.option(
    "--replaced-by",
    "replaced",
    multiple=True,
    metavar="OLD=NEW",
    help="The claim that takes the place of a withdrawn one.",
)
@click.option(
    "--any-version",
    is_flag=True,
    help="Take the version that the facts give, though by rule it is too low for what changed.",
)
@form_option()
@engine_option
@wait_option
def command(
    *,
    folder: str,
    said: tuple[str, ...],
    notes: tuple[str, ...],
    replaced: tuple[str, ...],
    any_version: bool,
    form: str,
    engine: str,
    wait: bool,
) -> int:
    """Freeze a version of a publication.

    Dataset, text, lock and report are written to releases/VERSION/. Version and date are
    publication.version and publication.modified of the facts; no clock is asked. By rule a version
    is major where claims were withdrawn, or are of another value, speaker or time; minor where
    claims or links came; else patch. CHANGELOG.md and corrections.jsonld are written from the
    releases.

    A release is never written again: with the same content a second attempt does nothing, with
    other content it ends with 2 and says what differs.

    Exits with 1 where a claim changed or went and nobody said why; nothing is written then.
    """
    from lod.history.reasons import read_reasons
    from lod.history.release import release

    reasons = read_reasons(said, notes, replaced)
    result = release(folder, reasons=reasons, any_version=any_version, engine=engine, wait=wait)
    if form == "json":
        emit(json_text(result.as_dict()))
    else:
        _tell(result)
    return int(bool(result.undecided))


def _tell(result: ReleaseResult) -> None:
    """What was done, for people."""
    from lod.history.words import summary

    difference = result.difference
    if difference is not None:
        before = visible(f"{difference.before.version}")
        level = difference.level.name.lower()
        say(f"since {before}: {summary(difference)}")
        say(f"by rule: {result.by_rule}" + (f" ({level})" if level != "none" else ""))
    if result.undecided:
        for entry in result.undecided:
            tell(visible(f"{entry.id}: {', '.join(entry.changes)}, and nobody said why"))
            for sign, sentences in (("-", entry.before), ("+", entry.after)):
                for sentence in sentences:
                    tell(visible(f"  {sign} {sentence}"))
        tell(
            "nothing was written; say why with --reason ID=REASON, or --reason REASON for all: "
            "correction, our-mistake, world-changed, withdrawn"
        )
    elif result.is_new:
        say(f"{result.folder}: released {result.version}")
    else:
        say(f"{result.folder}: released already, with the same content")
