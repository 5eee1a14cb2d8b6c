"""`lod schema`: the JSON Schema of the facts format."""

from __future__ import annotations

import click

from lod.cli.app import Command
from lod.cli.support.options import output_option
from lod.cli.support.reporting import json_text
from lod.cli.support.terminal import emit, tell


@click.command(
    "schema",
    cls=Command,
    examples=[
        ("write it beside a facts.yaml", "lod schema -o facts.schema.json"),
        ("with the terms of a publication", "lod schema FOLDER -o FOLDER/facts.schema.json"),
    ],
)
@click.argument("publication", required=False, type=click.Path())
@output_option("Write it to this file, not to the screen.")
def command(publication: str | None, output: str | None) -> None:
    """Print the JSON Schema of facts.yaml, for editors.

    Editors complete and check a facts.yaml that begins with the comment
    "# yaml-language-server: $schema=facts.schema.json". The schema knows the keys and the terms of
    the shipped vocabulary, and those of the publication that is given; what quotes, values and
    names mean is checked by `lod check` alone.
    """
    from lod.facts.json_schema import facts_schema
    from lod.rules import rule_codes

    vocabulary = None
    if publication is not None:
        from lod.publication import load

        vocabulary = load(publication).require_vocabulary()
    codes = [code.name for code in rule_codes().values() if code.overrulable]
    emit(json_text(facts_schema(vocabulary, codes)), output)
    if output not in (None, "-"):
        tell(f"wrote {output}")
