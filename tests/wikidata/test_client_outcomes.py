"""What asking for ids can come to: an item, merged, merged twice, missing, deleted, malformed."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lod.bounds import MOST_SAID
from lod.wikidata.api import BadAnswerError
from lod.wikidata.client import Client
from lod.wikidata.items import (
    Deleted,
    Garbled,
    Item,
    Malformed,
    Missing,
    Redirected,
    parse_item,
    target_of,
)
from lod.wikidata.wikibase import WIKIDATA
from tests.wikidata import faults
from tests.wikidata.entities import statement
from tests.wikidata.wikibase import LocalWikibase

LANGUAGES = ["en", "kk"]


def entity_requests(local: LocalWikibase) -> list[list[str]]:
    """The ids of each `wbgetentities` request that the server received."""
    return [
        request.params["ids"].split("|")
        for request in local.requests
        if request.params.get("action") == "wbgetentities"
    ]


def test_an_item(local: LocalWikibase, client: Client) -> None:
    local.entities.add(
        "Q232",
        {"en": "Kazakhstan", "kk": "Қазақстан", "ru": "Казахстан", "mul": "KZ"},
        descriptions={"en": "country in Asia"},
        aliases={"en": ["Republic of Kazakhstan", "KAZ"]},
        claims={"P31": [statement("P31", "Q6256"), statement("P31", "Q3624078", "preferred")]},
    )
    item = client.get_items(["Q232"], LANGUAGES)["Q232"]
    assert isinstance(item, Item)
    assert item.qid == "Q232"
    assert item.labels == {"en": "Kazakhstan", "kk": "Қазақстан", "mul": "KZ"}
    assert item.descriptions == {"en": "country in Asia"}
    assert item.aliases == {"en": ("Republic of Kazakhstan", "KAZ")}
    assert item.types == ("Q3624078", "Q6256")
    assert item.revision == 1_000_000_232
    assert item.modified == "2021-01-01T00:00:00Z"
    assert item.claims["P31"][0]["mainsnak"]["property"] == "P31"


def test_no_languages_means_all(local: LocalWikibase, client: Client) -> None:
    local.entities.add("Q1", {"en": "one", "kk": "бір", "de": "eins"})
    item = client.get_items(["Q1"])["Q1"]
    assert isinstance(item, Item)
    assert set(item.labels) == {"en", "kk", "de"}


def test_language_tags_are_those_of_the_wiki(local: LocalWikibase, client: Client) -> None:
    local.entities.add("Q1", {"zh-hans": "一"})
    item = client.get_items(["Q1"], ["zh-Hans"])["Q1"]
    assert isinstance(item, Item)
    assert item.labels == {"zh-hans": "一"}


def test_empty_claims_that_are_a_list(local: LocalWikibase, client: Client) -> None:
    local.entities.add("Q1", {})
    item = client.get_items(["Q1"], LANGUAGES)["Q1"]
    assert item == Item("Q1", revision=1_000_000_001, modified="2021-01-01T00:00:00Z")


def test_deprecated_types_do_not_count(local: LocalWikibase, client: Client) -> None:
    claims = {"P31": [statement("P31", "Q5", "deprecated"), statement("P31", "Q515")]}
    local.entities.add("Q1", {}, claims=claims)
    item = client.get_items(["Q1"], LANGUAGES)["Q1"]
    assert isinstance(item, Item)
    assert item.types == ("Q515",)


def test_merged(local: LocalWikibase, client: Client) -> None:
    local.entities.redirect("Q1000001", "Q649")
    outcome = client.get_items(["Q1000001"], LANGUAGES)["Q1000001"]
    assert isinstance(outcome, Redirected)
    assert outcome.qid == "Q1000001"
    assert outcome.target.qid == "Q649"
    assert outcome.target.labels["en"] == "Moscow"


def test_merged_into_an_item_that_was_asked_for_too(local: LocalWikibase, client: Client) -> None:
    local.entities.redirect("Q1000001", "Q649")
    outcomes = client.get_items(["Q649", "Q1000001"], LANGUAGES)
    assert isinstance(outcomes["Q649"], Item)
    assert isinstance(outcomes["Q1000001"], Redirected)


@pytest.mark.parametrize("hops", [2, 3, 4, 5])
def test_merged_more_than_once(local: LocalWikibase, client: Client, hops: int) -> None:
    chain = [f"Q{1_000_000 + number}" for number in range(hops)] + ["Q649"]
    for source, target in itertools.pairwise(chain):
        local.entities.redirect(source, target)
    outcome = client.get_items(chain[:1], LANGUAGES)[chain[0]]
    assert isinstance(outcome, Redirected)
    assert outcome.via == tuple(chain[1:-1])
    assert outcome.target.qid == "Q649"


def test_missing(client: Client) -> None:
    assert client.get_items(["Q999999999"], LANGUAGES) == {"Q999999999": Missing("Q999999999")}


def test_deleted(local: LocalWikibase, client: Client) -> None:
    local.entities.delete("Q649", "2024-11-27T10:00:00Z", "spam")
    outcomes = client.get_items(["Q649"], LANGUAGES)
    assert outcomes == {"Q649": Deleted("Q649", "2024-11-27T10:00:00Z", "spam")}


def test_merged_into_a_deleted_item(local: LocalWikibase, client: Client) -> None:
    local.entities.redirect("Q1000001", "Q649")
    local.entities.delete("Q649", "2024-11-27T10:00:00Z", "spam")
    outcome = client.get_items(["Q1000001"], LANGUAGES)["Q1000001"]
    assert outcome == Deleted("Q1000001", "2024-11-27T10:00:00Z", "spam", via=("Q649",))


def test_redirects_in_a_circle_lead_nowhere(local: LocalWikibase, client: Client) -> None:
    local.entities.redirect("Q1000001", "Q1000002")
    local.entities.redirect("Q1000002", "Q1000001")
    outcome = client.get_items(["Q1000001"], LANGUAGES)["Q1000001"]
    assert outcome == Missing("Q1000001", via=("Q1000002", "Q1000001"))


def test_pages_in_a_namespace(local: LocalWikibase) -> None:
    wikibase = local.wikibase(item_namespace="Item:")
    local.entities.hidden.add("Q649")
    with Client(wikibase, contact="tests@example.org") as client:
        client.get_items(["Q649"], LANGUAGES)
    titles = [request.params.get("titles") for request in local.requests]
    assert titles == [None, "Item:Q649", None]


@pytest.mark.parametrize(
    "qid",
    ["", "232", "q232", "Q0", "Q01", "Q-1", "Q12 ", "Q1|Q2", "L1", "Q2147483648", "Q٣", "wd:Q1"],
)
def test_malformed_ids_are_never_sent(local: LocalWikibase, client: Client, qid: str) -> None:
    outcomes = client.get_items([qid, "Q649"], LANGUAGES)
    assert outcomes[qid] == Malformed(qid)
    assert isinstance(outcomes["Q649"], Item)
    assert entity_requests(local) == [["Q649"]]


def test_an_id_that_the_server_cannot_read_fails_no_other(
    local: LocalWikibase, client: Client
) -> None:
    bad = "Q77"
    local.always_fail(
        faults.api_error("no-such-entity", 'Could not find an entity with the ID "Q77".'),
        when=lambda received: bad in received.params.get("ids", "").split("|"),
    )
    ids = [f"Q{number}" for number in range(50, 100)]
    outcomes = client.get_items(ids, LANGUAGES)
    assert outcomes[bad] == Malformed(bad)
    assert [qid for qid, outcome in outcomes.items() if isinstance(outcome, Malformed)] == [bad]
    # Halving finds one id of 50 in two requests a step.
    assert len(entity_requests(local)) <= 13


def test_outcomes_have_the_order_of_the_ids(client: Client) -> None:
    ids = ["Q649", "nonsense", "Q159", "Q999999999", "Q649", "Q232"]
    assert list(client.get_items(ids, LANGUAGES)) == list(dict.fromkeys(ids))


def test_nothing_asked_nothing_sent(local: LocalWikibase, client: Client) -> None:
    assert client.get_items([], LANGUAGES) == {}
    assert local.requests == []


def test_ids_go_in_batches_of_fifty_three_at_once(local: LocalWikibase, client: Client) -> None:
    local.always_fail(faults.late(0.05))
    ids = [qid for qid in local.entities if qid.startswith("Q")][:451]
    outcomes = client.get_items(ids, LANGUAGES)
    assert all(isinstance(outcome, Item) for outcome in outcomes.values())
    batches = entity_requests(local)
    assert sorted(map(len, batches)) == [1] + [50] * 9
    assert sorted(qid for batch in batches for qid in batch) == sorted(ids)
    assert local.most_at_once == 3


def test_classes_above(local: LocalWikibase, client: Client) -> None:
    above = {"Q1": ["Q2", "Q3"], "Q2": ["Q4"], "Q3": ["Q4"], "Q4": ["Q2"], "Q5": []}
    for qid, parents in above.items():
        local.entities.add(qid, {}, claims={"P279": [statement("P279", up) for up in parents]})
    local.entities.redirect("Q6", "Q3")
    assert client.get_superclasses(["Q1", "Q5", "Q6", "Q999999999"]) == {
        "Q1": {"Q2", "Q3", "Q4"},
        "Q5": set(),
        "Q6": {"Q2", "Q4"},
        "Q999999999": set(),
    }


def test_another_wikibase_has_other_properties(local: LocalWikibase) -> None:
    local.entities.add("Q1", {}, claims={"P8": [statement("P8", "Q7")]})
    wikibase = local.wikibase(entity="https://wiki.example.org/entity/", instance_of="P8")
    with Client(wikibase, contact="tests@example.org") as client:
        item = client.get_items(["Q1"], LANGUAGES)["Q1"]
    assert isinstance(item, Item)
    assert item.types == ("Q7",)


@pytest.mark.parametrize(
    "answer",
    [
        {"success": 1},
        {"entities": [], "success": 1},
        {"entities": {"Q2": {"id": "Q2"}}, "success": 1},
        {"entities": {"Q1": "item"}, "success": 1},
        {"entities": "none", "success": 1},
    ],
    ids=str,
)
def test_an_answer_to_another_question(
    local: LocalWikibase, client: Client, answer: object
) -> None:
    local.fail(faults.answer(json.dumps(answer).encode()))
    with pytest.raises(BadAnswerError):
        client.get_items(["Q1"], LANGUAGES)
    assert len(local.requests) == 1


@pytest.mark.parametrize(
    ("entity", "problem"),
    [
        (None, "the answer says nothing of it"),
        ("item", "the answer says nothing of it"),
        ({"id": "Q2"}, "the answer gives 'Q2' for it, without a redirect"),
        (
            {"id": "Q2", "redirects": {"from": "Q1", "to": "Q3"}},
            "the answer gives 'Q2' for it, without a redirect",
        ),
        (
            {"id": "Z" * 9_999},
            f"the answer gives '{'Z' * 19}…{'Z' * 19}' for it, without a redirect",
        ),
        ({"id": "Q1", "labels": "x"}, "its labels are not of the shape that they have"),
        ({"id": "Q1", "claims": [1]}, "its claims are not of the shape that they have"),
        ({"id": "x", "redirects": {"from": "Q1", "to": "x"}}, "it leads to 'x'"),
    ],
    ids=lambda one: str(one)[:40],
)
def test_a_garbled_entity_is_an_outcome_of_its_own(
    entity: object, problem: str, local: LocalWikibase, tmp_path: Path
) -> None:
    whole = {"id": "Q649", "labels": {"en": {"language": "en", "value": "one"}}}
    entities = {"Q649": whole} if entity is None else {"Q649": whole, "Q1": entity}
    local.fail(faults.answer(json.dumps({"entities": entities, "success": 1}).encode()))
    local.entities.add("Q1", {"en": "right"})
    with Client(local.wikibase(), contact="tests@example.org", cache=tmp_path) as client:
        outcomes = client.get_items(["Q649", "Q1"], LANGUAGES)
        assert outcomes["Q1"] == Garbled("Q1", problem)
        assert target_of(outcomes["Q1"]) is None
        assert isinstance(outcomes["Q649"], Item)
        # It is asked again: the next answer may be right, so that this one was not kept.
        assert isinstance(client.get_items(["Q649", "Q1"], LANGUAGES)["Q1"], Item)
    assert len(local.requests) == 2


def test_words_of_any_length_are_cut() -> None:
    huge = "W" * 1_000_000
    data = {"id": "Q1", "labels": {"en": {"value": huge}}, "aliases": {"en": [{"value": huge}]}}
    item = parse_item(data, instance_of="P31", subclass_of="P279")
    assert len(item.labels["en"]) <= MOST_SAID
    assert len(item.aliases["en"][0]) <= MOST_SAID


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec=None)),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=10,
)
PARTS = ["labels", "descriptions", "aliases", "claims", "lastrevid", "modified", "datatype", "id"]


@given(st.dictionaries(st.sampled_from(PARTS), JSON | st.dictionaries(st.just("en"), JSON)))
def test_entities_of_any_shape_are_read(entity: dict[str, object]) -> None:
    item = parse_item(entity, instance_of=WIKIDATA.instance_of, subclass_of=WIKIDATA.subclass_of)
    assert target_of(item) is item
    for text in (item.qid, item.modified, *item.labels.values(), *item.descriptions.values()):
        text.encode()
