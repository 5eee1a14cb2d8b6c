"""A person links on a real terminal: stops in the middle, edits meanwhile, names items by id."""

from __future__ import annotations

import json
import os
import re
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import lod
from lod.links.lock import lock_file, read_lock
from tests.wikidata.entities import statement
from tests.wikidata.terminal import Session
from tests.wikidata.wikibase import LocalWikibase

FACTS = """\
publication:
  base: https://data.example.org/small/
  title: A small text
  license: https://creativecommons.org/publicdomain/zero/1.0/
  publisher: {name: Example Data Desk, url: https://data.example.org/}
document:
  content: Reporters met in Ufa, Kazan and Taraz.
  language: en
entities: # where
  # the first
  ufa: {type: City, label: Ufa} # a city
  kazan:
    type: City # too
    label: Kazan
  taraz: {type: City, label: Taraz}
claims:
  - id: met
    quote: Reporters met in Ufa, Kazan and Taraz
    subject: document
    property: schema:about
    value: [ufa, kazan, taraz]
"""
PROMPT = "q to stop"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "publication" / "facts.yaml"
    path.parent.mkdir()
    path.write_text(FACTS, "utf-8")
    return path


@pytest.fixture
def start(local: LocalWikibase, file: Path, tmp_path: Path) -> Iterator[Callable[..., Session]]:
    """Starts sessions on the publication; the Wikibase knows its cities."""
    for qid, name in (("Q911", "Ufa"), ("Q900", "Kazan"), ("Q486545", "Taraz")):
        local.entities.add(qid, {"en": name}, claims={"P31": [statement("P31", "Q515")]})
    sessions = []

    def start(*more: str) -> Session:
        arguments = ["link", str(file), "--wikibase", local.api, "--by", "Rita"]
        arguments += ["--cache", str(tmp_path / "cache"), "--date", "2024-12-02", *more]
        sessions.append(Session(arguments))
        return sessions[-1]

    yield start
    for session in sessions:
        session.close()


def pinned(file: Path) -> list[str]:
    return sorted(read_lock(lock_file(file).read_bytes(), "lock").items)


@pytest.mark.parametrize("how", ["Ctrl-C", "end of input"])
def test_interrupted_session_loses_nothing(
    how: str, start: Callable[..., Session], file: Path
) -> None:
    session = start()
    session.expect(PROMPT)
    session.answer("1")
    session.expect(PROMPT)
    if how == "Ctrl-C":
        session.insist(
            lambda: session.process.send_signal(signal.SIGINT), "what was decided is written"
        )
    else:
        os.write(session.terminal, b"\x04")
        session.expect("what was decided is written")
    assert session.end() == 130
    assert "Traceback" not in session.shown
    text = file.read_text("utf-8")
    assert text == FACTS.replace("label: Ufa}", "label: Ufa, wikidata: Q911}")
    assert pinned(file) == ["Q911"]
    # The next session goes on with what is left.
    again = start()
    again.expect("kazan: Kazan")
    again.expect(PROMPT)
    again.answer("1")
    again.expect(PROMPT)
    again.answer("q")
    assert again.end() == 0
    assert "ufa:" not in again.shown
    assert pinned(file) == ["Q900", "Q911"]
    assert "    label: Kazan\n    wikidata: Q900\n  taraz:" in file.read_text("utf-8")


def test_facts_and_lock_that_others_edit_meanwhile_are_kept(
    start: Callable[..., Session], file: Path
) -> None:
    session = start()
    session.expect(PROMPT)
    edited = FACTS.replace("# where", "# where they met").replace("A small text", "Another title")
    file.write_text(edited, "utf-8")
    session.answer("1")
    session.expect(PROMPT)
    # Another session pins another item, and the entity that is asked for goes away.
    data = json.loads(lock_file(file).read_text("utf-8"))
    data["items"]["Q486545"] = {"labels": {"en": "Taraz"}}
    lock_file(file).write_text(json.dumps(data), "utf-8")
    file.write_text(file.read_text("utf-8").replace("  kazan:\n", "  kazan-city:\n"), "utf-8")
    session.answer("1")
    session.expect("has no entity kazan")
    session.expect(PROMPT)
    session.answer("")
    session.expect("taraz: Taraz")
    file.write_text("entities: [broken", "utf-8")
    session.expect(PROMPT)
    session.answer("n")
    session.expect("why is there none")
    session.answer("gone")
    session.expect("cannot be read")
    session.expect(PROMPT)
    file.write_text(edited, "utf-8")
    session.answer("1")
    assert session.end() == 0
    assert "Traceback" not in session.shown
    assert "wikidata: Q486545" in file.read_text("utf-8")
    assert "# where they met" in file.read_text("utf-8")
    assert pinned(file) == ["Q486545", "Q911"]


def test_item_is_named_by_its_id(
    start: Callable[..., Session], file: Path, local: LocalWikibase
) -> None:
    local.entities.add("Q999999001", {"en": "Ufa Governorate"}, aliases={"en": ["Wfa"]})
    local.entities.redirect("Q999999002", "Q999999001")
    session = start("--entity", "ufa")
    for answer, said in (
        ("Q999999003", "Q999999003 is not there"),
        ("P31", "is no choice here"),
        ("9", "is no choice here"),
        ("\x1b[2J", "is no choice here"),
    ):
        session.expect(PROMPT)
        session.answer(answer)
        session.expect(said)
    session.expect(PROMPT)
    session.answer("q999999002")
    session.expect("Q999999001 is Ufa Governorate, into which Q999999002 was merged")
    session.answer("y")
    assert session.end() == 0
    assert "label: Ufa, wikidata: Q999999001} # a city" in file.read_text("utf-8")
    decided = read_lock(lock_file(file).read_bytes(), "l").items["Q999999001"].decided["ufa"]
    assert (decided.by, decided.why, decided.score) == ("Rita", "named by its id", None)


LAYOUTS = {
    "Windows line ends": FACTS.replace("\n", "\r\n"),
    "byte-order mark": "\ufeff" + FACTS,
    "all in one flow": re.sub(
        r"entities:.*?claims:",
        "entities: {ufa: {type: City, label: Ufa}, # one\n"
        "  kazan: {type: City, # two\n    label: Kazan}, "
        "taraz: {label: Taraz, type: City}}\nclaims:",
        FACTS,
        flags=re.DOTALL,
    ),
    "comments everywhere": re.sub(
        r"(?m)^(\s*)(.*)$", r"\1# above\n\1\2", FACTS.replace("{type", "{ # in\n    type")
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layout_of_the_file_stays(layout: str, start: Callable[..., Session], file: Path) -> None:
    text = LAYOUTS[layout]
    file.write_bytes(text.encode())
    assert lod.load(file).facts is not None
    session = start("--accept-above", "0.7")
    assert session.end() == 0
    assert "3 decided, 0 left" in session.shown
    linked = file.read_bytes().decode()
    facts = lod.load(file).facts
    assert facts is not None
    found = {slug: entity.link.qid for slug, entity in facts.entities.items() if entity.link}
    assert found == {"ufa": "Q911", "kazan": "Q900", "taraz": "Q486545"}
    # Without the links it is the old file, byte for byte.
    assert re.sub(r"(, |\r?\n *)wikidata: Q\d+", "", linked) == text
