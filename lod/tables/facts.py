"""What the tables do not hold of a publication, as its facts file says it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lod.namespaces import shrink

#: The file beside the tables that holds the text.
TEXT = "text.txt"

if TYPE_CHECKING:
    from lod.diagnostics import Allow
    from lod.model.anchor import Anchor
    from lod.model.facts import Document, Facts, Publication, Publisher
    from lod.vocabulary.vocabulary import Vocabulary


def text_file(document: Document) -> str:
    """The name of the file beside the tables that holds the text of a version."""
    return f"text.{document.name}.txt" if document.name else TEXT


def heads(facts: Facts, vocabulary: Vocabulary, terms: str, shapes: str) -> dict[str, Any]:
    """The parts `publication`, `document` and `no_fact` of a facts file.

    Args:
        facts: the publication.
        vocabulary: its terms.
        terms: name of the file that holds the publication's own terms, if it has some.
        shapes: name of the file that holds its own shapes; "" where it has none.

    Returns:
        JSON data, without keys that have no value.
    """
    quotes = []
    for no_fact in facts.no_facts:
        quote: dict[str, Any] = _quote(no_fact.anchor)
        name = no_fact.anchor.version
        quotes.append({"quote": {name: quote} if name else quote, "reason": no_fact.reason})
    document = _filled(_document(facts.document, facts.publication.prefixes))
    if facts.document.versions:
        document["versions"] = {
            one.name: {"text": text_file(one), **_filled(_version(one, facts.document))}
            for one in facts.document.versions
        }
    allowed = [one.allow for one in facts.statements]
    allowed += [one.allow for one in facts.entities.values()]
    if allow := allow_data({key: one for of in allowed for key, one in of.items()}, "document"):
        document["allow"] = allow
    return {
        "publication": {
            **_filled(_publication(facts.publication)),
            **({"vocabulary": terms} if vocabulary.own_source else {}),
            **({"shapes": shapes} if shapes else {}),
        },
        "document": {
            "text": TEXT,
            **document,
        },
        **({"no_fact": quotes} if quotes else {}),
    }


def _quote(anchor: Anchor) -> dict[str, str]:
    """A quote with the words around it, of which there are none at the ends of the text."""
    first, last = anchor.selectors[0], anchor.selectors[-1]
    around = {"prefix": first.prefix, "suffix": last.suffix}
    return {
        "exact": " […] ".join(one.exact for one in anchor.selectors),
        **{key: words for key, words in around.items() if words.strip()},
    }


def allow_data(allow: Allow, part: str) -> dict[str, Any]:
    """What is overruled, as a facts file says it.

    Args:
        allow: all that is overruled for a claim or an entity.
        part: which part of the facts says it: "claims", "entities" or "document".
    """
    data: dict[str, Any] = {}
    for code, allowances in allow.items():
        own = [one for one in allowances if one.path[0] == part]
        forms = [
            one.reason if one.values is None else {"value": list(one.values), "reason": one.reason}
            for one in own
        ]
        if forms:
            data[code] = forms[0] if len(forms) == 1 else forms
    return data


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value not in (None, "", [], {}, ())}


def _publication(publication: Publication) -> dict[str, Any]:
    return {
        "base": publication.base,
        "title": publication.titles,
        "description": publication.descriptions,
        "license": publication.license,
        "publisher": _agent(publication.publisher),
        "creator": [_agent(one) for one in publication.creators],
        "version": publication.version,
        "modified": publication.modified,
        "keywords": list(publication.keywords),
        "prefixes": publication.prefixes,
    }


def _agent(agent: Publisher) -> dict[str, str]:
    return {"name": agent.name} if agent.iri is None else {"name": agent.name, "url": agent.iri}


def _document(document: Document, prefixes: dict[str, str]) -> dict[str, Any]:
    return {
        "language": document.language,
        "type": shrink(document.type, prefixes),
        "title": document.titles,
        "author": list(document.author),
        "publishedIn": document.published_in,
        "published": document.published,
        "dateSource": document.date_source,
        "iri": document.iri,
        "source": document.source,
        "means": {words: list(slugs) for words, slugs in document.means.items()},
        "translator": list(document.translators),
        "translationOf": document.translation_of,
    }


def _version(version: Document, document: Document) -> dict[str, Any]:
    data = _document(version, {})
    for key in ("type", "means"):
        del data[key]
    # It has the authors of the document where it names none.
    if version.author == document.author:
        del data["author"]
    return data
