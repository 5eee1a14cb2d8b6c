"""Peers in environments of their own: installed on demand, started, asked to do jobs."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.corpora import scratch

SCRIPTS = Path(__file__).with_name("peer_scripts")


class PeerMissingError(Exception):
    """A peer cannot take part; the message says why."""


@dataclass(frozen=True, slots=True)
class Peer:
    """A tool that can do a part of the work.

    Attributes:
        name: how it is called in the tables.
        package: its package.
        version: the release that is measured.
        script: what runs in its environment.
    """

    name: str
    package: str
    version: str
    script: Path

    def python(self, *, install: bool = True) -> Path:
        """The interpreter of its environment, which is made where there is none.

        Raises:
            PeerMissingError: it cannot be installed, or is not and should not be.
        """
        folder = scratch() / "peers" / f"{self.package}-{self.version}"
        python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
        done = folder / "installed"
        if done.exists():
            return python
        if not install:
            raise PeerMissingError("not installed")
        shutil.rmtree(folder, ignore_errors=True)
        print(f"installing {self.package} {self.version} …", file=sys.stderr)
        _run([sys.executable, "-m", "venv", str(folder)])
        _run([str(python), "-m", "pip", "install", "-q", f"{self.package}=={self.version}"])
        done.touch()
        return python


def _run(command: list[str]) -> None:
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode != 0:
        raise PeerMissingError(f"not installed: {_last_line(done.stderr)}")


def _last_line(text: str) -> str:
    errors = [line for line in text.splitlines() if line.startswith("ERROR:")]
    lines = errors or text.strip().splitlines() or ["it said nothing"]
    return lines[-1].removeprefix("ERROR:").strip()


class PeerProcess:
    """A peer at work.

    Args:
        python: the interpreter of its environment.
        script: what it runs.
        folder: with what it works on, and where its results go.

    Raises:
        PeerMissingError: it does not start.
    """

    def __init__(self, python: str | Path, script: Path, folder: Path) -> None:
        self._said = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - closed below
        self._process = subprocess.Popen(
            [str(python), str(script), str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            text=True,
            encoding="utf-8",
        )
        try:
            self.jobs: list[str] = self._receive()["jobs"]
        except BaseException:
            self.close()
            raise

    def ask(self, job: str) -> dict[str, Any]:
        """Have one job done once: its wall and processor seconds, and what it gave.

        Raises:
            PeerMissingError: it came to its end.
        """
        assert self._process.stdin is not None
        with suppress(OSError):  # where it is gone, what it said is told below
            self._process.stdin.write(f"{job}\n")
            self._process.stdin.flush()
        return self._receive()

    def _receive(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            self._process.wait()
            self._said.seek(0)
            raise PeerMissingError(f"failed: {_last_line(self._said.read())}")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def close(self) -> None:
        """End it."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._said):
            if stream is not None:
                with suppress(OSError):  # what it did not read any more
                    stream.close()

    def __enter__(self) -> PeerProcess:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
