"""Cuts a stream of publications into shards, and writes one shard.

A shard ends where the digest of a publication says so, and not at a count, so that a publication
that was added, removed or changed moves the borders of its own shard and of no other
(content-defined chunking). A shard is named after what is in it: one that is there is complete
and right, and is never written again.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from lod.corpus.compression import compress
from lod.corpus.items import Item
from lod.corpus.publish import publish

#: How many publications a shard has on average, unless another number is asked for.
SHARD_SIZE = 100


@dataclass(frozen=True, slots=True)
class Entry:
    """One publication in a shard.

    Attributes:
        digest: of the publication's input.
        start: offset of its first byte in the shard file.
        length: bytes; 0 where it has errors.
        base: its base IRI, or None.
        claims: how many it has.
        quads: how many it has.
        findings: errors and warnings as plain data.
    """

    digest: bytes
    start: int
    length: int
    base: str | None
    claims: int
    quads: int
    findings: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Reusable:
    """Where the output of an unchanged publication stands already."""

    file: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class Task:
    """A shard to write.

    Attributes:
        name: of the file, without folder.
        items: the publications, in order.
        reusable: digest to what an earlier run built of it.
    """

    name: str
    items: list[Item]
    reusable: dict[bytes, Reusable] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shard:
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
    built: int


def cut(items: Iterable[Item], size: int = SHARD_SIZE) -> Iterator[list[Item]]:
    """Cut a stream into runs of about `size` publications, at most four times that.

    >>> items = [Item(str(n), bytes([n, 0, 0, 0]), "") for n in range(6)]
    >>> [len(run) for run in cut(items, 3)]
    [1, 3, 2]
    """
    run: list[Item] = []
    for item in items:
        run.append(item)
        border = int.from_bytes(item.digest[:4], "big") % size == 0
        if border or len(run) >= 4 * size:
            yield run
            run = []
    if run:
        yield run


def shard_name(items: Iterable[Item], environment: str, extension: str) -> str:
    """The name of a shard: the hash of what goes into it.

    Args:
        items: its publications.
        environment: digest of all else that the output depends on (vocabulary, shapes, version).
        extension: of the file, with the dot.
    """
    digest = hashlib.blake2b(environment.encode(), digest_size=10)
    for item in items:
        digest.update(item.digest)
    return f"{digest.hexdigest()}{extension}"


def write_shard(task: Task, folder: Path, compression: str | None, engine: str) -> Shard:
    """Build the publications of a shard and write its file, all or nothing.

    Args:
        task: what to write.
        folder: where shards are.
        compression: None, "gzip" or "zstd"; each publication is a member of its own, so that its
            bytes can be taken over as they are.
        engine: the validation engine.
    """
    aside = folder / f".{task.name}.{os.getpid()}.part"
    entries: list[Entry] = []
    hashed = hashlib.sha256()
    position = 0
    built = 0
    open_shards: dict[str, IO[bytes]] = {}
    try:
        with aside.open("wb") as out:
            for item in task.items:
                known = task.reusable.get(item.digest)
                if known is not None:
                    data = _take(known, folder, open_shards)
                    old = known.entry
                    entry = Entry(
                        item.digest,
                        position,
                        len(data),
                        old.base,
                        old.claims,
                        old.quads,
                        old.findings,
                    )
                else:
                    entry, data = _build(item, position, compression, engine)
                    built += 1
                out.write(data)
                hashed.update(data)
                position += len(data)
                entries.append(entry)
            out.flush()
            os.fsync(out.fileno())
        aside.replace(folder / task.name)
    finally:
        for stream in open_shards.values():
            stream.close()
        aside.unlink(missing_ok=True)
    return Shard(task.name, position, hashed.hexdigest(), entries, built)


def _take(known: Reusable, folder: Path, open_shards: dict[str, IO[bytes]]) -> bytes:
    """The bytes that an earlier run wrote for a publication."""
    if known.entry.length == 0:
        return b""
    stream = open_shards.get(known.file)
    if stream is None:
        stream = open_shards[known.file] = (folder / known.file).open("rb")
    stream.seek(known.entry.start)
    return stream.read(known.entry.length)


def _build(item: Item, position: int, compression: str | None, engine: str) -> tuple[Entry, bytes]:
    published = publish(item, engine=engine)
    data = b""
    quads = 0
    if published.dataset is not None:
        data = compress(published.dataset.n_quads().encode("utf-8"), compression)
        quads = len(published.dataset)
    entry = Entry(
        item.digest,
        position,
        len(data),
        published.base,
        published.claims,
        quads,
        published.findings,
    )
    return entry, data
