"""The site of a corpus: where publications stand, and what is built again when."""

from __future__ import annotations

import json
import random
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from lod.corpus.build import build_corpus
from lod.errors import InputError, OutputError
from lod.pages.view import PublicationView
from lod.publication import load
from lod.site.build import build_site
from lod.site.corpus import CommonBase, site_folder
from lod.site.site import SiteOptions
from lod.site.state import STATE, SiteState
from lod.store.database import healed
from tests.corpus.conftest import write_folder, write_lines
from tests.site.corpora import SITE, Data, based, broken, fresh, linked, tree
from tests.site.links import broken_links


def test_every_publication_has_its_folder_and_the_root_lists_them(tmp_path: Path) -> None:
    corpus = write_lines(tmp_path / "c.jsonl", [linked(1), linked(2)])
    report = build_site(corpus, tmp_path / "out", SiteOptions())
    out = tmp_path / "out"
    assert (report.publications, report.built, report.skipped) == (2, 2, 0)
    assert report.base == SITE
    for name in ("1", "2"):
        for file in ("index.html", "claims.html", "claim/member.html", "entity/aldova.html"):
            assert (out / name / file).is_file()
    index = (out / "index.html").read_text("utf-8")
    assert 'href="1/index.html"' in index
    assert 'href="2/index.html"' in index
    assert broken_links(out) == []


def test_every_iri_of_every_publication_has_its_files(tmp_path: Path) -> None:
    lines = [linked(1), linked(2), based(linked(3), "https://other.example.org/x#")]
    lines[1]["publication"]["creator"] = [{"name": "Ann"}, {"name": "Ben"}]
    out = tmp_path / "out"
    options = SiteOptions(base=SITE, full_data=True)
    build_site(write_lines(tmp_path / "c.jsonl", lines), out, options)
    for number, data in enumerate(lines):
        publication = load(write_folder(tmp_path / f"in-{number}", data))
        base = data["publication"]["base"]
        view = PublicationView(publication, site_folder(base, SITE))
        named = [token[1:-1] for token in view.nodes if token.startswith(f"<{base}")]
        assert len(named) > 10
        for iri in [*named, *view.dataset.graphs]:
            for ending in (".html", ".ttl", ".jsonld"):
                file = view.paths.file(iri, ending)
                assert file is not None
                path, _, fragment = file.partition("#")
                assert (out / path).is_file(), f"{iri} has no {ending}"
                if fragment and ending == ".html":
                    assert f'id="{fragment}"' in (out / path).read_text("utf-8"), iri


def test_a_folder_of_publications_is_a_corpus(tmp_path: Path) -> None:
    for number in (1, 2):
        write_folder(tmp_path / "in" / f"n{number}", linked(number))
    write_lines(tmp_path / "in" / "more.jsonl.gz", [linked(3)])
    report = build_site(tmp_path / "in", tmp_path / "out", SiteOptions(jobs=2))
    assert report.publications == 3
    assert broken_links(tmp_path / "out") == []


