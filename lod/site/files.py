"""What a site is made of: files, and the functions that make them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lod.site.site import Site
    from lod.site.view import PublicationView


@dataclass(frozen=True, slots=True)
class SiteFile:
    """One file of a site.

    Attributes:
        path: from the root of the site, with "/".
        content: its bytes.
        listed: whether it is a page that the sitemap lists.
    """

    path: str
    content: bytes
    listed: bool = False


@dataclass(frozen=True, slots=True)
class StreamedFile:
    """One file of a whole site that grows with it, and so is never held in memory.

    Attributes:
        path: from the root of the site, with "/".
        parts: its bytes, one part after the other; read once.
    """

    path: str
    parts: Iterable[bytes]


@dataclass(frozen=True, slots=True)
class Download:
    """A file of data that is offered for download.

    Attributes:
        path: from the root of the site.
        media_type: without parameters.
        size: bytes.
        sha256: hex digest.
    """

    path: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class PublicationSummary:
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


#: Makes the files of one publication.
PublicationFiles = Callable[["PublicationView", "Site"], Iterator[SiteFile]]
#: Makes files of the whole site; the summaries may be read more than once, and may be many.
WholeSiteFiles = Callable[
    ["Iterable[PublicationSummary]", "Site"], Iterator[SiteFile | StreamedFile]
]
#: Words and values for a template.
Values = dict[str, Any]
