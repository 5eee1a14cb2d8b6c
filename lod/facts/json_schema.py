"""The JSON Schema of the facts format (draft 2020-12), made from the tables of the reader.

It is a help for editors, not the judge: it never refuses what the reader accepts, and what needs
the text, the entities or the vocabulary at hand is left to the reader.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lod.facts.context import ALLOW_CODES, CLAIM_CODES, ENTITY_CODES
from lod.facts.schema import (
    AGENT,
    ALLOWANCE,
    CLAIM,
    COMPARISON,
    DOCUMENT_KEYS,
    ENTITY,
    LINK,
    NO_FACT,
    PERIOD,
    PUBLICATION,
    QUOTE,
    QUOTES,
    TERM,
    TERM_KEYS,
    TERM_LINK,
    TERM_NEEDS,
    TOP,
    VALUE_FORMS,
    VERSION_KEYS,
    Keys,
)
from lod.rdf.iri import MAX_SLUG, SCHEMES, SLUG
from lod.vocabulary.vocabulary import Vocabulary, load_vocabulary

_Schema = dict[str, Any]

# To YAML editors a plain 28, 3.20 or 0123 is a number; the reader takes every scalar as it is
# written, so wherever text may stand, a number may.
_SCALAR = ["string", "number"]
_LANGUAGE = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$"


def facts_schema(vocabulary: Vocabulary | None = None, codes: Iterable[str] = ()) -> _Schema:
    """The schema of a facts file.

    Args:
        vocabulary: the terms that editors are to offer; the shipped ones where None. Other terms
            are not refused, for a publication may have its own.
        codes: further codes that can be overruled: those of rules that are installed.

    Returns:
        A JSON Schema as plain data.

    >>> sorted(facts_schema()["properties"])
    ['claims', 'document', 'entities', 'no_fact', 'publication', 'terms']
    """
    vocabulary = vocabulary or load_vocabulary()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://w3id.org/lod-facts/facts.schema.json",
        "title": "Facts of a text",
        "description": "What a text states, for `lod`: metadata, entities, claims with the exact "
        "words that they rest on.",
        **_mapping(TOP),
        "$defs": _definitions(vocabulary, tuple(codes)),
    }


def _definitions(vocabulary: Vocabulary, codes: tuple[str, ...]) -> dict[str, _Schema]:
    slug = SLUG.pattern
    return {
        "text": {
            "description": "Text that is not empty.",
            "type": _SCALAR,
            "pattern": r"\S",
        },
        "words": {
            "description": "A word, number, quantity or date as the text writes it.",
            "type": _SCALAR,
            "pattern": r"\S",
        },
        "number": {
            "description": "A whole number from 1.",
            "anyOf": [
                {"type": "integer", "minimum": 1, "maximum": 999_999},
                {"type": "string", "pattern": "^0*[1-9][0-9]*$", "maxLength": 6},
            ],
        },
        "slug": {
            "description": "Small letters a-z, digits, and single - or _ between them.",
            "type": ["string", "integer"],
            "pattern": f"^{slug}$",
            "maxLength": MAX_SLUG,
            "minimum": 0,
        },
        "iri": {
            "description": "An absolute IRI.",
            "type": "string",
            "format": "iri",
            "pattern": rf"^({'|'.join(map(_any_case, SCHEMES))}):\S+$",
        },
        "date": {
            "description": "A calendar date, YYYY-MM-DD.",
            "type": "string",
            "format": "date",
            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
        },
        "language": {
            "description": "A language tag, such as en or de-CH.",
            "type": "string",
            "pattern": _LANGUAGE,
        },
        "qid": {
            "description": "A Wikidata item, such as Q232.",
            "type": "string",
            "pattern": "^Q[1-9][0-9]{0,9}$",
        },
        "localized": {
            "description": "Text in the document's language, or by language tag.",
            "anyOf": [
                {"$ref": "#/$defs/text"},
                {
                    "type": "object",
                    "minProperties": 1,
                    "propertyNames": {"pattern": _LANGUAGE},
                    "additionalProperties": {"$ref": "#/$defs/text"},
                },
            ],
        },
        "means": {
            "description": "Words of the text, and the slug or slugs that they mean.",
            "type": "object",
            "additionalProperties": {
                "anyOf": [
                    {"$ref": "#/$defs/slug"},
                    {"type": "array", "items": {"$ref": "#/$defs/slug"}, "minItems": 1},
                ]
            },
        },
        "publication": _mapping(PUBLICATION),
        "document": {
            **_allowing(_mapping(DOCUMENT_KEYS), ALLOW_CODES + codes),
            "oneOf": [{"required": ["text"]}, {"required": ["content"]}],
        },
        "term": _term(),
        "termLink": {**_mapping(TERM_LINK), "minProperties": 1},
        "agent": {"anyOf": [{"$ref": "#/$defs/text"}, _mapping(AGENT)]},
        "entity": _entity(vocabulary, codes),
        "allowance": {"anyOf": [{"$ref": "#/$defs/text"}, _allowance()]},
        "link": {
            "anyOf": [
                {"$ref": "#/$defs/qid"},
                {**_mapping(LINK), "minProperties": 1, "maxProperties": 1},
            ]
        },
        "quote": _mapping(QUOTE),
        "quotes": {
            "description": "The quotes of each version of the text, by its name.",
            "type": "object",
            "minProperties": 1,
            "propertyNames": {"not": {"enum": list(QUOTE)}},
            "additionalProperties": QUOTES,
        },
        "version": {
            **_mapping(VERSION_KEYS),
            "oneOf": [{"required": ["text"]}, {"required": ["content"]}],
        },
        "claim": _claim(vocabulary, codes),
        "value": {
            "description": "A slug, a quantity, a date, or one of the forms in braces.",
            "anyOf": [
                {"$ref": "#/$defs/words"},
                *(_mapping(keys) for keys in VALUE_FORMS.values()),
            ],
        },
        "period": {
            "description": "Words, EDTF, or both.",
            "anyOf": [
                {"$ref": "#/$defs/words"},
                {**_mapping(PERIOD), "minProperties": 1},
            ],
        },
        "comparison": {
            "description": "A period, a value, or both.",
            "anyOf": [
                {"$ref": "#/$defs/words"},
                {**_mapping(COMPARISON), "minProperties": 1},
            ],
        },
        "no_fact": _mapping(NO_FACT),
    }


def _mapping(keys: Keys) -> _Schema:
    """The schema of a mapping; unknown keys are refused."""
    schema: _Schema = {
        "type": "object",
        "properties": {name: {"description": key.doc, **key.schema} for name, key in keys.items()},
        "additionalProperties": False,
    }
    if keys.required:
        schema["required"] = list(keys.required)
    return schema


def _term() -> _Schema:
    """The schema of a term: what it has and needs depends on its kind."""
    kinds = [
        {
            "if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]},
            "then": {
                "propertyNames": {"enum": [key for key in TERM if key in TERM_KEYS[kind]]},
                "required": list(needs),
            },
        }
        for kind, needs in TERM_NEEDS.items()
    ]
    return {**_mapping(TERM), "allOf": kinds}


def _allowance() -> _Schema:
    one = _mapping(ALLOWANCE)
    return {"anyOf": [one, {"type": "array", "items": one, "minItems": 1}]}


def _allowing(schema: _Schema, codes: tuple[str, ...]) -> _Schema:
    """The schema of a mapping whose `allow:` takes some codes."""
    schema["properties"]["allow"]["propertyNames"] = {"enum": list(codes)}
    return schema


def _entity(vocabulary: Vocabulary, codes: tuple[str, ...]) -> _Schema:
    schema = _allowing(_mapping(ENTITY), ENTITY_CODES + codes)
    return _offering(schema, "type", (one.name for one in vocabulary.classes.values()))


def _claim(vocabulary: Vocabulary, codes: tuple[str, ...]) -> _Schema:
    properties = vocabulary.properties.values()
    schema = _allowing(_mapping(CLAIM), CLAIM_CODES + codes)
    schema = _offering(schema, "property", (one.name for one in properties if one.is_statement))
    with_ = schema["properties"]["with"]
    # Keys are offered only where they are properties of the schema.
    with_["properties"] = {
        one.name: {"description": one.definition, **with_["additionalProperties"]}
        for one in properties
        if one.is_qualifier
    }
    return {**schema, "anyOf": [{"required": ["value"]}, {"required": ["change"]}]}


def _offering(schema: _Schema, name: str, words: Iterable[str]) -> _Schema:
    """The schema with words that editors offer for a key; others are not refused."""
    key = schema["properties"][name]
    text = {key_: value for key_, value in key.items() if key_ != "description"}
    schema["properties"][name] = {
        "description": key["description"],
        "anyOf": [{"enum": list(dict.fromkeys(words))}, text],
    }
    return schema


def _any_case(word: str) -> str:
    return "".join(f"[{letter.upper()}{letter}]" for letter in word)
