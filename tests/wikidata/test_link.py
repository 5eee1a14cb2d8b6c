"""`lod link` against the local Wikibase: candidates, decisions, the facts file and the lock."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

import lod
from lod.cli.run import run
from lod.links.lock import lock_file, read_lock
from tests.wikidata import faults
from tests.wikidata.entities import statement
from tests.wikidata.wikibase import LocalWikibase

Link = Callable[..., Any]


@pytest.fixture
def link(local: LocalWikibase, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Link:
    """Runs `lod link`; gives its exit code and, with `-f json`, its report."""

    def call(file: Path, *more: str) -> tuple[int, Any]:
        capsys.readouterr()
        code = run(
            ["link", str(file), "--wikibase", local.api, "--cache", str(tmp_path / "cache"),
             "--date", "2024-12-02", *more]
        )  # fmt: skip
        out, err = capsys.readouterr()
        return code, json.loads(out) if "json" in more else out + err

    return call


UFA = "{type: City, label: Ufa} # a city"
#: In two languages, which is more than a name of one word that many places may have.
NAMED_UFA = "{type: City, label: {en: Ufa, ru: Уфа}} # a city"


def add_ufa(local: LocalWikibase) -> None:
    place = {"latitude": 54.7, "longitude": 55.9, "globe": "http://www.wikidata.org/entity/Q2"}
    snak = {"snaktype": "value", "datavalue": {"type": "globecoordinate", "value": place}}
    local.entities.add(
        "Q911",
        {"en": "Ufa", "ru": "Уфа"},
        descriptions={"en": "city in Russia"},
        claims={
            "P31": [statement("P31", "Q1549591")],
            "P17": [statement("P17", "Q159")],
            "P625": [{"mainsnak": snak, "rank": "normal", "type": "statement"}],
        },
    )


def test_accepted_link_is_written_and_pinned(
    local: LocalWikibase, facts: Callable[..., Path], link: Link
) -> None:
    add_ufa(local)
    file = facts(ufa=NAMED_UFA)
    before = file.read_text("utf-8")
    code, report = link(file, "--accept-above", "0.85", "-f", "json")
    assert code == 0
    assert report["entities"][0]["decision"] == "accepted"
    assert file.read_text("utf-8") == before.replace("ru: Уфа}}", "ru: Уфа}, wikidata: Q911}")
    item = read_lock(lock_file(file).read_bytes(), "l").items["Q911"]
    assert item.label == "Ufa"
    assert item.types == {"Q1549591": "big city"}
    assert item.coordinates == (54.7, 55.9)
    assert (item.date, item.decided["ufa"].by) == ("2024-12-02", "lod link --accept-above 0.85")
    assert "type fits" in item.decided["ufa"].why
    assert [
        f for f in lod.load(file).findings if f.code.startswith(("link", "lock", "not-l"))
    ] == []
    # Deciding again finds nothing to decide.
    assert link(file, "--accept-above", "0.5", "-f", "json")[1]["entities"] == []


def test_dry_run_writes_nothing(
    local: LocalWikibase, facts: Callable[..., Path], link: Link
) -> None:
    add_ufa(local)
    file = facts(ufa=NAMED_UFA)
    before = file.read_bytes()
    _, report = link(file, "--accept-above", "0.85", "--dry-run", "-f", "json")
    assert report["entities"][0]["decision"] == "would be accepted"
    link(file, "--update", "--dry-run")
    assert file.read_bytes() == before
    assert not lock_file(file).exists()


@pytest.mark.parametrize(
    ("entity", "rivals"),
    [
        ("{type: City, label: Turkistan}", ("Q848638", "Q1315785")),
        ("{type: Region, label: Turkistan}", ("Q848638", "Q1315785")),
        ("{type: City, label: Baikonur}", ("Q165413", "Q177477")),
        ("{type: Facility, label: Baikonur}", ("Q165413", "Q177477")),
        ("{type: Person, label: Vladimir Putin}", ("Q7747", "Q19300851")),
    ],
)
def test_ambiguous_names_are_never_accepted(
    entity: str,
    rivals: tuple[str, str],
    local: LocalWikibase,
    facts: Callable[..., Path],
    link: Link,
) -> None:
    add = local.entities.add
    add("Q848638", {"en": "Turkistan"}, descriptions={"en": "city in Kazakhstan"},
        claims={"P31": [statement("P31", "Q515")]})  # fmt: skip
    add("Q1315785", {"en": "Turkistan"}, descriptions={"en": "region of Kazakhstan"},
        claims={"P31": [statement("P31", "Q82794")]})  # fmt: skip
    add("Q177477", {"en": "Baikonur Cosmodrome"}, aliases={"en": ["Baikonur"]},
        claims={"P31": [statement("P31", "Q194188")]})  # fmt: skip
    add("Q19300851", {"en": "Vladimir Putin"}, descriptions={"en": "another man of this name"},
        claims={"P31": [statement("P31", "Q5")]})  # fmt: skip
    file = facts(one=entity)
    before = file.read_bytes()
    _, report = link(file, "--accept-above", "0", "-f", "json")
    (one,) = report["entities"]
    assert one["decision"] == "left open"
    assert "ambiguous" in one["reason"]
    assert {candidate["item"] for candidate in one["candidates"]} >= set(rivals)
    assert file.read_bytes() == before


def test_homonym_of_quite_another_kind_is_no_rival(
    local: LocalWikibase, facts: Callable[..., Path], link: Link
) -> None:
    add_ufa(local)
    local.entities.add("Q999999001", {"en": "Ufa"}, claims={"P31": [statement("P31", "Q7366")]})
    _, report = link(facts(ufa=NAMED_UFA), "--accept-above", "0.85", "-f", "json")
    assert (report["entities"][0]["decision"], report["entities"][0]["item"]) == (
        "accepted",
        "Q911",
    )
    scores = {c["item"]: c["score"] for c in report["entities"][0]["candidates"]}
    assert scores["Q999999001"] < scores["Q911"] - 0.5


def test_place_with_a_name_of_one_word_needs_more_than_its_name(
    local: LocalWikibase, facts: Callable[..., Path], link: Link
) -> None:
    add_ufa(local)
    _, report = link(facts(ufa=UFA), "--accept-above", "0.85", "--dry-run", "-f", "json")
    assert report["entities"][0]["decision"] == "left open"
    reasons = report["entities"][0]["candidates"][0]["reasons"]
    assert "many places have so short a name" in reasons[-1]
    beside = facts(ufa=UFA, russia="{type: Country, label: Russia, wikidata: Q159}")
    _, report = link(beside, "--accept-above", "0.85", "--dry-run", "-f", "json")
    assert report["entities"][0]["decision"] == "would be accepted"


@pytest.mark.parametrize(
    ("entity", "described", "why"),
    [
        ("{type: Region, label: {en: Arequipa, es: Arequipa}}", "city of Peru", "fits"),
        ("{type: Country, label: Sierra Leone}", "former country in Africa", "of the past"),
    ],
)
def test_what_is_usual_for_the_class_comes_before_what_is_possible(
    entity: str, described: str, why: str, local: LocalWikibase, facts: Callable[..., Path],
    link: Link,
) -> None:  # fmt: skip
    local.entities.hidden |= {"Q1044", "Q14920623", "Q159273", "Q205068"}
    name = "Sierra Leone" if "Sierra" in entity else "Arequipa"
    labels = {"en": name, "es": name}
    local.entities.add("Q999999001", labels, descriptions={"en": described})
    _, report = link(facts(one=entity), "--accept-above", "0.85", "--dry-run", "-f", "json")
    (one,) = report["entities"]
    assert one["decision"] == "left open"
    best = one["candidates"][0]
    assert (best["item"], best["score"] < 0.85) == ("Q999999001", True)
    assert why in "; ".join(best["reasons"])


def test_other_entities_and_languages_raise_the_score(
    local: LocalWikibase, facts: Callable[..., Path], link: Link
) -> None:
    add_ufa(local)

    def score(file: Path) -> tuple[float, str]:
        _, report = link(file, "--entity", "ufa", "-f", "json")
        best = report["entities"][0]["candidates"][0]
        return best["score"], "; ".join(best["reasons"])

    alone, _ = score(facts(ufa=UFA))
    linked = "{type: Country, label: Russia, wikidata: Q159}"
    beside, why = score(facts(ufa=UFA, russia=linked))
    assert beside > alone
    assert "statements name russia" in why
    named, why = score(facts(ufa="{type: City, label: {en: Ufa, ru: Уфа}}"))
    assert named > alone
    assert "labels agree in en, ru" in why


def test_reconciliation_service_is_asked_where_one_is_given(
    local: LocalWikibase, facts: Callable[..., Path], link: Link
) -> None:
    add_ufa(local)
    file = facts(ufa=UFA)
    service = f"{local.address}/{{lang}}/reconcile"
    code, report = link(file, "--reconcile", service, "--dry-run", "-f", "json")
    assert code == 0
    assert report["entities"][0]["candidates"][0]["item"] == "Q911"
    assert any(r.path == "/en/reconcile" and "queries" in r.params for r in local.requests)


def test_person_chooses_says_none_or_skips(
    local: LocalWikibase,
    facts: Callable[..., Path],
    link: Link,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    add_ufa(local)
    file = facts(ufa=UFA, kazan="{type: City, label: Qqqq}", x="{type: City, label: Xxxx}")
    answers = iter(["7", "1", "n", "it's fictional: see note", ""])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr(click, "prompt", lambda *args, **options: next(answers))
    _, shown = link(file, "--by", "Rita")
    text = file.read_text("utf-8")
    assert "ufa: {type: City, label: Ufa, wikidata: Q911} # a city" in text
    assert "label: Qqqq, wikidata: {none: 'it''s fictional: see note'}}" in text
    assert "x: {type: City, label: Xxxx}\n" in text
    assert read_lock(lock_file(file).read_bytes(), "l").items["Q911"].decided["ufa"].by == "Rita"
    assert "2 decided, 1 left" in shown


def test_facts_with_errors_are_not_touched(facts: Callable[..., Path], link: Link) -> None:
    file = facts(ufa="{type: City, labl: Ufa}")
    assert link(file, "--accept-above", "0.5")[0] == 1
    assert "wikidata: Q" not in file.read_text("utf-8")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--accept-suspect"], "--accept-suspect is of use with --update alone"),
        (["--update", "--accept-above", "0.5"], "--update decides nothing"),
        (["--entity-base", "nope"], "the IRI of the items, 'nope', is not absolute"),
    ],
)
def test_options_that_would_be_passed_over_or_end_in_no_iri_are_refused(
    facts: Callable[..., Path], link: Link, local: LocalWikibase, options: list[str], said: str
) -> None:
    code, text = link(facts(ufa=UFA), *options)
    assert (code, said in text) == (2, True)
    assert not local.requests


LINKED = "{type: City, label: Ufa, wikidata: Q911}"


def change_kinds(report: Any) -> list[str]:
    return [change["kind"] for change in report["changes"]]


def test_update_writes_the_lock_once_and_keeps_the_date(
    local: LocalWikibase, facts: Callable[..., Path], link: Link
) -> None:
    add_ufa(local)
    file = facts(ufa=LINKED)
    code, report = link(file, "--update", "-f", "json")
    assert (code, change_kinds(report), report["written"]) == (0, ["locked"], True)
    first = lock_file(file).read_bytes()
    code, report = link(file, "--update", "--date", "2025-05-05", "-f", "json")
    assert (code, change_kinds(report), report["written"]) == (0, [], False)
    assert lock_file(file).read_bytes() == first


def rename(local: LocalWikibase) -> None:
    entity = local.entities.edit("Q911")
    entity["labels"]["en"]["value"] = "Öfö"
    entity["aliases"]["en"] = [{"language": "en", "value": "Ufa"}]


def vandalise(local: LocalWikibase) -> None:
    entity = local.entities.edit("Q911")
    entity["labels"] = {"en": {"language": "en", "value": "poo poo"}}


@pytest.mark.parametrize(
    ("happens", "kind", "code", "finding"),
    [
        (rename, "renamed", 0, None),
        (lambda w: w.entities.set_items("Q911", "P31", ["Q515"]), "retyped", 0, None),
        (lambda w: w.entities.set_items("Q911", "P31", ["Q5"]), "retyped", 1, "link-type"),
        (lambda w: w.entities.redirect("Q911", "Q159"), "merged", 1, "link-merged"),
        (lambda w: w.entities.delete("Q911"), "deleted", 1, "link-deleted"),
        (lambda w: w.entities.hidden.add("Q911"), "deleted", 1, "link-deleted"),
        (vandalise, "vandalised-looking", 1, None),
    ],
)
def test_update_reports_what_changed(
    happens: Callable[[LocalWikibase], object],
    kind: str,
    code: int,
    finding: str | None,
    local: LocalWikibase,
    facts: Callable[..., Path],
    link: Link,
) -> None:
    add_ufa(local)
    file = facts(ufa=LINKED)
    link(file, "--update")
    happens(local)
    got, report = link(file, "--update", "-f", "json")
    assert change_kinds(report) == [kind]
    assert got == code
    found = [f for f in lod.load(file).findings if f.code.startswith("link")]
    assert [f.code for f in found] == ([finding] if finding else [])
    if kind == "merged":
        assert found[0].hint
        assert "Q159" in found[0].hint
    # Who decided is never lost.
    assert "ufa" in read_lock(lock_file(file).read_bytes(), "l").items["Q911"].decided


def test_vandalised_names_are_kept_out_unless_told(
    local: LocalWikibase, facts: Callable[..., Path], link: Link
) -> None:
    add_ufa(local)
    file = facts(ufa=LINKED)
    link(file, "--update")
    before = lock_file(file).read_bytes()
    vandalise(local)
    link(file, "--update")
    assert lock_file(file).read_bytes() == before
    link(file, "--update", "--accept-suspect")
    assert [f.code for f in lod.load(file).findings if f.code.startswith("link")] == ["link-label"]


def test_item_that_nobody_uses_is_dropped(
    local: LocalWikibase, facts: Callable[..., Path], link: Link
) -> None:
    add_ufa(local)
    file = facts(ufa=LINKED)
    link(file, "--update")
    facts(ufa="{type: City, label: Ufa}")
    assert "lock-unused" in [finding.code for finding in lod.load(file).findings]
    assert change_kinds(link(file, "--update", "-f", "json")[1]) == ["dropped"]
    assert read_lock(lock_file(file).read_bytes(), "l").items == {}


def test_broken_lock_is_written_anew(
    local: LocalWikibase, facts: Callable[..., Path], link: Link
) -> None:
    add_ufa(local)
    file = facts(ufa=LINKED)
    lock_file(file).write_text("<<<<<<< HEAD\n")
    assert "bad-lock" in [finding.code for finding in lod.load(file).findings]
    assert link(file, "--update")[0] == 0
    assert "bad-lock" not in [finding.code for finding in lod.load(file).findings]


def test_failing_server_leaves_everything_as_it_was(
    local: LocalWikibase, facts: Callable[..., Path], link: Link
) -> None:
    file = facts(ufa=LINKED, kazan="{type: City, label: Kazan}")
    before = file.read_bytes()
    local.always_fail(faults.failing(404))
    assert link(file, "--update")[0] == 2
    assert link(file, "--accept-above", "0.5")[0] == 2
    assert file.read_bytes() == before
    assert not lock_file(file).exists()
