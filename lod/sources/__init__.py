"""Files that people write, read as data of which each value knows its line and column.

A module of this folder with a `SOURCE` reads one format. Nothing else has to be told: whatever
takes a publication finds its facts file.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path, PurePath

from lod.registry import members
from lod.sources.source import SourceFormat

#: What ends the name of a JSON Lines file, one publication a line.
JSON_LINES = (".jsonl", ".jsonl.gz", ".jsonl.zst", ".ndjson", ".ndjson.gz", ".ndjson.zst")


@cache
def sources() -> Mapping[str, SourceFormat]:
    """Every format by its name, the one to look for first at first."""
    return members(__name__, "SOURCE")


def source_of_file(path: str | PurePath) -> SourceFormat:
    """The format of a facts file: what its name says, or the first.

    >>> source_of_file("a/facts.json").name, source_of_file("a/facts").name
    ('json', 'yaml')
    """
    extension = PurePath(path).suffix.removeprefix(".")
    every = list(sources().values())
    return next((one for one in every if extension in one.extensions), every[0])


@cache
def facts_files() -> tuple[str, ...]:
    """What the facts file of a folder may be called, the name to look for first at first.

    >>> facts_files()
    ('facts.yaml', 'facts.yml', 'facts.json')
    """
    return tuple(f"facts.{ending}" for one in sources().values() for ending in one.extensions)


def is_source(path: str | PurePath) -> bool:
    """Whether a file is one of facts by its name."""
    extension = PurePath(path).suffix.removeprefix(".")
    return any(extension in one.extensions for one in sources().values())


def find_facts(folder: Path) -> Path | None:
    """The facts file in a folder, or None where there is none."""
    return next((file for name in facts_files() if (file := folder / name).is_file()), None)


def is_corpus(path: Path) -> bool:
    """Whether a path is a corpus, and not one publication."""
    if path.is_file():
        return path.name.endswith(JSON_LINES)
    return path.is_dir() and find_facts(path) is None
