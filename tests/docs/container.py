"""Runs lines of `docker run` without Docker: in namespaces of the kernel, as the Dockerfile says.

The image is this Python with lod, on a root of its own where nothing can be written; options that
nobody here knows are an error.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.system import program

ROOT = Path(__file__).parents[2]
DOCKERFILE = ROOT / "Dockerfile"
#: What a program on Linux needs of a system, beside this Python and lod.
_SYSTEM = ("/usr", "/bin", "/lib", "/lib64", "/etc/ssl", "/etc/nsswitch.conf")


def instructions(name: str) -> list[str]:
    """What an instruction of the last stage of the Dockerfile says, each time it stands there."""
    text = DOCKERFILE.read_text("utf-8").replace("\\\n", " ")
    stage = text[text.rindex("\nFROM ") :]
    return re.findall(rf"(?m)^{name}\s+(.+)$", stage)


def run(line: str, folder: Path, ports: Mapping[str, str] | None = None) -> list[str]:
    """The command that does what a line of `docker run` does.

    Args:
        line: the line, as a shell in `folder` reads it: `$PWD` and `$(id -u)` are known.
        folder: where it is run.
        ports: a port of the line to the one that is to be taken.
    """
    ids = (instructions("USER") * 2)[0].split(":")
    known = {"$PWD": str(folder), "$(id -u)": "4711", "$(id -g)": "4712"}
    words = iter(shlex.split(line.replace("\\\n", " ")))
    assert (next(words), next(words)) == ("docker", "run")
    mounts: list[str] = []
    empty: list[str] = []
    is_read_only = False
    for word in words:
        for name, value in known.items():
            word = word.replace(name, value)  # noqa: PLW2901 - the shell does so
        if word == "--rm":
            continue
        if word == "--read-only":
            is_read_only = True
        elif word == "--tmpfs":
            empty.append(next(words))
        elif word == "-v":
            source, target, *read_only = _filled(next(words), known).split(":")
            mounts += ["--ro-bind" if read_only == ["ro"] else "--bind", source, target]
        elif word == "-u":
            ids = _filled(next(words), known).split(":")
        elif word == "-p":
            next(words)  # the network is that of this machine
        else:
            assert word == "lod", f"unknown here: {word}"
            break
    assert is_read_only
    arguments = [(ports or {}).get(one, one) for one in words]
    sandbox = [*_sandbox(ids, empty), *mounts, "--remount-ro", "/"]
    return [*sandbox, sys.executable, "-m", *_entry(arguments)]


def _filled(word: str, known: Mapping[str, str]) -> str:
    for name, value in known.items():
        word = word.replace(name, value)
    return word


def _entry(arguments: list[str]) -> list[str]:
    (entry,) = instructions("ENTRYPOINT")
    assert entry == '["lod"]'
    return ["lod", *arguments]


def _sandbox(ids: list[str], empty: Sequence[str] = ()) -> list[str]:
    """A root of its own for a user with these ids, without a name and a home.

    Args:
        ids: of user and group.
        empty: folders in memory; this checkout may lie in one of that name, and is seen there.
    """
    parts = [program("bwrap"), "--die-with-parent", "--unshare-user", "--unshare-pid", "--clearenv"]
    parts += ["--uid", ids[0], "--gid", ids[-1], "--proc", "/proc", "--dev", "/dev"]
    here = {Path(one).resolve() for one in (sys.prefix, sys.base_prefix, str(ROOT))}
    for path in _SYSTEM:
        there = Path(path)
        if there.is_symlink():
            parts += ["--symlink", str(there.readlink()), path]
        elif there.exists():
            parts += ["--ro-bind", path, path]
    for name in empty:
        parts += ["--tmpfs", name]
    for one in sorted(here):
        parts += ["--ro-bind", str(one), str(one)]
    for setting in shlex.split(" ".join(instructions("ENV"))):
        name, _, value = setting.partition("=")
        parts += ["--setenv", name, value]
    (folder,) = instructions("WORKDIR")
    return [*parts, "--setenv", "PYTHONPATH", str(ROOT), "--dir", folder, "--chdir", folder]


def works() -> bool:
    """Whether this machine lets a sandbox be made."""
    done = subprocess.run([*_sandbox(["1", "1"]), "true"], capture_output=True, check=False)
    return done.returncode == 0
