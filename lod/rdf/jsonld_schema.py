"""The JSON Schema (draft 2020-12) of a publication's JSON-LD, made from the context and the terms.

It says what each key of the JSON holds, for those who read it as plain JSON. Whether the data is
right is the matter of the shapes.
"""

from __future__ import annotations

from typing import Any

from lod.namespaces import LOD_NS, PREFIXES
from lod.rdf.jsonld_context import LANGUAGE, NODE, Term, shipped_context
from lod.vocabulary.terms import Class, Concept, Property
from lod.vocabulary.vocabulary import Vocabulary, load_vocabulary

#: Where the schema is published.
SCHEMA_IRI = "https://w3id.org/lod-facts/dataset.schema.json"

_Schema = dict[str, Any]

_XSD = PREFIXES["xsd"]

# What is not coerced is an object, except where the range is of these types, and except for some
# properties of others, whose ranges no file of ours says.
_NATIVE = {"boolean": "boolean", "decimal": "integer", "integer": "integer", "string": "string"}
_OTHERS = {
    "integer": "end maxValue minValue number start",
    "string": "currency encodingFormat exact inLanguage name prefix sha256 softwareVersion suffix"
    " unitText version",
}
#: Properties whose values are the concepts of a scheme, and the scheme of each.
_SCHEMES = {
    "comparator": "comparators",
    "direction": "directions",
    "modality": "modalities",
    "polarity": "polarities",
    "precision": "precisions",
    "proportion": "proportions",
    "tense": "tenses",
}
_JSON_TYPES = {name: type_ for type_, names in _OTHERS.items() for name in names.split()}
_PATTERNS = {"date": "^-?[0-9]{4,}-[0-9]{2}-[0-9]{2}", "decimal": "^[+-]?[0-9]*[.]?[0-9]+$"}
_PATTERNS["integer"] = "^[+-]?[0-9]+$"
_IRI = {"type": "string", "pattern": "^[A-Za-z][A-Za-z0-9+.-]*:"}
_THING = {"$ref": "#/$defs/thing"}
_THINGS = {"type": "array", "items": _THING}
#: What every claim has.
_CLAIM = (
    "type label subject property modality polarity attributedTo inDataset statement quoted anchor"
)


def jsonld_schema() -> _Schema:
    """The schema of what `lod build` writes to `dataset.jsonld`.

    Returns:
        A JSON Schema as plain data. Keys that the context does not have are a CURIE or an IRI,
        and hold an array.

    >>> keys = jsonld_schema()["$defs"]["thing"]["properties"]
    >>> keys["minValue"]["type"], keys["minDecimal"]["type"], keys["modality"]["enum"][:2]
    ('integer', 'string', ['stated', 'implied'])
    """
    vocabulary = load_vocabulary()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_IRI,
        "title": "Claims of a text, as JSON-LD",
        "description": "The document that the claims are from, with its claims and all that these "
        "refer to.",
        "allOf": [_THING],
        "properties": {
            "@context": {"type": ["object", "array", "string"]},
            "claims": {"items": {"$ref": "#/$defs/claim"}},
        },
        "required": ["@context", "id", "type", "encoding", "claims", "included"],
        "$defs": {
            "thing": {
                "description": "A thing; where it is whole elsewhere, its id and its label alone.",
                "type": "object",
                "properties": {"@context": True, **_properties(vocabulary)},
                "patternProperties": {
                    "^[A-Za-z][A-Za-z0-9+.-]*:": {
                        "type": "array",
                        "minItems": 1,
                        "items": {"anyOf": [_THING, {"$ref": "#/$defs/literal"}]},
                    }
                },
                "required": ["id"],
                "additionalProperties": False,
            },
            "claim": {
                "allOf": [_THING],
                "properties": {"anchor": {"minItems": 1, "items": {"required": ["selector"]}}},
                "required": _CLAIM.split(),
                "anyOf": [{"required": [one]} for one in ("value", "literal", "unknown", "change")],
            },
            "literal": {
                "type": ["string", "integer", "boolean", "object"],
                "properties": {name: {"type": "string"} for name in _LITERAL},
                "required": ["@value"],
                "additionalProperties": False,
            },
        },
    }


_LITERAL = ("@value", "@type", "@language")


def _properties(vocabulary: Vocabulary) -> dict[str, _Schema]:
    """What every key of the context holds."""
    found: dict[str, _Schema] = {
        "id": {**_IRI, "description": "The IRI."},
        "type": {
            "description": "The classes, the most specific first.",
            "type": "array",
            "minItems": 1,
            "items": {"type": "string"},
        },
        "claims": {**_THINGS, "description": "The claims that the text makes."},
        "encoding": {**_THING, "description": "The text itself, with its hash."},
        "included": {
            **_THINGS,
            "description": "What else there is: the dataset, the entities, the reported graphs.",
        },
        "graph": {**_THINGS, "description": "The statements of a reported graph."},
    }
    for term in shipped_context().all_terms():
        known = vocabulary.terms.get(term.iri)
        if isinstance(known, Class | Concept) or term.name[0].isupper():
            continue
        said = {"description": known.definition} if known is not None and known.definition else {}
        found[term.name] = said | _values(term, known, vocabulary)
    return found


def _values(term: Term, known: object, vocabulary: Vocabulary) -> _Schema:
    """What the key of a term holds."""
    if term.indexed:
        # Of selectors each kind stands once, under its name.
        kinds = {"quote": ["exact"], "position": ["start", "end"]}
        return {
            "type": "object",
            "properties": {kind: {**_THING, "required": keys} for kind, keys in kinds.items()},
            "required": list(kinds),
            "additionalProperties": False,
        }
    one = _value(term, known, vocabulary)
    several = {"type": "array", "minItems": 1, "items": one} if term.many else one
    if term.kind != LANGUAGE:
        return several
    return {
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"pattern": "^([A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*|@none)$"},
        "additionalProperties": several,
    }


def _value(term: Term, known: object, vocabulary: Vocabulary) -> _Schema:
    if term.kind == "@id":
        return _IRI
    if (scheme := _SCHEMES.get(term.name)) is not None:
        concepts = vocabulary.concepts.values()
        return {"enum": [one.name for one in concepts if one.scheme == LOD_NS + scheme]}
    if term.kind != NODE:  # a word, text or a literal of one type
        pattern = _PATTERNS.get(term.kind.partition("#")[2])
        return {"type": "string"} | ({"pattern": pattern} if pattern else {})
    types = {_JSON_TYPES.get(term.name)}
    if isinstance(known, Property) and known.range:
        types = {_NATIVE.get(iri.removeprefix(_XSD)) for iri in known.range}
    native = types.pop()
    return _THING if native is None or types else {"type": native}
