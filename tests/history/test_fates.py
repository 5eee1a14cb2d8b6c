"""What becomes of each claim after an edit of the text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lod.facts.text import SourceText
from lod.history.alignment import align
from lod.history.edits import Edit
from lod.history.fates import Fate
from lod.history.update import NewText, Update
from tests.history.publications import TABLE, TEXT, edited, write

CASES = {case["name"]: case for case in TABLE["case"]}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("edits"))


def update(folder: Path, text: str, published: str | None = None) -> Update:
    return Update(folder, [NewText(text.encode(), "new.txt", published)])


@pytest.mark.parametrize("name", CASES)
def test_fate_of_each_claim(folder: Path, name: str) -> None:
    case: dict[str, Any] = CASES[name]
    edit = update(folder, edited(case)).edit
    told = {one.id: str(one.fate) for one in edit.claims if one.fate is not Fate.UNCHANGED}
    passages = {
        str(number): str(one.fate)
        for number, one in enumerate(edit.no_facts)
        if one.fate is not Fate.UNCHANGED
    }
    added = [edit.new.sentences[at] for at in edit.alignment.added]
    assert told == case.get("fates", {})
    if "fates" not in case or "no_fact" in case:
        assert passages == case.get("no_fact", {})
    assert [edit.new.raw[one.start : one.end] for one in added] == case.get("added", [])


def test_what_changed_is_said(folder: Path) -> None:
    found = update(folder, TEXT.replace("more than 28", "28").replace("are not", "are")).edit
    changed = {
        one.id: [(each.kind, each.before, each.after) for each in one.quotes[0].changed]
        for one in found.claims
        if one.fate is Fate.VALUE_CHANGED
    }
    assert changed == {
        "record": [("hedge", ("more than 28 billion euros",), ())],
        "members": [("denial", ("not",), ())],
    }


def test_another_date_of_the_text_is_another_value_of_what_counts_from_it(folder: Path) -> None:
    told = {one.id: str(one.fate) for one in update(folder, TEXT, "2026-02-01").edit.claims}
    assert told["grew"] == "value-changed"
    assert told["imports"] == told["members"] == "unchanged"
    same_year = {one.id: str(one.fate) for one in update(folder, TEXT, "2025-02-01").edit.claims}
    assert same_year["grew"] == "unchanged"


def test_a_date_that_the_text_gives_itself_counts(tmp_path: Path) -> None:
    folder = write(tmp_path)
    text = f"Tell, January 15, 2025\n\n{TEXT}"
    (folder / "article.txt").write_text(text, "utf-8")
    told = {
        one.id: one.quotes[0].because
        for one in update(folder, text.replace("January 15, 2025", "January 15, 2026")).edit.claims
        if one.fate is Fate.VALUE_CHANGED
    }
    assert told == {"grew": "date", "record": "date"}


def test_without_data_of_a_language_only_the_same_words_go_on(tmp_path: Path) -> None:
    folder = write(tmp_path)
    facts = folder / "facts.yaml"
    # A billion is another number in other languages.
    text = TEXT.replace("billion", "million")
    changed = facts.read_text("utf-8").replace("language: en", "language: xx")
    facts.write_text(changed.replace("billion", "million"), "utf-8")
    (folder / "article.txt").write_text(text, "utf-8")
    for before, after, fate in (
        ("set a record", "reached a record", Fate.REWORDED),
        ("28 million", "29 million", Fate.VALUE_CHANGED),
        ("Borland grew", "Corland grew", Fate.VALUE_CHANGED),
    ):
        found = update(folder, text.replace(before, after))
        assert not found.edit.is_compared
        assert fate in {one.fate for one in found.edit.claims}
        assert found.make({}).open


_SENTENCES = st.lists(
    st.sampled_from(["One grew.", "Two fell by 2.", "Three is here.", "Four was not.", "Five?"]),
    max_size=12,
)


@given(_SENTENCES, _SENTENCES)
def test_pairs_are_the_same_sentences_and_each_is_paired_once(
    before: list[str], after: list[str]
) -> None:
    old, new = SourceText(" ".join(before)), SourceText("\n\n".join(after))
    found = align(old, new)
    for one, other in found.same.items():
        first, second = old.sentences[one], new.sentences[other]
        assert old.raw[first.start : first.end] == new.raw[second.start : second.end]
    assert len(set(found.same.values())) == len(found.same)
    stays = [found.same[one] for one in sorted(found.same) if one not in found.moved]
    assert stays == sorted(stays)
    taken = [*found.same.values(), *(at for one in set(found.like.values()) for at in one.new)]
    assert len(taken) == len(set(taken))
    assert set(found.added).isdisjoint(taken)


def test_settled_words_stand_where_they_are_said_to(folder: Path) -> None:
    for case in TABLE["case"]:
        edit: Edit = update(folder, edited(case)).edit
        for claim in edit.claims:
            for quote in claim.quotes:
                if quote.fate.is_settled:
                    start, end = quote.spans[0]
                    assert edit.new.raw[start:end].split() == quote.quote.split()