def test_broken_publications_are_left_out_and_said(tmp_path: Path) -> None:
    corpus = write_lines(tmp_path / "c.jsonl", [linked(1), broken(2), b"no json\n", linked(3)])
    for _ in range(2):  # the second time nothing is built, and the same is said
        report = build_site(corpus, tmp_path / "out", SiteOptions())
        assert (report.publications, report.skipped) == (2, 2)
        places = [(f.code, str(f.location).rpartition(":")[0]) for f in report.findings]
        assert places == [("quote-not-found", f"{corpus}:2"), ("json-syntax", f"{corpus}:3")]
    assert not (tmp_path / "out" / "2").exists()
    run = subprocess.run(
        [sys.executable, "-m", "lod", "site", corpus, "-o", tmp_path / "out"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert "0 built, 2 unchanged" in run.stdout
    assert "left out for their errors: 2 publications" in run.stderr


def test_of_two_with_one_base_the_first_is_there(tmp_path: Path) -> None:
    lines = [linked(1), linked(2), linked(1, firms=7777)]
    corpus = write_lines(tmp_path / "c.jsonl", lines)
    for _ in range(2):
        report = build_site(corpus, tmp_path / "out", SiteOptions(jobs=2))
        assert report.publications == 2
        assert [finding.code for finding in report.findings] == ["duplicate-base"]
        assert f"{corpus.name}:1" in report.findings[0].message
        assert "1,001" in (tmp_path / "out" / "1" / "claim" / "firms.html").read_text("utf-8")
    # The order alone decides, also where the other one was there before.
    write_lines(corpus, [lines[2], lines[1], lines[0]])
    build_site(corpus, tmp_path / "out", SiteOptions(jobs=2))
    assert "7,777" in (tmp_path / "out" / "1" / "claim" / "firms.html").read_text("utf-8")


def test_what_did_not_change_is_not_written_again(tmp_path: Path) -> None:
    corpus = write_lines(tmp_path / "c.jsonl", [linked(n) for n in range(1, 5)])
    out = tmp_path / "out"
    build_site(corpus, out, SiteOptions())

    def times() -> dict[str, int]:
        pages = (path for path in out.rglob("*") if not path.name.startswith(STATE))
        files = (path for path in pages if path.is_file())
        return {path.relative_to(out).as_posix(): path.stat().st_mtime_ns for path in files}

    before = times()
    report = build_site(corpus, out, SiteOptions())
    assert (report.built, report.publications, report.files) == (0, 4, 0)
    assert times() == before
    write_lines(corpus, [linked(1), linked(2, "Q101", firms=5), linked(3), linked(4)])
    report = build_site(corpus, out, SiteOptions())
    assert report.built == 1
    again = {name for name, time_ in times().items() if before.get(name) != time_}
    assert {"2/claims.html", "item/Q100.html", "item/Q101.html"} <= again
    assert not any(name.startswith(("1/", "3/", "4/", "vocabulary/rel/C")) for name in again)


def test_what_is_there_no_more_is_removed(tmp_path: Path) -> None:
    corpus = write_lines(tmp_path / "c.jsonl", [linked(1), linked(2, "Q999"), linked(3)])
    out = tmp_path / "out"
    options = SiteOptions(base=SITE)
    build_site(corpus, out, options)
    assert (out / "item" / "Q999.html").is_file()
    write_lines(corpus, [linked(1), linked(3)])
    report = build_site(corpus, out, options)
    assert (report.publications, report.removed, report.built) == (2, 1, 0)
    assert not (out / "2").exists()
    assert not (out / "item" / "Q999.html").exists()
    assert "2/index.html" not in (out / "index.html").read_text("utf-8")
    assert broken_links(out) == []


@pytest.mark.parametrize("seed", range(2))
def test_any_history_ends_in_the_same_bytes(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lod.site.summaries.LARGEST", 2)
    monkeypatch.setattr("lod.site.data.catalogue.PAGE", 4)
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    out = tmp_path / "out"
    state: dict[int, Data] = {}
    corpus = tmp_path / "c.jsonl"
    for _ in range(4):
        for number in chance.sample(range(6), 3):
            match chance.randrange(4):
                case 0:
                    state.pop(number, None)
                case 1:
                    state[number] = broken(number)
                case _:
                    qid = f"Q{chance.randrange(100, 103)}"
                    state[number] = linked(number, qid, chance.randrange(1000, 1010))
        lines = [*state.values(), linked(9)]
        chance.shuffle(lines)
        write_lines(corpus, lines)
        build_site(corpus, out, SiteOptions(base=SITE, jobs=chance.choice((1, 2))))
    assert tree(out) == fresh(tmp_path, lines)
    assert broken_links(out) == []


def test_other_options_and_templates_build_all_again(tmp_path: Path) -> None:
    corpus = write_lines(tmp_path / "c.jsonl", [linked(1), linked(2)])
    out = tmp_path / "out"
    templates = tmp_path / "templates"
    templates.mkdir()
    build_site(corpus, out, SiteOptions())
    assert build_site(corpus, out, SiteOptions(title="Other")).built == 2
    (templates / "footer.html").write_text("<footer>mine</footer>", "utf-8")
    options = SiteOptions(templates=templates)
    assert build_site(corpus, out, options).built == 2
    assert build_site(corpus, out, options).built == 0
    assert "<footer>mine</footer>" in (out / "1" / "claims.html").read_text("utf-8")
    (templates / "footer.html").write_text("<footer>yours</footer>", "utf-8")
    assert build_site(corpus, out, options).built == 2
    assert "<footer>yours</footer>" in (out / "1" / "claims.html").read_text("utf-8")


def test_a_lost_or_damaged_state_only_costs_time(tmp_path: Path) -> None:
    corpus = write_lines(tmp_path / "c.jsonl", [linked(1), linked(2)])
    out = tmp_path / "out"
    build_site(corpus, out, SiteOptions())
    before = tree(out)
    (out / STATE).write_bytes(b"no database" * 1000)
    assert build_site(corpus, out, SiteOptions()).built == 2
    assert tree(out) == before


def test_a_publication_whose_pages_were_deleted_is_built_again(tmp_path: Path) -> None:
    corpus = write_lines(tmp_path / "c.jsonl", [linked(1), linked(2)])
    out = tmp_path / "out"
    build_site(corpus, out, SiteOptions())
    before = tree(out)
    (out / "1" / "claims.html").unlink()
    assert build_site(corpus, out, SiteOptions()).built == 1
    (out / "index.html").unlink()
    assert build_site(corpus, out, SiteOptions()).built == 0
    assert tree(out) == before


def test_two_builds_at_once_are_refused(tmp_path: Path) -> None:
    corpus = write_lines(tmp_path / "c.jsonl", [linked(1), linked(2)])
    out = tmp_path / "out"
    build_site(corpus, out, SiteOptions())
    other = sqlite3.connect(out / STATE, isolation_level=None)
    other.execute("PRAGMA locking_mode=EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(OutputError, match=r"another (build|process) is at work"):
        build_site(corpus, out, SiteOptions())
    other.close()


def test_the_site_of_a_publication_gives_way_to_that_of_a_corpus(tmp_path: Path) -> None:
    out = tmp_path / "out"
    lines = [linked(1), linked(2)]
    one = write_folder(tmp_path / "one", linked(7))
    build_site(one, out, SiteOptions())
    corpus = write_lines(tmp_path / "c.jsonl", lines)
    build_site(corpus, out, SiteOptions(base=SITE))
    assert tree(out) == fresh(tmp_path, lines)
    build_site(one, out, SiteOptions())
    assert (out / "entity" / "aldova.html").is_file()
    assert not (out / STATE).exists()


def test_publications_below_publications(tmp_path: Path) -> None:
    bases = ["a/", "a/b/", "a/entity/", "item/", "a/b/c/"]
    lines = [based(linked(n), f"{SITE}{base}") for n, base in enumerate(bases)]
    corpus = write_lines(tmp_path / "c.jsonl", lines)
    out = tmp_path / "out"
    options = SiteOptions(base=SITE)
    build_site(corpus, out, options)
    assert (out / "a" / "b" / "c" / "claims.html").is_file()
    assert broken_links(out) == []
    # The outer one is built anew, then goes, then the middle one: the others stay.
    lines[0] = based(linked(50), f"{SITE}a/")
    write_lines(corpus, lines)
    build_site(corpus, out, options)
    assert tree(out) == fresh(tmp_path, lines, "second")
    for left in (lines[1:], lines[2:]):
        write_lines(corpus, left)
        build_site(corpus, out, options)
        assert broken_links(out) == []
        assert (out / "a" / "b" / "c" / "claims.html").is_file()
    assert tree(out) == fresh(tmp_path, lines[2:], "third")


@pytest.mark.parametrize(
    ("base", "folder"),
    [
        (f"{SITE}x/", "x/"),
        (f"{SITE}x/y-z/", "x/y-z/"),
        ("https://other.example.org/x/", "other.example.org/x/"),
        (f"{SITE}x#", "data.example.org/x%23/"),
        (SITE, "data.example.org/"),
    ],
)
def test_folders_of_publications(base: str, folder: str) -> None:
    assert site_folder(base, SITE) == folder


@pytest.mark.parametrize(
    "base",
    [
        f"{SITE}../x/",
        f"{SITE}.well-known/",
        f"{SITE}assets/",
        f"{SITE}a/claim/b/",
        f"{SITE}index.html/",
        f"{SITE}{'x' * 300}/",
        "https://localhost/",
        f"{SITE}%2e%2e/",
        f"{SITE}ж/",
        "urn:facts:",
        "http://data.example.org/x/",
    ],
)
def test_odd_bases_have_safe_folders(base: str) -> None:
    folder = site_folder(base, SITE)
    segments = folder.split("/")
    assert folder.endswith("/")
    assert not folder.startswith(("/", "."))
    assert ".." not in segments
    assert not {"assets", "item", "claim"} & set(segments)
    assert all(len(segment) <= 200 for segment in segments)


def test_base_is_what_all_bases_begin_with(tmp_path: Path) -> None:
    common = CommonBase()
    for base in ("https://a.example/x/one/", "https://a.example/x/two/three/"):
        common.add(base)
    assert common.base == "https://a.example/x/"
    lines = [based(linked(1), "https://a.example/1/"), based(linked(2), "https://b.example/2/")]
    corpus = write_lines(tmp_path / "c.jsonl", lines)
    with pytest.raises(InputError, match="no beginning in common") as caught:
        build_site(corpus, tmp_path / "out", SiteOptions())
    assert "--base" in str(caught.value.hint)
    report = build_site(corpus, tmp_path / "out", SiteOptions(base=SITE))
    assert report.publications == 2
    assert (tmp_path / "out" / "b.example" / "2" / "claims.html").is_file()
    assert broken_links(tmp_path / "out") == []


def test_a_corpus_without_a_base_is_not_one_of_several_bases(tmp_path: Path) -> None:
    corpus = tmp_path / "c.jsonl"
    corpus.write_text('{"a": 1}\n{broken\n', "utf-8")
    with pytest.raises(InputError, match="no publication in it has a base IRI") as caught:
        build_site(corpus, tmp_path / "out", SiteOptions())
    assert caught.value.hint == f"lod check {corpus} shows why"


def test_lists_and_items_have_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lod.site.site.PAGE_SIZE", 3)
    lines = [linked(number) for number in range(1, 8)]
    for number, data in enumerate(lines, 1):
        data["document"]["published"] = f"2024-01-{number:02d}"
    corpus = write_lines(tmp_path / "c.jsonl", lines)
    out = tmp_path / "out"
    build_site(corpus, out, SiteOptions())
    assert sorted(path.name for path in (out / "publications").iterdir()) == ["2.html", "3.html"]
    first = (out / "index.html").read_text("utf-8")
    places = [first.find(f'href="{number}/index.html"') for number in (7, 6, 5, 4)]
    assert 0 < places[0] < places[1] < places[2]
    assert places[3] == -1
    item = sorted(path.name for path in (out / "item").glob("Q200*"))
    assert item == ["Q200-2.html", "Q200-3.html", "Q200.html"]
    assert broken_links(out) == []
    write_lines(corpus, lines[:2])
    build_site(corpus, out, SiteOptions())
    assert [path.name for path in (out / "item").glob("Q200*")] == ["Q200.html"]
    assert not (out / "publications").exists()
    assert broken_links(out) == []


def test_item_page_says_what_each_text_says(tmp_path: Path) -> None:
    lines = [linked(1), linked(2)]
    lines[1]["entities"]["aldova"]["wikidata"] = {"close": "Q100"}
    corpus = write_lines(tmp_path / "c.jsonl", lines)
    build_site(corpus, tmp_path / "out", SiteOptions())
    page = (tmp_path / "out" / "item" / "Q100.html").read_text("utf-8")
    for number in (1, 2):
        assert f"Facts of article {number}" in page
        assert f"Aldova {number} is a member of Union" in page
        assert f'href="../{number}/entity/aldova.html"' in page
    assert page.count("≈") == 1
    assert "http://www.wikidata.org/entity/Q100" in page


def test_summary_comes_back_from_the_state_as_it_was(tmp_path: Path) -> None:

    from lod.site.summaries import StoredSummaries
    from lod.site.summary import summarize

    corpus = write_lines(tmp_path / "c.jsonl", [linked(1)])
    build_site(corpus, tmp_path / "out", SiteOptions(base=SITE))
    state = SiteState(tmp_path / "out")
    state.run -= 1
    [summary] = StoredSummaries(state)
    state.close()
    assert (summary.base, summary.published) == (f"{SITE}1/", "2024-11-27")
    view = PublicationView(load(write_folder(tmp_path / "one", linked(1))), "1/")
    assert summary == summarize(view, summary.downloads)
    assert summary.downloads[0].path == "1/dataset.ttl"


def test_warnings_are_those_of_a_build_of_the_corpus(tmp_path: Path) -> None:
    one = linked(1)
    one["entities"]["nobody"] = {"type": "Person", "label": "Nobody"}
    corpus = write_lines(tmp_path / "c.jsonl", [one, linked(2), broken(3)])
    build_corpus(corpus, tmp_path / "built")
    report = (tmp_path / "built" / "report.jsonl").read_text("utf-8").splitlines()
    meant = [
        (found["code"], found["severity"], found["message"], found["line"])
        for line in report
        for found in json.loads(line)["findings"]
    ]
    assert "unused-entity" in [code for code, *_ in meant]
    for built in (2, 0):  # the second time nothing is built, and the same is said
        made = build_site(corpus, tmp_path / "out", SiteOptions())
        assert made.built == built
        said = [(f.code, str(f.severity), f.message, f.location.line) for f in made.findings
                if f.location]  # fmt: skip
        assert said == meant


def test_a_full_disk_costs_no_knowledge_of_what_is_there(tmp_path: Path) -> None:
    file = tmp_path / STATE
    with SiteState(tmp_path) as state:
        state.set_about("note", "kept")

    def fill() -> None:
        with SiteState(tmp_path) as state:
            state.execute("PRAGMA max_page_count=1")  # no fewer than there are
            state.set_about("much", "x" * 100_000)

    with pytest.raises(OutputError, match="cannot be written: database or disk is full"):
        healed(file, fill)
    with SiteState(tmp_path) as state:
        assert state.about("note") == "kept"
