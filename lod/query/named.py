"""Named queries: `.rq` files whose first comment says what they answer.

Every publication, file and store has those that ship with lod; a publication's own of the same name
stand before them.
"""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from msgspec import Struct

from lod.errors import InputError
from lod.patterns import lazy
from lod.sources.outside import read_text

#: The folder of a publication that its named queries are in.
FOLDER = "queries"
SUFFIX = ".rq"
#: Endings of query files that may be named by their path.
SUFFIXES = (SUFFIX, ".sparql")
#: What is the name of a query or of its file; anything else is the query itself.
NAME = lazy(r"[^\s{}?*<>:]+")
_MAX_SIZE = 1_000_000
_BUILT_IN = Path(__file__).with_name("builtin")


class NamedQuery(Struct, frozen=True):
    """A query that has a name.

    Attributes:
        name: the name of its file without `.rq`.
        description: what it answers, from the comment that it begins with; "" without one.
        text: the SPARQL.
        path: its file.
    """

    name: str
    description: str
    text: str
    path: Path


def list_queries(folder: str | Path | None) -> list[NamedQuery]:
    """The named queries of a publication, sorted by name, those that ship with lod among them.

    Args:
        folder: the folder of a publication, or one of `.rq` files; None for data that has none.

    Raises:
        InputError: a query cannot be read.
    """
    return [_read(path) for _, path in sorted(_known(folder).items())]


def load_query(query: str | Path, folder: str | Path | None = None) -> NamedQuery:
    """Find a query by its path or its name.

    Args:
        query: the path of a `.rq` or `.sparql` file, or the name of a named query.
        folder: the folder of the publication whose named queries are meant, or None.

    Raises:
        InputError: there is none; the hint names the nearest, or all.
    """
    path = Path(query)
    name = str(query)
    if path.suffix in SUFFIXES and path.is_file():
        return _read(path)
    known = _known(folder)
    if name.removesuffix(SUFFIX) in known:
        return _read(known[name.removesuffix(SUFFIX)])
    if path.suffix in SUFFIXES or "/" in name:
        raise InputError(f"{name} is no query file.", hint=_hint(path.stem, known))
    raise InputError(f'There is no query named "{name}".', hint=_hint(name, known))


def _hint(name: str, known: dict[str, Path]) -> str:
    near = get_close_matches(name, known, n=1)
    if near:
        return f"Did you mean {near[0]}?"
    return f"The queries are {', '.join(sorted(known))}."


def _known(folder: str | Path | None) -> dict[str, Path]:
    """Name to file; what the folder has wins."""
    own = [] if folder is None else _files(Path(folder))
    return {path.stem: path for path in (*_files(_BUILT_IN), *own)}


def _files(folder: Path) -> list[Path]:
    inner = folder / FOLDER
    try:
        return sorted((inner if inner.is_dir() else folder).glob(f"*{SUFFIX}"))
    except OSError as error:
        raise InputError(f"{folder} cannot be read: {error.strerror}.") from error


def _read(path: Path) -> NamedQuery:
    try:
        if path.stat().st_size > _MAX_SIZE:
            raise InputError(f"{path} is larger than {_MAX_SIZE:,} bytes, which no query needs.")
        text = read_text(path)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from error
    return NamedQuery(path.stem, _description(text), text, path)


def _description(text: str) -> str:
    """The comment that a query begins with, in one line."""
    words: list[str] = []
    for line in map(str.strip, text.splitlines()):
        if line.startswith("#"):
            words += line.lstrip("#").split()
        elif line or words:
            break
    return " ".join(words)
