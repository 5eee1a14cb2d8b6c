"""Builds a corpus: in parallel, incrementally, and always to the same bytes."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import signal
import sys
from array import array
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from lod.corpus.compression import EXTENSIONS
from lod.corpus.items import Item, find_items
from lod.corpus.shards import SHARD_SIZE, Shard, Task, cut, shard_name, write_shard
from lod.corpus.state import State
from lod.errors import LodError, OutputError
from lod.resources import files
from lod.version import __version__

MANIFEST = "manifest.json"
REPORT = "report.jsonl"
SHARDS = "shards"

#: How many shards may wait for their turn, a worker.
_AHEAD = 3


@dataclass(slots=True)
class CorpusResult:
    """What a build of a corpus did.

    Attributes:
        publications: how many were found.
        broken: how many have errors, and are left out.
        built: how many were built in this run, and not taken over from an earlier one.
        claims: in all publications.
        quads: in all publications.
        shards: how many files there are.
        size: of all of them, in bytes.
        findings: errors and warnings, counted by code.
        duplicate_bases: how many publications use the base IRI of another one.
    """

    publications: int = 0
    broken: int = 0
    built: int = 0
    claims: int = 0
    quads: int = 0
    shards: int = 0
    size: int = 0
    findings: dict[str, int] = field(default_factory=dict)
    duplicate_bases: int = 0


def build_corpus(
    corpus: Path,
    out: Path,
    *,
    jobs: int = 1,
    compression: str | None = None,
    shard_size: int = SHARD_SIZE,
    engine: str = "auto",
    progress: Callable[[CorpusResult], None] | None = None,
) -> CorpusResult:
    """Build all publications of a corpus into sharded N-Quads.

    Writes `shards/*.nq`, `report.jsonl` (a line for each publication with findings) and, last,
    `manifest.json`. A run that was stopped at any moment is taken up by the next one; the result
    is byte for byte that of an undisturbed run. Unchanged publications are not built again.

    Args:
        corpus: a folder of publications, or JSON Lines.
        out: the output folder.
        jobs: how many processes build.
        compression: None, "gzip" or "zstd".
        shard_size: how many publications a shard has on average.
        engine: the validation engine.
        progress: called after each shard.

    Raises:
        InputError: the corpus cannot be read.
        OutputError: the output cannot be written.
    """
    environment = environment_digest(corpus, compression, shard_size)
    folder = out / SHARDS
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for leftover in folder.glob(".*.part"):
            leftover.unlink(missing_ok=True)
        state = State(folder, environment)
        try:
            run = _Run(state, folder, environment, compression, engine)
            return run.go(cut(find_items(corpus), shard_size), out, jobs, progress)
        finally:
            state.close()
    except OSError as error:
        raise OutputError(f"{out}: cannot be written: {error}") from None
    except BrokenProcessPool:
        raise LodError(
            "a worker process was killed",
            hint="run the command again, it goes on where it stopped; with fewer --jobs if memory "
            "is short",
        ) from None


def environment_digest(corpus: Path, compression: str | None, shard_size: int) -> str:
    """The digest of all that the output depends on beside the publications themselves."""
    digest = hashlib.blake2b(digest_size=16)
    digest.update(f"{__version__}\0{compression}\0{shard_size}\0".encode())
    beside = (
        sorted(corpus.parent.glob("*.ttl")) if corpus.is_file() else sorted(corpus.glob("*.ttl"))
    )
    for file in (*files("shapes", ".ttl"), *files("vocab", ".ttl"), *beside):
        digest.update(file.read_bytes() + b"\0")
    return digest.hexdigest()


class _Run:
    """One run over a corpus."""

    def __init__(
        self, state: State, folder: Path, environment: str, compression: str | None, engine: str
    ) -> None:
        self.state = state
        self.folder = folder
        self.environment = environment
        self.compression = compression
        self.engine = engine
        self.extension = ".nq" + EXTENSIONS.get(compression or "", "")
        self.result = CorpusResult()
        self.bases = array("Q")

    def go(
        self,
        runs: Iterator[list[Item]],
        out: Path,
        jobs: int,
        progress: Callable[[CorpusResult], None] | None,
    ) -> CorpusResult:
        report = out / f".{REPORT}.part"
        manifest = out / f".{MANIFEST}.part"
        with report.open("w", encoding="utf-8") as lines, manifest.open("w", encoding="utf-8") as m:
            m.write('{\n  "shards": [')
            for items, shard in self._shards(runs, jobs):
                self._count(items, shard, lines)
                m.write("," if self.result.shards > 1 else "")
                m.write("\n    " + json.dumps(_describe(shard)))
                if progress is not None:
                    progress(self.result)
            self.result.duplicate_bases = _repeated(self.bases)
            m.write("\n  ],\n" + self._totals() + "}\n")
        report.replace(out / REPORT)
        manifest.replace(out / MANIFEST)
        for name in self.state.forget_others():
            (self.folder / name).unlink(missing_ok=True)
        return self.result

    def _totals(self) -> str:
        result = self.result
        totals = {
            "version": __version__,
            "environment": self.environment,
            "publications": result.publications,
            "broken": result.broken,
            "claims": result.claims,
            "quads": result.quads,
            "bytes": result.size,
            "duplicate_bases": result.duplicate_bases,
            "findings": dict(sorted(result.findings.items())),
        }
        return json.dumps(totals, indent=2)[2:-1]

    def _count(self, items: list[Item], shard: Shard, report: IO[str]) -> None:
        result = self.result
        result.shards += 1
        result.size += shard.size
        result.built += shard.built
        for item, entry in zip(items, shard.entries, strict=True):
            result.publications += 1
            result.claims += entry.claims if entry.length else 0
            result.quads += entry.quads
            if entry.length == 0:
                result.broken += 1
            if entry.base is not None:
                hashed = hashlib.blake2b(entry.base.encode(), digest_size=8).digest()
                self.bases.append(int.from_bytes(hashed, "big"))
            if entry.findings:
                for finding in entry.findings:
                    code = finding["code"]
                    result.findings[code] = result.findings.get(code, 0) + 1
                line = {
                    "publication": item.key,
                    "published": entry.length > 0,
                    "findings": [_placed(finding, item) for finding in entry.findings],
                }
                report.write(json.dumps(line, ensure_ascii=False) + "\n")

    def _shards(self, runs: Iterator[list[Item]], jobs: int) -> Iterator[tuple[list[Item], Shard]]:
        """Each run of publications with its shard, in order; what is missing is built."""
        if jobs <= 1:
            for items in runs:
                name = shard_name(items, self.environment, self.extension)
                yield (
                    items,
                    self.state.find_shard(name)
                    or self._noted(
                        write_shard(
                            self._task(name, items), self.folder, self.compression, self.engine
                        )
                    ),
                )
            return
        # Workers are started by fork where there is one: they inherit what is imported.
        method = "fork" if sys.platform == "linux" else None
        pool = ProcessPoolExecutor(
            jobs,
            multiprocessing.get_context(method),
            initializer=_begin_worker,
            initargs=(os.getpid(),),
        )
        waiting: deque[tuple[list[Item], Shard | Future[Shard]]] = deque()
        try:
            for items in runs:
                name = shard_name(items, self.environment, self.extension)
                known = self.state.find_shard(name)
                waiting.append(
                    (
                        items,
                        known
                        or pool.submit(
                            write_shard,
                            self._task(name, items),
                            self.folder,
                            self.compression,
                            self.engine,
                        ),
                    )
                )
                while len(waiting) > _AHEAD * jobs:
                    yield self._finish(*waiting.popleft())
            while waiting:
                yield self._finish(*waiting.popleft())
        finally:
            pool.shutdown(cancel_futures=True)

    def _finish(self, items: list[Item], shard: Shard | Future[Shard]) -> tuple[list[Item], Shard]:
        return items, shard if isinstance(shard, Shard) else self._noted(shard.result())

    def _task(self, name: str, items: list[Item]) -> Task:
        return Task(name, items, self.state.reusable([item.digest for item in items]))

    def _noted(self, shard: Shard) -> Shard:
        self.state.note(shard)
        return shard


def _begin_worker(parent: int) -> None:
    """A worker leaves Ctrl-C to its parent, and ends with it, however that ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
        if os.getppid() != parent:
            os._exit(1)


def _describe(shard: Shard) -> dict[str, Any]:
    whole = [entry for entry in shard.entries if entry.length]
    return {
        "file": f"{SHARDS}/{shard.name}",
        "bytes": shard.size,
        "sha256": shard.sha256,
        "publications": len(whole),
        "claims": sum(entry.claims for entry in whole),
        "quads": sum(entry.quads for entry in whole),
    }


def _placed(finding: dict[str, Any], item: Item) -> dict[str, Any]:
    """A finding with its place in the corpus: the file, and the line of the file."""
    placed = dict(finding)
    if item.line:
        placed["file"] = item.key.rpartition(":")[0]
        placed["line"] = item.line + finding.get("line", 1) - 1
    else:
        placed["file"] = f"{item.key}/{finding.get('file', '')}".rstrip("/")
    return placed


def _repeated(hashes: array[int]) -> int:
    """How many of the numbers are there before already."""
    before = None
    repeated = 0
    for number in sorted(hashes):
        repeated += number == before
        before = number
    return repeated
