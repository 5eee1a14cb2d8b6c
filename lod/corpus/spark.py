"""Builds a corpus on a Spark cluster: the same function over partitions.

Spark only hands out the work. The machines read the corpus and write the shards as files that all
of them see under the same path; nothing but the names of shards goes through Spark.
"""

from __future__ import annotations

import os
import sys
from array import array
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from lod.corpus.build import CorpusResult, Gathering, make_plan
from lod.corpus.items import Item, Line, Place, find_places, folder_item, line_item, read_lines
from lod.corpus.output import NOTES, drop_aside, put_in_place
from lod.corpus.shards import SHARD_SIZE, Plan, Shard, Task, cut, shard_name, write_shard
from lod.corpus.state import read_note, write_note
from lod.errors import InputError, LodError, MissingExtraError, OutputError
from lod.store.locks import locked

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

#: A partition has about this many bytes of input, and less where there are too few for all cores.
PARTITION_BYTES = 64 * 1024 * 1024
_SMALLEST = 1024 * 1024
_PER_CORE = 4


class Part(Struct, frozen=True):
    """A part of the corpus: some folders, or some lines of a file.

    Attributes:
        places: folders of publications, or one JSON Lines file.
        start: offset of the file from which on its lines begin.
        end: offset from which on they no longer do; None for the end of the file.
    """

    places: tuple[Place, ...]
    start: int = 0
    end: int | None = None


class PartResult(Struct):
    """What became of a part.

    Attributes:
        lines: how many lines it has, with empty ones.
        shards: name of each shard, how many of its publications were built, and the line of each
            publication within the part; 0 for folders.
        error: why the part could not be read, or None.
    """

    lines: int = 0
    shards: list[tuple[str, int, array[int]]] = field(default_factory=list)
    error: str | None = None


def build_on_spark(
    corpus: Path,
    out: Path,
    *,
    jobs: int | None = None,
    compression: str | None = None,
    also: Sequence[str] = (),
    shard_size: int = SHARD_SIZE,
    engine: str = "auto",
    wait: bool = False,
    session: SparkSession | None = None,
) -> CorpusResult:
    """Build all publications of a corpus; the quads and the report are those of `build_corpus`.

    Shards end where partitions do, so their borders differ. A shard that is there already is not
    built again, unless publications get other files (`also`).

    Args:
        corpus: a folder of publications, or JSON Lines, under a path that all machines share.
        out: the output folder, under a path that all machines share.
        jobs: how many processes work where Spark runs on this machine alone; None for all.
        compression: None, "gzip" or "zstd".
        also: names of formats and forms of tables, as for `build_corpus`.
        shard_size: how many publications a shard has on average.
        engine: the validation engine.
        wait: whether to wait until another build of the folder is done.
        session: the Spark session; None for that of `spark-submit`, or else one on this machine.

    Raises:
        InputError: the corpus cannot be read.
        BusyError: another build is at work on the folder.
        OutputError: the output cannot be written.
        MissingExtraError: PySpark is not installed.
        LodError: Spark failed.
    """
    # The machines have working folders of their own.
    corpus, out = corpus.absolute(), out.absolute()
    with locked(out, "build", wait=wait), _session(session, jobs) as spark:
        plan = make_plan(corpus, out, compression, also, shard_size, engine)
        try:
            (out / NOTES).mkdir(exist_ok=True)
            context = spark.sparkContext
            parts = list(find_parts(corpus, context.defaultParallelism))
            work = context.parallelize(parts, len(parts)).map(partial(build_part, plan=plan))
            return _gather(parts, work.collect(), plan)
        except OSError as error:
            raise OutputError(f"{out}: cannot be written: {error}") from None


