"""Validation of a folder that a build wrote."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from lod.errors import InputError
from lod.rdf.terms import literal
from lod.sources.outside import read_json
from lod.store.locks import is_inside
from lod.validation.checks.data import CHECKS
from lod.validation.report import VIOLATION, ValidationReport, ValidationResult
from lod.validation.validate import validate_files

REPORT = "report.json"
#: Files of a dataset, the one that says most first: of several one is validated.
_FILES = ("trig", "nq", "jsonld", "ttl", "nt", "rdf")


def validate_folder(
    folder: str | Path,
    shapes: Iterable[str | Path] | None = None,
    *,
    engine: str = "auto",
    text: str | Path | Iterable[str | Path] | None = None,
) -> ValidationReport:
    """Validate the output of a build.

    The fullest file of the dataset is validated; every file is held against its hash in
    `report.json`, since a claim that is gone leaves valid data. The text is, where it is not
    given, what `find_texts` finds; where that is none the words are held against each other alone.

    Args:
        folder: what `lod build` wrote.
        shapes: as for `validate_files`.
        engine: as for `validate_files`.
        text: file of the text, or files of its versions; found by their hashes where None.

    Raises:
        InputError: there is no `report.json` or no dataset in it.
        FormatError: a file is malformed.
    """
    folder = Path(folder)
    report = _report(folder)
    found = list(_changed(folder, report))
    file = _fullest(folder)
    if file is None:
        raise InputError(f"{folder} has no dataset.", hint="lod build writes one.")
    results = validate_files([file], shapes, engine=engine, text=text or find_texts(folder))
    together = sorted({*results.results, *found}, key=lambda result: result.sort_key)
    return replace(results, results=tuple(together))


def _report(folder: Path) -> dict[str, Any]:
    file = folder / REPORT
    if not file.exists():
        built = folder / "dist"
        raise InputError(
            f"{folder} is no output of a build: it has no {REPORT}.",
            hint=f"lod validate {built}"
            if (built / REPORT).is_file()
            else "lod build writes one; lod check looks at facts",
        )
    data = read_json(file)
    files = data.get("files") if isinstance(data, dict) else None
    if not isinstance(files, list) or not all(isinstance(one, dict) for one in files):
        raise InputError(f"{file} is no report of a build: it names no files.")
    return dict(data)


def _changed(folder: Path, report: dict[str, Any]) -> Iterable[ValidationResult]:
    """The files that are not as the build wrote them."""
    hashes = {str(one.get("name")): one.get("sha256") for one in report["files"]}
    for name, digest in hashes.items():
        path = folder / name
        # A name from a file does not lead out of the folder.
        if not is_inside(path, folder) or not path.is_file():
            yield _result(name, "The file that the build wrote is gone.")
        elif hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            yield _result(name, "The file is not as the build wrote it: its hash differs.")
    for path in sorted((*folder.glob("dataset.*"), *folder.glob("tables/*/*"))):
        name = path.relative_to(folder).as_posix()
        if name not in hashes:
            yield _result(name, "The build did not write the file.")


def _result(name: str, message: str) -> ValidationResult:
    check = f"{CHECKS}Files"
    return ValidationResult(literal(name), None, None, message, VIOLATION, check, check)


def _fullest(folder: Path) -> Path | None:
    files = (folder / f"dataset.{extension}" for extension in _FILES)
    return next(filter(Path.is_file, files), None)


def find_texts(folder: str | Path) -> list[Path]:
    """The texts of a dataset: the `.txt` files whose hashes it has.

    Args:
        folder: what `lod build` or `lod release` wrote; the texts lie beside it, or in it.
    """
    folder = Path(folder)
    file = _fullest(folder)
    data = b"" if file is None else file.read_bytes()
    found = []
    for path in sorted((*folder.absolute().parent.glob("*.txt"), *folder.glob("*.txt"))):
        raw = path.read_bytes()
        forms = {raw, raw.removeprefix(b"\xef\xbb\xbf")}
        if any(hashlib.sha256(one).hexdigest().encode() in data for one in forms):
            found.append(path)
    return found
