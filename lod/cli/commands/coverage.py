"""`lod coverage`: the text, sentence by sentence, with what carries a fact and what does not."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from lod.bounds import bounded
from lod.cli.app import Command
from lod.cli.support.options import form_option, publication_argument
from lod.cli.support.reporting import emit_json, json_text, report, summary, text_lines
from lod.cli.support.terminal import colours, emit, paint_out, say, tell, visible
from lod.counts import numbered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lod.facts.coverage import Coverage, SentenceCoverage
    from lod.publication import Publication

_MARKS = ("[[", "]]")

#: Code points of a sentence, or of its words between two marks, that are shown; JSON has all.
_MOST_OF_SENTENCE = 1_000


@click.command(
    "coverage",
    cls=Command,
    examples=[
        ("the whole text", "lod coverage examples/russia-kazakhstan"),
        ("what is left to do", "lod coverage examples/russia-kazakhstan --missing"),
        ("one version of a text", "lod coverage speech --version ru"),
    ],
)
@publication_argument
@click.option(
    "--version", "name", metavar="NAME", help="Show only this version of the text; by default all."
)
@click.option("--missing", is_flag=True, help="Show only the sentences that carry nothing.")
@form_option("Form of the report; json has the place of every word.")
def command(folder: str, name: str | None, missing: bool, form: str) -> int:
    """Show which sentences and words carry no fact yet.

    Every sentence stands with the claims that quote it, or the reason why it carries no fact.
    Words that no quote has are coloured, or between [[ and ]] where there are no colours.
    Of a text in several versions each is shown, with the claims that do not quote it.

    Exits with 1 where a sentence carries neither a claim nor a no_fact.
    """
    from lod.publication import load

    publication = load(folder)
    coverage = publication.coverage
    if coverage is None:
        if form == "json":
            report(publication.findings, form, {"file": publication.file})
            return 1
        for line in text_lines(publication.findings, sys.stderr):
            tell(line)
        tell(f"{publication.file}: there is no text to show; {summary(publication.findings)}")
        return 1
    covered = _wanted(publication, coverage, name)
    if form == "json":
        (key, first, unquoted), *others = covered
        if unquoted or others:
            emit(json_text({"file": publication.file, **_as_dict(covered, name, missing)}))
        else:
            head = {"file": publication.file, **({} if name is None else {"version": key})}
            sentences = (one.as_dict() for one in _shown(first, missing))
            emit_json({**head, **first.totals()}, "sentences", sentences)
    else:
        for number, (key, one, unquoted) in enumerate(covered):
            if len(covered) > 1:
                say(f"{chr(10) * bool(number)}{paint_out(f'version {visible(key)}', 'strong')}")
            _show(one, missing)
            if unquoted:
                say(f"claims without a quote of it: {visible(', '.join(unquoted))}")
        if publication.has_errors:
            tell(f"{publication.file}: {summary(publication.findings)}; lod check shows them")
    return int(any(one.uncovered for _, one, _ in covered))


#: A version of the text: its name, its coverage, the claims that do not quote it.
_Covered = tuple[str, "Coverage", tuple[str, ...]]


def _wanted(publication: Publication, coverage: Coverage, name: str | None) -> list[_Covered]:
    """The versions to show, the document's own text first.

    Raises:
        InputError: there is no version of the name.
    """
    from lod.errors import InputError
    from lod.facts.reader import suggest

    text = publication.text
    own = "" if text is None else text.language.lower()  # what has a coverage has a text
    found: list[_Covered] = [(own, coverage, publication.unquoted)]
    found += [(one.name, one.coverage, one.unquoted) for one in publication.versions]
    if name is None:
        return found
    names = [key for key, _, _ in found]
    if name.lower() not in names:
        raise InputError(
            f'{publication.file}: the text has no version "{name}"',
            hint=suggest(name, names) or f"known: {', '.join(names)}",
        )
    return [one for one in found if one[0] == name.lower()]


def _shown(coverage: Coverage, missing: bool) -> Sequence[SentenceCoverage]:
    return coverage.uncovered if missing else coverage.sentences


def _as_dict(covered: list[_Covered], name: str | None, missing: bool) -> dict[str, Any]:
    """The coverage of the first version, and under `versions` that of the others by name."""
    (key, first, unquoted), *others = covered
    data = _totals(first, missing)
    if name is not None:
        data = {"version": key, **data}
    if unquoted:
        data["unquotedClaims"] = list(unquoted)
    if others:
        data["versions"] = {
            key: {**_totals(one, missing), **({"unquotedClaims": list(ids)} if ids else {})}
            for key, one, ids in others
        }
    return data


def _totals(coverage: Coverage, missing: bool) -> dict[str, Any]:
    sentences = [one.as_dict() for one in _shown(coverage, missing)]
    return {**coverage.totals(), "sentences": sentences}


def _show(coverage: Coverage, missing: bool) -> None:
    from lod.facts.consistency import UNCHECKED

    sentences = _shown(coverage, missing)
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
    for why, counts in {
        "for want of data of the language": coverage.unchecked.keys() & UNCHECKED.keys(),
        "since the facts say them in another language": coverage.unchecked.keys()
        - UNCHECKED.keys(),
    }.items():
        said = [numbered(n, name) for name, n in coverage.unchecked.items() if name in counts]
        if said:
            say(f"not compared with the quotes, {why}: {', '.join(said)}")


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
    return visible(bounded(text, _MOST_OF_SENTENCE).replace("\n", " ").replace("\t", " "))


def _mark(text: str) -> str:
    if colours(sys.stdout):
        return paint_out(text, "warning")
    return f"{_MARKS[0]}{text}{_MARKS[1]}"
