"""Builds a publication's `dist/`: all or nothing, the old one whole until the new one is."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lod.diagnostics import Finding, Severity
from lod.errors import OutputError
from lod.formats import find_format
from lod.publication import Publication
from lod.swap import swap_folders

#: The formats that are written unless others are asked for.
DEFAULT_FORMATS = ("turtle", "json-ld", "trig", "n-quads")


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written.

    Attributes:
        path: where it is.
        size: in bytes.
        sha256: hex digest of its bytes.
    """

    path: Path
    size: int
    sha256: str


@dataclass(slots=True)
class BuildResult:
    """What a build did.

    Attributes:
        findings: everything that was found.
        counts: how many claims, entities, quads and so on there are.
        files: what was written; nothing where a finding is an error.
    """

    findings: list[Finding]
    counts: dict[str, int] = field(default_factory=dict)
    files: list[Written] = field(default_factory=list)

    @property
    def has_errors(self) -> bool:
        """Whether a finding stopped the build."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    def as_dict(self) -> dict[str, Any]:
        """The result as plain JSON data."""
        return {
            "conforms": not self.has_errors,
            "counts": self.counts,
            "findings": [finding.as_dict() for finding in self.findings],
            "files": [
                {"path": str(file.path), "bytes": file.size, "sha256": file.sha256}
                for file in self.files
            ],
        }


def build(
    publication: Publication,
    *,
    out: Path | None = None,
    formats: Sequence[str] = DEFAULT_FORMATS,
    engine: str = "auto",
) -> BuildResult:
    """Check a publication, validate it, and write its dataset in all formats.

    The files are written into a folder beside the output, which then takes its place, so that a
    build killed at any moment leaves the old output whole.

    Args:
        publication: a loaded publication.
        out: the output folder; `dist` in the publication's folder by default.
        formats: names of the formats to write.
        engine: the validation engine.

    Returns:
        What was found and written. Nothing is written where a finding is an error.

    Raises:
        FormatError: there is no such format, or it cannot hold the dataset.
        OutputError: the output cannot be written.
    """
    wanted = [find_format(name) for name in formats]
    findings = publication.check(engine=engine)
    result = BuildResult(findings)
    if result.has_errors or publication.facts is None:
        return result
    result.counts = _counts(publication)
    contents = {
        f"dataset.{format_.extension}": publication.serialize(format_.name) for format_ in wanted
    }
    files = [(name, text.encode("utf-8")) for name, text in contents.items()]
    report = {
        "dataset": f"{publication.facts.publication.base}dataset",
        "counts": result.counts,
        "findings": [_portable(finding, publication.folder) for finding in findings],
        "files": [
            {"name": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in files
        ],
    }
    text = json.dumps(report, ensure_ascii=False, indent=2) + "\n"
    files.append(("report.json", text.encode("utf-8")))
    target = out if out is not None else publication.folder / "dist"
    replace_folder(target, files)
    result.files = [
        Written(target / name, len(data), hashlib.sha256(data).hexdigest()) for name, data in files
    ]
    return result


def _counts(publication: Publication) -> dict[str, int]:
    facts = publication.require_facts()
    dataset = publication.dataset()
    counts = {
        "claims": len(dataset.claims),
        "statements": len(facts.statements),
        "entities": len(facts.entities),
        "linked": sum(bool(e.link and e.link.qid) for e in facts.entities.values()),
        "quads": len(dataset),
    }
    coverage = publication.coverage
    if coverage is not None:
        counts["sentences"] = len(coverage.sentences)
        counts["uncovered sentences"] = sum(not s.is_covered for s in coverage.sentences)
    return counts


def _portable(finding: Finding, folder: Path) -> dict[str, Any]:
    """A finding for the report: its file named from the folder, so that any machine agrees."""
    data = finding.as_dict()
    if "file" in data:
        data["file"] = os.path.relpath(data["file"], folder).replace(os.sep, "/")
    return data


def replace_folder(target: Path, files: Sequence[tuple[str, bytes]]) -> None:
    """Put a folder with these files in the place of another, as one step.

    Args:
        target: the folder; what it held is gone afterwards.
        files: name and content of each file.

    Raises:
        OutputError: something cannot be written; the old folder still stands.
    """
    # One name, so that the next build clears away what a killed one left.
    aside = target.with_name(f".{target.name}.lod-new")
    try:
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(parents=True)
        for name, data in files:
            with (aside / name).open("wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
        swap_folders(aside, target)
    except OSError as error:
        raise OutputError(f"{target}: cannot be written: {error.strerror or error}") from None
    finally:
        shutil.rmtree(aside, ignore_errors=True)
