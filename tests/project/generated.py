"""The files that are made from code: `python -m tests.project.generated` writes them anew."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click

from lod.cli.app import PROGRAM, SECTIONS, app
from lod.codes import CODES
from lod.facts.json_schema import facts_schema

ROOT = Path(__file__).parents[2]
_NOTE = "<!-- Made by `python -m tests.project.generated`; do not edit. -->"
_WIDTH = 80


def help_text(name: str | None = None) -> str:
    """What `lod --help` or `lod NAME --help` prints, at a fixed width."""
    names = app.context_settings["help_option_names"]
    with click.Context(
        app, info_name=PROGRAM, terminal_width=_WIDTH, help_option_names=names
    ) as group:
        if name is None:
            return app.get_help(group)
        command = app.get_command(group, name)
        assert command is not None
        with click.Context(command, parent=group, info_name=name, terminal_width=_WIDTH) as context:
            return command.get_help(context)


def commands_page() -> str:
    """docs/commands.md: the help of every command."""
    parts = ["# Commands", _NOTE, f"```\n{help_text()}\n```"]
    for title, commands in SECTIONS.items():
        parts.append(f"## {title}")
        for name in commands:
            parts += [f"### lod {name}", f"```\n{help_text(name)}\n```"]
    return "\n\n".join(parts) + "\n"


def codes_page() -> str:
    """docs/codes.md: the register of finding codes."""
    rows = [
        f"| `{code.name}` | {code.severity} | {code.summary} | "
        f"{'yes' if code.overrulable else ''} |"
        for code in CODES.values()
    ]
    return "\n".join(
        [
            "# Codes of findings",
            "",
            _NOTE,
            "",
            "Codes are stable: scripts may rely on them. An error stops a build. A warning does "
            "not, but `lod check` exits with 1; a note changes nothing. What is overrulable can "
            "be accepted for one claim or entity, with the reason: `allow: {code: reason}`.",
            "",
            "| code | severity | meaning | overrulable |",
            "|---|---|---|---|",
            *rows,
            "",
        ]
    )


def schema_file() -> str:
    """The JSON Schema that the examples point their editors at."""
    return json.dumps(facts_schema(), ensure_ascii=False, indent=2) + "\n"


def generated() -> Iterator[tuple[Path, str]]:
    """Every generated file with its content."""
    yield ROOT / "docs" / "commands.md", commands_page()
    yield ROOT / "docs" / "codes.md", codes_page()
    for example in sorted((ROOT / "examples").glob("*/facts.yaml")):
        if "$schema=facts.schema.json" in example.read_text("utf-8"):
            yield example.with_name("facts.schema.json"), schema_file()


def main() -> None:
    """Write all files."""
    for path, text in generated():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
        click.echo(f"wrote {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
