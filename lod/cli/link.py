"""`lod link`: which Wikidata item each entity is, and the lock that pins it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lod.cli.app import Command
from lod.cli.link_asking import LookUp, ask, show, uninterrupted
from lod.cli.options import publication_argument
from lod.cli.reporting import json_text
from lod.cli.terminal import emit, paint_out, say, tell, visible
from lod.cli.wikibase import open_client, wikibase_of, wikibase_options

if TYPE_CHECKING:
    from lod.facts.links.lock import LockedItem
    from lod.wikidata.candidates import Proposal
    from lod.wikidata.client import Client
    from lod.wikidata.linking import Linking
    from lod.wikidata.ranking import Ranked
    from lod.wikidata.refresh import Change


@click.command(
    "link",
    cls=Command,
    examples=[
        ("decide on the terminal, entity by entity", "lod link examples/russia-kazakhstan"),
        ("what would be accepted, as JSON", "lod link --accept-above 0.85 --dry-run -f json"),
        ("look all linked items up again", "lod link examples/russia-kazakhstan --update"),
    ],
)
@publication_argument
@click.option(
    "--update",
    is_flag=True,
    help="Look up every linked item, write the lock and say what changed; decide nothing.",
)
@click.option(
    "--accept-above",
    "threshold",
    metavar="SCORE",
    type=click.FloatRange(0, 1),
    help="Accept without asking what scores this and is not ambiguous; 0.85 is measured.",
)
@click.option("--dry-run", is_flag=True, help="Show what would be done; write nothing.")
@click.option(
    "--entity",
    "slugs",
    metavar="SLUG",
    multiple=True,
    help="This entity only; may be given several times.",
)
@click.option(
    "--by",
    metavar="NAME",
    envvar="LOD_EDITOR",
    default="editor",
    show_default=True,
    help="Who decides, for the lock (LOD_EDITOR).",
)
@click.option(
    "--date",
    metavar="YYYY-MM-DD",
    help="Date to put on the snapshots; today's by default.",
)
@click.option(
    "--accept-suspect",
    is_flag=True,
    help="With --update: take over names too that no longer resemble the entity's.",
)
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Form of the report; with json nothing is asked.",
)
@wikibase_options
def command(
    *,
    folder: str,
    update: bool,
    threshold: float | None,
    dry_run: bool,
    slugs: tuple[str, ...],
    by: str,
    date: str | None,
    accept_suspect: bool,
    form: str,
    api: str | None,
    entity_base: str | None,
    reconcile: str | None,
    contact: str | None,
    cache: Path | None,
) -> int:
    """Decide which Wikidata item each entity is.

    For each entity without a decision, candidates are searched by its names in all languages of
    the publication and shown with their scores and the reasons. On a terminal you choose one, say
    why there is none, or skip. The choice is written into the facts file, which stays as it is
    elsewhere, and the item is pinned in wikidata.lock, so that `lod check` needs no network.

    A name that several items bear is never accepted without asking.

    With --update, exits with 1 where a linked item was merged, deleted or looks vandalised.
    """
    from lod.facts.dates import parse_date
    from lod.wikidata.linking import open_linking

    if update and threshold is not None:
        raise click.UsageError("--update decides nothing: leave out --accept-above.")
    day = parse_date(date) if date else datetime.now(UTC).date().isoformat()
    wikibase = wikibase_of(api, entity_base, reconcile)
    linking = open_linking(Path(folder), wikibase.entity)
    if unknown := [slug for slug in slugs if slug not in linking.facts.entities]:
        raise click.UsageError(f"There is no entity {unknown[0]!r} in {linking.file}.")
    if linking.lock_problem is not None:
        tell(f"{linking.lock_problem}; a new lock is written")
    # An update is asked for to see what is there now, so kept answers are not looked at.
    with open_client(
        wikibase, linking.facts, contact, cache, max_age=0.0 if update else 86_400.0
    ) as client:
        if update:
            return _update(linking, client, slugs, day, by, dry_run, accept_suspect, form)
        proposals = _propose(linking, client, slugs, day)

        def look_up(qid: str) -> LockedItem | None:
            from lod.wikidata.pinning import languages_of, read_outcomes

            languages = languages_of(linking.facts)
            foreign = _is_foreign(client)
            return read_outcomes(client, [qid], languages, day, foreign=foreign)[qid][1]

        return _decide(linking, proposals, look_up, threshold, by, dry_run, form)


def _update(
    linking: Linking,
    client: Client,
    slugs: Sequence[str],
    day: str,
    by: str,
    dry_run: bool,
    accept_suspect: bool,
    form: str,
) -> int:
    from lod.wikidata.refresh import refresh

    lock, changes = refresh(
        linking.facts,
        linking.vocabulary,
        linking.lock,
        client,
        date=day,
        by=by,
        wikibase=client.wikibase.entity,
        accept_suspect=accept_suspect,
        slugs=slugs,
    )
    written = not dry_run and linking.save_lock(lock)
    if form == "json":
        emit(
            json_text(
                {
                    "file": str(linking.lock_file),
                    "written": written,
                    "items": len(lock.items),
                    "changes": [_change_data(change) for change in changes],
                }
            )
        )
    else:
        for change in changes:
            kind = paint_out(str(change.kind), "error" if change.serious else "info")
            named = f" ({', '.join(change.slugs)})" if change.slugs else ""
            say(f"{kind}: {visible(change.message)}{visible(named)}")
        what = "written" if written else "not written" if dry_run else "as it was"
        tell(f"{linking.lock_file}: {len(lock.items)} items, {len(changes)} changes, {what}")
    return int(any(change.serious for change in changes))


def _change_data(change: Change) -> dict[str, Any]:
    return {
        "kind": str(change.kind),
        "item": change.qid,
        "entities": list(change.slugs),
        "message": change.message,
        "serious": change.serious,
    }


def _propose(linking: Linking, client: Client, slugs: Sequence[str], day: str) -> list[Proposal]:
    from lod.wikidata.candidates import propose, undecided
    from lod.wikidata.reconciling import reconciliation

    proposer = None
    if client.wikibase.reconciliation is not None:
        proposer = reconciliation(client, linking.vocabulary, linking.facts.document.language)
    entities = undecided(linking.facts, slugs)
    return propose(
        linking.facts,
        linking.vocabulary,
        client,
        entities,
        date=day,
        proposer=proposer,
        foreign=_is_foreign(client),
    )


def _is_foreign(client: Client) -> bool:
    """Whether the ids of the Wikibase are not those of Wikidata."""
    from lod.namespaces import WIKIDATA_NS

    return client.wikibase.entity != WIKIDATA_NS


def _decide(
    linking: Linking,
    proposals: Sequence[Proposal],
    look_up: LookUp,
    threshold: float | None,
    by: str,
    dry_run: bool,
    form: str,
) -> int:
    asking = form == "text" and threshold is None and not dry_run and sys.stdin.isatty()
    report = []
    for number, proposal in enumerate(proposals, 1):
        if form == "text":
            show(proposal, f"{number}/{len(proposals)}")
        outcome: dict[str, Any] = {"decision": "none yet"}
        if threshold is not None:
            outcome = _accept(linking, proposal, threshold, dry_run)
        elif asking:
            try:
                answered = ask(linking, proposal, look_up, by)
            except (click.Abort, KeyboardInterrupt):
                tell("stopped; what was decided is written")
                raise
            if answered is None:
                break
            outcome = answered
        if form == "text" and threshold is not None:
            say(f"    {outcome['decision']}: {visible(outcome['reason'])}")
        report.append(_proposal_data(proposal) | outcome)
    if form == "json":
        emit(json_text({"file": str(linking.file), "dryRun": dry_run, "entities": report}))
        return 0
    left = sum(1 for entity in linking.facts.entities.values() if entity.link is None)
    tell(f"{linking.file}: {len(linking.decided)} decided, {left} left without a decision")
    if left and threshold is None and not asking and not dry_run:
        tell("    hint: run it on a terminal to choose, or with --accept-above")
    return 0


def _accept(
    linking: Linking, proposal: Proposal, threshold: float, dry_run: bool
) -> dict[str, Any]:
    from lod.errors import LodError
    from lod.facts.links.lock import Decision

    verdict = proposal.verdict(threshold)
    best = verdict.accepted
    if best is None:
        return {"decision": "left open", "reason": verdict.reason}
    taken = {"item": best.item.qid, "reason": verdict.reason}
    if dry_run:
        return {"decision": "would be accepted", **taken}
    decision = Decision(f"lod link --accept-above {threshold:g}", verdict.reason, best.score)
    try:
        with uninterrupted():
            linking.accept(proposal.entity.slug, best.item, decision)
    except LodError as error:
        return {"decision": "left open", "reason": error.message}
    return {"decision": "accepted", **taken}


def _proposal_data(proposal: Proposal) -> dict[str, Any]:
    return {
        "entity": proposal.entity.slug,
        "label": proposal.entity.label,
        "type": proposal.entity.type,
        "truncated": proposal.truncated,
        "candidates": [_ranked_data(ranked) for ranked in proposal.ranked],
    }


def _ranked_data(ranked: Ranked) -> dict[str, Any]:
    item = ranked.item
    return {
        "item": item.qid,
        "label": item.label,
        "description": item.descriptions.get("en", ""),
        "types": dict(item.types),
        "score": ranked.score,
        "reasons": list(ranked.reasons),
    }
