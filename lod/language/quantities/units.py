"""The units and currencies that one language can name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from lod.language.data import unit_data
from lod.language.quantities.phrases import Phrases
from lod.model.quantity import Unit
from lod.patterns import lazy

_QUDT = "http://qudt.org/vocab/unit/"


class UnitTable:
    """Names, signs and symbols of the units of one language.

    Args:
        data: the data of the language (`lod.language.data.language_data`).
        fold: makes the text of the language as it is searched.

    Attributes:
        names: phrases in folded form to id; an id is that of `units.toml` or an ISO 4217 code.
        symbols: pattern of the symbols and signs, to be matched on the untouched text.
        symbol_ids: symbol to id.
        has_symbols: whether some are of the language alone, and may begin with a name.
        signs: signs of money that stand before a number, to ISO 4217 code.
        codes: ISO 4217 codes that are read, those of currencies that are no longer in use too.
        durations: ids of the units of time.
    """

    def __init__(self, data: Mapping[str, Any], fold: Callable[[str], str]) -> None:
        self._fold = fold
        shared = unit_data()
        self._entries: Mapping[str, Mapping[str, Any]] = shared["units"]
        self._currencies: Mapping[str, Any] = shared["currencies"]
        names: Mapping[str, Any] = data["names"]
        self._unit_names: dict[str, list[str]] = {
            key: [*names["units"].get(key, ()), *data["units"].get(key, ())]
            for key in self._entries
        }
        self._currency_names: Mapping[str, list[str]] = names["currencies"]
        self.names = Phrases[str]()
        for code, known in self._currency_names.items():
            self._add(known, code)
        for key, known in self._unit_names.items():
            self._add(known, key)
        for code, known in data["currencies"].items():
            self._add(known, code)
        self._in_qudt = frozenset(names["codes"]) - {*self._currencies["not_in_qudt"]}
        former = {*names["former"]} - {*self._currencies["words"]}
        self.codes = former.union(names["codes"])
        self.signs: dict[str, str] = {**shared["signs"], **data["signs"]}
        self.symbol_ids = {
            **self.signs,
            **{
                symbol: key
                for key, entry in self._entries.items()
                for symbol in entry.get("symbols", ())
            },
            **data.get("symbols", {}),
        }
        self.has_symbols = "symbols" in data
        longest = sorted(self.symbol_ids, key=len, reverse=True)
        self.symbols = lazy(rf"[\s-]?({'|'.join(map(re.escape, longest))}|[A-Z]{{3}})(?![\w²³])")
        self.durations = frozenset(key for key in self._entries if key.startswith("duration-"))
        self._unit_of = frozenset(data["words"]["unit_of"])
        self._units: dict[str, Unit] = {}

    def _add(self, names: Iterable[str], key: str) -> None:
        for name in names:
            self.names.add(self._fold(name), key)

    def unit(self, key: str) -> Unit:
        """The unit of an id."""
        unit = self._units.get(key)
        if unit is None:
            unit = self._units[key] = self._make(key)
        return unit

    def _make(self, key: str) -> Unit:
        entry = self._entries.get(key)
        if entry is not None:
            qudt = entry.get("qudt")
            return Unit(
                text=next(iter(self._unit_names[key]), key),
                qudt=qudt and _QUDT + qudt,
                wikidata=entry.get("wikidata"),
            )
        return Unit(
            text=self._currency_names.get(key, [key])[0],
            currency=key,
            qudt=f"{_QUDT}CCY_{key}" if key in self._in_qudt else None,
            wikidata=self._currencies["wikidata"].get(key),
        )

    def name(self, unit: Unit, *, plural: int) -> str:
        """The name of a unit in this language, in a sentence: for a currency its code.

        Args:
            unit: any unit; what this language does not know keeps its own text.
            plural: which of its names: 0 for the one that is published, 1 for that of the
                singular, or what the plurals of `[format]` say.
        """
        if unit.currency is not None:
            return unit.currency
        key = _keys().get(unit.qudt or unit.text)
        names = self._unit_names.get(key, ()) if key else ()
        if not names or self._is_qualified(unit.text):
            return unit.text
        return names[plural] if len(names) > plural else names[0]

    def _is_qualified(self, text: str) -> bool:
        """Whether a unit has more to its name ("percent of GDP")."""
        return not self._unit_of.isdisjoint(text.split())


@lru_cache(maxsize=1)
def _keys() -> Mapping[str, str]:
    """Ids of the units of measure by what tells them apart, whatever the language."""
    keys: dict[str, str] = {}
    for key, entry in unit_data()["units"].items():
        if "qudt" in entry:
            keys[_QUDT + entry["qudt"]] = key
        else:
            keys |= dict.fromkeys(entry["texts"], key)
    return keys


@lru_cache(maxsize=1)
def _meanings() -> Mapping[str, frozenset[str]]:
    """What each ambiguous unit may mean, by its id."""
    entries = unit_data()["units"]
    return {
        key: frozenset(
            _QUDT + entries[one]["qudt"] if "qudt" in entries.get(one, {}) else one
            for one in entry["ambiguous"]
        )
        for key, entry in entries.items()
        if "ambiguous" in entry
    }


def same_unit(stated: Unit | None, found: Unit | None) -> bool:
    """Whether two units can mean the same.

    Currencies are compared by code, units of measure by their QUDT identifier, others by their
    text. A word that names several units ("tons") agrees with each of them. What is counted
    ("students") is never compared: a text has many words for it, or leaves it out.

    >>> same_unit(None, Unit("enterprises")), same_unit(None, Unit("US dollars", "USD"))
    (True, False)
    """
    if stated is found:
        return True
    mine, theirs = _identity(stated), _identity(found)
    if mine == theirs:
        return True
    if mine is None or theirs is None:
        return False
    meanings = _meanings()
    return theirs in meanings.get(mine, ()) or mine in meanings.get(theirs, ())


def _identity(unit: Unit | None) -> str | None:
    """What tells a unit from others, or None for what is counted and for no unit at all."""
    if unit is None:
        return None
    known = unit.currency or unit.qudt
    return known if known is not None else _keys().get(unit.text)
