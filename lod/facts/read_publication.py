"""Reads the parts `publication:` and `document:` of a facts file."""

from __future__ import annotations

from msgspec import Struct, field

from lod.diagnostics import Path
from lod.facts.reader import Reader, is_language, quoted, suggest
from lod.facts.schema import AGENT, DOCUMENT_KEYS, PUBLICATION, QUOTE, VERSION_KEYS
from lod.model.facts import Publication, Publisher
from lod.sources.source import Node

_PUBLICATION: Path = ("publication",)
_DOCUMENT: Path = ("document",)


class DocumentHead(Struct):
    """What `document:` or one of its `versions:` says, before its entities are known.

    Attributes are as in `lod.model.facts.Document`; `file` or `content` gives the text, and `path`
    is where it stands.
    """

    file: str | None = None
    content: str | None = None
    language: str = "en"
    type: str = "schema:NewsArticle"
    titles: dict[str, str] = field(default_factory=dict)
    authors: list[tuple[str, Path]] = field(default_factory=list)
    published_in: str | None = None
    published: str | None = None
    date_source: str | None = None
    iri: str | None = None
    source: str | None = None
    means: Node = None
    allow: Node = None
    name: str = ""
    translators: list[tuple[str, Path]] = field(default_factory=list)
    translation_of: tuple[str, Path] | None = None
    versions: list[DocumentHead] = field(default_factory=list)
    path: Path = _DOCUMENT

    @property
    def key(self) -> str:
        """The name by which quotes call it: of the document itself, its language."""
        return self.name or self.language.lower()


def read_publication(reader: Reader, node: Node, language: str) -> Publication | None:
    """Read `publication:`.

    Args:
        reader: the reader of the file.
        node: the value.
        language: the language of its plain texts.

    Returns:
        The publication, or None where something required is missing or wrong.
    """
    data = reader.mapping(node, _PUBLICATION, PUBLICATION, "the publication")
    if data is None:
        return None
    at = _PUBLICATION
    base = _base(reader, data["base"]) if "base" in data else None
    titles = reader.localized(data["title"], (*at, "title"), language) if "title" in data else {}
    license_ = reader.iri(data["license"], (*at, "license")) if "license" in data else None
    publisher = None
    if "publisher" in data:
        publisher = _agent(reader, data["publisher"], (*at, "publisher"))
    descriptions = {}
    if "description" in data:
        descriptions = reader.localized(data["description"], (*at, "description"), language)
    creators = _creators(reader, data["creator"]) if "creator" in data else ()
    version = reader.text(data["version"], (*at, "version")) if "version" in data else None
    modified = reader.date(data["modified"], (*at, "modified")) if "modified" in data else None
    keywords = []
    if "keywords" in data:
        keywords = [word for word, _ in reader.texts(data["keywords"], (*at, "keywords"))]
    prefixes = _prefixes(reader, data["prefixes"]) if "prefixes" in data else {}
    if base is None or not titles or license_ is None or publisher is None:
        return None
    return Publication(
        base=base,
        titles=titles,
        license=license_,
        publisher=publisher,
        descriptions=descriptions,
        creators=creators,
        version=version,
        modified=modified,
        keywords=tuple(keywords),
        prefixes=prefixes,
    )


def _base(reader: Reader, node: Node) -> str | None:
    path = (*_PUBLICATION, "base")
    base = reader.iri(node, path)
    if base is None:
        return None
    if not base.startswith(("http://", "https://")) or not base.endswith(("/", "#")):
        reader.add(
            "bad-iri",
            f"the base {quoted(base)} must be an http(s) IRI that ends with / or #",
            path,
            f'write "{base}/"' if base.startswith("http") else None,
        )
        return None
    return base


def _agent(reader: Reader, node: Node, path: Path) -> Publisher | None:
    if type(node) is str:
        name = reader.text(node, path, "a name")
        return None if name is None else Publisher(name)
    data = reader.mapping(node, path, AGENT, "a publisher or creator")
    if data is None or "name" not in data:
        return None
    name = reader.text(data["name"], (*path, "name"), "a name")
    iri = reader.iri(data["url"], (*path, "url")) if "url" in data else None
    return None if name is None else Publisher(name, iri)


def _creators(reader: Reader, node: Node) -> tuple[Publisher, ...]:
    path = (*_PUBLICATION, "creator")
    if type(node) is not list:
        creator = _agent(reader, node, path)
        return () if creator is None else (creator,)
    found = (_agent(reader, item, (*path, index)) for index, item in enumerate(node))
    return tuple(creator for creator in found if creator is not None)


def _prefixes(reader: Reader, node: Node) -> dict[str, str]:
    path = (*_PUBLICATION, "prefixes")
    if type(node) is not dict:
        reader.wrong_type(node, path, "a mapping of prefixes to namespace IRIs")
        return {}
    prefixes = {}
    for prefix, value in node.items():
        at = (*path, prefix)
        if not prefix.isascii() or not prefix.isalnum() or not prefix[0].isalpha():
            reader.add_at_key(
                "bad-id", f"the prefix {quoted(prefix)} may have letters and digits only", at
            )
        elif (namespace := reader.iri(value, at)) is not None:
            prefixes[prefix] = namespace
    return prefixes


