"""wikidata.lock: what is written is read again, in small diffs, and a broken one is explained."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from lod.links.lock import (
    Decision,
    Lock,
    LockedItem,
    lock_file,
    read_lock,
    write_lock,
)
from lod.sources.source import SourceProblem

WORDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)
QIDS = st.integers(1, 2_000_000_000).map(lambda number: f"Q{number}")
LOCAL = st.dictionaries(st.sampled_from(["en", "kk", "ru", "de-ch"]), WORDS, max_size=3)
ITEMS = st.builds(
    LockedItem,
    qid=st.just("Q1"),
    labels=LOCAL,
    aliases=st.dictionaries(
        st.sampled_from(["en", "ru"]), st.lists(WORDS, min_size=1, max_size=3).map(tuple)
    ),
    descriptions=LOCAL,
    types=st.dictionaries(QIDS, st.one_of(st.just(""), WORDS), max_size=3),
    coordinates=st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180)),
    revision=st.none() | st.integers(1, 10**12),
    date=st.just("2024-12-02"),
    name_only=st.booleans(),
    merged=st.none() | QIDS,
    deleted=st.booleans(),
    decided=st.dictionaries(
        st.sampled_from(["a", "b"]),
        st.builds(
            Decision,
            WORDS,
            WORDS,
            st.none() | st.integers(0, 1000).map(lambda n: n / 1000),
        ),
    ),
)


@given(st.dictionaries(QIDS, ITEMS, max_size=4))
def test_what_is_written_is_read_again(items: dict[str, LockedItem]) -> None:
    lock = Lock({qid: replace(item, qid=qid) for qid, item in items.items()})
    text = write_lock(lock)
    again = read_lock(text.encode(), "wikidata.lock")
    assert (again.items, again.wikibase) == (lock.items, lock.wikibase)
    assert write_lock(again) == text


def lock_of(*items: LockedItem) -> str:
    return write_lock(Lock({item.qid: item for item in items}))


UFA = LockedItem(
    "Q911", {"en": "Ufa"}, {"en": ("Ufa city", "Öfö")}, {"en": "city"}, {"Q515": "city"},
    coordinates=(54.73, 55.97), revision=7, date="2024-12-02",
)  # fmt: skip


def test_order_does_not_depend_on_the_order_of_the_items() -> None:
    other = LockedItem("Q1520", {"ru": "Астана", "en": "Astana"})
    assert lock_of(UFA, other) == lock_of(other, UFA)
    assert lock_of(other, UFA).index("Q911") < lock_of(other, UFA).index("Q1520")


@pytest.mark.parametrize(
    "changed",
    [
        replace(UFA, revision=8),
        replace(UFA, labels={"en": "Ufá"}),
        replace(UFA, aliases={"en": ("Ufa city", "Öfö", "Ufa, Russia")}),
        replace(UFA, types={"Q515": "city", "Q5119": "capital"}),
    ],
)
def test_one_change_is_a_diff_of_a_few_lines(changed: LockedItem) -> None:
    diff = difflib.ndiff(lock_of(UFA).splitlines(), lock_of(changed).splitlines())
    assert 1 <= len([line for line in diff if line[0] in "+-"]) <= 4


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("", "l:1:1", "empty"),
        ("[]", "l:1:1", "object"),
        ("{", "l:1:2", "JSON"),
        ('{"items": {}}', "l:1:1", "version"),
        ('{"version": 2}', "l:1:13", "version"),
        ('{"version": 1, "items": {"P31": {}}}', "l:1:33", "P31"),
        ('{"version": 1,\n"items": {"Q1": {"label": "x"}}}', "l:2:27", "label"),
        ('{"version": 1,\n"items": {"Q1": {"labels": {"en": []}}}}', "l:2:35", "text"),
        ('{"version": 1, "items": {"Q1": {"date": "today"}}}', "l:1:41", "today"),
        ('{"version": 1, "items": {"Q1": {"revision": 1.5}}}', "l:1:45", "whole"),
        ('{"version": 1, "items": {"Q1": {"merged": "x"}}}', "l:1:43", "item id"),
        ('{"version": 1, "items": {"Q1": {}, "Q1": {}}}', "l:1:36", "twice"),
    ],
)
def test_broken_lock_is_explained_at_its_place(text: str, place: str, words: str) -> None:
    with pytest.raises(SourceProblem) as problem:
        read_lock(text.encode(), "l")
    assert str(problem.value.location) == place
    assert words in problem.value.message


def test_lock_stands_beside_its_facts() -> None:
    assert lock_file(Path("a/facts.yml")) == Path("a/wikidata.lock")
    assert lock_file(Path("a/facts.json")) == Path("a/wikidata.lock")
    assert lock_file(Path("a/b.yaml")) == Path("a/b.wikidata.lock")
