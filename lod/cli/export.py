"""`lod export`: the dataset in one format."""

from __future__ import annotations

import click

from lod.cli.app import Command
from lod.cli.options import RdfFormat, output_option, publication_argument
from lod.cli.terminal import emit, tell
from lod.formats import TURTLE, Format, format_of_file


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
    ],
)
@publication_argument
@click.option(
    "-f",
    "--format",
    "form",
    metavar="FORMAT",
    type=RdfFormat(),
    help="turtle, json-ld, trig, n-quads, n-triples or rdf-xml; by default what the output "
    "file's name says, else turtle.",
)
@output_option("Write to this file, not to the screen.")
def command(folder: str, form: Format | None, output: str | None) -> None:
    """Write the dataset in one format.

    The shapes are not looked at; `lod build` and `lod check` do that. Turtle, N-Triples and RDF/XML
    hold the default graph, the other formats also what each speaker reports.

    Exits with 1 where the facts have errors.
    """
    from lod.publication import load

    if form is None:
        form = TURTLE if output is None or output == "-" else format_of_file(output)
    emit(load(folder).serialize(form.name), output)
    if output not in (None, "-"):
        tell(f"wrote {output}")
