"""What a build of a corpus did: the totals, the report and the manifest."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Any

from lod.corpus.items import Item
from lod.corpus.layout import MANIFEST, REPORT, SHARDS
from lod.corpus.publication_files import folder_name
from lod.corpus.shards import Entry, Plan, Shard
from lod.version import __version__


@dataclass(slots=True)
class CorpusResult:
    """What a build of a corpus did.

    Attributes:
        publications: how many were found.
        broken: how many have errors, and are left out.
        built: how many were built in this run, and not taken over from an earlier one.
        claims: in all shards.
        quads: in all shards.
        shards: how many files there are.
        bytes: of all of them.
        duplicates: how many publications have the base IRI of one before them.
        findings: errors and warnings, counted by code.
    """

    publications: int = 0
    broken: int = 0
    built: int = 0
    claims: int = 0
    quads: int = 0
    shards: int = 0
    bytes: int = 0
    duplicates: int = 0
    findings: dict[str, int] = field(default_factory=dict)

    @property
    def is_fine(self) -> bool:
        """Whether every publication is in the output, under names of its own."""
        return not self.broken and not self.duplicates

    def as_dict(self) -> dict[str, Any]:
        """The totals as plain JSON data."""
        return {**asdict(self), "findings": dict(sorted(self.findings.items()))}


class Gathering:
    """Takes the shards in the order of the corpus, and writes the report and the manifest.

    Both are written aside; `finish` puts them in place.

    Args:
        plan: how the corpus is built.
    """

    def __init__(self, plan: Plan) -> None:
        self.result = CorpusResult()
        self.names: set[str] = set()
        self._plan = plan
        self._open = ExitStack()
        out = plan.out
        self._files = {name: out / f".{name}.part" for name in (REPORT, MANIFEST)}
        self._report, self._manifest = (
            self._open.enter_context(
                # Names of files need not be UTF-8.
                file.open("w", encoding="utf-8", errors="backslashreplace", newline="\n")
            )
            for file in self._files.values()
        )
        self._manifest.write('{\n  "shards": [')
        # On disk, so that memory does not grow with the corpus.
        self._seen = sqlite3.connect("", isolation_level=None)
        self._seen.execute("PRAGMA journal_mode=OFF")
        self._seen.execute("CREATE TABLE seen (name BLOB PRIMARY KEY, key TEXT) WITHOUT ROWID")

    def __enter__(self) -> Gathering:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._open.close()
        self._seen.close()
        for file in self._files.values():
            file.unlink(missing_ok=True)

    def add(self, items: Sequence[Item], shard: Shard) -> list[bool]:
        """Take the next shard.

        Args:
            items: its publications.
            shard: the shard.

        Returns:
            For each publication, whether it is published as the first of its base IRI.
        """
        result = self.result
        result.built += shard.built
        # Two runs of the same publications are one file.
        if shard.name not in self.names:
            self._manifest.write("," if self.names else "")
            self._manifest.write("\n    " + json.dumps(_describe(shard)))
            self.names.add(shard.name)
            result.shards += 1
            result.bytes += shard.size
            result.claims += sum(entry.claims for entry in shard.entries)
            result.quads += sum(entry.quads for entry in shard.entries)
        firsts = []
        for item, entry in zip(items, shard.entries, strict=True):
            result.publications += 1
            result.broken += not entry.published
            findings = entry.findings
            first = None
            if entry.published and entry.base is not None:
                first = self._first(entry.base, item.key)
                if first is not None:
                    result.duplicates += 1
                    findings = [*findings, _duplicate(entry.base, first)]
            firsts.append(entry.published and first is None)
            if findings:
                self._write(item, entry, findings)
        return firsts

    def is_published(self, folder: str) -> bool:
        """Whether the folder of files is that of a publication that was taken."""
        row = self._seen.execute("SELECT 1 FROM seen WHERE name = ?", (_hash(folder),)).fetchone()
        return row is not None

    def finish(self) -> None:
        """Put the report and then the manifest in place."""
        plan = self._plan
        about = {
            "version": __version__,
            "environment": plan.environment,
            "compression": plan.compression,
            "also": list(plan.also),
            **self.result.as_dict(),
        }
        # What was taken over differs from run to run; the manifest does not.
        del about["built"], about["shards"]
        self._manifest.write("\n  ],\n" + json.dumps(about, indent=2)[2:] + "\n")
        self._open.close()
        for name, file in self._files.items():
            file.replace(plan.out / name)

    def _first(self, base: str, key: str) -> str | None:
        """The key of the publication that had the base IRI before, or None."""
        name = _hash(folder_name(base))
        added = self._seen.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (name, key))
        if added.rowcount:
            return None
        row = self._seen.execute("SELECT key FROM seen WHERE name = ?", (name,)).fetchone()
        return str(row[0])

    def _write(self, item: Item, entry: Entry, findings: list[dict[str, Any]]) -> None:
        counts = self.result.findings
        for finding in findings:
            counts[finding["code"]] = counts.get(finding["code"], 0) + 1
        line = {
            "publication": item.key,
            "published": entry.published,
            "findings": [_placed(finding, item) for finding in findings],
        }
        self._report.write(json.dumps(line, ensure_ascii=False) + "\n")


def _hash(name: str) -> bytes:
    return hashlib.blake2b(name.encode(), digest_size=16).digest()


def _describe(shard: Shard) -> dict[str, Any]:
    return {
        "file": f"{SHARDS}/{shard.name}",
        "bytes": shard.size,
        "sha256": shard.sha256,
        "publications": sum(entry.published for entry in shard.entries),
        "claims": sum(entry.claims for entry in shard.entries),
        "quads": sum(entry.quads for entry in shard.entries),
    }


def _duplicate(base: str, first: str) -> dict[str, Any]:
    return {
        "code": "duplicate-base",
        "severity": "warning",
        "message": f"the base IRI {base} is that of {first} too: what both say is mixed up",
        "hint": "give every publication a base IRI of its own",
    }


def _placed(finding: dict[str, Any], item: Item) -> dict[str, Any]:
    """A finding with its place in the corpus: the file, named from the corpus, and the line."""
    placed = {key: finding[key] for key in ("code", "severity")}
    file = finding.get("file")
    if not item.line:
        placed["file"] = str(PurePosixPath(item.key, file or ""))
        placed |= {key: finding[key] for key in ("line", "column") if key in finding}
    elif file is not None:  # a file that the publication names, beside the JSON Lines
        placed["file"] = str(PurePosixPath(item.key).parent / Path(file).as_posix())
        placed |= {key: finding[key] for key in ("line", "column") if key in finding}
    else:
        placed["file"] = item.key.rpartition(":")[0]
        placed["line"] = item.line
        placed["column"] = finding.get("column", 1)
    return placed | {key: value for key, value in finding.items() if key not in placed}
