"""Claims against statements: there, unreferenced, different, absent, not comparable."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from lod.wikidata.compare import Compared, Outcome
from tests.wikidata.publications import (
    IMPORT,
    SOURCE,
    compared,
    entities,
    item,
    publication,
    quantity,
    recorded,
    statement,
    time,
)

MEMBER = "subject: kazakhstan\nproperty: memberOf\nvalue: csto"
CAPITAL = "subject: kazakhstan\nproperty: wdt:P36\nvalue: astana"
PEOPLE = "subject: kazakhstan\nproperty: wdt:P1082\nvalue: {quantity: 20 million}\nduring: 2023"
FOUNDED = "subject: csto\nproperty: wdt:P571\nvalue: {edtf: 2002-10}"
CSTO, CIS, ASTANA, MOSCOW = map(item, ("Q318693", "Q7779", "Q1520", "Q649"))
Y2023, Y2019 = [("P585", time("2023-00-00", 9))], [("P585", time("2019-00-00", 9))]


def one(tmp_path: Path, claim: str, known: dict[str, dict[str, Any]]) -> Compared:
    (result,) = compared(publication(tmp_path, claim), known)
    return result


@pytest.mark.parametrize(
    ("claim", "qid", "statements", "outcome"),
    [
        (MEMBER, "Q232", [], "absent"),
        (MEMBER, "Q232", [statement("P463", CSTO, references=SOURCE)], "there"),
        (MEMBER, "Q232", [statement("P463", CSTO)], "unreferenced"),
        # Where Wikidata copied it from is no source.
        (MEMBER, "Q232", [statement("P463", CSTO, references=IMPORT)], "unreferenced"),
        (MEMBER, "Q232", [statement("P463", CSTO, references=[*IMPORT, *SOURCE])], "there"),
        # One may be a member of several; another one says nothing.
        (MEMBER, "Q232", [statement("P463", CIS, references=SOURCE)], "absent"),
        (MEMBER, "Q232", [statement("P463", "somevalue")], "absent"),
        (MEMBER, "Q232", [statement("P463", "novalue")], "different"),
        (MEMBER, "Q232", [statement("P463", CSTO, rank="deprecated")], "absent"),
        (CAPITAL, "Q232", [statement("P36", MOSCOW)], "different"),
        (CAPITAL, "Q232", [statement("P36", MOSCOW, rank="deprecated")], "absent"),
        (CAPITAL, "Q232", [statement("P36", MOSCOW), statement("P36", ASTANA)], "unreferenced"),
        (PEOPLE, "Q232", [statement("P1082", quantity("+20000000"), qualifiers=Y2023)],
         "unreferenced"),
        (PEOPLE, "Q232", [statement("P1082", quantity("+19000000"), qualifiers=Y2023)],
         "different"),
        # Another year's number does not contradict, nor does one without a time.
        (PEOPLE, "Q232", [statement("P1082", quantity("+19000000"), qualifiers=Y2019)], "absent"),
        (PEOPLE, "Q232", [statement("P1082", quantity("+20000000"), qualifiers=Y2019)], "absent"),
        (PEOPLE, "Q232", [statement("P1082", quantity("+19000000"))], "absent"),
        (PEOPLE, "Q232", [statement("P1082", quantity("+20000000"))], "unreferenced"),
        (
            PEOPLE,
            "Q232",
            [
                statement(
                    "P1082",
                    quantity("+20000000", "http://www.wikidata.org/entity/Q11229"),
                    qualifiers=Y2023,
                )
            ],
            "not comparable",
        ),
        (FOUNDED, "Q318693", [statement("P571", time("2002-10-07", 11))], "unreferenced"),
        (FOUNDED, "Q318693", [statement("P571", time("2002-00-00", 9))], "unreferenced"),
        (FOUNDED, "Q318693", [statement("P571", time("1992-05-15", 11))], "different"),
    ],
)  # fmt: skip
def test_each_outcome(
    tmp_path: Path, claim: str, qid: str, statements: list[dict[str, Any]], outcome: str
) -> None:
    assert one(tmp_path, claim, entities(**{qid: statements})).outcome == outcome


def test_a_deprecated_statement_is_ignored_but_told(tmp_path: Path) -> None:
    known = entities(Q232=[statement("P463", CSTO, rank="deprecated", references=SOURCE)])
    result = one(tmp_path, MEMBER, known)
    assert result.outcome is Outcome.ABSENT
    assert result.held_wrong
    assert result.considered == ()
    assert "Wikidata has this value as deprecated" in result.notes


def test_preferred_statements_come_first(tmp_path: Path) -> None:
    known = entities(
        Q232=[
            statement("P36", MOSCOW, id_="Q232$normal"),
            statement("P36", ASTANA, rank="preferred", id_="Q232$preferred"),
        ]
    )
    result = one(tmp_path, CAPITAL, known)
    assert [judged.seen.id for judged in result.considered] == ["Q232$preferred", "Q232$normal"]


def test_a_preferred_rival_is_told(tmp_path: Path) -> None:
    known = entities(Q232=[statement("P36", ASTANA), statement("P36", MOSCOW, rank="preferred")])
    assert "Wikidata prefers another value" in one(tmp_path, CAPITAL, known).notes


PARTICIPANT = "subject: putin\nproperty: participantIn\nvalue: summit"


def test_the_other_side_counts(tmp_path: Path) -> None:
    known = entities(Q189266=[statement("P710", item("Q7747"), references=SOURCE)])
    result = one(tmp_path, PARTICIPANT, known)
    assert result.outcome is Outcome.THERE
    assert result.match is not None
    assert result.match.inverse
    assert "it is on Q189266, as P710" in result.notes


def test_another_participant_is_not_the_other_side(tmp_path: Path) -> None:
    known = entities(Q189266=[statement("P710", item("Q159"), references=SOURCE)])
    assert one(tmp_path, PARTICIPANT, known).outcome is Outcome.ABSENT


def test_a_symmetric_property_counts_from_both_sides(tmp_path: Path) -> None:
    claim = "subject: putin\nproperty: spouse\nvalue: spouse"
    known = entities(Q1=[statement("P26", item("Q7747"), references=SOURCE)])
    result = one(tmp_path, claim, known)
    assert result.outcome is Outcome.THERE
    assert result.match is not None
    assert (result.match.seen.item, result.match.seen.pid) == ("Q1", "P26")


@pytest.mark.parametrize(
    ("during", "qualifiers", "outcome"),
    [
        ("2010", [("P580", time("2002-00-00", 9))], "there"),
        ("2001", [("P580", time("2002-00-00", 9))], "different"),
        ("2010", [("P582", time("2009-12-31", 11))], "different"),
        ("2010", [("P580", time("2002-00-00", 9)), ("P582", time("2012-00-00", 9))], "there"),
        ("2010-05", [("P585", time("2010-00-00", 9))], "there"),
        ("2010-05", [("P585", time("2010-06-00", 10))], "different"),
        ("2002/..", [("P580", time("2002-00-00", 9))], "there"),
    ],
)
def test_times_are_compared_with_the_qualifiers(
    tmp_path: Path, during: str, qualifiers: list[tuple[str, Any]], outcome: str
) -> None:
    known = entities(Q232=[statement("P463", CSTO, qualifiers=qualifiers, references=SOURCE)])
    claim = f"{MEMBER}\nduring: {{edtf: {during}}}"
    assert one(tmp_path, claim, known).outcome == outcome


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        (f"{MEMBER}\nmodality: planned", "it is planned, not said to hold"),
        (f"{MEMBER}\nmodality: evaluative", "it is evaluative, not said to hold"),
        (f"{MEMBER}\npolarity: negative", "it is denied"),
        (f"{MEMBER}\nshare: almost all", "it holds for a share of the subject only"),
        (f"{MEMBER}\nwith: {{field: {{text: defence}}}}", "rel:field restricts it"),
        (
            "subject: kazakhstan\nproperty: supports\nvalue: csto",
            "rel:supports has no counterpart on Wikidata",
        ),
        (
            "subject: ministry\nproperty: memberOf\nvalue: csto",
            "ministry has no item (not verified)",
        ),
        (
            "subject: relatives\nproperty: memberOf\nvalue: csto",
            "relatives is only near Q783794",
        ),
        (
            "subject: kazakhstan\nproperty: wdt:P1082\nchange: up 2 percent",
            "it says a change, and no value",
        ),
        (
            "subject: kazakhstan\nproperty: wdt:P1082\nvalue: {unknown: says so}",
            "its value is said to be unknown",
        ),
        ("subject: document\nproperty: schema:author\nvalue: putin", "the document has no item"),
    ],
)
def test_what_is_not_comparable_says_why(tmp_path: Path, claim: str, reason: str) -> None:
    result = one(tmp_path, claim, entities())
    assert (result.outcome, result.reason) == (Outcome.NOT_COMPARABLE, reason)


def test_an_item_that_is_gone_is_told(tmp_path: Path) -> None:
    known = entities()
    known["Q318693"] = {"id": "Q318693", "missing": ""}
    result = one(tmp_path, MEMBER, known)
    assert (result.outcome, result.reason) == (Outcome.NOT_COMPARABLE, "Q318693 is not there")
    del known["Q232"]
    assert one(tmp_path, MEMBER, known).reason == "Q232 was not read"


def test_a_merged_item_is_compared_under_its_new_id(tmp_path: Path) -> None:
    known = entities(Q232=[statement("P463", item("Q99"), references=SOURCE)])
    known["Q318693"] = {"id": "Q99", "claims": []}
    result = one(tmp_path, MEMBER, known)
    assert result.outcome is Outcome.THERE
    assert "Q318693 was merged into Q99" in result.notes


def test_every_combination_of_a_list_is_a_claim(tmp_path: Path) -> None:
    claim = "subject: [kazakhstan, russia]\nproperty: memberOf\nvalue: [csto, cis]"
    known = entities(Q159=[statement("P463", CIS, references=SOURCE)])
    found = compared(publication(tmp_path, claim), known)
    assert [(result.claim.claim, str(result.outcome)) for result in found] == [
        ("c1/1", "absent"),
        ("c1/2", "absent"),
        ("c1/3", "absent"),
        ("c1/4", "there"),
    ]


def test_the_strength_of_the_mapping_is_told(tmp_path: Path) -> None:
    claims = (
        "subject: putin\nproperty: alumnusOf\nvalue: university",
        "subject: csto\nproperty: founder\nvalue: russia",
        MEMBER,
    )
    found = compared(publication(tmp_path, *claims), entities())
    assert [getattr(result.claim, "strength", None) for result in found] == [
        "sub",
        "close",
        "sub",
    ]


# What Wikidata really says of Vladimir Putin (2026) and the Russian Empire (2021).
def test_recorded_position_without_a_reference(tmp_path: Path) -> None:
    claim = "subject: putin\nproperty: positionHeld\nvalue: office"
    result = one(tmp_path, claim, recorded())
    assert result.outcome is Outcome.UNREFERENCED
    assert result.match is not None
    assert result.match.seen.rank == "preferred"


@pytest.mark.parametrize(
    ("during", "outcome"),
    [("2004", "there"), ("2010", "different"), ("2020", "unreferenced"), ("1991", "different")],
)
def test_recorded_position_of_each_time(tmp_path: Path, during: str, outcome: str) -> None:
    claim = f"subject: putin\nproperty: positionHeld\nvalue: office\nduring: {during}"
    assert one(tmp_path, claim, recorded()).outcome == outcome


@pytest.mark.parametrize(
    ("claim", "outcome"),
    [
        ("property: wdt:P571\nvalue: {edtf: 1721-11-02}", "unreferenced"),  # Julian 22 October
        ("property: wdt:P571\nvalue: {edtf: 1721}", "unreferenced"),
        ("property: wdt:P571\nvalue: {edtf: 1721-10-22}", "different"),
        ("property: wdt:P1082\nvalue: {quantity: 178378800}\nduring: 1914", "unreferenced"),
        (
            "property: wdt:P1082\nvalue: {quantity: more than 178 million}\nduring: 1914",
            "unreferenced",
        ),
        (
            "property: wdt:P1082\nvalue: {quantity: more than 180 million}\nduring: 1914",
            "different",
        ),
        ("property: wdt:P1082\nvalue: {quantity: 178378800}\nduring: 1915", "absent"),
        ("property: wdt:P2046\nvalue: {quantity: 21800251 square kilometers}", "there"),
        (
            "property: wdt:P2046\nvalue: {quantity: about 22 million square kilometers}",
            "there",
        ),
        ("property: wdt:P2046\nvalue: {quantity: about 25 million square kilometers}", "different"),
    ],
)
def test_recorded_dates_and_quantities(tmp_path: Path, claim: str, outcome: str) -> None:
    known = recorded()
    known["Q232"] = {**known["Q34266"], "id": "Q232"}
    assert one(tmp_path, f"subject: kazakhstan\n{claim}", known).outcome == outcome
