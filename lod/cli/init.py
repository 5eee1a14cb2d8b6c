"""`lod init`: a facts file to start from."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from lod.cli.app import Command
from lod.cli.terminal import say
from lod.errors import InputError, OutputError

_FACTS = "facts.yaml"
_TEXT = "article.txt"


@click.command(
    "init",
    cls=Command,
    examples=[
        ("write facts.yaml beside a text", "lod init speech.txt"),
        ("make a folder with a copy of the text", "lod init speech.txt -o speech"),
    ],
)
@click.argument("text", type=click.Path(dir_okay=False, allow_dash=True))
@click.option(
    "-o",
    "--output",
    metavar="FOLDER",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write into this folder, with a copy of the text; by default beside the text.",
)
def command(text: str, output: Path | None) -> None:
    """Write a facts.yaml to start from, for a text.

    TEXT is a plain text file in UTF-8, or - for the standard input. What is known is filled in
    (the title from the first line, the language by its words), what is to be decided is left empty
    for `lod check` to ask for, and the sentences stand as comments where the claims belong.

    Nothing is ever overwritten.
    """
    from lod.cli.starter import starter
    from lod.facts.source import MAX_BYTES, SourceProblem, decode

    if text == "-" and output is None:
        raise click.UsageError("A text from the standard input needs a folder: -o FOLDER.")
    data = _read(text, MAX_BYTES)
    try:
        content, _ = decode(data, text)
    except SourceProblem as problem:
        raise InputError(f"{problem.location}: {problem.message}", hint=problem.hint) from None
    name = _TEXT if text == "-" else Path(text).name
    folder = Path(text).parent if output is None else output
    facts = folder / _FACTS
    if facts.exists():
        raise OutputError(f"{facts} is there already and is not overwritten")
    written = [facts]
    if text == "-" or (folder / name).resolve() != Path(text).resolve():
        written.insert(0, folder / name)
        _write(folder / name, data)
    _write(facts, starter(content, name).encode())
    for path in written:
        say(f"wrote {path}")
    say(f"next: fill in {facts}; lod check {folder} says what is missing")


def _read(text: str, limit: int) -> bytes:
    try:
        if text == "-":
            return sys.stdin.buffer.read(limit + 1)
        with Path(text).open("rb") as stream:
            return stream.read(limit + 1)
    except OSError as error:
        raise InputError(f"{text}: {error.strerror or error}") from None


def _write(path: Path, data: bytes) -> None:
    """Write a new file.

    Raises:
        OutputError: there is one of that name with another content, or it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as stream:
            stream.write(data)
    except FileExistsError:
        if path.read_bytes() != data:
            message = f"{path} is there already with another content and is not overwritten"
            raise OutputError(message) from None
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror or error}") from None
