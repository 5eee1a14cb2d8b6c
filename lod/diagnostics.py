"""Findings: what is wrong, where, what was expected and what to do about it.

A finding is a result, never an exception. Its code is stable and registered in `lod.codes`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from lod.codes import CODES

#: Where a value stands in a facts file: keys and list indexes from the root.
Path = tuple[str | int, ...]


class Severity(StrEnum):
    """How bad a finding is. Errors stop a build; warnings do not, but `lod check` exits 1."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file.

    Attributes:
        file: the path as the user gave it.
        line: counted from 1.
        column: counted from 1, in code points.
    """

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong or doubtful.

    Attributes:
        code: stable name of the kind of finding, a key of `lod.codes.CODES`.
        severity: error, warning or info.
        message: one sentence in plain words: what is there and what was expected.
        hint: what to do about it, or None.
        path: where in the facts the value stands; () for the whole file.
        location: file, line and column; filled from `path` when the findings are collected.
        claim: id of the claim that it is about, or None.
        quote: the claim's quote, or None.
    """

    code: str
    severity: Severity
    message: str
    hint: str | None = None
    path: Path = ()
    location: Location | None = None
    claim: str | None = None
    quote: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """The finding as plain JSON data; keys that have no value are left out."""
        data: dict[str, Any] = {"code": self.code, "severity": str(self.severity)}
        if self.location:
            data |= {
                "file": self.location.file,
                "line": self.location.line,
                "column": self.location.column,
            }
        data["message"] = self.message
        for key in ("hint", "claim", "quote"):
            if (value := getattr(self, key)) is not None:
                data[key] = value
        if self.path:
            data["path"] = list(self.path)
        return data


class Findings:
    """Collects findings while a publication is read and checked.

    Args:
        locate: gives the location of a path in the facts file; asked once a finding is added.
    """

    __slots__ = ("_findings", "locate")

    def __init__(self, locate: Callable[[Path], Location | None] | None = None) -> None:
        self._findings: list[Finding] = []
        self.locate = locate

    def add(
        self,
        code: str,
        message: str,
        *,
        path: Path = (),
        hint: str | None = None,
        location: Location | None = None,
        claim: str | None = None,
        quote: str | None = None,
        allow: Mapping[str, str] | None = None,
    ) -> None:
        """Add one finding, unless `allow` (code: reason) overrules its code.

        Args:
            code: a key of `lod.codes.CODES`; it decides the severity.
            message: what is there and what was expected.
            path: where in the facts; the location is looked up from it.
            hint: what to do.
            location: where, if not in the facts file (the text, for example).
            claim: id of the claim.
            quote: the claim's quote.
            allow: what the facts overrule, code to reason.

        Raises:
            KeyError: the code is not registered.
        """
        severity = Severity(CODES[code].severity)
        if allow is not None and code in allow:
            return
        if location is None and self.locate is not None:
            location = self.locate(path)
        self._findings.append(Finding(code, severity, message, hint, path, location, claim, quote))

    def extend(self, findings: Iterable[Finding]) -> None:
        """Add findings made elsewhere; those without a location get that of their path."""
        for finding in findings:
            if finding.location is None and self.locate is not None:
                located = replace(finding, location=self.locate(finding.path))
                self._findings.append(located)
            else:
                self._findings.append(finding)

    @property
    def has_errors(self) -> bool:
        """Whether any finding is an error."""
        return any(finding.severity is Severity.ERROR for finding in self._findings)

    def sorted(self) -> list[Finding]:
        """The findings by file, line and column, those without a location first."""
        return sorted(
            self._findings,
            key=lambda f: (f.location is not None, f.location or Location("", 0, 0), f.code),
        )

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._findings)

    def __len__(self) -> int:
        return len(self._findings)
