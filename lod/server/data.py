"""What a server is given to serve, and where its queries find it."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from msgspec import Struct

from lod.corpus.nquads import Source, read_publications, store_publication
from lod.corpus.store import load_store
from lod.errors import InputError, LodError
from lod.namespaces import PREFIXES
from lod.pages.interface import languages
from lod.query.disk import find_store, is_store
from lod.query.store import QueryStore, run_query
from lod.server.pool import PoolData
from lod.server.store_pages import common_base
from lod.store.files import STORE_FILE
from lod.vocabulary.names import REL

#: What stands in the folder that is named: a store, a site, the output of a corpus build, or
#: something that is built first.
Kind = Literal["store", "site", "corpus output", "source"]
_MARKER = ".lod-site.json"
_INDEX = "index.html"
#: Of the site of a corpus; it is written with every build.
_SITE_STATE = ".lod-site.sqlite"
_MANIFEST = "manifest.json"
_NQ, _TRIG = ".nq", "dataset.trig"
#: How many times shorter TriG is than the N-Quads that it says.
_SHORTER = 4
#: Beyond this, queries are asked of a database on disk, which all their processes share.
_IN_MEMORY = 8 << 20
_MOST_BASES = 10_000


class ServedData(Struct, frozen=True):
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
    from lod.sources import find_facts

    # Beside facts, a page is one of the author's own.
    is_site = (path / _INDEX).is_file() and find_facts(path) is None
    return "site" if is_site else "source"


def store_data(path: Path, modified: float | None = None) -> ServedData:
    """The data of a store on disk.

    Args:
        path: its folder.
        modified: when the data last changed; None for when it was loaded.

    Raises:
        InputError: the folder is no store, or one of another layout.
    """
    store = find_store(path)
    query = f"SELECT DISTINCT ?d {{ ?d a <{REL.Document}> }} LIMIT {_MOST_BASES}"
    with QueryStore([store]) as opened:
        rows = run_query(opened, query).rows
    documents = [row[0].value for row in rows if row[0] is not None]
    pool = PoolData(common_base(documents), dict(PREFIXES), store=store.data.resolve())
    bases = tuple(one.removesuffix("document") for one in documents)
    return ServedData(pool, bases, modified or (path / STORE_FILE).stat().st_mtime)


def corpus_data(out: Path, scratch: Path) -> ServedData:
    """The data of a corpus that was built, in a database.

    Raises:
        InputError: it cannot be read.
    """
    store = scratch / "store"
    load_store([out], store)
    return store_data(store, (out / _MANIFEST).stat().st_mtime)


def site_data(folder: Path, scratch: Path) -> ServedData:
    """The data in a folder of pages: in memory where it is small, in a database else.

    It is that of its N-Quads, and of datasets in TriG that are there in no N-Quads.

    The default graphs of publications in memory are named `{base}dataset`.

    Args:
        folder: the site.
        scratch: an empty folder for what is made of them.

    Raises:
        InputError: it has none, or a file cannot be read.
        FormatError: it is not data that lod wrote.
    """
    files = sorted(_data_in(folder))
    if not files:
        raise InputError(
            f"{folder}: there are pages, but no TriG or N-Quads to query",
            hint="lod site makes them; or name the store: --endpoint IRI",
        )
    try:
        found = [file.stat() for file in files]
    except OSError as error:
        raise InputError(f"{error.filename}: {error.strerror}") from None
    modified = max(one.st_mtime for one in found)
    sizes = (
        one.st_size * (_SHORTER if file.name == _TRIG else 1)
        for file, one in zip(files, found, strict=True)
    )
    if sum(sizes) > _IN_MEMORY:
        store = scratch / "store"
        load_store(files, store)
        return store_data(store, modified)
    data: dict[str, bytes] = {}
    for file in files:
        for base, lines in read_publications(Source(file)):
            if base not in data:
                data[base] = store_publication(base, lines, base).data
    bases = tuple(data)
    prefixes, only = dict(PREFIXES), bases[0] if len(bases) == 1 else ""
    if only:
        prefixes |= {"claim": f"{only}claim/", "entity": f"{only}entity/"}
    return ServedData(PoolData(only, prefixes, b"".join(data.values())), bases, modified)


def _data_in(folder: Path) -> Iterator[Path]:
    for path, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        quads = [name for name in names if name.endswith(_NQ)]
        if _TRIG in names and _TRIG.replace(".trig", _NQ) not in quads:
            quads.append(_TRIG)
        yield from (Path(path) / name for name in quads)


def site_base(folder: Path, bases: tuple[str, ...]) -> str:
    """The IRI that the root of a site stands for.

    Args:
        folder: the site.
        bases: of its publications.
    """
    try:
        base = json.loads((folder / _MARKER).read_bytes()).get("base")
    except (OSError, ValueError, AttributeError):
        base = None
    if isinstance(base, str) and base:
        return base
    return common_base([f"{base}document" for base in bases])


def site_language(folder: Path | None) -> str:
    """The language of the interface of a site, where it is one of ours; else English.

    Args:
        folder: the site, or None.
    """
    try:
        start = (
            "" if folder is None else (folder / _INDEX).read_bytes()[:200].decode("ascii", "ignore")
        )
    except OSError:
        return "en"
    found = re.search(r'<html lang="([A-Za-z-]+)"', start)
    return found[1] if found and found[1] in languages() else "en"


def served_data(
    target: Path | None, kind: Kind | None, folder: Path | None, scratch: Path
) -> ServedData:
    """The data of what is served.

    Args:
        target: what was named.
        kind: of it.
        folder: the site of its pages, or None.
        scratch: an empty folder for what is made of them.

    Raises:
        InputError: there is none, or it cannot be read.
    """
    if target is not None and kind == "store":
        return store_data(target)
    if target is not None and kind == "corpus output":
        return corpus_data(target, scratch)
    if folder is None:
        raise InputError("There is nothing to serve.", hint="name a folder or --endpoint IRI")
    return site_data(folder, scratch)


def sign_of(target: Path, kind: Kind | None) -> tuple[object, ...]:
    """What differs as soon as another generation of the data stands there; () while none does."""
    try:
        if kind == "store":
            return (str(find_store(target).data.resolve()),)
        names = (_MANIFEST,) if kind == "corpus output" else (_MARKER, _INDEX, _SITE_STATE)
        files = [target / name for name in names]
        found = [file.stat() for file in files if file.exists() or file.name != _SITE_STATE]
    except (OSError, LodError):
        return ()
    return tuple((one.st_ino, one.st_mtime_ns, one.st_size) for one in found)
