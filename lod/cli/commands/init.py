"""`lod init`: a facts file to start from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import click

from lod.cli.app import Command
from lod.cli.support.terminal import read_input, say, tell, visible
from lod.counts import counted
from lod.errors import InputError, OutputError
from lod.facts.reader import is_language, quoted
from lod.facts.schema import NO_FACT_REASONS
from lod.facts.text import SourceText
from lod.language.identification import (
    Confidence,
    Identified,
    has_data,
    identify,
    language_name,
)
from lod.resources import folder as shipped
from lod.sources.source import read_bytes
from lod.store.locks import is_inside

_FACTS = "facts.yaml"
_TEXT = "article.txt"
#: The examples that ship, the first one where none is named, with what they show.
_EXAMPLES = ("russia-kazakhstan", "lake-bridge")
_HOW = {Confidence.PROBABLE: "probably", Confidence.GUESS: "a guess"}
#: What a publication has to say of itself, to be filled in.
_EMPTY = {"base": None, "title": None, "license": None, "publisher": {"name": None}}


@click.command(
    "init",
    cls=Command,
    examples=[
        ("write facts.yaml beside a text", "lod init speech.txt"),
        ("make a folder with a copy of the text", "lod init speech.txt -o speech"),
        ("see how it is done first", "lod init --example example"),
        ("with several versions of a text", "lod init --example bridge --which lake-bridge"),
        ("say the language", "lod init tale.txt --language de-CH"),
        (
            "make a publication of a table of claims",
            "lod init --claims claims.csv --text speech.txt -o speech",
        ),
    ],
)
@click.argument("text", type=click.Path(dir_okay=False, allow_dash=True), required=False)
@click.option(
    "-o",
    "--output",
    metavar="FOLDER",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write into this folder, with a copy of the text; by default beside the text.",
)
@click.option(
    "--example",
    metavar="FOLDER",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write an example into this folder: an article with its claims, and queries.",
)
@click.option(
    "--which",
    metavar="NAME",
    type=click.Choice(_EXAMPLES),
    help="With --example: russia-kazakhstan, a long article (the default), or lake-bridge, a short "
    "report in three languages with one set of facts.",
)
@click.option(
    "--language",
    metavar="TAG",
    help="Language tag of the text, such as en or de-CH; by default found by its words.",
)
@click.option(
    "--claims",
    metavar="TABLE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Make it of a table of claims, CSV or with tabs: at least the columns quote, subject, "
    "property and value.",
)
@click.option(
    "--text",
    "words",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="With --claims: the text; by default the one that lod export put beside the table.",
)
def command(
    text: str | None,
    output: Path | None,
    example: Path | None,
    which: str | None,
    language: str | None,
    claims: Path | None,
    words: Path | None,
) -> int:
    """Write a facts.yaml to start from, for a text.

    TEXT is a plain text file in UTF-8, or - for the standard input. What is known is filled in
    (the title from the first line, the language by its words), what is to be decided is left empty
    for `lod check` to ask for, and the sentences stand as comments where the claims belong. How
    sure the language is, and what is not checked in it, is said.

    With --claims the claims come from a table with the columns of `lod export -f csv`. Its entities
    and anchors are read too where they lie beside it, as entities.csv and anchors.csv (or .tsv);
    entities that are missing are made from what the claims name. Findings about claims name the row
    and the column of the table; where one is an error, nothing is written, and the exit code is 1.

    Nothing is ever overwritten.
    """
    if which is not None and example is None:
        raise click.UsageError("--which NAME goes with --example FOLDER.")
    if language is not None:
        if example is not None:
            raise click.UsageError("--example FOLDER goes without --language.")
        if not is_language(language):
            raise click.BadParameter(
                f"{quoted(language)} is no language tag", param_hint="--language"
            )
    if claims is not None:
        if text is not None or example is not None or output is None:
            raise click.UsageError("--claims TABLE needs -o FOLDER, and goes without TEXT.")
        return _from_table(claims, words, output, language)
    if words is not None:
        raise click.UsageError("--text FILE goes with --claims TABLE.")
    if example is not None:
        if text is not None or output is not None:
            raise click.UsageError("--example FOLDER goes without TEXT and without -o.")
        _write_example(example, which or _EXAMPLES[0])
        return 0
    if text is None:
        raise click.UsageError("Missing argument 'TEXT'; or write --example FOLDER.")
    from lod.sources.source import decode, reading

    if text == "-" and output is None:
        raise click.UsageError("A text from the standard input needs a folder: -o FOLDER.")
    data = read_input(text)
    with reading(text):
        content, _ = decode(data, text)
    name = _TEXT if text == "-" else Path(text).name
    folder = Path(text).parent if output is None else output
    facts = folder / _FACTS
    written = [facts]
    _new(folder, [name])
    if text == "-" or (folder / name).resolve() != Path(text).resolve():
        written.insert(0, folder / name)
        _write(folder / name, data)
    found = _language(content, language)
    _write(facts, starter(content, name, found).encode())
    for path in written:
        say(f"wrote {path}")
    _say_language(found)
    say(f"next: fill in {facts}; lod check {folder} says what is missing")
    return 0


def _beside(claims: Path, part: str) -> Path | None:
    """The table that lies beside that of the claims, of its own form first, or None."""
    files = [claims.with_name(f"{part}{end}") for end in (claims.suffix, ".csv", ".tsv")]
    return next((file for file in files if file.is_file()), None)


def _from_table(claims: Path, words: Path | None, folder: Path, language: str | None) -> int:
    """Make a publication of a table; the exit code."""
    from lod.cli.support.reporting import report
    from lod.diagnostics import Severity
    from lod.sources.yaml_source import write_yaml
    from lod.tables.read import publication_of, read_heads, read_sheet, unread

    heads = read_heads(claims)
    document = heads.setdefault("document", {})
    source = claims.parent
    if words is not None:
        document["text"] = words.name
        source = words.parent
    elif "text" not in document:
        raise click.UsageError("Missing option '--text': the file of the text.")
    name = str(document["text"])
    data = read_bytes(source / name)
    found = _language(data.decode("utf-8", "replace"), language or document.get("language"))
    document["language"] = found.language
    sheet = read_sheet(claims)
    sheets = {
        part: read_sheet(file)
        for part in ("entities", "anchors")
        if (file := _beside(claims, part)) is not None
    }
    publication, facts = publication_of(sheet, heads=heads, folder=source, **sheets)
    for part, one in {"claims": sheet, **sheets}.items():
        if names := unread(one, part, document.get("versions", ())):
            columns = dict.fromkeys(column or "a column without a name" for column in names)
            tell(visible(f"{one.name}: not read: {', '.join(columns)}"))
    # What is still to be said of the publication is for `lod check` to ask for.
    parts = {("claims",), ("entities",), ("document", "text"), ("terms",)}
    parts |= {("publication", "vocabulary"), ("publication", "shapes")}
    about_rows = [f for f in publication.findings if {f.path[:1], f.path[:2]} & parts]
    report(about_rows, "text")
    if any(finding.severity is Severity.ERROR for finding in about_rows):
        return 1
    said, versions = heads.get("publication", {}), document.get("versions", {}).values()
    files = [*(one.get("text") for one in versions), said.get("vocabulary"), said.get("shapes")]
    copies = {name: data}
    for named in filter(None, files):
        if not (is_inside(source / named, source) and is_inside(folder / named, folder)):
            raise InputError(f"{source / named}: lies outside the folder", hint="copy it into it")
        copies[named] = read_bytes(source / named)
    _new(folder, copies)
    for target, content in copies.items():
        _write(folder / target, content)
    head = {"publication": heads.get("publication") or _EMPTY}
    _write(folder / _FACTS, write_yaml({**head, **facts}).encode())
    statements = counted(len(facts["claims"]), "statement")
    say(f"wrote {folder}: {statements}, {counted(len(facts['entities']), 'entit', 'y', 'ies')}")
    _say_language(found)
    say(f"next: lod check {folder}")
    return 0


def _new(folder: Path, copies: Iterable[str]) -> None:
    """Refuse a folder that has a facts file, or gets one by the names of what is copied there."""
    file = folder / _FACTS
    if file.exists():
        raise OutputError(f"{file} is there already and is not overwritten")
    if any(folder / name == file for name in copies):
        raise OutputError(
            f"{file}: the facts would stand where the text does", hint="give the text another name"
        )


def _language(text: str, given: str | None) -> Identified:
    """The language of a text, as it was said or found."""
    return identify(text) if given is None else Identified(given, Confidence.GIVEN)


def _say_language(found: Identified) -> None:
    """Say which language was taken, how sure it is, and what is not checked in it."""
    name = language_name(found.language)
    said = f"{name} ({found.language})"
    if found.confidence is Confidence.GIVEN:
        say(f"language: {said}")
    elif found.confidence is Confidence.SURE:
        say(f"language: {said}, sure")
    else:
        others = " or ".join(f"{language_name(tag)} ({tag})" for tag in found.others)
        maybe = f"; or {others}" if others else ""
        say(
            f"language: {said}, {_HOW[found.confidence]}{maybe}; if it is another, correct {_FACTS}"
        )
    from lod.facts.consistency import UNCHECKED

    missing = [what for what, kind in UNCHECKED.items() if not has_data(found.language, kind)]
    if missing:
        say(f"there is no data for {name}: {', '.join(missing)} will not be checked")


def _language_line(found: Identified) -> str:
    """The language in the facts, with what is to be thought of."""
    if found.confidence not in _HOW:
        return found.language
    others = "".join(f", or {tag}" for tag in found.others)
    return f"{found.language} # {_HOW[found.confidence]}{others}: correct it if it is wrong"


def _write_example(folder: Path, name: str) -> None:
    """Write an example that ships with lod, without what is built from it.

    Raises:
        OutputError: a file of it is there already with another content; then none is written.
    """
    source = shipped("examples") / name
    files = [
        path
        for path in sorted(source.rglob("*"))
        if path.is_file() and path.relative_to(source).parts[0] != "dist"
    ]
    for path in files:
        target = folder / path.relative_to(source)
        if target.exists() and target.read_bytes() != path.read_bytes():
            raise OutputError(
                f"{target} is there already with another content and is not overwritten",
                hint="name a folder that is not there yet",
            )
    for path in files:
        _write(folder / path.relative_to(source), path.read_bytes())
    say(f"wrote {folder}: the example {name}, {len(files)} files")
    say(f"next: lod build {folder}")


def _write(path: Path, data: bytes) -> None:
    """Write a new file.

    Raises:
        OutputError: there is one of that name with another content, or it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as stream:
            stream.write(data)
    except FileExistsError:
        if path.read_bytes() != data:
            message = f"{path} is there already with another content and is not overwritten"
            raise OutputError(message) from None
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror or error}") from None


