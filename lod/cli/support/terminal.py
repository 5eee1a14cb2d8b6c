"""Writes to the terminal and to files: text for people, data for programs."""

from __future__ import annotations

import os
import sys
import time
from collections import deque
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Literal, TextIO

import click

from lod.bounds import MOST_SAID, bounded
from lod.errors import OutputError

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
    """Write a line for people to the standard error, where it disturbs no data.

    What is longer than anybody reads is cut.
    """
    click.echo(bounded(text, 2 * MOST_SAID), err=True, color=colours(sys.stderr))


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

    from lod.store.files import replacing_file

    path = Path(output)
    try:
        if path.exists() and not path.is_file():  # a device or a pipe cannot be replaced
            path.write_bytes(content)
        else:
            with replacing_file(path, durable=False) as stream:
                stream.write(content)
    except OSError as error:
        raise OutputError(f"{output}: cannot be written: {error.strerror or error}") from None


#: The rate is that of the last seconds: what was taken over at first says nothing of the rest.
_WINDOW = 20.0
_INTERVAL = 0.2
_MINUTE, _HOUR = 60, 3600


def read_input(name: str) -> bytes:
    """The bytes of a file, or of the standard input for "-"; one more than a text may have at most.

    Raises:
        InputError: it cannot be read.
    """
    from pathlib import Path

    from lod.sources.source import MAX_BYTES, read_bytes, reading

    if name != "-":
        return read_bytes(Path(name))
    with reading(name):
        return sys.stdin.buffer.read(MAX_BYTES + 1)


class Progress(AbstractContextManager["Progress"]):
    r"""One line that is written anew: how many, how many a second, and the time left.

    Args:
        unit: what is counted, in the plural.
        stream: where to write; nothing is written where it is no terminal.

    >>> with Progress("things", open("/dev/null", "w")) as progress:
    ...     progress.update(10, 100)
    """

    def __init__(self, unit: str, stream: TextIO | None = None) -> None:
        self._unit = unit
        self._stream = stream or sys.stderr
        self.is_shown = self._stream.isatty()
        self._past: deque[tuple[float, int]] = deque()
        self._shown = float("-inf")

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.is_shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()

    def update(self, done: int, total: float | None) -> None:
        """Say how far it is.

        Args:
            done: how many are done.
            total: how many there are, by the best estimate; None where nobody knows.
        """
        if not self.is_shown:
            return
        now = time.monotonic()
        self._past.append((now, done))
        while now - self._past[0][0] > _WINDOW:
            self._past.popleft()
        if now - self._shown >= _INTERVAL:
            self._shown = now
            self._stream.write(f"\r\x1b[K{self._line(now, done, total)}")
            self._stream.flush()

    def _line(self, now: float, done: int, total: float | None) -> str:
        then, before = self._past[0]
        parts = [f"{done:,} {self._unit}"]
        if now > then and done > before:
            rate = (done - before) / (now - then)
            parts.append(f"{rate:,.0f} a second")
            if total is not None:
                parts.append(f"{duration(max(total - done, 0) / rate)} left")
        return ", ".join(parts)


def duration(seconds: float) -> str:
    """A time span in words.

    >>> duration(8.4), duration(200), duration(9000)
    ('8 s', '3 min 20 s', '2 h 30 min')
    """
    whole = round(seconds)
    if whole < _MINUTE:
        return f"{whole} s"
    if whole < _HOUR:
        return f"{whole // _MINUTE} min {whole % _MINUTE} s"
    return f"{whole // _HOUR} h {whole % _HOUR // _MINUTE} min"
