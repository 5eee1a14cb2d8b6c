"""The words of the interface, in the language of the site: what buttons and headings say.

Each part of the site has its own file, `lod/language/xx/site/{part}.toml`; a word is named by the
part and its key, as in `article.filter`. `{name}` stands for a value. A language that lacks a word
shows the English one.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from lod.errors import InputError
from lod.language.data import FOLDER
from lod.sources.outside import read_toml

if TYPE_CHECKING:
    from decimal import Decimal

    from markupsafe import Markup

_FALLBACK = "en"
#: What is written from right to left, by the primary subtag of its language (CLDR).
_RIGHT_TO_LEFT = frozenset("ar arc ckb dv fa he ks ku ps sd ug ur yi".split())


def languages() -> list[str]:
    """The languages that the interface ships in.

    >>> {"de", "en"} <= set(languages())
    True
    """
    return sorted(path.parent.name for path in FOLDER.glob("*/site"))


def direction(language: str | None) -> str:
    """The direction of a language's script: "ltr" or "rtl".

    >>> direction("ar-EG"), direction("kk"), direction("az-Arab")
    ('rtl', 'ltr', 'rtl')
    """
    parts = (language or "").lower().split("-")
    script = next((part for part in parts[1:] if len(part) == 4), None)
    if script is not None:
        return "rtl" if script in {"arab", "hebr", "syrc", "thaa", "nkoo", "adlm"} else "ltr"
    return "rtl" if parts[0] in _RIGHT_TO_LEFT else "ltr"


class Words:
    """The words of one language.

    Args:
        language: its tag.
        own: a TOML file whose words take the place of ours, or None.

    Attributes:
        lacking: names of the words that are said in English, since the language has none.

    Raises:
        InputError: the language is not shipped and `own` is None; or the file cannot be read.
    """

    def __init__(self, language: str = _FALLBACK, own: Path | None = None) -> None:
        if own is None and language not in languages():
            raise InputError(
                f"there are no interface words in {language!r}",
                hint=f"choose one of {', '.join(languages())}, or give a file of words",
            )
        self.language = language
        self.direction = direction(language)
        known = dict(_shipped(language)) if language in languages() else {}
        if own is not None:
            known |= _read(own)
        self._words: dict[str, str] = dict(_shipped(_FALLBACK)) | known
        self.lacking = sorted(_shipped(_FALLBACK).keys() - known.keys())

    def __call__(self, name: str, **values: object) -> str:
        """The words of that name, its values filled in.

        Raises:
            KeyError: there are no words of that name: a mistake in a template.

        >>> Words("de")("common.claims")
        'Aussagen'
        """
        words = self._words[name]
        return words.format_map(values) if values else words

    def __contains__(self, name: object) -> bool:
        """Whether there are words of that name."""
        return name in self._words

    @cached_property
    def fingerprint(self) -> str:
        """What is the same for the same words, and for no others."""
        return hashlib.sha256(json.dumps(self._words).encode("utf-8")).hexdigest()

    def markup(self, name: str, /, **values: object) -> Markup:
        """The words of that name with markup in them: links that stand where a language wants them.

        Args:
            name: of the words, which are escaped.
            values: what is filled in; each is escaped, but for markup.

        Raises:
            KeyError: there are no words of that name.
        """
        from markupsafe import Markup, escape

        words = Markup(escape(self._words[name]))  # noqa: S704 (escaped)
        return words.format_map(values)

    def count(self, name: str, number: int, /, **values: object) -> str:
        """The words for a number of things, in the plural form that the language has for it.

        A language says in `common.plural_one`, `common.plural_few` which digits take that form, as
        a regular expression; `NAME_one` and `NAME_few` are the words, `NAME` those of the others.

        Args:
            name: of the words, with `{n}` for the number.
            number: how many.
            values: what else is filled in.

        >>> Words("en").count("article.claims", 1), Words("de").count("article.claims", 1200)
        ('1 claim', '1.200 Aussagen')
        """
        for form in ("one", "few"):
            digits = self._words.get(f"common.plural_{form}")
            if digits and f"{name}_{form}" in self._words and re.fullmatch(digits, str(number)):
                name = f"{name}_{form}"
                break
        return self(name, n=self.number(number), **values)

    def number(self, value: int | float | Decimal) -> str:
        """A number as the language writes it: all its digits, grouped by thousands.

        >>> Words("de").number(12345.5), Words("en").number(12345)
        ('12.345,5', '12,345')
        """
        return self.marks(f"{value:,}" if isinstance(value, int | float) else f"{value:,f}")

    def marks(self, text: str) -> str:
        """Digits that were written with the marks of English, with those of the language.

        >>> Words("de").marks("> 28,000.5")
        '> 28.000,5'
        """
        marks = {",": self._words["common.thousands"], ".": self._words["common.decimal"]}
        return "".join(marks.get(character, character) for character in text)

    def part(self, name: str) -> dict[str, str]:
        """All words of one part, by their keys: what a script of the page needs."""
        start = f"{name}."
        return {k.removeprefix(start): w for k, w in self._words.items() if k.startswith(start)}


@lru_cache(maxsize=8)
def _shipped(language: str) -> Mapping[str, str]:
    words: dict[str, str] = {}
    for file in sorted((FOLDER / language / "site").glob("*.toml")):
        for key, value in tomllib.loads(file.read_text("utf-8")).items():
            words[f"{file.stem}.{key}"] = value
    return words


def _read(file: Path) -> dict[str, str]:
    data = read_toml(file)
    words: dict[str, str] = {}
    for part, table in data.items():
        if not isinstance(table, dict):
            raise InputError(
                f"{file}: {part!r} is no table",
                hint='write the part as a table and its words in it: [common] claims = "…"',
            )
        words |= {f"{part}.{key}": str(value) for key, value in table.items()}
    return words
