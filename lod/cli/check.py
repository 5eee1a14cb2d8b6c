"""`lod check`: all findings of a publication."""

from __future__ import annotations

import click

from lod.cli.app import Command
from lod.cli.options import engine_option, publication_argument, quiet_option, report_option
from lod.cli.reporting import failed, report, summary
from lod.cli.terminal import tell


@click.command(
    "check",
    cls=Command,
    examples=[
        ("all findings", "lod check examples/russia-kazakhstan"),
        ("as annotations of a pull request", "lod check examples/russia-kazakhstan -f github"),
    ],
)
@publication_argument
@report_option()
@engine_option
@quiet_option
def command(folder: str, form: str, engine: str, quiet: bool) -> int:
    """Find everything that is wrong or doubtful; write nothing.

    Looks at the file, the quotes, the values against the quotes, the coverage of the text and,
    where all that has no errors, at the dataset against the shapes. DIR is the folder of a
    publication or its facts file, by default the current folder.

    Exits with 1 where there are errors or warnings.
    """
    from lod.publication import load

    publication = load(folder)
    findings = publication.check(engine=engine)
    report(findings, form, {"file": publication.file})
    if not quiet and form == "text":
        tell(f"{publication.file}: {summary(findings)}")
    return int(failed(findings))
