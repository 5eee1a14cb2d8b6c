"""The shapes are held to shapes themselves."""

from __future__ import annotations

import re
from pathlib import Path

import pyshacl
import pytest
import rdflib

from lod.namespaces import PREFIXES
from lod.resources import files

META = (Path(__file__).parent / "data" / "meta.ttl").read_text("utf-8")
SHAPES = {path.name: path.read_text("utf-8") for path in files("shapes", ".ttl")}
SH = rdflib.Namespace(PREFIXES["sh"])


def fast(data: str) -> set[str]:
    """The messages of the fast engine."""
    shacl = pytest.importorskip("shacl")
    report = shacl.Shapes.from_turtle(META).validate_turtle(data)
    return {str(result.message) for result in report.results}


def slow(data: str) -> set[str]:
    """The messages of pySHACL."""
    graph = rdflib.Graph().parse(data=data, format="turtle")
    meta = rdflib.Graph().parse(data=META, format="turtle")
    _, report, _ = pyshacl.validate(graph, shacl_graph=meta)
    assert isinstance(report, rdflib.Graph)
    results = report.objects(None, SH.result)
    return {str(report.value(result, SH.resultMessage)) for result in results}


def test_the_shapes_are_as_they_should_be() -> None:
    data = "\n".join(SHAPES.values())
    assert fast(data) == set()
    assert slow(data) == set()


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("claims.ttl", "shape:Domain a", "shape:domain a", "A shape with a target has a name"),
        (
            "claims.ttl",
            "shape:Claim a sh:Node",
            "shape:Claim a sh:Some",
            "A shape with a target is",
        ),
        ("claims.ttl", r"sh:message \"A claim has exactly one subject.*? \]", "]", "A property"),
        ("claims.ttl", r"sh:message \"A claim denies itself.*?;", "", "A query says"),
        ("claims.ttl", r"sh:prefixes.*? ;", "", "A query says"),
        ("values.ttl", r"sh:message \"Between has.*? ;", "", "A shape with constraints"),
        ("values.ttl", "one integer or decimal[.]", "a number", "A property shape says"),
        ("values.ttl", "sh:severity sh:Warning", "sh:severity sh:Violation", "A severity is"),
    ],
)
def test_what_they_should_not_be_is_found(file: str, old: str, new: str, message: str) -> None:
    text, count = re.subn(old, new, SHAPES[file])
    assert count
    found = fast(text)
    assert [one.startswith(message) for one in found] == [True]
    assert slow(text) == found
