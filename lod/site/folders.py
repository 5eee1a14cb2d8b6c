"""Where the publications of a corpus stand in its site."""

from __future__ import annotations

import hashlib
import re

from lod.corpus.publication_files import folder_name

#: What a folder of a publication may be called, segment by segment.
_SEGMENT = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._~%-]{0,199}")
#: What stands in the folder of a publication or at the root; no other publication stands there.
_TAKEN = frozenset(
    "assets build claim data dataset document entity item publication publications query reported "
    "search text vocabulary".split()
)
#: What files of a site end with.
_FILES = tuple(f".{e}" for e in "html ttl jsonld trig nq nt rdf xml cff json txt".split())


def site_folder(base: str, site_base: str) -> str:
    """The folder of a publication: its base relative to that of the site, where that can be.

    Args:
        base: of the publication.
        site_base: of the site.

    Returns:
        A relative path that ends with "/"; it depends on nothing else, and is never that of
        something else in the site.

    >>> site_folder("https://data.example.org/x/12/", "https://data.example.org/")
    'x/12/'
    >>> site_folder("https://other.example.org/a:b/", "https://data.example.org/")
    'other.example.org/a%3Ab/'
    >>> site_folder("https://data.example.org/item/", "https://data.example.org/")
    'publication/92155c4e92fd0d360e8efb0c9a191f36/'
    """
    if base.startswith(site_base):
        path = base[len(site_base) :].removesuffix("/")
        segments = path.split("/")
        # What begins with a dotted name is the place of a base with that host.
        if all(map(_is_free, segments)) and "." not in segments[0]:
            return f"{path}/"
    segments = folder_name(base).split("/")
    if all(map(_is_free, segments)) and "." in segments[0]:
        return f"{'/'.join(segments)}/"
    digest = hashlib.blake2b(base.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return f"publication/{digest}/"


def _is_free(segment: str) -> bool:
    if segment in _TAKEN or segment.endswith(_FILES):
        return False
    return _SEGMENT.fullmatch(segment) is not None


class CommonBase:
    """What the bases of all publications begin with; nothing is kept but that.

    >>> common = CommonBase()
    >>> common.add("https://data.example.org/x/12/")
    >>> common.add("https://data.example.org/x/13/")
    >>> common.base
    'https://data.example.org/x/'
    """

    def __init__(self) -> None:
        self._common: str | None = None

    def add(self, base: str) -> None:
        """Take in the base of one more publication."""
        # A publication stands below the site, never at it.
        folder = base.rstrip("/#")
        folder = folder[: folder.rfind("/") + 1]
        if self._common is None:
            self._common = folder
        while not folder.startswith(self._common):
            self._common = self._common[: self._common.rstrip("/").rfind("/") + 1]

    @property
    def base(self) -> str | None:
        """An absolute IRI that ends with "/", or None where they have no host in common."""
        if self._common is None or self._common.count("/") < 3:
            return None
        return self._common
