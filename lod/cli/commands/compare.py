"""`lod compare`: the claims of a publication against the statements of Wikidata."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from lod.cli.app import Command
from lod.cli.support.options import form_option, output_option, publication_argument
from lod.cli.support.reporting import json_text
from lod.cli.support.terminal import Kind, emit, paint_out, tell, visible
from lod.cli.support.wikibase import Reach, read_snapshot, snapshot_options

if TYPE_CHECKING:
    from lod.wikidata.comparison import Row, Theirs

_KINDS: dict[str, Kind] = {
    "there": "good",
    "unreferenced": "warning",
    "different": "error",
    "absent": "info",
    "not comparable": "dim",
}
_SHOWN = 3


@click.command(
    "compare",
    cls=Command,
    examples=[
        (
            "what Wikidata says of the same",
            "lod compare examples/russia-kazakhstan",
        ),
        ("as a page", "lod compare -f html -o compared.html"),
        ("without the network", "lod compare --items answer.json --all"),
    ],
)
@publication_argument
@form_option("Form of the comparison.", forms=("text", "json", "html"))
@output_option("Write to this file, not to the screen.")
@click.option("--all", "everything", is_flag=True, help="Show what is not comparable, too.")
@snapshot_options
def command(*, folder: str, form: str, output: str | None, everything: bool, reach: Reach) -> int:
    """Compare claims with the statements of Wikidata.

    For each claim whose property and entities are linked: whether Wikidata has the statement, has
    it without a reference that names a source, says something different, or says nothing. Claims
    that do not say something to hold as it stands are not comparable; --all tells why. JSON and
    HTML always have everything.

    Exits with 1 where Wikidata says something different, or an item that is linked is gone.
    """
    from lod.publication import load
    from lod.wikidata.compare import Outcome, compare
    from lod.wikidata.comparison import counts, rows
    from lod.wikidata.mapped import needed_items

    publication = load(folder)
    facts = publication.require_facts()
    vocabulary = publication.vocabulary
    snapshot = read_snapshot(reach, publication)
    table = rows(facts, compare(facts, vocabulary, snapshot), snapshot)
    if form == "json":
        data = {"counts": counts(table), "claims": [row.as_dict() for row in table]}
        emit(json_text({"file": publication.file, **data}), output)
    elif form == "html":
        from lod.pages.comparison import comparison_page

        language, title = next(iter(facts.publication.titles.items()))
        emit(comparison_page(title, table, language), output)
    else:
        emit(_text(table, everything=everything), output)
    gone = sorted(set(needed_items(facts, vocabulary)) & snapshot.problems.keys())
    for qid in gone:
        tell(f"{visible(qid)} {snapshot.problems[qid]}")
    return int(bool(gone) or any(row.outcome is Outcome.DIFFERENT for row in table))


def _text(table: Sequence[Row], *, everything: bool) -> str:
    from lod.wikidata.comparison import counts

    lines = []
    for row in table:
        if row.reason is None or everything or row.pid is not None:
            lines += _lines(row)
    summary = ", ".join(f"{number} {name}" for name, number in counts(table).items() if number)
    return "\n".join([*lines, *([""] if lines else []), summary or "no claims"]) + "\n"


def _lines(row: Row) -> list[str]:
    outcome = str(row.outcome)
    during = f" ({row.during})" if row.during else ""
    mapping = {"sub": " narrower than", "close": " near"}.get(row.mapping or "", "")
    pid = f"{mapping} {row.pid}" if row.pid and row.property != f"wdt:{row.pid}" else ""
    said = f"{row.claim}: {row.subject} {row.property}{pid} {row.value}{during}"
    lines = [f"{paint_out(outcome.ljust(14), _KINDS[outcome])} {visible(said)}"]
    more = [*([row.reason] if row.reason else []), *row.notes]
    if more:
        lines.append(visible(f"    {'; '.join(more)}"))
    shown = row.theirs[:1] if row.theirs and row.theirs[0].match else row.theirs[:_SHOWN]
    lines += [visible(f"    Wikidata: {_theirs(one)}") for one in shown]
    if len(row.theirs) > len(shown):
        lines.append(f"    and {len(row.theirs) - len(shown)} more")
    return lines


def _theirs(one: Theirs) -> str:
    times = f" ({'; '.join(one.times)})" if one.times else ""
    references = "; ".join(one.references) or "no reference"
    return f"{one.value}{times}, {one.rank}, {one.agreement}; {references}"
