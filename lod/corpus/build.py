"""Builds a corpus: in parallel, incrementally, and always to the same bytes."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager, ExitStack
from io import TextIOWrapper
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Any

from msgspec import Struct, field
from msgspec.structs import asdict

from lod.corpus.compression import zstandard
from lod.corpus.environment import environment_digest
from lod.corpus.items import Item, Meter, find_items
from lod.corpus.output import (
    MANIFEST,
    REPORT,
    SHARDS,
    STATE,
    are_there,
    drop_aside,
    folder_name,
    prepare,
    put_in_place,
    sweep,
    sweep_files,
)
from lod.corpus.publish import duplicate_base, plain_findings, read
from lod.corpus.shards import (
    SHARD_SIZE,
    Entry,
    Plan,
    Shard,
    Task,
    build_entry,
    cut,
    shard_name,
    write_shard,
)
from lod.corpus.state import State
from lod.corpus.tables import CorpusTables
from lod.corpus.workers import Workers, ahead, started
from lod.errors import OutputError
from lod.publication import Publication
from lod.store.database import Database, healed
from lod.store.files import replacing_file
from lod.store.locks import locked
from lod.tables.forms import TABLES, split
from lod.version import __version__

#: How many shards may wait for their turn, a worker.
_AHEAD = 3
_SEEN = "CREATE TABLE seen (name BLOB PRIMARY KEY, key TEXT) WITHOUT ROWID"


class CorpusResult(Struct):
    """What a build of a corpus did.

    Attributes:
        publications: how many were found.
        broken: how many have errors, and are left out.
        built: how many were built in this run, and not taken over from an earlier one.
        claims: in all shards.
        quads: in all shards.
        shards: how many files there are.
        bytes: of all of them.
        duplicates: how many publications have the base IRI of one before them.
        tables: form of each kind of tables that is asked for, to its rows, files (with bytes and
            SHA-256) and what it could not hold as it is.
        findings: errors and warnings, counted by code.
    """

    publications: int = 0
    broken: int = 0
    built: int = 0
    claims: int = 0
    quads: int = 0
    shards: int = 0
    bytes: int = 0
    duplicates: int = 0
    tables: dict[str, Any] = field(default_factory=dict)
    findings: dict[str, int] = field(default_factory=dict)

    @property
    def is_fine(self) -> bool:
        """Whether every publication is in the output, under names of its own."""
        return not self.broken and not self.duplicates

    def as_dict(self) -> dict[str, Any]:
        """The totals as plain JSON data."""
        return {**asdict(self), "findings": dict(sorted(self.findings.items()))}


def build_corpus(
    corpus: str | os.PathLike[str],
    out: str | os.PathLike[str],
    *,
    jobs: int = 1,
    compression: str | None = None,
    also: Sequence[str] = (),
    shard_size: int = SHARD_SIZE,
    engine: str = "auto",
    wait: bool = False,
    progress: Callable[[CorpusResult], None] | None = None,
    meter: Meter | None = None,
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
        also: names of output profiles of which each publication gets a file, below
            `publications/`; and of forms of tables ("csv", "tsv", "xlsx", "parquet"), each of which
            is a folder below `tables/` with the rows of all publications.
        shard_size: how many publications a shard has on average.
        engine: the validation engine.
        wait: whether to wait until another build of the folder is done.
        progress: called after each shard.
        meter: where to note how far the reading of the corpus is.

    Raises:
        InputError: the corpus cannot be read.
        BusyError: another build is at work on the folder.
        OutputError: the output cannot be written.
        MissingExtraError: a package that writes a format is not installed.
        LodError: a worker process was killed.
    """
    corpus, out = Path(corpus), Path(out)
    with locked(out, "build", wait=wait):
        plan = make_plan(corpus, out, compression, also, shard_size, engine)
        try:
            return healed(out / STATE, lambda: _run(corpus, plan, jobs, progress, meter))
        except (OSError, sqlite3.Error) as error:
            raise OutputError(f"{out}: cannot be written: {error}") from None


