"""`lod link`: which Wikidata item each entity is, and the lock that pins it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lod.cli.app import Command
from lod.cli.support.asking import LookUp, ask, show, uninterrupted
from lod.cli.support.options import Number, form_option, publication_argument
from lod.cli.support.reporting import json_text
from lod.cli.support.terminal import emit, paint_out, say, tell, visible
from lod.cli.support.wikibase import open_client, wikibase_of, wikibase_options

if TYPE_CHECKING:
    from lod.links.lock import Lock, LockedItem
    from lod.wikidata.candidates import Proposal, Proposer
    from lod.wikidata.client import Client
    from lod.wikidata.labels import LabelSnapshot
    from lod.wikidata.linking import Change, ItemSource, Linking
    from lod.wikidata.ranking import Ranked
    from lod.wikidata.wikibase import Wikibase

#: The score that a candidate of a snapshot is proposed from; how good it is was measured.
MEASURED = 0.85
#: So many items are looked up, and then written into the lock.
_TOGETHER = 150


@click.command(
    "link",
    cls=Command,
    examples=[
        ("decide on the terminal, entity by entity", "lod link examples/russia-kazakhstan"),
        ("what would be accepted, as JSON", "lod link --accept-above 0.85 --dry-run -f json"),
        ("look all linked items up again", "lod link examples/russia-kazakhstan --update"),
        ("candidates without a network", "lod link --labels labels.tsv.gz"),
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
    type=Number(0, 1),
    help="Accept without asking what scores this and is not ambiguous; 0.85 is measured.",
)
@click.option(
    "--labels",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Propose from this snapshot of labels (TSV, or that in gzip) and ask no network; with "
    "--update, lock what is in it and not locked yet.",
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
    help="Date to put on the snapshots; today's by default, and none with --labels.",
)
@click.option(
    "--accept-suspect",
    is_flag=True,
    help="With --update: take over names too that no longer resemble the entity's.",
)
@form_option("Form of the report; with json nothing is asked.")
@wikibase_options
def command(
    *,
    folder: str,
    update: bool,
    threshold: float | None,
    labels: Path | None,
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
    max_seconds: float | None,
) -> int:
    """Decide which Wikidata item each entity is.

    For each entity without a decision, candidates are searched by its names in all languages of
    the publication and shown with their scores and the reasons. On a terminal you choose one, say
    why there is none, or skip. The choice is written into the facts file, which stays as it is
    elsewhere, and the item is pinned in wikidata.lock, so that `lod check` needs no network.

    A name that several items bear is never accepted without asking.

    With --labels nothing is accepted but by you: a snapshot may lack the other item of a name.

    With --update, exits with 1 where a linked item was merged, deleted or looks vandalised.
    """
    from lod.language.dates import parse_date
    from lod.namespaces import WIKIDATA_NS
    from lod.wikidata.candidates import propose, undecided
    from lod.wikidata.linking import languages_of, open_linking, read_outcomes

    if update and threshold is not None:
        raise click.UsageError("--update decides nothing: leave out --accept-above.")
    if accept_suspect and not update:
        raise click.UsageError("--accept-suspect is of use with --update alone.")
    if labels is not None and threshold is not None:
        raise click.UsageError(
            "--labels only proposes, as another item of a name may be missing in the file: "
            "leave out --accept-above."
        )
    today = "" if labels is not None else datetime.now(UTC).date().isoformat()
    day = today if date is None else parse_date(date)
    wikibase = wikibase_of(api, entity_base, reconcile)
    linking = open_linking(Path(folder), wikibase.entity)
    if unknown := [slug for slug in slugs if slug not in linking.facts.entities]:
        raise click.UsageError(f"There is no entity {unknown[0]!r} in {linking.file}.")
    if linking.lock_problem is not None:
        tell(f"{linking.lock_problem}; a new lock is written")
    if labels is not None:
        from lod.wikidata.labels import read_labels

        snapshot = read_labels(labels)
        if update and not (slugs := _only_new(linking, snapshot, slugs, labels)):
            tell(f"{linking.lock_file}: nothing to lock that is not locked already")
            if form == "json":
                emit(_update_data(linking, linking.lock, (), written=False))
            return 0
        opened: AbstractContextManager[ItemSource] = nullcontext(snapshot)
        proposer = None
    else:
        # An update asks what is there now, so kept answers are not looked at.
        max_age = 0.0 if update else 86_400.0
        opened = client = open_client(
            wikibase, linking.facts, contact, cache, max_age=max_age, max_seconds=max_seconds
        )
        proposer = _reconciliation(client, linking)
    foreign = wikibase.entity != WIKIDATA_NS
    with opened as source:
        if update:
            return _update(linking, source, wikibase, slugs, day, by, dry_run, accept_suspect, form)
        proposals = propose(
            linking.facts,
            linking.vocabulary,
            source,
            undecided(linking.facts, slugs),
            date=day,
            proposer=proposer,
            foreign=foreign,
        )

        def look_up(qid: str) -> LockedItem | None:
            languages = languages_of(linking.facts)
            return read_outcomes(source, [qid], languages, day, foreign=foreign)[qid][1]

        return _decide(linking, proposals, look_up, threshold, by, dry_run, form, labels)


def _only_new(
    linking: Linking, snapshot: LabelSnapshot, slugs: Sequence[str], file: Path
) -> tuple[str, ...]:
    """The entities whose item is in a snapshot and not in the lock: it has no newer state."""
    from lod.wikidata.linking import linked_entities

    new = {
        qid: [entity.slug for entity in entities if not slugs or entity.slug in slugs]
        for qid, entities in linked_entities(linking.facts).items()
        if qid not in linking.lock.items
    }
    if lacking := [qid for qid, named in new.items() if named and qid not in snapshot]:
        tell(f"{file} does not have {', '.join(lacking)}")
    return tuple(slug for qid, named in new.items() if qid in snapshot for slug in named)


def _reconciliation(client: Client, linking: Linking) -> Proposer | None:
    from lod.wikidata.candidates import reconciliation

    if client.wikibase.reconciliation is None:
        return None
    return reconciliation(client, linking.vocabulary, linking.facts.document.language)


def _update(
    linking: Linking,
    source: ItemSource,
    wikibase: Wikibase,
    slugs: Sequence[str],
    day: str,
    by: str,
    dry_run: bool,
    accept_suspect: bool,
    form: str,
) -> int:
    from lod.http.errors import NetworkError
    from lod.wikidata.linking import refresh

    lock, written, done = linking.lock, False, 0
    changes: list[Change] = []
    parts = _parts(linking, slugs)
    try:
        for part in parts:
            lock, more = refresh(
                linking.facts,
                linking.vocabulary,
                lock,
                source,
                date=day,
                by=by,
                wikibase=wikibase.entity,
                accept_suspect=accept_suspect,
                slugs=part,
            )
            changes += more
            done += 1
            if not dry_run:  # what was looked up is kept, whatever comes
                written |= linking.save_lock(lock)
    except NetworkError as error:
        if done and not dry_run:
            error.hint = (
                f"{done} of {len(parts)} parts were looked up and are in {linking.lock_file}; "
                "--entity names entities to look up"
            )
        raise
    if form == "json":
        emit(_update_data(linking, lock, changes, written=written))
    else:
        for change in changes:
            kind = paint_out(str(change.kind), "error" if change.serious else "info")
            named = f" ({', '.join(change.slugs)})" if change.slugs else ""
            say(f"{kind}: {visible(change.message)}{visible(named)}")
        what = "written" if written else "not written" if dry_run else "as it was"
        tell(f"{linking.lock_file}: {len(lock.items)} items, {len(changes)} changes, {what}")
    return int(any(change.serious for change in changes))


def _parts(linking: Linking, slugs: Sequence[str]) -> list[tuple[str, ...]]:
    """The entities to look up, some items at a time; () for what needs no look."""
    from lod.wikidata.linking import linked_entities

    linked = [
        tuple(entity.slug for entity in entities)
        for entities in linked_entities(linking.facts).values()
        if not slugs or any(entity.slug in slugs for entity in entities)
    ]
    starts = range(0, len(linked), _TOGETHER)
    return [sum(linked[start : start + _TOGETHER], ()) for start in starts] or [tuple(slugs)]


def _update_data(linking: Linking, lock: Lock, changes: Sequence[Change], *, written: bool) -> str:
    return json_text(
        {
            "file": str(linking.lock_file),
            "written": written,
            "items": len(lock.items),
            "changes": [_change_data(change) for change in changes],
        }
    )


def _change_data(change: Change) -> dict[str, Any]:
    return {
        "kind": str(change.kind),
        "item": change.qid,
        "entities": list(change.slugs),
        "message": change.message,
        "serious": change.serious,
    }


def _decide(
    linking: Linking,
    proposals: Sequence[Proposal],
    look_up: LookUp,
    threshold: float | None,
    by: str,
    dry_run: bool,
    form: str,
    labels: Path | None,
) -> int:
    asking = form == "text" and threshold is None and not dry_run and sys.stdin.isatty()
    report = []
    for number, proposal in enumerate(proposals, 1):
        if form == "text":
            show(proposal, f"{number}/{len(proposals)}")
        outcome: dict[str, Any] = {"decision": "none yet"}
        if threshold is not None and not dry_run:
            outcome = _accept(linking, proposal, threshold)
        elif threshold is not None:
            outcome = _verdict(proposal, threshold, "would be accepted")
        elif labels is not None and not asking:
            outcome = _verdict(proposal, MEASURED, "proposed")
        elif asking:
            try:
                answered = ask(linking, proposal, look_up, by)
            except (click.Abort, KeyboardInterrupt):
                tell("stopped; what was decided is written")
                raise
            if answered is None:
                break
            outcome = answered
        if form == "text" and not asking and "reason" in outcome:
            say(f"    {outcome['decision']}: {visible(outcome['reason'])}")
        report.append(_proposal_data(proposal) | outcome)
    if form == "json":
        emit(json_text({"file": str(linking.file), "dryRun": dry_run, "entities": report}))
        return 0
    left = sum(1 for entity in linking.facts.entities.values() if entity.link is None)
    tell(f"{linking.file}: {len(linking.decided)} decided, {left} left without a decision")
    if left and threshold is None and not asking and not dry_run:
        other = "write wikidata: into the facts" if labels else "with --accept-above"
        tell(f"    hint: run it on a terminal to choose, or {other}")
    return 0


def _verdict(proposal: Proposal, threshold: float, favourable: str) -> dict[str, Any]:
    """What would be accepted, called by a word, or why nothing."""
    verdict = proposal.verdict(threshold)
    if verdict.accepted is None:
        return {"decision": "left open", "reason": verdict.reason}
    return {"decision": favourable, "item": verdict.accepted.item.qid, "reason": verdict.reason}


def _accept(linking: Linking, proposal: Proposal, threshold: float) -> dict[str, Any]:
    from lod.errors import LodError
    from lod.links.lock import Decision

    verdict = proposal.verdict(threshold)
    best = verdict.accepted
    if best is None:
        return _verdict(proposal, threshold, "accepted")
    decision = Decision(f"lod link --accept-above {threshold:g}", verdict.reason, best.score)
    try:
        with uninterrupted():
            linking.accept(proposal.entity.slug, best.item, decision)
    except LodError as error:
        return {"decision": "left open", "reason": error.message}
    return _verdict(proposal, threshold, "accepted")


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
