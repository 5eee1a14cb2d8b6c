"""Publications as Git has them: a folder of a revision, taken out beside the working tree."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from lod.errors import InputError, LodError
from lod.sources import is_source
from lod.store.places import temporary_folder

_FILE, _LINK = (b"100644", b"100755"), b"120000"


def split_revision(argument: str) -> tuple[str, str | None]:
    """A revision and the path in it, as Git writes them.

    >>> split_revision("HEAD~1:articles/trade"), split_revision("v1.0")
    (('HEAD~1', 'articles/trade'), ('v1.0', None))
    """
    revision, colon, path = argument.partition(":")
    return revision, path if colon else None


@contextmanager
def checked_out(argument: str, beside: Path) -> Iterator[Path]:
    """A folder or file of a revision, as it was committed, until the end of `with`.

    What is committed is taken byte for byte: filters and attributes of the working tree count not.

    Args:
        argument: a revision, or a revision, ":" and a path from the top of the repository.
        beside: a path in the working tree; without a path in `argument`, this one is meant.

    Raises:
        InputError: there is no Git, no repository, no such revision, or no such path in it.
    """
    revision, path = split_revision(argument)
    here = beside if beside.is_dir() else beside.parent
    top = Path(os.fsdecode(_git(here, "rev-parse", "--show-toplevel").rstrip(b"\n")))
    commit = _commit(here, revision)
    if path is None:
        path = Path(os.path.relpath(os.path.realpath(beside), os.path.realpath(top))).as_posix()
    path = PurePosixPath(path).as_posix()
    if ".." in PurePosixPath(path).parts or path.startswith("/"):
        raise InputError(f"{path}: outside of the repository {top}")
    with tempfile.TemporaryDirectory(prefix="lod-git-", dir=temporary_folder()) as made:
        folder = Path(made)
        # A facts file is nothing without the text beside it.
        needed = PurePosixPath(path).parent.as_posix() if is_source(path) else path
        if not _take_out(top, commit, needed, folder):
            raise InputError(
                f"{revision}: there is no {path} in it",
                hint=f"git ls-tree -r --name-only {revision} shows what there is",
            )
        try:
            yield folder / path
        except LodError as error:
            error.message = error.message.replace(f"{folder}{os.sep}", f"{revision}:")
            if error.hint and str(folder) in error.hint:
                error.hint = f"what {revision} has is compared as it was committed"
            raise


def is_revision(argument: str, beside: Path) -> bool:
    """Whether an argument names a revision of the repository in which a path is."""
    try:
        _commit(beside if beside.is_dir() else beside.parent, split_revision(argument)[0])
    except InputError:
        return False
    return True


def _commit(folder: Path, revision: str) -> str:
    """The full name of a commit."""
    if not revision or revision.startswith("-"):
        raise InputError(f"{revision!r}: no revision of Git")
    found = _git(folder, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    return found.decode("ascii").strip()


def _take_out(top: Path, commit: str, path: str, folder: Path) -> bool:
    """Write the files below a path of a commit into a folder; whether there are any."""
    where = () if path == "." else (path,)
    listed = _git(top, "ls-tree", "-r", "-z", "--full-tree", commit, "--", *where)
    entries = []
    for line in listed.split(b"\0")[:-1]:
        about, _, name = line.partition(b"\t")
        mode, _, digest = about.split(b" ")
        parts = PurePosixPath(os.fsdecode(name)).parts
        # A submodule is not in this repository; no path that Git lists leads out of it.
        if (mode in _FILE or mode == _LINK) and ".." not in parts:
            entries.append((mode, digest, folder.joinpath(*parts)))
    _write(top, entries, folder)
    return bool(entries)


def _write(top: Path, entries: list[tuple[bytes, bytes, Path]], folder: Path) -> None:
    """Write blobs, one after another, so that memory does not grow with their number."""
    with subprocess.Popen(  # noqa: S603 - no shell, and names of objects alone
        [_program(), "-C", str(top), "cat-file", "--batch"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None  # noqa: S101 - asked for above
        assert process.stdout is not None  # noqa: S101 - asked for above
        for mode, digest, target in entries:
            process.stdin.write(digest + b"\n")
            process.stdin.flush()
            header = process.stdout.readline().split(b" ")
            if len(header) != 3:
                raise InputError(f"{digest.decode()}: Git has no such object; is the clone whole?")
            data = process.stdout.read(int(header[2]))
            process.stdout.read(1)
            target.parent.mkdir(parents=True, exist_ok=True)
            if mode == _LINK:
                _link(target, os.fsdecode(data), folder)
            else:
                target.write_bytes(data)
        process.stdin.close()


def _link(target: Path, leads_to: str, folder: Path) -> None:
    """Make a symbolic link, unless it leads out of the folder."""
    end = os.path.normpath(target.parent / leads_to)
    if Path(end).is_relative_to(folder):
        target.symlink_to(leads_to)


def _program() -> str:
    found = shutil.which("git")
    if found is None:
        raise InputError("git is not installed, and a revision cannot be read without it")
    return found


def _git(folder: Path, *arguments: str) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and the arguments are checked above
            [_program(), "-C", str(folder), *arguments], capture_output=True, check=False
        )
    except OSError as error:
        raise InputError(f"{folder}: {error.strerror or error}") from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().removeprefix("fatal: ")
        raise InputError(f"{folder}: Git cannot tell: {said or 'there is no such revision'}")
    return done.stdout
