"""The local Wikibase is a faithful stand-in: recorded answers, and a client not ours."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests
from wikibaseintegrator import (  # type: ignore[import-untyped]  # it ships no types
    WikibaseIntegrator,
    wbi_helpers,
)
from wikibaseintegrator.wbi_config import config  # type: ignore[import-untyped]  # likewise
from wikibaseintegrator.wbi_exceptions import (  # type: ignore[import-untyped]  # likewise
    NonExistentEntityError,
)

from lod.wikidata.client import Client
from lod.wikidata.items import Item, parse_item
from tests.wikidata import faults
from tests.wikidata.entities import Recorded, real_entities, recorded_answers
from tests.wikidata.wikibase import LocalWikibase

AGENT = {"User-Agent": "tests/1.0 (tests@example.org)"}


@pytest.mark.parametrize("recorded", recorded_answers(), ids=lambda recorded: recorded.ids[0])
def test_recorded_answers_are_replayed_byte_for_byte(
    local: LocalWikibase, recorded: Recorded
) -> None:
    params = {
        "action": "wbgetentities",
        "format": "json",
        "ids": "|".join(recorded.ids),
        "props": "|".join(recorded.props),
    }
    answer = requests.get(local.api, params, headers=AGENT, timeout=10)
    assert answer.content == recorded.body
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"


@pytest.mark.parametrize("recorded", recorded_answers(), ids=lambda recorded: recorded.ids[0])
def test_recorded_answers_are_read_by_the_client(
    local: LocalWikibase, client: Client, recorded: Recorded
) -> None:
    (qid,) = recorded.ids
    outcome = client.get_items([qid], (), sorted(recorded.props))[qid]
    assert isinstance(outcome, Item)
    assert outcome.qid == qid
    assert set(outcome.labels) == {"en"}
    if "info" in recorded.props:
        assert outcome.revision > 2_000_000_000
        assert outcome.modified > "2025-"
        assert outcome.claims


@pytest.mark.parametrize("qid", real_entities())
def test_every_real_entity_is_read(qid: str) -> None:
    entity = real_entities()[qid]
    item = parse_item(entity, instance_of="P31", subclass_of="P279")
    assert item.qid == qid
    assert dict(item.labels) == {code: term["value"] for code, term in entity["labels"].items()}
    assert item.claims.keys() == (entity["claims"] or {}).keys()
    assert (item.datatype is not None) == qid.startswith("P")


def test_who_does_not_say_who_asks_is_refused(local: LocalWikibase) -> None:
    assert requests.get(local.api, timeout=10).status_code == 403


def ask(local: LocalWikibase, **params: str) -> dict[str, object]:
    answer = requests.get(local.api, params, headers=AGENT, timeout=10)
    data = answer.json()
    assert isinstance(data, dict)
    return data


@pytest.mark.parametrize(
    ("params", "code"),
    [
        (
            {"action": "wbgetentities", "ids": "|".join(f"Q{n}" for n in range(1, 52))},
            "toomanyvalues",
        ),
        ({"action": "wbgetentities", "ids": "Q649|Q0"}, "no-such-entity"),
        ({"action": "wbgetentities"}, "param-missing"),
        ({"action": "wbsearchentities", "search": "Moscow"}, "missingparam"),
        ({"action": "wbsearchentities", "language": "en"}, "missingparam"),
        ({"action": "edit"}, "badvalue"),
    ],
)
def test_errors(local: LocalWikibase, params: dict[str, str], code: str) -> None:
    error = ask(local, **params)["error"]
    assert isinstance(error, dict)
    assert error["code"] == code


def test_envelopes_of_merged_and_missing_items(local: LocalWikibase) -> None:
    local.entities.redirect("Q1000001", "Q649")
    local.entities.redirect("Q1000002", "Q1000001")
    ids = "Q1000001|Q1000002|Q999999999"
    entities = ask(local, action="wbgetentities", ids=ids, props="info")["entities"]
    assert isinstance(entities, dict)
    assert entities["Q1000001"]["id"] == "Q649"
    assert entities["Q1000001"]["redirects"] == {"from": "Q1000001", "to": "Q649"}
    for qid in ("Q1000002", "Q999999999"):
        assert entities[qid] == {"id": qid, "missing": ""}


def test_a_search_gives_seven_and_goes_on(local: LocalWikibase) -> None:
    query = {"action": "wbsearchentities", "search": "Russia", "language": "en"}
    first = ask(local, **query)
    then = ask(local, **query, **{"continue": str(first["search-continue"])})
    pages = [page["search"] for page in (first, then)]
    assert all(isinstance(page, list) and len(page) == 7 for page in pages)
    assert first["search-continue"] == 7


# -- a client that we did not write


@pytest.fixture
def integrator(local: LocalWikibase) -> Iterator[WikibaseIntegrator]:
    """WikibaseIntegrator, set to the local Wikibase."""
    before = dict(config)
    config["MEDIAWIKI_API_URL"] = local.api
    config["USER_AGENT"] = "lod-tests/1.0 (tests@example.org)"
    yield WikibaseIntegrator()
    config.clear()
    config.update(before)


def test_wikibase_integrator_reads_an_item(
    local: LocalWikibase, client: Client, integrator: WikibaseIntegrator
) -> None:
    theirs = integrator.item.get("Q7747")
    ours = client.get_items(["Q7747"])["Q7747"]
    assert isinstance(ours, Item)
    assert theirs.id == ours.qid
    assert theirs.lastrevid == ours.revision
    assert theirs.labels.get("en").value == ours.label("en") == "Vladimir Putin"
    assert [alias.value for alias in theirs.aliases.get("en")] == list(ours.aliases["en"])
    types = [claim.mainsnak.datavalue["value"]["id"] for claim in theirs.claims.get("P31")]
    assert types == list(ours.types) == ["Q5"]
    counts = {prop: len(theirs.claims.get(prop)) for prop in ours.claims}
    assert counts == {prop: len(statements) for prop, statements in ours.claims.items()}
    assert len(theirs.claims) == len(ours.claims)


def test_wikibase_integrator_reads_a_property(
    local: LocalWikibase, integrator: WikibaseIntegrator
) -> None:
    theirs = integrator.property.get("P17")
    assert theirs.datatype.value == "wikibase-item"
    assert theirs.labels.get("en").value == "country"


def test_wikibase_integrator_finds_the_same(
    local: LocalWikibase, client: Client, integrator: WikibaseIntegrator
) -> None:
    theirs = wbi_helpers.search_entities("Kazakhstan", language="en", max_results=50)
    ours = client.search("Kazakhstan", "en", limit=50)
    assert len(ours) > 10
    assert theirs == [candidate.qid for candidate in ours]


def test_wikibase_integrator_sees_what_is_missing(
    local: LocalWikibase, integrator: WikibaseIntegrator
) -> None:
    with pytest.raises(NonExistentEntityError):
        integrator.item.get("Q99999999999")
    local.fail(faults.api_error("no-such-entity"))
    with pytest.raises(NonExistentEntityError):
        integrator.item.get("Q649")
