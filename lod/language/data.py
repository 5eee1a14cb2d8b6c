"""The data of languages: a folder each, named by the language's subtag (`en/`, `de/`).

Code knows no language: to add one is to add its folder. Each file in it is one *kind* of data
(`quantities.toml`, `periods.toml`, `markers.toml`, `speech.toml`, `inflections.toml`,
`sentences.toml`, `descriptions.toml`, `phrases.toml`, `texts.toml`, and in `site/` the words of web
pages), and a language may have some kinds only. The names of units, currencies and months are taken
from Unicode CLDR (`cldr.json`, written by `python -m tests.project.snapshot`).
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from lod.namespaces import shrink
from lod.patterns import lazy

#: The language whose data serve where a language has none of its own.
FALLBACK = "en"

#: Where the folders are.
FOLDER = Path(__file__).parent


@cache
def languages(kind: str = "quantities") -> frozenset[str]:
    """The languages that have data of a kind, as primary subtags.

    >>> {"de", "en", "es", "fr", "kk", "ru"} <= languages()
    True
    """
    return frozenset(path.parent.name for path in FOLDER.glob(f"*/{kind}.toml"))


@cache
def table(language: str, kind: str) -> dict[str, Any] | None:
    """One kind of data of a language, or None where it has none.

    Args:
        language: primary language subtag ("en").
        kind: the name of its file, without the extension.

    Returns:
        The tables of the file. Not to be changed.
    """
    if language not in languages(kind):
        return None
    return tomllib.loads((FOLDER / language / f"{kind}.toml").read_text("utf-8"))


def term_phrases(iri: str, kind: str) -> dict[str, str]:
    """How languages say a term of the shipped vocabulary; English stands with the term itself.

    Args:
        iri: the term.
        kind: "phrase" of a statement, "inverse" (the same from the value's side) or "qualifier".

    Returns:
        Language to pattern, as far as `phrases.toml` of the languages has them.

    >>> term_phrases("https://w3id.org/lod-facts/relations#memberOf", "phrase")["de"]
    '{s} ist Mitglied der Organisation {o}'
    """
    found = {language: _phrase(language, iri, kind) for language in sorted(languages("phrases"))}
    return {language: phrase for language, phrase in found.items() if phrase is not None}


def term_label(iri: str, language: str) -> str | None:
    """What a language calls a term of the shipped vocabulary, where its `terms.toml` says it.

    Args:
        iri: the term.
        language: primary language subtag; English and German stand with the term itself.

    >>> term_label("https://w3id.org/lod-facts/relations#population", "ru")
    'население'
    """
    label: str | None = (table(language, "terms") or {}).get(shrink(iri))
    return label


def _phrase(language: str, iri: str, kind: str) -> str | None:
    """How one language says a term, as its `phrases.toml` has it."""
    phrase = (table(language, "phrases") or {}).get(shrink(iri), {}).get(kind)
    return None if phrase is None else str(phrase)


def phrase_in(language: str, phrases: Mapping[str, str], iri: str, kind: str) -> str | None:
    """How a language says a term; None where it has no phrase.

    Args:
        language: primary language subtag ("de").
        phrases: those that stand with the term, by language: they win.
        iri: the term.
        kind: as for `term_phrases`.
    """
    return phrases.get(language) or _phrase(language, iri, kind)  # others are not even read


def is_supported(tag: str) -> bool:
    """Whether the quantities of a language can be read.

    Where they cannot, numbers are read as in English, and what a text says is better not checked.

    Args:
        tag: language tag (BCP 47); only its first part decides.

    >>> is_supported("de-CH"), is_supported("uk")
    (True, False)
    """
    return primary(tag) in languages()


@lru_cache(maxsize=64)
def language_data(tag: str) -> Mapping[str, Any]:
    """The data of a language, with what differs in the region of the tag.

    Args:
        tag: language tag (BCP 47). `de-CH` is German with what differs in Switzerland; a language
            without data of its own is read as English.

    Returns:
        The tables of its TOML file, and under `names` those of CLDR. Not to be changed.

    >>> language_data("de")["numbers"]["decimal"], language_data("de-CH")["numbers"]["decimal"]
    (',', ',.')
    """
    language = primary(tag)
    own = table(language, "quantities")
    if own is None:
        return language_data(FALLBACK)
    data = {**own, "language": language}
    if "forms" in own:
        data = _with_forms(data, data.pop("forms"))
    data["names"] = json.loads((FOLDER / language / "cldr.json").read_text("utf-8"))
    regions: dict[str, Any] = data.pop("regions", {})
    for part in tag.replace("_", "-").upper().split("-")[1:]:
        for name, changed in regions.get(part, {}).items():
            data[name] = {**data[name], **changed}
    return data


_FORM = lazy(r"\{(\w+)\}")


def _with_forms(node: Any, forms: Mapping[str, str]) -> Any:
    """Data with every `{name}` of `forms` in a list or key written out, an entry an ending.

    >>> _with_forms({"up": ["вырос{past}"], "small": "{unit}"}, {"past": "_ ла ли"})
    {'up': ['вырос', 'выросла', 'выросли'], 'small': '{unit}'}
    """
    if isinstance(node, list):
        return [
            form
            for one in node
            for form in (
                _forms_of(one, forms) if isinstance(one, str) else [_with_forms(one, forms)]
            )
        ]
    if isinstance(node, dict):
        return {
            form: _with_forms(value, forms)
            for key, value in node.items()
            for form in _forms_of(key, forms)
        }
    return node


def _forms_of(word: str, forms: Mapping[str, str]) -> list[str]:
    """A word with each ending of the first `{name}` that `forms` has; `_` is none."""
    for match in _FORM.finditer(word):
        if match[1] in forms:
            start, end = word[: match.start()], word[match.end() :]
            endings = ("" if one == "_" else one for one in forms[match[1]].split())
            return [form for one in endings for form in _forms_of(f"{start}{one}{end}", forms)]
    return [word]


@lru_cache(maxsize=1)
def unit_data() -> Mapping[str, Any]:
    """What is the same in every language: units, signs of money, QUDT names, Wikidata items."""
    return tomllib.loads((FOLDER / "units.toml").read_text("utf-8"))


def any_word(words: Iterable[str]) -> re.Pattern[str]:
    """Finds any of some words, each a regular expression of the data, as whole words.

    >>> any_word(["no", "n[eo]ver"]).findall("nobody never said no")
    ['never', 'no']
    """
    return lazy(rf"\b(?:{'|'.join(words)})(?!\w)")


def elided_words(words: Iterable[str]) -> re.Pattern[str]:
    r"""Finds words that have lost a vowel before another word, with their apostrophe: "l'an".

    `\1` and a space in the place of what it finds make them words, and the text no longer.

    >>> elided_words(["l", "qu"]).sub(r"\1 ", "l'an qu’aujourd'hui")
    "l an qu aujourd'hui"
    """
    return lazy(rf"(?<!\w)({'|'.join(words)})['’](?=\w)", re.IGNORECASE)


def primary(tag: str) -> str:
    """The language of a language tag, without script and region.

    >>> primary("de-CH")
    'de'
    """
    return tag.replace("_", "-").partition("-")[0].lower()
