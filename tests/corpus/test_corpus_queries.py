"""The queries of docs/stores.md answer, over publications that name the same items."""

from __future__ import annotations

import json

import pytest

from lod.corpus.items import Item
from lod.corpus.publish import publish
from lod.corpus.store import load_store
from lod.query import QueryStore, open_store, run_query
from tests.docs.pages import code

ITEM_QUERY, HOPS = code("stores.md", "sparql")


def publication(name: str, author: str, country: tuple[str, str], body: tuple[str, str]) -> str:
    """The N-Quads of a text that says that a country plans to take part in an event."""
    facts = {
        "publication": {
            "base": f"https://e.org/{name}/",
            "title": name,
            "license": "https://creativecommons.org/publicdomain/zero/1.0/",
            "publisher": {"name": "Desk"},
        },
        "document": {
            "content": f"{country[0]} will take part in the {body[0]}.",
            "language": "en",
            "author": "author",
            "published": "2024-01-02",
        },
        "entities": {
            "author": {"type": "Person", "label": author},
            "country": {"type": "Country", "label": country[0], "wikidata": country[1]},
            "body": {"type": "Event", "label": body[0], "wikidata": body[1]},
            "group": {"type": "Group", "label": f"friends of {country[0]}", "members": "country"},
        },
        "claims": [
            {
                "id": "join",
                "quote": f"{country[0]} will take part in the {body[0]}",
                "means": {country[0]: "group"},
                "subject": "group",
                "property": "participantIn",
                "value": "body",
                "modality": "planned",
            }
        ],
    }
    published = publish(Item(name, bytes(16), name, 1, json.dumps(facts).encode()))
    assert published.dataset is not None, published.findings
    return published.dataset.n_quads()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> QueryStore:
    folder = tmp_path_factory.mktemp("store")
    file = folder / "all.nq"
    kazakhstan, russia, other = ("Kazakhstan", "Q232"), ("Russia", "Q159"), ("Aldova", "Q7779")
    csto, sco = ("CSTO", "Q318693"), ("SCO", "Q485207")
    file.write_text(
        publication("a", "Ana", kazakhstan, csto)
        + publication("b", "Boris", russia, csto)
        + publication("c", "Clara", russia, sco)
        + publication("d", "David", other, sco),
        "utf-8",
    )
    load_store([file], folder / "store")
    return open_store(folder / "store")


def test_everything_said_of_an_item(store: QueryStore) -> None:
    rows = run_query(store, ITEM_QUERY).rows
    assert [[term.value.rpartition("#")[2] for term in row[1:] if term] for row in rows] == [
        [
            "Ana",
            "planned",
            "positive",
            "Kazakhstan will take part in the CSTO",
            "https://e.org/a/claim/join",
        ]
    ]


def test_hops_from_item_to_item(store: QueryStore) -> None:
    rows = run_query(store, HOPS).rows
    found = {term.value.rpartition("/")[2] for row in rows for term in row if term}
    # The SCO and Aldova are a claim further away.
    assert found == {"Q232", "Q318693", "Q159"}


@pytest.mark.parametrize("query", [ITEM_QUERY, HOPS])
def test_queries_name_no_row_twice(query: str, store: QueryStore) -> None:
    rows = [tuple(row) for row in run_query(store, query).raw]
    assert len(rows) == len(set(rows)) > 0
