"""What `lod` itself built: the sentence of each claim says what the claim says, types are complete.

The sentence is made from the same facts as the rest, so that a slip in one of the two shows. What
others write is theirs: these checks look only at datasets whose build names this program.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from msgspec.structs import replace

from lod.dataset.metadata import SOFTWARE
from lod.language.data import term_phrases
from lod.language.descriptions import Phrase, words_of
from lod.language.quantities import format_change, format_quantity
from lod.model.quantity import Change, Comparator, Direction, Quantity, Unit
from lod.namespaces import LOD_NS, REL_NS, shrink
from lod.rdf.terms import RDF_TYPE, split_literal, text_of
from lod.validation.checks.data import Data, plain_iri, t
from lod.vocabulary.names import DCAT, LOD, OA, PROV, RDF, RDFS, REL, SCHEMA, SKOS

_TYPE = RDF_TYPE[1:-1]
#: All types of a node that has the first.
_TYPES = (
    (LOD.Claim, {LOD.Claim, SCHEMA.Claim, PROV.Entity}),
    (DCAT.Dataset, {SCHEMA.Dataset, DCAT.Dataset, PROV.Entity}),
    (LOD.ReportedGraph, {LOD.ReportedGraph, PROV.Entity}),
    (SCHEMA.MediaObject, {SCHEMA.MediaObject, PROV.Entity}),
    (OA.SpecificResource, {OA.SpecificResource}),
    (OA.TextQuoteSelector, {OA.TextQuoteSelector}),
    (OA.TextPositionSelector, {OA.TextPositionSelector}),
    (LOD.Period, {LOD.Period}),
    (LOD.Statement, {LOD.Statement}),
    (LOD.Comparison, {LOD.Comparison}),
    (PROV.Activity, {PROV.Activity}),
    (PROV.SoftwareAgent, {PROV.SoftwareAgent}),
    (RDF.List, {RDF.List}),
)


def check_sentences(data: Data) -> None:
    """The sentences and the types of a dataset that this program built."""
    if not data.claims or t(SOFTWARE) not in data.nodes:
        return
    if data.texts(t(SOFTWARE), RDFS.label) != ["lod"]:
        data.found("Label", t(SOFTWARE), "The program is called lod.", RDFS.label)
    for class_, types in _TYPES:
        for node in data.of_type(class_):
            if {t(one) for one in types} != set(data.all(node, _TYPE)):
                message = "The node has other types than nodes of its class have."
                data.found("Types", node, message, _TYPE)
    _check_entity_types(data)
    for claim in data.claims:
        labels = data.all(claim, RDFS.label)
        if len(labels) == 1:
            _text, language, _ = split_literal(labels[0])
            _check_sentence(data, claim, text_of(labels[0]), language)


def _check_entity_types(data: Data) -> None:
    """An entity has its class, all of ours above it, and what stands for it elsewhere."""
    copies = data.of_type(SCHEMA.MediaObject)
    documents = {one for text in copies for one in data.all(text, SCHEMA.encodesCreativeWork)}
    things = {triple[0] for triple in data.triples if triple[1] == t(RDFS.label)}
    for node in things - documents:
        types = {plain_iri(one) for one in data.all(node, _TYPE)}
        ours = {one for one in types if one.startswith(REL_NS)}
        if not ours or not all(one.startswith(REL_NS) or _known(data, one) for one in types):
            continue
        if not any(set(data.vocabulary.emitted(one)) == types for one in types):
            message = "The types of the entity are not one class with all above it."
            data.found("Types", node, message, _TYPE)


def _known(data: Data, iri: str) -> bool:
    return any(iri in one.emitted for one in data.vocabulary.classes.values())


def _check_sentence(data: Data, claim: str, sentence: str, language: str) -> None:
    heads = _heads(data, claim, language)
    # The first letter may be large.
    forms = (sentence, sentence[:1].lower() + sentence[1:])
    if heads and not any(head[1:] in sentence for head in heads):
        message = "The sentence of the claim has another speaker or another manner."
        data.found("Sentence", claim, message, RDFS.label)
    for predicate, names in _parts(data, claim, language):
        if names and not any(_says(form, name) for form in forms for name in names):
            message = f"The sentence of the claim does not say “{names[0]}”."
            data.found("Sentence", claim, message, predicate)
    wrong = [re.escape(one) for one in _other_manners(data, claim, language)]
    subjects = [
        re.escape(name)
        for one in data.all(claim, LOD.subject)
        for name in _names(data, one, language)
    ]
    if data.all(claim, LOD.subject) == data.all(claim, PROV.wasAttributedTo):
        # A pronoun, or nothing: "Acme expects to have" has no subject "to".
        own = map(re.escape, _manners(data, claim, language, _key(data, claim)))
        pronoun = "".join(rf"(?!{one}(?!\w))" for one in own) + r"\w+"
        subjects += [re.escape(head) + pronoun for head in heads]
    if wrong and subjects:
        pattern = rf"(?:{'|'.join(subjects)}) (?:{'|'.join(wrong)})(?!\w)"
        if re.search(pattern, sentence):
            message = "The sentence of the claim has another manner."
            data.found("Sentence", claim, message, RDFS.label)


def _says(sentence: str, name: str) -> bool:
    """Whether a sentence has a name, and not as a part of a longer word."""
    at = sentence.find(name)
    while at >= 0:
        before, after = sentence[at - 1 : at], sentence[at + len(name) :][:1]
        inside = (before.isalnum() and name[:1].isalnum()) or (
            after.isalnum() and name[-1:].isalnum()
        )
        if not inside:
            return True
        at = sentence.find(name, at + 1)
    return False


def _names(data: Data, node: str, language: str) -> list[str]:
    """What a node is called in sentences; nothing where that is not known here."""
    names = _in_language(data, node, RDFS.label, language)
    return names + _in_language(data, node, SKOS.altLabel, language) if names else []


def _in_language(data: Data, node: str, predicate: str, language: str) -> list[str]:
    labels = [split_literal(one) for one in data.all(node, predicate) if one.startswith('"')]
    found = [text_of(f'"{text}"') for text, tag, _ in labels if tag == language]
    return found or [text_of(f'"{text}"') for text, _, _ in labels]


def _key(data: Data, claim: str) -> str:
    modality = plain_iri(data.one(claim, LOD.modality) or "").removeprefix(LOD_NS)
    return f"{modality}-negative" if data.one(claim, LOD.polarity) == t(LOD.negative) else modality


def _heads(data: Data, claim: str, language: str) -> list[str]:
    """How the sentence may begin to say who says it; nothing where a speaker is not known."""
    words = words_of(language)
    key = _key(data, claim)
    speaker = data.one(claim, PROV.wasAttributedTo)
    if key not in words.frames or speaker is None or data.all(claim, LOD.through):
        return []
    names = _names(data, speaker, language)
    if speaker == data.one(claim, PROV.wasDerivedFrom):
        titles = _in_language(data, speaker, SCHEMA.headline, language)
        names = [words.part("text", text=one) for one in titles[:1]] or [words.part("document")]
    frames = [words.frames[key]]
    if key in words.plain:
        frames.append(words.plain[key])
    specials = words.special.get(shrink(_property(data, claim)), {})
    frames += [one for name, one in specials.items() if name.split()[0] == key]
    return [
        name + words.phrase(said).pieces()[0]
        for name in names
        for frame in frames
        for plural in (False, True)
        for said in (
            frame.text.removeprefix("{speaker}").replace(
                frame.verb or "", words.number(frame, plural=plural) or "", 1
            ),
        )
    ]


def _property(data: Data, claim: str) -> str:
    return plain_iri(data.one(claim, LOD.property) or "")


def _phrases(data: Data, claim: str, language: str) -> list[Phrase]:
    """The patterns in which the property of a claim may be told."""
    words = words_of(language)
    iri = _property(data, claim)
    known = data.vocabulary.properties.get(iri)
    if known is None:
        return []
    phrases = term_phrases(iri, "phrase") | known.phrases
    own = words.phrase(phrases.get(language) or phrases.get("en", ""))
    special = words.special.get(shrink(iri), {})
    return [own, *(one for name, one in special.items() if "change" not in name)]


def _told(phrase: Phrase, verbs: list[str]) -> list[str]:
    """The words of a phrase around its verb, for each form of that."""
    if phrase.verb is None:
        return [one for one in (max(phrase.pieces(), key=len).strip(),) if one]
    piece = next(one for one in phrase.pieces() if phrase.verb in one)
    return [piece.replace(phrase.verb, verb, 1).strip() for verb in verbs]


def _manners(data: Data, claim: str, language: str, key: str) -> list[str]:
    """How a property is told in a modality, as far as its words show that."""
    words = words_of(language)
    return [
        told
        for phrase in _phrases(data, claim, language)
        if phrase.verb is not None and phrase.first != "speaker"
        for told in _told(phrase, words.modal(key, phrase))
    ]


def _other_manners(data: Data, claim: str, language: str) -> list[str]:
    """How the property would be told in the modalities that the claim does not have."""
    key = _key(data, claim)
    # What is said outright in the plural may be the base form too.
    own = {*_manners(data, claim, language, key), *_phrase(data, claim, language)}
    other = words_of(language).data.get("modal", {}).keys() - {key}
    return [
        one for k in sorted(other) for one in _manners(data, claim, language, k) if one not in own
    ]


def _parts(data: Data, claim: str, language: str) -> Iterator[tuple[str, list[str]]]:
    """Predicate and what the sentence says of its value, in one of several ways."""
    for predicate, values in data.nodes[claim].items():
        iri = predicate[1:-1]
        qualifier = data.vocabulary.properties.get(iri)
        if iri in (LOD.subject, LOD.value) or (qualifier and qualifier.is_qualifier):
            for value in values:
                if value.startswith('"'):
                    yield iri, [text_of(value)]
                elif t(LOD.Quantity) in data.all(value, _TYPE):
                    yield iri, _quantity(data, value, language)
                elif t(REL.Thing) in data.all(value, _TYPE) and not data.all(
                    value, SCHEMA.headline
                ):
                    yield iri, _names(data, value, language)
        elif iri in (LOD.literal, LOD.unknown):
            yield iri, [text_of(value) for value in values]
        elif iri == LOD.share:
            for value in values:
                share = _read(data, value)
                said = [] if share is None else [words_of(language).share(share)]
                yield iri, _quantity(data, value, language) and said
        elif iri == LOD.change:
            for value in values:
                yield iri, _change(data, value, language)
        elif iri == LOD.property:
            yield iri, _phrase(data, claim, language) if data.all(claim, LOD.value) else []


def _phrase(data: Data, claim: str, language: str) -> list[str]:
    """The words of the property, in one of the forms that it may have in the sentence."""
    words = words_of(language)
    key = _key(data, claim)
    found = []
    for phrase in _phrases(data, claim, language):
        verbs = [words.number(phrase, plural=plural) or "" for plural in (False, True)]
        if phrase.first != "speaker":
            verbs = words.modal(key, phrase) or verbs
        found += _told(phrase, verbs)
    return found


def _decimal(data: Data, node: str, predicate: str) -> Decimal | None:
    found = data.texts(node, predicate)
    return Decimal(found[0]) if len(found) == 1 else None


def _read(data: Data, node: str) -> Quantity | None:
    comparator = plain_iri(data.one(node, LOD.comparator) or "").removeprefix(LOD_NS)
    proportion = plain_iri(data.one(node, LOD.proportion) or "").removeprefix(LOD_NS)
    currency = "".join(data.texts(node, SCHEMA.currency)) or None
    unit_text = "".join(data.texts(node, SCHEMA.unitText))
    unit = None
    if currency or unit_text:
        code = plain_iri(data.one(node, SCHEMA.unitCode) or "") or None
        unit = Unit(unit_text or str(currency), currency, code)
    per = data.one(node, LOD.per)
    try:
        return Quantity(
            Comparator(comparator or "exactly"),
            _decimal(data, node, SCHEMA.value),
            _decimal(data, node, SCHEMA.minValue),
            _decimal(data, node, SCHEMA.maxValue),
            unit,
            _read(data, per) if per is not None and per != node else None,
            data.is_true(node, LOD.isOrdinal),
            proportion or None,
        )
    except (ValueError, InvalidOperation):
        return None


def _quantity(data: Data, node: str, language: str) -> list[str]:
    quantity = _read(data, node)
    if (
        quantity is None
        or (quantity.said is None and quantity.comparator is not Comparator.BETWEEN)
    ) and (quantity is None or quantity.proportion is None):
        return []
    try:
        # The unit of a count may be said with what is counted.
        forms = [format_quantity(quantity, language)]
        return [*forms, format_quantity(replace(quantity, unit=None), language)]
    except (AttributeError, KeyError, TypeError, ValueError, AssertionError):
        return []  # what the shapes find: a quantity that is none


def _change(data: Data, node: str, language: str) -> list[str]:
    direction = plain_iri(data.one(node, LOD.direction) or "").removeprefix(LOD_NS)
    try:
        amount = _read(data, node) if data.all(node, LOD.comparator) else None
        change = Change(Direction(direction), amount, data.is_true(node, LOD.ongoing))
        words = words_of(language)
        verb = words.phrase(words.changed(change))
        forms = [words.number(verb, plural=plural) or "" for plural in (False, True)]
        forms += [one for key in words.data.get("modal", {}) for one in words.modal(key, verb)]
        return [*(verb.fill(one) for one in forms), format_change(change, language)]
    except (AttributeError, KeyError, TypeError, ValueError, AssertionError):
        return []
