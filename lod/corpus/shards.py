"""Cuts a stream of publications into shards, and writes one shard.

A shard ends where the digest of a publication says so, and not at a count, so that a publication
that was added, removed or changed moves the borders of its own shard and of no other
(content-defined chunking). A shard is named after what is in it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any

from msgspec import Struct, field
from msgspec.structs import replace

from lod.corpus.compression import compress
from lod.corpus.items import Item
from lod.corpus.output import PUBLICATIONS, SHARDS, extension, write_aside
from lod.corpus.publish import publish
from lod.corpus.tables import rows_file, writing_rows
from lod.publication import Publication
from lod.store.files import replacing_file

#: How many publications a shard has on average, unless another number is asked for.
SHARD_SIZE = 100
#: A shard also ends where its input reaches this many bytes, so that no worker holds more.
SHARD_BYTES = 8 * 1024 * 1024


class Plan(Struct, frozen=True):
    """How a corpus is built.

    Attributes:
        out: the output folder.
        environment: digest of all that the output depends on beside the publications.
        compression: None, "gzip" or "zstd"; each publication is a member of its own, so that its
            bytes can be taken over as they are.
        engine: the validation engine.
        also: names of the formats of which each publication gets a file of its own.
        tables: the forms of the tables of all publications.
        shard_size: how many publications a shard has on average.
    """

    out: Path
    environment: str
    compression: str | None = None
    engine: str = "auto"
    also: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    shard_size: int = SHARD_SIZE

    @property
    def shards(self) -> Path:
        """The folder of the shards."""
        return self.out / SHARDS

    @property
    def publications(self) -> Path:
        """The folder of the files that publications have of their own."""
        return self.out / PUBLICATIONS


class Entry(Struct, frozen=True):
    """One publication in a shard.

    Attributes:
        digest: of the publication's input.
        start: offset of its first byte in the shard file.
        length: bytes; 0 where it has errors.
        base: its base IRI, or None where it could not be read.
        claims: how many were written.
        quads: how many were written.
        findings: errors and warnings as plain data.
    """

    digest: bytes
    start: int
    length: int
    base: str | None
    claims: int
    quads: int
    findings: list[dict[str, Any]] = field(default_factory=list)

    @property
    def published(self) -> bool:
        """Whether it is in the output."""
        return self.length > 0


class Reusable(Struct, frozen=True):
    """Where the output of an unchanged publication stands already: the shard, and the entry."""

    file: str
    entry: Entry


class Task(Struct, frozen=True):
    """A shard to write.

    Attributes:
        name: of the file, without folder.
        items: the publications, in order.
        reusable: digest to what an earlier run built of it.
    """

    name: str
    items: list[Item]
    reusable: Mapping[bytes, Reusable] = field(default_factory=dict)


class Shard(Struct, frozen=True):
    """A shard that was written.

    Attributes:
        name: of the file, without folder.
        size: in bytes.
        sha256: hex digest of the file.
        entries: its publications, in order.
        built: how many were built in this run and not taken over.
    """

    name: str
    size: int
    sha256: str
    entries: list[Entry]
    built: int = 0


def cut(items: Iterable[Item], size: int = SHARD_SIZE) -> Iterator[list[Item]]:
    """Cut a stream into runs of about `size` publications, at most four times that.

    >>> items = [Item(str(n), bytes([n, 0, 0, 0]), "") for n in range(6)]
    >>> [len(run) for run in cut(items, 3)]
    [1, 3, 2]
    """
    run: list[Item] = []
    held = 0
    for item in items:
        run.append(item)
        held += item.size
        border = int.from_bytes(item.digest[:4], "big") % size == 0
        if border or len(run) >= 4 * size or held >= SHARD_BYTES:
            yield run
            run = []
            held = 0
    if run:
        yield run


def shard_name(items: Iterable[Item], plan: Plan) -> str:
    """The name of a shard: the hash of what goes into it."""
    digest = hashlib.blake2b(plan.environment.encode(), digest_size=10)
    for item in items:
        digest.update(item.digest)
    return digest.hexdigest() + extension(plan.compression)


def write_shard(task: Task, plan: Plan) -> Shard:
    """Build the publications of a shard and write its file, all or nothing.

    Files that the publications have of their own are written aside (`lod.corpus.output`). With
    tables no publication is taken over: its rows stand with those of its old shard.
    """
    entries: list[Entry] = []
    hashed = hashlib.sha256()
    position = 0
    built = 0
    open_shards: dict[str, IO[bytes]] = {}
    try:
        with ExitStack() as stack:
            out = stack.enter_context(replacing_file(plan.shards / task.name))
            # In place before the shard is, which is noted when it is.
            rows = rows_file(plan.out, task.name)
            add = stack.enter_context(writing_rows(rows)) if plan.tables else None
            for item in task.items:
                known = None if add else task.reusable.get(item.digest)
                data = None if known is None else _take(known, plan.shards, open_shards)
                if known is None or data is None:
                    entry, data = build_entry(item, plan, add)
                    built += 1
                else:
                    entry = known.entry
                out.write(data)
                hashed.update(data)
                entries.append(replace(entry, start=position))
                position += len(data)
    finally:
        for stream in open_shards.values():
            stream.close()
    return Shard(task.name, position, hashed.hexdigest(), entries, built)


def is_intact(file: Path, size: int, sha256: str, written: int) -> bool:
    """Whether a shard is still the one that was written.

    Args:
        file: the shard.
        size: in bytes, as it was written.
        sha256: hex digest, as it was written.
        written: when that was, in nanoseconds (`st_mtime_ns`).
    """
    try:
        status = file.stat()
        if status.st_size != size:
            return False
        if status.st_mtime_ns == written:
            return True
        # Copied, or changed: the content tells.
        with file.open("rb") as stream:
            return bool(hashlib.file_digest(stream, "sha256").hexdigest() == sha256)
    except OSError:
        return False


def _take(known: Reusable, folder: Path, open_shards: dict[str, IO[bytes]]) -> bytes | None:
    """The bytes that an earlier run wrote for a publication; None where they are gone."""
    entry = known.entry
    if not entry.published:
        return b""
    try:
        stream = open_shards.get(known.file)
        if stream is None:
            stream = open_shards[known.file] = (folder / known.file).open("rb")
        stream.seek(entry.start)
        data = stream.read(entry.length)
    except OSError:
        return None
    return data if len(data) == entry.length else None


def build_entry(
    item: Item, plan: Plan, add: Callable[[Publication], None] | None = None
) -> tuple[Entry, bytes]:
    """Build one publication.

    Args:
        item: the publication.
        plan: how the corpus is built.
        add: takes it for the tables, where it has no errors.

    Returns:
        Its entry, as if it stood first in its shard, and its bytes in the shard.
    """
    published = publish(item, engine=plan.engine)
    data = b""
    quads = 0
    dataset = published.dataset
    if dataset is not None and published.publication is not None:
        data = compress(dataset.n_quads().encode("utf-8"), plan.compression)
        quads = len(dataset)
        if plan.also:
            write_aside(plan.publications, published.publication, item.digest, plan.also)
        if add is not None:
            add(published.publication)
    entry = Entry(
        item.digest, 0, len(data), published.base, published.claims, quads, published.findings
    )
    return entry, data
