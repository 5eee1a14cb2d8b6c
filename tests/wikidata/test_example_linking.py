"""The example's links are what `lod link` makes of the example without them."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from lod.cli.run import run
from lod.facts.load import load_folder
from lod.links.lock import read_lock
from tests.wikidata.example import EXAMPLE, NAMES, lock, serve_example
from tests.wikidata.terminal import Session
from tests.wikidata.wikibase import LocalWikibase

_LINK = re.compile(r", wikidata: Q\d+(?=\})|\n    wikidata: Q\d+(?=\n)")


def links(folder: Path) -> dict[str, str]:
    """Slug to item, of the entities that are linked as the same."""
    facts = load_folder(folder, check_lock=False).facts
    assert facts is not None
    return {
        slug: entity.link.qid
        for slug, entity in facts.entities.items()
        if entity.link is not None and entity.link.qid is not None and not entity.link.close
    }


@pytest.fixture
def copy(local: LocalWikibase, tmp_path: Path) -> Path:
    """The example without its lock; the local Wikibase serves what is known of its items."""
    serve_example(local)
    folder = tmp_path / "example"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("dist", "wikidata.lock"))
    return folder


def test_example_is_locked_by_the_command(local: LocalWikibase, copy: Path, tmp_path: Path) -> None:
    """The committed lock is what the command writes; `python -m tests.wikidata.example`."""
    assert lock(copy, local, tmp_path / "cache") == 0
    assert (copy / "wikidata.lock").read_text("utf-8") == (EXAMPLE / "wikidata.lock").read_text(
        "utf-8"
    )


def known_by_name(folder: Path) -> set[str]:
    """The items that the lock of a folder marks as known by their names alone."""
    locked = read_lock((folder / "wikidata.lock").read_bytes(), "wikidata.lock")
    return {qid for qid, item in locked.items.items() if item.name_only}


def test_items_known_by_their_names_alone_are_marked_until_more_is_known(
    local: LocalWikibase, copy: Path, tmp_path: Path
) -> None:
    assert known_by_name(EXAMPLE) == set(NAMES)
    shutil.copy(EXAMPLE / "wikidata.lock", copy)
    local.entities.edit("Q911")["descriptions"] = {"en": {"language": "en", "value": "a city"}}
    assert lock(copy, local, tmp_path / "cache") == 0
    assert known_by_name(copy) == NAMES.keys() - {"Q911"}


def test_example_is_linked_by_the_command(
    local: LocalWikibase, copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    right = links(copy)
    file = copy / "facts.yaml"
    file.write_text(_LINK.sub("", file.read_text("utf-8")), "utf-8")
    assert links(copy) == {}
    arguments = ["link", str(copy), "--wikibase", local.api, "--cache", str(tmp_path / "cache")]
    assert run([*arguments, "--accept-above", "0.85", "-f", "json"]) == 0
    entities = json.loads(capsys.readouterr().out)["entities"]
    accepted = {e["entity"]: e["item"] for e in entities if e["decision"] == "accepted"}
    assert accepted == {slug: right[slug] for slug in accepted}
    assert len(accepted) >= 10
    # Names alone do not tell these apart from others, and nobody accepts them silently.
    assert {"putin", "turkestan", "moscow", "baikonur"}.isdisjoint(accepted)
    # A person names the rest.
    session = Session([*arguments, "--by", "Rita"])
    try:
        for slug, qid in right.items():
            if slug not in accepted:
                session.expect(f"{slug}: ")
                session.expect("q to stop")
                session.answer(qid)
                session.expect("link it")
                session.answer("y")
        assert session.end() == 0
    finally:
        session.close()
    assert file.read_bytes() == (EXAMPLE / "facts.yaml").read_bytes()
    items = json.loads((copy / "wikidata.lock").read_text("utf-8"))["items"]
    assert set(items) == set(right.values())


def test_example_says_what_it_lacks_to_contribute(
    local: LocalWikibase, copy: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    arguments = ["contribute", str(copy), "--wikibase", local.api, "--cache", str(tmp_path / "c")]
    assert run(arguments) == 0
    out, err = capfd.readouterr()
    assert out == ""
    assert (
        "no reference can be given: the document has no address (iri), and Kazakhstan Truth has "
        "no item (not verified): president-of-russia, " in err
    )
    assert "hint: add the address of the text (document: iri: https://…)" in err
    file = copy / "facts.yaml"
    text = file.read_text("utf-8").replace(
        "  text: article.txt\n", "  text: article.txt\n  iri: https://news.example.org/article\n"
    )
    file.write_text(text, "utf-8")
    assert run(arguments) == 0
    out, _ = capfd.readouterr()
    lines = [line.split("\t") for line in out.splitlines()]
    assert ["Q232", "P463", "Q7779", "S854", '"https://news.example.org/article"'] in [
        line[:5] for line in lines
    ]
    assert len(lines) >= 12
