"""`lod export`: the dataset in one format, or the facts as tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lod.cli.app import Command
from lod.cli.support.options import ProfileName, profile_names, publication_argument, wait_option
from lod.cli.support.reporting import tell_tables
from lod.cli.support.terminal import Progress, emit, tell
from lod.profiles import find_profile, profile_of_file
from lod.tables.forms import FORMS

if TYPE_CHECKING:
    from lod.corpus.items import Item
    from lod.diagnostics import Finding
    from lod.publication import Publication


@click.command(
    "export",
    cls=Command,
    examples=[
        ("Turtle on the screen", "lod export examples/russia-kazakhstan"),
        (
            "RDF/XML into a file",
            "lod export examples/russia-kazakhstan -f rdf-xml -o facts.rdf",
        ),
        ("the format by the file's name", "lod export examples/russia-kazakhstan -o facts.jsonld"),
        ("tables of text", "lod export examples/russia-kazakhstan -f csv -o tables"),
        ("a typed table of all claims of a corpus", "lod export articles -f parquet -o tables"),
    ],
)
@publication_argument
@click.option(
    "-f",
    "--format",
    "form",
    metavar="FORMAT",
    type=ProfileName(*FORMS),
    help=f"{profile_names('or')}; by default what the output file's name says, else turtle. "
    "Or tables: csv, tsv, xlsx or parquet.",
)
@click.option(
    "-o",
    "--output",
    metavar="PATH",
    type=click.Path(allow_dash=True),
    help="Write to this file, not to the screen; of tables the folder.",
)
@wait_option
def command(folder: str, form: Any, output: str | None, *, wait: bool) -> int:
    """Write the dataset in one format, or the facts as tables.

    The shapes are not looked at; `lod build` and `lod check` do that. Turtle, N-Triples and RDF/XML
    hold the default graph, the other formats also what each speaker reports.

    The tables are claims, anchors, entities and figures; docs/tables.md has their columns. CSV and
    TSV have the metadata of CSV on the Web beside them. tables.json says how many rows there are,
    and what a format could not hold as it is. DIR can then also be a corpus, with all publications
    in the same tables.

    Exits with 1 where facts have errors: of a corpus, those publications are left out.
    """
    from lod.publication import load

    if form in FORMS:
        if output in (None, "-"):
            raise click.UsageError("Tables need -o FOLDER: where to write.")
        return _tables(Path(folder), Path(str(output)), form, wait=wait)
    if form is None:
        to_file = output is not None and output != "-"
        form = profile_of_file(str(output)) if to_file else find_profile("turtle")
    emit(form.write(load(folder)), output)
    if output not in (None, "-"):
        tell(f"wrote {output}")
    return 0


def _tables(path: Path, folder: Path, form: str, *, wait: bool) -> int:
    """Write tables and tell what was written; the exit code."""
    from lod.publication import load
    from lod.sources import is_corpus
    from lod.tables.export import VERSIONS_LEFT_OUT, export_corpus, export_tables

    if not is_corpus(path):
        tell_tables(folder, export_tables(load(path), folder, form, wait=wait).as_dict())
        return 0
    corpus = _Corpus(path)
    written = export_corpus(corpus, folder, form, wait=wait, failed=corpus.failed)
    tell_tables(folder, {**written.as_dict(), VERSIONS_LEFT_OUT: corpus.versions})
    return int(corpus.broken > 0)


class _Corpus:
    """The publications of a corpus; tells of each that is broken, where it stands.

    Attributes:
        broken: how many are.
        versions: of how many the text has several versions.
    """

    def __init__(self, path: Path) -> None:
        self.broken = self.versions = 0
        self._path = path
        self._item: Item

    def __iter__(self) -> Iterator[Publication]:
        from lod.corpus.items import find_items
        from lod.corpus.publish import read

        with Progress("publications") as progress:
            for count, item in enumerate(find_items(self._path)):
                progress.update(count, None)
                self._item = item
                publication = read(item)
                facts = publication.facts
                self.versions += facts is not None and bool(facts.document.versions)
                yield publication

    def failed(self, _: Publication, errors: list[Finding]) -> None:
        """Tell of the publication that was given last."""
        from lod.corpus.build import placed_finding
        from lod.corpus.publish import plain_findings
        from lod.diagnostics import Finding

        self.broken += 1
        root = self._path.parent if self._path.is_file() else self._path
        first = plain_findings(errors[:1], self._item)[0]
        finding = Finding.from_dict(placed_finding(first, self._item), root)
        tell(f"left out: {finding.location}: {finding.message}")
