"""What the output of a corpus depends on beside the publications."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from lod.resources import files
from lod.validation.engines import find_engine
from lod.version import __version__

#: The packages whose releases can change what is found or written.
_PACKAGES = ("edtf", "sentencex", "shacl", "pyshacl", "rdflib", "pyoxigraph", "zstandard")


def environment_digest(compression: str | None, engine: str, also: Iterable[str] = ()) -> str:
    """The digest of what, when it changes, makes every publication be built again.

    That is lod's version, its shapes and vocabulary, the packages that read and validate, and the
    form of the output.

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
    for file in (*files("shapes", ".ttl"), *files("vocab", ".ttl")):
        digest.update(b"\0" + file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()
