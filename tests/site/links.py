"""Finds the links of a site that lead nowhere."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

#: Attributes that name an address.
_ADDRESSES = ("href", "src", "action")


@dataclass(slots=True)
class Found:
    """What a page has: the ids of its elements, twice where one is, and the addresses it names."""

    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self, found: Found) -> None:
        super().__init__()
        self._found = found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self._found.ids.append(value or "")
            if name in _ADDRESSES:
                self._found.links.append(value or "")


def read_pages(folder: Path) -> dict[str, Found]:
    """Every page of a site by its path, but that for addresses of nothing."""
    pages = {}
    for file in sorted(folder.rglob("*.html")):
        name = file.relative_to(folder).as_posix()
        if name != "404.html":
            found = pages[name] = Found()
            _Reader(found).feed(file.read_text("utf-8"))
    return pages


def broken_links(folder: Path) -> list[str]:
    """The links that lead nowhere, or are not relative; ids that stand twice in a page."""
    pages = read_pages(folder)
    ids = {name: set(page.ids) for name, page in pages.items()}
    broken: dict[str, None] = {}
    for name, page in pages.items():
        if len(page.ids) != len(ids[name]):
            broken[f"{name}: an id stands twice"] = None
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            path = unquote(parts.path)
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
            target = name if not path else target
            if path.endswith("/") or target == ".":
                target = posixpath.normpath(posixpath.join(target, "index.html"))
            here = not path.startswith("/") and (folder / target).is_file()
            if here and parts.fragment and target in ids:
                here = unquote(parts.fragment) in ids[target]
            if not here:
                broken[f"{name}: {link}"] = None
    return list(broken)
