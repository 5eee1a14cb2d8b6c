"""Small publications that say one thing each, for the tests of what is to be looked at."""

from __future__ import annotations

from typing import Any

import lod as api
from lod.rdf.terms import index
from lod.review.claims import Claims, read_claims
from tests.cli.conftest import lod

__all__ = ["lod"]

ITEM = "Q100000001"


def facts(
    name: str,
    claims: list[dict[str, Any]],
    entities: dict[str, Any],
    published: str = "2024-11-27",
) -> dict[str, Any]:
    """The facts of a publication; `text` of each claim is its quote."""
    return {
        "publication": {
            "base": f"https://data.example.org/{name}/",
            "title": f"Facts of {name}",
            "license": "https://creativecommons.org/publicdomain/zero/1.0/",
            "publisher": "Example Data Desk",
        },
        "document": {
            "content": "\n\n".join(claim["text"] for claim in claims),
            "language": "en",
            "title": f"Article {name}",
            "author": "reporter",
            "published": published,
        },
        "entities": {"reporter": {"type": "Person", "label": f"Reporter {name}"}, **entities},
        "claims": [
            {
                "id": f"c{number}",
                "quote": claim["text"],
                **{key: said for key, said in claim.items() if key not in ("text", "published")},
            }
            for number, claim in enumerate(claims, 1)
        ],
    }


def thing(type_: str, label: str, item: Any = None) -> dict[str, Any]:
    """An entity."""
    link = {} if item is None else {"wikidata": item}
    return {"type": type_, "label": label, **link}


def claims_of(data: dict[str, Any]) -> Claims:
    """What a publication has to compare."""
    dataset = api.loads(data).dataset()
    return read_claims(index(dataset.default), dataset.base)
