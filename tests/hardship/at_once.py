"""Several processes on one folder at once, some of them killed at any moment."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.hardship.faults import left_over
from tests.hardship.publications import tree, write_corpus, write_publication
from tests.hardship.subjects import FORBIDDEN, WrongError
from tests.hardship.tally import Tally

_REFUSED = "at work"
#: Each kind of work: its arguments, and the output that is looked at.
WORK: dict[str, tuple[Sequence[str], str]] = {
    "build": (("build", "p"), "p/dist"),
    "build elsewhere": (("build", "p", "-o", "out"), "out"),
    "build through a link": (("build", "p", "-o", "link"), "real"),
    "site": (("site", "p", "-o", "out", "--quiet"), "out"),
    "tables": (("export", "p", "-f", "csv", "-o", "out"), "out"),
    "one file": (("export", "p", "-f", "turtle", "-o", "x.ttl"), "x.ttl"),
    "release": (("release", "p"), "p/releases"),
    "corpus": (("build", "c/corpus.jsonl", "-o", "out", "--jobs", "2", "--shard-size", "1"), "out"),
    "site of a corpus": (
        (
            "site",
            "c/corpus.jsonl",
            "-o",
            "out",
            "--jobs",
            "1",
            "--base",
            "https://data.example.org/",
        ),
        "out",
    ),
    "load": (("load", "d/dataset.nq", "--store", "out"), "out"),
}
#: Which of them can wait for one another.
_CAN_WAIT = set(WORK) - {"one file"}


def try_at_once(tally: Tally, chance: random.Random, names: Sequence[str] = tuple(WORK)) -> None:
    """Let three processes do the same work at once, whatever comes first.

    Args:
        tally: is told what came about.
        chance: decides when each begins, whether it waits, and which are killed when.
        names: the kinds of work, once each.
    """
    for name in names:
        with tempfile.TemporaryDirectory(prefix="lod-hardship-") as made:
            kind = f"at once: {name}"
            try:
                tally.note(kind, _once(name, Path(made).resolve(), chance))
            except WrongError as wrong:
                tally.fail(kind, str(wrong))


def _start(arguments: Sequence[str], folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "lod", *arguments],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def _once(name: str, root: Path, chance: random.Random) -> str:
    arguments, output = WORK[name]
    alone = _prepared(root / "alone")
    assert _start(arguments, alone).wait() == 0, name
    expected = _content(alone / output)
    folder = _prepared(root / "together")
    waits = [name in _CAN_WAIT and chance.random() < 0.3 for _ in range(3)]
    kills = [chance.random() < 0.3 for _ in range(3)]
    running = []
    for wait in waits:
        running.append(_start([*arguments, *(["--wait"] if wait else [])], folder))
        time.sleep(chance.choice((0, 0, 0.05, 0.3)))
    for process, kill in zip(running, kills, strict=True):
        if kill:
            time.sleep(chance.random())
            process.send_signal(signal.SIGKILL)
    codes = []
    for process, wait, kill in zip(running, waits, kills, strict=True):
        said = process.communicate()[1]
        codes.append(process.returncode)
        if any(words in said for words in FORBIDDEN):
            raise WrongError(said[-500:])
        if kill and process.returncode == -signal.SIGKILL:
            continue
        if process.returncode == 2 and _REFUSED in said and not wait:
            continue
        if process.returncode != 0:
            raise WrongError(f"ended with {process.returncode}: {said[-500:]}")
    if 0 not in codes and -signal.SIGKILL not in codes:
        raise WrongError(f"nobody had it: {codes}")
    if 0 in codes and _content(folder / output) != expected:
        raise WrongError(f"not what one alone makes, after {codes}")
    # Whatever the killed ones left, it blocks nobody.
    last = _start(arguments, folder)
    said = last.communicate()[1]
    if last.returncode != 0:
        raise WrongError(f"the next one ended with {last.returncode}, after {codes}: {said[-500:]}")
    if _content(folder / output) != expected:
        raise WrongError(f"the next one made something else, after {codes}")
    if left := left_over(folder, locks=False):
        raise WrongError(f"left behind, after {codes}: {left}")
    return f"{codes.count(0)} of 3"


def _prepared(folder: Path) -> Path:
    write_publication(folder / "p")
    write_corpus(folder / "c", 4)
    (folder / "real").mkdir()
    (folder / "link").symlink_to("real", target_is_directory=True)
    build = _start(("build", "p", "-o", "d"), folder)
    assert build.wait() == 0
    shutil.rmtree(folder / "p" / "dist", ignore_errors=True)
    return folder


def _content(path: Path) -> dict[str, bytes]:
    """The files of an output; of a store, that it is one."""
    if path.is_file():
        return {"": path.read_bytes()}
    found = tree(path)
    if "lod-store.json" in found:
        return {"lod-store.json": b""}
    return found
