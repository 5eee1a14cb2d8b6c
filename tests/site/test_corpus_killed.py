"""A build of a corpus that is killed at any moment: what stands there then, and how it goes on."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from lod.site.build import build_site
from lod.site.site import SiteOptions
from tests.corpus.conftest import write_lines
from tests.site.corpora import SITE, fresh, linked, tree
from tests.site.killing import build_killed

#: A publication is about to take its place; it has, and is not noted yet; a file of the whole is
#: about to be written; it is, and is about to take its place; what tells that all is done is about
#: to be written.
_MOMENTS = {
    "place": ("lod.site.corpus", "place"),
    "note": ("lod.site.state:SiteState", "note"),
    "whole": ("lod.site.whole:_Files", "write"),
    "replace": ("pathlib:Path", "replace"),
    "end": ("lod.site.state:SiteState", "forget_others"),
}


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_killed_build_goes_on_to_the_same_bytes(jobs: int, tmp_path: Path) -> None:
    lines = [linked(number, f"Q{100 + number % 5}") for number in range(1, 8)]
    corpus = write_lines(tmp_path / "c.jsonl", lines)
    out, aside = tmp_path / "out", tmp_path / ".out.lod-new"
    # The second of these builds goes on where the first was stopped, and so on.
    for moment, times in (("place", 2), ("note", 4), ("whole", 7), ("end", 1)):
        build_killed(corpus, out, _MOMENTS[moment], times, "--base", SITE, "--jobs", str(jobs))
        assert not out.exists()
    report = build_site(corpus, out, SiteOptions(base=SITE, jobs=jobs))
    assert (report.publications, report.built) == (7, 0), "all of them were there already"
    assert tree(out) == fresh(tmp_path, lines)
    assert not aside.exists()


def test_what_was_gone_in_a_killed_build_and_is_back_is_told_again(tmp_path: Path) -> None:
    lines = [linked(number) for number in range(1, 4)]
    corpus, out = write_lines(tmp_path / "c.jsonl", lines), tmp_path / "out"
    build_site(corpus, out, SiteOptions(base=SITE))
    write_lines(corpus, lines[:2])
    # The pages of the items are made without it, and it is about to be removed.
    gone = ("lod.site.corpus", "remove_publication")
    build_killed(corpus, out, gone, 1, "--base", SITE, "--jobs", "1")
    write_lines(corpus, lines)
    build_site(corpus, out, SiteOptions(base=SITE))
    assert tree(out) == fresh(tmp_path, lines)


_NUMBERS = range(1, 7)
_CHANGED = [linked(n, "Q300", 4000 + n) for n in _NUMBERS]


@pytest.fixture(scope="module")
def old_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of a corpus before its publications changed."""
    folder = tmp_path_factory.mktemp("old")
    corpus = write_lines(folder / "c.jsonl", [linked(n) for n in _NUMBERS])
    build_site(corpus, folder / "out", SiteOptions(base=SITE))
    return folder / "out"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What the site of the changed corpus is, built into an empty place."""
    return fresh(tmp_path_factory.mktemp("whole"), _CHANGED)


@pytest.mark.parametrize(
    ("moment", "times"), [("place", 4), ("note", 4), ("whole", 3), ("replace", 2), ("replace", 5)]
)
def test_a_build_killed_over_an_old_site_leaves_whole_publications(
    moment: str, times: int, old_site: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    corpus, out = write_lines(tmp_path / "c.jsonl", _CHANGED), tmp_path / "out"
    shutil.copytree(old_site, out)
    old = {n: tree(out / str(n)) for n in _NUMBERS}
    build_killed(corpus, out, _MOMENTS[moment], times, "--base", SITE, "--jobs", "1")
    new = {
        n: {
            name.partition("/")[2]: data for name, data in whole.items() if name.startswith(f"{n}/")
        }
        for n in _NUMBERS
    }
    for n in _NUMBERS:
        state = tree(out / str(n))
        assert state in (old[n], new[n]), f"publication {n} is neither old nor new"
    kept = [n for n in _NUMBERS if tree(out / str(n)) == old[n]]
    assert kept == {"place": [4, 5, 6], "note": [5, 6], "whole": [], "replace": []}[moment]
    build_site(corpus, out, SiteOptions(base=SITE))
    assert tree(out) == whole