# What YAML cannot carry (YAML 1.2, section 5.1), and what would end a line or turn its direction.
_UNPRINTABLE = re.compile(
    "[^\x20-\x7e\xa0-\u2027\u202f-\u2065\u206a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]+"
)
_PLAIN_NAME = re.compile(r"[A-Za-z][\w./-]*", re.ASCII)
_LONGEST_TITLE = 120


def starter(text: str, file: str, found: Identified) -> str:
    """A facts file for a text: commented, valid YAML, its open places left empty.

    Args:
        text: the text.
        file: name of the file that holds it, relative to the facts file.
        found: the language of the text.

    Returns:
        YAML. `lod check` reports what must be filled in, and every sentence as not yet covered.
    """
    source = SourceText(text, found.language)
    first = _line(next((line for line in text.splitlines() if line.strip()), ""))
    shown = first
    if len(first) > _LONGEST_TITLE:
        shown = first[:_LONGEST_TITLE].rpartition(" ")[0] + "…"
    inner = shown.replace('"', "'")
    is_heading = len(first) <= _LONGEST_TITLE and not first.endswith((".", "!", "?", ";", ","))
    heading = f"  title: {_quoted(first)}" if is_heading else "  # title: headline of the text"
    name = file if _PLAIN_NAME.fullmatch(file) else _quoted(file)
    slug = re.sub(r"[^a-z0-9]+", "-", file.rpartition(".")[0].lower()).strip("-") or "my-text"
    sentences = "\n".join(
        f"  # {sentence.number}. {_line(text[sentence.start : sentence.end])}"
        for sentence in source.sentences
    )
    reasons = "\n".join(f"#   {reason}: {why}" for reason, why in NO_FACT_REASONS.items())
    return _STARTER.format(
        slug=slug,
        title=_quoted(f'Claims in "{inner}"'),
        file=name,
        language=_language_line(found),
        heading=heading,
        sentences=sentences,
        reasons=reasons,
    )


