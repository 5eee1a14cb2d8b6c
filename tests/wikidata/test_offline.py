"""`lod check` finds wrong links by the lock alone, and leaves right ones alone."""

from __future__ import annotations

import random
import socket
from itertools import permutations
from pathlib import Path

import pytest

import lod
from lod.dist import build
from lod.facts.check_links import name_likeness, type_contradicts
from lod.facts.load import load_folder
from lod.links.kinds import kind_table, kinds_of_phrase, kinds_of_types
from lod.links.lock import LockedItem, lock_file, write_lock
from lod.links.names import ALIKE, likeness
from lod.model.entity import Entity
from lod.namespaces import REL_NS
from lod.vocabulary.vocabulary import load_vocabulary
from tests.wikidata.entities import real_labels

EXAMPLE = Path("examples/russia-kazakhstan")
VOCABULARY = load_vocabulary()


def entity(type_: str, label: str, *also: str) -> Entity:
    return Entity("e", REL_NS + type_, {"en": label}, also)


def test_every_item_of_the_example_is_locked_and_nothing_is_found() -> None:
    publication = lod.load(EXAMPLE)
    assert publication.lock is not None
    linked = {e.link.qid for e in publication.require_facts().entities.values() if e.link}
    assert publication.lock.items.keys() == linked - {None}
    assert publication.findings == []


def test_two_links_of_the_example_exchanged_are_found() -> None:
    """Any two: each of the two entities then has the item of the other."""
    publication = lod.load(EXAMPLE)
    lock = publication.lock
    assert lock is not None
    linked = [
        (one, lock.items[one.link.qid])
        for one in publication.require_facts().entities.values()
        if one.link and one.link.qid and not one.link.close
    ]
    missed = [
        (one.slug, item.label)
        for (one, _), (_, item) in permutations(linked, 2)
        if name_likeness(one, item.names, VOCABULARY) >= ALIKE
        and not type_contradicts(one.type, item, VOCABULARY)
    ]
    assert missed == []


def test_names_of_real_items_confirm_their_own_and_no_other() -> None:
    chance = random.Random(5)  # noqa: S311 - a draw that can be repeated
    rows = chance.sample([row for q, row in real_labels().items() if q[0] == "Q" and row[0]], 600)
    items = [LockedItem("Q1", {"en": label}, {"en": aliases}) for label, _, aliases in rows]
    for (label, _, aliases), item in zip(rows, items, strict=True):
        for name in (label, *aliases[:2]):
            assert name_likeness(entity("Thing", name), item.names, VOCABULARY) >= ALIKE
    others = [*items[1:], items[0]]
    wrong = [
        (label, other.label)
        for (label, _, _), other in zip(rows, others, strict=True)
        if name_likeness(entity("Thing", label), other.names, VOCABULARY) >= ALIKE
    ]
    assert len(wrong) <= 2, wrong


@pytest.mark.parametrize(
    ("type_", "ours", "theirs", "alike"),
    [
        ("Country", "Russia", "Ufa", False),
        ("Country", "Russia", "Russian", False),
        ("Country", "Kazakhstan", "President of Kazakhstan", False),
        ("City", "Moscow", "Moscow University", False),
        ("City", "Turkestan", "Turkistan (city)", True),
        ("University", "MGIMO", "MGIMO University", True),
        ("Person", "Vladimir Putin", "Vladimir Vladimirovich Putin", True),
        ("Person", "Vladimir Putin", "Vladimir Spiridonovich Ivanov", False),
        ("Organization", "CSTO", "Collective Security Treaty Organisation", True),
        ("Organization", "Union of Organizations", "Union of Organisations", True),
        ("City", "Zurich", "ZÜRICH", True),
        ("City", "Łódź", "Lodz", True),
        ("Topic", "C", "C++", True),
        ("Topic", "???", "!!!", False),
    ],
)  # fmt: skip
def test_likeness_of_names(type_: str, ours: str, theirs: str, alike: bool) -> None:
    assert (name_likeness(entity(type_, ours), (theirs,), VOCABULARY) >= ALIKE) is alike


