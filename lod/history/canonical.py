"""Hashes of graphs by which anybody can tell whether they have the same data, in any format.

Source: RDF Dataset Canonicalization (RDFC-1.0). Data of lod has no blank nodes, so that the
canonical form is the sorted lines of canonical N-Quads.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from lod.history.snapshot import Snapshot
from lod.patterns import lazy

# RDF 1.2 N-Quads escapes these with letters, N-Triples 1.1 does not; a backslash before counts.
_NUMBERED = lazy(r"(?<!\\)((?:\\\\)*)\\u00(08|09|0C)")
_LETTERS = {"08": "\\b", "09": "\\t", "0C": "\\f"}


def canonical_hash(lines: Iterable[str]) -> str:
    r"""SHA-256 of the canonical form of some quads, in hexadecimal digits.

    Args:
        lines: canonical N-Triples or N-Quads lines without their ends, " ." and newline; without
            blank nodes, each once or more often.

    >>> canonical_hash(['<x:s> <x:p> "a\\u0009b"']) == hashlib.sha256(
    ...     b'<x:s> <x:p> "a\\tb" .\n').hexdigest()
    True
    """
    whole = "".join(f"{line} .\n" for line in sorted({_canonical(line) for line in lines}))
    return hashlib.sha256(whole.encode()).hexdigest()


def _canonical(line: str) -> str:
    return _NUMBERED.sub(_letter, line) if "\\u00" in line else line


def _letter(match: re.Match[str]) -> str:
    return match[1] + _LETTERS[match[2]]


def graph_hashes(snapshot: Snapshot) -> list[dict[str, str | int | None]]:
    """The graphs of a publication: `graph` (None is the default graph), `quads`, `rdfc10`."""
    graphs = [(None, snapshot.default), *(snapshot.graphs or {}).items()]
    return [
        {
            "graph": graph,
            "quads": text.count("\n"),
            "rdfc10": canonical_hash(text.split(" .\n")[:-1]),
        }
        for graph, text in graphs
    ]
