"""What is given to Wikidata: statements and references, each once, nothing that it cannot say."""

from __future__ import annotations

import copy
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from lod.wikidata.contribute import Contributions, quickstatements, value_text, wikibase_json
from lod.wikidata.values import Words
from tests.wikidata.publications import (
    HEAD,
    IMPORT,
    IRI,
    SOURCE,
    entities,
    given,
    item,
    publication,
    quantity,
    recorded,
    statement,
    time,
)
from tests.wikidata.quickstatements_reader import apply, read_line, read_value

MEMBER = "subject: kazakhstan\nproperty: memberOf\nvalue: csto"
POSITION = "subject: putin\nproperty: positionHeld\nvalue: office"
PEOPLE = "subject: kazakhstan\nproperty: wdt:P1082\nvalue: {quantity: 20 million}\nduring: 2023"
FOUNDED = "subject: csto\nproperty: wdt:P571\nvalue: {edtf: 2002-10}"
CAPITAL = "subject: kazakhstan\nproperty: wdt:P36\nvalue: astana\nduring: {edtf: 1997-12-10/..}"
CSTO = item("Q318693")
Entities = dict[str, dict[str, Any]]


def lines_of(
    tmp_path: Path, *claims: str, known: Entities | None = None, head: str = HEAD + IRI
) -> str:
    result, snapshot = given(publication(tmp_path, *claims, head=head), known or entities())
    return quickstatements(result.given, snapshot)[0]


def reasons(result: Contributions) -> dict[str, str]:
    return {one.claim: one.reason for one in result.left_out}


REFERENCE = (
    'S854\t"https://news.example.org/a"\tS1683\ten:"Statement a says so{}."\t'
    "S813\t+2024-12-02T00:00:00Z/11\n"
)


@pytest.mark.parametrize(
    ("claim", "words", "expected"),
    [
        (MEMBER, "", "Q232\tP463\tQ318693\t"),
        (f"{MEMBER}\nduring: 2010", "", "Q232\tP463\tQ318693\tP585\t+2010-00-00T00:00:00Z/9\t"),
        (
            f"{MEMBER}\nduring: {{edtf: 2002-05/2010-06-07}}",
            "",
            "Q232\tP463\tQ318693\tP580\t+2002-05-00T00:00:00Z/10\tP582\t+2010-06-07T00:00:00Z/11\t",
        ),
        (CAPITAL, "", "Q232\tP36\tQ1520\tP580\t+1997-12-10T00:00:00Z/11\t"),
        (PEOPLE, ": 20 million", "Q232\tP1082\t+20000000\tP585\t+2023-00-00T00:00:00Z/9\t"),
        (
            PEOPLE.replace("20 million", "about 20 million"),
            ": about 20 million",
            "Q232\tP1082\t+20000000\tP1480\tQ5727902\tP585\t+2023-00-00T00:00:00Z/9\t",
        ),
        (
            PEOPLE.replace("20 million", "28 billion USD"),
            ": 28 billion USD",
            "Q232\tP1082\t+28000000000U4917\tP585\t+2023-00-00T00:00:00Z/9\t",
        ),
        (FOUNDED, "", "Q318693\tP571\t+2002-10-00T00:00:00Z/10\t"),
        # Julian days, as main values and as qualifiers; months and years have no calendar.
        (
            FOUNDED.replace("2002-10", "1581-10-04"),
            "",
            "Q318693\tP571\t+1581-10-04T00:00:00Z/11/J\t",
        ),
        (
            FOUNDED.replace("2002-10", "1582-10-15"),
            "",
            "Q318693\tP571\t+1582-10-15T00:00:00Z/11\t",
        ),
        (FOUNDED.replace("2002-10", "1581-10"), "", "Q318693\tP571\t+1581-10-00T00:00:00Z/10\t"),
        (
            f"{MEMBER}\nduring: {{edtf: 1480-03-02/1583-06-07}}",
            "",
            "Q232\tP463\tQ318693\tP580\t+1480-03-02T00:00:00Z/11/J"
            "\tP582\t+1583-06-07T00:00:00Z/11\t",
        ),
        # Who graduated was educated there.
        ("subject: putin\nproperty: alumnusOf\nvalue: university", "", "Q7747\tP69\tQ322964\t"),
        # Who says it, where it is not the author.
        (f"{MEMBER}\nby: putin", "", "Q232\tP463\tQ318693\tP3680\tQ7747\t"),
    ],
)
def test_what_is_absent_is_given(tmp_path: Path, claim: str, words: str, expected: str) -> None:
    assert lines_of(tmp_path, claim) == expected + REFERENCE.format(words)


