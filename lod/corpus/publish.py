"""What happens to one publication of a corpus: read, checked, built, validated, rendered.

The same code as for a single publication, without anything that a corpus does not ask for.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lod.corpus.items import Item
from lod.dataset.build import build_dataset
from lod.dataset.dataset import Dataset
from lod.diagnostics import Finding, Severity
from lod.errors import LodError
from lod.facts.load import Loaded, load_folder, load_json
from lod.facts.source import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable

# How the line of a JSON Lines file is called while it is read: the same wherever it stands.
_LINE = "publication.json"


@dataclass(slots=True)
class Published:
    """The outcome of one publication.

    Attributes:
        base: its base IRI, or None where it could not be read.
        dataset: its quads, or None where there are errors.
        findings: errors and warnings as plain data. Lines count within the publication, and files
            are named from its folder; what is about the line of a JSON Lines file names no file.
        claims: how many claims it has.
    """

    base: str | None = None
    dataset: Dataset | None = None
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
    if item.line and item.data is None:
        return _failed("too-large", f"the line has more than {MAX_BYTES:,} bytes")
    try:
        return _publish(item, engine)
    except LodError as error:
        return _failed("missing-file", _portable(error.message, item))
    except Exception as error:
        # One publication must not stop a million others; RecursionError and MemoryError count.
        return _failed("internal", f"{type(error).__name__}: {_portable(str(error), item)}")


def _failed(code: str, message: str) -> Published:
    return Published(findings=[{"code": code, "severity": "error", "message": message}])


def _publish(item: Item, engine: str) -> Published:
    from lod.validation.trace import trace_results
    from lod.validation.validate import validate_publication

    loaded = _load(item)
    facts = loaded.facts
    if facts is None:
        return Published(findings=_plain(loaded.findings, item))
    dataset = build_dataset(facts, loaded.vocabulary)
    report = validate_publication(dataset, loaded.vocabulary, engine=engine)
    found = loaded.findings
    if report.results:
        traced = trace_results(report, facts)
        found = [*found, *(replace(one, location=loaded.locate(one.path)) for one in traced)]
    broken = any(finding.severity is Severity.ERROR for finding in found)
    return Published(
        facts.publication.base,
        None if broken else dataset,
        _plain(found, item),
        0 if broken else len(dataset.claims),
    )


def _load(item: Item) -> Loaded:
    if item.data is None:
        return load_folder(Path(item.file))
    return load_json(item.data, _LINE, Path(item.file).parent)


def _plain(findings: Iterable[Finding], item: Item) -> list[dict[str, Any]]:
    """Errors and warnings as data that does not depend on where the publication stands."""
    plain = []
    for finding in findings:
        if finding.severity is Severity.INFO:
            continue
        data = finding.as_dict()
        data["message"] = _portable(finding.message, item)
        file = data.get("file")
        if file == _LINE and item.data is not None:
            del data["file"]
        elif file is not None:
            data["file"] = _portable(file, item)
        plain.append(data)
    return plain


def _portable(text: str, item: Item) -> str:
    """A text without the folder of the publication before the names of its files."""
    folder = Path(item.file).parent if item.line else Path(item.file)
    return text.replace(f"{folder.as_posix()}/", "")
