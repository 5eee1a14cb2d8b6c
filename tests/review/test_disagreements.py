"""Which claims of two publications disagree, which do not, and which cannot be compared."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from lod.review.claims import Claims
from lod.review.disagreements import Disagreement, Tally, find_disagreements
from tests.review.conftest import ITEM, claims_of, facts, thing

TABLE = Path(__file__).with_name("disagreements.yaml").read_text("utf-8")
CASES = yaml.load(TABLE, yaml.BaseLoader)  # noqa: S506 - it makes text only


def pair(case: dict[str, Any]) -> list[Claims]:
    """The two publications of a case."""
    found = []
    items = case.get("items", [ITEM, ITEM])
    for name, item in zip("ab", items, strict=True):
        said = case[name]
        things = {
            slug: thing(*parts)
            for slug, parts in case.get("things", {}).items()
            if slug == said["value"]
        }
        link = None if item in ("null", "") else item
        entities = {"it": thing(case["subject"][0], case["subject"][1], link), **things}
        claim = {"subject": "it", "property": case["property"], **said}
        found.append(claims_of(facts(name, [claim], entities, said.get("published", "2024-11-27"))))
    return found


def compared(claims: list[Claims]) -> tuple[list[Disagreement], Tally]:
    """The disagreements, and what was counted."""
    tally = Tally()
    return list(find_disagreements(claims, tally)), tally


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_what_two_publications_say_is_compared(case: dict[str, Any]) -> None:
    claims = pair(case)
    found, tally = compared(claims)
    counted = {
        "disagree": tally.disagreements,
        "agree": tally.compared if not tally.disagreements else 0,
        "alone": tally.alone,
        **tally.left_out,
    }
    assert counted.pop(case["expect"]) > 0, (counted, found)
    assert tally.compared + tally.alone + sum(tally.left_out.values()) == tally.claims == 2
    if case["expect"] == "disagree":
        (one,) = found
        assert {claim["publication"] for claim in one.claims} == {c.base for c in claims}
        assert {quote for claim in one.claims for quote in claim["quotes"]} == {
            case["a"]["text"],
            case["b"]["text"],
        }
        assert [claim["said"] for claim in one.claims] == sorted(
            case[name].get("published", "2024-11-27") for name in "ab"
        )
    # The order of the publications does not matter.
    again, other = compared(claims[::-1])
    assert (again, other.as_dict()) == (found, tally.as_dict())
