"""What happens to one publication of a corpus: read, checked, built, validated, rendered.

The same code as for a single publication, without anything that a corpus does not ask for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lod.corpus.items import Item
from lod.dataset.build import build_dataset
from lod.dataset.dataset import Dataset
from lod.diagnostics import Finding, Severity
from lod.errors import LodError
from lod.facts.load import Loaded, load_folder, load_json

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(slots=True)
class Published:
    """The outcome of one publication.

    Attributes:
        key: how it is called in reports.
        base: its base IRI, or None where it could not be read.
        dataset: its quads, or None where there are errors.
        findings: errors and warnings as plain data, their lines counted within the publication.
        claims: how many claims it has.
    """

    key: str
    base: str | None
    dataset: Dataset | None
    findings: list[dict[str, Any]] = field(default_factory=list)
    claims: int = 0


def publish(item: Item, *, engine: str = "auto") -> Published:
    """Publish one item of a corpus.

    Args:
        item: what `lod.corpus.items` found.
        engine: the validation engine.

    Returns:
        The outcome; what is wrong with the publication is in its findings, nothing is raised.
    """
    try:
        return _publish(item, engine)
    except LodError as error:
        failure = {"code": "unreadable", "severity": "error", "message": error.message}
        return Published(item.key, None, None, [failure])


def _publish(item: Item, engine: str) -> Published:
    from lod.validation.trace import trace_results
    from lod.validation.validate import validate_dataset

    loaded = _load(item)
    facts = loaded.facts
    found: Sequence[Finding] = loaded.findings
    if facts is None:
        return Published(item.key, None, None, _plain(found, item))
    dataset = build_dataset(facts, loaded.vocabulary)
    context = loaded.vocabulary.context_triples(dataset.terms)
    report = validate_dataset(dataset, context, engine=engine)
    if report.results:
        found = [*found, *trace_results(report, facts)]
    broken = any(finding.severity is Severity.ERROR for finding in found)
    return Published(
        item.key,
        facts.publication.base,
        None if broken else dataset,
        _plain(found, item) if found else [],
        len(dataset.claims),
    )


def _load(item: Item) -> Loaded:
    if item.data is None:
        return load_folder(Path(item.file))
    return load_json(item.data, item.key, Path(item.file).parent)


def _plain(findings: Sequence[Finding], item: Item) -> list[dict[str, Any]]:
    """Errors and warnings as data that does not depend on where the publication stands."""
    plain = []
    for finding in findings:
        if finding.severity is Severity.INFO:
            continue
        data = finding.as_dict()
        file = data.pop("file", None)
        if file is not None and item.data is None:
            data["file"] = Path(file).name
        plain.append(data)
    return plain
