"""Takes the names of units, currencies and months from Unicode CLDR, through Babel.

The names are kept beside the language data, so that reading a quantity needs neither Babel nor its
locale files. Run it after a change of `units.toml` or of a language's `locale`, or for newer names:

    python -m lod.facts.languages.snapshot
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent


def snapshot(language: str) -> dict[str, Any]:
    """The names of one language.

    Args:
        language: primary subtag of a language that has a TOML file here.

    Returns:
        `babel`: the version that they come from. `codes`: the ISO 4217 codes in use today.
        `currencies` and `units`: code or id to names, the first for publishing, the second its
        singular, then other ones. `months`: names of the months in lower case.
    """
    import babel
    from babel import Locale
    from babel.core import get_global

    data = tomllib.loads((_HERE / f"{language}.toml").read_text("utf-8"))
    ids = tomllib.loads((_HERE / "units.toml").read_text("utf-8"))["units"]
    locales = [Locale.parse(name) for name in data["locale"]]
    months: list[str] = []
    currencies: dict[str, list[str]] = {}
    units: dict[str, list[str]] = {}
    for locale in locales:
        for width in ("wide", "abbreviated"):
            months += (name.lower().rstrip(".") for name in locale.months["format"][width].values())
        for code, name in sorted(locale.currencies.items()):
            plural = locale._data["currency_names_plural"].get(code) or {}
            names = [plural.get("other", name), plural.get("one", name), name]
            if not any("(" in name or any(map(str.isdigit, name)) for name in names):
                currencies.setdefault(code, []).extend(names)
        for key in ids:
            long = (locale._data["unit_patterns"].get(key) or {}).get("long")
            if long:
                patterns = [long["other"], long.get("one", long["other"])]
                units.setdefault(key, []).extend(
                    pattern.replace("{0}", "").replace("\xa0", " ").strip() for pattern in patterns
                )
    in_use = {
        code
        for uses in get_global("territory_currencies").values()
        for code, _, end, tender in uses
        if tender and end is None
    }
    return {
        "source": "Unicode CLDR (Unicode License v3, https://www.unicode.org/license.txt)",
        "babel": babel.__version__,
        "codes": sorted(in_use),
        "months": _unique(months),
        "currencies": {code: _names(names) for code, names in currencies.items()},
        "units": {key: _names(names) for key, names in units.items()},
    }


def render(data: dict[str, Any]) -> str:
    """A snapshot as the text of its file: one name a line, for readable differences."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _unique(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _names(names: list[str]) -> list[str]:
    """The plural and the singular of the first locale, and then what else there is."""
    return names[:2] + [name for name in _unique(names) if name not in names[:2]]


def main() -> None:
    """Write the snapshot of every language."""
    for path in sorted(_HERE.glob("??.toml")):
        target = _HERE / "cldr" / f"{path.stem}.json"
        target.write_text(render(snapshot(path.stem)), "utf-8")
        sys.stdout.write(f"{target.name}: written\n")


if __name__ == "__main__":
    main()
