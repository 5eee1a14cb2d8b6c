"""The releases of a publication: where they stand, in which order they came, what they say."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from msgspec import Struct

from lod.errors import InputError
from lod.history.change import Level
from lod.history.snapshot import Snapshot, of_file
from lod.patterns import lazy

#: The folder of the releases of a publication, and what a release says of itself.
RELEASES, RELEASE = "releases", "release.json"
#: The data and the text of a release.
DATA, TEXT = "dataset.nq", "text.txt"
# Semantic Versioning 2.0.0: a number, and what may follow it.
_VERSION = lazy(
    r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)"
    r"(?:-((?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)"
    r"(?:\.(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*))*))?(?:\+[0-9A-Za-z.-]+)?"
)


def is_version(name: str) -> bool:
    """Whether a name is that of a version (Semantic Versioning 2.0.0, section 2).

    >>> is_version("1.2.0-rc.1"), is_version("1.2")
    (True, False)
    """
    return _VERSION.fullmatch(name) is not None


def order_of(version: str) -> tuple[Any, ...]:
    """What versions are sorted by (Semantic Versioning 2.0.0, section 11).

    Raises:
        ValueError: it is none.

    >>> names = ["1.10.0", "1.2.0", "2.0.0-rc.2", "2.0.0", "2.0.0-rc.10"]
    >>> sorted(names, key=order_of)
    ['1.2.0', '1.10.0', '2.0.0-rc.2', '2.0.0-rc.10', '2.0.0']
    """
    match = _VERSION.fullmatch(version)
    if match is None:
        raise ValueError(f"{version!r} is no version")
    *numbers, before = match.groups()
    parts = tuple(
        (0, int(part), "") if part.isdigit() else (1, 0, part)
        for part in (before.split(".") if before else ())
    )
    return (*map(int, numbers), not parts, parts)


def next_version(version: str, level: Level) -> str:
    """The version that follows by rule (Semantic Versioning 2.0.0, sections 4 and 6 to 8).

    Below 1.0.0 nothing is promised yet: what would be major is minor, and the rest is patch. What
    goes before a version (section 9) is followed by that one where its number says enough.

    Args:
        version: the one before.
        level: what changed.

    >>> next_version("1.4.2", Level.MAJOR), next_version("1.4.2", Level.MINOR)
    ('2.0.0', '1.5.0')
    >>> next_version("0.4.2", Level.MAJOR), next_version("0.4.2", Level.MINOR)
    ('0.5.0', '0.4.3')
    >>> next_version("2.0.0-rc.1", Level.MAJOR), next_version("1.5.0-rc.1", Level.MAJOR)
    ('2.0.0', '2.0.0')
    """
    major, minor, patch, is_final, _ = order_of(version)
    if level is Level.MAJOR and major:
        return f"{major + (is_final or bool(minor or patch))}.0.0"
    if level is (Level.MINOR if major else Level.MAJOR):
        return f"{major}.{minor + (is_final or bool(patch))}.0"
    return f"{major}.{minor}.{patch + is_final}"


class Release(Struct, frozen=True):
    """A version of a publication that does not change any more.

    Attributes:
        folder: where it is.
        data: what its `release.json` says.
    """

    folder: Path
    data: Mapping[str, Any]

    @property
    def version(self) -> str:
        """Its version."""
        return str(self.data["version"])

    @property
    def date(self) -> str:
        """Its date, an xsd:date."""
        return str(self.data["date"])

    @property
    def iri(self) -> str:
        """The IRI under which the things of this version are named."""
        return str(self.data["iri"])

    @property
    def order(self) -> tuple[Any, ...]:
        """What releases are sorted by."""
        return order_of(self.version)

    @property
    def withdrawn(self) -> list[dict[str, Any]]:
        """What earlier releases had and this one has not."""
        return list(self.data["withdrawn"])

    def read(self, name: str) -> bytes:
        """One of its files, byte for byte.

        Args:
            name: one that `release.json` lists.

        Raises:
            InputError: it is not what was released.
        """
        released = next(one["sha256"] for one in self.data["files"] if one["name"] == name)
        with suppress(OSError):
            content = (self.folder / name).read_bytes()
            if hashlib.sha256(content).hexdigest() == released:
                return content
        raise InputError(
            f"{self.folder / name} is not what was released: it was changed or is missing",
            hint=f"restore it, as from Git: git checkout -- {self.folder}",
        )

    def check(self) -> None:
        """Read all of its files.

        Raises:
            InputError: one is not what was released.
        """
        for file in self.data["files"]:
            self.read(file["name"])

    def snapshot(self) -> Snapshot:
        """What it says.

        Raises:
            InputError: its data is not what was released.
            LodError: its data cannot be read.
        """
        self.read(DATA)
        return of_file(self.folder / DATA, f"{self.folder}")


def is_release(folder: Path) -> bool:
    """Whether a folder is that of a release."""
    return is_version(folder.name) and (folder / RELEASE).is_file()


def read_release(folder: Path) -> Release:
    """Read what a release says of itself.

    Raises:
        InputError: it is no release.
    """
    file = folder / RELEASE
    try:
        data = json.loads(file.read_bytes())
        release = Release(folder, data)
        hashes = {one["name"]: one["sha256"] for one in data["files"]}
        is_whole = DATA in hashes and all(
            isinstance(name, str) and Path(name).name == name for name in hashes
        )
        if not is_whole or release.version != folder.name or not isinstance(data["changes"], list):
            raise ValueError("it is of another release, or not whole")
        _ = release.date, release.iri, release.withdrawn, data["replaces"], data["claims"]
    except OSError as error:
        raise InputError(f"{file}: {error.strerror or error}") from None
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError(
            f"{file}: no account of a release ({error})", hint="restore it; a release never changes"
        ) from None
    return release


def all_releases(folder: Path) -> list[Release]:
    """The releases of a publication, the oldest first.

    Raises:
        InputError: one of them cannot be read.
    """
    return [read_release(path) for path in _folders(folder)]


def _folders(folder: Path) -> list[Path]:
    found = (folder / RELEASES).glob("*")
    return sorted(filter(is_release, found), key=lambda path: order_of(path.name))


def newest(folder: Path) -> Path | None:
    """The folder of the newest release, or None where there is none.

    Args:
        folder: of the publication, or its facts file.
    """
    found = _folders(folder if folder.is_dir() else folder.parent)
    return found[-1] if found else None
