"""The arguments and options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.shell_completion import CompletionItem

from lod.errors import FormatError
from lod.formats import FORMATS, Format, find_format

_F = TypeVar("_F", bound=Callable[..., Any])
_Decorator = Callable[[_F], _F]

#: Names of the validation engines; "auto" is the fast one where it is installed.
ENGINES = ("auto", "shacl", "pyshacl")


def publication_argument(function: _F) -> _F:
    """The folder of a publication, or its facts file; the current folder by default."""
    return click.argument("folder", metavar="[DIR]", default=".", type=click.Path(readable=False))(
        function
    )


def report_option(*more: str) -> Callable[[_F], _F]:
    """The option that says in which form findings are reported.

    Args:
        more: forms beside text, json and github.
    """
    return click.option(
        "-f",
        "--format",
        "form",
        type=click.Choice(["text", "json", "github", *more]),
        default="text",
        show_default=True,
        help="Form of the report; github makes annotations of a pull request.",
    )


def engine_option(function: _F) -> _F:
    """The option that chooses the validation engine."""
    return click.option(
        "--validator",
        "engine",
        type=click.Choice(ENGINES),
        default="auto",
        show_default=True,
        help="Validation engine; auto is the fast one where it is installed, else pyshacl.",
    )(function)


def quiet_option(function: _F) -> _F:
    """The option that leaves the findings alone on the screen."""
    return click.option("--quiet", is_flag=True, help="Say nothing but the findings.")(function)


def output_option(text: str) -> Callable[[_F], _F]:
    """The option that names the output file.

    Args:
        text: its help.
    """
    return click.option(
        "-o",
        "--output",
        metavar="FILE",
        type=click.Path(dir_okay=False, allow_dash=True),
        help=text,
    )


if TYPE_CHECKING:
    _ParamType = click.ParamType[Format]
else:  # older releases of click have no type argument here
    _ParamType = click.ParamType


class RdfFormat(_ParamType):
    """An RDF format by its name or extension, such as `turtle`, `JSON-LD` or `nt`."""

    name = "format"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Format:
        """The format of that name; another name is a usage error with the nearest."""
        if isinstance(value, Format):
            return value
        try:
            return find_format(str(value))
        except FormatError as error:
            self.fail(f"{error.message} {error.hint or ''}".rstrip(), param, ctx)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Complete the name of a format."""
        return [
            CompletionItem(format_.name, help=format_.label)
            for format_ in FORMATS
            if format_.name.startswith(incomplete)
        ]
