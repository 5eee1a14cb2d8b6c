"""`lod completion`: the completion scripts of shells."""

from __future__ import annotations

import click
from click.shell_completion import ShellComplete, get_completion_class

from lod.cli.app import PROGRAM, Command
from lod.cli.support.terminal import emit


@click.command(
    "completion",
    cls=Command,
    examples=[
        ("bash: for this user", "echo 'eval \"$(lod completion bash)\"' >> ~/.bashrc"),
        ("zsh: for this user", "echo 'eval \"$(lod completion zsh)\"' >> ~/.zshrc"),
        ("fish: for this user", "lod completion fish > ~/.config/fish/completions/lod.fish"),
    ],
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print the completion script of a shell."""
    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"Completion for {shell} is not available.")
    # The base class's way, since that of bash runs bash first to look at its version.
    emit(ShellComplete.source(kind(click.Group(PROGRAM), {}, PROGRAM, "_LOD_COMPLETE")))
