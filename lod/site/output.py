"""The folder of a site: what marks it as ours, and how files get into it."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from io import FileIO
from pathlib import Path
from typing import BinaryIO, Literal

from lod.errors import InputError, OutputError
from lod.site.files import Download, SiteFile, StreamedFile

#: Says that a folder is a site of ours, and of which kind.
MARKER = ".lod-site.json"
#: Whether the site is built whole each time, or publication by publication.
Kind = Literal["publication", "corpus"]

_DATA = {
    ".ttl": "text/turtle",
    ".jsonld": "application/ld+json",
    ".trig": "application/trig",
    ".nq": "application/n-quads",
    ".nt": "application/n-triples",
    ".rdf": "application/rdf+xml",
}


def kind_of(folder: Path) -> Kind | None:
    """The kind of the site in a folder; None where there is none of ours."""
    try:
        kind = json.loads((folder / MARKER).read_bytes())["kind"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return kind if kind in ("publication", "corpus") else None


def write_marker(folder: Path, kind: Kind) -> None:
    """Mark a folder as a site of ours."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARKER).write_text(json.dumps({"kind": kind}) + "\n", "utf-8")


def check_output(source: Path, out: Path) -> None:
    """Refuse to write where something else stands.

    Args:
        source: the publication or corpus.
        out: the folder of the site.

    Raises:
        OutputError: the folder holds something else, is a file, or holds the source.
    """
    if source.resolve().is_relative_to(out.resolve()):
        raise OutputError(
            f"{out}: {source} stands there itself", hint="name another folder for the site"
        )
    if out.exists() and not out.is_dir():
        raise OutputError(f"{out}: not a folder", hint="name another folder for the site")
    try:
        first = min((path.name for path in out.iterdir()), default=None) if out.exists() else None
    except OSError as error:
        raise OutputError(f"{out}: {error.strerror or error}") from None
    if first is not None and kind_of(out) is None:
        raise OutputError(
            f"{out} would be replaced, but it is no site of lod: it holds {first}",
            hint="move that away, or name another folder with -o",
        )


@dataclass(slots=True)
class Written:
    """What was written.

    Attributes:
        files: how many.
        pages: how many of them are pages.
        bytes: of all.
        downloads: the data files of whole publications.
        names: the paths, where they are asked for.
    """

    files: int = 0
    pages: int = 0
    bytes: int = 0
    downloads: list[Download] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    def add(self, other: Written) -> None:
        """Count what another one counted too."""
        self.files += other.files
        self.pages += other.pages
        self.bytes += other.bytes


class Writer:
    """Writes files below a folder, each path once.

    Args:
        root: the folder; made where it is missing.
        keep_names: whether to note the paths.
    """

    def __init__(self, root: Path, *, keep_names: bool = False) -> None:
        self.written = Written()
        self._root = os.fspath(root)
        self._folders: set[str] = set()
        self._keep_names = keep_names

    def write(self, file: SiteFile | StreamedFile, below: str = "") -> None:
        """Write one file.

        Args:
            file: the file.
            below: how its path begins, which is left out.

        Raises:
            InputError: its path leaves the site, or is taken.
            OSError: it cannot be written.
        """
        path = check_path(file.path).removeprefix(below)
        folder, _, name = path.rpartition("/")
        if folder not in self._folders:
            os.makedirs(f"{self._root}/{folder}", exist_ok=True)  # noqa: PTH103 - half the time
            self._folders.add(folder)
        try:
            with open(f"{self._root}/{path}", "xb", buffering=0) as stream:  # noqa: PTH123 - likewise
                if isinstance(file, SiteFile):
                    stream.write(file.content)
                    size = len(file.content)
                else:
                    size, _ = copy_parts(file, stream)
        except FileExistsError:
            raise InputError(f"two things of the publication would be written to {path}") from None
        written = self.written
        written.files += 1
        written.pages += name.endswith(".html")
        written.bytes += size
        if self._keep_names:
            written.names.append(file.path)
        if isinstance(file, SiteFile):
            self._note_download(file, name)

    def _note_download(self, file: SiteFile, name: str) -> None:
        stem, dot, ending = name.rpartition(".")
        media_type = _DATA.get(dot + ending)
        if stem == "dataset" and media_type is not None:
            digest = hashlib.sha256(file.content).hexdigest()
            download = Download(file.path, media_type, len(file.content), digest)
            self.written.downloads.append(download)


def copy_parts(file: StreamedFile, stream: BinaryIO | FileIO) -> tuple[int, bytes]:
    """Write a file part by part.

    Returns:
        Its size in bytes, and its digest (BLAKE2b, 16 bytes).
    """
    size, digest = 0, hashlib.blake2b(digest_size=16)
    for part in file.parts:
        stream.write(part)
        digest.update(part)
        size += len(part)
    return size, digest.digest()


def check_path(path: str) -> str:
    r"""The path, if it stays in the site.

    Raises:
        InputError: it does not.

    >>> check_path("entity/putin.html")
    'entity/putin.html'
    >>> check_path("../x")
    Traceback (most recent call last):
        ...
    lod.errors.InputError: "../x" is no path of a site
    """
    segments = path.split("/")
    if "\\" in path or "\0" in path or any(part in ("", ".", "..") for part in segments):
        raise InputError(f'"{path}" is no path of a site')
    if any(len(os.fsencode(part)) > 255 for part in segments):
        raise InputError(f"a file of the site would have too long a name: {path[:80]}…")
    return path


def asset_files(own: Path | None) -> Iterable[SiteFile]:
    """Style sheets and scripts; those in `assets/` of the user's templates take their place."""
    found: dict[str, Path] = {}
    for folder in (Path(__file__).parent / "assets", own / "assets" if own is not None else None):
        if folder is not None and folder.is_dir():
            for path in sorted(folder.rglob("*")):
                if path.is_file():
                    found[path.relative_to(folder).as_posix()] = path
    for name, path in sorted(found.items()):
        try:
            yield SiteFile(f"assets/{name}", path.read_bytes())
        except OSError as error:
            raise InputError(f"{path}: {error.strerror or error}") from None
