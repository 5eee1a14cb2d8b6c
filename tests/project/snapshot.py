"""Takes the names of units, currencies, months and languages from Unicode CLDR, through Babel.

The names are kept beside the language data, so that reading a quantity needs neither Babel nor its
locale files. Run it after a change of `units.toml` or of a language's `locale`, or for newer names:

    python -m tests.project.snapshot

CLDR drops what is no longer in use, and texts do not: what a file has stays in it. A name that is
new comes first, those that were there before follow it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from typing import Any

from lod.language.data import FOLDER, languages, table, unit_data

#: Units that CLDR names otherwise since version 49, by the name that they have here.
_RENAMED = {
    "concentr-permillion": "concentr-part-per-1e6",
    "concentr-portion-per-1e9": "concentr-part-per-1e9",
}


def snapshot(language: str) -> dict[str, Any]:
    """The names of one language, as the installed Babel has them.

    Args:
        language: primary subtag of a language that has a TOML file here.

    Returns:
        `babel` and `cldr`: the versions that they come from. `codes`: the ISO 4217 codes of the
        currencies in use, `former`: of those that were in use before. `currencies` and `units`:
        code or id to names: one for each of the `plurals` of `[format]` (where there are none, the
        plural and the singular), the first for publishing; then other ones.
        `months`: names of the months in lower case.

    Raises:
        ValueError: there is no such language.
    """
    from babel import Locale
    from babel.core import get_global

    data = table(language, "quantities")
    if data is None:
        raise ValueError(f"lod/language/{language} has no quantities.toml")
    ids = unit_data()["units"]
    locales = [Locale.parse(name) for name in data["locale"]]
    plurals = plurals_of(language)
    months: list[str] = []
    currencies: dict[str, list[str]] = {}
    units: dict[str, list[str]] = {}
    for locale in locales:
        for width in ("wide", "abbreviated"):
            months += (name.lower().rstrip(".") for name in locale.months["format"][width].values())
        for code, name in sorted(locale.currencies.items()):
            plural = locale._data["currency_names_plural"].get(code) or {}
            names = [*(plural.get(category, name) for category in plurals), name]
            if not any("(" in name or any(map(str.isdigit, name)) for name in names):
                currencies.setdefault(code, []).extend(names)
        for key in ids:
            patterns_of = locale._data["unit_patterns"]
            entry = patterns_of.get(_RENAMED.get(key, key)) or patterns_of.get(key) or {}
            long = entry.get("long")
            if long:
                patterns = [long.get(category, long["other"]) for category in plurals]
                units.setdefault(key, []).extend(
                    pattern.replace("{0}", "").replace("\xa0", " ").strip() for pattern in patterns
                )
    ends: dict[str, set[Any]] = {}
    for uses in get_global("territory_currencies").values():
        for code, _, end, tender in uses:
            if tender:
                ends.setdefault(code, set()).add(end)
    return {
        **_source(),
        "codes": sorted(code for code, known in ends.items() if None in known),
        "former": sorted(code for code, known in ends.items() if None not in known),
        "months": _unique(months),
        "currencies": {code: _names(names, len(plurals)) for code, names in currencies.items()},
        "units": {key: _names(names, len(plurals)) for key, names in units.items()},
    }


def _source() -> dict[str, str]:
    """Where names come from."""
    import babel
    from babel.core import get_cldr_version

    return {
        "source": "Unicode CLDR (Unicode License v3, https://www.unicode.org/license.txt)",
        "babel": babel.__version__,
        "cldr": get_cldr_version(),
    }


def language_names() -> dict[str, Any]:
    """The English names of languages, as the installed Babel has them.

    Returns:
        `languages`: primary subtag to name, in the order of the subtags; and what `snapshot` says
        of the source.
    """
    from babel import Locale

    names = sorted(Locale("en").languages.items())
    return {**_source(), "languages": {tag: name for tag, name in names if tag.isalpha()}}


def plurals_of(language: str) -> list[str]:
    """The plurals of CLDR for which a language names its units, in the order of its names.

    >>> plurals_of("de")
    ['other', 'one']
    """
    given = (table(language, "quantities") or {})["format"].get("plurals", ())
    return [category for category, _ in given] or ["other", "one"]


def merged(kept: Mapping[str, Any], fresh: Mapping[str, Any], count: int = 2) -> dict[str, Any]:
    """A new snapshot with all that an older one has and CLDR has dropped.

    Args:
        kept: the older one.
        fresh: the new one.
        count: how many names come first, one for each plural.

    Returns:
        What `snapshot` returns. A code that was in use stays among the `codes`, because data that
        names it by QUDT has been published.

    >>> old = {"codes": ["BGN"], "months": ["may"], "currencies": {"BGN": ["leva", "lev"]}}
    >>> new = {"codes": ["EUR"], "former": ["BGN"], "currencies": {"EUR": ["euros", "euro"]}}
    >>> both = merged(old, {"months": ["may"], **new})
    >>> both["codes"], both["former"], list(both["currencies"])
    (['BGN', 'EUR'], [], ['BGN', 'EUR'])
    """
    codes = {*kept.get("codes", ()), *fresh["codes"]}
    former = {*kept.get("former", ()), *fresh["former"]} - codes
    result = {**fresh, "codes": sorted(codes), "former": sorted(former)}
    result["months"] = _unique([*fresh["months"], *kept.get("months", ())])
    for part in ("currencies", "units"):
        old, new = kept.get(part, {}), fresh.get(part, {})
        # In the order of the tables of units, which both have; a currency by its code.
        keys = sorted({*old, *new}) if part == "currencies" else _unique([*new, *old])
        names = {key: [*new.get(key, ()), *old.get(key, ())] for key in keys}
        result[part] = {key: _names(names[key], count) for key in keys}
    return result


def render(data: dict[str, Any]) -> str:
    """A snapshot as the text of its file: one name a line, for readable differences."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _unique(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _names(names: list[str], count: int) -> list[str]:
    """The names of the first locale, one for each plural, and then what else there is."""
    first = names[:count]
    return first + [name for name in _unique(names) if name not in first]


def main() -> None:
    """Write the names of languages, and the snapshot of every language that has data."""
    (FOLDER / "names.json").write_text(render(language_names()), "utf-8")
    for language in sorted(languages()):
        target = FOLDER / language / "cldr.json"
        kept = json.loads(target.read_bytes()) if target.exists() else {}
        plurals = plurals_of(language)
        target.write_text(render(merged(kept, snapshot(language), len(plurals))), "utf-8")
        sys.stdout.write(f"{language}: written\n")


if __name__ == "__main__":
    main()
