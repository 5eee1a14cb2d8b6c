"""Builds that are killed at an exact moment."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

#: `lod`, which kills itself just before it does something for the n-th time.
_PROGRAM = """
import os, signal, sys
from importlib import import_module
import lod.cli.main

if __name__ == "__main__":
    where, name, left = sys.argv[1], sys.argv[2], int(sys.argv[3])
    owner = import_module(where.partition(":")[0])
    if ":" in where:
        owner = getattr(owner, where.partition(":")[2])
    done = getattr(owner, name)

    def killed(*arguments, **named):
        global left
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        return done(*arguments, **named)

    setattr(owner, name, killed)
    lod.cli.main.main(sys.argv[4:])
"""


def build_killed(
    source: Path, out: Path, where: tuple[str, str], times: int, *options: str
) -> None:
    """Run `lod site`, which is killed before it calls something for the n-th time.

    Args:
        source: the publication or corpus.
        out: the folder of the site.
        where: `module` or `module:Class`, and the name of the function in it.
        times: n.
        options: further ones of the command.
    """
    run = subprocess.run(
        [sys.executable, "-c", _PROGRAM, *where, str(times), "site", source, "-o", out, *options],
        capture_output=True,
        check=False,
    )
    assert run.returncode == -signal.SIGKILL, run.stderr
