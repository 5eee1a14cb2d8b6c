"""Candidates from a reconciliation service, in both versions of its API."""

from __future__ import annotations

import json

import pytest

from lod.errors import InputError
from lod.wikidata.api import BadAnswerError
from lod.wikidata.client import Client
from lod.wikidata.reconcile import ReconcileQuery
from tests.wikidata import faults
from tests.wikidata.wikibase import LocalWikibase

VERSIONS = [["0.1"], ["0.2"], ["0.1", "0.2"], None]


def sent(local: LocalWikibase) -> list[dict[str, dict[str, object]]]:
    """The batches of queries that the service received."""
    return [
        json.loads(request.params["queries"])
        for request in local.requests
        if "queries" in request.params
    ]


@pytest.mark.parametrize("versions", VERSIONS, ids=str)
def test_candidates(local: LocalWikibase, client: Client, versions: list[str] | None) -> None:
    local.reconciliation_versions = versions
    local.entities.set_items("Q232", "P31", ["Q6256"])
    queries = [ReconcileQuery("Kazakhstan", type="Q6256"), ReconcileQuery("Xyzzyplugh")]
    found, nothing = client.reconcile(queries, "en")
    assert nothing == []
    assert found[0] == "Q232"
    (batch,) = sent(local)
    assert batch["q0"]["type"] == (["Q6256"] if "0.2" in (versions or []) else "Q6256")


def test_the_language_is_sent(local: LocalWikibase, client: Client) -> None:
    client.reconcile([ReconcileQuery("Moscow")], "kk")
    assert {request.path for request in local.requests} == {"/kk/reconcile"}
    assert [request.method for request in local.requests] == ["GET", "POST"]


def test_many_queries_go_in_batches(local: LocalWikibase, client: Client) -> None:
    items = {"Moscow": "Q649", "Kazakhstan": "Q232", "Russia": "Q159"}
    found = client.reconcile(ReconcileQuery(name) for name in list(items) * 8)
    assert [candidates[0] for candidates in found] == list(items.values()) * 8
    assert sorted(map(len, sent(local))) == [4, 10, 10]
    # It is asked once what it is.
    assert [request.method for request in local.requests].count("GET") == 1


def test_homonyms_come_in_the_order_of_the_service(client: Client) -> None:
    (found,) = client.reconcile([ReconcileQuery("Vladimir Putin")])
    assert found[:2] == ["Q7747", "Q19300851"]


@pytest.mark.parametrize(
    ("manifest", "message"),
    [
        ({"versions": ["0.3"]}, "neither version"),
        ({"versions": "0.2"}, "neither version"),
        ({"identifierSpace": "https://example.org/"}, "not of http://www.wikidata.org"),
        ({}, "knows the ids of nothing"),
    ],
)
def test_a_service_for_something_else(
    local: LocalWikibase, client: Client, manifest: object, message: str
) -> None:
    local.fail(faults.answer(json.dumps(manifest).encode()))
    with pytest.raises(BadAnswerError, match=message):
        client.reconcile([ReconcileQuery("Moscow")])


@pytest.mark.parametrize(
    "results",
    [
        {"status": "error", "message": "too many queries"},
        {"q1": {"result": []}},
        {"q0": {"result": None}},
        {"q0": {"result": [{"id": "x"}]}},
        {"q0": []},
    ],
)
def test_results_of_no_shape(local: LocalWikibase, client: Client, results: object) -> None:
    client.reconcile([])
    local.fail(faults.answer(json.dumps(results).encode()))
    with pytest.raises(BadAnswerError):
        client.reconcile([ReconcileQuery("Moscow")])


def test_no_service_no_question(local: LocalWikibase) -> None:
    with (
        Client(local.wikibase(reconciliation=None), contact="tests@example.org") as client,
        pytest.raises(InputError, match="no reconciliation service"),
    ):
        client.reconcile([ReconcileQuery("Moscow")])


@pytest.mark.parametrize("language", ["../x", "en/..", "", "ен", "en?x"])
def test_a_language_cannot_leave_its_place(client: Client, language: str) -> None:
    with pytest.raises(InputError):
        client.reconcile([ReconcileQuery("Moscow")], language)
