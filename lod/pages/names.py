"""What the things of a publication are called, and where they stand in a site.

The rule of places is one line: what follows the base in the IRI of a thing is its path in the site,
and the page about it is that path with `.html`, its data with `.ttl` and `.jsonld`. What is only a
part of a claim (a value, a period, an anchor, a selector) has no files of its own: it stands in the
page of its claim, under a fragment. So do those who made the data, where they have no IRI but ours,
in the page of the dataset.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import quote

from msgspec import Struct

from lod.facts.schema import DOCUMENT
from lod.language.data import term_label
from lod.namespaces import LOD_NS, REL_NS, WIKIDATA_NS, local_name, shrink
from lod.pages.texts import preferred, safe_link, short

if TYPE_CHECKING:
    from lod.links.lock import Lock
    from lod.model.facts import Facts
    from lod.vocabulary.vocabulary import Vocabulary

#: The endings of the files about a thing, by what they hold.
PAGE, TURTLE, JSONLD = ".html", ".ttl", ".jsonld"
#: The page of all releases of a publication, in its folder.
RELEASES_PAGE = "releases.html"


def release_page(folder: str, version: str) -> str:
    """The page of a release of the publication in a folder.

    >>> release_page("trade/", "1.0.0")
    'trade/release/1.0.0/dataset.html'
    """
    return f"{folder}release/{version}/dataset{PAGE}"


#: `claim/{id}` or `claim/{id}/{n}`, then the part of it.
_PART = re.compile(
    r"(claim/[^/]+)/(anchor/\d+|(?:value|share|change|comparedWith|period|with)\b)(.*)"
)
#: Those who made the data.
_MAKER = re.compile(r"publisher|creator/\d+")
#: What a path of a site mostly is, and then a link as it stands.
_PLAIN = re.compile(r"[A-Za-z0-9/._~-]*").fullmatch


class Paths(Struct, frozen=True):
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
        if local.startswith("speakers/"):
            return f"{self.folder}dataset"
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


#: How many links of a folder are kept.
_MOST_LINKS = 100_000


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


class Links(dict[str, str]):
    """The relative links from the pages of one folder, each worked out once.

    Args:
        folder: path of the folder from the root of the site, "" for the root.
        shares: whether parts of its pages are kept.

    Attributes:
        kept: what is the same on all these pages, by what it is; None where nothing is kept.

    >>> Links("x/entity")("x/claim/trade.html#value")
    '../claim/trade.html#value'
    """

    def __init__(self, folder: str, *, shares: bool = True) -> None:
        super().__init__()
        self.kept: dict[object, str] | None = {} if shares else None
        self._page = f"{folder}/" if folder else ""

    def __missing__(self, target: str) -> str:
        if len(self) >= _MOST_LINKS:
            self.clear()
        found = self[target] = link(self._page, target)
        return found

    def __call__(self, target: str) -> str:
        """The link to a file of the same site, as `link` gives it."""
        return self[target]


_SHIPPED = {LOD_NS: "lod", REL_NS: "rel"}
#: Longest label in a note or a figure, in code points.
_LONGEST = 160
#: A name of a term that may be the name of a file as it stands.
#: A name made of words, and where the next one of them begins.
_WORDS, _HUMPS = re.compile(r"[A-Za-z]{3,60}"), re.compile(r"(?<=[a-z])(?=[A-Z])")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_-]{1,120}")


class Link(Struct, frozen=True):
    """Something that a page names.

    Attributes:
        label: what it is called, or the words of a literal.
        path: of its page in the site, or None.
        href: IRI elsewhere, safe to link to, or None.
        language: of the label, or None.
        kind: "thing", "text", "unknown", "claim", "quantity", "change" or "period".
        slug: of an entity; else None.
    """

    label: str
    path: str | None = None
    href: str | None = None
    language: str | None = None
    kind: str = "thing"
    slug: str | None = None

    @property
    def brief(self) -> str:
        """The label for notes and figures: a name is short, and a hostile one is cut."""
        return short(self.label, _LONGEST)


def shipped_term_path(iri: str) -> str | None:
    """The page of a term of ours, without ending; None for another.

    >>> shipped_term_path("https://w3id.org/lod-facts/ns#moreThan")
    'vocabulary/lod/moreThan'
    """
    cut = iri.rfind("#") + 1
    prefix = _SHIPPED.get(iri[:cut])
    name = iri[cut:]
    return f"vocabulary/{prefix}/{name}" if prefix and _PLAIN_NAME.fullmatch(name) else None


class Names:
    """Knows what the things of a publication are called, in the language of the reader.

    Args:
        facts: the publication.
        vocabulary: its terms.
        lock: what is pinned of the linked items, or None.
        paths: where its things stand.
        language: of the reader.
    """

    def __init__(
        self, facts: Facts, vocabulary: Vocabulary, lock: Lock | None, paths: Paths, language: str
    ) -> None:
        self.facts = facts
        self.language = language
        self._vocabulary = vocabulary
        self._lock = lock
        self._paths = paths
        self._terms: dict[str, Link] = {}
        self._entities: dict[str, Link] = {}

    def entity(self, slug: str) -> Link:
        """An entity."""
        found = self._entities.get(slug)
        if found is None:
            labels = self.facts.entities[slug].labels
            tag = next((one for one in (self.language, "en", *labels) if one in labels), None)
            label = labels[tag] if tag is not None else slug
            path = f"{self._paths.folder}entity/{slug}.html"
            found = self._entities[slug] = Link(label, path, None, tag, slug=slug)
        return found

    @cached_property
    def document(self) -> Link:
        """The document."""
        return self.version("")

    def version(self, name: str) -> Link:
        """A version of the document; "" is the document itself."""
        document = self.facts.document.version(name)
        iri = f"{self._paths.base}{document.local}"
        label = preferred(document.titles, self.language) or shrink(iri)
        return Link(label, self._paths.file(iri), None, document.language)

    def speaker(self, slug: str) -> Link:
        """A speaker: an entity or the document."""
        return self.document if slug == DOCUMENT else self.entity(slug)

    def term(self, iri: str) -> Link:
        """A term: of ours, of the publication's own, or of a vocabulary that is not read."""
        found = self._terms.get(iri)
        if found is None:
            label, tag = self._term_label(iri)
            path = self.term_path(iri)
            found = self._terms[iri] = Link(
                label or self._in_words(iri),
                None if path is None else f"{path}.html",
                safe_link(iri),
                tag,
            )
        return found

    def _term_label(self, iri: str) -> tuple[str, str | None]:
        """The label of a term, "" where it has none; and its language, if that is another one."""
        term = self._vocabulary.terms.get(iri)
        if term is None:
            return "", None
        own = term.labels.get(self.language) or term_label(iri, self.language)
        if own:
            return own, None
        label = preferred(term.labels, self.language)
        return label, next((tag for tag, text in term.labels.items() if text == label), None)

    def is_foreign(self, iri: str) -> bool:
        """Whether a term of the vocabulary has no label in the language of the reader."""
        return self._term_label(iri)[1] is not None

    def _in_words(self, iri: str) -> str:
        """A term of a vocabulary that is not read: its name in words, else its CURIE."""
        name = local_name(iri)
        if _WORDS.fullmatch(name):
            return _HUMPS.sub(" ", name).lower()
        return shrink(iri, self.facts.publication.prefixes)

    def concept(self, name: str) -> Link:
        """A concept of ours by its local name, such as "moreThan"."""
        return self.term(LOD_NS + name)

    def term_path(self, iri: str) -> str | None:
        """The page of a term, without ending; None where it has none."""
        path = shipped_term_path(iri)
        if path is None and iri in self._vocabulary.terms:
            cut = max(iri.rfind("#"), iri.rfind("/")) + 1
            prefixes = self.facts.publication.prefixes.items()
            prefix = next((one for one, namespace in prefixes if namespace == iri[:cut]), "")
            name = iri[cut:]
            if _PLAIN_NAME.fullmatch(name):
                # A CURIE cannot stand in place of a prefix, so that no other term is called so.
                own = prefix if _PLAIN_NAME.fullmatch(prefix) else "own"
                path = f"{self._paths.folder}vocabulary/{own}/{name}"
        return path

    def outside(self, iri: str) -> Link:
        """A resource outside the publication."""
        return Link(shrink(iri, self.facts.publication.prefixes), None, safe_link(iri))

    def item(self, qid: str) -> Link:
        """A Wikidata item, by what the lock calls it."""
        known = self._lock.items.get(qid) if self._lock is not None else None
        label = preferred(known.labels, self.language) if known is not None else ""
        return Link(label or qid, None, f"{WIKIDATA_NS}{qid}")
