"""`lod coverage`: the text, sentence by sentence, with what carries a fact and what does not."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from lod.cli.app import Command
from lod.cli.options import publication_argument
from lod.cli.reporting import json_text, summary, text_lines
from lod.cli.terminal import colours, emit, paint_out, say, tell, visible

if TYPE_CHECKING:
    from lod.facts.coverage import Coverage, SentenceCoverage

_MARKS = ("[[", "]]")


@click.command(
    "coverage",
    cls=Command,
    examples=[
        ("the whole text", "lod coverage examples/russia-kazakhstan"),
        ("what is left to do", "lod coverage examples/russia-kazakhstan --missing"),
    ],
)
@publication_argument
@click.option("--missing", is_flag=True, help="Show only the sentences that carry nothing.")
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Form of the report; json has the place of every word.",
)
def command(folder: str, missing: bool, form: str) -> int:
    """Show which sentences and words carry no fact yet.

    Every sentence stands with the claims that quote it, or the reason why it carries no fact.
    Words that no quote has are coloured, or between [[ and ]] where there are no colours.

    Exits with 1 where a sentence carries neither a claim nor a no_fact.
    """
    from lod.publication import load

    publication = load(folder)
    coverage = publication.coverage
    if coverage is None:
        for line in text_lines(publication.findings, sys.stderr):
            tell(line)
        tell(f"{publication.file}: there is no text to show; {summary(publication.findings)}")
        return 1
    if form == "json":
        emit(json_text({"file": publication.file, **coverage.as_dict()}))
    else:
        _show(coverage, missing)
        if publication.has_errors:
            tell(f"{publication.file}: {summary(publication.findings)}; lod check shows them")
    return int(bool(coverage.uncovered))


def _show(coverage: Coverage, missing: bool) -> None:
    sentences = coverage.uncovered if missing else coverage.sentences
    width = len(str(len(coverage.sentences)))
    paragraph = 0
    for one in sentences:
        if paragraph and one.sentence.paragraph != paragraph:
            say("")
        paragraph = one.sentence.paragraph
        number = str(one.sentence.number).rjust(width)
        say(f"{paint_out(number, 'strong')}  {_carries(one)}")
        say(f"{' ' * width}  {_marked(one)}")
    if sentences:
        say("")
    say(
        f"{coverage.covered_sentences:,} of {len(coverage.sentences):,} sentences "
        f"({_percent(coverage.share_of_sentences)}), "
        f"{coverage.covered_words:,} of {coverage.words:,} words "
        f"({_percent(coverage.share_of_words)})"
    )


def _percent(share: float) -> str:
    """A share in percent, rounded down: 100 % is said only where nothing is missing."""
    return f"{int(share * 100)} %"


def _carries(one: SentenceCoverage) -> str:
    """The claims of a sentence, or why it has none."""
    parts = [visible(", ".join(one.claims))] if one.claims else []
    if one.no_fact is not None:
        parts.append(paint_out(f"no fact: {visible(one.no_fact)}", "dim"))
    if not parts:
        return "no words" if one.is_covered else paint_out("carries nothing yet", "warning")
    return "; ".join(parts)


def _marked(one: SentenceCoverage) -> str:
    """The sentence with the words that no quote has marked, neighbours together."""
    raw = one.source.raw
    parts = []
    at = one.sentence.start
    words = {word.start for word in one.uncovered_words}
    stretches: list[tuple[int, int]] = []
    in_stretch = False
    for word in one.words:
        if word.start not in words:
            in_stretch = False
            continue
        if in_stretch:
            stretches[-1] = (stretches[-1][0], word.end)
        else:
            stretches.append((word.start, word.end))
        in_stretch = True
    for start, end in stretches:
        parts += [_plain(raw[at:start]), _mark(_plain(raw[start:end]))]
        at = end
    return "".join([*parts, _plain(raw[at : one.sentence.end])])


def _plain(text: str) -> str:
    return visible(text.replace("\n", " ").replace("\t", " "))


def _mark(text: str) -> str:
    if colours(sys.stdout):
        return paint_out(text, "warning")
    return f"{_MARKS[0]}{text}{_MARKS[1]}"
