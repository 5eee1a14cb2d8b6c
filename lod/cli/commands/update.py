"""`lod update`: a new text for a publication, with an account of every claim."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lod.cli.app import Command
from lod.cli.support.options import (
    USUAL_SECONDS,
    form_option,
    publication_argument,
    quiet_option,
)
from lod.cli.support.reporting import json_text, text_lines
from lod.cli.support.terminal import emit, paint_out, read_input, say, tell, visible
from lod.counts import counted
from lod.errors import InputError
from lod.history.fates import FATES, REASONS, Fate

if TYPE_CHECKING:
    from lod.history.edits import ClaimFate
    from lod.history.update import Decision, NewText, Result, Update

_TO_DECIDE = [str(fate) for fate in Fate if not fate.is_settled]
#: Fates after which the facts are others, so that a person says why.
_NEED_REASON = (Fate.VALUE_CHANGED, Fate.GONE)


@click.command(
    "update",
    cls=Command,
    examples=[
        ("see what an edited text does to the claims", "lod update --text new.txt --dry-run"),
        ("decide, claim by claim, on a terminal", "lod update --text new.txt"),
        (
            "in a script: new wording is taken, changed values stay open",
            "lod update --text new.txt --accept reworded,split,merged",
        ),
        (
            "the text of a web page, whose numbers were corrected",
            "lod update --url https://example.org/article --accept value-changed "
            "--reason correction",
        ),
        (
            "two versions of a text, whose number was corrected in both",
            "lod update --text en=new.en.txt --text de=new.de.txt",
        ),
    ],
)
@publication_argument
@click.option(
    "--text",
    "texts",
    multiple=True,
    metavar="[VERSION=]FILE",
    help="The new text; of HTML, what a person reads. - is the standard input. Where the text has "
    "several versions, the name of one stands before it, and more than one can be given.",
)
@click.option(
    "--url",
    "urls",
    multiple=True,
    metavar="[VERSION=]URL",
    help="The page that has the new text, as text or HTML.",
)
@click.option(
    "--published",
    "dates",
    multiple=True,
    metavar="[VERSION=]DATE",
    help="Date of the new text, where it has another one; what counts from the old is shown.",
)
@click.option("--dry-run", is_flag=True, help="Write nothing, and ask nothing.")
@click.option(
    "--accept",
    metavar="FATES",
    help=f"Accept all claims of these fates, with commas between: {', '.join(_TO_DECIDE)}. "
    "What is gone is dropped.",
)
@click.option(
    "--reason",
    type=click.Choice(REASONS),
    help="Why the facts change: the text was wrong (correction), the fact was (our-mistake), it "
    "was right then (world-changed), or nobody stands by it (withdrawn). For --accept.",
)
@click.option("--note", metavar="WORDS", help="What to write down beside the reason.")
@form_option()
@quiet_option
def command(
    *,
    folder: str,
    texts: tuple[str, ...],
    urls: tuple[str, ...],
    dates: tuple[str, ...],
    dry_run: bool,
    accept: str | None,
    reason: str | None,
    note: str | None,
    form: str,
    quiet: bool,
) -> int:
    """Put an edited text in place, and say what became of each claim.

    A claim whose sentence is the same, with all that it points back to, goes on as it is, also
    where it stands elsewhere now (unchanged, moved). Of all else a person decides: reworded,
    value-changed (a number, date, hedge, name, denial or plan is another one), split, merged,
    gone, ambiguous. On a terminal each one is asked for; elsewhere, --accept says which fates to
    take. Nothing is written while a decision is open.

    Then the text and the facts file change together, and the decisions with their reasons are
    kept in changes.json. In the facts, only the lines change that have to.

    Of a text in several versions (document: versions) each new text is named with its version.
    What one version says otherwise than another is an error, so a number that was corrected in all
    of them is updated with all of them at once.

    Exits with 0 where nothing is left to decide, with 1 where something is.
    """
    from lod.history.report import report as report_of
    from lod.history.update import Update

    if accept is None and (reason is not None or note is not None):
        raise click.UsageError("--reason and --note are for what --accept names: give it too.")
    fates = _fates(accept, reason)
    update = Update(Path(folder), _new_texts(texts, urls, dates))
    decisions = dict(update.kept_decisions()) if not dry_run else {}
    decisions |= _accepted(update, fates, reason, note)
    asks = not dry_run and accept is None and form == "text" and sys.stdin.isatty()
    if asks:
        from lod.cli.support.deciding import decide

        decide(update, decisions)
    result = update.make(decisions)
    report = report_of(update, decisions, result) | {"written": False}
    if not result.open and not dry_run and _changes(update, result):
        update.write(result)
        report["written"] = True
    if form == "json":
        emit(json_text(report))
    else:
        _show(update, result, decisions, asked=asks)
        if not quiet:
            _sum_up(update, report, dry_run=dry_run)
    return int(bool(result.open))


def _fates(accept: str | None, reason: str | None) -> list[Fate]:
    """The fates that are accepted."""
    names = [] if accept is None else [one.strip() for one in accept.split(",") if one.strip()]
    for one in names:
        if one not in FATES:
            raise click.UsageError(f"--accept: {one!r} is no fate; they are {', '.join(FATES)}")
    fates = [Fate(one) for one in names]
    if reason is None and (need := [str(one) for one in fates if one in _NEED_REASON]):
        raise click.UsageError(
            f"--accept {', '.join(need)} changes what the facts say: give a --reason "
            f"({', '.join(REASONS)})"
        )
    return fates


def _new_texts(texts: Sequence[str], urls: Sequence[str], dates: Sequence[str]) -> list[NewText]:
    """The new texts, each with the version that it is of and its date."""
    from lod.history.update import NewText
    from lod.language.dates import PeriodError, parse_date

    named = [*map(_named, texts), *map(_named, urls)]
    if not named:
        raise click.UsageError("Name the new text: --text FILE, or --url URL.")
    if len(named) > 1 and not all(version for version, _ in named):
        raise click.UsageError("Each of several texts is of a version: --text VERSION=FILE.")
    published: dict[str | None, str] = {}
    for version, date in map(_named, dates):
        try:
            parse_date(date)
        except PeriodError as error:
            raise click.UsageError(f"--published: {error.message}") from None
        published[version] = date
    if len(named) == 1 and None in published:
        published.setdefault(named[0][0], published.pop(None))
    for version in published.keys() - {version for version, _ in named}:
        of = "nobody says which one" if version is None else f"there is none of {version!r}"
        raise click.UsageError(f"--published is the date of a new text, and {of}.")
    read = [_read] * len(texts) + [_fetch] * len(urls)
    return [
        NewText(_text_of(*take(place), place), place, published.get(version), version)
        for take, (version, place) in zip(read, named, strict=True)
    ]


def _named(option: str) -> tuple[str | None, str]:
    """The version before an equals sign, and the rest.

    >>> _named("de=new.txt"), _named("https://example.org/?a=b")
    (('de', 'new.txt'), (None, 'https://example.org/?a=b'))
    """
    version, equals, rest = option.partition("=")
    is_name = bool(equals) and version.replace("-", "").replace("_", "").isalnum()
    return (version, rest) if is_name else (None, option)


def _fetch(url: str) -> tuple[bytes, str]:
    """The bytes of a page, and the same as text."""
    from lod.http.page import fetch_page
    from lod.sources.source import MAX_BYTES

    page = fetch_page(url, MAX_BYTES, whole=USUAL_SECONDS)
    return page.encode(), page


def _read(name: str) -> tuple[bytes, str]:
    """The bytes of a file, and the same as text as far as that goes."""
    data = read_input(name)
    return data, data.decode("utf-8", "replace").removeprefix("\ufeff")


def _text_of(data: bytes, page: str, name: str) -> bytes:
    """The new text: of a page what a person reads of it."""
    from lod.history.page import is_page, page_text
    from lod.sources.source import MAX_BYTES

    if len(data) > MAX_BYTES or not is_page(page):
        return data
    if "\ufffd" in page:
        raise InputError(f"{name}: the page is not UTF-8", hint="save it as UTF-8")
    text = page_text(page).encode()
    if not text:
        raise InputError(f"{name}: the page has no text", hint="save its text, and give that")
    return text


def _accepted(
    update: Update, fates: Sequence[Fate], reason: str | None, note: str | None
) -> dict[str, Decision]:
    from lod.history.update import Decision

    found = {}
    for one in update.unsettled:
        if one.fate not in fates:
            continue
        action = "dropped" if one.fate is Fate.GONE else "accepted"
        found[one.name] = Decision(action, reason, note)
    return found


def _changes(update: Update, result: Result) -> bool:
    """Whether a file would be another one."""
    return any(
        not (file := update.folder / name).exists() or file.read_bytes() != content
        for name, content in result.files.items()
    )


def _show(update: Update, result: Result, decisions: dict[str, Decision], *, asked: bool) -> None:
    for one in update.unsettled:
        if not asked or one.name in result.open:
            show_fate(one, decisions.get(one.name), result.open.get(one.name))
    known = {one.name for one in update.unsettled}
    for name, why in result.open.items():
        if name not in known:
            say(f"{paint_out(visible(name), 'error')}: {visible(why)}")
    for line in text_lines(result.findings, sys.stdout):
        say(line)


def show_fate(claim: ClaimFate, decision: Decision | None, why: str | None) -> None:
    """Show what became of a claim: both wordings, what is at stake, what was decided."""
    for quote in claim.quotes:
        if quote.fate.is_settled and len(claim.quotes) > 1:
            continue
        from lod.history.report import difference

        of = f" ({visible(quote.version)})" if quote.version else ""
        say(f"{paint_out(visible(claim.name), 'strong')}: {paint_out(quote.fate, 'warning')}{of}")
        say(f"    quote   {visible(quote.quote)}")
        if quote.after is None:
            say(f"    before  {visible(quote.before)}")
        elif quote.before == quote.after:
            say(f"    now     {visible(quote.after)}")
        else:
            say(f"    now     {visible(difference(quote.before, quote.after))}")
        if quote.because == "means":
            say("    what the sentence points back to is other now")
        if quote.because == "date":
            say("    the date of the text is another one, and its time counts from that")
        for one in quote.changed:
            gone, come = ", ".join(one.before) or "nothing", ", ".join(one.after) or "nothing"
            say(f"    {one.kind:7} {visible(gone)} → {visible(come)}")
        for number, place in enumerate(quote.places, 1):
            say(f"    place {number} at {place.line}:{place.column}, sentence {place.sentence}")
    if decision is not None:
        because = f" ({decision.reason})" if decision.reason else ""
        say(f"    {paint_out(decision.action, 'good')}{because}")
    if why is not None and decision is not None:
        say(f"    {paint_out('open', 'error')}: {visible(why)}")


def _sum_up(update: Update, report: dict[str, Any], *, dry_run: bool) -> None:
    from lod.history.report import texts_of

    fates = ", ".join(f"{count} {name}" for name, count in report["fates"].items() if count)
    tell(f"{counted(len(report['claims']), 'claim')}: {fates or 'none'}")
    for version, text in texts_of(report):
        of = "" if version is None else f"{visible(version)}: "
        for one in text["newSentences"]:
            place = f"{one['line']}:{one['column']}"
            tell(f"{of}new at {place}, without a claim: {visible(one['text'])}")
        before, after = (text["coverage"][side] for side in ("before", "after"))
        if before and after:
            tell(
                f"{of}sentences that are covered: {before['coveredSentences']} of "
                f"{before['sentences']} before, {after['coveredSentences']} of "
                f"{after['sentences']} now"
            )
        if not text["compared"] and update.unsettled:
            tell(
                f"lod has no words of the language {text['language']!r}: of what changed, only "
                "digits and names were compared"
            )
    if report["open"]:
        decisions = counted(len(report["open"]), "decision", " is", "s are")
        tell(f"{decisions} open; nothing was written")
    elif dry_run:
        tell("nothing is left to decide; nothing was written (--dry-run)")
    elif report["written"]:
        tell(f"written: {update.folder}; lod build writes the dataset anew")
    else:
        tell("nothing has changed")
