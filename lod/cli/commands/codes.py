"""`lod codes`: the register of finding codes."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

import click
from click.shell_completion import CompletionItem

from lod.cli.app import Command
from lod.cli.support.options import form_option
from lod.cli.support.reporting import json_text
from lod.cli.support.terminal import emit, paint_out, say
from lod.codes import CODES, Code


def _complete(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    return [
        CompletionItem(code.name, help=code.summary)
        for code in CODES.values()
        if code.name.startswith(incomplete)
    ]


@click.command(
    "codes",
    cls=Command,
    examples=[
        ("every code", "lod codes"),
        ("one of them", "lod codes quote-not-found"),
    ],
)
@click.argument("code", required=False, shell_complete=_complete)
@form_option("Form of the list.")
def command(code: str | None, form: str) -> None:
    """Explain the codes of findings.

    Codes are stable: scripts may rely on them, and "allow: {code: reason}" on a claim, an entity
    or the document overrules those that are marked as overrulable; where one is about a value, the
    reason is bound to it: "allow: {code: {value: …, reason: …}}". The codes of rules that other
    packages add are listed too.
    """
    from lod.rules import rule_codes

    known = {**CODES, **rule_codes()}
    wanted = list(known.values()) if code is None else [_find(known, code)]
    if form == "json":
        emit(json_text([one._asdict() for one in wanted]))
        return
    width = max(len(one.name) for one in wanted)
    for one in wanted:
        kind = paint_out(one.severity.ljust(8), one.severity)
        overrulable = " (overrulable)" if one.overrulable else ""
        say(f"{one.name.ljust(width)}  {kind} {one.summary}{overrulable}")


def _find(known: Mapping[str, Code], name: str) -> Code:
    if name in known:
        return known[name]
    near = get_close_matches(name, known, n=1)
    hint = f"Did you mean {near[0]!r}?" if near else "`lod codes` lists them."
    raise click.UsageError(f"There is no code {name!r}. {hint}")
