"""The arguments and options that several commands share."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from lod.errors import FormatError

_F = TypeVar("_F", bound=Callable[..., Any])

#: Names of the validation engines; "auto" is the fast one where it is installed.
ENGINES = ("auto", "shacl", "pyshacl")


class Number(click.FloatRange):
    """A number within bounds; "nan" is none, and no bound would hold it."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """The number that some words stand for."""
        number = float(super().convert(value, param, ctx))
        if math.isnan(number):
            self.fail(f"{value!r} is no number.", param, ctx)
        return number


def publication_argument(function: _F) -> _F:
    """The folder of a publication, or its facts file; the current folder by default."""
    return click.argument("folder", metavar="[DIR]", default=".", type=click.Path(readable=False))(
        function
    )


class ReportForm(click.Option):
    """Says in which form a command reports; errors in the facts are told in it too."""


def form_option(
    text: str = "Form of the report.", *, forms: Sequence[str] = ("text", "json")
) -> Callable[[_F], _F]:
    """The option that says in which form a command answers.

    Args:
        text: its help.
        forms: the forms, the default one first.
    """
    return click.option(
        "-f",
        "--format",
        "form",
        cls=ReportForm,
        type=click.Choice(forms),
        default=forms[0],
        show_default=True,
        help=text,
    )


def report_option(*more: str) -> Callable[[_F], _F]:
    """The option that says in which form findings are reported.

    Args:
        more: forms beside text, json and github.
    """
    return form_option(
        "Form of the report; github makes annotations of a pull request.",
        forms=("text", "json", "github", *more),
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


def wait_option(function: _F) -> _F:
    """The option that takes turns with another run on the same folder."""
    return click.option(
        "--wait",
        is_flag=True,
        help="Wait until another run that writes this folder is done; without, exit with 2.",
    )(function)


#: Seconds that a command may ask a network, where nobody says otherwise.
USUAL_SECONDS = 600.0


def network_seconds_option(function: _F) -> _F:
    """The limit of a command's requests together; it arrives as `max_seconds`, None for none."""
    return click.option(
        "--max-seconds",
        metavar="SECONDS",
        type=Number(min=0),
        default=USUAL_SECONDS,
        show_default=True,
        callback=lambda _context, _option, value: value or None,
        help="How long all requests together may take; 0 for no limit. What was done is kept.",
    )(function)


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
    from click.shell_completion import CompletionItem

    from lod.profiles import Profile

    _ParamType = click.ParamType[Profile]
else:  # older releases of click have no type argument here
    _ParamType = click.ParamType


class ProfileName(_ParamType):
    """An output profile by its name or extension, such as `turtle`, `JSON-LD` or `nt`.

    Args:
        others: names of what is no profile; each stands for itself.
    """

    name = "format"

    def __init__(self, *others: str) -> None:
        self._others = others

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The profile of that name; another name is a usage error with the nearest."""
        from lod.profiles import Profile, find_profile

        if isinstance(value, Profile):
            return value
        name = str(value)
        if name.lower() in self._others:
            return name.lower()
        try:
            return find_profile(name, self._others)
        except FormatError as error:
            self.fail(f"{error.message} {error.hint or ''}".rstrip(), param, ctx)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Complete the name of a profile or of what else there is."""
        from click.shell_completion import CompletionItem

        from lod.profiles import profiles

        names = {one.name: one.label for one in profiles().values()} | dict.fromkeys(self._others)
        return [
            CompletionItem(name, help=label)
            for name, label in names.items()
            if name.startswith(incomplete)
        ]


def profile_names(word: str, *, by_default: bool = False) -> str:
    """The names of the output profiles, for a help text.

    Args:
        word: what stands before the last, such as "or".
        by_default: those alone that are written by default.
    """
    from lod.profiles import profiles

    *names, last = [one.name for one in profiles().values() if one.by_default or not by_default]
    return f"{', '.join(names)} {word} {last}"
