"""What a site is made of, and the folder that its files get into."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterable
from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

from msgspec import Struct, field

from lod.errors import InputError, OutputError
from lod.pages.render import ASSETS
from lod.store.locks import is_inside, resolved
from lod.store.mounted import is_apart

if TYPE_CHECKING:
    pass


class Download(Struct, frozen=True):
    """A file of data that is offered for download.

    Attributes:
        path: from the root of the site.
        profile: name of the output profile that it is in.
        media_type: without parameters.
        size: bytes.
        sha256: hex digest.
    """

    path: str
    profile: str
    media_type: str
    size: int
    sha256: str


class SiteFile(Struct, frozen=True):
    """One file of a site.

    Attributes:
        path: from the root of the site, with "/".
        content: its bytes.
        listed: whether it is a page that the sitemap lists.
        download: what it is as a data file of a whole publication, or None.
    """

    path: str
    content: bytes
    listed: bool = False
    download: Download | None = None


class StreamedFile(Struct, frozen=True):
    """One file of a whole site that grows with it, and so is never held in memory.

    Attributes:
        path: from the root of the site, with "/".
        parts: its bytes, one part after the other; read once.
    """

    path: str
    parts: Iterable[bytes]


class Planned(Struct, frozen=True):
    """A page of a whole site that is made only where what it is made of has changed.

    Attributes:
        path: from the root of the site, with "/".
        made_of: what tells that, beside the options and the templates of the site.
        make: makes it.
    """

    path: str
    made_of: bytes
    make: Callable[[], SiteFile]


class PublicationSummary(Struct, frozen=True):
    """What the pages and files of the whole site say of one publication; plain data.

    Attributes:
        base: its base IRI.
        folder: where it stands in the site, "" or ending with "/".
        titles: of the data, language tag to title.
        descriptions: language tag to description.
        document_title: of the text, or None.
        language: of the text.
        authors: labels of its authors.
        published_in: label of the newspaper or site, or None.
        published: xsd:date of the text, or None.
        modified: xsd:date of the last change of the data, or None.
        version: of the data, or None.
        license: IRI.
        publisher: name and IRI or None.
        creators: the same of those who extracted the facts.
        keywords: words that describe the data.
        counts: "claims", "statements", "entities", "linked", "quads", "sentences" and the like.
        items: QID of each linked item to the label that the publication gives it.
        classes: IRI of each class in use to the number of its members.
        properties: IRI of each predicate in use to the number of its triples.
        downloads: the data files of the publication.
        covers: times, places and what is measured, as members of a schema.org `Dataset`.
        releases: date and version of each release, the first one first.
        uses: IRI of each term of ours to the number of claims or entities that use it.
    """

    base: str
    folder: str
    titles: dict[str, str]
    descriptions: dict[str, str]
    document_title: str | None
    language: str
    authors: tuple[str, ...]
    published_in: str | None
    published: str | None
    modified: str | None
    version: str | None
    license: str
    publisher: tuple[str, str | None]
    creators: tuple[tuple[str, str | None], ...]
    keywords: tuple[str, ...]
    counts: dict[str, int]
    items: dict[str, str] = field(default_factory=dict)
    classes: dict[str, int] = field(default_factory=dict)
    properties: dict[str, int] = field(default_factory=dict)
    downloads: tuple[Download, ...] = ()
    covers: dict[str, Any] = field(default_factory=dict)
    releases: tuple[tuple[str, str], ...] = ()
    uses: dict[str, int] = field(default_factory=dict)


#: Words and values for a template.
Values = dict[str, Any]


#: Says that a folder is a site of ours, and of which kind.
MARKER = ".lod-site.json"
#: Whether the site is built whole each time, or publication by publication.
Kind = Literal["publication", "corpus"]


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
    if is_inside(source, resolved(out)):
        raise OutputError(
            f"{out}: {source} stands there itself", hint="name another folder for the site"
        )
    if out.exists() and not out.is_dir():
        raise OutputError(f"{out}: not a folder", hint="name another folder for the site")
    try:
        names = [path.name for path in out.iterdir()] if out.exists() else []
    except OSError as error:
        raise OutputError(f"{out}: {error.strerror or error}") from None
    foreign = [name for name in names if not is_apart(name)]
    if foreign and kind_of(out) is None:
        raise OutputError(
            f"{out} would be replaced, but it is no site of lod: it holds {min(foreign)}",
            hint="move that away, or name another folder with -o",
        )


class Written(Struct):
    """What was written.

    Attributes:
        files: how many.
        pages: how many of them are pages.
        bytes: of all.
        downloads: the data files of whole publications.
    """

    files: int = 0
    pages: int = 0
    bytes: int = 0
    downloads: list[Download] = field(default_factory=list)

    def add(self, other: Written) -> None:
        """Count what another one counted too."""
        self.files += other.files
        self.pages += other.pages
        self.bytes += other.bytes


class Writer:
    """Writes files below a folder, each path once.

    Args:
        root: the folder; made where it is missing.
    """

    def __init__(self, root: Path) -> None:
        self.written = Written()
        self._root = os.fspath(root)
        self._folders: set[str] = set()

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
        if isinstance(file, SiteFile) and file.download is not None:
            written.downloads.append(file.download)


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


#: What a style sheet of ours has for those who read it, and what browsers do without.
_FOR_READERS = re.compile(rb"/\*.*?\*/\s*|(?<=\n)[ \n]+", re.DOTALL)


def _compact(css: bytes) -> bytes:
    """A style sheet of ours without comments, indents and empty lines: a page waits for it."""
    return _FOR_READERS.sub(b"", css)


def asset_files(own: Path | None) -> Iterable[SiteFile]:
    """Style sheets and scripts; those in `assets/` of the user's templates take their place."""
    found: dict[str, Path] = {}
    for folder in (ASSETS, own / "assets" if own is not None else None):
        if folder is not None and folder.is_dir():
            for path in sorted(folder.rglob("*")):
                if path.is_file():
                    found[path.relative_to(folder).as_posix()] = path
    for name, path in sorted(found.items()):
        try:
            content = path.read_bytes()
            if name.endswith(".css") and path.is_relative_to(ASSETS):
                content = _compact(content)
            yield SiteFile(f"assets/{name}", content)
        except OSError as error:
            raise InputError(f"{path}: {error.strerror or error}") from None
