"""The example says what the article says: its claims, sentences and links, by committed tables."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

import pytest

from tests.publications.inventory import TABLES, Inventory, Row, read_table

_TOML = (TABLES / "best-known.toml").read_text("utf-8")
BEST_KNOWN: list[dict[str, Any]] = tomllib.loads(_TOML)["fact"]


@cache
def published() -> dict[str, list[Row]]:
    return Inventory().tables()


@pytest.mark.parametrize(
    ("table", "key"),
    [("claims.tsv", "claim"), ("sentences.tsv", "claim"), ("links.tsv", "entity")],
)
def test_what_is_published_is_what_was_held_against_the_article(table: str, key: str) -> None:
    rows = {row[key]: row for row in published()[table]}
    expected = {row[key]: row for row in read_table(table)}
    wrong = {name: row for name, row in rows.items() if row != expected.get(name)}
    assert wrong == {}
    assert expected.keys() - rows.keys() == set()


def test_there_are_ten_best_known_facts() -> None:
    assert len(BEST_KNOWN) == 10


@pytest.mark.parametrize("fact", BEST_KNOWN, ids=lambda fact: fact["claim"])
def test_a_best_known_fact_is_published_with_the_right_values(fact: Row) -> None:
    """A cell that a fact does not have is empty; none is denied."""
    tables = published()
    claims = {row["claim"]: row for row in tables["claims.tsv"]}
    sentences = {row["claim"]: row["sentence"] for row in tables["sentences.tsv"]}
    row = claims[fact["claim"]]
    empty = dict.fromkeys(row, "") | {"polarity": "positive"}
    assert row == empty | {key: cell for key, cell in fact.items() if key != "sentence"}
    if "sentence" in fact:
        assert sentences[fact["claim"]] == fact["sentence"]
