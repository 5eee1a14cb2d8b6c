"""What files of a whole site are made of: portions that a change elsewhere leaves alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from lod.site.data.whole import whole_data_files
from lod.site.files import PublicationSummary, SiteFile
from lod.site.site import Site
from lod.site.state import Built, SiteState
from lod.site.summaries import LARGEST, StoredSummaries, Summaries
from lod.site.whole import publication_lists
from tests.site.data.sites import make_site, many_summaries

_SITE = make_site("https://data.example.org/", several=True)
_ONE = next(iter(many_summaries(1)))


def _named(numbers: Sequence[int]) -> Summaries:
    bases = (f"https://data.example.org/{number}/" for number in numbers)
    return Summaries([replace(_ONE, base=base) for base in bases])


def _bases(summaries: Summaries) -> list[bytes]:
    made = summaries.made("bases", lambda some: "\n".join(one.base for one in some).encode())
    return list(made)


@given(st.lists(st.integers(0, 10**6), unique=True, max_size=700), st.data())
def test_one_more_moves_the_ends_of_no_other_portion(
    numbers: list[int], data: st.DataObject
) -> None:
    before = _bases(_named(numbers))
    sizes = list(_named(numbers).sizes())
    assert sum(sizes) == len(numbers)
    assert all(size <= LARGEST for size in sizes)
    assert "\n".join(part.decode() for part in before).split() == [
        one.base for one in _named(numbers)
    ]
    at = data.draw(st.integers(0, len(numbers)))
    after = _bases(_named([*numbers[:at], -1, *numbers[at:]]))
    # That one's portion, which may be cut in two; where one is full, the next ones move up.
    full = sum(size == LARGEST for size in sizes)
    assert len(set(after) - set(before)) <= 2 + full


def _note(state: SiteState, summaries: Iterator[PublicationSummary]) -> None:
    for one in summaries:
        built = Built(one.base, one.folder, one, one.titles["en"], {}, b"", [], 0, 0, 0, {}, [])
        state.note(built, repr(one).encode(), one.folder)


def _files(state: SiteState) -> dict[str, bytes]:
    summaries = StoredSummaries(state)
    files = [*whole_data_files(summaries, _SITE)]
    found = {
        file.path: file.content if isinstance(file, SiteFile) else b"".join(file.parts)
        for file in files
    }
    return found | {page.path: page.made_of for page in publication_lists(state, _SITE)}


def _update(folder: Path, number: int, monkeypatch: pytest.MonkeyPatch) -> tuple[int, int]:
    """How many summaries are read by a run after which nothing changed, and after one did."""
    read = 0
    summaries = SiteState.summaries

    def counted(state: SiteState, first: int, size: int) -> Iterator[PublicationSummary]:
        nonlocal read
        for one in summaries(state, first, size):
            read += 1
            yield one

    folder.mkdir()
    found = list(many_summaries(number))
    changed = replace(found[number // 2], titles={"en": "Another title"})
    counts = []
    with SiteState(folder) as state, monkeypatch.context() as patch:
        _note(state, iter(found))
        _files(state)
        patch.setattr(SiteState, "summaries", counted)
        for change in ([], [changed]):
            _note(state, iter(change))
            read = 0
            brought = _files(state)
            counts.append(read)
    with SiteState(folder.with_name(f"{folder.name}-new")) as state:
        _note(state, iter([*found[: number // 2], changed, *found[number // 2 + 1 :]]))
        assert _files(state) == brought
    return counts[0], counts[1]


def test_what_is_read_grows_with_the_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lod.site.summaries.PORTION", 8)
    few = _update(tmp_path / "few", 120, monkeypatch)
    many = _update(tmp_path / "many", 1200, monkeypatch)
    assert many[0] <= few[0] + 5, "what did not change is not read"
    # Each of the kinds of things that are made of portions reads that of the publication; where
    # the list is sorted by title, also the one that it left.
    assert many[1] <= 2 * few[1]
    assert many[1] < 1200 / 2


def test_a_site_knows_when_what_it_is_made_of_changes(tmp_path: Path) -> None:
    site: Site = _SITE
    with SiteState(tmp_path) as state:
        _note(state, iter(many_summaries(250)))
        StoredSummaries(state)
        before = [page.made_of for page in publication_lists(state, site)]
        one = list(many_summaries(250))[7]
        _note(state, iter([replace(one, authors=("Ann",))]))
        StoredSummaries(state)
        after = [page.made_of for page in publication_lists(state, site)]
    assert len(before) == 3
    assert sum(old != new for old, new in zip(before, after, strict=True)) == 1
