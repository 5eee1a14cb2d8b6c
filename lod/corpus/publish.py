"""What happens to one publication of a corpus: read, checked, built, validated, rendered.

The same code as for a single publication, without anything that a corpus does not ask for.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from lod.corpus.items import Item
from lod.diagnostics import Finding, Location, Severity
from lod.errors import InputError, LodError
from lod.facts.load import load_folder, load_json, unreadable
from lod.publication import Publication
from lod.rdf.dataset import Dataset
from lod.sources import facts_files, find_facts
from lod.sources.source import MAX_BYTES, SourceProblem

# How the line of a JSON Lines file is called while it is read.
_LINE = "publication.json"


class Published(Struct):
    """The outcome of one publication.

    Attributes:
        base: its base IRI, or None where it could not be read.
        dataset: its quads, or None where there are errors.
        findings: errors and warnings as plain data, and notes if asked. Lines count within the
            publication, and files are named from its folder; what is about the line of a JSON
            Lines file names no file.
        claims: how many claims it has.
        publication: it, where it has a dataset.
    """

    base: str | None = None
    dataset: Dataset | None = None
    findings: list[dict[str, Any]] = field(default_factory=list)
    claims: int = 0
    publication: Publication | None = None


def publish(item: Item, *, engine: str = "auto", notes: bool = False) -> Published:
    """Publish one item of a corpus.

    Args:
        item: what `lod.corpus.items` found.
        engine: the validation engine.
        notes: whether the findings have notes, too.

    Returns:
        The outcome; what is wrong with the publication is in its findings, nothing is raised.
    """
    try:
        return _publish(item, engine, notes)
    except LodError as error:
        return _failed("missing-file", _portable(error.message, item))
    except Exception as error:  # one must not stop a million others; RecursionError counts
        return _failed("internal", f"{type(error).__name__}: {_portable(str(error), item)}")


def _failed(code: str, message: str) -> Published:
    return Published(findings=[{"code": code, "severity": "error", "message": message}])


def read(item: Item) -> Publication:
    """Read one item of a corpus.

    Args:
        item: what `lod.corpus.items` found.

    Returns:
        The publication; that it cannot be opened or is too large is one of its findings.
    """
    path = Path(item.file)
    if item.data is not None:
        return Publication(path, load_json(item.data, _file(item), path.parent))
    try:
        if not item.line:
            return Publication(path, load_folder(path))
        code, message = "too-large", f"the line has more than {MAX_BYTES:,} bytes"
    except InputError as error:
        code, message = "missing-file", error.message
    problem = SourceProblem(code, message, Location(_file(item), 1, 1))
    return Publication(path, unreadable(_file(item), problem))


def _file(item: Item) -> str:
    """How the facts file of an item is called: a line as if it stood in a file of its own."""
    path = Path(item.file)
    if item.line:
        return str(path.parent / _LINE)
    return str(find_facts(path) or path / facts_files()[0])


def _publish(item: Item, engine: str, notes: bool) -> Published:
    publication = read(item)
    findings = publication.check(engine=engine)
    told = [one for one in findings if notes or one.severity is not Severity.INFO]
    plain = plain_findings(told, item)
    if publication.facts is None:
        return Published(findings=plain)
    base = publication.facts.publication.base
    if any(finding.severity is Severity.ERROR for finding in findings):
        return Published(base, findings=plain)
    dataset = publication.dataset()
    return Published(base, dataset, plain, len(dataset.claims), publication)


def plain_findings(findings: Iterable[Finding], item: Item) -> list[dict[str, Any]]:
    """Findings as data that does not depend on where the publication stands.

    Args:
        findings: what was found in the publication.
        item: where it stands in the corpus.
    """
    plain = []
    for finding in findings:
        data = finding.as_dict()
        data["message"] = _portable(finding.message, item)
        file = data.get("file")
        if item.line and file == _file(item):
            del data["file"]
        elif file is not None:
            data["file"] = _portable(file, item)
        plain.append(data)
    return plain


def duplicate_base(publication: Publication | None, base: str, first: str) -> Finding:
    """The finding of a publication whose base is that of another one.

    Args:
        publication: the later one; None where it is not at hand, and so not the place of its base.
        base: the base.
        first: how the other one is called.
    """
    path = ("publication", "base")
    return Finding(
        "duplicate-base",
        Severity.WARNING,
        f"the base IRI {base} is that of {first} too: what both say is mixed up",
        "give every publication a base IRI of its own",
        path,
        None if publication is None else publication.locate(path),
    )


def _portable(text: str, item: Item) -> str:
    """A text without the folder of the publication before the names of its files."""
    folder = Path(item.file).parent if item.line else Path(item.file)
    return text.replace(f"{folder.as_posix()}/", "")
