"""`lod link --labels`: candidates from a local file of labels, without a network."""

from __future__ import annotations

import gzip
import json
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import lod
from lod.cli.run import run
from lod.facts.load import load_folder
from lod.links.lock import lock_file, read_lock
from lod.wikidata.candidates import propose
from lod.wikidata.labels import read_labels
from tests.wikidata.terminal import Session

DATA = Path(__file__).parent / "data"
SMALL = DATA / "small-labels.tsv"
EXAMPLE = Path(__file__).parents[2] / "examples" / "russia-kazakhstan"
Link = Callable[..., tuple[int, Any]]


@pytest.fixture
def link(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Link:
    """Runs `lod link` where every use of the network fails."""

    def refuse(*args: object) -> None:
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)

    def call(file: Path, *more: str, labels: Path = SMALL) -> tuple[int, Any]:
        code = run(["link", str(file), "--labels", str(labels), *more])
        out, err = capsys.readouterr()
        return code, json.loads(out) if "json" in more else out + err

    return call


# An entity, what is said of it, and the candidates, best first.
PROPOSED = [
    ("{type: Country, label: Kazakhstan}", "proposed", ["Q232", "Q5256775"]),
    ("{type: Country, label: Republic of Kazakhstan}", "proposed", ["Q232", "Q5256775"]),
    ("{type: Office, label: President of Kazakhstan}", "proposed", ["Q5256775", "Q232"]),
    # Another spelling.
    (
        "{type: InternationalOrganization, label: Shanghai Cooperation Organization}",
        "left open",
        ["Q485207"],
    ),
    ("{type: InternationalOrganization, label: CIS}", "left open", ["Q7779"]),
    # Two of one name: a person decides.
    ("{type: Person, label: Vladimir Putin}", "left open", ["Q7747", "Q19300851"]),
    ("{type: City, label: Turkistan}", "left open", ["Q848638", "Q1315785"]),
    ("{type: City, label: Turkestan}", "left open", ["Q1315785", "Q848638"]),
    # Names in other languages are not in it, and properties are no items.
    ("{type: Country, label: {kk: Қазақстан}}", "left open", []),
    ("{type: Topic, label: member of}", "left open", []),
    ("{type: City, label: Ufa}", "left open", []),
]


@pytest.mark.parametrize(("entity", "decision", "candidates"), PROPOSED)
def test_items_of_the_file_are_proposed_and_nothing_is_written(
    entity: str, decision: str, candidates: list[str], facts: Callable[..., Path], link: Link
) -> None:
    file = facts(one=entity)
    before = file.read_bytes()
    code, report = link(file, "-f", "json")
    (found,) = report["entities"]
    assert (code, found["decision"]) == (0, decision)
    assert [one["item"] for one in found["candidates"]] == candidates
    assert found.get("item") == (candidates[0] if decision == "proposed" else None)
    assert file.read_bytes() == before
    assert not lock_file(file).exists()


def test_the_report_says_why(facts: Callable[..., Path], link: Link) -> None:
    _, text = link(facts(one="{type: Country, label: Kazakhstan}"))
    assert '    proposed: "Kazakhstan" is its label "Kazakhstan"; its description fits' in text
    assert "or write wikidata: into the facts" in text


def test_a_file_accepts_nothing(facts: Callable[..., Path], link: Link) -> None:
    file = facts(one="{type: Country, label: Kazakhstan}")
    code, text = link(file, "--accept-above", "0.1")
    assert code == 2
    assert "--labels only proposes, as another item of a name may be missing" in text
    assert "wikidata: Q" not in file.read_text("utf-8")


def test_a_person_chooses_from_it(facts: Callable[..., Path]) -> None:
    file = facts(
        kazakhstan="{type: Country, label: Kazakhstan}",
        ufa="{type: City, label: Ufa}",
        astana="{type: City, label: Astana}",
    )
    session = Session(["link", str(file), "--labels", str(SMALL), "--by", "Rita"])
    try:
        for answer in ("1", "Q911", "", "Q1520", "y"):
            session.expect("link it" if answer == "y" else "q to stop")
            session.answer(answer)
        assert session.end() == 0
    finally:
        session.close()
    assert "Q911 is not there" in session.shown
    items = read_lock(lock_file(file).read_bytes(), "lock").items
    # The file says no date, so none is claimed.
    assert [(qid, one.label, one.date, one.revision) for qid, one in items.items()] == [
        ("Q232", "Kazakhstan", "", None),
        ("Q1520", "Nur-Sultan", "", None),
    ]
    assert "kazakhstan: {type: Country, label: Kazakhstan, wikidata: Q232}" in file.read_text()
    codes = [finding.code for finding in lod.load(file).findings]
    assert not {"not-locked", "lock-unused", "link-label", "link-type"} & set(codes)