def find_parts(corpus: Path, cores: int) -> Iterator[Part]:
    """Divide a corpus into parts for partitions, in order.

    Args:
        corpus: the corpus.
        cores: how many parts are worked on at once.

    Raises:
        InputError: it cannot be read.
    """
    places = [(place, place.size()) for place in find_places(corpus)]
    total = sum(size for _, size in places)
    most = min(PARTITION_BYTES, max(_SMALLEST, total // (cores * _PER_CORE)))
    folders: list[Place] = []
    held = 0
    for place, size in places:
        if folders and (not place.is_folder or held + size > most):
            yield Part(tuple(folders))
            folders, held = [], 0
        if place.is_folder:
            folders.append(place)
            held += size
        elif place.path.suffix in (".gz", ".zst") or size <= most:
            yield Part((place,))
        else:
            borders = [*range(0, size, most), size]
            for start, end in pairwise(borders):
                yield Part((place,), start, None if end == size else end)
    if folders:
        yield Part(tuple(folders))


def build_part(part: Part, plan: Plan) -> PartResult:
    """Build the publications of a part; this runs on the machines of the cluster."""
    result = PartResult()
    try:
        for items in cut(_items(part, result), plan.shard_size):
            name = shard_name(items, plan)
            shard = None if plan.also or plan.tables else read_note(name, plan)
            if shard is None:
                shard = write_shard(Task(name, items), plan)
                write_note(shard, plan)
            lines = array("L", [item.line for item in items])
            result.shards.append((name, shard.built, lines))
    except InputError as error:
        # An exception would be tried again, and come back as a page of Java.
        result.error = error.message
    return result


def _items(part: Part, result: PartResult) -> Iterator[Item]:
    for place in part.places:
        if place.is_folder:
            yield folder_item(place.path, place.key)
            continue
        for line in _counted(read_lines(place.path, part.start, part.end), result):
            yield line_item(line, place.path, place.key)


def _counted(lines: Generator[Line, None, int], result: PartResult) -> Iterator[Line]:
    result.lines = yield from lines


def _gather(parts: Sequence[Part], results: Sequence[PartResult], plan: Plan) -> CorpusResult:
    """Put the parts together in order: the report, the manifest, the files of publications."""
    for result in results:
        if result.error is not None:
            raise InputError(result.error)
    with Gathering(plan) as gathering:
        before = 0
        for part, result in zip(parts, results, strict=True):
            before = before if part.start else 0
            places = iter(part.places)
            for name, built, lines in result.shards:
                shard = read_note(name, plan, built)
                if shard is None:
                    raise OutputError(
                        f"{plan.shards / name}: not there, though it was written",
                        hint="the output folder must be one that all machines share",
                    )
                items = [
                    _found(part.places[0], before + line) if line else _found(next(places))
                    for line in lines
                ]
                firsts = gathering.add(items, shard)
                if plan.also:
                    _place(shard, firsts, plan)
            before += result.lines
        if not gathering.result.publications:
            raise InputError("no publication in the corpus")
        gathering.finish()
        return gathering.result


def _found(place: Place, line: int = 0) -> Item:
    key = f"{place.key}:{line}" if line else place.key
    return Item(key, b"", str(place.path), line)


def _place(shard: Shard, firsts: Sequence[bool], plan: Plan) -> None:
    for entry, first in zip(shard.entries, firsts, strict=True):
        if entry.base is not None and entry.published:
            move = put_in_place if first else drop_aside
            move(plan.publications, entry.base, entry.digest, plan.also)


@contextmanager
def _session(session: SparkSession | None, jobs: int | None) -> Iterator[SparkSession]:
    """A Spark session; one that was made here is stopped in the end."""
    if session is not None:
        yield session
        return
    try:
        from py4j.protocol import Py4JError
        from pyspark.conf import SparkConf
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession as Session
    except ImportError:
        raise MissingExtraError(
            "the engine spark needs PySpark", hint="pip install 'lod-facts[spark]'"
        ) from None
    try:
        builder = Session.builder.appName("lod build")
        if SparkConf().get("spark.master") is None and "MASTER" not in os.environ:
            # Not started by spark-submit: this machine alone, without ports for others.
            os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
            for key, value in _ALONE.items():
                builder = builder.config(key, value)
            builder = builder.master(f"local[{jobs or '*'}]")
        spark = builder.getOrCreate()
        try:
            yield spark
        finally:
            spark.stop()
    except (PySparkException, Py4JError) as error:
        first = str(error).strip().splitlines()[0]
        raise LodError(
            f"Spark failed: {first}", hint="Spark 4 needs Java 17; its log says more"
        ) from None


_ALONE = {
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
}
