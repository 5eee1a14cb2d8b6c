"""Anchors, quotes and wordings: against each other, and against the text where it is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lod.patterns import lazy
from lod.rdf.terms import split_literal, text_of
from lod.validation.checks.data import Data, plain_iri, t, whole
from lod.vocabulary.names import LOD, OA, PROV, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lod.facts.text import SourceText

_GAP = " […] "
#: From a claim to the nodes that have a wording.
_PARTS = (LOD.value, LOD.share, LOD.change, LOD.comparedWith, LOD.during, LOD.per)
_HASH_IN_IRI = lazy(r"/text/([0-9a-f]{8,64})$")


def check_words(data: Data, texts: Sequence[SourceText] = ()) -> None:
    """Anchors are where they say, quotes are made of them, wordings stand in quotes.

    Args:
        data: the dataset.
        texts: the texts that the positions count in, as far as they are at hand. The anchors of
            others are held against each other alone.
    """
    by_hash = {text.sha256: text for text in texts}
    sources = data.of_type(SCHEMA.MediaObject)
    for source in sources:
        _check_hash(data, source, by_hash, alone=len(sources) == 1)
    known = {digest for source in sources for digest in data.texts(source, SCHEMA.sha256)}
    if len(sources) > 1 and not by_hash.keys() <= known:
        message = "A text that was given is none of the dataset: its hash differs from all."
        data.found("Text", sources[0], message, SCHEMA.sha256)
    by_text: dict[str, list[str]] = {}
    for anchor in data.of_type(OA.SpecificResource):
        place = data.place(anchor)
        if place is None:
            continue
        if len(place[0]) != place[2] - place[1]:
            message = "The quote and the position of the anchor do not have the same length."
            data.found("Anchor", anchor, message)
        by_text.setdefault(data.one(anchor, OA.hasSource) or "", []).append(anchor)
    for source, anchors in by_text.items():
        digests = data.texts(source, SCHEMA.sha256)
        text = next((by_hash[one] for one in digests if one in by_hash), None)
        # The only text is meant, even if its hash says that it is another.
        if text is None and len(texts) == len(by_text) == 1:
            text = texts[0]
        _check_places(data, anchors, text)
    for claim in data.claims:
        _check_quotes(data, claim)
        _check_wordings(data, claim)


def _check_hash(data: Data, source: str, by_hash: Mapping[str, SourceText], *, alone: bool) -> None:
    for digest in data.texts(source, SCHEMA.sha256):
        named = _HASH_IN_IRI.search(plain_iri(source))
        if named and not digest.startswith(named[1]):
            message = "The IRI of the text is not that of its hash."
            data.found("Text", source, message, SCHEMA.sha256)
        elif alone and by_hash and digest not in by_hash:
            message = "The text is another: its hash differs."
            data.found("Text", source, message, SCHEMA.sha256)
    for document in data.all(source, SCHEMA.encodesCreativeWork):
        if data.all(source, SCHEMA.inLanguage) != data.all(document, SCHEMA.inLanguage):
            message = "The text has another language than the document."
            data.found("Text", source, message, SCHEMA.inLanguage)


def _context(data: Data, anchor: str) -> tuple[str, str]:
    prefix = suffix = ""
    for selector in data.all(anchor, OA.hasSelector):
        prefix = "".join(data.texts(selector, OA.prefix)) or prefix
        suffix = "".join(data.texts(selector, OA.suffix)) or suffix
    return prefix, suffix


def _check_places(data: Data, anchors: list[str], text: SourceText | None) -> None:
    """The words stand where the anchor says; sentences and paragraphs are counted in order."""
    known: dict[int, str] = {}
    placed = []
    for anchor in anchors:
        place = data.place(anchor)
        if place is None:
            continue
        exact, start, _ = place
        before, after = _context(data, anchor)
        whole_words = before + exact + after
        first = start - len(before)
        placed.append((start, anchor))
        if text is not None:
            wrong = first < 0 or text.raw[first : first + len(whole_words)] != whole_words
        else:
            wrong = first < 0 or any(
                known.setdefault(first + at, letter) != letter
                for at, letter in enumerate(whole_words)
            )
        if wrong:
            message = "The words of the anchor, or those around them, stand elsewhere in the text."
            data.found("Anchor", anchor, message, OA.hasSelector)
    placed.sort()
    for name, predicate in (("sentence", LOD.sentence), ("paragraph", LOD.paragraph)):
        last = 0
        for start, anchor in placed:
            number = whole(data.one(anchor, predicate)) or 0
            if text is not None:
                if start >= len(text.raw):
                    continue
                begins = _begin(data, anchor, start)
                right = (
                    text.sentence_at(begins).number
                    if name == "sentence"
                    else text.paragraph_at(begins)
                )
                wrong = number != right
            else:
                # The later parts of an elided quote name the sentence of the first.
                later = whole(data.one(anchor, LOD.part), 1) != 1
                wrong = number < last and not later
                last = last if later else max(last, number)
            if wrong:
                message = f"The {name} of the anchor is numbered otherwise in the text."
                data.found("Anchor", anchor, message, predicate, data.one(anchor, predicate))


def _begin(data: Data, anchor: str, start: int) -> int:
    """Where the quote of an anchor begins: for a later part, where the first part does."""
    part = whole(data.one(anchor, LOD.part), 1) or 1
    if part == 1:
        return start
    stem, _, number = plain_iri(anchor).rpartition("/")
    if number.isdecimal():
        first = data.place(f"<{stem}/{int(number) - part + 1}>")
        if first is not None:
            return first[1]
    return start


def _check_quotes(data: Data, claim: str) -> None:
    """The quotes of a claim are its anchors, part for part."""
    anchors = sorted(
        data.anchors(claim), key=lambda one: (data.one(one[0], OA.hasSource) or "", one[2])
    )
    quotes = data.texts(claim, LOD.quote)
    if not anchors or not quotes:
        return
    parts: dict[str, list[int]] = {}
    for quote in dict.fromkeys(quotes):
        pieces = quote.split(_GAP)
        for number, piece in enumerate(pieces, 1):
            parts.setdefault(piece, []).append(number if len(pieces) > 1 else 0)
    said = {piece for _, piece, _, _ in anchors}
    if said != set(parts):
        message = "The quote is not what the anchors of the claim select."
        data.found("Quote", claim, message, LOD.quote)
        return
    last = (0, 0)
    for anchor, piece, start, end in anchors:
        number = whole(data.one(anchor, LOD.part), 0) or 0
        if number not in parts[piece]:
            message = "The anchor is another part of the quote than it says."
            data.found("Quote", anchor, message, LOD.part, data.one(anchor, LOD.part))
        if number > 1 and (number != last[0] + 1 or start < last[1]):
            message = "The parts of the quote do not stand in the order of the text."
            data.found("Quote", anchor, message, LOD.part, data.one(anchor, LOD.part))
        last = (number, end)
    languages = {split_literal(token)[1] for token in data.all(claim, LOD.quote)}
    documents = {one for anchor in anchors for one in data.all(anchor[0], PROV.wasQuotedFrom)}
    documents = documents or {data.one(claim, PROV.wasDerivedFrom) or ""}
    of_document = {
        one.lower() for document in documents for one in data.texts(document, SCHEMA.inLanguage)
    }
    if of_document and languages != of_document:
        data.found("Quote", claim, "The quote is in another language than the document.", LOD.quote)


def _check_wordings(data: Data, claim: str) -> None:
    quotes = [_spaced(one) for one in data.texts(claim, LOD.quote)]
    languages = {split_literal(one)[1] for one in data.all(claim, LOD.quote)}
    pieces = [piece for quote in quotes for piece in (quote, quote.replace("[…] ", ""))]
    if not quotes:
        return
    waiting = [value for predicate in _PARTS for value in data.all(claim, predicate)]
    for predicate, values in data.nodes[claim].items():
        qualifier = data.vocabulary.properties.get(predicate[1:-1])
        if qualifier is not None and qualifier.is_qualifier:
            waiting += values
    seen: set[str] = set()
    while waiting:
        node = waiting.pop()
        if node in seen or node not in data.nodes or t(LOD.subject) in data.nodes[node]:
            continue
        seen.add(node)
        waiting += [value for predicate in _PARTS for value in data.all(node, predicate)]
        for wording in data.all(node, LOD.wording):
            if split_literal(wording)[1] not in languages:
                message = "The wording is in another language than the quote."
                data.found("Wording", node, message, LOD.wording, wording)
            if not any(_spaced(text_of(wording)) in piece for piece in pieces):
                message = "The wording does not stand in the quote."
                data.found("Wording", node, message, LOD.wording, wording)


def _spaced(text: str) -> str:
    return " ".join(text.split())
