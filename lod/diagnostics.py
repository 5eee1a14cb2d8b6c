"""Findings: what is wrong, where, what was expected and what to do about it.

A finding is a result, never an exception. Its code is stable and registered in `lod.codes`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path as FilePath
from typing import Any

from msgspec import Struct
from msgspec.structs import force_setattr, replace

from lod.bounds import MOST_SAID, bounded
from lod.codes import CODES
from lod.counts import counted

#: Where a value stands in a facts file: keys and list indexes from the root.
Path = tuple[str | int, ...]


class Severity(StrEnum):
    """How bad a finding is. Errors stop a build; warnings do not, but `lod check` exits 1."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Location(Struct, frozen=True, order=True):
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


class Finding(Struct, frozen=True):
    """One thing that is wrong or doubtful.

    Attributes:
        code: stable name of the kind of finding, a key of `lod.codes.CODES`.
        severity: error, warning or info.
        message: one sentence in plain words: what is there and what was expected. Of words of the
            facts that are longer than anybody reads, it and the hint have the ends, with … between.
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

    def __post_init__(self) -> None:
        for name in ("message", "hint"):
            if len(text := getattr(self, name) or "") > MOST_SAID:
                force_setattr(self, name, bounded(text))

    def as_dict(self) -> dict[str, Any]:
        """The finding as plain JSON data; keys that have no value are left out.

        A quote, an id or a key that is longer than anybody reads has its ends, with … between.
        """
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
                data[key] = bounded(value)
        if self.path:
            data["path"] = [bounded(key) if isinstance(key, str) else key for key in self.path]
        return data

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], root: FilePath) -> Finding:
        """The finding that `as_dict` gave.

        Args:
            data: plain JSON data; where it says no line or column, the first one is meant.
            root: the folder from which its file is named.
        """
        return cls(
            data["code"],
            Severity(data["severity"]),
            data["message"],
            data.get("hint"),
            tuple(data.get("path", ())),
            Location(str(root / data["file"]), data.get("line", 1), data.get("column", 1)),
            data.get("claim"),
            data.get("quote"),
        )

    def _repr_html_(self) -> str:
        return FindingList([self])._repr_html_()


class FindingList(list[Finding]):
    """Findings in the order of the file; a notebook shows them as a table."""

    def _repr_html_(self) -> str:
        from lod.notebook import html_table

        if not self:
            return html_table("No findings", (), ())
        counts = Counter(str(one.severity) for one in self)
        said = [counted(number, name) for name, number in counts.items()]
        columns = ("severity", "code", "at", "message", "hint", "claim")
        rows = (
            (one.severity.value, one.code, one.location, one.message, one.hint, one.claim)
            for one in self
        )
        return html_table(f"Findings: {', '.join(said)}", columns, rows, len(self))


class Allowance(Struct, frozen=True):
    """Why a finding is overruled, and for which value.

    Attributes:
        reason: why the facts are right.
        values: what the facts have there; None where no value is named, and any is meant.
        path: where in the facts it stands.
    """

    reason: str
    values: tuple[str, ...] | None
    path: Path


#: What the facts overrule: the code of a finding to its allowances.
Allow = Mapping[str, tuple[Allowance, ...]]


def allow_form(code: str, value: tuple[str, ...] = ()) -> str:
    """How `allow:` is written for a finding.

    Args:
        code: the code of the finding.
        value: the value that it is about, as the facts have it; () where it is about none.

    >>> allow_form("polarity-mismatch")
    'allow: {polarity-mismatch: reason}'
    >>> allow_form("value-not-in-quote", ("2.8 billion USD",))
    'allow: {value-not-in-quote: {value: 2.8 billion USD, reason: …}}'
    """
    if not CODES[code].has_value:
        return f"allow: {{{code}: reason}}"
    words = [_flow_scalar(word) for word in value] or ["…"]
    shown = words[0] if len(words) == 1 else f"[{', '.join(words)}]"
    return f"allow: {{{code}: {{value: {shown}, reason: …}}}}"


def _flow_scalar(text: str) -> str:
    """Text as it may stand inside `{…}` of YAML, in quotation marks where it needs them."""
    plain = (
        text == text.strip()
        and not set(text) & set(",:[]{}#\n\"'\\")
        and text[:1] not in tuple("-?&*!|>%@`")
    )
    return text if plain else json.dumps(text, ensure_ascii=False)


class Findings:
    """Collects findings while a publication is read and checked.

    Args:
        locate: gives the location of a path in the facts file; asked once a finding is added.
    """

    __slots__ = ("_findings", "_unbound", "locate")

    def __init__(self, locate: Callable[[Path], Location | None] | None = None) -> None:
        self._findings: list[Finding] = []
        self._unbound: dict[Path, tuple[str, tuple[str, ...]]] = {}
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
        allow: Allow | None = None,
        value: tuple[str, ...] = (),
    ) -> None:
        """Add one finding, unless `allow` overrules its code for its value.

        Args:
            code: a key of `lod.codes.CODES`; it decides the severity.
            message: what is there and what was expected.
            path: where in the facts; the location is looked up from it.
            hint: what to do.
            location: where, if not in the facts file (the text, for example).
            claim: id of the claim.
            quote: the claim's quote.
            allow: what the facts overrule.
            value: the value that it is about, as the facts have it; () where it is about none.

        Raises:
            KeyError: the code is not registered.
        """
        severity = Severity(CODES[code].severity)
        if self.is_allowed(code, allow, value):
            return
        if location is None and self.locate is not None:
            location = self.locate(path)
        self._findings.append(Finding(code, severity, message, hint, path, location, claim, quote))

    def is_allowed(self, code: str, allow: Allow | None, value: tuple[str, ...]) -> bool:
        """Whether the facts overrule a finding.

        Args:
            code: its code.
            allow: what the facts overrule.
            value: the value that it is about, as the facts have it; () where it is about none.
        """
        for allowance in () if allow is None else allow.get(code, ()):
            if allowance.values is None:
                if CODES[code].has_value:
                    self._unbound[allowance.path] = code, value
                return True
            if value == allowance.values or (len(value) == 1 and value[0] in allowance.values):
                return True
        return False

    def expect_value(self, code: str, path: Path) -> None:
        """Note an `allow:` that names no value, though its code is about one."""
        self._unbound.setdefault(path, (code, ()))

    def add_unbound(self) -> None:
        """Add a warning for each `allow:` that names no value, with the form that names it."""
        for path, (code, value) in self._unbound.items():
            self.add(
                "allow-unbound",
                f"this allows {code} whatever the value becomes",
                path=path,
                hint=f"name the value that is right: {allow_form(code, value)}",
            )
        self._unbound.clear()

    def extend(self, findings: Iterable[Finding]) -> None:
        """Add findings made elsewhere; those without a location get that of their path."""
        for finding in findings:
            if finding.location is None and self.locate is not None:
                located = replace(finding, location=self.locate(finding.path))
                self._findings.append(located)
            else:
                self._findings.append(finding)

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(one.severity is Severity.ERROR for one in self._findings)

    @property
    def has_errors(self) -> bool:
        """Whether any finding is an error."""
        return any(finding.severity is Severity.ERROR for finding in self._findings)

    def sorted(self) -> FindingList:
        """The findings by file, line and column, those without a location first."""
        return FindingList(
            sorted(
                self._findings,
                key=lambda f: (f.location is not None, f.location or Location("", 0, 0), f.code),
            )
        )

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._findings)

    def __len__(self) -> int:
        return len(self._findings)
