"""`lod build`: the main job, from a folder to its dataset."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lod.cli import build_corpus
from lod.cli.app import Command
from lod.cli.options import (
    RdfFormat,
    engine_option,
    publication_argument,
    quiet_option,
    report_option,
)
from lod.cli.reporting import report, summary
from lod.cli.terminal import say, tell
from lod.errors import OutputError

if TYPE_CHECKING:
    from lod.dist import BuildResult
    from lod.formats import Format

#: What a build writes.
_OURS = re.compile(r"dataset\.\w+|report\.json")


@click.command(
    "build",
    cls=Command,
    examples=[
        ("write examples/russia-kazakhstan/dist/", "lod build examples/russia-kazakhstan"),
        (
            "Turtle alone, into another folder",
            "lod build examples/russia-kazakhstan --write turtle -o public/data",
        ),
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
    type=RdfFormat(),
    multiple=True,
    help="Write this RDF format; may be given several times. By default turtle, json-ld, trig and "
    "n-quads.",
)
@build_corpus.corpus_options
@report_option()
@engine_option
@quiet_option
def command(
    *,
    folder: str,
    output: Path | None,
    formats: tuple[Format, ...],
    form: str,
    engine: str,
    quiet: bool,
    **corpus: Any,
) -> int:
    """Check, validate and write the dataset to dist/.

    DIR is the folder of a publication or its facts file, by default the current folder. The old
    output stays as it is until the new one is whole, and also where there are errors.

    Warnings stop nothing. Exits with 1 where there are errors, and then writes nothing.

    DIR can also be a corpus: a folder of publications, or of JSON Lines with one publication a
    line (.jsonl, .jsonl.gz, .jsonl.zst), or such a file. It is built into shards of N-Quads, with
    a manifest and a report. A publication with errors is left out, and then the exit code is 1.
    What did not change since the last build is not built again; a build that was stopped goes on.
    """
    from lod.dist import DEFAULT_FORMATS, build
    from lod.publication import load

    options = build_corpus.CorpusOptions(**corpus)
    if options.is_meant(Path(folder), output):
        if formats:
            raise click.UsageError("For a corpus the option is --also, not --write.")
        return build_corpus.build(
            Path(folder), output, options, form=form, validator=engine, quiet=quiet
        )
    publication = load(folder)
    _check_output(publication.folder / "dist" if output is None else output)
    names = tuple(one.name for one in formats) or DEFAULT_FORMATS
    result = build(publication, out=output, formats=names, engine=engine)
    report(result.findings, form, {"file": publication.file, **result.as_dict()})
    if form == "text" and not quiet:
        _tell(result)
        tell(f"{publication.file}: {summary(result.findings)}")
    return int(result.has_errors)


def _check_output(folder: Path) -> None:
    """Refuse to replace a folder that holds more than the output of an earlier build.

    Raises:
        OutputError: it does, or it cannot be read.
    """
    try:
        names = [path.name for path in folder.iterdir()] if folder.exists() else []
    except OSError as error:
        raise OutputError(f"{folder}: {error.strerror or error}") from None
    if foreign := sorted(name for name in names if not _OURS.fullmatch(name)):
        raise OutputError(
            f"{folder} would be replaced, but it holds what no build wrote: {foreign[0]}",
            hint="move that away, or name another folder with -o",
        )


def _tell(result: BuildResult) -> None:
    """What was written and what it holds."""
    paths = [str(file.path) for file in result.files]
    width = max(map(len, paths), default=0)
    for path, file in zip(paths, result.files, strict=True):
        say(f"{path.ljust(width)}  {file.size:>11,} bytes")
    if result.counts:
        say(", ".join(f"{count:,} {name}" for name, count in result.counts.items()))
