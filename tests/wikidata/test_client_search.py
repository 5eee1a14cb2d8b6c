"""Candidates by name, over real labels and their homonyms."""

from __future__ import annotations

import json

import pytest

from lod.wikidata.api import ApiError, BadAnswerError
from lod.wikidata.client import Client
from tests.wikidata import faults
from tests.wikidata.wikibase import LocalWikibase


def test_by_label(client: Client) -> None:
    first = client.search("Kazakhstan", "en")[0]
    assert (first.qid, first.label) == ("Q232", "Kazakhstan")
    assert (first.match_type, first.match_text, first.match_language) == (
        "label",
        "Kazakhstan",
        "en",
    )
    assert first.description
    assert first.aliases == ()


def test_by_alias(client: Client) -> None:
    found = {candidate.qid: candidate for candidate in client.search("Great Patriotic War", "en")}
    candidate = found["Q189266"]
    assert candidate.label != "Great Patriotic War"
    assert candidate.match_type == "alias"
    assert candidate.aliases == ("Great Patriotic War",)


def test_by_the_label_of_another_language(client: Client) -> None:
    found = client.search("Великая Отечественная война", "ru")
    assert found[0].qid == "Q189266"
    assert found[0].match_language == "ru"


@pytest.mark.parametrize(
    ("text", "qids"),
    [
        ("Vladimir Putin", {"Q7747", "Q19300851", "Q130234762"}),
        ("Turkistan", {"Q848638", "Q1315785"}),
        ("Baikonur", {"Q165413", "Q177477"}),
    ],
)
def test_homonyms_are_all_found(client: Client, text: str, qids: set[str]) -> None:
    assert qids <= {candidate.qid for candidate in client.search(text, "en", limit=50)}


def test_by_id(client: Client) -> None:
    first = client.search("Q649", "en")[0]
    assert (first.qid, first.match_type, first.match_text) == ("Q649", "entityId", "Q649")


def test_any_language(local: LocalWikibase, client: Client) -> None:
    local.entities.add("Q1000001", {"mul": "Xyzzyplugh"})
    (candidate,) = client.search("xyzzyplugh", "kk")
    assert (candidate.label, candidate.match_language) == ("Xyzzyplugh", "mul")


def test_without_label_and_description(local: LocalWikibase, client: Client) -> None:
    local.entities.add("Q1000001", {}, aliases={"en": ["Xyzzyplugh"]})
    (candidate,) = client.search("Xyzzyplugh", "en")
    assert (candidate.label, candidate.description) == ("", "")


def test_limit(local: LocalWikibase, client: Client) -> None:
    assert len(client.search("Russia", "en", limit=3)) == 3
    assert len(client.search("a", "en", limit=1000)) == 50
    assert [request.params["limit"] for request in local.requests] == ["3", "50"]


@pytest.mark.parametrize("text", ["", " \n ", "x" * 251])
def test_what_no_label_can_be_is_not_asked(local: LocalWikibase, client: Client, text: str) -> None:
    assert client.search(text, "en") == []
    assert local.requests == []


def test_nothing_found(client: Client) -> None:
    assert client.search("Xyzzyplugh", "en") == []


def test_a_language_that_the_wiki_does_not_know(local: LocalWikibase, client: Client) -> None:
    assert client.search("Kazakhstan", "en-GB-x-old")[0].qid == "Q232"
    assert [request.params["language"] for request in local.requests] == ["en-gb-x-old", "en"]
    with pytest.raises(ApiError) as caught:
        client.search("Kazakhstan", "klingonese")
    assert caught.value.code == "badvalue"


@pytest.mark.parametrize("search", [None, {}, [{"id": "L1"}], [{}], ["Q1"]])
def test_an_answer_of_no_shape(local: LocalWikibase, client: Client, search: object) -> None:
    local.fail(faults.answer(json.dumps({"search": search, "success": 1}).encode()))
    with pytest.raises(BadAnswerError):
        client.search("Moscow", "en")
