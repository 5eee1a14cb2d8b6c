"""The data of languages: how each one writes numbers, hedges, units and changes.

A language is a TOML file here (`en.toml`), with the names of units and currencies beside it, taken
from Unicode CLDR (`cldr/en.json`, written by `python -m lod.facts.languages.snapshot`). Code knows
no language: to add one is to add its files.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

#: The language whose data serve where a language has none of its own.
FALLBACK = "en"

_HERE = Path(__file__).parent


@lru_cache(maxsize=1)
def languages() -> frozenset[str]:
    """The languages that have data, as primary subtags.

    >>> sorted(languages())
    ['de', 'en']
    """
    return frozenset(path.stem for path in _HERE.glob("??.toml"))


def is_supported(tag: str) -> bool:
    """Whether the quantities of a language can be read.

    Where they cannot, numbers are read as in English, and what a text says is better not checked.

    Args:
        tag: language tag (BCP 47); only its first part decides.

    >>> is_supported("de-CH"), is_supported("kk")
    (True, False)
    """
    return _primary(tag) in languages()


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
    primary = _primary(tag)
    if primary not in languages():
        return language_data(FALLBACK)
    data = tomllib.loads((_HERE / f"{primary}.toml").read_text("utf-8"))
    data["language"] = primary
    data["names"] = json.loads((_HERE / "cldr" / f"{primary}.json").read_text("utf-8"))
    regions: dict[str, Any] = data.pop("regions", {})
    for part in tag.replace("_", "-").upper().split("-")[1:]:
        for table, changed in regions.get(part, {}).items():
            data[table] = {**data[table], **changed}
    return data


@lru_cache(maxsize=1)
def unit_data() -> Mapping[str, Any]:
    """What is the same in every language: units, signs of money, QUDT names, Wikidata items."""
    return tomllib.loads((_HERE / "units.toml").read_text("utf-8"))


def _primary(tag: str) -> str:
    return tag.replace("_", "-").partition("-")[0].lower()
