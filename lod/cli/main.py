"""The entry point of the command: kept so small that Ctrl-C is handled from the first moment."""

from __future__ import annotations

import gc
import signal
import sys
from collections.abc import Sequence
from types import FrameType
from typing import NoReturn

#: What is sent to end a process; where somebody has these ignored (nohup), they stay so.
_ENDING = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command and end the process with its exit code.

    SIGTERM and SIGHUP end it as Ctrl-C does, after it has cleaned up; a second one at once.

    Args:
        arguments: what follows `lod` on the command line; `sys.argv[1:]` where None.
    """
    ended: list[int] = []

    def end(number: int, frame: FrameType | None) -> None:
        ended.append(number)
        signal.signal(number, signal.SIG_DFL)
        raise KeyboardInterrupt

    # Nearly all that is made stays: looking for cycles of garbage seldom finds any.
    gc.set_threshold(100_000, 20, 20)
    try:
        for number in _ENDING:
            if signal.getsignal(number) is signal.SIG_DFL:
                signal.signal(number, end)
        from lod.cli.run import run

        code = run(sys.argv[1:] if arguments is None else arguments)
    except KeyboardInterrupt:
        code = 130
    gc.freeze()  # nor does the interpreter look for any when it ends
    sys.exit(128 + ended[0] if ended else code)
