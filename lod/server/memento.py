"""Older versions by date (RFC 7089, Memento): a TimeMap for what was released, and its TimeGate.

The things of a publication are their own TimeGates: who asks for one with `Accept-Datetime` is led
to the newest release that is not later, or to the oldest. `timemap/` before the name of a thing is
its TimeMap.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path
from urllib.parse import quote

from lod.server.reply import Reply, problem

_FORMAT = "application/link-format"
_THING = re.compile(r"((?:.+/)?)(dataset|(?:claim|entity)/.+)")
_TIMEMAP = re.compile(r"((?:.+/)?)timemap/(dataset|(?:claim|entity)/.+)")
_RELEASED = re.compile(r"((?:.+/)?)release/([^/]+)/dataset(\.\w+)?")

#: Whether there is something at a path of the site.
Exists = Callable[[str], bool]


def released(folder: Path, prefix: str) -> list[tuple[datetime, str]]:
    """When each release of a publication is from, and its version; the oldest first.

    Args:
        folder: of the site.
        prefix: where the publication stands in it, "" or ending with "/".
    """
    found = (folder / prefix / "release").glob("*/release.json")
    return sorted((when, file.parent.name) for file in found if (when := _released_at(file)))


def _released_at(file: Path) -> datetime | None:
    """When a release is from, by its account; None where that is not there or is none."""
    try:
        date = json.loads(file.read_bytes())["date"]
        return datetime.fromisoformat(date).replace(tzinfo=UTC)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def time_map(folder: Path, origin: str, path: str, exists: Exists) -> Reply | None:
    """The TimeMap of a thing; None where the path is of none, or nothing was released of it.

    Args:
        folder: of the site.
        origin: scheme and host of the server.
        path: below the root.
        exists: tells whether a release has the thing.
    """
    match = _TIMEMAP.fullmatch(path)
    if match is None:
        return None
    prefix, name = match.groups()
    mementos = _mementos(folder, prefix, name, exists)
    if not mementos:
        return None
    original = f"{origin}/{quote(prefix + name)}"
    links = [
        f'<{original}>; rel="original timegate"',
        f'<{origin}/{quote(path)}>; rel="self"; type="{_FORMAT}"',
        *(
            f'<{origin}/{there}>; rel="{_rel(number, len(mementos))}"; datetime="{_date(when)}"'
            for number, (when, there) in enumerate(mementos)
        ),
    ]
    return Reply(200, ",\n".join(links).encode() + b"\n", content_type=_FORMAT)


def time_gate(folder: Path, path: str, wanted: str, exists: Exists) -> Reply | None:
    """The answer to who asks for a thing as it was at a time; None where nothing was released.

    Args:
        folder: of the site.
        path: below the root.
        wanted: the value of `Accept-Datetime`.
        exists: as for `time_map`.
    """
    match = _THING.fullmatch(path)
    if match is None or _RELEASED.fullmatch(path):
        return None
    mementos = _mementos(folder, match[1], match[2], exists)
    if not mementos:
        return None
    try:
        when = parsedate_to_datetime(wanted)
        when = when if when.tzinfo else when.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError):
        return problem(400, "Accept-Datetime is no date, as in Sun, 01 Dec 2024 00:00:00 GMT.")
    there = next((there for date, there in reversed(mementos) if date <= when), mementos[0][1])
    links = f'</{quote(path)}>; rel="original timegate", {_map_link(match[1], match[2])}'
    headers = {"Location": f"/{there}", "Link": links, "Cache-Control": "no-cache"}
    return Reply(302, f"See /{there}\n".encode(), headers=headers, vary=("Accept-Datetime",))


def memento_headers(folder: Path, path: str) -> dict[str, str]:
    """What is said of a file of a release: when it is from, and of what it is a version."""
    match = _RELEASED.fullmatch(path)
    if match is None:
        return {}
    prefix, version, _ = match.groups()
    when = _released_at(folder / prefix / "release" / version / "release.json")
    if when is None:
        return {}
    links = f'</{quote(prefix)}dataset>; rel="original timegate", {_map_link(prefix, "dataset")}'
    return {"Memento-Datetime": _date(when), "Link": links}


def _mementos(folder: Path, prefix: str, name: str, exists: Exists) -> list[tuple[datetime, str]]:
    """When each version of a thing is from, and its path."""
    versions = released(folder, prefix)
    places = [(when, f"{prefix}release/{version}/{name}") for when, version in versions]
    return [(when, quote(there)) for when, there in places if exists(quote(there))]


def _map_link(prefix: str, name: str) -> str:
    return f'</{quote(f"{prefix}timemap/{name}")}>; rel="timemap"; type="{_FORMAT}"'


def _rel(number: int, count: int) -> str:
    words = ["first"] * (number == 0) + ["last"] * (number == count - 1) + ["memento"]
    return " ".join(words)


def _date(when: datetime) -> str:
    return format_datetime(when, usegmt=True)
