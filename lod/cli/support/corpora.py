"""The part of `lod build` that builds a corpus: its options, its progress, its report."""

from __future__ import annotations

import itertools
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from lod.cli.support.options import ProfileName
from lod.cli.support.reporting import json_text, report, tell_tables
from lod.cli.support.terminal import Progress, emit, say, tell
from lod.counts import counted
from lod.profiles import find_profile
from lod.tables.forms import FORMS, TABLES

if TYPE_CHECKING:
    from lod.corpus.build import CorpusResult
    from lod.diagnostics import Finding

_F = TypeVar("_F", bound=Callable[..., Any])

#: Where a corpus is built: here, or on a Spark cluster.
ENGINES = ("local", "spark")
_MOST_SHOWN = 50


class CorpusOptions(NamedTuple):
    """The options that only a corpus has; None and () are those that were not given.

    Attributes:
        jobs: how many processes build.
        compress: "gzip" or "zstd".
        also: formats and forms of tables that are written beside.
        shard_size: how many publications a shard has on average.
        where: one of `ENGINES`.
    """

    jobs: int | None
    compress: str | None
    also: tuple[str, ...]
    shard_size: int | None
    where: str | None

    def is_meant(self, path: Path, output: Path | None) -> bool:
        """Whether a corpus is to be built, and not one publication.

        Raises:
            click.UsageError: it is a publication, and an option was given that only a corpus has.
        """
        from lod.sources import is_corpus

        options = (
            (self.jobs, "--jobs"),
            (self.compress, "--compress"),
            (self.shard_size, "--shard-size"),
            (self.where, "--engine"),
        )
        given = [name for value, name in options if value]
        if is_corpus(path):
            # An empty folder is a publication that is still to be written.
            return (
                bool(given or self.also)
                or output is not None
                or path.is_file()
                or _has_publication(path)
            )
        if given and path.exists():
            raise click.UsageError(f"{given[0]} is for a corpus, and {path} is one publication.")
        return False


def _has_publication(path: Path) -> bool:
    from lod.corpus.items import find_items
    from lod.errors import InputError

    try:
        next(find_items(path))
    except InputError:
        return False
    return True


def _also(context: click.Context, parameter: click.Parameter, value: str | None) -> tuple[str, ...]:
    known = ProfileName(*FORMS)
    names = value.split(",") if value else []
    found = [known.convert(name.strip(), parameter, context) for name in names]
    return tuple(one if isinstance(one, str) else one.name for one in found)


def corpus_options(function: _F) -> _F:
    """The options that only a corpus has; the command gets `CorpusOptions(**options)`."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


_OPTIONS: tuple[Callable[[_F], _F], ...] = (
    click.option(
        "-j",
        "--jobs",
        type=click.IntRange(min=1),
        metavar="N",
        help="Of a corpus: build with N processes; by default as many as there are processors.",
    ),
    click.option(
        "--compress",
        type=click.Choice(["gzip", "zstd"]),
        help="Of a corpus: compress the shards.",
    ),
    click.option(
        "--also",
        metavar="FORMATS",
        callback=_also,
        help="Also write these formats, such as n-triples,rdf-xml; of a corpus each publication to "
        f"files of its own, and not rdf-xml. {', '.join(FORMS[:-1])} and {FORMS[-1]} are tables, "
        "of a corpus one of each kind for all publications.",
    ),
    click.option(
        "--shard-size",
        type=click.IntRange(min=1),
        metavar="N",
        help="Of a corpus: put N publications into a shard on average; 100 by default.",
    ),
    click.option(
        "--engine",
        "where",
        type=click.Choice(ENGINES),
        help="Of a corpus: build here, which is the default, or on a Spark cluster.",
    ),
)


def build(
    corpus: Path,
    output: Path | None,
    options: CorpusOptions,
    *,
    form: str,
    validator: str,
    wait: bool,
    quiet: bool,
) -> int:
    """Build a corpus and tell what was built.

    Returns:
        The exit code: 1 where publications are broken, or two have one base IRI.
    """
    from lod.corpus.items import Meter, measure

    if output is None:
        raise click.UsageError("A corpus needs -o FOLDER: where to write.")
    for name in set(options.also) - set(FORMS):
        if not find_profile(name).holds_all:
            raise click.UsageError(
                f"--also {name} is for one publication: {find_profile(name).label} cannot hold "
                "every dataset of a corpus."
            )
    with Progress("publications") as progress:
        meter = measure(corpus) if progress.is_shown else Meter()

        def update(result: CorpusResult) -> None:
            total = meter.items * meter.total / meter.done if meter.done and meter.total else None
            progress.update(result.publications, total)

        result = _run(corpus, output, options, validator, wait, update, meter)
    if form == "json":
        emit(json_text({"output": str(output), **result.as_dict()}))
    else:
        findings = _findings(corpus, output)
        report(list(itertools.islice(findings, _MOST_SHOWN)), form)
        if form == "text" and not quiet:
            _tell(result, output, next(findings, None) is not None)
    return int(not result.is_fine)


def _run(
    corpus: Path,
    output: Path,
    options: CorpusOptions,
    validator: str,
    wait: bool,
    update: Callable[[CorpusResult], None],
    meter: Any,
) -> CorpusResult:
    from lod.corpus.build import build_corpus
    from lod.corpus.shards import SHARD_SIZE

    size = options.shard_size or SHARD_SIZE
    if options.where == "spark":
        from lod.corpus.spark import build_on_spark

        return build_on_spark(
            corpus,
            output,
            jobs=options.jobs,
            compression=options.compress,
            also=options.also,
            shard_size=size,
            engine=validator,
            wait=wait,
        )
    return build_corpus(
        corpus,
        output,
        jobs=options.jobs or processors(),
        compression=options.compress,
        also=options.also,
        shard_size=size,
        engine=validator,
        wait=wait,
        progress=update,
        meter=meter,
    )


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _findings(corpus: Path, output: Path) -> Iterator[Finding]:
    """The findings of the report, in places that the current folder can open."""
    from lod.corpus.output import REPORT
    from lod.diagnostics import Finding

    root = corpus.parent if corpus.is_file() else corpus
    with (output / REPORT).open(encoding="utf-8") as lines:
        for line in lines:
            for data in json.loads(line)["findings"]:
                yield Finding.from_dict(data, root)


def _tell(result: CorpusResult, output: Path, more: bool) -> None:
    from lod.corpus.output import REPORT

    whole = result.publications - result.broken
    say(
        f"{output}: {counted(whole, 'publication')}, {counted(result.claims, 'claim')}, "
        f"{counted(result.quads, 'quad')}, {counted(result.shards, 'shard')}, "
        f"{result.bytes:,} bytes"
    )
    for form, written in result.tables.items():
        tell_tables(output / TABLES / form, written)
    say(f"{result.built:,} built, {result.publications - result.built:,} unchanged")
    if result.broken:
        tell(f"{result.broken:,} of {result.publications:,} publications are broken and left out")
    if result.duplicates:
        duplicates = counted(result.duplicates, "publication", " has", "s have")
        tell(f"{duplicates} the base IRI of another one")
    if more:
        tell(f"All findings: {output / REPORT}")
