"""The keys of the facts format: what may stand where, in one place.

The reader refuses what is not here, and `lod schema` prints a JSON Schema made from it.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from lod.model.entity import Number

#: Why a sentence deliberately carries no fact.
NO_FACT_REASONS = {
    "greeting": "addresses or thanks the reader",
    "rhetoric": "wording without a statement that could be checked",
    "wish": "wishes or hopes something",
    "question": "asks, and does not state",
    "heading": "a title or heading",
    "navigation": "belongs to the page, not to the text",
    "editorial": "added by an editor or republisher",
    "duplicate": "repeats what another sentence states",
    "opinion-without-fact": "judges, without anything that could be checked",
}

#: The word by which claims refer to the text itself.
DOCUMENT = "document"


class Key(Struct, frozen=True):
    """A key of a mapping.

    Attributes:
        doc: what it says, one sentence.
        schema: JSON Schema of its value; `{"$ref": "#/$defs/…"}` names a shared one.
        required: whether it must be there.
    """

    doc: str
    schema: dict[str, Any]
    required: bool = False

    @property
    def meaning(self) -> str:
        """What it says, for the end of a sentence.

        >>> Key("IRI of the licence.", {}).meaning, Key("Title of the text.", {}).meaning
        ('IRI of the licence', 'title of the text')
        """
        first = self.doc[0] if self.doc[1:2].isupper() else self.doc[0].lower()
        return f"{first}{self.doc[1:].rstrip('.')}"


class Keys(dict[str, Key]):
    """The keys of one mapping.

    Attributes:
        required: those that must be there.
    """

    def __init__(self, keys: dict[str, Key]) -> None:
        super().__init__(keys)
        self.required = tuple(name for name, key in keys.items() if key.required)


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{name}"}


def _one_or_many(schema: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [schema, {"type": "array", "items": schema, "minItems": 1}]}


_TEXT = _ref("text")
_SLUG = _ref("slug")
_SLUGS = _one_or_many(_SLUG)
_WORDS = _ref("words")
_IRI = _ref("iri")
_DATE = _ref("date")
_LOCAL = _ref("localized")
_PERIOD = _ref("period")
_VALUE = _ref("value")
_VALUES = _one_or_many(_VALUE)
#: One quote or several.
QUOTES = _one_or_many({"anyOf": [_TEXT, _ref("quote")]})
#: Quotes of the document's own text, or of each version by its name.
_QUOTED = {"anyOf": [*QUOTES["anyOf"], _ref("quotes")]}

ALLOWANCE = Keys(
    {
        "value": Key(
            "The value that is right, as it stands here.", _one_or_many(_WORDS), required=True
        ),
        "reason": Key("Why it is right.", _TEXT, required=True),
    }
)

_ALLOW = Key(
    "Findings that are overruled: code and reason, with the value where the code is about one.",
    {"type": "object", "additionalProperties": _ref("allowance")},
)

#: The prefix of the terms under `terms:`, and the part of their IRIs below the base.
TERM_PREFIX = "term"
#: The kinds of terms, each with the keys that it needs beside the label.
TERM_NEEDS: dict[str, tuple[str, ...]] = {
    "class": (),
    "property": ("phrase", "domain", "range"),
    "qualifier": ("phrase", "range", "narrows"),
}

TERM_LINK = Keys(
    {
        "same": Key("Terms elsewhere that mean the same.", _one_or_many(_TEXT)),
        "sub": Key("Terms elsewhere that are wider.", _one_or_many(_TEXT)),
        "close": Key("Terms elsewhere that are near.", _one_or_many(_TEXT)),
    }
)

_TRUTH = {"enum": [True, False, "true", "false"]}

TERM = Keys(
    {
        "kind": Key("What the term is.", {"enum": list(TERM_NEEDS)}, required=True),
        "label": Key("Name to show.", _LOCAL, required=True),
        "definition": Key("What it means, one sentence.", _LOCAL),
        "phrase": Key(
            "How it is said: with {s} for the subject and {o} for the value; of a qualifier with"
            " {o}.",
            _LOCAL,
        ),
        "inverse": Key("How a property is said from the side of the value.", _LOCAL),
        "domain": Key("Classes that the subject of a property may have.", _one_or_many(_TEXT)),
        "range": Key("Classes or kinds that the value may have.", _one_or_many(_TEXT)),
        "narrows": Key("Whether a qualifier restricts what is said.", _TRUTH),
        "timeless": Key("Whether what a property says stays true once it is.", _TRUTH),
        "singleValued": Key("Whether a property has one value at a time.", _TRUTH),
        "subClassOf": Key("The classes above a class; Thing by default.", _one_or_many(_TEXT)),
        "link": Key(
            "Terms of other vocabularies: the same one, or by how near they are.",
            {"anyOf": [_one_or_many(_TEXT), _ref("termLink")]},
        ),
    }
)
_OF_ALL = ("kind", "label", "definition", "link")
#: The keys that a term of each kind may have.
TERM_KEYS = {
    "class": {*_OF_ALL, "subClassOf"},
    "property": {*_OF_ALL, "phrase", "inverse", "domain", "range", "timeless", "singleValued"},
    "qualifier": {*_OF_ALL, "phrase", "range", "narrows"},
}

TOP = Keys(
    {
        "publication": Key(
            "What is said of the dataset itself.", _ref("publication"), required=True
        ),
        "document": Key("The text that states the facts.", _ref("document"), required=True),
        "terms": Key(
            "Terms of the publication's own, each under its name.",
            {
                "type": "object",
                "propertyNames": {"pattern": "^[A-Za-z][A-Za-z0-9]*([-_][A-Za-z0-9]+)*$"},
                "additionalProperties": _ref("term"),
            },
        ),
        "entities": Key(
            "The things that claims are about, each under its slug.",
            {
                "type": "object",
                "propertyNames": {"$ref": "#/$defs/slug"},
                "additionalProperties": _ref("entity"),
            },
        ),
        "claims": Key(
            "What the text states, one entry a statement.",
            {"type": "array", "items": _ref("claim")},
        ),
        "no_fact": Key(
            "Passages that deliberately carry no fact.", {"type": "array", "items": _ref("no_fact")}
        ),
    }
)

PUBLICATION = Keys(
    {
        "base": Key(
            "IRI under which everything is named; ends with / or #.",
            {"type": "string", "format": "iri", "pattern": "^https?://.*[/#]$"},
            required=True,
        ),
        "title": Key("Title of the dataset.", _LOCAL, required=True),
        "description": Key("What the dataset holds.", _LOCAL),
        "license": Key("IRI of the licence of the data, not of the text.", _IRI, required=True),
        "publisher": Key("Who publishes the data.", _ref("agent"), required=True),
        "creator": Key("Who extracted the facts.", _one_or_many(_ref("agent"))),
        "version": Key("Version of the data.", _WORDS),
        "modified": Key("Date of the last change.", _DATE),
        "keywords": Key("Keywords of the dataset.", _one_or_many(_TEXT)),
        "prefixes": Key(
            "Prefixes for the CURIEs of this file.",
            {"type": "object", "additionalProperties": {"$ref": "#/$defs/iri"}},
        ),
        "vocabulary": Key("Turtle file with terms of the publication's own.", _TEXT),
        "shapes": Key("Turtle file with SHACL shapes of the publication's own.", _TEXT),
    }
)

DOCUMENT_KEYS = Keys(
    {
        "text": Key("File with the text, verbatim, beside the facts file.", _TEXT),
        "content": Key("The text itself, in place of a file.", _TEXT),
        "language": Key("Language tag of the text.", _ref("language"), required=True),
        "type": Key("Class of the document; NewsArticle by default.", _TEXT),
        "title": Key("Title of the text.", _LOCAL),
        "author": Key("Slug of the author or authors.", _SLUGS),
        "publishedIn": Key("Slug of the newspaper, journal or site.", _SLUG),
        "published": Key("Date of publication; relative dates are resolved against it.", _DATE),
        "dateSource": Key("Where the date is from, if it is not in the text.", _TEXT),
        "iri": Key("Where the text is published.", _IRI),
        "source": Key("Where this copy of the text was taken from.", _IRI),
        "means": Key("Words of the text and the entities that they mean.", _ref("means")),
        "translator": Key("Slug of the translator or translators.", _SLUGS),
        "translationOf": Key(
            "The version that it was translated from: its name, or the document's language.", _TEXT
        ),
        "versions": Key(
            "Further versions of the text, each under its name.",
            {
                "type": "object",
                "propertyNames": {"$ref": "#/$defs/slug"},
                "additionalProperties": _ref("version"),
            },
        ),
        "allow": _ALLOW,
    }
)

#: What a further version of the text says of itself.
VERSION_KEYS = Keys(
    {
        **{
            name: DOCUMENT_KEYS[name]
            for name in (
                "text",
                "content",
                "title",
                "author",
                "translator",
                "translationOf",
                "publishedIn",
                "published",
                "dateSource",
                "iri",
                "source",
            )
        },
        "language": Key(
            "Language tag of the text, where the name of the version is none.", _ref("language")
        ),
    }
)

ENTITY = Keys(
    {
        "type": Key("Class of the entity.", _TEXT, required=True),
        "label": Key("Name to show.", _LOCAL, required=True),
        "article": Key('The word before its label in a sentence: "the".', _TEXT),
        "inSentence": Key("What a sentence calls it, where that is not its label.", _LOCAL),
        "number": Key(
            "How one speaks of it; a group is many.", {"type": "string", "enum": [*Number]}
        ),
        "pronoun": Key('What it is called where it speaks of itself: "she".', _TEXT),
        "also": Key("Other names by which the text calls it.", _one_or_many(_WORDS)),
        "description": Key("What it is, one sentence.", _TEXT),
        "wikidata": Key("Its Wikidata item, or why there is none.", _ref("link")),
        "members": Key("The members of a group, or the sides of a flow.", _SLUGS),
        "about": Key("The entities that it is about.", _SLUGS),
        "partOf": Key("The entity that it is part of.", _SLUG),
        "sameAs": Key("IRIs of the same thing elsewhere.", _one_or_many(_IRI)),
        "allow": _ALLOW,
        "note": Key("A remark for the editors; it is not published.", _TEXT),
    }
)

QUOTE = Keys(
    {
        "exact": Key("The words; […] leaves some out.", _TEXT, required=True),
        "prefix": Key("The words just before, where the quote is ambiguous.", _TEXT),
        "suffix": Key("The words just after, where the quote is ambiguous.", _TEXT),
        "occurrence": Key("Which of several places, counted from 1.", _ref("number")),
    }
)

CLAIM = Keys(
    {
        "id": Key("Name of the claim in its IRI.", _SLUG, required=True),
        "quote": Key(
            "The exact words of the text, or of each version by its name; […] leaves some out.",
            _QUOTED,
            required=True,
        ),
        "prefix": QUOTE["prefix"],
        "suffix": QUOTE["suffix"],
        "occurrence": QUOTE["occurrence"],
        "means": Key("Words of the quote and the entities that they mean.", _ref("means")),
        "subject": Key("What the claim is about.", _VALUES, required=True),
        "property": Key("Term of the vocabulary, or any CURIE.", _TEXT, required=True),
        "value": Key("What is said of the subject.", _VALUES),
        "share": Key("Restricts the subject: 'more than 80 percent', 'almost all'.", _WORDS),
        "change": Key("How the value changed: 'up 0.2 percentage points', 'rising'.", _WORDS),
        "comparedWith": Key("What a value or change is compared with.", _ref("comparison")),
        "during": Key("When it holds, in words or EDTF.", _PERIOD),
        "saidOn": Key("Date of the utterance, where it is not the document's.", _DATE),
        "staleAfter": Key("Date after which somebody should look whether it still holds.", _DATE),
        "with": Key(
            "Qualifiers: terms of the vocabulary with their values.",
            {"type": "object", "additionalProperties": _VALUES},
        ),
        "by": Key("Who says it; a list is a chain, outermost first.", _SLUGS),
        "modality": Key(
            "How it is meant; 'stated' by default.",
            {
                "enum": [
                    "stated",
                    "implied",
                    "possible",
                    "planned",
                    "expected",
                    "offered",
                    "demanded",
                    "evaluative",
                    "retracted",
                ]
            },
        ),
        "polarity": Key("'negative' where it is denied.", {"enum": ["positive", "negative"]}),
        "denies": Key("Ids of the claims that it denies.", _SLUGS),
        "replaces": Key("Ids of the claims that it replaces.", _SLUGS),
        "allow": _ALLOW,
        "note": Key("A remark for the editors; it is not published.", _TEXT),
    }
)

NO_FACT = Keys(
    {
        "quote": Key(
            "The passage, one or several, or those of each version by its name.",
            _QUOTED,
            required=True,
        ),
        "reason": Key("Why it carries no fact.", {"enum": list(NO_FACT_REASONS)}, required=True),
        "note": Key("A remark for the editors; it is not published.", _TEXT),
    }
)

AGENT = Keys(
    {
        "name": Key("Name of the person or organisation.", _TEXT, required=True),
        "url": Key("Its home page, which serves as its IRI.", _IRI),
    }
)

LINK = Keys(
    {
        "none": Key("Why there is no item, or none yet.", _TEXT),
        "close": Key("An item that is near, but not the same.", _ref("qid")),
        "same": Key("The item.", _ref("qid")),
    }
)

PERIOD = Keys(
    {
        "words": Key("The words of the text.", _TEXT),
        "edtf": Key("The value in Extended Date/Time Format.", _WORDS),
    }
)

COMPARISON = Keys(
    {
        **PERIOD,
        "value": Key("The value that it is compared with.", _WORDS),
    }
)

#: The forms of a value that is a mapping; exactly one of the first keys, with its companions.
VALUE_FORMS: dict[str, Keys] = {
    "text": Keys(
        {
            "text": Key("A literal in words.", _TEXT, required=True),
            "language": Key("Its language tag.", _ref("language")),
        }
    ),
    "claim": Keys({"claim": Key("Another claim, by its id.", _SLUG, required=True)}),
    "unknown": Keys(
        {"unknown": Key("A gap that the text states, in its words.", _TEXT, required=True)}
    ),
    "iri": Keys({"iri": Key("A resource outside the publication.", _IRI, required=True)}),
    "quantity": Keys(
        {
            "quantity": Key("A quantity.", _WORDS, required=True),
            "words": Key("The words of the quote that state it.", _TEXT),
        }
    ),
    "edtf": Keys(
        {
            "edtf": Key("A date or period in EDTF.", _WORDS, required=True),
            "words": PERIOD["words"],
        }
    ),
    "date": Keys(
        {
            "date": Key("A date or period, in words or EDTF.", _WORDS, required=True),
        }
    ),
}
