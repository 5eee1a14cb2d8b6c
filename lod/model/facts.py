"""The facts of one publication, read and resolved."""

from __future__ import annotations

from msgspec import Struct, field

from lod.diagnostics import Path
from lod.model.anchor import Anchor
from lod.model.claim import Statement
from lod.model.entity import Entity


class Publisher(Struct):
    """Who publishes the data: a name and, where there is one, an IRI."""

    name: str
    iri: str | None = None


class Publication(Struct):
    """What is said of the dataset itself.

    Attributes:
        base: IRI under which everything is named; ends with "/" or "#".
        titles: language tag to title.
        descriptions: language tag to description.
        license: IRI of the licence of the data (not of the text).
        publisher: who publishes it.
        creators: who extracted the facts.
        version: version of the data, or None.
        modified: xsd:date of the last change, or None.
        keywords: words that describe the dataset.
        prefixes: prefixes of the publication's own, to namespace IRI.
    """

    base: str
    titles: dict[str, str]
    license: str
    publisher: Publisher
    descriptions: dict[str, str] = field(default_factory=dict)
    creators: tuple[Publisher, ...] = ()
    version: str | None = None
    modified: str | None = None
    keywords: tuple[str, ...] = ()
    prefixes: dict[str, str] = field(default_factory=dict)


class Document(Struct):
    """The text that states the facts, or a further version of it.

    Attributes:
        text: the untouched text.
        sha256: hex digest of its UTF-8 bytes.
        language: language tag.
        type: IRI of its class.
        titles: language tag to title; empty where none is given.
        author: slugs of the authors.
        published_in: slug of the newspaper, journal or site, or None.
        published: xsd:date, or None.
        iri: where the text is published, or None.
        source: IRI of where this copy was taken from, or None.
        date_source: where the publication date is from if the text does not give it, or None.
        means: words of the text (case folded) to the slugs that they mean.
        name: the name of a further version; "" for the document itself.
        translators: slugs of those who translated it.
        translation_of: the `key` of the version that it is a translation of, or None.
        versions: the further versions of the document; a version has none.
    """

    text: str
    sha256: str
    language: str
    type: str
    titles: dict[str, str] = field(default_factory=dict)
    author: tuple[str, ...] = ()
    published_in: str | None = None
    published: str | None = None
    iri: str | None = None
    source: str | None = None
    date_source: str | None = None
    means: dict[str, tuple[str, ...]] = field(default_factory=dict)
    path: Path = ("document",)
    name: str = ""
    translators: tuple[str, ...] = ()
    translation_of: str | None = None
    versions: tuple[Document, ...] = ()

    @property
    def key(self) -> str:
        """The name by which quotes call it: of the document itself, its language."""
        return self.name or self.language.lower()

    @property
    def local(self) -> str:
        """What follows the base in its IRI.

        >>> text = Document("Hello.", "", "en", "")
        >>> text.local, text.key
        ('document', 'en')
        """
        return f"document/{self.name}" if self.name else "document"

    @property
    def all_versions(self) -> tuple[Document, ...]:
        """The document itself, then its further versions."""
        return (self, *self.versions)

    def version(self, name: str) -> Document:
        """The version of a name; "" is the document itself."""
        return next(one for one in self.all_versions if one.name == name)


class NoFact(Struct):
    """A stretch of the text that deliberately carries no fact.

    Attributes:
        anchor: where it stands.
        reason: why, one of a short list ("greeting", "rhetoric", …).
    """

    anchor: Anchor
    reason: str
    path: Path = ()


class Facts(Struct):
    """Everything that one publication says, every name resolved, every quote anchored."""

    publication: Publication
    document: Document
    entities: dict[str, Entity]
    statements: list[Statement]
    no_facts: list[NoFact] = field(default_factory=list)

    def reported_in(self, statement: Statement) -> str:
        """The IRI of the graph of what a statement's speakers report, if it has direct triples.

        What was said on another day than the document's stands in a graph of that day.
        """
        iri = f"{self.publication.base}reported/{'/'.join(statement.speakers)}"
        if statement.said_on in (None, self.document.published):
            return iri
        return f"{iri}/{statement.said_on}"
