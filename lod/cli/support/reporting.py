"""Reports findings: as lines for people, as JSON, or as annotations of a pull request."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from lod.cli.support.terminal import Kind, emit, paint, say, tell, visible
from lod.counts import counted

if TYPE_CHECKING:
    from lod.diagnostics import Finding

#: By the value of a severity: what a line begins with, how it looks, what GitHub calls it.
_NAMES = {"error": "error", "warning": "warning", "info": "note"}
_KINDS: dict[str, Kind] = {"error": "error", "warning": "warning", "info": "info"}
_GITHUB = {"error": "error", "warning": "warning", "info": "notice"}
#: Code points of a long list that are written together, at least.
_TOGETHER = 1 << 20


def failed(findings: Sequence[Finding]) -> bool:
    """Whether a finding is an error or a warning."""
    return any(finding.severity != "info" for finding in findings)


def summary(findings: Sequence[Finding]) -> str:
    """How many findings there are of each severity, in words.

    >>> summary([])
    'no findings'
    """
    counts = Counter[str](finding.severity for finding in findings)
    parts = [
        counted(counts[severity], name) for severity, name in _NAMES.items() if counts[severity]
    ]
    return ", ".join(parts) or "no findings"


def text_lines(findings: Sequence[Finding], stream: TextIO) -> Iterator[str]:
    """The findings as compilers write them, so that editors and terminals find the place.

    Args:
        findings: what to report.
        stream: where it goes, which decides on colours.
    """
    for finding in findings:
        place = f"{finding.location}: " if finding.location else ""
        label = f"{finding.severity}[{finding.code}]:"
        yield (
            f"{paint(visible(place), 'strong', stream)}"
            f"{paint(label, _KINDS[finding.severity], stream)} {visible(finding.message)}"
        )
        if finding.claim and finding.claim not in finding.message:
            quote = f': "{finding.quote}"' if finding.quote else ""
            yield f"    claim {visible(finding.claim + quote)}"
        if finding.hint:
            first, *rest = visible(finding.hint).splitlines()
            yield f"    {paint('hint:', 'info', stream)} {first}"
            yield from (f"    {line}" for line in rest)


def _text(findings: Sequence[Finding], result: Mapping[str, Any]) -> str:
    return "".join(f"{line}\n" for line in text_lines(findings, sys.stdout))


def _json(findings: Sequence[Finding], result: Mapping[str, Any]) -> str:
    counts = Counter[str](finding.severity for finding in findings)
    data = {
        **result,
        "conforms": not counts["error"],
        "errors": counts["error"],
        "warnings": counts["warning"],
        "notes": counts["info"],
        "findings": [finding.as_dict() for finding in findings],
    }
    return json_text(data)


def _github(findings: Sequence[Finding], result: Mapping[str, Any]) -> str:
    """Workflow commands of GitHub Actions."""
    lines = []
    for finding in findings:
        where = {"title": finding.code}
        if finding.location:
            file, line, column = (
                finding.location.file,
                finding.location.line,
                finding.location.column,
            )
            where = {"file": file, "line": str(line), "col": str(column), **where}
        properties = ",".join(f"{key}={_escape(value, ':,')}" for key, value in where.items())
        message = finding.message + (f"\nhint: {finding.hint}" if finding.hint else "")
        lines.append(f"::{_GITHUB[finding.severity]} {properties}::{_escape(message)}\n")
    return "".join(lines)


def _escape(text: str, more: str = "") -> str:
    """What a workflow command cannot carry, percent-encoded."""
    for character in f"%\r\n{more}":
        text = text.replace(character, f"%{ord(character):02X}")
    return text


#: The forms of a report: each takes the findings and what else a command has to tell, and gives
#: the text to print.
REPORTERS: dict[str, Callable[[Sequence[Finding], Mapping[str, Any]], str]] = {
    "text": _text,
    "json": _json,
    "github": _github,
}


def report(findings: Sequence[Finding], form: str, result: Mapping[str, Any] | None = None) -> None:
    """Print findings to the standard output.

    Args:
        findings: what was found, in the order to print.
        form: a key of `REPORTERS`.
        result: what the JSON form says beside the findings.
    """
    text = REPORTERS[form](findings, result or {})
    if text:
        emit(text)


def tell_tables(folder: Path, written: Mapping[str, Any]) -> None:
    """Tell what tables hold, and what they could not hold as it is.

    Args:
        folder: where they stand.
        written: `TablesResult.as_dict`.
    """
    say(f"{folder}: " + ", ".join(f"{count:,} {name}" for name, count in written["rows"].items()))
    for one in written["keptOtherwise"]:
        cells = counted(one["cells"], "cell")
        tell(f"{one['table']}, {one['column']}: {cells}: {one['how']}")


def json_text(data: Any) -> str:
    """Data as JSON that people can read too."""
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def emit_json(
    data: Mapping[str, Any],
    name: str,
    items: Iterable[Any],
    rest: Callable[[], Mapping[str, Any]] = dict,
) -> None:
    """Write data of which one member is a long list, which is never held as a whole.

    The bytes are those of `json_text` with the list in the data. Nothing is written before the
    first portion of it is there, so that work that fails at its start writes no half of it.

    Args:
        data: what comes before the list.
        name: the key of the list.
        items: the members of the list.
        rest: gives what comes after it, once the last of its members was taken.
    """
    head = json.dumps(data, ensure_ascii=False, indent=2).removesuffix("}").rstrip("\n")
    parts = [f"{head}{',' if data else ''}\n  {json.dumps(name)}: ["]
    size, before = 0, "\n    "
    for item in items:
        text = json.dumps(item, ensure_ascii=False, indent=2).replace("\n", "\n    ")
        parts.append(before + text)
        size, before = size + len(text), ",\n    "
        if size > _TOGETHER:
            emit("".join(parts))
            parts, size = [], 0
    parts.append("\n  ]" if before[0] == "," else "]")
    if after := rest():
        parts.append("," + json.dumps(after, ensure_ascii=False, indent=2).removeprefix("{"))
    else:
        parts.append("\n}")
    emit("".join([*parts, "\n"]))
