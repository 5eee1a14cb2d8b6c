"""One lock on a target: of one process at a time, gone with it, on what links lead to."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lod.errors import BusyError, OutputError
from lod.store.files import replacing_file, replacing_folder, write_file
from lod.store.locks import locked

HOLD = """
import sys, time
from pathlib import Path
from lod.store.locks import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""
#: Replaces a folder again and again; each content is whole, and of one process and one time.
REPLACE = """
import sys
from pathlib import Path
from lod.store.files import replacing_folder
from lod.store.locks import locked
target, name, times = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
for number in range(times):
    with locked(target, wait=True) as place, replacing_folder(place) as aside:
        for file in "abcd":
            (aside / file).write_text(f"{name} {number}")
"""


def start(code: str, *args: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, args)], stdout=subprocess.PIPE, cwd=Path.cwd()
    )


def hold(target: Path) -> subprocess.Popen[bytes]:
    process = start(HOLD, target)
    assert process.stdout is not None
    assert process.stdout.readline() == b"held\n"
    return process


def test_another_process_is_refused_and_a_killed_one_blocks_nobody(tmp_path: Path) -> None:
    target = tmp_path / "out"
    process = hold(target)
    with pytest.raises(BusyError, match="another build is at work"), locked(target, "build"):
        pass
    process.kill()
    process.communicate()
    assert [path.name for path in tmp_path.iterdir()] == [".out.lod-lock"], "it was killed"
    with locked(target, "build"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_who_waits_has_it_in_the_end(tmp_path: Path) -> None:
    process = hold(tmp_path / "out")
    threading.Timer(0.3, process.kill).start()
    began = time.monotonic()
    with locked(tmp_path / "out", wait=True):
        assert time.monotonic() - began > 0.2
    process.communicate()


def test_threads_and_the_same_thread_take_turns(tmp_path: Path) -> None:
    with locked(tmp_path / "out"), pytest.raises(BusyError), locked(tmp_path / "out"):
        pass
    inside: list[int] = []

    def work() -> None:
        with locked(tmp_path / "out", wait=True):
            inside.append(len(inside))
            time.sleep(0.01)

    threads = [threading.Thread(target=work) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert inside == list(range(5))


def test_forked_children_do_not_keep_it(tmp_path: Path) -> None:
    code = HOLD.replace(
        'print("held", flush=True)',
        "import os\n    if os.fork() == 0:\n        time.sleep(30)\n        os._exit(0)\n"
        '    print("held", flush=True)',
    )
    process = start(code, tmp_path / "out")
    assert process.stdout is not None
    assert process.stdout.readline() == b"held\n"
    process.kill()
    process.wait()
    with locked(tmp_path / "out"):
        pass
    process.stdout.close()


def test_links_to_one_place_are_one_target(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with locked(tmp_path / "real"), pytest.raises(BusyError), locked(tmp_path / "link"):
        pass
    with locked(tmp_path / "link") as place:
        assert place == (tmp_path / "real").resolve()


def test_a_loop_of_links_is_said(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(OutputError, match="loop"), locked(tmp_path / "a"):
        pass


@pytest.mark.skipif(sys.platform != "linux", reason="needs a place where no folder can be made")
def test_where_no_folder_can_be_made_it_is_said() -> None:
    with pytest.raises(OutputError, match="cannot be written"), locked(Path("/proc/nowhere/out")):
        pass


def test_folders_that_are_made_for_the_lock_go_with_it(tmp_path: Path) -> None:
    with pytest.raises(KeyError), locked(tmp_path / "new" / "deep" / "out"):
        raise KeyError
    assert list(tmp_path.iterdir()) == []


if hasattr(os, "geteuid") and os.geteuid() != 0:  # root may write everywhere

    def test_where_nobody_may_write_beside_the_lock_is_inside(tmp_path: Path) -> None:
        target = tmp_path / "mounted" / "out"
        target.mkdir(parents=True)
        target.parent.chmod(0o555)
        with locked(target), pytest.raises(BusyError), locked(target):
            pass
        assert list(target.iterdir()) == []


def test_replaced_through_a_link_the_link_stays(tmp_path: Path) -> None:
    real = tmp_path / "elsewhere" / "real"
    real.mkdir(parents=True)
    (real / "old").touch()
    link = tmp_path / "dist"
    link.symlink_to(real, target_is_directory=True)
    with locked(link) as place, replacing_folder(place) as aside:
        (aside / "new").touch()
    assert link.is_symlink()
    assert [path.name for path in real.iterdir()] == ["new"]
    assert [path.name for path in real.parent.iterdir()] == ["real"]
    file = tmp_path / "file"
    file.write_text("old")
    (tmp_path / "to-file").symlink_to(file)
    write_file(tmp_path / "to-file", b"new")
    assert (tmp_path / "to-file").is_symlink()
    assert file.read_bytes() == b"new"


def test_a_file_keeps_its_permissions_and_stays_whole(tmp_path: Path) -> None:
    file = tmp_path / "wikidata.lock"
    file.write_text("old")
    file.chmod(0o640)
    with pytest.raises(TypeError), replacing_file(file) as stream:
        stream.writelines([b"half", None])  # type: ignore[list-item]  # it fails half-way
    assert file.read_bytes() == b"old"
    write_file(file, b"new")
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"new", 0o640)
    assert [path.name for path in tmp_path.iterdir()] == ["wikidata.lock"]


@pytest.mark.parametrize("name", ["dist", "x" * 255, "ä" * 120])
def test_names_as_long_as_they_can_be(name: str, tmp_path: Path) -> None:
    target = tmp_path / name
    with locked(target) as place, replacing_folder(place) as aside:
        (aside / "a").touch()
    write_file(target / name, b"x")
    assert sorted(path.name for path in target.iterdir()) == ["a", name]
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_an_old_folder_that_a_killed_run_moved_away_comes_back(tmp_path: Path) -> None:
    """As on systems that cannot exchange two folders at once."""
    target = tmp_path / "dist"
    (tmp_path / ".dist.lod-old-1234").mkdir()
    (tmp_path / ".dist.lod-old-1234" / "old").touch()
    (tmp_path / ".dist.lod-new-5678").mkdir()
    with pytest.raises(KeyError), locked(target) as place, replacing_folder(place):
        raise KeyError
    assert [path.name for path in tmp_path.iterdir()] == ["dist"]
    assert (target / "old").exists()


@settings(max_examples=4, deadline=None)
@given(times=st.lists(st.integers(1, 40), min_size=2, max_size=4), kills=st.integers(0, 2))
def test_a_folder_is_always_of_one_process_and_whole(
    times: list[int], kills: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("many")
    target = folder / "out"
    running = [start(REPLACE, target, f"run {n}", count) for n, count in enumerate(times)]
    doomed = [start(REPLACE, target, f"killed {n}", 1000) for n in range(kills)]
    while any(process.poll() is None for process in running):
        if target.exists():
            try:
                descriptor = os.open(target, os.O_RDONLY)
            except FileNotFoundError:
                continue
            try:
                # All four are there as long as the folder stands at its place.
                found = {name for name in "abcd" if os.access(name, os.R_OK, dir_fd=descriptor)}
                if target.exists() and os.path.samestat(os.fstat(descriptor), target.stat()):
                    assert found == set("abcd")
            finally:
                os.close(descriptor)
            for process in doomed:
                process.send_signal(signal.SIGKILL)
    for process in doomed:
        process.kill()
        process.wait()
    assert [process.wait() for process in running] == [0] * len(running)
    assert len({(target / name).read_text() for name in "abcd"}) == 1
    with locked(target, wait=True) as place, replacing_folder(place) as aside:
        (aside / "a").touch()
    assert [path.name for path in folder.iterdir()] == ["out"]
