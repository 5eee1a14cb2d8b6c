"""Writes to the terminal and to files: text for people, data for programs."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Literal, TextIO

import click

from lod.errors import OutputError

if TYPE_CHECKING:
    from pathlib import Path

#: What a stretch of text is, which decides its colour.
Kind = Literal["error", "warning", "info", "good", "strong", "dim"]

_COLOURS: dict[str, dict[str, str | bool]] = {
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "info": {"fg": "cyan"},
    "good": {"fg": "green"},
    "strong": {"bold": True},
    "dim": {"dim": True},
}
# Control characters, also those of the 8-bit kind, and the marks that turn the writing direction.
_CONTROLS = {
    code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160)) if chr(code) not in "\n\t"
} | {code: f"\\u{code:04x}" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}


def colours(stream: TextIO) -> bool:
    """Whether to colour what goes to a stream: a terminal, and nobody objects (NO_COLOR)."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return stream.isatty()


def paint(text: str, kind: Kind, stream: TextIO) -> str:
    """The text in the colour of its kind, or as it is where the stream has no colours."""
    if not colours(stream):
        return text
    colour = _COLOURS[kind]
    return click.style(
        text, fg=colour.get("fg"), bold=bool(colour.get("bold")), dim=bool(colour.get("dim"))
    )


def paint_out(text: str, kind: Kind) -> str:
    """`paint` for the standard output."""
    return paint(text, kind, sys.stdout)


def visible(text: str) -> str:
    r"""The text with control characters written out, so that no input can steer a terminal.

    >>> visible("a\x1b[2Jb")
    'a\\x1b[2Jb'
    """
    return text.translate(_CONTROLS)


def say(text: str) -> None:
    """Write a line for people to the standard output."""
    click.echo(text, color=colours(sys.stdout))


def tell(text: str) -> None:
    """Write a line for people to the standard error, where it disturbs no data."""
    click.echo(text, err=True, color=colours(sys.stderr))


def emit(data: str | bytes, output: str | None = None) -> None:
    """Write data: to a file, which is replaced as one step, or to the standard output.

    Args:
        data: text is written as UTF-8, whatever the locale says.
        output: the file; None or "-" is the standard output.

    Raises:
        OutputError: the file cannot be written; what stood there still stands.
    """
    content = data.encode("utf-8") if isinstance(data, str) else data
    if output is None or output == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    from pathlib import Path

    path = Path(output)
    try:
        if path.exists() and not path.is_file():  # a device or a pipe cannot be replaced
            path.write_bytes(content)
        else:
            _replace(path.resolve(), content)
    except OSError as error:
        raise OutputError(f"{output}: cannot be written: {error.strerror or error}") from None


def _replace(path: Path, content: bytes) -> None:
    import tempfile
    from pathlib import Path

    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    aside = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        mask = os.umask(0)
        os.umask(mask)
        aside.chmod(path.stat().st_mode if path.exists() else 0o666 & ~mask)
        aside.replace(path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
