"""Reads the publications of files of N-Quads, one after another."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from lod.corpus.publications import split_publications
from lod.corpus.sources import Source, open_source
from lod.errors import InputError, LodError


def read_publications(source: Source) -> Iterator[tuple[str, bytes]]:
    """The base IRI and the lines of every publication of a file, in order.

    Raises:
        InputError: the file cannot be read, or is damaged.
        FormatError: it is not N-Quads that lod wrote.
        MissingExtraError: it is zstd and the package for it is not installed.
    """
    try:
        with open_source(source) as stream:
            yield from split_publications(stream, str(source.path))
    except LodError:
        raise
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"{source.path}: cannot be read: {error}") from None
    except Exception as error:
        if type(error).__module__.startswith("zstd"):  # its error has no public base class
            raise InputError(f"{source.path}: cannot be read: {error}") from None
        raise