@pytest.mark.parametrize(
    ("tag", "code"),
    [("en-US", "en"), ("en-GB", "en-gb"), ("de-CH-1996", "de-ch"), ("sr-Latn-RS", "sr-el"),
     ("zh-Hant-TW", "zh-hant"), ("kk-Cyrl", "kk-cyrl"), ("qaa-Latn", None)],
)  # fmt: skip
def test_a_quotation_is_in_a_language_that_wikidata_has(
    tmp_path: Path, tag: str, code: str | None
) -> None:
    head = (HEAD + IRI).replace("language: en", f"language: {tag}")
    result, snapshot = given(publication(tmp_path, MEMBER, head=head), entities())
    (one,) = result.given
    (edit,) = wikibase_json(result.given, snapshot)["Q232"]["data"]["claims"]
    quotations = edit["references"][0]["snaks"].get("P1683", [])
    codes = [snak["datavalue"]["value"]["language"] for snak in quotations]
    assert codes == ([] if code is None else [code])
    assert any("no code for the language" in note for note in one.notes) == (code is None)


def test_an_old_day_is_written_in_the_julian_calendar(tmp_path: Path) -> None:
    claim = FOUNDED.replace("2002-10", "1581-10-04")
    result, snapshot = given(publication(tmp_path, claim), entities())
    (edit,) = wikibase_json(result.given, snapshot)["Q318693"]["data"]["claims"]
    assert edit["mainsnak"]["datavalue"]["value"] == time("1581-10-04", 11)["value"] | {
        "calendarmodel": "http://www.wikidata.org/entity/Q1985786"
    }


def test_a_missing_reference_is_given_to_the_statement(tmp_path: Path) -> None:
    start = [("P580", time("2002-00-00", 9))]
    old = statement("P463", CSTO, qualifiers=start, references=IMPORT, id_="Q232$x")
    known = entities(Q232=[old])
    result, snapshot = given(publication(tmp_path, MEMBER), known)
    (edit,) = wikibase_json(result.given, snapshot)["Q232"]["data"]["claims"]
    assert {key: edit[key] for key in ("id", "mainsnak", "qualifiers", "rank")} == {
        key: old[key] for key in ("id", "mainsnak", "qualifiers", "rank")
    }
    assert edit["references"][0] == old["references"][0]
    assert list(edit["references"][1]["snaks"]) == ["P854", "P1683", "P813"]
    assert quickstatements(result.given, snapshot)[0] == "Q232\tP463\tQ318693\t" + REFERENCE.format(
        ""
    )


def test_a_reference_goes_to_the_side_that_has_the_statement(tmp_path: Path) -> None:
    claim = "subject: putin\nproperty: participantIn\nvalue: summit"
    known = entities(Q189266=[statement("P710", item("Q7747"))])
    assert lines_of(tmp_path, claim, known=known).startswith("Q189266\tP710\tQ7747\tS854")


def test_the_newspaper_is_what_it_is_stated_in(tmp_path: Path) -> None:
    line = lines_of(tmp_path, MEMBER, head=f"{HEAD}  publishedIn: cis\n")
    assert "\tS248\tQ7779\tS1683\t" in line
    assert "S854" not in line


