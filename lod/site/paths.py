"""Where things stand in a site: the file of an IRI, and the link from one page to another.

The rule is one line: what follows the base in the IRI of a thing is its path in the site, and the
page about it is that path with `.html`, its data with `.ttl` and `.jsonld`. What is only a part of
a claim (a value, a period, an anchor, a selector) has no files of its own: it stands in the page
of its claim, under a fragment. So do those who made the data, where they have no IRI but ours, in
the page of the dataset.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

#: The endings of the files about a thing, by what they hold.
PAGE, TURTLE, JSONLD = ".html", ".ttl", ".jsonld"

#: `claim/{id}` or `claim/{id}/{n}`, then the part of it.
_PART = re.compile(
    r"(claim/[^/]+)/(anchor/\d+|(?:value|share|change|comparedWith|period|with)\b)(.*)"
)
#: Those who made the data.
_MAKER = re.compile(r"publisher|creator/\d+")
#: What a path of a site mostly is, and then a link as it stands.
_PLAIN = re.compile(r"[A-Za-z0-9/._~-]*").fullmatch


@dataclass(frozen=True, slots=True)
class Paths:
    """The places of one publication.

    Attributes:
        base: IRI under which the publication names its things.
        folder: where it stands in the site: "" or a relative path that ends with "/".
    """

    base: str
    folder: str = ""

    def path(self, iri: str) -> str | None:
        """The path of a thing in the site, without an ending.

        Args:
            iri: the thing.

        Returns:
            A relative path, with a fragment where the thing is a part of a claim; None for what
            the publication does not name.

        >>> paths = Paths("https://data.example.org/x/", "x/")
        >>> paths.path("https://data.example.org/x/entity/putin")
        'x/entity/putin'
        >>> paths.path("https://data.example.org/x/claim/trade/anchor/1/quote")
        'x/claim/trade#anchor-1'
        >>> paths.path("https://data.example.org/x/creator/1")
        'x/dataset#creator-1'
        >>> paths.path("http://www.wikidata.org/entity/Q7747")
        """
        if not iri.startswith(self.base):
            return None
        local = iri[len(self.base) :]
        if part := _PART.fullmatch(local):
            return f"{self.folder}{part[1]}#{part[2].replace('/', '-')}"
        if _MAKER.fullmatch(local):
            return f"{self.folder}dataset#{local.replace('/', '-')}"
        return self.folder + local

    def file(self, iri: str, ending: str = PAGE) -> str | None:
        """The file about a thing, fragment and all; None for what is not named here.

        >>> paths = Paths("https://data.example.org/x/")
        >>> paths.file("https://data.example.org/x/claim/trade/value")
        'claim/trade.html#value'
        """
        path = self.path(iri)
        if path is None:
            return None
        name, hash_, fragment = path.partition("#")
        return name + ending + hash_ + fragment


def link(page: str, target: str) -> str:
    """The relative link from a page to a file of the same site.

    Args:
        page: path of the page that holds the link, from the root of the site.
        target: path of the file from there, perhaps with a fragment.

    >>> link("x/entity/putin.html", "x/claim/trade.html#value")
    '../claim/trade.html#value'
    >>> link("index.html", "index.html")
    'index.html'
    >>> link("a/index.html", "b%20c/")
    '../b%2520c/'
    """
    name, hash_, fragment = target.partition("#")
    here, there = page.split("/"), name.split("/")
    same = 0
    while same < len(here) - 1 and same < len(there) - 1 and here[same] == there[same]:
        same += 1
    relative = "../" * (len(here) - 1 - same) + "/".join(there[same:])
    # A path is the name of a file, so that a % in it is a character like others.
    return (relative if _PLAIN(relative) else quote(relative, safe="/._-~")) + hash_ + fragment
