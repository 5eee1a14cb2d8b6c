"""The command group: its commands are imported only when they are run."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from lod.errors import FindingsError
from lod.version import __version__

PROGRAM = "lod"
#: Exit codes.
FINE, FINDINGS, FAILED = 0, 1, 2

#: Every command with its short help, by section. Written here too, so that `lod --help` and
#: completion import no command; a test holds that both say the same.
SECTIONS: dict[str, dict[str, str]] = {
    "Publish a text": {
        "init": "Write a facts.yaml to start from, for a text.",
        "check": "Find everything that is wrong or doubtful; write nothing.",
        "coverage": "Show which sentences and words carry no fact yet.",
        "update": "Put an edited text in place, and say what became of each claim.",
        "build": "Check, validate and write the dataset to dist/.",
        "export": "Write the dataset in one format, or the facts as tables.",
        "site": "Write a static site: pages and data for any file host.",
    },
    "Account for changes": {
        "diff": "Tell what differs, claim by claim.",
        "release": "Freeze a version of a publication.",
        "stale": "Find facts that somebody should look at again.",
    },
    "Use datasets": {
        "disagree": "Show where claims cannot all hold, and no verdict.",
        "query": "Ask SPARQL of a publication, of RDF files or of a store.",
        "load": "Load publications into a store on disk.",
        "push": "Push publications into a SPARQL store.",
        "serve": "Serve pages, SPARQL and graphs over HTTP, read-only.",
        "validate": "Validate RDF files against shapes, and by checks.",
    },
    "Meet Wikidata": {
        "link": "Decide which Wikidata item each entity is.",
        "compare": "Compare claims with the statements of Wikidata.",
        "contribute": "Write what a publication can give to Wikidata.",
    },
    "Look things up": {
        "vocab": "Explain the terms that facts may use.",
        "codes": "Explain the codes of findings.",
        "schema": "Print the JSON Schema of facts.yaml, for editors.",
        "completion": "Print the completion script of a shell.",
    },
}
COMMANDS: dict[str, str] = {
    name: text for section in SECTIONS.values() for name, text in section.items()
}

_EPILOG = """\
Exit codes: 0 fine, 1 findings, 2 could not run.

`lod COMMAND --help` explains a command and gives examples."""


class Settings:
    """What holds for all commands.

    Attributes:
        debug: whether failures show where in the code they happened.
    """

    def __init__(self) -> None:
        self.debug = False


class Command(click.Command):
    """A command whose help ends with examples.

    Args:
        examples: pairs of what an example does and the command line.
    """

    def __init__(self, *args: Any, examples: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.examples = tuple(examples)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; an empty one would be taken for the current folder."""
        given, _, order = self.make_parser(ctx).parse_args(list(args))
        for one in dict.fromkeys(order):
            value = given[one.name or ""]
            is_empty = "" in value if isinstance(value, list | tuple) else value == ""
            is_argument = isinstance(one, click.Argument)
            if is_empty and (is_argument or isinstance(one.type, click.Path)):
                said = "There is an empty argument" if is_argument else f"{one.opts[0]} is empty"
                raise click.UsageError(f"{said}, where a file, a folder or a name belongs.", ctx)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run it; where its report was asked for in another form, errors in the facts are too."""
        try:
            return super().invoke(ctx)
        except FindingsError as error:
            from lod.cli.support.options import ReportForm
            from lod.cli.support.reporting import REPORTERS, report
            from lod.diagnostics import Finding

            has_form = any(isinstance(one, ReportForm) for one in self.params)
            form = ctx.params["form"] if has_form else "text"
            if form == "text" or form not in REPORTERS:
                raise
            report([one for one in error.findings if isinstance(one, Finding)], form)
            return FINDINGS

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples; they are never wrapped, so that they can be copied."""
        if self.examples:
            with formatter.section("Examples"):
                indent = " " * formatter.current_indent
                for what, line in self.examples:
                    formatter.write(f"{indent}# {what}\n{indent}{line}\n")
        super().format_epilog(ctx, formatter)


class LazyGroup(click.Group):
    """A group that knows its commands by name, and imports one when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"lod.cli.commands.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments name; a mistyped one is answered with the nearest."""
        name = args[0]
        if name in COMMANDS or name.startswith("-"):
            return super().resolve_command(ctx, args)
        from difflib import get_close_matches

        near = get_close_matches(name, COMMANDS, n=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise click.UsageError(f"There is no command {name!r}.{hint}", ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands of each section, without importing any."""
        width = max(map(len, COMMANDS))
        for title, commands in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl([(name.ljust(width), text) for name, text in commands.items()])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the epilog; the usual one is set off as if it belonged to the last section."""
        formatter.write_paragraph()
        for line in _EPILOG.split("\n\n"):
            formatter.write_text(line)

    def shell_complete(
        self, ctx: click.Context, incomplete: str
    ) -> list[click.shell_completion.CompletionItem]:
        """Complete the name of a command, without importing any."""
        from click.shell_completion import CompletionItem

        names = [
            CompletionItem(name, help=text)
            for name, text in COMMANDS.items()
            if name.startswith(incomplete)
        ]
        return [*names, *click.Command.shell_complete(self, ctx, incomplete)]


def _debug(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    context.ensure_object(Settings).debug = value


@click.command(
    cls=LazyGroup,
    name=PROGRAM,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name=PROGRAM, message="%(prog)s %(version)s")
@click.option(
    "--debug",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_debug,
    help="Show where in the code a failure happened; so does LOD_DEBUG=1.",
)
@click.pass_context
def app(context: click.Context) -> None:
    """Publish the facts of a text as linked open data.

    One folder with a text and a facts.yaml goes in; checked, attributed, validated linked data
    comes out, and each statement leads back to the words that carry it.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
