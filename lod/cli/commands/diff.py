"""`lod diff`: what differs between two states of a publication or of a corpus."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lod.cli.app import Command
from lod.cli.support.options import form_option
from lod.cli.support.reporting import emit_json, json_text
from lod.cli.support.terminal import Kind, Progress, emit, paint_out, say, tell, visible

if TYPE_CHECKING:
    from lod.history.change import Difference
    from lod.history.corpora import CorpusDifference
    from lod.history.sides import Side

_COLOURS: dict[str, Kind] = {"head": "strong", "before": "error", "after": "good", "dim": "dim"}


@click.command(
    "diff",
    cls=Command,
    examples=[
        ("since the last commit, here", "lod diff HEAD"),
        ("since a revision, of one folder", "lod diff HEAD~1 examples/russia-kazakhstan"),
        ("since the newest release", "lod diff examples/russia-kazakhstan"),
        ("two releases, for a changelog", "lod diff releases/1.0.0 releases/1.1.0 -f markdown"),
        ("two corpora that were built", "lod diff yesterday-out today-out"),
    ],
)
@click.argument("before", metavar="A")
@click.argument("after", metavar="[B]", required=False)
@form_option(
    "Form of the report; patch is RDF Patch, triple by triple.",
    forms=("text", "markdown", "json", "patch"),
)
@click.option("--all", "whole", is_flag=True, help="Tell of each claim that only moved, too.")
def command(before: str, after: str | None, form: str, *, whole: bool) -> int:
    """Tell what differs, claim by claim.

    A and B are folders of publications, releases, files of data in any RDF format that lod writes,
    corpora or what was built of them, or Git revisions: REVISION (the path of the other one in it)
    or REVISION:PATH. With one argument, a revision is compared with the current folder, and a
    folder with its newest release.

    A claim is added, withdrawn, value-changed, re-attributed, re-dated, relinked (to other items),
    re-anchored (the same words elsewhere) or reworded, and is told once with all of that. Of
    corpora each publication that differs is told; those with the same hash are not read.

    Exits with 1 where facts changed, with 0 where only wording or places did, and with 2 where
    something could not be compared.
    """
    from lod.errors import FindingsError, InputError
    from lod.history.compare import compare
    from lod.history.diff import of_one
    from lod.history.sides import open_side

    before, after = _both(before, after)
    with ExitStack() as stack:
        sides = [
            stack.enter_context(open_side(one, Path(other)))
            for one, other in ((before, after), (after, before))
        ]
        if all(side.is_corpus for side in sides):
            return _corpora(sides[0], sides[1], form, whole=whole)
        try:
            old, new = map(of_one, sides)
        except FindingsError as error:  # 1 would mean that facts changed
            raise InputError(error.message, hint=error.hint) from None
        difference = compare(old, new)
        if form == "patch":
            from lod.history.patch import patch

            emit("".join(patch(old, new)))
            for note in difference.notes:
                tell(f"not in the patch: {visible(note)}")
        elif form == "json":
            emit(json_text(difference.as_dict()))
        else:
            emit(_told(difference, form, whole=whole))
        return int(difference.facts_changed)


def _both(before: str, after: str | None) -> tuple[str, str]:
    """What is compared with what."""
    if after is not None:
        return before, after
    if not Path(before).exists():
        return before, "."
    from lod.history.releases import newest

    release = newest(Path(before))
    if release is None:
        raise click.UsageError(f"{before} has no release; name the other one too: lod diff A B.")
    return str(release), before


def _told(difference: Difference, form: str, *, whole: bool) -> str:
    """A difference for people."""
    from lod.history.words import markdown, named, summary, text_lines

    if form == "markdown":
        return markdown(difference)
    head = f"{named(difference.before)} → {named(difference.after)}: {summary(difference)}"
    lines = [visible(head)]
    lines += [
        paint_out(visible(line), _COLOURS[kind])
        for kind, line in text_lines(difference, whole=whole)
    ]
    return "".join(f"{line}\n" for line in lines)


def _corpora(before: Side, after: Side, form: str, *, whole: bool) -> int:
    """Tell what differs between two corpora, publication by publication; the exit code."""
    from lod.history.corpora import CorpusDifference, compare_corpora
    from lod.history.patch import BEGIN, END, rows

    total = CorpusDifference()
    with Progress("publications") as progress:
        found = compare_corpora(before, after, total, lambda done: progress.update(done, None))
        if form == "json":
            told = (difference.as_dict() for difference, _ in found)
            emit_json({}, "publications", told, total.as_dict)
        elif form == "patch":
            emit(BEGIN)
            for _, (old, new) in found:
                for row in rows(old, new, of_many=True):
                    emit(row)
            emit(END)
        else:
            for difference, _ in found:
                text = _told(difference, form, whole=whole)
                emit(text if form == "text" else f"## {difference.after.name}\n\n{text}\n")
    if form == "text":
        _tell_total(total)
    for one in total.unread:
        tell(f"not compared: {visible(f'{one.name}: {one.why}')}")
    return 2 if total.unread else int(total.facts_changed)


def _tell_total(total: CorpusDifference) -> None:
    counts = ", ".join(f"{count:,} {what}" for what, count in sorted(total.counts.items()))
    changes = ", ".join(f"{count:,} {change}" for change, count in total.kinds().items())
    say(
        f"{total.publications[0]:,} and {total.publications[1]:,} publications: "
        f"{total.same:,} the same{', ' if counts else ''}{counts}"
    )
    if changes:
        say(f"in these: {changes}")
