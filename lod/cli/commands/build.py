"""`lod build`: the main job, from a folder to its dataset."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lod.cli.app import Command
from lod.cli.support import corpora as build_corpus
from lod.cli.support.options import (
    ProfileName,
    engine_option,
    profile_names,
    publication_argument,
    quiet_option,
    report_option,
    wait_option,
)
from lod.cli.support.reporting import report, summary, tell_tables
from lod.cli.support.terminal import say, tell
from lod.counts import numbered

if TYPE_CHECKING:
    from lod.dist import BuildResult
    from lod.profiles import Profile


@click.command(
    "build",
    cls=Command,
    examples=[
        ("write examples/russia-kazakhstan/dist/", "lod build examples/russia-kazakhstan"),
        (
            "Turtle alone, into another folder",
            "lod build examples/russia-kazakhstan --write turtle -o public/data",
        ),
        ("tables beside it", "lod build examples/russia-kazakhstan --also csv,parquet"),
        ("a corpus of any size, in four processes", "lod build articles.jsonl.gz -o out --jobs 4"),
    ],
)
@publication_argument
@click.option(
    "-o",
    "--output",
    metavar="FOLDER",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write into this folder; dist/ in the publication's own by default.",
)
@click.option(
    "--write",
    "formats",
    metavar="FORMAT",
    type=ProfileName(),
    multiple=True,
    help=f"Write {profile_names('or')}; may be given several times. By default "
    f"{profile_names('and', by_default=True)}.",
)
@build_corpus.corpus_options
@report_option()
@engine_option
@wait_option
@quiet_option
def command(
    *,
    folder: str,
    output: Path | None,
    formats: tuple[Profile, ...],
    form: str,
    engine: str,
    wait: bool,
    quiet: bool,
    **corpus: Any,
) -> int:
    """Check, validate and write the dataset to dist/.

    DIR is the folder of a publication or its facts file, by default the current folder. The old
    output stays as it is until the new one is whole, and also where there are errors.

    Of several builds of one folder at once, one is at work: the others end with 2, or with --wait
    take their turn.

    Warnings stop nothing. Exits with 1 where there are errors, and then writes nothing.

    DIR can also be a corpus: a folder of publications, or of JSON Lines with one publication a
    line (.jsonl, .jsonl.gz, .jsonl.zst), or such a file. It is built into shards of N-Quads, with
    a manifest and a report. A publication with errors is left out, and then the exit code is 1.
    What did not change since the last build is not built again; a build that was stopped goes on.
    """
    from lod.dist import build

    options = build_corpus.CorpusOptions(**corpus)
    if options.is_meant(Path(folder), output):
        if formats:
            raise click.UsageError("For a corpus the option is --also, not --write.")
        return build_corpus.build(
            Path(folder), output, options, form=form, validator=engine, wait=wait, quiet=quiet
        )
    names = tuple(one.name for one in formats)
    result = build(folder, out=output, formats=names, also=options.also, engine=engine, wait=wait)
    report(result.findings, form, {"file": result.file, **result.as_dict()})
    if form == "text" and not quiet:
        _tell(result)
        tell(f"{result.file}: {summary(result.findings)}")
    return int(result.has_errors)


def _tell(result: BuildResult) -> None:
    """What was written and what it holds."""
    paths = [str(file.path) for file in result.files]
    width = max(map(len, paths), default=0)
    for path, file in zip(paths, result.files, strict=True):
        say(f"{path.ljust(width)}  {file.size:>11,} bytes")
    for written in result.tables.values():
        tell_tables(written.files[0].parent, written.as_dict())
    if result.counts:
        say(", ".join(numbered(count, name) for name, count in result.counts.items()))
