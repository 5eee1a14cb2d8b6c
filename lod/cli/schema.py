"""`lod schema`: the JSON Schema of the facts format."""

from __future__ import annotations

import click

from lod.cli.app import Command
from lod.cli.options import output_option
from lod.cli.reporting import json_text
from lod.cli.terminal import emit, tell


@click.command(
    "schema",
    cls=Command,
    examples=[
        ("write it beside a facts.yaml", "lod schema -o facts.schema.json"),
    ],
)
@output_option("Write it to this file, not to the screen.")
def command(output: str | None) -> None:
    """Print the JSON Schema of facts.yaml, for editors.

    Editors complete and check a facts.yaml that begins with the comment
    "# yaml-language-server: $schema=facts.schema.json". The schema knows the keys and the terms of
    the shipped vocabulary; what quotes, values and names mean is checked by `lod check` alone.
    """
    from lod.facts.json_schema import facts_schema

    emit(json_text(facts_schema()), output)
    if output not in (None, "-"):
        tell(f"wrote {output}")