def make_plan(
    corpus: Path,
    out: Path,
    compression: str | None,
    also: Sequence[str],
    shard_size: int,
    engine: str,
) -> Plan:
    """Make the output folder and say how the corpus is built; arguments as for `build_corpus`."""
    if compression == "zstd":
        zstandard()
    names, forms = split(also)
    wanted = (*names, *([TABLES] if forms else []))
    environment = environment_digest(compression, engine, wanted)
    next(find_items(corpus))  # before anything is written
    prepare(corpus, out)
    return Plan(out, environment, compression, engine, names, forms, shard_size)


def _run(
    corpus: Path,
    plan: Plan,
    jobs: int,
    progress: Callable[[CorpusResult], None] | None,
    meter: Meter | None,
) -> CorpusResult:
    runs = cut(find_items(corpus, meter), plan.shard_size)
    with (
        State(plan.out, plan.environment) as state,
        Gathering(plan) as gathering,
        started(jobs) as workers,
    ):
        for items, shard in _shards(runs, state, plan, workers, _AHEAD * jobs):
            firsts = gathering.add(items, shard)
            if plan.also:
                _place(items, shard, firsts, state, plan)
            if progress is not None:
                progress(gathering.result)
        gathering.finish()
        state.forget_others()
        return gathering.result


def _shards(
    runs: Iterator[list[Item]], state: State, plan: Plan, workers: Workers, most: int
) -> Iterator[tuple[list[Item], Shard]]:
    """Each run of publications with its shard, in order; what is missing is built."""

    def begin(items: list[Item]) -> tuple[list[Item], Shard | Future[Shard]]:
        name = shard_name(items, plan)
        if (shard := state.find_shard(name)) is not None:
            return items, shard
        task = Task(name, items, state.reusable(item.digest for item in items))
        return items, workers.submit(write_shard, task, plan)

    for items, shard in ahead(map(begin, runs), most):
        if isinstance(shard, Future):
            done = shard.result()
            state.note(done)
            yield items, done
        else:
            yield items, shard


def _place(
    items: Sequence[Item], shard: Shard, firsts: Sequence[bool], state: State, plan: Plan
) -> None:
    """Put the files that publications have of their own in place, and build what is missing."""
    root = plan.publications
    for item, entry, first in zip(items, shard.entries, firsts, strict=True):
        if not entry.published or entry.base is None:
            continue
        if not first:
            drop_aside(root, entry.base, item.digest, plan.also)
            continue
        if state.files_of(entry.base) == item.digest and are_there(root, entry.base, plan.also):
            continue
        if not put_in_place(root, entry.base, item.digest, plan.also):
            build_entry(item, plan)
            put_in_place(root, entry.base, item.digest, plan.also)
        state.note_files(entry.base, item.digest)


