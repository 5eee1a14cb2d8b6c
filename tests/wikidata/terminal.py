"""`lod` on a terminal of its own, for commands that ask."""

from __future__ import annotations

import contextlib
import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

#: Seconds without a word after which it is taken to wait for an answer.
_SILENCE = 120


class Session:
    """A run of `lod` on a pseudo-terminal.

    Args:
        arguments: what follows `lod`.
        folder: where it runs; the current one where None.

    Attributes:
        shown: what the terminal has shown, what was typed included.
    """

    def __init__(self, arguments: list[str], folder: Path | None = None) -> None:
        self.terminal, other = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "lod", *arguments],
            stdin=other,
            stdout=other,
            stderr=other,
            start_new_session=True,
            cwd=folder,
            env={**os.environ, "NO_COLOR": "1"},
        )
        os.close(other)
        self.shown = ""
        self._read_to = 0

    def expect(self, words: str) -> None:
        """Wait for words that were not waited for yet."""
        while words not in self.shown[self._read_to :]:
            assert self._more(), f"no {words!r} in:\n{self.shown}"
        self._read_to = self.shown.index(words, self._read_to) + len(words)

    def insist(self, action: Callable[[], object], words: str) -> None:
        """Do something until words appear: a signal just before a read begins may not end it."""
        while words not in self.shown[self._read_to :]:
            action()
            until = time.monotonic() + 2
            while time.monotonic() < until and words not in self.shown[self._read_to :]:
                if not self._more(wait=0.2) and self.process.poll() is not None:
                    break
            assert self.process.poll() is None or words in self.shown, self.shown
        self.expect(words)

    def answer(self, words: str) -> None:
        """Type a line."""
        os.write(self.terminal, words.encode() + b"\n")

    def end(self) -> int:
        """Say that nothing more will be typed, and wait for the end; the exit code."""
        with contextlib.suppress(OSError):
            os.write(self.terminal, b"\x04")
        while self._more():
            pass
        return self.process.wait()

    def _more(self, wait: float | None = None) -> bool:
        """Read what comes; whether anything came. Without `wait`, until it does or all ends."""
        silent_since = time.monotonic()
        while not select.select([self.terminal], [], [], wait or 0.05)[0]:
            if wait is not None or self.process.poll() is not None:
                return False
            # No bound on how long it may take, but a question that nobody expects ends the test.
            assert time.monotonic() - silent_since < _SILENCE, f"it waits:\n{self.shown}"
        try:
            found = os.read(self.terminal, 65536)
        except OSError:
            return False
        self.shown += found.decode("utf-8", "replace")
        return bool(found)

    def close(self) -> None:
        """End it, whatever it does."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self.terminal)
