"""Results lead back to the facts: the claim or entity, the key, the words."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from lod.diagnostics import Severity
from lod.model.facts import Facts
from lod.publication import Publication, load
from lod.rdf.dataset import Dataset
from lod.validation.paths import SH, ShapePath
from lod.validation.report import VIOLATION, WARNING, ValidationReport, ValidationResult
from lod.validation.trace import trace_results
from lod.validation.validate import validate_dataset

FOLDER = Path(__file__).parents[1] / "publications" / "ten-facts"
LOD = "https://w3id.org/lod-facts/ns#"


@cache
def _publication() -> Publication:
    return load(FOLDER)


def _facts() -> Facts:
    facts = _publication().facts
    assert facts is not None
    return facts


def _result(
    focus: str, path: str | None = None, value: str | None = None, severity: str = VIOLATION
) -> ValidationResult:
    return ValidationResult(
        focus,
        None if path is None else ShapePath(predicate=path),
        value,
        "It is wrong.",
        severity,
        "https://w3id.org/lod-facts/shapes#Some",
        f"{SH}MinCountConstraintComponent",
    )


def _statement(several: bool) -> tuple[int, str]:
    """Index and id of a claim that has one combination, or several."""
    for index, statement in enumerate(_facts().statements):
        if (len(statement.subjects) * max(1, len(statement.values)) > 1) is several:
            return index, statement.id
    raise AssertionError("the publication has no such claim")


def _node(name: str) -> str:
    return f"<{_facts().publication.base}{name}>"


@pytest.mark.parametrize(
    ("node", "path", "key"),
    [
        ("claim/{}", None, ()),
        ("claim/{}", f"{LOD}modality", ("modality",)),
        ("claim/{}", f"{LOD}anchor", ("quote",)),
        ("claim/{}", "http://www.w3.org/ns/prov#wasAttributedTo", ("by",)),
        ("claim/{}", "https://other.example/p", ()),
        ("claim/{}/anchor/1", "http://www.w3.org/ns/oa#hasSelector", ("quote",)),
        ("claim/{}/anchor/1/quote", "http://www.w3.org/ns/oa#exact", ("quote",)),
        ("claim/{}/value", "https://schema.org/minValue", ("value",)),
        ("claim/{}/period", "https://schema.org/startDate", ("during",)),
        ("claim/{}/with/frequency", None, ("with",)),
    ],
)
@pytest.mark.parametrize("several", [False, True])
def test_a_claim_is_found(node: str, path: str | None, key: tuple[str, ...], several: bool) -> None:
    index, id_ = _statement(several)
    if several:
        node = node.replace("{}", "{}/2", 1) if node == "claim/{}" else node
    facts = _facts()
    report = ValidationReport((_result(_node(node.format(id_)), path),))
    (finding,) = trace_results(report, facts)
    assert finding.path == (*facts.statements[index].path, *key)
    assert finding.claim == id_
    assert finding.quote
    assert finding.quote.startswith(facts.statements[index].anchors[0].exact[:20])
    assert finding.code == "shape"
    assert finding.severity is Severity.ERROR
    assert finding.message.endswith(": It is wrong.")


@pytest.mark.parametrize(
    ("node", "path", "expected"),
    [
        ("document", None, ("document",)),
        ("document", "https://schema.org/datePublished", ("document", "published")),
        ("text/abc", "https://schema.org/sha256", ("document",)),
        ("dataset", "http://purl.org/dc/terms/license", ("publication", "license")),
        ("build", None, ("publication",)),
        ("reported/nobody", None, ("claims",)),
        ("elsewhere", None, ()),
        ("claim/no-such-claim", None, ()),
        ("entity/no-such-entity", None, ()),
    ],
)
def test_other_things_are_found(node: str, path: str | None, expected: tuple[str, ...]) -> None:
    report = ValidationReport((_result(_node(node), path),))
    (finding,) = trace_results(report, _facts())
    assert finding.path == expected
    assert finding.claim is None


def test_an_entity_is_found() -> None:
    facts = _facts()
    slug, entity = next(iter(facts.entities.items()))
    same = "http://www.w3.org/2002/07/owl#sameAs"
    report = ValidationReport((_result(_node(f"entity/{slug}"), same),))
    (finding,) = trace_results(report, facts)
    assert finding.path == (*entity.path, "wikidata")
    assert finding.message.startswith(f"entity/{slug}, owl:sameAs: ")


def test_the_speaker_of_a_reported_graph_is_found() -> None:
    facts = _facts()
    statement = facts.statements[0]
    node = _node(f"reported/{'/'.join(statement.speakers)}")
    (finding,) = trace_results(ValidationReport((_result(node),)), facts)
    assert finding.path == (*statement.path, "by")


def test_the_value_leads_back_where_the_node_does_not() -> None:
    facts = _facts()
    index, id_ = _statement(False)
    result = _result("<http://www.wikidata.org/entity/Q159>", None, _node(f"claim/{id_}"))
    (finding,) = trace_results(ValidationReport((result,)), facts)
    assert finding.path == facts.statements[index].path
    assert finding.message.startswith("wd:Q159: It is wrong: claim/")


def test_what_is_not_of_the_publication_is_told_all_the_same() -> None:
    (finding,) = trace_results(ValidationReport((_result("_:b"),)), _facts())
    assert finding.path == ()
    assert finding.message == "_:b: It is wrong."


def test_other_severities_are_warnings() -> None:
    report = ValidationReport((_result(_node("document"), severity=WARNING),))
    (finding,) = trace_results(report, _facts())
    assert (finding.code, finding.severity) == ("shape-warning", Severity.WARNING)


@pytest.mark.parametrize("engine", ["shacl", "pyshacl"])
def test_a_dataset_that_lost_a_statement_leads_to_its_claim(engine: str) -> None:
    publication = _publication()
    dataset = publication.dataset()
    context = publication.vocabulary.context_triples(dataset.terms)
    index, id_ = _statement(False)
    lost = f"{_node(f'claim/{id_}')} <{LOD}modality> "
    lines = dataset.default.splitlines(keepends=True)
    kept = "".join(line for line in lines if not line.startswith(lost))
    assert kept != dataset.default
    broken = Dataset(dataset.base, kept, dataset.graphs, dataset.prefixes)
    report = validate_dataset(broken, context, engine=engine)
    findings = trace_results(report, _facts())
    assert (*_facts().statements[index].path, "modality") in [one.path for one in findings]
    assert {one.claim for one in findings} == {id_}
