"""What `lod push` is given: publications that were built, or that are built on the way."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from lod.cli.terminal import tell

if TYPE_CHECKING:
    from lod.corpus.sources import Source
    from lod.push.parcel import Parcel


class PushSources:
    """The publications that are to be pushed, one after another.

    Args:
        paths: publications, which are built in memory; corpora, which are built aside; outputs of a
            corpus build and N-Quads that lod wrote, which are taken as they are.
        default_graph: IRI of the graph for the default graph of a publication.

    Attributes:
        total: how many publications there are, or None where nothing says so.
        broken: how many publications of corpora have errors and are left out.

    Raises:
        InputError: a path is none of this.
        FindingsError: a publication has errors.
    """

    def __init__(self, paths: tuple[Path, ...], default_graph: str) -> None:
        self.total: int | None = 0
        self.broken = 0
        self._default_graph = default_graph
        self._paths = paths
        self._stack = ExitStack()
        self._found: list[Source | tuple[str, bytes]] = []

    def __enter__(self) -> PushSources:
        try:
            for path in self._paths:
                self._add(path)
        except BaseException:
            self._stack.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def __iter__(self) -> Iterator[Parcel]:
        from lod.corpus.publications import store_publication
        from lod.corpus.reading import read_publications
        from lod.push.parcel import pack

        for one in self._found:
            publications, name = (
                (iter([one]), one[0])
                if isinstance(one, tuple)
                else (read_publications(one), str(one.path))
            )
            for base, lines in publications:
                stored = store_publication(base, lines, name)
                yield pack(base, stored.data, self._default_graph)

    def _add(self, path: Path) -> None:
        from lod.corpus.items import is_corpus
        from lod.corpus.sources import find_sources
        from lod.facts.load import FACTS_FILES

        is_facts = path.is_file() and path.name in FACTS_FILES
        if is_facts or any((path / name).is_file() for name in FACTS_FILES):
            self._build(path)
        elif is_corpus(path) and (path.is_file() or not _is_built(path)):
            self._build_corpus(path)
        else:
            self._take(find_sources([path]))

    def _build(self, path: Path) -> None:
        from lod.publication import load

        dataset = load(path).dataset()
        self._found.append((dataset.base, dataset.n_quads().encode()))
        if self.total is not None:
            self.total += 1

    def _build_corpus(self, path: Path) -> None:
        from lod.corpus.build import build_corpus
        from lod.corpus.sources import find_sources

        folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="lod-push-")))
        result = build_corpus(path, folder, jobs=os.cpu_count() or 1)
        if result.broken:
            self.broken += result.broken
            some = "1 publication" if result.broken == 1 else f"{result.broken:,} publications"
            tell(f"{path}: {some} left out for errors, which lod check DIR shows")
        self._take(find_sources([folder]))

    def _take(self, sources: list[Source]) -> None:
        self._found += sources
        counts = [source.publications for source in sources]
        if self.total is not None:
            self.total = None if None in counts else self.total + sum(filter(None, counts))


def _is_built(folder: Path) -> bool:
    """Whether a folder has what a build wrote, and not what is still to be built."""
    return any((folder / name).is_file() for name in ("manifest.json", "dataset.nq"))
