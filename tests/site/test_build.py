"""The site of one publication: what is written where, and what happens when it cannot be."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from lod.errors import InputError, OutputError
from lod.pages.view import PublicationView
from lod.publication import load
from lod.site.build import build_site
from lod.site.files import MARKER
from lod.site.site import SiteOptions
from tests.corpus.conftest import publication, write_folder
from tests.site.conftest import EXAMPLE
from tests.site.killing import build_killed
from tests.site.links import broken_links


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "small", publication(1))


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "lod", "site", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_thing_has_its_page(example_site: Path) -> None:
    view = PublicationView(load(EXAMPLE))
    things = [f"{view.base}{name}" for name in ("document", "dataset", "build")]
    things += [view.text_iri(), *view.dataset.claims, *view.dataset.graphs]
    things += [f"{view.base}entity/{slug}" for slug in view.facts.entities]
    things += [f"{view.base}claim/{id_}" for id_ in view.statements]
    for iri in things:
        file = view.paths.file(iri)
        assert file is not None
        assert (example_site / file).is_file(), f"{iri} has no page"


def test_a_base_whose_host_is_none_in_the_dns_is_a_base(small: Path, tmp_path: Path) -> None:
    base = "https://data\uff1f.example/x/"
    built = run(small, "-o", tmp_path / "out", "--base", base)
    assert built.returncode == 0, built.stderr
    assert 'href="/x/index.html"' in (tmp_path / "out" / "404.html").read_text("utf-8")


def test_full_data_only_adds_files(small: Path, tmp_path: Path) -> None:
    usual, full = tmp_path / "usual", tmp_path / "full"
    assert run(small, "-o", usual).returncode == 0
    assert run(small, "-o", full, "--full-data").returncode == 0
    more = tree(full).keys() - tree(usual).keys()
    assert tree(usual).keys() < tree(full).keys()
    assert {path.rpartition(".")[2] for path in more} == {
        *("ttl", "jsonld", "trig", "nq", "nt", "rdf")
    }
    assert {"claim/member.ttl", "document.jsonld", "dataset.nq", "dataset.rdf"} <= more
    assert broken_links(full) == broken_links(usual) == []


def test_every_iri_leads_to_a_place_in_a_page(example_site: Path) -> None:
    view = PublicationView(load(EXAMPLE))
    for token in view.nodes:
        file = view.paths.file(token[1:-1])
        if file is None:
            continue
        name, _, fragment = file.partition("#")
        page = (example_site / name).read_text("utf-8")
        assert not fragment or f'id="{fragment}"' in page, f"{token} is not in {name}"


def test_article_page_stands_at_the_root_too(example_site: Path) -> None:
    index = (example_site / "index.html").read_bytes()
    assert index == (example_site / "document.html").read_bytes()


def test_every_internal_link_resolves(example_site: Path) -> None:
    assert broken_links(example_site) == []


def test_page_for_nothing_finds_its_style_at_any_depth(tmp_path: Path, small: Path) -> None:
    build_site(small, tmp_path / "out", SiteOptions(base="https://facts.example.org/a/b/"))
    page = (tmp_path / "out" / "404.html").read_text("utf-8")
    assert 'href="/a/b/assets/site.css"' in page
    assert 'href="assets' not in page


def test_same_input_gives_same_bytes(tmp_path: Path, example_site: Path) -> None:
    build_site(EXAMPLE, tmp_path / "again", SiteOptions(jobs=2))
    assert tree(tmp_path / "again") == tree(example_site)


def test_report_counts_what_is_there(tmp_path: Path, small: Path) -> None:
    told: list[int] = []
    report = build_site(
        small, tmp_path / "out", SiteOptions(), lambda done, total: told.append(done)
    )
    files = tree(tmp_path / "out")
    del files[MARKER]
    assert (report.publications, report.built, report.skipped) == (1, 1, 0)
    assert report.files == len(files)
    assert report.pages == sum(name.endswith(".html") for name in files)
    assert report.bytes == sum(map(len, files.values()))
    assert report.base == "https://data.example.org/1/"
    assert told == sorted(told)
    assert told


def test_a_new_site_takes_the_place_of_the_old_one(tmp_path: Path, small: Path) -> None:
    out = tmp_path / "out"
    build_site(small, out, SiteOptions())
    (out / "entity" / "stray.html").write_text("old", "utf-8")
    build_site(small, out, SiteOptions())
    assert not (out / "entity" / "stray.html").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "small"]


def test_a_killed_build_leaves_the_old_site_whole(tmp_path: Path, small: Path) -> None:
    out = tmp_path / "out"
    build_site(small, out, SiteOptions())
    before = tree(out)
    written = ("lod.site.files:Writer", "write")
    for where, times in ((written, 1), (written, 600), (("lod.store.files", "swap_folders"), 1)):
        build_killed(EXAMPLE, out, where, times)
        assert tree(out) == before
    build_site(small, out, SiteOptions())
    assert tree(out) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "small"]


def test_a_folder_that_is_no_site_is_left_alone(tmp_path: Path, small: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "thesis.doc").write_text("years of work", "utf-8")
    with pytest.raises(OutputError, match=r"thesis\.doc"):
        build_site(small, out, SiteOptions())
    assert tree(out) == {"thesis.doc": b"years of work"}
    result = run(small, "-o", out)
    assert result.returncode == 2
    assert "no site of lod" in result.stderr


@pytest.mark.parametrize("place", [".", "..", "article.txt"])
def test_the_source_is_never_overwritten(place: str, small: Path) -> None:
    before = tree(small)
    with pytest.raises(OutputError):
        build_site(small, small / place, SiteOptions())
    assert tree(small) == before


def test_a_publication_with_errors_has_no_site(tmp_path: Path, small: Path) -> None:
    out = tmp_path / "out"
    build_site(small, out, SiteOptions())
    before = tree(out)
    facts = json.loads((small / "facts.json").read_bytes())
    facts["claims"][0]["quote"] = "words that are not there"
    (small / "facts.json").write_text(json.dumps(facts), "utf-8")
    result = run(small, "-o", out)
    assert result.returncode == 1
    assert "error[quote-not-found]" in result.stdout
    assert "Traceback" not in result.stderr
    assert tree(out) == before


def test_command_tells_what_it_wrote(tmp_path: Path, small: Path) -> None:
    out = tmp_path / "out"
    result = run(small, "-o", out, "--title", "Small facts", "--language", "de")
    assert result.returncode == 0, result.stderr
    assert f"{out}: 1 publication, " in result.stdout
    assert "Small facts" in (out / "index.html").read_text("utf-8")
    assert '<html lang="de"' in (out / "claims.html").read_text("utf-8")
    data = json.loads(run(small, "-o", out, "--format", "json").stdout)
    assert data["output"] == str(out)
    assert (data["publications"], data["skipped"], data["in_english"]) == (1, 0, [])
    # The pages of a text without a title have that of the data: it is said, and where to write it.
    [finding] = data["findings"]
    assert (finding["code"], finding["severity"], finding["path"]) == (
        *("title-missing", "warning"),
        ["document"],
    )
    assert finding["column"] > 1
    assert data["pages"] == len(list(out.rglob("*.html")))


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("base", "facts.example.org", "is not absolute"),
        ("base", "https://facts.example.org", 'does not end with "/"'),
        ("base", "https://facts.example.org/?a=/", "query"),
        ("base", "urn:facts:/", "none of http"),
        ("base", "javascript:alert(1)/", "javascript"),
        ("language", "tlh", "no interface words"),
        ("templates", Path("/nowhere/at/all"), "no such folder"),
        ("words", Path("/nowhere/words.toml"), "cannot be read"),
    ],
)
def test_wrong_options_are_named(
    option: str, value: str | Path, said: str, tmp_path: Path, small: Path
) -> None:
    options = SiteOptions(**{option: value})  # type: ignore[arg-type]  # each of its own type
    with pytest.raises(InputError, match=said):
        build_site(small, tmp_path / "out", options)
    assert not (tmp_path / "out").exists()


def test_no_publication_is_an_error_with_a_word(tmp_path: Path) -> None:
    result = run(tmp_path / "nothing", "-o", tmp_path / "out")
    assert result.returncode == 2
    assert "nothing" in result.stderr
    assert "Traceback" not in result.stderr
