"""What the building of a site did."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from lod.diagnostics import Finding

#: How many findings of a corpus are kept; the rest is counted.
MOST_FINDINGS = 1000


@dataclass(slots=True)
class SiteReport:
    """What the building of a site did.

    Attributes:
        pages: HTML files that were written in this run.
        files: all files that were.
        bytes: of these.
        publications: how many the site holds.
        built: how many of them were built in this run; the others had not changed.
        removed: how many are there no more.
        skipped: how many have errors, and are left out.
        seconds: how long it took.
        findings: what was found: of one publication everything, of a corpus the errors.
        findings_left_out: how many more there are.
        base: absolute IRI for which the site was made, "" where none was.
    """

    pages: int = 0
    files: int = 0
    bytes: int = 0
    publications: int = 0
    built: int = 0
    removed: int = 0
    skipped: int = 0
    seconds: float = 0.0
    findings: list[Finding] = field(default_factory=list)
    findings_left_out: int = 0
    base: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The report as plain JSON data."""
        return {
            "base": self.base,
            "publications": self.publications,
            "built": self.built,
            "removed": self.removed,
            "skipped": self.skipped,
            "pages": self.pages,
            "files": self.files,
            "bytes": self.bytes,
            "seconds": round(self.seconds, 3),
            "findings": [finding.as_dict() for finding in self.findings],
            "findings_left_out": self.findings_left_out,
        }
