"""Releases on their way to a store: as they were released, with what became of everything before.

A store that has an older release is sent what differs from it. What was withdrawn and which
versions there are stands in a graph of its own, `{base}releases`, so that the other graphs are the
release and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from lod.corpus.nquads import store_publication
from lod.history.releases import DATA, RELEASE, Release, all_releases, read_release
from lod.history.story import Story, read_story, tombstone_lines, version_lines
from lod.publication import Publication
from lod.push.parcel import Parcel, graph_for, pack, renamed

#: The graph, below the base, with the versions and the tombstones of a publication.
STORY = "releases"


def is_release(path: Path) -> bool:
    """Whether a path is the folder of a release."""
    return (path / RELEASE).is_file()


def publication_parcels(
    publication: Publication, default_graph: str, *, keep: bool
) -> Iterator[Parcel]:
    """A publication as its facts say it now, with what became of its releases.

    Args:
        publication: without errors.
        default_graph: the graph for its default graph, `{base}` for its base.
        keep: whether its releases are sent too, in graphs of their own.

    Raises:
        FindingsError: it has errors.
        InputError: a release cannot be read.
    """
    dataset = publication.dataset()
    story = read_story(publication.folder, dataset)
    language = publication.require_facts().document.language
    quads = _with_story(dataset.n_quads().encode(), story, dataset.base, language)
    yield replace(
        pack(dataset.base, quads, default_graph),
        older=partial(_released, story.releases, language, default_graph),
        has_releases=bool(story.releases),
    )
    if keep:
        yield from _kept(story.releases, default_graph)


def release_parcels(folder: Path, default_graph: str, *, keep: bool) -> Iterator[Parcel]:
    """A release, with what became of those before it.

    Args:
        folder: of the release.
        default_graph: as for `publication_parcels`.
        keep: whether the releases before it are sent too, in graphs of their own.

    Raises:
        InputError: it is none, or one of its files is not what was released.
    """
    release = read_release(folder)
    release.check()
    every = [one for one in all_releases(folder.resolve().parents[1]) if _is_before(one, release)]
    language = release.snapshot().language
    yield replace(
        _parcel([*every, release], language, default_graph),
        older=partial(_released, every, language, default_graph),
        has_releases=True,
    )
    if keep:
        yield from _kept(every, default_graph)


def _is_before(one: Release, release: Release) -> bool:
    return one.data["base"] == release.data["base"] and one.order < release.order


def _released(releases: Sequence[Release], language: str, default_graph: str) -> Iterator[Parcel]:
    """What each release was when it was the newest, the newest first."""
    for count in range(len(releases), 0, -1):
        yield _parcel(releases[:count], language, default_graph)


def _parcel(releases: Sequence[Release], language: str, default_graph: str) -> Parcel:
    """The last of some releases, with the story up to then."""
    *_, release = releases
    story, base = Story(list(releases)), str(release.data["base"])
    story.gone.update((one["iri"], one) for one in release.withdrawn)
    quads = _with_story(release.read(DATA), story, base, language)
    return replace(pack(base, quads, default_graph), version=release.version)


def _kept(releases: Sequence[Release], default_graph: str) -> Iterator[Parcel]:
    """Releases in graphs of their own: those of the publication, below `{base}release/VERSION/`."""
    for release in releases:
        base = str(release.data["base"])
        lines = release.read(DATA)
        stored = store_publication(base, lines, str(release.folder))
        parcel = pack(base, stored.data)
        graphs = {
            f"{release.iri}{graph.removeprefix(base)}": lines
            for graph, lines in parcel.graphs.items()
        }
        dataset = graphs.pop(f"{release.iri}dataset")
        graphs[graph_for(release.iri, default_graph)] = dataset
        yield replace(renamed(release.iri, graphs), version=release.version)


def _with_story(quads: bytes, story: Story, base: str, language: str) -> bytes:
    """The quads of a publication, every one with a graph, and what became of it."""
    stored = store_publication(base, quads, base).data
    if not story.releases:
        return stored
    iris = {one.version: one.iri for one in story.releases}
    lines = version_lines(story, base) + "".join(
        tombstone_lines(gone, iris[gone["last"]], language) for gone in story.gone.values()
    )
    return stored + lines.replace(" .\n", f" <{base}{STORY}> .\n").encode()