def _line(text: str) -> str:
    """The text on one line, without what YAML cannot carry."""
    return " ".join(_UNPRINTABLE.sub(" ", text).split())


def _quoted(text: str) -> str:
    """The text as a YAML scalar in single quotation marks."""
    return "'" + _line(text).replace("'", "''") + "'"


_STARTER = """\
# The facts of a text. Fill in what is empty, name the entities, write the claims.
#   lod check     says what is missing or wrong, and where
#   lod coverage  shows which sentences and words carry no fact yet
#   lod vocab     lists the types and properties that may be used
# Editors complete and check this file once `lod schema -o facts.schema.json` was run here:
# yaml-language-server: $schema=facts.schema.json

publication:
  base: # web address under which everything is named, such as https://data.example.org/{slug}/
  title: {title}
  license: # of the data, not of the text, such as https://creativecommons.org/publicdomain/zero/1.0/
  publisher:
    name: # who publishes the data
    # url: home page

document:
  text: {file}
  language: {language}
{heading}
  # author: slug of an entity, who says what no other claim says with `by:`
  # publishedIn: slug of an entity
  # published: YYYY-MM-DD, against which "last year" and the like are resolved
  # means: {{we: slug of an entity}}

entities:
  # The things that claims are about, each under a slug of its own:
  # kazakhstan: {{type: Country, label: Kazakhstan, also: [Republic of Kazakhstan], wikidata: Q232}}
  # trade: {{type: Flow, label: trade between the two, wikidata: {{none: described only here}}}}

claims:
  # One entry a statement. The quote is the exact words of the text; […] leaves words out.
  # - id: trade-2023
  #   quote: >-
  #     Last year, it set a new record, exceeding the threshold of $28 billion
  #   subject: trade
  #   property: tradeVolume
  #   value: more than 28 billion USD
  #   during: last year
  #
  # The sentences of the text. Delete each once its claims are written.
{sentences}

# Sentences that deliberately carry no fact, with the reason:
{reasons}
# no_fact:
#   - {{quote: Good morning!, reason: greeting}}
"""
