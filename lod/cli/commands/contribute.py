"""`lod contribute`: what a publication can give to Wikidata."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from lod.cli.app import Command
from lod.cli.support.options import form_option, output_option, publication_argument, quiet_option
from lod.cli.support.reporting import json_text
from lod.cli.support.terminal import emit, tell, visible
from lod.cli.support.wikibase import Reach, read_snapshot, snapshot_options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lod.wikidata.contribute import Contributions, LeftOut


@click.command(
    "contribute",
    cls=Command,
    examples=[
        (
            "lines for QuickStatements, to look at and paste",
            "lod contribute examples/russia-kazakhstan",
        ),
        (
            "edits for wbeditentity, and a report of what was left out",
            "lod contribute -f json -o edits.json --report left-out.json",
        ),
    ],
)
@publication_argument
@form_option(
    "QuickStatements version 1, or Wikibase JSON by item.", forms=("quickstatements", "json")
)
@output_option("Write to this file, not to the screen.")
@click.option(
    "--report",
    metavar="FILE",
    type=click.Path(dir_okay=False),
    help="Write what is given, what is left out and why to this file, as JSON.",
)
@quiet_option
@snapshot_options
def command(
    *, folder: str, form: str, output: str | None, report: str | None, quiet: bool, reach: Reach
) -> int:
    """Write what a publication can give to Wikidata.

    That is each statement which Wikidata lacks, and a reference for each that has none, with the
    quotation. Nothing is sent: look at the result, then upload it yourself. What Wikidata has
    already is not written again, so that nothing is left to give after the upload.

    What Wikidata's model cannot say as it was said (an exclusive bound, an expectation) is left
    out and listed with the reason.
    """
    from lod.publication import load
    from lod.wikidata.compare import compare
    from lod.wikidata.contribute import contribute, quickstatements, wikibase_json

    publication = load(folder)
    facts = publication.require_facts()
    vocabulary = publication.vocabulary
    # What was given a moment ago must be seen, or it would be given twice.
    snapshot = read_snapshot(reach, publication, fresh=True)
    compared = compare(facts, vocabulary, snapshot)
    result = contribute(facts, vocabulary, compared, snapshot)
    left_out: Sequence[LeftOut] = result.left_out
    if form == "json":
        emit(json_text(wikibase_json(result.given, snapshot)), output)
    else:
        lines, not_told_apart = quickstatements(result.given, snapshot)
        left_out = (*left_out, *not_told_apart)
        if lines or output is not None:
            emit(lines, output)
    if report is not None:
        emit(json_text(_report(publication.file, result, left_out)), report)
    if not quiet:
        _tell(result, left_out)
    return 0


def _report(file: str, result: Contributions, left_out: Sequence[LeftOut]) -> dict[str, Any]:
    return {
        "file": file,
        "given": [
            {
                "claims": list(one.claims),
                "item": one.item,
                "property": one.pid,
                "what": "statement" if one.seen is None else "reference",
                "statement": one.as_json(),
                "notes": list(one.notes),
            }
            for one in result.given
        ],
        "there": list(result.there),
        "leftOut": [{"claim": one.claim, "reason": one.reason} for one in left_out],
        "hint": result.hint,
    }


def _tell(result: Contributions, left_out: Sequence[LeftOut]) -> None:
    reasons: dict[str, list[str]] = {}
    for one in left_out:
        reasons.setdefault(one.reason, []).append(one.claim)
    for reason, claims in reasons.items():
        tell(visible(f"left out: {reason}: {', '.join(claims)}"))
    for given in result.given:
        if given.notes:
            tell(visible(f"{', '.join(given.claims)}: {'; '.join(given.notes)}"))
    new = sum(one.seen is None for one in result.given)
    tell(
        f"{new} statements and {len(result.given) - new} references to give, "
        f"{len(result.there)} claims there already, {len({one.claim for one in left_out})} left out"
    )
    if result.hint is not None:
        tell(f"    hint: {visible(result.hint)}")
