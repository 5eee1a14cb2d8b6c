"""The shapes of qualifiers are those of the vocabulary, a publication's own among them."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from lod.namespaces import LOD_NS, PREFIXES
from lod.resources import files, folder
from lod.validation.checks import check_data
from lod.validation.checks.data import CHECKS
from lod.vocabulary.derived import KNOWN_PROPERTIES, QUALIFIER_VALUES, qualifier_shapes
from lod.vocabulary.vocabulary import load_vocabulary

DATA = Path(__file__).parents[1] / "shapes" / "data"
TERMS = (DATA / "terms.ttl").read_text("utf-8")
SH = PREFIXES["sh"]
OWN = "https://terms.example.org/own#"
CLAIM = "https://data.example.org/sample/claim/staffing"


def test_the_shipped_shapes_are_those_of_the_shipped_qualifiers() -> None:
    shipped = dataset((folder("shapes") / "qualifiers.ttl").read_text("utf-8"))
    made = dataset(qualifier_shapes(load_vocabulary().properties.values()))
    of_qualifiers = ox.Dataset()
    for shape in (QUALIFIER_VALUES, KNOWN_PROPERTIES):
        for quad in shipped.quads_for_subject(ox.NamedNode(shape)):
            if quad.predicate.value == SH + "property":
                add_with_all_below(shipped, quad, of_qualifiers)
    for each in (made, of_qualifiers):
        each.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    assert of_qualifiers == made


def dataset(turtle: str) -> ox.Dataset:
    return ox.Dataset(ox.parse(turtle, format=ox.RdfFormat.TURTLE))


def add_with_all_below(source: ox.Dataset, quad: ox.Quad, target: ox.Dataset) -> None:
    """Copy a statement and, where its object is a blank node, what is said of that."""
    target.add(quad)
    if isinstance(quad.object, ox.BlankNode):
        for below in source.quads_for_subject(quad.object):
            add_with_all_below(source, below, target)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("claim/projects/value", []),
        ("entity/russia", [(QUALIFIER_VALUES, OWN + "depth")]),
    ],
)
def test_own_qualifiers_are_known_once_their_shapes_are_added(
    value: str, expected: list[tuple[str, str]]
) -> None:
    shacl = pytest.importorskip("shacl")
    vocabulary = load_vocabulary(TERMS)
    text = "\n".join(path.read_text("utf-8") for path in files("shapes", ".ttl"))
    data = (
        f"{sample()}<{CLAIM}> <{OWN}depth> <https://data.example.org/sample/{value}> .\n"
        f"{vocabulary.all_context_triples()}"
    )
    without = shacl.Shapes.from_turtle(text).validate_text(data, "ntriples")
    assert [one.focus_node for one in without.results] == [f"<{CLAIM}>"]
    report = shacl.Shapes.from_turtle(text + vocabulary.own_shapes).validate_text(data, "ntriples")
    found = [(one.root_shape.strip("<>"), one.path.strip("<>")) for one in report.results]
    assert found == expected


def sample() -> str:
    triples = ox.parse((DATA / "conforming.ttl").read_bytes(), format=ox.RdfFormat.TURTLE)
    return "".join(f"{one.subject} {one.predicate} {one.object} .\n" for one in triples)


def test_an_own_qualifier_that_narrows_forbids_the_direct_triple() -> None:
    vocabulary = load_vocabulary(TERMS)
    value = "<https://data.example.org/sample/claim/projects/value>"
    data = f"{sample()}<{CLAIM}> <{OWN}depth> {value} .\n"
    found = check_data(data, {}, vocabulary, has_graphs=False)
    direct = [one.focus_node for one in found if one.source_shape == f"{CHECKS}DirectTriple"]
    assert direct == [f"<{CLAIM}>"]


def test_a_qualifier_without_a_range_takes_anything() -> None:
    text = f"""
        <{OWN}mood> a <{LOD_NS}Qualifier> ; <{LOD_NS}narrows> false ."""
    shapes = load_vocabulary(text).own_shapes
    assert f"<{OWN}mood>" in shapes
    assert QUALIFIER_VALUES not in shapes


def test_no_own_qualifiers_no_shapes() -> None:
    assert load_vocabulary().own_shapes == ""
