"""The index of the search is kept: a change costs its own size, and leads to the same files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from lod.site.search import keys
from lod.site.search.entries import SearchEntry, make_entry
from lod.site.search.index import SearchIndex
from lod.site.search.postings import Change
from lod.site.search.schema import SCHEMA
from lod.site.search.sizes import SIZES, Sizes
from lod.store.database import Database
from tests.site.test_search_index import corpus

# Words that begin with one another, so that beginnings are wide; and one of two UTF-16 units.
_WORDS = "k ka kaz kazakh kazan st stan al alma almaty россия 𐐀𐐁 a b c d e".split()
_digest = keys.digest


@st.composite
def publications(draw: st.DrawFn) -> tuple[str, list[SearchEntry]]:
    """A publication, and what can be found of it; nothing where it is gone."""
    owner = draw(st.sampled_from("pqrstuvw"))
    texts = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=3).map(" ".join)
    title = draw(texts)
    found = []
    for kind, most in (("publication", 1), ("item", 3), ("entity", 3), ("claim", 5)):
        for number in draw(st.lists(st.integers(0, 8), max_size=most)):
            path = f"item/Q{number}.html" if kind == "item" else f"{owner}/{kind}-{number}.html"
            of = "" if kind == "item" else title
            text = draw(texts)
            found.append(make_entry(kind, path, text, sentence=kind == "claim", publication=of))
    return owner, found


sizes = st.builds(
    Sizes,
    entries=st.tuples(st.sampled_from((0, 10, 30)), st.sampled_from((0, 10, 60))),
    block=st.integers(2, 6),
    shard=st.integers(60, 300),
    run=st.integers(60, 500),
    most=st.integers(1, 4),
    wide=st.integers(1, 3),
    longest=st.integers(1, 3),
)


def bring_up_to_date(index: SearchIndex, disk: dict[str, bytes]) -> None:
    """Write and delete the files that an index says."""
    for path in index.changed():
        file = index.file(path)
        if file is None:
            disk.pop(path, None)
        else:
            disk[path] = file.content
        assert index.has(path) is (file is not None)
        index.done(path)
    disk[index.manifest().path] = index.manifest().content


@settings(max_examples=60)
@given(
    steps=st.lists(st.lists(publications(), max_size=5), min_size=1, max_size=6),
    sizes=sizes,
    hashes=st.sampled_from((4, 64, 1 << 64)),
)
def test_any_changes_lead_to_the_files_of_what_is_there_at_the_end(
    steps: list[list[tuple[str, list[SearchEntry]]]], sizes: Sizes, hashes: int
) -> None:
    def coarse(text: str) -> int:
        return _digest(text) % hashes * ((1 << 64) // hashes)

    there: dict[str, list[SearchEntry]] = {}
    disk: dict[str, bytes] = {}
    with patch.object(keys, "digest", coarse), SearchIndex(sizes=sizes) as index:
        for step in steps:
            now = dict(step)
            index.update(Change(one, there.get(one, []), after) for one, after in now.items())
            there |= now
            bring_up_to_date(index, disk)
            with SearchIndex(sizes=sizes) as fresh:
                fresh.update(Change(one, [], after) for one, after in there.items())
                assert index.names(["item", "entity"], 5) == fresh.names(["item", "entity"], 5)
                assert disk == {file.path: file.content for file in fresh.files()}


def test_things_of_which_the_hash_is_the_same_are_both_found() -> None:
    entries = [
        Change(name, (), [make_entry("claim", f"{name}/claim/1.html", f"{name} says")])
        for name in ("first", "second")
    ]
    with (
        patch.object(keys, "digest", lambda _: 1),
        SearchIndex(sizes=Sizes(entries=(0, 0))) as index,
    ):
        index.update(entries)
        files = {file.path: json.loads(file.content) for file in index.files()}
    (block,) = (data for path, data in files.items() if "/entries-" in path)
    (rows,) = block.values()
    assert [row[0] for row in rows] == ["first/claim/1.html", "second/claim/1.html"]
    (words,) = (data for path, data in files.items() if "/words-" in path)
    assert words["first"] == words["second"]


@pytest.fixture(scope="module", params=[100, 1000])
def kept(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Database, SearchIndex, list[list[SearchEntry]]]]:
    """An index of many publications, whose files are written."""
    entries = list(corpus(request.param))
    with Database(tmp_path_factory.mktemp("kept") / "state.sqlite", SCHEMA) as database:
        index = SearchIndex(database, replace(SIZES, entries=(0, 0)))
        with database.transaction():
            index.update(Change(str(n), (), one) for n, one in enumerate(entries))
        for path in index.changed():
            index.done(path)
        yield database, index, entries


def test_a_change_costs_what_it_changes(
    kept: tuple[Database, SearchIndex, list[list[SearchEntry]]],
) -> None:
    """Counted are steps of SQLite's machine: of 1,000 publications hardly more than of 100."""
    database, index, entries = kept
    before = entries[7]
    after = [
        make_entry("publication", before[0].path, "Report 7, corrected"),
        *(one._replace(publication="Report 7, corrected") for one in before[1:]),
    ]
    steps = 0

    def count() -> None:
        nonlocal steps
        steps += 1

    database._db.set_progress_handler(count, 100)
    with database.transaction():
        index.update([Change("7", before, after)])
    paths = list(index.changed())
    content = [file.content for path in paths if (file := index.file(path))]
    index.manifest()
    database._db.set_progress_handler(None, 0)
    with database.transaction():
        index.update([Change("7", after, before)])
    for path in paths:
        index.done(path)
    assert len(content) <= 12
    assert steps < 600, "hundreds of steps"
