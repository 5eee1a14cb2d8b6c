"""The entry point of the command: kept so small that Ctrl-C is handled from the first moment."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import NoReturn


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command and end the process with its exit code.

    Args:
        arguments: what follows `lod` on the command line; `sys.argv[1:]` where None.
    """
    try:
        from lod.cli.run import run

        code = run(sys.argv[1:] if arguments is None else arguments)
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)
