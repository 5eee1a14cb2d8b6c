"""The questions of docs/queries.md, as they stand there, on publications of several kinds."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import lod
from lod.namespaces import shrink
from lod.query.terms import Term, TermType

ROOT = Path(__file__).parents[2]
FOLDER = Path(__file__).parent
_QUESTION = re.compile(r"^### \d+[.] (.+?)\n.*?```sparql\n(.*?)```", re.M | re.S)
QUESTIONS = dict(_QUESTION.findall((ROOT / "docs" / "queries.md").read_text("utf-8")))
#: Of each question and publication all rows, or how many there are and some of them. A row is what
#: its columns say, IRIs without the base, and the claim for its sentence. All of it was held
#: against the facts by hand.
ANSWERS = tomllib.loads((FOLDER / "questions.toml").read_text("utf-8"))
PUBLICATIONS = {
    "russia-kazakhstan": ROOT / "examples" / "russia-kazakhstan",
    **{
        name: FOLDER / "conforming" / f"{name}.yaml"
        for name in ("bericht", "biography", "statistics")
    },
}


@pytest.fixture(scope="module")
def publications() -> dict[str, lod.Publication]:
    return {name: lod.load(path) for name, path in PUBLICATIONS.items()}


def rows_of(publication: lod.Publication, question: str) -> list[str]:
    """The answer to a question, a line each row."""
    base = publication.dataset().base
    labels = publication.query("SELECT ?label ?claim { ?claim a lod:Claim ; rdfs:label ?label }")
    claims = {label.value: claim.value for label, claim in labels.rows if label and claim}

    def short(term: Term | None) -> str:
        if term is None:
            return ""
        iri = term.value if term.type is TermType.IRI else claims.get(term.value)
        return term.value if iri is None else shrink(iri).removeprefix(base)

    return [" | ".join(map(short, row)) for row in publication.query(question).rows]


def test_there_are_fifteen_and_none_is_long() -> None:
    assert len(QUESTIONS) == 15
    assert list(ANSWERS) == list(QUESTIONS)
    assert {question: text for question, text in QUESTIONS.items() if text.count("\n") > 5} == {}


@pytest.mark.parametrize("name", PUBLICATIONS)
@pytest.mark.parametrize("question", QUESTIONS)
def test_the_answer_is_right(
    question: str, name: str, publications: dict[str, lod.Publication]
) -> None:
    found = rows_of(publications[name], QUESTIONS[question])
    expected = ANSWERS[question][name]
    assert len(found) == expected.get("count", len(expected["rows"]))
    assert set(expected["rows"]) <= set(found)
    assert len(set(found)) == len(found)


def test_a_figure_counts_once_and_not_where_it_is_denied() -> None:
    publication = lod.loads(
        {
            "publication": {
                "base": "https://data.example.org/fleet/",
                "title": "Ships",
                "license": "https://creativecommons.org/publicdomain/zero/1.0/",
                "publisher": "Desk",
            },
            "document": {
                "content": "The north fleet and the south fleet have 5 ships. Ana says that the "
                "north fleet has 7 boats. Bo denies that the north fleet has 7 boats. "
                "The south fleet plans to have 9 ships.",
                "language": "en",
                "published": "2024-11-27",
            },
            "entities": {
                "ana": {"type": "Person", "label": "Ana"},
                "bo": {"type": "Person", "label": "Bo"},
                "north": {"type": "Group", "label": "north fleet"},
                "south": {"type": "Group", "label": "south fleet"},
            },
            "claims": [
                _count("both", "north fleet and the south fleet have 5 ships", "5 ships")
                | {"subject": ["north", "south"]},
                _count("ana", "Ana says that the north fleet has 7 boats", "7 boats")
                | {"by": "ana"},
                _count("bo", "Bo denies that the north fleet has 7 boats", "7 boats")
                | {"by": "bo", "polarity": "negative", "denies": "ana"},
                _count("plan", "The south fleet plans to have 9 ships", "9 ships")
                | {"subject": "south", "modality": "planned"},
            ],
        }
    )
    assert rows_of(
        publication, "SELECT ?c { ?figure lod:number 5 ; lod:amountOf ?c } ORDER BY ?c"
    ) == [
        "claim/both/1",
        "claim/both/2",
    ]
    together = rows_of(publication, QUESTIONS["How much is that together?"])
    assert together == ["rel:count | ships | lod:exactly | 1 | 5"]
    holds = rows_of(
        publication,
        QUESTIONS["What is said to hold as it stands, and denied or replaced by nobody?"],
    )
    assert sorted(holds) == ["document | claim/both/1", "document | claim/both/2"]


def _count(id_: str, quote: str, value: str) -> dict[str, object]:
    return {"id": id_, "quote": quote, "subject": "north", "property": "count", "value": value}
