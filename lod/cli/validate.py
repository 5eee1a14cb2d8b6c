"""`lod validate`: RDF files against shapes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from lod.cli.app import Command
from lod.cli.options import engine_option, quiet_option, report_option
from lod.cli.reporting import json_text
from lod.cli.reporting import report as print_findings
from lod.cli.terminal import emit

if TYPE_CHECKING:
    from lod.diagnostics import Finding
    from lod.validation.report import ValidationReport


@click.command(
    "validate",
    cls=Command,
    examples=[
        ("against the shapes that ship with lod", "lod validate dist/dataset.ttl"),
        ("against your own", "lod validate data.nq more.ttl --shapes rules.ttl"),
    ],
)
@click.argument("files", nargs=-1, required=True, type=click.Path())
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
    *, files: tuple[str, ...], shapes: tuple[str, ...], form: str, engine: str, quiet: bool
) -> int:
    """Validate RDF files against SHACL shapes.

    The files may be of any RDF format; their graphs are put together. Turtle as the form of the
    report is a sh:ValidationReport.

    Exits with 1 where the data does not conform.
    """
    from lod.validation.validate import validate_files

    report = validate_files(files, shapes or None, engine=engine)
    if form == "json":
        emit(json_text(report.as_dict()))
    elif form == "turtle":
        emit(report.as_turtle())
    elif form == "github":
        print_findings(_findings(report, files), form)
    elif not (quiet and report.conforms):
        emit(report.as_text())
    return int(not report.conforms)


def _findings(report: ValidationReport, files: Sequence[str]) -> list[Finding]:
    """The results as findings; of one file they are at its beginning, of several nowhere."""
    from lod.diagnostics import Finding, Location, Severity
    from lod.validation.result import VIOLATION, plain

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
