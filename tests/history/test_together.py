"""Several files that change together, whenever the process is killed."""

from __future__ import annotations

import os
import signal
import stat
import sys
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from lod.errors import InputError
from lod.facts.load import load_folder
from lod.history.update import Decision, NewText, Update
from lod.store.together import JOURNAL, replace_together, settle
from tests.history.publications import TEXT, write

_MOMENTS = 100
_WATCHED = ("together.py", "files.py", "locks.py", "update.py")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def killed_at(moment: int | None, folder: Path, text: bytes) -> int:
    """Update in a child process that is killed at the so many-th line; how many lines there were.

    Returns -1 where it was killed.
    """
    read, written = os.pipe()
    child = os.fork()
    if not child:
        count = 0

        def trace(frame: FrameType, event: str, _: Any) -> Any:
            nonlocal count
            if not frame.f_code.co_filename.endswith(_WATCHED):
                return None
            if event == "line":
                count += 1
                if count == moment:
                    os.kill(os.getpid(), signal.SIGKILL)
            return trace

        try:
            update = Update(folder, [NewText(text, "new.txt")])
            decisions = {one.name: Decision("accepted", "correction") for one in update.unsettled}
            result = update.make(decisions)
            sys.settrace(trace)
            update.write(result)
            sys.settrace(None)
            os.write(written, str(count).encode())
        finally:
            os._exit(0)
    os.close(written)
    with os.fdopen(read) as stream:
        said = stream.read()
    os.waitpid(child, 0)
    return int(said) if said else -1


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork")
def test_killed_at_any_moment_the_old_or_the_new_state_is_there_whole(tmp_path: Path) -> None:
    new = TEXT.replace("28 billion", "30 billion").encode()
    folder = write(tmp_path / "whole")
    old = contents(folder)
    lines = killed_at(None, folder, new)
    assert lines >= _MOMENTS
    whole = contents(folder)
    assert whole["article.txt"] == new
    assert b"30 billion" in whole["facts.yaml"]
    assert b"correction" in whole["changes.json"]
    seen = set()
    for number in range(_MOMENTS):
        moment = 1 + number * lines // _MOMENTS
        folder = write(tmp_path / str(number))
        assert killed_at(moment, folder, new) == -1, "it was not killed"
        loaded = load_folder(folder)
        assert not loaded.has_errors
        found = {name: data for name, data in contents(folder).items() if not name.startswith(".")}
        assert found in (old, whole)
        seen.add(found == whole)
        if found == old:  # it is resumed by doing it again
            assert killed_at(None, folder, new) > 0
            assert contents(folder) == whole
    assert seen == {False, True}


def test_what_was_cut_off_is_ended_by_whoever_comes_next(tmp_path: Path) -> None:
    folder = write(tmp_path)
    before = contents(folder)
    (folder / ".article.txt.lod-next").write_bytes(b"half of it")
    assert contents(folder)["article.txt"] == before["article.txt"]
    replace_together(folder, {"article.txt": b"new", "more.txt": b"more"})
    assert contents(folder) == {**before, "article.txt": b"new", "more.txt": b"more"}
    settle(folder)


def test_files_keep_their_permissions_and_links(tmp_path: Path) -> None:
    folder = write(tmp_path / "a")
    (folder / "facts.yaml").chmod(0o640)
    real = tmp_path / "real.txt"
    (folder / "article.txt").rename(real)
    (folder / "article.txt").symlink_to(real)
    replace_together(folder, {"article.txt": b"new", "facts.yaml": b"a: b\n"})
    assert real.read_bytes() == b"new"
    assert (folder / "article.txt").is_symlink()
    assert stat.S_IMODE((folder / "facts.yaml").stat().st_mode) == 0o640


def test_a_journal_that_cannot_be_ended_is_no_silent_mixture(tmp_path: Path) -> None:
    folder = write(tmp_path)
    (folder / JOURNAL).write_bytes(b"no journal")
    with pytest.raises(InputError, match="cut off"):
        load_folder(folder)
