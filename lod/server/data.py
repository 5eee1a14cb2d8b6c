"""What a server is given to serve, and where its queries find it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from lod.corpus.publications import split_publications, store_publication
from lod.corpus.sources import Source, open_source
from lod.corpus.store import load_store
from lod.errors import InputError
from lod.namespaces import PREFIXES
from lod.query.disk import STORE_FILE, DiskStore, find_store, is_store
from lod.query.run import run_query
from lod.query.store import QueryStore
from lod.server.query_pool import PoolData
from lod.server.store_pages import common_base
from lod.vocabulary.names import REL

#: What stands in the folder that is named: a store, a site, the output of a corpus build, or
#: something that is built first.
Kind = Literal["store", "site", "corpus output", "source"]
_MARKER = ".lod-site.json"
_INDEX = "index.html"
_MANIFEST = "manifest.json"
_NQ = ".nq"
#: Beyond this, queries are asked of a database on disk, which all their processes share.
_IN_MEMORY = 8 << 20
_MOST_BASES = 10_000


@dataclass(frozen=True, slots=True)
class ServedData:
    """The data that is served.

    Attributes:
        pool: where its queries find it.
        bases: of its publications, as far as they are known.
        modified: when it last changed, in seconds since 1970.
    """

    pool: PoolData
    bases: tuple[str, ...]
    modified: float | None

    @property
    def base(self) -> str:
        """What the bases of its publications begin with."""
        return common_base([f"{base}document" for base in self.bases])


def kind_of(path: Path) -> Kind:
    """What stands at a path.

    Raises:
        InputError: there is nothing.
    """
    if not path.exists():
        raise InputError(f"{path}: no such file or folder")
    if is_store(path):
        return "store"
    if (path / _MARKER).is_file():
        return "site"
    if (path / _MANIFEST).is_file() and (path / "shards").is_dir():
        return "corpus output"
    if (path / _INDEX).is_file() and not (path / "facts.yaml").is_file():
        return "site"
    return "source"


def store_data(path: Path) -> ServedData:
    """The data of a store on disk.

    Raises:
        InputError: the folder is no store, or one of another layout.
    """
    store = find_store(path)
    bases = _bases_in(store)
    base = common_base([f"{one}document" for one in bases])
    pool = PoolData(base, dict(PREFIXES), store=store.data.resolve())
    return ServedData(pool, bases, (path / STORE_FILE).stat().st_mtime)


def _bases_in(store: DiskStore) -> tuple[str, ...]:
    """The bases of the publications in a store, of many some."""
    query = f"SELECT DISTINCT ?d {{ ?d a <{REL.Document}> }} LIMIT {_MOST_BASES}"
    with QueryStore([store]) as opened:
        rows = run_query(opened, query).rows
    documents = (row[0].value for row in rows if row[0] is not None)
    return tuple(one.removesuffix("document") for one in documents)


def site_data(folder: Path, scratch: Path) -> ServedData:
    """The data in a folder of pages: its N-Quads.

    Args:
        folder: the site.
        scratch: an empty folder for what is made of them.

    Raises:
        InputError: it has none.
        FormatError: they are not N-Quads that lod wrote.
    """
    files = sorted(_quads_in(folder))
    if not files:
        raise InputError(
            f"{folder}: there are pages, but no N-Quads to query",
            hint="lod site makes them; or name the store: --endpoint IRI",
        )
    return files_data([Source(file) for file in files], scratch)


def _quads_in(folder: Path) -> Iterator[Path]:
    for path, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(path) / name for name in names if name.endswith(_NQ))


def files_data(sources: list[Source], scratch: Path) -> ServedData:
    """The data in files of N-Quads: in memory where it is small, in a database else.

    Args:
        sources: the files.
        scratch: an empty folder for the database.

    Raises:
        InputError: a file cannot be read.
        FormatError: a file is not N-Quads that lod wrote.
    """
    try:
        size = sum(source.path.stat().st_size for source in sources)
        modified = max(source.path.stat().st_mtime for source in sources)
    except OSError as error:
        raise InputError(f"{error.filename}: {error.strerror}") from None
    if size > _IN_MEMORY or any(source.path.suffix != _NQ for source in sources):
        store = scratch / "store"
        load_store([source.path for source in sources], store)
        data = store_data(store)
        return ServedData(data.pool, data.bases, modified)
    return quads_data(_publications(sources), modified)


def corpus_data(out: Path, scratch: Path) -> ServedData:
    """The data of a corpus that was built, in a database.

    Raises:
        InputError: it cannot be read.
    """
    store = scratch / "store"
    load_store([out], store)
    data = store_data(store)
    return ServedData(data.pool, data.bases, (out / _MANIFEST).stat().st_mtime)


def _publications(sources: Iterable[Source]) -> Iterator[tuple[str, bytes]]:
    for source in sources:
        with open_source(source) as stream:
            yield from split_publications(stream, str(source.path))


def quads_data(
    publications: Iterable[tuple[str, bytes]],
    modified: float | None,
    prefixes: dict[str, str] | None = None,
) -> ServedData:
    """The data of publications, in memory. Their default graphs are named `{base}dataset`.

    Args:
        publications: the base and the N-Quads of each.
        modified: when they last changed.
        prefixes: prefix to namespace IRI, beside the known ones.
    """
    bases: list[str] = []
    parts: list[bytes] = []
    for base, lines in publications:
        if base not in bases:
            bases.append(base)
            parts.append(store_publication(base, lines, base).data)
    known = {**(prefixes or {}), **PREFIXES}
    if len(bases) == 1:
        known |= {"claim": f"{bases[0]}claim/", "entity": f"{bases[0]}entity/"}
    pool = PoolData(bases[0] if len(bases) == 1 else "", known, b"".join(parts))
    return ServedData(pool, tuple(bases), modified)


def site_base(folder: Path, bases: tuple[str, ...]) -> str:
    """The IRI that the root of a site stands for.

    Args:
        folder: the site.
        bases: of its publications.
    """
    try:
        said = json.loads((folder / _MARKER).read_bytes()).get("base")
    except (OSError, ValueError, AttributeError):
        said = None
    if isinstance(said, str) and said:
        return said
    return common_base([f"{base}document" for base in bases])
