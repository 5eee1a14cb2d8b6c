"""What stands where in the output of a corpus build."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

from lod.corpus.compression import EXTENSIONS
from lod.errors import OutputError

#: The counts and hashes, written last: what it lists is whole.
MANIFEST = "manifest.json"
#: A line for each publication with findings.
REPORT = "report.jsonl"
#: The folder of the N-Quads.
SHARDS = "shards"
#: The folder of the files that each publication has of its own, where they are asked for.
PUBLICATIONS = "publications"
#: What earlier runs built; it can be deleted, and the next run builds everything.
STATE = ".lod-state.sqlite"
#: The same for builds on a cluster: a file a shard.
NOTES = ".lod-notes"

_SHARD_FILE = re.compile(r"[0-9a-f]{20}\.nq(\.gz|\.zst)?|\..*\.part")


def extension(compression: str | None) -> str:
    """What ends the name of a shard.

    >>> extension("gzip")
    '.nq.gz'
    """
    return ".nq" + EXTENSIONS.get(compression or "", "")


def is_output(entries: Iterable[os.DirEntry[str]]) -> bool:
    """Whether a folder with these entries was written by a corpus build."""
    return any(entry.name in (STATE, NOTES) for entry in entries)


def prepare(corpus: Path, out: Path) -> None:
    """Make the output folder.

    Raises:
        OutputError: it cannot be made, or it and the corpus would overwrite each other.
    """
    here, there = corpus.resolve(), out.resolve()
    ours = (there / SHARDS, there / PUBLICATIONS)
    if here == there or any(here.is_relative_to(folder) for folder in ours):
        raise OutputError(
            f"{out}: the corpus is there itself", hint="name another folder for the output"
        )
    try:
        (out / SHARDS).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{out}: cannot be written: {error.strerror or error}") from None


def sweep(out: Path, keep: set[str]) -> None:
    """Delete the shards that are not to be kept, and what a killed run left."""
    for folder in (out / SHARDS, out / NOTES):
        if not folder.is_dir():
            continue
        for entry in os.scandir(folder):
            name = entry.name.removesuffix(".json") if folder.name == NOTES else entry.name
            if name not in keep and _SHARD_FILE.fullmatch(name):
                Path(entry.path).unlink(missing_ok=True)
