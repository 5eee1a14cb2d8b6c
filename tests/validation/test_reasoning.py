"""Reasoners conclude nothing false from a dataset, the vocabularies and the reused terms' schemas.

`schemas/` has what the reused vocabularies say of the terms that datasets use. `inferred.toml`
lists all that follows for a publication's nodes, each with the reason why it is true.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, Literal, URIRef
from rdflib.term import Node

import lod
from lod.namespaces import LOD_NS, PREFIXES, REL_NS, shrink
from lod.publication import Publication
from lod.rdf.dataset import Dataset
from lod.validation.validate import validate_dataset
from lod.vocabulary.source import reused_terms
from lod.vocabulary.whole import ontology

pytestmark = pytest.mark.slow
owlrl: ModuleType = pytest.importorskip("owlrl")
HERE = Path(__file__).parent
SCHEMAS = sorted((HERE / "schemas").glob("*.ttl"))
CONFORMING = HERE.parent / "publications" / "conforming"
EXAMPLE = HERE.parents[1] / "examples" / "russia-kazakhstan"
TABLE = tomllib.loads((HERE / "inferred.toml").read_text("utf-8"))
RULES = ("RDFS_Semantics", "OWLRL_Semantics")
#: Publications, and the rules that are tried on each: those of OWL take minutes on the example.
SAMPLES = [
    (CONFORMING / "biography.yaml", "OWLRL_Semantics"),
    *((CONFORMING / "desk.yaml", rules) for rules in RULES),
    (EXAMPLE, "RDFS_Semantics"),
]
IDS = [f"{path.stem}-{rules.partition('_')[0]}" for path, rules in SAMPLES]
OURS = (LOD_NS, REL_NS)
VOCABULARIES = (*OURS, *(PREFIXES[schema.stem] for schema in SCHEMAS))
TERMS = (*VOCABULARIES, *(PREFIXES[prefix] for prefix in ("rdf", "rdfs", "owl", "wdt")))
Triple = tuple[Node, Node, Node]


@cache
def read(path: Path) -> Publication:
    return lod.load(path)


def base_of(path: Path) -> str:
    return read(path).require_facts().publication.base


@cache
def inferred(path: Path, rules: str, *, reported: bool = False) -> tuple[set[Triple], set[Triple]]:
    """What a publication says, and what follows of its nodes that it does not say.

    Args:
        path: the publication.
        rules: which rules of owlrl.
        reported: whether what speakers report is taken for said, as in the union of the graphs.
    """
    dataset = read(path).dataset()
    graph = rdflib.Graph().parse(data=dataset.union() if reported else dataset.default, format="nt")
    said = set(graph)
    nodes = {node for triple in said for node in triple if isinstance(node, URIRef)}
    graph.parse(data=ontology(), format="turtle")
    terms = set(graph.subjects()) - nodes
    for schema in SCHEMAS:
        graph.parse(schema)
    known = set(graph)
    closure = owlrl.DeductiveClosure(
        getattr(owlrl, rules), axiomatic_triples=False, datatype_axioms=False
    )
    closure.expand(graph)
    # A contradiction is told as a triple.
    assert not [o for _, p, o in graph if str(p).endswith("#error")]
    same = {two: one for one, _, two in said if (one, OWL.sameAs, two) in said}

    def as_named(triple: Triple) -> Triple:
        """By the names of the publication: an item is the entity that it is linked to."""
        subject, predicate, value = triple
        return same.get(subject, subject), predicate, same.get(value, value)

    held = set(map(as_named, known))
    literals = {(s, p, o.value) for s, p, o in held if isinstance(o, Literal)}
    found = {
        (s, p, o)
        for s, p, o in map(as_named, set(graph) - known)
        if s in nodes | terms
        and isinstance(o, URIRef | Literal)
        and o not in (RDFS.Resource, OWL.Thing)
        and not (s == o or (s, p, o) in held)
        # To owlrl 1 and true are one literal, and "x" and "x"^^xsd:string two.
        and not (isinstance(o, Literal) and (s, p, o.value) in literals)
    }
    return said, {t for t in found if t[0] in nodes} | {t for t in found if t[0] in terms}


_PARTS = re.compile(
    r"claim/.*/(?P<anchor>anchor)/\d+(?P<selector>/\w+)?|claim/.*/(?P<period>period)|claim/.*/"
    r"(?P<value>value|share|change|comparedWith|with/\w+)(?:/.*)?"
)


def kind_of(node: Node, base: str) -> str:
    """What a node of a publication is, by its name."""
    name = str(node)
    if not name.startswith(base):
        return "term" if name.startswith(TERMS) else "elsewhere"
    path = name.removeprefix(base)
    match = _PARTS.fullmatch(path)
    if match is None:
        return path.partition("/")[0]
    return "selector" if match["selector"] else str(match.lastgroup)


def short(node: Node) -> str:
    return shrink(str(node))


@pytest.mark.parametrize(("path", "rules"), SAMPLES, ids=IDS)
def test_all_that_follows_is_known_to_be_true(path: Path, rules: str) -> None:
    base = base_of(path)
    _, new = inferred(path, rules)
    for subject, predicate, value in new:
        kind = kind_of(subject, base)
        if kind == "term":
            continue
        if predicate == RDF.type:
            assert kind in TABLE["types"].get(short(value), {"of": ()})["of"], (subject, value)
        else:
            assert short(predicate) in TABLE["statements"], (subject, predicate, value)


def test_the_table_lists_nothing_else() -> None:
    types: set[tuple[str, str]] = set()
    statements: set[str] = set()
    for path, rules in SAMPLES:
        for subject, predicate, value in inferred(path, rules)[1]:
            kind = kind_of(subject, base_of(path))
            if kind == "term":
                continue
            if predicate == RDF.type:
                types.add((short(value), kind))
            else:
                statements.add(short(predicate))
    listed = {(type_, kind) for type_, row in TABLE["types"].items() for kind in row["of"]}
    assert listed == types
    assert TABLE["statements"].keys() == statements


@pytest.mark.parametrize(("path", "rules"), SAMPLES, ids=IDS)
def test_reported_speech_stays_reported(path: Path, rules: str) -> None:
    """No class of ours, no relation of ours, no item of Wikidata says more than was said."""
    for subject, predicate, value in inferred(path, rules)[1]:
        if kind_of(subject, base_of(path)) == "term":
            continue
        assert not str(predicate).startswith((*OURS, PREFIXES["wdt"])), (subject, predicate, value)
        assert not (predicate == RDF.type and str(value).startswith(OURS)), (subject, value)
        # Two things are one only where the publication says so.
        assert predicate not in (OWL.sameAs, OWL.differentFrom), (subject, value)


def test_what_was_reported_entails_relations_of_its_graph_alone() -> None:
    """In the union of the graphs what is reported counts as said, and so does what follows."""
    path = CONFORMING / "desk.yaml"
    kazakhstan, cis = (URIRef(base_of(path) + f"entity/{one}") for one in ("kazakhstan", "cis"))
    follows = (kazakhstan, URIRef(PREFIXES["wdt"] + "P463"), cis)
    assert follows in inferred(path, "RDFS_Semantics", reported=True)[1]
    assert follows not in inferred(path, "RDFS_Semantics")[1]


@pytest.mark.parametrize("rules", RULES)
def test_our_terms_become_no_others(rules: str) -> None:
    declared = rdflib.Graph().parse(data=ontology(), format="turtle")
    for subject, predicate, value in inferred(CONFORMING / "desk.yaml", rules)[1]:
        if str(subject).startswith(OURS) and str(value).startswith(OURS):
            assert predicate in (RDFS.subClassOf, RDFS.subPropertyOf), (subject, predicate, value)
            assert value in set(declared.transitive_objects(subject, predicate)), (subject, value)


@pytest.mark.parametrize("name", ["biography", "desk", "statistics", "bericht"])
def test_the_dataset_with_its_inferred_types_conforms(name: str) -> None:
    path = CONFORMING / f"{name}.yaml"
    publication = read(path)
    dataset = publication.dataset()
    said, new = inferred(path, "RDFS_Semantics")
    described = {subject for subject, _, _ in said}
    types = sorted(
        f"<{one}> <{RDF.type}> <{type_}> .\n"
        for one, predicate, type_ in new
        if predicate == RDF.type and one in described
    )
    lines = dict.fromkeys([*dataset.default.splitlines(keepends=True), *types])
    more = Dataset(dataset.base, "".join(lines), dataset.graphs, dataset.prefixes)
    context = publication.vocabulary.all_context_triples()
    report = validate_dataset(more, context)
    assert report.conforms, report.as_text()


def test_every_reused_term_has_its_schema() -> None:
    """After a change of vocab/reused.ttl: `schemas/make.py`."""
    described = rdflib.Graph()
    for schema in SCHEMAS:
        described.parse(schema)
    lacking = {
        shrink(iri)
        for iri in reused_terms()
        if iri.startswith(VOCABULARIES) and (URIRef(iri), None, None) not in described
    }
    assert lacking == set()