def test_scripts_are_not_transliterated() -> None:
    assert likeness("Россия", "Rossiya") == 0.0


@pytest.mark.parametrize(
    ("type_", "types", "superclasses", "wrong"),
    [
        ("Person", {"Q1549591": "big city"}, (), True),
        ("Person", {"Q5": "human"}, (), False),
        ("City", {"Q5": "human"}, (), True),
        ("Country", {"Q3624078": "sovereign state"}, (), False),
        ("Country", {"Q515": "city"}, (), True),
        ("City", {"Q999999999": ""}, ("Q515",), False),
        ("Event", {"Q999999999": ""}, ("Q43229",), True),
        ("Event", {"Q999999999": "something unheard of"}, (), False),
        ("Topic", {"Q5": "human"}, (), False),
        ("Topic", {"Q4167410": "Wikimedia disambiguation page"}, (), True),
        ("University", {"Q999999999": "college of the University of Oxford"}, (), False),
        ("Event", {"Q198": "war", "Q718893": "theater"}, (), False),
    ],
)
def test_types_that_contradict(
    type_: str, types: dict[str, str], superclasses: tuple[str, ...], wrong: bool
) -> None:
    item = LockedItem("Q1", {"en": "x"}, types=types, superclasses=superclasses)
    assert type_contradicts(REL_NS + type_, item, VOCABULARY) is wrong


def test_every_class_of_the_table_is_one_of_ours_and_every_item_is_real() -> None:
    table = kind_table()
    assert table.allowed.keys() <= VOCABULARY.classes.keys()
    assert {kind for kinds in table.allowed.values() for kind in kinds} <= table.families.keys()
    labels = real_labels()
    assert [qid for qid in table.by_item if qid not in labels] == []
    # What the label of such an item says is not against what the table says.
    for qid, kind in table.by_item.items():
        label = labels[qid][0]
        said = kinds_of_phrase(label)
        assert not said or kind in said, (qid, label)
        assert kinds_of_types({qid: ""}) == {kind}


CASE = Path("tests/publications/violating/link-label-russia-is-ufa.yaml")


def test_findings_of_links_are_overruled_with_a_reason(tmp_path: Path) -> None:
    file = tmp_path / "facts.yaml"
    text = CASE.read_text("utf-8").replace(
        "wikidata: Q911}",
        "wikidata: Q911, allow: {link-label: {value: Q911, reason: a test}, "
        "link-type: {value: Q911, reason: a test}}}",
    )
    file.write_text(text, "utf-8")
    lock_file(file).write_bytes(lock_file(CASE).read_bytes())
    assert lod.load(file).findings == []


def test_without_a_lock_links_are_not_checked(tmp_path: Path) -> None:
    file = tmp_path / "facts.yaml"
    file.write_bytes(CASE.read_bytes())
    publication = lod.load(file)
    assert publication.findings == []
    assert publication.lock is None


def test_checking_and_building_need_no_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object) -> None:
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    outputs = []
    for name in ("one", "two"):
        build(lod.load(EXAMPLE), out=tmp_path / name)
        outputs.append({p.name: p.read_bytes() for p in (tmp_path / name).iterdir()})
    assert outputs[0] == outputs[1]


def test_close_link_may_have_another_name_but_not_none_in_common(tmp_path: Path) -> None:
    loaded = load_folder(EXAMPLE)
    assert loaded.lock is not None
    assert loaded.facts is not None
    close = [e for e in loaded.facts.entities.values() if e.link and e.link.close]
    unlike = [
        e.slug
        for e in close
        if e.link
        and name_likeness(e, loaded.lock.items[e.link.qid or ""].names, VOCABULARY) < ALIKE
    ]
    assert "clean-energy" in unlike
    assert write_lock(loaded.lock) == (EXAMPLE / "wikidata.lock").read_text("utf-8")
