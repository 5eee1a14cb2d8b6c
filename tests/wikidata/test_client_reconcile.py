"""Candidates from a reconciliation service, in both versions of its API."""

from __future__ import annotations

import json

import pytest

from lod.errors import InputError
from lod.wikidata.client import Client
from lod.wikidata.errors import BadAnswerError
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
    first = found[0]
    assert (first.qid, first.name, first.score, first.match) == ("Q232", "Kazakhstan", 100.0, True)
    assert first.types == ("Q6256",)
    rich = "0.2" in (versions or [])
    assert bool(first.description) == rich
    assert first.features == ((("all_labels", 100),) if rich else ())
    (batch,) = sent(local)
    assert batch["q0"]["type"] == (["Q6256"] if rich else "Q6256")


def test_language_and_properties_are_sent(local: LocalWikibase, client: Client) -> None:
    query = ReconcileQuery("Moscow", properties=(("P17", "Q159"), ("P856", "https://mos.ru/")))
    client.reconcile([query], "kk")
    assert {request.path for request in local.requests} == {"/kk/reconcile"}
    assert [request.method for request in local.requests] == ["GET", "POST"]
    assert sent(local)[0]["q0"]["properties"] == [
        {"pid": "P17", "v": {"id": "Q159"}},
        {"pid": "P856", "v": "https://mos.ru/"},
    ]


def test_many_queries_go_in_batches(local: LocalWikibase, client: Client) -> None:
    names = ["Moscow", "Kazakhstan", "Russia"] * 8
    found = client.reconcile(ReconcileQuery(name) for name in names)
    assert [candidates[0].name for candidates in found] == names
    assert sorted(map(len, sent(local))) == [4, 10, 10]
    # It is asked once what it is.
    assert [request.method for request in local.requests].count("GET") == 1


def test_homonyms_are_no_sure_match(client: Client) -> None:
    (found,) = client.reconcile([ReconcileQuery("Vladimir Putin")])
    assert [candidate.qid for candidate in found[:2]] == ["Q7747", "Q19300851"]
    assert not found[0].match


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


def test_types_and_scores_as_services_write_them(local: LocalWikibase, client: Client) -> None:
    client.reconcile([])
    result = {"id": "Q1", "name": "x", "score": None, "match": "true", "type": ["Q5", {"id": "Q6"}]}
    local.fail(faults.answer(json.dumps({"q0": {"result": [result]}}).encode()))
    ((candidate,),) = client.reconcile([ReconcileQuery("x")])
    assert (candidate.types, candidate.score, candidate.match) == (("Q5", "Q6"), None, False)


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
