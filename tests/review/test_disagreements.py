"""Which claims of two publications disagree, which do not, and which cannot be compared."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from msgspec.structs import replace

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


YEAR = {"property": "population", "during": "in 2023"}


def population(number: int, **more: Any) -> dict[str, Any]:
    """A claim that says how many people a country had in 2023."""
    text = f"In 2023 Norland had {number} million inhabitants."
    return {"text": text, "subject": "it", "value": f"{number} million inhabitants", **YEAR, **more}


def publication(name: str, *claims: dict[str, Any], **entities: Any) -> dict[str, Any]:
    """A publication about one country."""
    return facts(name, list(claims), {"it": thing("Country", "Norland", ITEM), **entities})


def test_those_who_agree_stand_on_their_sides_of_one_disagreement() -> None:
    numbers = {"a": 28, "b": 31, "c": 28, "d": 31}
    several = [claims_of(publication(name, population(n))) for name, n in numbers.items()]
    (one,), tally = compared(several)
    assert [claim["value"].split()[0] for claim in one.claims] == ["28", "31", "28", "31"]
    assert (tally.publications, tally.claims, tally.compared) == (4, 4, 4)
    data = one.as_dict()
    assert data["subject"] == f"http://www.wikidata.org/entity/{ITEM}"
    assert (data["label"], data["name"], data["kind"]) == ("Norland", "rel:population", "values")
    first = data["claims"][0]
    assert first["claim"] == "https://data.example.org/a/claim/c1"
    assert (first["title"], first["speakers"]) == ("Article a", ["Reporter a"])
    assert (first["edtf"], first["period"], first["denied"]) == ("2023", "In 2023", False)
    assert [claim["publication"][-2] for claim in one.examples(2)] == ["a", "b"]


def test_each_year_is_a_matter_of_its_own() -> None:
    def of(name: str, *numbers: int) -> Claims:
        years = ("2021", "2022", "2023")
        claims = [
            {
                **population(n),
                "during": f"in {year}",
                "text": f"In {year} Norland had {n} million inhabitants.",
            }
            for year, n in zip(years, numbers, strict=True)
        ]
        return claims_of(publication(name, *claims))

    found, tally = compared([of("a", 25, 26, 27), of("b", 25, 29, 30)])
    assert [{claim["edtf"] for claim in one.claims} for one in found] == [{"2022"}, {"2023"}]
    assert (tally.compared, tally.left_out) == (6, {})


def test_speakers_of_one_publication_disagree_too_and_their_chain_is_told() -> None:
    data = publication(
        "a",
        population(28, by=["ida", "bo"]),
        {**population(31), "text": "Norland had 31 million inhabitants in 2023."},
        ida=thing("Person", "Ida Holm"),
        bo=thing("Person", "Bo Ek"),
    )
    del data["entities"]["it"]["wikidata"]
    (one,), _ = compared([claims_of(data)])
    assert [claim["speakers"] for claim in one.claims] == [["Ida Holm", "Bo Ek"], ["Reporter a"]]
    assert one.as_dict()["subject"] == "https://data.example.org/a/entity/it"


def test_what_was_replaced_or_taken_back_is_not_held_against_anybody() -> None:
    new = {**population(31), "text": "Norland had 31 million inhabitants in 2023."}
    for settled in ("replaces", "denies"):
        data = publication("a", population(28), {**new, settled: "c1"})
        found, tally = compared([claims_of(data), claims_of(publication("b", population(31)))])
        assert (found, tally.left_out) == ([], {"replaced": 1})


def test_a_denial_by_name_is_a_disagreement_whatever_it_says_itself() -> None:
    denial = {
        "text": "Bo Ek said that the census of Norland failed.",
        "subject": "it",
        "property": "describedAs",
        "value": {"text": "the census failed"},
        "by": "bo",
        "denies": "c1",
    }
    data = publication("a", population(28), denial, bo=thing("Person", "Bo Ek"))
    (one,), tally = compared([claims_of(data)])
    assert one.is_denial
    assert [claim["claim"].rpartition("/")[2] for claim in one.claims] == ["c1", "c2"]
    assert (tally.disagreements, tally.claims) == (1, 2)


def test_both_directions_of_a_symmetric_property_are_one() -> None:
    union = {"other": thing("Country", "Sudland", "Q100000099")}
    yes = {"text": "Norland cooperates with Sudland.", "property": "cooperatesWith"}
    no = {"text": "Sudland does not cooperate with Norland.", "property": "cooperatesWith"}
    (one,), _ = compared(
        [
            claims_of(publication("a", {**yes, "subject": "it", "value": "other"}, **union)),
            claims_of(
                publication(
                    "b", {**no, "subject": "other", "value": "it", "polarity": "negative"}, **union
                )
            ),
        ]
    )
    assert {claim["denied"] for claim in one.claims} == {True, False}


@pytest.mark.parametrize(("single", "count"), [("true", 1), ("false", 0), (None, 0)])
def test_a_property_of_ones_own_says_whether_it_has_one_value(
    single: str | None, count: int
) -> None:
    def of(name: str, value: str) -> Claims:
        data = publication(
            name,
            {
                "text": f"Norland lies on {value}.",
                "subject": "it",
                "property": "on",
                "value": "sea",
            },
            sea=thing("Person", value, f"Q{len(value)}00000000"),
        )
        # One vocabulary for both, as desks that share terms have it.
        data["publication"]["base"] = "https://data.example.org/"
        term = {"kind": "property", "label": "on", "phrase": "{s} lies on {o}"}
        term |= {"domain": "Country", "range": "Person"}
        data["terms"] = {"on": term if single is None else {**term, "singleValued": single}}
        claims = claims_of(data)
        return replace(
            claims,
            base=name,
            rows=[row._replace(base=name, claim=row.claim + name) for row in claims.rows],
        )

    found, _ = compared([of("a", "the West Sea"), of("b", "the Northern Sea")])
    assert len(found) == count


def test_a_publication_that_is_met_twice_counts_once() -> None:
    one = claims_of(publication("a", population(28)))
    _, tally = compared([one, one])
    assert (tally.publications, tally.alone, tally.left_out) == (1, 1, {"repeated publication": 1})


def test_everybody_against_one_takes_no_longer_than_it_must() -> None:
    """Thousands who agree on another day each are no reason to compare each with each."""
    rows = claims_of(publication("a", population(28))).rows
    dissent = claims_of(publication("z", population(31)))
    many = [
        Claims(
            f"p{n}",
            1,
            [
                rows[0]._replace(
                    base=f"p{n}", claim=f"c{n}", shown={**rows[0].shown, "claim": f"c{n}"}
                )
            ],
        )
        for n in range(3000)
    ]
    (one,), tally = compared([*many, dissent])
    assert len(one.claims) == tally.compared == 3001
    assert {claim["value"].split()[0] for claim in one.examples(5)} == {"28", "31"}
