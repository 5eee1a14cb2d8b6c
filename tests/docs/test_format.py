"""The reference of facts.yaml: every key is there, its example is right, its codes are codes."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from lod.codes import CODES
from lod.facts import schema
from lod.facts.json_schema import facts_schema
from lod.facts.schema import Keys
from tests.project.generated import FORMAT, MAPPINGS

SAID: dict[str, dict[str, list[str]]] = tomllib.loads(FORMAT.read_text("utf-8"))
EXAMPLES = [
    (name, key, example) for name, keys in SAID.items() for key, (example, _) in keys.items()
]
#: What the schema calls the mappings that the page names otherwise.
DEFINITIONS = {"top": None, "allowance": "allowance", "value": "value"}


def test_every_key_is_documented() -> None:
    assert {name: list(keys) for name, keys in SAID.items()} == {
        name: list(dict.fromkeys(keys))
        for name, (_, _, keys) in sorted(MAPPINGS.items(), key=lambda one: list(SAID).index(one[0]))
    }


def test_every_mapping_of_the_format_is_documented() -> None:
    tables = [one for one in vars(schema).values() if isinstance(one, Keys)]
    shown = [keys for _, _, keys in MAPPINGS.values()]
    assert [list(one) for one in tables if not any(one is other for other in shown)] == []


def test_the_codes_are_codes() -> None:
    named = {code for keys in SAID.values() for _, codes in keys.values() for code in codes.split()}
    assert named - CODES.keys() == set()
    # What is about no key: the file as a whole, the run, and the lock beside it.
    elsewhere = {
        *("yaml-syntax", "yaml-limit", "yaml-tag", "json-syntax", "duplicate-key"),
        *("unknown-key", "wrong-type", "empty-value", "bad-lock", "lock-unused"),
        *("internal", "rule-failed"),
    }
    assert CODES.keys() - named == elsewhere


@pytest.mark.parametrize(("name", "key", "example"), EXAMPLES, ids=lambda one: str(one)[:20])
def test_the_example_is_right(name: str, key: str, example: str) -> None:
    whole = facts_schema()
    data = yaml.load(example, yaml.BaseLoader)  # noqa: S506 - text alone, as the reader has it
    [(written, value)] = data.items()
    assert written == key
    part: Any = whole if name == "top" else whole["$defs"][name]
    properties = _properties(part, key)
    validator = Draft202012Validator({"$defs": whole["$defs"], **properties[key]})
    assert list(validator.iter_errors(value)) == []


def _properties(part: Any, key: str) -> dict[str, Any]:
    """The properties of a mapping, among several forms those of the one that has the key."""
    forms = [part, *part.get("anyOf", ())]
    forms += [one for form in part.get("anyOf", ()) for one in form.get("anyOf", ())]
    found: list[dict[str, Any]] = [
        form["properties"] for form in forms if key in form.get("properties", ())
    ]
    return found[0]