def read_document(reader: Reader, node: Node) -> DocumentHead | None:
    """Read `document:`, all but the words of `means:`, which need the entities.

    Returns:
        What it says, or None where it is no mapping.
    """
    data = reader.mapping(node, _DOCUMENT, DOCUMENT_KEYS, "the document")
    if data is None:
        return None
    head = DocumentHead(means=data.get("means"), allow=data.get("allow"))
    _read_head(reader, data, head, "the document")
    if "type" in data:
        at = (*_DOCUMENT, "type")
        head.type = reader.text(data["type"], at, "a class") or head.type
    if "versions" in data:
        head.versions = _versions(reader, data["versions"], head)
    _check_sources(reader, head)
    return head


def _versions(reader: Reader, node: Node, document: DocumentHead) -> list[DocumentHead]:
    """Read `versions:`, further versions of the text by their names."""
    path = (*_DOCUMENT, "versions")
    if type(node) is not dict or not node:
        reader.wrong_type(node, path, "a mapping of names to versions of the text")
        return []
    heads = []
    for name, value in node.items():
        at = (*path, name)
        data = reader.mapping(value, at, VERSION_KEYS, "a version")
        if data is None or reader.slug(name, at) is None:
            continue
        if name in QUOTE or name == document.key:
            what = "the document's own text" if name == document.key else "a key of quotes"
            message = f"a version cannot be called {quoted(name)}, which is the name of {what}"
            reader.add_at_key("bad-id", message, at)
            continue
        head = DocumentHead(language=name, type=document.type, name=name, path=at)
        if "language" not in data and not is_language(name):
            message = f'the version {quoted(name)} needs the key "language": its name is no tag'
            reader.add("missing-key", message, at)
            head.language = document.language
        _read_head(reader, data, head, "the version")
        heads.append(head)
    return heads


def _check_sources(reader: Reader, document: DocumentHead) -> None:
    """`translationOf:` names another version, and nothing is translated from itself."""
    heads = {head.key: head for head in (document, *document.versions)}
    for head in heads.values():
        if head.translation_of is None:
            # Who translates a further version has the document before them, unless it is said.
            if head.translators and head.name:
                head.translation_of = document.key, (*head.path, "translator")
            elif head.translators:
                reader.add(
                    "missing-key",
                    'the document has a translator, and needs the key "translationOf": the name of '
                    "the version that it was translated from",
                    head.path,
                )
            continue
        word, at = head.translation_of
        if word.lower() not in heads or heads[word.lower()] is head:
            others = [name for name in heads if name != head.key]
            reader.add(
                "unknown-option",
                f"{quoted(word)} is no other version of the text",
                at,
                suggest(word, others) or f"known: {', '.join(others)}" if others else None,
            )
            head.translation_of = None
        else:
            head.translation_of = word.lower(), at
    for head in heads.values():
        seen, one = [head.key], head
        while one.translation_of is not None:
            one = heads[one.translation_of[0]]
            if one.key in seen:
                at = head.translation_of[1] if head.translation_of else head.path
                message = f"translated from each other in a circle: {', '.join(seen)}"
                reader.add("circular", message, at)
                head.translation_of = None
                break
            seen.append(one.key)


def _read_head(reader: Reader, data: dict[str, Node], head: DocumentHead, what: str) -> None:
    """Read what the document and its versions say alike."""
    at = head.path
    if "language" in data:
        head.language = reader.language(data["language"], (*at, "language")) or head.language
    if "text" in data and "content" in data:
        reader.add_at_key(
            "unknown-key",
            f'{what} has both "text" (a file) and "content" (the text itself)',
            (*at, "content"),
            "keep one of them",
        )
    elif "content" in data:
        head.content = reader.text(data["content"], (*at, "content"))
    elif "text" in data:
        head.file = reader.text(data["text"], (*at, "text"), "the name of a text file")
    else:
        reader.add(
            "missing-key",
            f'{what} needs the key "text": file with the text, verbatim, beside this file',
            at,
        )
    if "title" in data:
        head.titles = reader.localized(data["title"], (*at, "title"), head.language)
    if "author" in data:
        head.authors = reader.texts(data["author"], (*at, "author"), "an entity")
    if "publishedIn" in data:
        head.published_in = reader.text(data["publishedIn"], (*at, "publishedIn"), "an entity")
    if "published" in data:
        head.published = reader.date(data["published"], (*at, "published"))
    if "dateSource" in data:
        head.date_source = reader.text(data["dateSource"], (*at, "dateSource"))
    if "iri" in data:
        head.iri = reader.iri(data["iri"], (*at, "iri"))
    if "source" in data:
        head.source = reader.iri(data["source"], (*at, "source"))
    if "translator" in data:
        head.translators = reader.texts(data["translator"], (*at, "translator"), "an entity")
    if "translationOf" in data:
        path = (*at, "translationOf")
        word = reader.text(data["translationOf"], path, "the name of a version")
        head.translation_of = None if word is None else (word, path)
