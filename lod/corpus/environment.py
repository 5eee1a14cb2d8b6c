"""What the output of a corpus depends on beside the publications."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from lod.resources import files
from lod.validation.engines import find_engine
from lod.version import __version__

#: The packages whose releases can change what is found or written.
_PACKAGES = ("sentencex", "shacl", "pyshacl", "rdflib", "pyoxigraph", "zstandard")
#: The parts of lod that read, check, validate and write publications; commands, pages, servers and
#: queries do not change what a build gives.
_PARTS = (
    *("corpus", "dataset", "facts", "language", "links", "model", "profiles", "rdf", "sources"),
    *("tables", "validation", "vocabulary"),
)
_LOD = Path(__file__).parents[1]


def environment_digest(compression: str | None, engine: str, also: Iterable[str] = ()) -> str:
    """The digest of what, when it changes, makes every publication be built again.

    That is lod's version, the code and data files that a build uses, the shapes and vocabulary, the
    packages that read and validate, and the form of the output.

    Args:
        compression: None, "gzip" or "zstd".
        engine: the validation engine.
        also: names of the formats of which each publication gets a file.

    Raises:
        MissingExtraError: the engine is not installed.
        VocabularyError: there is no such engine.
    """
    from importlib.metadata import PackageNotFoundError, version

    digest = hashlib.blake2b(digest_size=16)
    parts = [__version__, str(compression), find_engine(engine).name, *also]
    for package in _PACKAGES:
        try:
            parts.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            continue
    digest.update("\0".join(parts).encode())
    digest.update(code_digest(_LOD))
    for file in (*files("shapes", ".ttl"), *files("vocab", ".ttl")):
        digest.update(b"\0" + file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


@cache
def code_digest(package: Path) -> bytes:
    """The digest of the code and data files of lod that a build uses.

    It is of their content, since shards are named after it: times and places of files differ where
    the same release is installed twice. Reading the 1 MB takes some 10 ms, once a process.

    Args:
        package: the folder of the package.
    """
    digest = hashlib.blake2b(digest_size=16)
    for path in sorted(_own_files(package)):
        content = path.read_bytes()
        name = path.relative_to(package).as_posix()
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.digest()


def _own_files(package: Path) -> Iterator[Path]:
    yield from package.glob("*.py")
    for part in _PARTS:
        for folder, folders, names in os.walk(package / part):
            # What Python compiled, and what editors leave beside a file.
            folders[:] = [name for name in folders if name[0] not in "._"]
            for name in names:
                if name[0] != "." and name[-1] != "~" and not name.endswith(".pyc"):
                    yield Path(folder, name)
