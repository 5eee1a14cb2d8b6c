"""The JSON-LD of publications as JSON: one type a key, and the same after a way through JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pyld import jsonld  # type: ignore[import-untyped]  # PyLD has no types

import lod
from lod.rdf.jsonld import to_jsonld
from lod.rdf.jsonld_context import CONTEXT_IRI
from lod.rdf.jsonld_schema import jsonld_schema
from lod.resources import read
from tests.publications.test_conforming import CASES
from tests.rdf.conftest import refuse

EXAMPLE = Path(__file__).parents[2] / "examples" / "russia-kazakhstan"
SMALL = Path(__file__).parent / "ten-facts"
ALL = [EXAMPLE, SMALL, *CASES]
every_publication = pytest.mark.parametrize("case", ALL, ids=[case.stem for case in ALL])


@cache
def linked(case: Path) -> str:
    return to_jsonld(lod.load(case).dataset(), link_context=True)


@cache
def inline(case: Path) -> str:
    return lod.load(case).serialize("json-ld")


@cache
def validator() -> Draft202012Validator:
    schema = jsonld_schema()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def shipped(url: str, options: object = None) -> dict[str, Any]:
    """Our context, as if it had been fetched."""
    assert url == CONTEXT_IRI
    document = json.loads(read("vocab", "context.jsonld"))
    return {"document": document, "documentUrl": url, "contextUrl": None}


@every_publication
@pytest.mark.parametrize(("write", "loader"), [(inline, refuse), (linked, shipped)])
def test_expanded_and_compacted_it_is_the_same(
    case: Path, write: Callable[[Path], str], loader: Callable[..., Any]
) -> None:
    data = json.loads(write(case))
    options = {"documentLoader": loader}
    compacted = jsonld.compact(jsonld.expand(data, options), data["@context"], options)
    assert compacted == data


@every_publication
def test_it_conforms_to_its_json_schema(case: Path) -> None:
    for write in (inline, linked):
        errors = [
            f"{error.json_path}: {error.message[:200]}"
            for error in validator().iter_errors(json.loads(write(case)))
        ]
        assert errors == []


def _as_text(data: dict[str, Any]) -> None:
    data["claims"][0]["anchor"][0]["sentence"] = "1"


def _as_array(data: dict[str, Any]) -> None:
    data["claims"][0]["subject"] = [data["claims"][0]["subject"]]


def _one(data: dict[str, Any]) -> None:
    data["claims"][0]["anchor"] = data["claims"][0]["anchor"][0]


def _flat_label(data: dict[str, Any]) -> None:
    data["claims"][0]["label"] = data["claims"][0]["label"].popitem()[1]


def _unknown_key(data: dict[str, Any]) -> None:
    data["claims"][0]["subjekt"] = data["claims"][0]["subject"]


def _unknown_word(data: dict[str, Any]) -> None:
    data["claims"][0]["modality"] = "said"


def _whole_decimal(data: dict[str, Any]) -> None:
    data["claims"][0]["share"] = {"id": "https://e.org/share", "number": "2.5"}


def _no_speaker(data: dict[str, Any]) -> None:
    del data["claims"][0]["attributedTo"]


def _no_value(data: dict[str, Any]) -> None:
    for key in ("value", "literal", "unknown", "change"):
        data["claims"][0].pop(key, None)


def _one_selector(data: dict[str, Any]) -> None:
    del data["claims"][0]["anchor"][0]["selector"]["position"]


def _foreign_alone(data: dict[str, Any]) -> None:
    data["claims"][0]["wdt:P19"] = {"id": "https://e.org/a"}


SLIPS = [
    _as_text,
    _as_array,
    _one,
    _flat_label,
    _unknown_key,
    _unknown_word,
    _whole_decimal,
    _no_speaker,
    _no_value,
    _one_selector,
    _foreign_alone,
]


@pytest.mark.parametrize("slip", SLIPS)
def test_the_schema_refuses_another_type(slip: Callable[[dict[str, Any]], None]) -> None:
    data = json.loads(inline(SMALL))
    assert validator().is_valid(data)
    slip(data)
    assert not validator().is_valid(data)
