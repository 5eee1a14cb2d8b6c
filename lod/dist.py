"""Builds a publication's `dist/`: all or nothing, the old one whole until the new one is."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from lod.diagnostics import Finding, Severity
from lod.errors import OutputError
from lod.patterns import lazy
from lod.profiles import Profile, find_profile, profiles
from lod.publication import Publication, load
from lod.store.files import replacing_folder
from lod.store.locks import locked
from lod.store.mounted import is_apart
from lod.tables.export import fill_folder
from lod.tables.forms import FORMS, TABLES, split
from lod.tables.write import TablesResult, check_output

#: The name of the report.
_REPORT = "report.json"
#: What builds of earlier versions wrote.
_DATASET = lazy(r"dataset\.\w+")


class Written(Struct, frozen=True):
    """A file that was written.

    Attributes:
        path: where it is.
        size: in bytes.
        sha256: hex digest of its bytes.
    """

    path: Path
    size: int
    sha256: str


class BuildResult(Struct):
    """What a build did.

    Attributes:
        file: the facts file, as it is named in findings.
        findings: everything that was found.
        counts: how many claims, entities, quads and so on there are.
        files: what was written; nothing where a finding is an error.
        tables: what was written of each form of tables that was asked for.
    """

    file: str
    findings: list[Finding]
    counts: dict[str, int] = field(default_factory=dict)
    files: list[Written] = field(default_factory=list)
    tables: dict[str, TablesResult] = field(default_factory=dict)

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
            **self._tables(),
        }

    def _tables(self) -> dict[str, Any]:
        return {TABLES: {form: one.as_dict() for form, one in self.tables.items()}}


def build(
    publication: Publication | str | os.PathLike[str],
    *,
    out: Path | None = None,
    formats: Sequence[str] = (),
    also: Sequence[str] = (),
    engine: str = "auto",
    wait: bool = False,
) -> BuildResult:
    """Check a publication, validate it, and write its dataset in all formats.

    The files are written into a folder beside the output, which then takes its place, so that a
    build killed at any moment leaves the old output whole. One build at a time is at work on a
    folder.

    Args:
        publication: a loaded publication; or its folder or facts file, which is read once no other
            build is at work, so that what it says now is what is written.
        out: the output folder; `dist` in the publication's folder by default. Where it is a
            symbolic link, the folder that this leads to.
        formats: names of the output profiles to write; where empty, those that are written
            by default: Turtle, JSON-LD, TriG and N-Quads.
        also: names of further profiles, and forms of tables ("csv", "tsv", "xlsx", "parquet"), each
            of which is a folder below `tables/`.
        engine: the validation engine.
        wait: whether to wait until another build of the folder is done.

    Returns:
        What was found and written. Nothing is written where a finding is an error.

    Raises:
        InputError: there is no such publication.
        FormatError: there is no such format, or it cannot hold the dataset.
        MissingExtraError: the package that writes a form of tables is not installed.
        BusyError: another build is at work on the folder.
        OutputError: the output cannot be written, or would replace what no build wrote.
    """
    more, forms = split(also)
    wanted = [*map(find_profile, formats)] or [one for one in profiles().values() if one.by_default]
    wanted += [one for one in map(find_profile, more) if one not in wanted]
    if isinstance(publication, Publication):
        folder = publication.folder
    else:
        path = Path(publication)
        folder = path if path.is_dir() else path.parent
        if not path.exists():
            publication = load(path)  # which says so, before a lock makes folders
    target = folder / "dist" if out is None else out
    with locked(target, "build", wait=wait) as place:
        _check_output(target)
        if not isinstance(publication, Publication):
            publication = load(publication)
        result = BuildResult(publication.file, publication.check(engine=engine))
        if result.has_errors or publication.facts is None:
            return result
        with replacing_folder(place) as aside:
            tables = [*_write_tables(publication, aside, forms, result)]
            result.files += [replace(one, path=target / one.path) for one in tables]
            for form, written in result.tables.items():
                result.tables[form] = written.at(target / TABLES / form)
            for name, content in make_files(publication, wanted, result, tables):
                with (aside / name).open("xb") as stream:
                    stream.writelines(content)
                    stream.flush()
                    os.fsync(stream.fileno())
                result.files.append(Written(target / name, content.size, content.sha256))
    return result


class Content:
    """The pieces of a file, to be read once.

    Attributes:
        size: how many bytes were read.
    """

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = pieces
        self._hash = hashlib.sha256()
        self.size = 0

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            self._hash.update(piece)
            self.size += len(piece)
            yield piece

    @property
    def sha256(self) -> str:
        """Hex digest of what was read."""
        return self._hash.hexdigest()


def _write_tables(
    publication: Publication, aside: Path, forms: Sequence[str], result: BuildResult
) -> Iterator[Written]:
    """Write tables, a folder for each form; each file with its path below `aside`."""
    for form in forms:
        folder = aside / TABLES / form
        folder.mkdir(parents=True)
        result.tables[form] = fill_folder(publication, folder, form)
        for path in sorted(folder.iterdir()):
            with path.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
                os.fsync(stream.fileno())
            yield Written(path.relative_to(aside), path.stat().st_size, digest)


def _check_output(folder: Path) -> None:
    """Refuse to replace a folder that holds more than the output of an earlier build."""
    for form in FORMS:
        check_output(folder / TABLES / form)
    try:
        names = [path.name for path in folder.iterdir()] if folder.exists() else []
        if TABLES in names:
            names += [path.name for path in (folder / TABLES).iterdir()]
    except OSError as error:
        raise OutputError(f"{folder}: {error.strerror or error}") from None
    ours = {_REPORT, TABLES, *FORMS, *(one.file_name for one in profiles().values())}
    if foreign := sorted(
        name
        for name in names
        if name not in ours and not is_apart(name) and not _DATASET.fullmatch(name)
    ):
        raise OutputError(
            f"{folder} would be replaced, but it holds what no build wrote: {foreign[0]}",
            hint="move that away, or name another folder with -o",
        )


def make_files(
    publication: Publication,
    wanted: Sequence[Profile],
    result: BuildResult,
    tables: Sequence[Written] = (),
) -> Iterator[tuple[str, Content]]:
    """Name and content of every file of the output, the report at last.

    The content is made piece by piece, and is to be read to its end before the next file: together
    they may be larger than all else.

    Args:
        publication: without errors.
        wanted: the profiles to write.
        result: what was found; gives the report its findings and takes the counts.
        tables: the files of tables that were written, for the report.
    """
    result.counts = _counts(publication)
    files = []
    for profile in wanted:
        name, content = profile.file_name, Content(profile.pieces(publication))
        yield name, content
        files.append({"name": name, "bytes": content.size, "sha256": content.sha256})
    files += [
        {"name": one.path.as_posix(), "bytes": one.size, "sha256": one.sha256} for one in tables
    ]
    report = {
        "dataset": f"{publication.require_facts().publication.base}dataset",
        "counts": result.counts,
        "findings": [_portable(finding, publication.folder) for finding in result.findings],
        "files": files,
    }
    text = json.dumps(report, ensure_ascii=False, indent=2) + "\n"
    yield _REPORT, Content([text.encode("utf-8")])


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
        counts |= {f"{name} not checked": n for name, n in coverage.unchecked.items()}
    for version in publication.versions:
        counts |= version.counts
    return counts


def _portable(finding: Finding, folder: Path) -> dict[str, Any]:
    """A finding for the report: its file named from the folder, so that any machine agrees."""
    data = finding.as_dict()
    if "file" in data:
        data["file"] = os.path.relpath(data["file"], folder).replace(os.sep, "/")
    return data
