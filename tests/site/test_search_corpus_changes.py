"""The search of a corpus that changes: the same files as those of a site that is built anew."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from lod.site.build import build_site
from lod.site.search import index, publications
from lod.site.search.entries import SearchEntry
from lod.site.search.shards import Shards
from lod.site.search.sizes import Sizes
from lod.site.site import SiteOptions
from lod.site.state import STATE, SiteState
from tests.corpus.conftest import write_lines
from tests.site.corpora import SITE, Data, linked, tree

#: So small that a few publications, and the terms of the vocabulary, have many files.
_SMALL = Sizes(entries=(0, 0), block=32, shard=4_000, run=6_000, most=5, longest=3)
_OPTIONS = SiteOptions(base=SITE, jobs=1)


@pytest.fixture(autouse=True)
def _many_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "SIZES", _SMALL)


def build(out: Path, lines: list[Data], options: SiteOptions = _OPTIONS) -> None:
    """Bring a site up to date."""
    build_site(write_lines(out.with_suffix(".jsonl"), lines), out, options)


_BEFORE = [linked(number, f"Q{100 + number % 2}") for number in range(1, 6)]
_AFTER = [*_BEFORE[:2], linked(3, "Q300", 4003), linked(6, "Q101")]


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A site before and after a change, each built anew."""
    folder = tmp_path_factory.mktemp("sites")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index, "SIZES", _SMALL)
        build(folder / "before", _BEFORE)
        build(folder / "after", _AFTER)
    return {"before": folder / "before", "after": folder / "after"}


@pytest.fixture
def out(sites: dict[str, Path], tmp_path: Path) -> Path:
    """A copy of the site before the change."""
    return Path(shutil.copytree(sites["before"], tmp_path / "out"))


def search_of(site: Path) -> dict[str, bytes]:
    return {p: d for p, d in tree(site).items() if p.startswith(("data/search", "search"))}


def test_a_site_that_was_brought_up_to_date_has_the_search_of_a_new_one(
    out: Path, sites: dict[str, Path]
) -> None:
    assert len(search_of(out)) > 20
    build(out, _AFTER)
    assert tree(out) == tree(sites["after"])
    build(out, _BEFORE)
    assert tree(out) == tree(sites["before"])


def test_only_what_changed_is_read_and_written(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    unpacked: list[bytes] = []
    unpack = publications.unpack

    def noted(data: bytes | None) -> list[SearchEntry]:
        if data is not None:
            unpacked.append(data)
        return unpack(data)

    monkeypatch.setattr(publications, "unpack", noted)
    times = {path: (out / path).stat().st_mtime_ns for path in search_of(out)}
    build(out, [*_BEFORE[:4], linked(5, "Q101", 7777)])
    assert len(unpacked) == 2, "what the one publication had, and has"
    written = [path for path in times if (out / path).stat().st_mtime_ns != times[path]]
    assert 0 < len(written) < len(times) / 3


def _kill(monkeypatch: pytest.MonkeyPatch, where: tuple[object, str], times: int) -> None:
    """Have something fail for the n-th time, as if the process were gone."""
    owner, name = where
    done = getattr(owner, name)
    left = times

    def killed(*arguments: object, **named: object) -> object:
        nonlocal left
        left -= 1
        if not left:
            raise KeyboardInterrupt
        return done(*arguments, **named)

    monkeypatch.setattr(owner, name, killed)


@pytest.mark.parametrize(
    ("where", "times"),
    [
        ((Shards, "change"), 1),
        ((index.SearchIndex, "file"), 4),
        ((index.SearchIndex, "done"), 3),
        ((SiteState, "forget_file"), 2),
        ((SiteState, "forget"), 1),
    ],
)
def test_a_killed_build_goes_on_to_the_same_files(
    where: tuple[object, str], times: int, out: Path, sites: dict[str, Path]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        _kill(patch, where, times)
        with pytest.raises(KeyboardInterrupt):
            build(out, _AFTER)
    build(out, _AFTER)
    assert tree(out) == tree(sites["after"])


def test_what_comes_back_before_it_was_forgotten_is_found_again(
    out: Path, sites: dict[str, Path]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        _kill(patch, (SiteState, "forget"), 1)
        with pytest.raises(KeyboardInterrupt):
            build(out, _AFTER)
    build(out, _BEFORE)
    assert tree(out) == tree(sites["before"])


def test_files_that_are_lost_or_of_another_version_are_set_right(
    out: Path, sites: dict[str, Path]
) -> None:
    names = sorted(path for path in search_of(out) if path.startswith("data/search/"))
    (out / names[3]).unlink()
    build(out, _BEFORE)
    assert tree(out) == tree(sites["before"])
    (out / names[4]).unlink()
    for name in ("words-0.json", "wide-0.json", "entries-0.json", "other"):
        (out / "data/search" / name).write_text("{}")
    build(out, _AFTER)
    assert tree(out) == tree(sites["after"])
    (out / STATE).unlink()
    (out / "data/search/words-1.json").write_text("{}")
    build(out, _AFTER)
    assert tree(out) == tree(sites["after"])


def test_parts_have_no_search_and_a_site_that_follows_has_it(
    out: Path, sites: dict[str, Path]
) -> None:
    build(out, _BEFORE[:4], SiteOptions(base=SITE, jobs=1, fragment=True))
    assert not search_of(out)
    build(out, _AFTER)
    assert tree(out) == tree(sites["after"])