@pytest.mark.parametrize(
    ("claim", "known", "reason"),
    [
        (MEMBER, entities(Q232=[statement("P463", CSTO, rank="deprecated")]),
         "Wikidata has this value as deprecated"),
        (CAPITAL, entities(Q232=[statement("P36", item("Q649"))]), "Wikidata says otherwise"),
        (f"{MEMBER}\nmodality: expected", entities(), "it is expected, not said to hold"),
        (f"{MEMBER}\nshare: almost all", entities(), "it holds for a share of the subject only"),
        (PEOPLE.replace("20 million", "more than 20 million"), entities(),
         '"more than" is an exclusive bound'),
        (PEOPLE.replace("20 million", "almost 20 million"), entities(),
         '"almost" is an exclusive bound'),
        (PEOPLE.replace("20 million", "at least 20 million"), entities(),
         "a single bound has no amount, and Wikidata's bounds come in pairs"),
        (PEOPLE.replace("20 million", "between 20 and 30 million"), entities(),
         "a range has no amount, and Wikidata needs one"),
        (PEOPLE.replace("\nduring: 2023", ""), entities(), "a quantity needs its time"),
        (f"{MEMBER}\nduring: {{words: soon}}", entities(), 'the time "soon" is not resolved'),
        (f"{MEMBER}\nduring: {{edtf: 2010~}}", entities(),
         "an approximate time (2010~) cannot be marked as such"),
        (f"{MEMBER}\nduring: {{edtf: 2010-33}}", entities(),
         "the time 2010-33 is no day, month or year"),
        ("subject: csto\nproperty: founder\nvalue: russia", entities(),
         "rel:founder is only near P112"),
        (f"{MEMBER}\nby: ministry", entities(), "it is what ministry says, who has no item"),
        # "More than 20 million" does not bear out 21,345,678.
        (
            PEOPLE.replace("20 million", "more than 20 million"),
            entities(Q232=[statement("P1082", quantity("+21345678"))]),
            '"more than" is an exclusive bound',
        ),
        (
            FOUNDED,
            entities(Q318693=[statement("P571", time("2002-10-07", 11))]),
            "Wikidata's value is not the one that the words bear out",
        ),
    ],
)  # fmt: skip
def test_what_is_left_out_says_why(
    tmp_path: Path, claim: str, known: Entities, reason: str
) -> None:
    result, _ = given(publication(tmp_path, claim), known)
    assert result.given == ()
    assert reasons(result) == {"c1": reason}


def test_what_another_claim_denies_or_replaces_is_left_out(tmp_path: Path) -> None:
    other = "subject: russia\nproperty: memberOf\nvalue: csto\n{}: c1"
    for verb in ("denies", "replaces"):
        result, _ = given(publication(tmp_path, MEMBER, other.format(verb)), entities())
        assert reasons(result) == {"c1": f"the claim c2 {verb} it"}


def test_without_a_document_to_point_to_nothing_is_given(tmp_path: Path) -> None:
    result, _ = given(publication(tmp_path, MEMBER, head=HEAD), entities())
    assert result.given == ()
    assert reasons(result)["c1"].startswith("no reference can be given")
    assert "iri: https://" in (result.hint or "")


def test_newspaper_without_an_item_is_named_with_what_to_add(tmp_path: Path) -> None:
    # As in the example: no address of the text is known, nor an item of the newspaper.
    newspaper = "  publishedIn: ministry\n"
    result, _ = given(publication(tmp_path, MEMBER, head=HEAD + newspaper), entities())
    assert reasons(result)["c1"] == (
        "no reference can be given: the document has no address (iri), and ministry has no item "
        "(not verified)"
    )
    assert "entities: ministry: wikidata: Q…" in (result.hint or "")
    # With the address there is something to give, and nothing to hint at.
    result, _ = given(publication(tmp_path, MEMBER, head=HEAD + newspaper + IRI), entities())
    assert len(result.given) == 1
    assert result.hint is None


def test_the_date_is_never_that_of_the_clock(tmp_path: Path) -> None:
    head = (HEAD + IRI).replace("  modified: 2024-12-02\n", "")
    assert "S813" not in lines_of(tmp_path, MEMBER, head=head)


def test_claims_of_the_same_statement_give_one(tmp_path: Path) -> None:
    result, snapshot = given(publication(tmp_path, MEMBER, MEMBER), entities())
    (one,) = result.given
    assert one.claims == ("c1", "c2")
    (line,) = quickstatements(result.given, snapshot)[0].splitlines()
    quotes = [value["value"]["text"] for pid, value in read_line(line)[4] if pid == "P1683"]
    assert quotes == ["Statement a says so.", "Statement b says so."]


ALL = (MEMBER, POSITION, PEOPLE, FOUNDED, CAPITAL)
STATES = {
    "nothing": entities(),
    "unreferenced": entities(
        Q232=[
            statement("P463", CSTO, id_="Q232$1"),
            statement("P36", item("Q1520"), id_="Q232$2", references=IMPORT),
        ],
        Q318693=[statement("P571", time("2002-10-00", 10), id_="Q318693$1")],
    ),
    "recorded": recorded(),
}


