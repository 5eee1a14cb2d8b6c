"""`lod schema`: a JSON Schema that accepts what lod accepts, and knows every key."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from lod.facts import schema as tables
from lod.facts.json_schema import facts_schema
from lod.sources.yaml_source import read_yaml
from tests.cli.conftest import FACTS, ROOT, Lod

SCHEMA = facts_schema()
VALIDATOR = Draft202012Validator(SCHEMA)

FILES = sorted([*ROOT.glob("examples/*/facts.yaml"), *ROOT.glob("tests/publications/*/facts.yaml")])


class EditorLoader(yaml.SafeLoader):
    """Reads YAML as editors do: plain numbers are numbers, dates are text (YAML 1.2)."""


EditorLoader.yaml_implicit_resolvers = {}
for tag, pattern in (
    ("tag:yaml.org,2002:bool", r"true|false"),
    ("tag:yaml.org,2002:null", r"~|null|"),
    ("tag:yaml.org,2002:int", r"[-+]?(?:0|[1-9][0-9]*)"),
    ("tag:yaml.org,2002:float", r"[-+]?[0-9]+\.[0-9]*"),
):
    EditorLoader.add_implicit_resolver(tag, re.compile(f"(?:{pattern})$"), None)


def as_read(file: Path) -> Any:
    """The file as lod reads it: every scalar is text."""
    return read_yaml(file.read_bytes(), str(file)).root


def as_edited(file: Path) -> Any:
    """The file as an editor reads it."""
    return yaml.load(file.read_bytes(), EditorLoader)  # noqa: S506 - a safe loader


def problems(data: Any) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(data)]


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if "$ref" in node:
            yield node["$ref"]
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def test_every_definition_is_used_and_every_use_defined() -> None:
    assert set(references(SCHEMA)) == {f"#/$defs/{name}" for name in SCHEMA["$defs"]}


def test_every_key_is_described() -> None:
    def walk(node: Any) -> Iterator[str]:
        if isinstance(node, dict):
            for name, key in node.get("properties", {}).items():
                if not key.get("description"):
                    yield name
            for word, value in node.items():
                if word != "if":  # a condition asks for a key that is described where it stands
                    yield from walk(value)
        elif isinstance(node, list):
            for value in node:
                yield from walk(value)

    assert list(walk(SCHEMA)) == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
@pytest.mark.parametrize("read", [as_read, as_edited])
def test_publications_are_accepted(file: Path, read: Any) -> None:
    assert problems(read(file)) == []


MAPPINGS: list[tuple[list[str | int], tables.Keys]] = [
    ([], tables.TOP),
    (["publication"], tables.PUBLICATION),
    (["publication", "publisher"], tables.AGENT),
    (["document"], tables.DOCUMENT_KEYS),
    (["entities", "kazakhstan"], tables.ENTITY),
    (["entities", "kazakhstan", "wikidata"], tables.LINK),
    (["claims", 0], tables.CLAIM),
    (["claims", 0, "quote"], tables.QUOTE),
    (["claims", 1, "during"], tables.PERIOD),
    (["claims", 1, "comparedWith"], tables.COMPARISON),
    (["claims", 1, "value"], tables.VALUE_FORMS["quantity"]),
    (["no_fact", 0], tables.NO_FACT),
]


def small() -> Any:
    """A publication that has a mapping wherever one may stand."""
    data = read_yaml(FACTS.encode(), "facts.yaml").root
    assert isinstance(data, dict)
    facts: Any = data
    facts["entities"]["kazakhstan"]["wikidata"] = {"close": "Q232"}
    facts["claims"][0]["quote"] = {"exact": "Kazakhstan is a member of the CSTO"}
    facts["claims"][1] |= {
        "during": {"words": "last year", "edtf": "2023"},
        "comparedWith": {"edtf": "2022"},
        "value": {"quantity": "more than 28 billion USD"},
    }
    return facts


def at(data: Any, path: list[str | int]) -> Any:
    for key in path:
        data = data[key]
    return data


def name_of(value: Any) -> str:
    return ".".join(map(str, value)) or "top" if isinstance(value, list) else ""


def test_the_small_publication_is_accepted() -> None:
    assert problems(small()) == []


@pytest.mark.parametrize(("path", "keys"), MAPPINGS, ids=name_of)
def test_unknown_keys_are_refused(path: list[str | int], keys: tables.Keys) -> None:
    data = small()
    at(data, path)["subjekt"] = "kazakhstan"
    assert problems(data)


@pytest.mark.parametrize(("path", "keys"), MAPPINGS, ids=name_of)
def test_required_keys_are_required(path: list[str | int], keys: tables.Keys) -> None:
    for key in keys.required:
        data = small()
        del at(data, path)[key]
        assert problems(data), key


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["publication", "base"], "https://data.example.org/no-slash"),
        (["publication", "license"], "javascript:alert(1)"),
        (["publication", "license"], "https://data.example.org/a b"),
        (["publication", "title"], ""),
        (["publication", "title"], {}),
        (["publication", "modified"], "yesterday"),
        (["document", "language"], "english!"),
        (["document", "published"], "27.11.2024"),
        (["entities", "kazakhstan", "wikidata"], "232"),
        (["entities", "kazakhstan", "wikidata"], {"close": "Q1", "same": "Q1"}),
        (["entities", "Kazakhstan"], {"type": "Country", "label": "Kazakhstan"}),
        (["claims", 0, "id"], "../../x"),
        (["claims", 0, "modality"], "plannd"),
        (["claims", 0, "polarity"], "no"),
        (["claims", 0, "subject"], []),
        (["claims", 0, "allow"], {"quote-not-found": "cannot be overruled"}),
        (["claims", 0, "occurrence"], 0),
        (["no_fact", 0, "reason"], "boring"),
    ],
)
def test_wrong_values_are_refused(path: list[str | int], value: Any) -> None:
    data = small()
    at(data, path[:-1])[path[-1]] = value
    assert problems(data)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["publication", "title"], {"en": "A small text", "de": "Ein kurzer Text"}),
        (["publication", "publisher"], "Example Data Desk"),
        (["publication", "version"], 1.0),
        (["entities", "kazakhstan", "type"], "wd:Q6256"),
        (["entities", "kazakhstan", "wikidata"], {"none": "not verified"}),
        (["claims", 0, "property"], "wdt:P463"),
        (["claims", 0, "with"], {"own:weight": 3, "field": ["csto", {"text": "trade"}]}),
        (["claims", 0, "quote"], ["a", {"exact": "b", "occurrence": 2}]),
        (["claims", 1, "value"], 28),
        (["claims", 1, "value"], [{"unknown": "Data not available"}, {"claim": "member"}]),
        (["claims", 1, "during"], 2023),
        (["claims", 1, "comparedWith"], "a year earlier"),
        (["claims", 1, "allow"], {"value-not-in-quote": "a misprint"}),
    ],
)
def test_other_forms_are_accepted(path: list[str | int], value: Any) -> None:
    data = small()
    at(data, path[:-1])[path[-1]] = value
    assert problems(data) == []


def test_editors_are_offered_the_vocabulary() -> None:
    claim = SCHEMA["$defs"]["claim"]["properties"]
    assert "tradeVolume" in claim["property"]["anyOf"][0]["enum"]
    assert "field" in claim["with"]["properties"]
    assert "Country" in SCHEMA["$defs"]["entity"]["properties"]["type"]["anyOf"][0]["enum"]


def test_command_prints_it(lod: Lod) -> None:
    result = lod("schema")
    assert (result.code, result.err) == (0, "")
    assert json.loads(result.out) == SCHEMA


def test_command_writes_it(lod: Lod, tmp_path: Path) -> None:
    file = tmp_path / "facts.schema.json"
    file.write_text("old")
    result = lod("schema", "-o", file)
    assert (result.code, result.out) == (0, "")
    assert json.loads(file.read_text("utf-8")) == SCHEMA
    assert [one.name for one in tmp_path.iterdir()] == ["facts.schema.json"]


def test_file_that_cannot_be_written(lod: Lod, tmp_path: Path) -> None:
    result = lod("schema", "-o", tmp_path / "no" / "folder.json")
    assert result.code == 2
    assert result.err.endswith("cannot be written: No such file or directory\n")