def test_links_written_by_hand_are_locked_from_it(facts: Callable[..., Path], link: Link) -> None:
    file = facts(
        kazakhstan="{type: Country, label: Kazakhstan, wikidata: Q232}",
        cis="{type: Group, label: the CIS, wikidata: {close: Q7779}}",
        turkistan="{type: City, label: Turkistan, wikidata: Q848638}",
        ufa="{type: City, label: Ufa, wikidata: Q911}",
    )
    # What is locked already may be newer than the file.
    newer = {"labels": {"en": "Republic of Kazakhstan"}, "revision": 5, "date": "2026-01-01"}
    lock_file(file).write_text(json.dumps({"version": 1, "items": {"Q232": newer}}), "utf-8")
    code, text = link(file, "--update", "--date", "2021-01-01")
    assert code == 0
    assert f"{SMALL} does not have Q911" in text
    items = read_lock(lock_file(file).read_bytes(), "lock").items
    assert {qid: (one.label, one.date, one.name_only) for qid, one in items.items()} == {
        "Q232": ("Republic of Kazakhstan", "2026-01-01", False),
        "Q7779": ("Commonwealth of Independent States", "2021-01-01", False),
        "Q848638": ("Turkistan", "2021-01-01", True),
    }
    findings = [f for f in lod.load(file).findings if f.code in ("not-locked", "link-deleted")]
    assert [finding.code for finding in findings] == ["not-locked"]
    before = lock_file(file).read_bytes()
    code, text = link(file, "--update", "--entity", "cis")
    assert code == 0
    assert "nothing to lock that is not locked already" in text
    code, data = link(file, "--update", "--entity", "cis", "-f", "json")
    assert (code, data["changes"]) == (0, [])
    assert lock_file(file).read_bytes() == before


HEADER = b"id\tlabel\tdescription\taliases\n"
BROKEN = [
    (b"", ":1: there is nothing"),
    (b"Q232\tKazakhstan\t\t\n", ":1: the columns are 'Q232, Kazakhstan"),
    (HEADER + b"Q232\tKazakhstan\n", ":2: there is 2 columns where 4 were expected"),
    (HEADER + b"\n", ":2: there is one column where 4 were expected"),
    (HEADER + b"232\tKazakhstan\t\t\n", ":2: '232' is no id of an item or property"),
    (HEADER + b"Q1\ta\t\t\nQ1\tb\t\t\n", ":3: Q1 stands here a second time"),
    (HEADER + b"Q1\t\xff\t\t\n", ":2: is not UTF-8"),
    (gzip.compress(HEADER + b"Q1\ta\t\t\n", mtime=0)[:-9], ": is damaged: "),
    (gzip.compress(HEADER, mtime=0)[:10] + b"\xff" * 30, ": is damaged: "),
]


@pytest.mark.parametrize(("content", "words"), BROKEN)
def test_what_is_wrong_with_the_file_is_said(
    content: bytes, words: str, facts: Callable[..., Path], link: Link, tmp_path: Path
) -> None:
    labels = tmp_path / "labels.tsv"
    labels.write_bytes(content)
    code, text = link(facts(one="{type: Country, label: Kazakhstan}"), labels=labels)
    assert code == 2
    assert f"{labels}{words}" in text


def test_a_file_that_is_too_large_is_refused(
    facts: Callable[..., Path],
    link: Link,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("lod.wikidata.labels.MAX_BYTES", 1 << 20)
    labels = tmp_path / "labels.tsv.gz"
    labels.write_bytes(gzip.compress(HEADER + b"Q1\t" + b"a" * (1 << 24), mtime=0))
    code, text = link(facts(one="{type: Country, label: Kazakhstan}"), labels=labels)
    assert code == 2
    assert "has more than 1 MiB unpacked" in text


def test_every_item_of_the_example_that_the_file_has_comes_first() -> None:
    """By 61,000 items, with the traps of homonyms and other spellings."""
    snapshot = read_labels(DATA / "labels.tsv.gz")
    loaded = load_folder(EXAMPLE, check_lock=False)
    assert loaded.facts is not None
    links = {}
    for slug, entity in loaded.facts.entities.items():
        links[slug], entity.link = entity.link, None
    proposals = propose(
        loaded.facts, loaded.vocabulary, snapshot, list(loaded.facts.entities.values()), date=""
    )
    known = 0
    for proposal in proposals:
        link = links[proposal.entity.slug]
        if link is not None and link.qid and link.qid in snapshot and not link.close:
            known += 1
            assert proposal.ranked[0].item.qid == link.qid, proposal.entity.slug
        accepted = proposal.verdict(0.85).accepted
        # Near items are for a person to tell from the same.
        assert accepted is None or (link is not None and link.qid == accepted.item.qid)
    assert known == 29