class Gathering(AbstractContextManager["Gathering"]):
    """Takes the shards in the order of the corpus, and writes the report and the manifest.

    Both are written aside; `finish` puts them in place.

    Args:
        plan: how the corpus is built.
    """

    def __init__(self, plan: Plan) -> None:
        self.result = CorpusResult()
        self._names: set[str] = set()
        self._plan = plan
        self._open = ExitStack()
        # On disk, so that memory does not grow with the corpus.
        self._seen = Database(None, _SEEN)
        # The manifest is put in place last, the tables before it.
        self._manifest, self._report = map(self._writer, (MANIFEST, REPORT))
        self._tables = CorpusTables(plan.out, plan.tables, self._open)
        self._manifest.write('{\n  "shards": [')

    def _writer(self, name: str) -> TextIOWrapper:
        raw = self._open.enter_context(replacing_file(self._plan.out / name))
        # Names of files need not be UTF-8.
        text = TextIOWrapper(raw, "utf-8", "backslashreplace", newline="\n")
        self._open.callback(text.detach)
        return text

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._seen.close()
        self._open.__exit__(kind, error, trace)

    def add(self, items: Sequence[Item], shard: Shard) -> list[bool]:
        """Take the next shard.

        Args:
            items: its publications.
            shard: the shard.

        Returns:
            For each publication, whether it is published as the first of its base IRI.
        """
        result = self.result
        result.built += shard.built
        # Two runs of the same publications are one file.
        if shard.name not in self._names:
            self._manifest.write("," if self._names else "")
            self._manifest.write("\n    " + json.dumps(_describe(shard)))
            self._names.add(shard.name)
            result.shards += 1
            result.bytes += shard.size
            result.claims += sum(entry.claims for entry in shard.entries)
            result.quads += sum(entry.quads for entry in shard.entries)
            self._tables.add(shard.name, lambda: _published(items, shard))
        firsts = []
        for item, entry in zip(items, shard.entries, strict=True):
            result.publications += 1
            result.broken += not entry.published
            findings = entry.findings
            first = None
            if entry.published and entry.base is not None:
                first = self._first(entry.base, item.key)
                if first is not None:
                    result.duplicates += 1
                    # Of a line only its number is known here: who gathers need not have the data.
                    publication = None if item.line else read(item)
                    found = duplicate_base(publication, entry.base, first)
                    findings = [*findings, *plain_findings([found], item)]
            firsts.append(entry.published and first is None)
            if findings:
                self._write(item, entry, findings)
        return firsts

    def finish(self) -> None:
        """Put the report and then the manifest in place, and delete what is not part of them."""
        plan = self._plan
        self.result.tables = self._tables.finish()
        about = {
            "version": __version__,
            "environment": plan.environment,
            "compression": plan.compression,
            "also": list(plan.also),
            **self.result.as_dict(),
        }
        # What was taken over differs from run to run; the manifest does not.
        del about["built"], about["shards"]
        self._manifest.write("\n  ],\n" + json.dumps(about, indent=2)[2:] + "\n")
        self._open.close()
        sweep(plan.out, self._names)
        if plan.publications.is_dir():
            sweep_files(plan.publications, plan.also, self._is_published)

    def _is_published(self, folder: str) -> bool:
        """Whether the folder of files is that of a publication that was taken."""
        row = self._seen.execute("SELECT 1 FROM seen WHERE name = ?", (_hash(folder),)).fetchone()
        return row is not None

    def _first(self, base: str, key: str) -> str | None:
        """The key of the publication that had the base IRI before, or None."""
        name = _hash(folder_name(base))
        added = self._seen.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (name, key))
        if added.rowcount:
            return None
        row = self._seen.execute("SELECT key FROM seen WHERE name = ?", (name,)).fetchone()
        return str(row[0])

    def _write(self, item: Item, entry: Entry, findings: list[dict[str, Any]]) -> None:
        counts = self.result.findings
        for finding in findings:
            counts[finding["code"]] = counts.get(finding["code"], 0) + 1
        line = {
            "publication": item.key,
            "published": entry.published,
            "findings": [placed_finding(finding, item) for finding in findings],
        }
        self._report.write(json.dumps(line, ensure_ascii=False) + "\n")


def _published(items: Sequence[Item], shard: Shard) -> Iterator[Publication]:
    """The publications of a shard that are in it, read again."""
    for item, entry in zip(items, shard.entries, strict=True):
        if entry.published:
            publication = read(item)
            if publication.facts is None:
                raise OutputError(
                    f"{item.key}: has changed since it was built", hint="run the build again"
                )
            yield publication


def _hash(name: str) -> bytes:
    return hashlib.blake2b(name.encode(), digest_size=16).digest()


def _describe(shard: Shard) -> dict[str, Any]:
    return {
        "file": f"{SHARDS}/{shard.name}",
        "bytes": shard.size,
        "sha256": shard.sha256,
        "publications": sum(entry.published for entry in shard.entries),
        "claims": sum(entry.claims for entry in shard.entries),
        "quads": sum(entry.quads for entry in shard.entries),
    }


def placed_finding(finding: dict[str, Any], item: Item) -> dict[str, Any]:
    """A finding with its place in the corpus: the file, named from the corpus, and the line."""
    placed = {key: finding[key] for key in ("code", "severity")}
    file = finding.get("file")
    if not item.line:
        placed["file"] = str(PurePosixPath(item.key, file or ""))
        placed |= {key: finding[key] for key in ("line", "column") if key in finding}
    elif file is not None:  # a file that the publication names, beside the JSON Lines
        placed["file"] = str(PurePosixPath(item.key).parent / Path(file).as_posix())
        placed |= {key: finding[key] for key in ("line", "column") if key in finding}
    else:
        placed["file"] = item.key.rpartition(":")[0]
        placed["line"] = item.line
        placed["column"] = finding.get("column", 1)
    return placed | {key: value for key, value in finding.items() if key not in placed}
