"""`lod disagree`: claims of many publications that cannot all hold."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lod.cli.app import Command
from lod.cli.support.options import form_option
from lod.cli.support.reporting import emit_json
from lod.cli.support.terminal import Progress, paint_out, say, tell, visible
from lod.counts import counted

if TYPE_CHECKING:
    from lod.review.claims import Claims
    from lod.review.disagreements import Disagreement, Tally

_FAILED = 2
_STEP = 100
#: Characters of a quote and of a value that the table shows.
_QUOTE, _VALUE = 160, 60
#: Claims of one disagreement that the table shows; JSON has all.
_CLAIMS = 20


@click.command(
    "disagree",
    cls=Command,
    examples=[
        ("a corpus, as it is written or as it was built", "lod disagree corpus"),
        ("a store that lod load made", "lod disagree facts.store -f json"),
        ("two publications", "lod disagree articles/may articles/june"),
    ],
)
@click.argument(
    "paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option(
    "--limit",
    metavar="N",
    type=click.IntRange(min=1),
    help="Show this many disagreements; all are counted.",
)
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    help="Processes that read a corpus; one for each processor by default.",
)
@form_option()
def command(paths: tuple[Path, ...], limit: int | None, jobs: int | None, form: str) -> int:
    """Show where claims cannot all hold, and no verdict.

    PATH is a corpus (as it is written, or the output of its build), a store that `lod load` made,
    a publication, or a file of data that lod wrote; several are looked at together.

    Claims are about the same where their subjects are one Wikidata item, or one entity of one
    publication, with the same property. They are shown where they exclude each other for the same
    time: quantities in one unit that no number satisfies together ("more than 28" and "28.4" do
    not disagree), dates, values of a property that has one at a time, a denial and what it denies.
    Each is shown with its quote, its speakers and its date. Which is right is not said.

    What could not be compared is counted, with the reason.

    Exits with 1 where there are disagreements, with 2 where a publication could not be read.
    """
    from lod.cli.support.corpora import processors
    from lod.review.disagreements import Tally, find_disagreements

    tally = Tally()
    with Progress("publications") as progress:
        found = find_disagreements(_read(paths, jobs or processors(), tally, progress), tally)
        shown = _show_json(found, tally, limit) if form == "json" else _show_text(found, limit)
    if form == "text":
        _tell_tally(tally, shown)
    for name, why in tally.unread:
        tell(f"not read: {visible(f'{name}: {why}')}")
    return _FAILED if tally.unread else int(tally.disagreements > 0)


def _read(paths: tuple[Path, ...], jobs: int, tally: Tally, progress: Progress) -> Iterator[Claims]:
    """What can be compared of each publication; those that cannot be read are noted."""
    from lod.review.sources import find_claims

    for path in paths:
        for number, found in enumerate(find_claims(path, jobs)):
            if not number % _STEP:
                progress.update(tally.publications, None)
            if isinstance(found, tuple):
                tally.unread.append(found)
            else:
                yield found


def _show_json(found: Iterator[Disagreement], tally: Tally, limit: int | None) -> int:
    shown = 0

    def told() -> Iterator[dict[str, Any]]:
        nonlocal shown
        for one in found:
            if limit is None or shown < limit:
                shown += 1
                yield one.as_dict()

    emit_json({}, "disagreements", told(), lambda: {**tally.as_dict(), "shown": shown})
    return shown


def _show_text(found: Iterator[Disagreement], limit: int | None) -> int:
    shown = 0
    for one in found:
        if limit is None or shown < limit:
            shown += 1
            for line in _lines(one):
                say(line)
            say("")
    return shown


def _lines(one: Disagreement) -> Iterator[str]:
    """A disagreement as a small table."""
    data = one.as_dict()
    item = "" if ":" in one.subject else f" ({one.subject})"
    yield paint_out(visible(f"{one.label}{item} {data['name']}"), "strong")
    claims = one.examples(_CLAIMS)
    values = [_cut(_value(claim), _VALUE) for claim in claims]
    width = max(map(len, values))
    for claim, value in zip(claims, values, strict=True):
        date = claim["said"] or "no date"
        speakers = " → ".join(claim["speakers"])
        yield visible(f"  {value.ljust(width)}  {date}  {speakers}: {_title(claim)}")
        for quote in claim["quotes"]:
            yield paint_out(visible(f"    “{_cut(quote, _QUOTE)}”"), "dim")
        yield paint_out(visible(f"    {claim['claim']}"), "dim")
    if len(one.claims) > len(claims):
        yield f"  and {len(one.claims) - len(claims):,} more claims"


def _title(claim: dict[str, str]) -> str:
    return f"“{claim['title']}”"


def _value(claim: dict[str, str]) -> str:
    value = f"not {claim['value']}" if claim["denied"] else claim["value"]
    period = claim["edtf"] or claim["period"]
    return f"{value} ({period})" if period else value


def _cut(text: str, most: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _tell_tally(tally: Tally, shown: int) -> None:
    more = tally.disagreements - shown
    counts = (tally.publications, "publication"), (tally.claims, "claim")
    read = ", ".join(counted(count, name) for count, name in counts)
    hidden = f", {more:,} of them not shown" if more else ""
    say(f"{read}: {counted(tally.disagreements, 'disagreement')}{hidden}")
    say(f"compared {tally.compared:,}, without a counterpart {tally.alone:,}")
    reasons = sorted(tally.left_out.items(), key=lambda pair: (-pair[1], pair[0]))
    if reasons:
        from lod.review.disagreements import REASONS

        said = "; ".join(f"{count:,} {REASONS.get(name, name)}" for name, count in reasons)
        say(f"not compared: {said}")
