"""What servers leave behind: nothing, whatever ends them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from lod.server.scratch import scratch_folder
from tests.server.serving import ROOT

HOLDER = (
    "import sys, time\n"
    "from lod.server.scratch import scratch_folder\n"
    "with scratch_folder() as folder:\n"
    "    (folder / 'site').mkdir(); (folder / 'site' / 'x').write_text('x')\n"
    "    print(folder, flush=True); time.sleep(600)\n"
)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's folder for temporary files, for the servers of this test."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def holder(place: Path) -> tuple[subprocess.Popen[str], Path]:
    """A process that holds a folder, and the folder."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(place), "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    folder = Path(process.stdout.readline().strip())
    assert folder.parent == place
    return process, folder


def test_folder_is_removed_at_the_end(place: Path) -> None:
    with scratch_folder() as folder:
        (folder / "site").mkdir()
        assert folder.stat().st_mode & 0o077 == 0
    assert list(place.iterdir()) == []


def test_folder_of_a_killed_server_is_removed_and_that_of_a_living_one_is_not(place: Path) -> None:
    (dead, left), (alive, held) = holder(place), holder(place)
    try:
        dead.kill()
        dead.wait()
        assert left.is_dir()
        with scratch_folder() as own:
            assert not left.exists()
            assert (held / "site" / "x").is_file()
            assert own.is_dir()
    finally:
        for process in (dead, alive):
            process.kill()
            process.wait()
            assert process.stdout is not None
            process.stdout.close()


def test_only_own_folders_are_removed(place: Path) -> None:
    outside = place / "outside"
    outside.mkdir()
    (outside / "kept").write_text("x", "utf-8")
    (place / "lod-server-link").symlink_to(outside, target_is_directory=True)
    (place / "lod-server-file").write_text("x", "utf-8")
    (place / "other").mkdir()
    with scratch_folder():
        pass
    assert (outside / "kept").is_file()
    assert {one.name for one in place.iterdir()} == {
        *("outside", "other", "lod-server-link", "lod-server-file")
    }


def test_folder_of_another_user_is_left(place: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give a folder away")
    folder = place / "lod-server-other"
    folder.mkdir()
    os.chown(folder, 12345, 12345)
    with scratch_folder():
        assert folder.is_dir()


def test_servers_that_start_at_once_leave_each_other_alone(place: Path) -> None:
    def hold(number: int) -> bool:
        with scratch_folder() as folder:
            (folder / str(number)).write_text("x", "utf-8")
            return (folder / str(number)).is_file()

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(hold, range(200)))
    assert list(place.iterdir()) == []


def test_killed_server_leaves_a_folder_that_the_next_one_removes(
    site_folder: Path, tmp_path: Path
) -> None:
    place = tmp_path / "tmp"
    place.mkdir()
    command = [sys.executable, "-m", "lod", "serve", str(site_folder), "--port", "0", "--quiet"]
    environment = {**os.environ, "TMPDIR": str(place)}
    for end in (signal.SIGKILL, signal.SIGTERM):
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment
        )
        assert process.stdout is not None
        with process.stdout:
            assert process.stdout.readline()
            assert len(list(place.glob("lod-server-*"))) == 1
            process.send_signal(end)
            process.wait()
    assert list(place.glob("lod-server-*")) == []
