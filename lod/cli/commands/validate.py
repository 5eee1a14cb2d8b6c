"""`lod validate`: RDF files against shapes, and what shapes cannot see."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lod.cli.app import Command
from lod.cli.support.options import engine_option, quiet_option, report_option
from lod.cli.support.reporting import json_text
from lod.cli.support.reporting import report as print_findings
from lod.cli.support.terminal import emit, tell

if TYPE_CHECKING:
    from lod.diagnostics import Finding
    from lod.validation.report import ValidationReport


@click.command(
    "validate",
    cls=Command,
    examples=[
        ("against the shapes that ship with lod", "lod validate dist/dataset.ttl"),
        ("the output of a build, with its hashes and its text", "lod validate dist"),
        ("against your own", "lod validate data.nq more.ttl --shapes rules.ttl"),
    ],
)
@click.argument("files", nargs=-1, required=True, type=click.Path())
@click.option(
    "--text",
    multiple=True,
    metavar="FILE",
    type=click.Path(dir_okay=False),
    help="The text that the anchors select from, once for each version; of a folder it is found by"
    " its hash.",
)
@click.option(
    "--shapes",
    multiple=True,
    metavar="FILE",
    type=click.Path(dir_okay=False),
    help="SHACL shapes to use in place of the shipped ones; may be given several times.",
)
@report_option("turtle")
@engine_option
@quiet_option
def command(
    *,
    files: tuple[str, ...],
    text: tuple[str, ...],
    shapes: tuple[str, ...],
    form: str,
    engine: str,
    quiet: bool,
) -> int:
    """Validate RDF files against shapes, and by checks.

    The files may be of any RDF format; for the shapes their graphs are put together. The checks
    look at what shapes cannot see: the triples of each graph, dates, units, and with --text the
    words. Each result says which of the two found it. With --shapes there are no checks.

    A folder is what a build wrote: its fullest file is validated, all files are held against the
    hashes in report.json, and the text is looked for beside the folder and in it; where it is in
    neither, that is said.

    Turtle as the form of the report is a sh:ValidationReport. Exits with 1 where the data does
    not conform.
    """
    from lod.validation.folder import find_texts, validate_folder
    from lod.validation.validate import validate_files

    if text and shapes:
        raise click.UsageError("--text FILE is for the checks, and with --shapes there are none.")
    folder = next((file for file in files if Path(file).is_dir()), None)
    if folder is not None and len(files) > 1:
        raise click.UsageError(f"{folder} is a folder, which is validated by itself.")
    known = list(map(Path, text)) or ([] if folder is None or shapes else find_texts(folder))
    if folder is not None:
        report = validate_folder(folder, shapes or None, engine=engine, text=known)
    else:
        report = validate_files(files, shapes or None, engine=engine, text=text)
    if form == "json":
        emit(json_text(report.as_dict()))
    elif form == "turtle":
        emit(report.as_turtle())
    elif form == "github":
        print_findings(_findings(report, files), form)
    elif not (quiet and report.conforms):
        emit(report.as_text())
    if folder is not None and not (known or shapes or quiet):
        tell(f"{folder}: the text is neither beside it nor in it: its words are not compared")
        tell("    hint: name it with --text FILE")
    return int(not report.conforms)


def _findings(report: ValidationReport, files: Sequence[str]) -> list[Finding]:
    """The results as findings; of one file they are at its beginning, of several nowhere."""
    from lod.diagnostics import Finding, Location, Severity
    from lod.validation.report import VIOLATION, plain

    location = Location(files[0], 1, 1) if len(files) == 1 else None
    return [
        Finding(
            *("shape", Severity.ERROR)
            if result.severity == VIOLATION
            else ("shape-warning", Severity.WARNING),
            message=f"{plain(result.focus_node)}: {result.message}",
            location=location,
        )
        for result in report.results
    ]