@pytest.mark.parametrize("state", STATES)
def test_nothing_is_left_to_give_after_the_edits(tmp_path: Path, state: str) -> None:
    loaded = publication(tmp_path, *ALL)
    known = copy.deepcopy(STATES[state])
    result, snapshot = given(loaded, known)
    assert result.given
    for qid, edit in wikibase_json(result.given, snapshot).items():
        for number, new in enumerate(edit["data"]["claims"]):
            statements = known[qid]["claims"].setdefault(new["mainsnak"]["property"], [])
            kept = [one for one in statements if one["id"] != new.get("id")]
            kept.append({"id": f"{qid}$new-{number}", **new})
            known[qid]["claims"][new["mainsnak"]["property"]] = kept
    again, _ = given(loaded, known)
    assert again.given == ()
    assert len(again.there) == len(ALL)


@pytest.mark.parametrize("state", ["nothing", "unreferenced"])
def test_nothing_is_left_to_give_after_quickstatements(tmp_path: Path, state: str) -> None:
    loaded = publication(tmp_path, *ALL)
    result, snapshot = given(loaded, STATES[state])
    lines, not_told_apart = quickstatements(result.given, snapshot)
    assert not_told_apart == ()
    assert len(lines.splitlines()) == len(ALL)
    again, _ = given(loaded, apply(lines, STATES[state]))
    assert again.given == ()
    assert len(again.there) == len(ALL)


def test_quickstatements_never_meets_the_wrong_statement(tmp_path: Path) -> None:
    # Wikidata has two terms of this office; QuickStatements would take the first it finds.
    result, snapshot = given(publication(tmp_path, POSITION), recorded())
    (one,) = result.given
    assert one.seen is not None
    assert one.seen.rank == "preferred"
    lines, not_told_apart = quickstatements(result.given, snapshot)
    assert lines == ""
    assert [left.claim for left in not_told_apart] == ["c1"]


def test_two_new_statements_of_one_value_are_not_told_apart(tmp_path: Path) -> None:
    claims = [f"{MEMBER}\nduring: {year}" for year in (2010, 2020)]
    result, snapshot = given(publication(tmp_path, *claims), entities())
    assert len(result.given) == 2
    lines, not_told_apart = quickstatements(result.given, snapshot)
    assert len(lines.splitlines()) == 1
    assert [left.claim for left in not_told_apart] == ["c2"]


def test_edits_name_the_revision_that_they_are_made_for(tmp_path: Path) -> None:
    result, snapshot = given(publication(tmp_path, MEMBER), entities())
    assert wikibase_json(result.given, snapshot)["Q232"]["baserevid"] == 7


def test_what_is_there_is_not_given(tmp_path: Path) -> None:
    known = entities(Q232=[statement("P463", CSTO, references=SOURCE)])
    result, _ = given(publication(tmp_path, MEMBER), known)
    assert (result.given, result.left_out, result.there) == ((), (), ("c1",))


def as_saved(one: dict[str, Any], number: int) -> dict[str, Any]:
    """A statement with what the server adds: ids and hashes."""
    saved = copy.deepcopy(one)
    saved.setdefault("id", f"Q1$new-{number}")
    for place, reference in enumerate(saved["references"]):
        reference.setdefault("hash", f"{place:040x}")
    return saved


@pytest.mark.parametrize("state", STATES)
def test_wikibaseintegrator_takes_the_json(tmp_path: Path, state: str) -> None:
    models = pytest.importorskip("wikibaseintegrator.models")
    result, snapshot = given(publication(tmp_path, *ALL), STATES[state])
    for edit in wikibase_json(result.given, snapshot).values():
        by_property: dict[str, list[dict[str, Any]]] = {}
        for number, one in enumerate(edit["data"]["claims"]):
            saved = as_saved(one, number)
            by_property.setdefault(one["mainsnak"]["property"], []).append(saved)
        read = models.Claims().from_json(copy.deepcopy(by_property)).get_json()
        for pid, statements in by_property.items():
            for before, after in zip(statements, read[pid], strict=True):
                assert after["mainsnak"]["datavalue"] == before["mainsnak"]["datavalue"]
                assert values(after.get("qualifiers")) == values(before.get("qualifiers"))
                assert [values(one["snaks"]) for one in after["references"]] == [
                    values(one["snaks"]) for one in before["references"]
                ]


def values(snaks: dict[str, list[dict[str, Any]]] | None) -> dict[str, list[Any]]:
    return {pid: [one["datavalue"] for one in group] for pid, group in (snaks or {}).items()}


@for_all(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_every_text_stays_in_its_column(text: str) -> None:
    line = " ".join(text.split())
    written = value_text(Words(text, "en"))
    assert not re.search(r"[\t\r\n]", written)
    assert read_value(written)["value"] == {"language": "en", "text": line}
