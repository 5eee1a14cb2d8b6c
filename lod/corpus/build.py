"""Builds a corpus: in parallel, incrementally, and always to the same bytes."""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from pathlib import Path

from lod.corpus.compression import zstandard
from lod.corpus.environment import environment_digest
from lod.corpus.items import Item, Meter, find_items
from lod.corpus.layout import prepare, sweep
from lod.corpus.publication_files import are_there, drop_aside, put_in_place, sweep_files
from lod.corpus.result import CorpusResult, Gathering
from lod.corpus.shards import SHARD_SIZE, Plan, Shard, Task, build_entry, cut, shard_name
from lod.corpus.state import State, remove_state
from lod.corpus.workers import Submit, workers
from lod.errors import OutputError
from lod.formats import find_format

#: How many shards may wait for their turn, a worker.
_AHEAD = 3


def build_corpus(
    corpus: Path,
    out: Path,
    *,
    jobs: int = 1,
    compression: str | None = None,
    also: Sequence[str] = (),
    shard_size: int = SHARD_SIZE,
    engine: str = "auto",
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
        also: names of formats of which each publication gets a file, below `publications/`.
        shard_size: how many publications a shard has on average.
        engine: the validation engine.
        progress: called after each shard.
        meter: where to note how far the reading of the corpus is.

    Raises:
        InputError: the corpus cannot be read.
        OutputError: the output cannot be written.
        LodError: a worker process was killed.
    """
    plan = make_plan(corpus, out, compression, also, shard_size, engine)
    try:
        try:
            return _run(corpus, plan, jobs, progress, meter)
        except sqlite3.DatabaseError:
            remove_state(out)
            return _run(corpus, plan, jobs, progress, meter)
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
    names = tuple(sorted({find_format(name).name for name in also}))
    environment = environment_digest(compression, engine, names)
    next(find_items(corpus))  # before anything is written
    prepare(corpus, out)
    return Plan(out, environment, compression, engine, names, shard_size)


def _run(
    corpus: Path,
    plan: Plan,
    jobs: int,
    progress: Callable[[CorpusResult], None] | None,
    meter: Meter | None,
) -> CorpusResult:
    state = State(plan.out, plan.environment)
    try:
        runs = cut(find_items(corpus, meter), plan.shard_size)
        with Gathering(plan) as gathering, workers(jobs, plan) as submit:
            for items, shard in _shards(runs, state, plan, submit, _AHEAD * jobs):
                firsts = gathering.add(items, shard)
                if plan.also:
                    _place(items, shard, firsts, state, plan)
                if progress is not None:
                    progress(gathering.result)
            gathering.finish()
            state.forget_others()
            sweep(plan.out, gathering.names)
            if plan.publications.is_dir():
                sweep_files(plan.publications, plan.also, gathering.is_published)
            return gathering.result
    finally:
        state.close()


def _shards(
    runs: Iterator[list[Item]], state: State, plan: Plan, submit: Submit, ahead: int
) -> Iterator[tuple[list[Item], Shard]]:
    """Each run of publications with its shard, in order; what is missing is built."""
    waiting: deque[tuple[list[Item], Shard | Future[Shard]]] = deque()

    def first() -> tuple[list[Item], Shard]:
        items, shard = waiting.popleft()
        if isinstance(shard, Future):
            shard = shard.result()
            state.note(shard)
        return items, shard

    for items in runs:
        name = shard_name(items, plan)
        shard: Shard | Future[Shard] | None = state.find_shard(name)
        if shard is None:
            shard = submit(Task(name, items, state.reusable(item.digest for item in items)))
        waiting.append((items, shard))
        while len(waiting) >= ahead:
            yield first()
    while waiting:
        yield first()


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
