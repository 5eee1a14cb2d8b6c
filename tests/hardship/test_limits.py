"""Our limits, and one step above them: read below, refused with a word above."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from lod.query.checked import MOST_DEPTH
from lod.rdf import files as rdf_files
from lod.sources.source import MAX_BYTES
from lod.sources.yaml_source import MAX_DEPTH
from tests.hardship.subjects import call

#: Makes a file, or the text of a query, with so many levels or bytes.
Make = Callable[[int], str]


def yaml(depth: int) -> str:
    return "publication: " + "[" * depth + "]" * depth + "\n"


def json_facts(depth: int) -> str:
    return '{"publication": ' + "[" * depth + "]" * depth + "}"


def sized(size: int) -> str:
    return "# " + "x" * (size - 3) + "\n"


def query(depth: int) -> str:
    return "ASK " + "{" * (depth - 1) + " ?s ?p ?o " + "}" * (depth - 1)


def json_ld(depth: int) -> str:
    data: object = "x"
    for _ in range(depth - 1):
        data = {"https://e.org/p": data}
    return json.dumps([data])


LIMITS: dict[str, tuple[str, Make, int, list[str], str]] = {
    "YAML": ("facts.yaml", yaml, MAX_DEPTH, ["check", "{}"], "yaml-limit"),
    "JSON": ("facts.json", json_facts, MAX_DEPTH, ["check", "{}"], "yaml-limit"),
    "bytes": ("facts.yaml", sized, MAX_BYTES, ["check", "{}"], "too-large"),
    "JSON-LD": ("x.jsonld", json_ld, rdf_files.MAX_DEPTH, ["validate", "{file}"], "nest deeper"),
    "query": ("x.rq", query, MOST_DEPTH, ["query", "{data}", "-q", "{text}"], "nests deeper"),
}


@pytest.mark.parametrize("name", LIMITS)
def test_at_a_limit_and_one_step_above(name: str, tmp_path: Path) -> None:
    file, make, limit, arguments, words = LIMITS[name]
    (tmp_path / "data.nt").write_text('<https://e.org/s> <https://e.org/p> "o" .\n', "utf-8")
    for step, is_refused in ((0, False), (1, True)):
        text = make(limit + step)
        (tmp_path / file).write_text(text, "utf-8")
        known = {"{}": str(tmp_path), "{file}": str(tmp_path / file), "{text}": text}
        known["{data}"] = str(tmp_path / "data.nt")
        said = call(*(known.get(one, one) for one in arguments))
        assert (words in said.out + said.err) == is_refused, (step, said.out[:300], said.err[:300])
        assert not is_refused or said.code
