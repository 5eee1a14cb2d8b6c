"""The corpora that benchmarks work on: made once for a size, kept in a scratch folder."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.generate import make_lines
from lod.corpus.items import Item
from lod.corpus.publish import publish
from lod.corpus.store import load_store
from lod.rdf.dataset import Dataset

#: What one publication of the generator comes to, roughly.
QUADS = 640


def scratch() -> Path:
    """The scratch folder: LOD_BENCHMARKS, or one among the temporary files."""
    named = os.environ.get("LOD_BENCHMARKS")
    folder = Path(named) if named else Path(tempfile.gettempdir()) / "lod-benchmarks"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def json_lines(count: int) -> Path:
    """A corpus of so many publications, one in a hundred broken."""
    path = scratch() / f"corpus-{count}.jsonl"
    if not path.exists():
        aside = path.with_suffix(".part")
        with aside.open("wb") as out:
            for line in make_lines(count):
                out.write(line + b"\n")
        aside.replace(path)
    return path


def items(count: int, *, broken: bool = True) -> list[Item]:
    """The publications as items of a corpus, in memory."""
    return [
        Item(f"corpus:{number}", number.to_bytes(16, "big"), "corpus.jsonl", number, line)
        for number, line in enumerate(make_lines(count, broken=broken), 1)
    ]


def datasets(count: int) -> Iterator[Dataset]:
    """The datasets of so many publications, none broken."""
    for item in items(count, broken=False):
        dataset = publish(item).dataset
        assert dataset is not None
        yield dataset


def n_quads(quads: int) -> Path:
    """A file of about so many quads."""
    path = scratch() / f"corpus-{quads}.nq"
    if not path.exists():
        aside = path.with_suffix(".part")
        with aside.open("w", encoding="utf-8") as out:
            for dataset in datasets(max(quads // QUADS, 1)):
                out.write(dataset.n_quads())
        aside.replace(path)
    return path


def store(quads: int) -> Path:
    """A store of about so many quads."""
    folder = scratch() / f"store-{quads}"
    load_store([n_quads(quads)], folder)
    return folder
