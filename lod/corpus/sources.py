"""Finds the N-Quads files that a store is loaded from, and opens them."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from lod.errors import InputError, MissingExtraError

_MANIFEST = "manifest.json"
_ENDINGS = (".nq", ".nq.gz", ".nq.zst")


@dataclass(frozen=True, slots=True)
class Source:
    """One file of N-Quads.

    Attributes:
        path: the file.
        sha256: hex digest of its bytes where a manifest says it, else None.
        publications: how many it has where a manifest says it, else None.
    """

    path: Path
    sha256: str | None = None
    publications: int | None = None


def find_sources(paths: Iterable[Path]) -> list[Source]:
    """The files that are meant.

    Args:
        paths: outputs of a corpus build, folders of publications that were built, or files.

    Raises:
        InputError: one of them is none of this.
    """
    return [source for path in paths for source in _find(path)]


def _find(path: Path) -> list[Source]:
    if path.is_file():
        if path.name.endswith(_ENDINGS):
            return [Source(path)]
        raise InputError(f"{path}: not N-Quads", hint=f"their files end in {', '.join(_ENDINGS)}")
    if not path.is_dir():
        raise InputError(f"{path}: no such file or folder")
    if (path / _MANIFEST).is_file():
        return _shards(path)
    for built in (path / "dist" / "dataset.nq", path / "dataset.nq"):
        if built.is_file():
            return [Source(built)]
    raise InputError(
        f"{path}: neither the output of a corpus build nor a publication that was built",
        hint=f"lod build {path} makes what can be loaded",
    )


def _shards(folder: Path) -> list[Source]:
    try:
        manifest = json.loads((folder / _MANIFEST).read_bytes())
        return [
            Source(_inside(folder, shard["file"]), str(shard["sha256"]), int(shard["publications"]))
            for shard in manifest["shards"]
        ]
    except OSError as error:
        raise InputError(f"{folder / _MANIFEST}: {error.strerror}") from None
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"{folder / _MANIFEST}: no manifest of a corpus build ({error!r})",
            hint="build the corpus again",
        ) from None


def _inside(folder: Path, name: str) -> Path:
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        raise ValueError(f"{name} lies outside")
    return path


def open_source(source: Source) -> IO[bytes]:
    """Open a file, decompressed; one that a manifest describes must be as it says.

    Raises:
        InputError: it cannot be read, or is another one than the manifest says.
        MissingExtraError: it is zstd and the package for it is not installed.
    """
    path = source.path
    try:
        if source.sha256 is None:
            stream: IO[bytes] = path.open("rb")
        else:
            data = path.read_bytes()  # a shard has some hundred publications
            if hashlib.sha256(data).hexdigest() != source.sha256:
                raise InputError(
                    f"{path}: not the file that the manifest describes",
                    hint="build the corpus again",
                )
            stream = io.BytesIO(data)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from None
    if path.name.endswith(".gz"):
        return io.BufferedReader(gzip.GzipFile(fileobj=stream, mode="rb"), 1 << 20)
    if path.name.endswith(".zst"):
        return _zstd(stream, path)
    return stream


def _zstd(stream: IO[bytes], path: Path) -> IO[bytes]:
    try:
        import zstandard
    except ImportError:
        raise MissingExtraError(
            f"{path}: zstd needs the package zstandard", hint="pip install 'lod-facts[corpus]'"
        ) from None
    # Each publication is a frame of its own.
    reader: IO[bytes] = zstandard.ZstdDecompressor().stream_reader(stream, read_across_frames=True)
    return reader
