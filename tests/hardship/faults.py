"""Work that is killed, told to end, or finds the disk full before one of its steps.

The work runs in a child of this process, so that nothing is imported anew. A step is whatever
changes the disk from Python: a file that is opened for writing, a rename, an exchange of two
folders, a deletion, a folder made or removed, an fsync. What libraries write by themselves (SQLite,
the store) has no steps here.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.hardship.publications import copy_tree, tree, write_corpus, write_publication
from tests.hardship.subjects import FORBIDDEN, WrongError, call
from tests.hardship.tally import Tally

_EVENTS = {
    *("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate"),
}
#: Those which a full disk cannot stop.
_ALWAYS_POSSIBLE = {"os.remove", "os.rmdir", "exchange"}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
#: So many bytes a file may have before a disk counts as full while it is written.
_SIZES = (0, 1, 100, 1_000, 4_096, 20_000)
_INTERRUPTED = 130


class Fault(StrEnum):
    """What happens before a step."""

    KILL = "kill"
    TERM = "end"
    FULL = "full disk"


@dataclass(frozen=True, slots=True)
class Scenario:
    """Some work on a folder.

    Attributes:
        name: what is done.
        prepare: makes the folder before the work.
        work: does the work; gives the exit code.
        seen: what somebody who reads the result finds there; () where that may be of both.
        is_fixed: whether the folder of the output counts as mounted.
    """

    name: str
    prepare: Callable[[Path], None]
    work: Callable[[Path], int]
    seen: Callable[[Path], object]
    is_fixed: bool = False


@dataclass(frozen=True, slots=True)
class Ended:
    """How a child ended.

    Attributes:
        code: its exit code, below zero that of the signal.
        steps: how many steps it counted; 0 where it was killed.
        said: what it wrote, or what went wrong in it.
    """

    code: int
    steps: int
    said: str


def _child(
    scenario: Scenario, folder: Path, fault: Fault | None, at: int, most_bytes: int | None = None
) -> Ended:
    """Do the work in a child, with a fault before its so many-th step."""
    read, written = os.pipe()
    child = os.fork()
    if not child:
        os.close(read)
        answer: dict[str, Any] = {"code": 99, "steps": 0, "said": ""}
        try:
            answer = _work(scenario, folder, fault, at, most_bytes)
        except BaseException as error:  # a child of a test may not go on as the test
            answer["said"] = f"{type(error).__name__}: {error}"
        finally:
            os.write(written, json.dumps(answer).encode())
            os._exit(0)
    os.close(written)
    with os.fdopen(read, "rb") as stream:
        data = stream.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) or not data:
        return Ended(-os.WTERMSIG(status), 0, "")
    return Ended(**json.loads(data))


class _Steps:
    """Counts the steps of this process, and lets the fault happen before one of them.

    Args:
        fault: what happens, or None.
        at: before which step.
        root: below which a file that is opened counts.
    """

    def __init__(self, fault: Fault | None, at: int, root: Path) -> None:
        self.count = 0
        self.is_armed = False
        self._fault, self._at, self._root = fault, at, str(root)
        self._fsync = os.fsync
        os.fsync = self._synced  # type: ignore[assignment]  # with any argument
        sys.addaudithook(self._hook)

    def _step(self, event: str) -> None:
        if not self.is_armed:
            return
        self.count += 1
        if self._fault is Fault.FULL and self.count >= self._at:
            # From here on there is no room, whatever is tried.
            if event not in _ALWAYS_POSSIBLE:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        elif self._fault is not None and self.count == self._at:
            is_killed = self._fault is Fault.KILL
            os.kill(os.getpid(), signal.SIGKILL if is_killed else signal.SIGTERM)

    def _hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, _, flags = arguments
            is_written = isinstance(path, str | bytes) and flags & _WRITING
            if is_written and os.fsdecode(path).startswith(self._root):
                self._step(event)
        elif event in _EVENTS:
            self._step(event)
        elif event == "ctypes.dlsym" and arguments[1] in ("renameat2", "renamex_np"):
            self._step("exchange")

    def _synced(self, descriptor: Any) -> None:
        self._step("fsync")
        self._fsync(descriptor)


def _count_as_mounted() -> None:
    """Let every folder with the name `fixed` count as mounted, in this process."""
    from lod.store import files, locks, mounted

    real = mounted.is_fixed
    for module in (files, locks, mounted):
        vars(module)["is_fixed"] = lambda place: (
            (place.name == "fixed" and place.is_dir()) or real(place)
        )


def _end(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _work(
    scenario: Scenario, folder: Path, fault: Fault | None, at: int, most_bytes: int | None
) -> dict[str, Any]:
    import resource

    steps = _Steps(fault, at, folder)
    signal.signal(signal.SIGTERM, _end)
    if scenario.is_fixed:
        _count_as_mounted()
    if most_bytes is not None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, resource.RLIM_INFINITY))
    steps.is_armed = True
    try:
        code, said = scenario.work(folder), ""
    except KeyboardInterrupt:
        code, said = _INTERRUPTED, ""
    except WrongError as wrong:
        code, said = 98, str(wrong)
    steps.is_armed = False
    if most_bytes is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    return {"code": code, "steps": steps.count, "said": said[:1000]}


def _seen(scenario: Scenario, folder: Path) -> str:
    """A digest of what a reader finds, looked at in a child: a reader may put things in order."""
    read, written = os.pipe()
    child = os.fork()
    if not child:
        os.close(read)
        try:
            said = repr(scenario.seen(folder))
        except BaseException as error:
            said = f"cannot be read: {type(error).__name__}: {error}"
        finally:
            os.write(written, said.encode("utf-8", "replace")[:60_000])
            os._exit(0)
    os.close(written)
    with os.fdopen(read, "rb") as stream:
        data = stream.read()
    os.waitpid(child, 0)
    text = data.decode("utf-8", "replace")
    return text if text.startswith("cannot be read") else hashlib.sha256(data).hexdigest()


def left_over(folder: Path, *, locks: bool) -> list[str]:
    """Names of what only work in progress has.

    Args:
        folder: where to look.
        locks: whether files of locks count too: they are empty, and block nobody once their
            process is gone.
    """
    endings = (".part", "lod-next", "-journal", *(["-lock"] if locks else []))
    return [
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.name.endswith(endings)
        or (
            not path.name.endswith("-lock")
            and any(
                word in path.name for word in ("lod-new", "lod-old", "lod-work-", ".lod-changing")
            )
        )
    ]


@cache
def _warm() -> None:
    """Import and remember what the work needs, so that no child has to.

    Nothing of it may leave a thread behind, which no fork survives: no store is opened.
    """
    with tempfile.TemporaryDirectory(prefix="lod-hardship-") as made:
        folder = Path(made)
        _small(folder)
        for arguments in (_DIST, [*_SITE[:3], "{}/s", "--quiet"], [*_TABLES[:5], "{}/t"]):
            _command(*arguments)(folder)
        for name in (
            "lod.site.corpus",
            "lod.corpus.build",
            "lod.corpus.store",
            "lod.cli.commands.load",
        ):
            import_module(name)
    assert threading.active_count() == 1


def try_faults(
    scenario: Scenario, tally: Tally, chance: random.Random, most: int | None = None
) -> None:
    """Do the work with a fault before each of its steps, or before some of them.

    Args:
        scenario: the work.
        tally: is told what came about.
        chance: chooses the steps.
        most: how many faults at most; None for one of each kind before every step.
    """
    _warm()
    with tempfile.TemporaryDirectory(prefix="lod-hardship-") as made:
        _Trial(scenario, tally, Path(made).resolve()).go(chance, most)


class _Trial:
    def __init__(self, scenario: Scenario, tally: Tally, root: Path) -> None:
        self._scenario = scenario
        self._tally = tally
        self._base = root / "base"
        self._folder = root / "work"
        # In a child: what a library runs in threads of its own does not survive a fork.
        prepared = _child(replace(scenario, work=_prepared(scenario.prepare)), self._base, None, 0)
        assert prepared.code == 0, f"{scenario.name}: {prepared}"
        self._old = _seen(scenario, self._base)
        self._copy()
        whole = _child(scenario, self._folder, None, 0)
        assert whole.code == 0, f"{scenario.name}: {whole}"
        self._steps = whole.steps
        self._new = _seen(scenario, self._folder)
        self._tree = self._files()

    def go(self, chance: random.Random, most: int | None) -> None:
        trials: list[tuple[Fault, int, int | None]] = [
            (fault, at, None) for fault in Fault for at in range(1, self._steps + 1)
        ]
        trials += [(Fault.FULL, sys.maxsize, size) for size in _SIZES]
        if most is not None and most < len(trials):
            trials = chance.sample(trials, most)
        for fault, at, size in trials:
            kind = f"{fault}: {self._scenario.name}"
            try:
                self._tally.note(kind, self._one(fault, at, size))
            except WrongError as wrong:
                where = (
                    f"files of {size} bytes" if size is not None else f"step {at} of {self._steps}"
                )
                self._tally.fail(kind, f"{where}: {wrong}")

    def _copy(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
        copy_tree(self._base, self._folder)

    def _files(self) -> dict[str, bytes]:
        """What the next run has to make again; a store lays out the same quads as it likes."""
        return {
            name: data
            for name, data in tree(self._folder).items()
            if not name.startswith("s/g") and not name.endswith("-lock")
        }

    def _one(self, fault: Fault, at: int, size: int | None) -> str:
        self._copy()
        ended = _child(self._scenario, self._folder, fault, at, size)
        for words in FORBIDDEN:
            if words in ended.said:
                raise WrongError(ended.said)
        expected = {
            Fault.KILL: (-signal.SIGKILL,),
            Fault.TERM: (_INTERRUPTED, 0),
            Fault.FULL: (2, 0),
        }[fault]
        if ended.code not in expected:
            raise WrongError(f"ended with {ended.code}: {ended.said}")
        left = left_over(self._folder, locks=fault is Fault.FULL)
        # Once one of these is there the new ones count, and whoever comes next ends the work.
        is_decided = any("lod-changing.json" in one or "lod-work-next" in one for one in left)
        if left and fault is not Fault.KILL and not is_decided:
            raise WrongError(f"left behind: {left}")
        seen = _seen(self._scenario, self._folder)
        if seen not in (self._old, self._new):
            raise WrongError(f"what is there is neither old nor new: {seen}")
        if ended.code == 0 and seen != self._new:
            raise WrongError("it ended with 0, and nothing is done")
        again = _child(self._scenario, self._folder, None, 0)
        if again.code != 0:
            raise WrongError(f"the next run ended with {again.code}: {again.said}")
        if left := left_over(self._folder, locks=False):
            raise WrongError(f"left behind after the next run: {left}")
        if _seen(self._scenario, self._folder) != self._new:
            raise WrongError("the next run shows something else")
        found = self._files()
        if found != self._tree:
            names = [
                name
                for name in found.keys() | self._tree.keys()
                if found.get(name) != self._tree.get(name)
            ]
            raise WrongError(f"the next run made another result: {sorted(names)[:5]}")
        return "old" if seen == self._old else "new"


def _prepared(prepare: Callable[[Path], None]) -> Callable[[Path], int]:
    def work(folder: Path) -> int:
        prepare(folder)
        return 0

    return work


def _command(*arguments: str) -> Callable[[Path], int]:
    def work(folder: Path) -> int:
        said = call(*(one.replace("{}", str(folder)) for one in arguments))
        if said.code == 2 and not said.err.startswith("lod: "):
            raise WrongError(said.err)
        if said.code == 1:
            raise WrongError(f"findings: {said.out[:300]}")
        return said.code

    return work


def _small(folder: Path) -> None:
    write_publication(folder / "p")


def _before(*commands: Sequence[str]) -> Callable[[Path], None]:
    """The small publication, an output of it, and then another version of its facts."""

    def prepare(folder: Path) -> None:
        _small(folder)
        for arguments in commands:
            assert _command(*arguments)(folder) == 0
        facts = folder / "p" / "facts.yaml"
        text = facts.read_text("utf-8")
        facts.write_text(text.replace("title: A small text", "title: Another text"), "utf-8")

    return prepare


def _files_of(*names: str) -> Callable[[Path], object]:
    """The files below some folders, or these files themselves."""

    def seen(folder: Path) -> object:
        found: dict[str, object] = {}
        for name in names:
            path = folder / name
            files = (
                tree(path) if path.is_dir() else {"": path.read_bytes() if path.is_file() else b""}
            )
            found |= {
                f"{name}/{below}": hashlib.sha256(data).hexdigest()
                for below, data in files.items()
                if not any(part.startswith(".") for part in below.split("/"))
            }
        return sorted(found.items())

    return seen


def _nothing(_folder: Path) -> object:
    return ()


def _corpus(folder: Path) -> None:
    write_corpus(folder / "c", 6)


def _changed_corpus(*arguments: str) -> Callable[[Path], None]:
    def prepare(folder: Path) -> None:
        write_corpus(folder / "c", 6)
        assert _command(*arguments)(folder) == 0
        lines = (folder / "c" / "corpus.jsonl").read_text("utf-8").splitlines(keepends=True)
        lines[1] = (
            lines[1]
            .replace("publication", "publication", 1)
            .replace('"title": "', '"title": "New ')
        )
        (folder / "c" / "corpus.jsonl").write_text("".join(lines[:5]), "utf-8")

    return prepare


def _store(folder: Path) -> None:
    _small(folder)
    for name in ("one", "two"):
        write_publication(folder / name, name)
        assert _command("build", f"{{}}/{name}", "-o", f"{{}}/{name}/dist")(folder) == 0
    assert _command("load", "{}/one", "--store", "{}/s")(folder) == 0


def _quads(folder: Path) -> object:
    import pyoxigraph

    from lod.query.disk import find_store

    return len(pyoxigraph.Store.read_only(str(find_store(folder / "s").data)))


def _new_text(folder: Path) -> None:
    _small(folder)
    text = (folder / "p" / "text.txt").read_text("utf-8")
    (folder / "new.txt").write_text(f"A new beginning. {text}", "utf-8")


def _settled(folder: Path) -> object:
    from lod.publication import load

    load(folder / "p")
    return _files_of("p")(folder)


def _link(folder: Path) -> int:
    """Decide a link, as a session on a terminal does; a full disk is refused."""
    from lod.errors import OutputError
    from lod.links.lock import Decision, LockedItem
    from lod.wikidata.linking import open_linking

    try:
        linking = open_linking(folder / "p", "http://www.wikidata.org/entity/")
        if linking.facts.entities["trade"].link is not None:
            return 0
        item = LockedItem("Q159", {"en": "trade"}, date="2024-12-02")
        linking.accept("trade", item, Decision("Rita", "it is", 0.9))
    except OutputError:
        return 2
    return 0


def _unlinked(folder: Path) -> None:
    _small(folder)


def _links(folder: Path) -> object:
    """The lock comes after the facts: a link that is not pinned yet is a finding, and no loss."""
    from lod.publication import load

    publication = load(folder / "p")
    assert publication.facts is not None
    return len(publication.facts.statements)


_DIST, _MOUNTED = ["build", "{}/p", "-o", "{}/d"], ["build", "{}/p", "-o", "{}/fixed"]
_SITE = ["site", "{}/p", "-o", "{}/d", "--quiet"]
_TABLES = ["export", "{}/p", "-f", "csv", "-o", "{}/d"]
_ONE_FILE = ["export", "{}/p", "-f", "turtle", "-o", "{}/x.ttl"]
_SHARDS = [
    "build",
    "{}/c/corpus.jsonl",
    "-o",
    "{}/d",
    "--jobs",
    "1",
    "--also",
    "turtle",
    "--shard-size",
    "2",
]
_WHOLE = [
    "site",
    "{}/c/corpus.jsonl",
    "-o",
    "{}/d",
    "--jobs",
    "1",
    "--quiet",
    "--base",
    "https://data.example.org/",
]

SCENARIOS = (
    Scenario("build", _before(_DIST), _command(*_DIST), _files_of("d")),
    Scenario("first build", _small, _command(*_DIST), _files_of("d")),
    Scenario(
        "build, mounted",
        _before(_MOUNTED),
        _command(*_MOUNTED),
        _nothing,
        True,
    ),
    Scenario("site", _before(_SITE), _command(*_SITE), _files_of("d")),
    Scenario("tables", _before(_TABLES), _command(*_TABLES), _files_of("d")),
    Scenario("one file", _before(_ONE_FILE), _command(*_ONE_FILE), _files_of("x.ttl")),
    Scenario("release", _small, _command("release", "{}/p"), _files_of("p/releases/1.0.0")),
    Scenario(
        "update",
        _new_text,
        _command("update", "{}/p", "--text", "{}/new.txt"),
        _settled,
    ),
    Scenario("link", _unlinked, _link, _links),
    Scenario("corpus", _changed_corpus(*_SHARDS), _command(*_SHARDS), _nothing),
    Scenario("first corpus", _corpus, _command(*_SHARDS), _nothing),
    Scenario("site of a corpus", _changed_corpus(*_WHOLE), _command(*_WHOLE), _nothing),
    Scenario("load", _store, _command("load", "{}/one", "{}/two", "--store", "{}/s"), _quads),
)
