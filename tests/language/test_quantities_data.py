"""The data of the languages: complete, consistent with each other, and not stale."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import babel
import pytest

import lod.language.data
from lod.language.data import language_data, languages, unit_data
from lod.language.quantities import parse_quantity, parse_share
from lod.language.quantities.lexicon import lexicon
from lod.language.quantities.phrases import fold
from lod.model.quantity import Comparator, Direction
from tests.project import snapshot

FOLDER = Path(lod.language.data.__file__).parent
LANGUAGES = sorted(languages())
NEW = ["new names", "new name", "new few", "new part"]
#: Keys of `numbers.more` for what some languages do not have.
NOT_IN_EVERY_LANGUAGE = {
    "about",
    "denominators",
    "numerators",
    "elisions",
    "endings",
    "false_friends",
    "goes_on",
    "group_from",
    "hedged_words",
    "no_part",
    "of_change",
    "of_many",
    "per_after_noun",
    "then_digits",
    "words_only",
}


def kept_names(language: str) -> dict[str, Any]:
    """What the file of names of a language has."""
    names: dict[str, Any] = json.loads((FOLDER / language / "cldr.json").read_bytes())
    return names


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_names_of_cldr_are_not_stale(language: str) -> None:
    kept = kept_names(language)
    # The version that the file names is the one that the tests are installed with; with another
    # one nothing can be said of names, but what was asked for must be there.
    if kept["babel"] == babel.__version__:
        count = len(snapshot.plurals_of(language))
        fresh = snapshot.merged(kept, snapshot.snapshot(language), count)
        assert fresh == kept, "run: python -m tests.project.snapshot"
        assert list(fresh["currencies"]) == list(kept["currencies"])
    assert kept["units"].keys() == snapshot.snapshot(language)["units"].keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_names_of_cldr_come_from_the_pinned_babel(language: str) -> None:
    pins = (Path(__file__).parents[2] / "constraints.txt").read_text("utf-8").splitlines()
    assert f"babel=={kept_names(language)['babel']}" in pins
    assert int(kept_names(language)["cldr"]) >= 49


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_newer_cldr_loses_nothing(language: str) -> None:
    kept = kept_names(language)
    gone = {"BGN", "CHF", *kept["former"]}
    newer = {
        **kept,
        "codes": ["EUR", "XYZ"],
        "former": ["BGN"],
        "months": kept["months"][1:],
        "units": {},
        "currencies": {
            code: NEW[: len(snapshot.plurals_of(language))]
            for code in [*kept["currencies"], "XYZ"]
            if code not in gone
        },
    }
    count = len(snapshot.plurals_of(language))
    both = snapshot.merged(kept, newer, count)
    assert both["codes"] == sorted({*kept["codes"], "XYZ"})
    assert both["former"] == kept["former"]
    assert set(both["months"]) == set(kept["months"])
    assert both["units"] == kept["units"]
    assert both["currencies"].keys() == {*kept["currencies"], "XYZ"}
    for code, names in kept["currencies"].items():
        assert set(names) <= set(both["currencies"][code])
        assert both["currencies"][code][:count] == (names[:count] if code in gone else NEW[:count])


with (Path(__file__).parent / "former_currencies.tsv").open(encoding="utf-8", newline="") as _table:
    FORMER = [tuple(row.values()) for row in csv.DictReader(_table, delimiter="\t")]


@pytest.mark.parametrize(("language", "text", "code"), FORMER)
def test_a_currency_that_is_no_longer_in_use_is_read(language: str, text: str, code: str) -> None:
    unit = parse_quantity(text, language).unit
    assert unit is not None
    assert unit.currency == code
    # QUDT's names were checked for those that were in use when lod began.
    assert (unit.qudt is not None) == (code in kept_names(language)["codes"])


def test_a_former_code_that_is_a_word_is_no_currency() -> None:
    for word in unit_data()["currencies"]["words"]:
        assert word in kept_names("en")["former"]
        unit = parse_quantity(f"10 {word}").unit
        assert unit is None or unit.currency is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_table(language: str) -> None:
    def shape(value: Any, depth: int) -> Any:
        if not isinstance(value, dict) or depth == 0:
            return type(value).__name__
        return {key: shape(one, depth - 1) for key, one in value.items()}

    open_tables = {"units", "currencies", "signs", "symbols", "names", "language"}
    wanted, given = (
        {key: value for key, value in language_data(one).items() if key not in open_tables}
        for one in ("en", language)
    )
    assert shape(given, 1) == shape(wanted, 1)
    for table in ("hedges", "changes", "format", "calendar", "words", "per", "ranges"):
        assert given[table].keys() - {"plurals"} == wanted[table].keys(), table
    assert given["numbers"].keys() == wanted["numbers"].keys()
    more = given["numbers"]["more"].keys() - NOT_IN_EVERY_LANGUAGE
    assert more == wanted["numbers"]["more"].keys()
    assert given["proportions"].keys() == wanted["proportions"].keys()
    assert set(given["format"]["hedges"]) == set(Comparator) - {"exactly", "between"}
    assert set(given["format"]["changes"]) == set(Direction)


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_given_in_the_form_that_is_searched(language: str) -> None:
    data = language_data(language)
    phrases = [
        *(phrase for table in data["hedges"]["before"].values() for phrase in table),
        *(phrase for table in data["hedges"]["after"].values() for phrase in table),
        *(phrase for table in data["proportions"].values() for phrase in table),
        *data["hedges"]["more"]["links"],
        *data["hedges"]["more"]["weak"],
        *data["words"]["not_units"],
        *data["changes"]["adverbs"],
    ]
    assert [phrase for phrase in phrases if fold(phrase) != phrase] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_hedge_of_the_data_is_read(language: str) -> None:
    data = language_data(language)["hedges"]
    for name, phrases in data["before"].items():
        for phrase in phrases:
            assert parse_quantity(f"{phrase} 7", language).comparator == name, phrase
    # Some stand behind an ending only: "7-ден артық".
    ending = next(iter(language_data(language)["roles"].get("old_endings", ())), "")
    behind = data["more"].get("after_old", ())
    for name, phrases in data["after"].items():
        for phrase in phrases:
            number = f"7-{ending}" if phrase in behind else "7"
            assert parse_quantity(f"{number} {phrase}", language).comparator == name, phrase


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_proportion_of_the_data_is_read(language: str) -> None:
    for name, phrases in language_data(language)["proportions"].items():
        for phrase in phrases:
            assert parse_share(phrase, language).proportion == name, phrase


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_of_a_unit_is_read_as_that_unit(language: str) -> None:
    data, table = language_data(language), lexicon(language).units
    for source in (data["names"]["units"], data["units"]):
        for key, names in source.items():
            for name in names:
                assert parse_quantity(f"7 {name}", language).unit == table.unit(key), name
    for code, names in data["currencies"].items():
        for name in names:
            assert parse_quantity(f"7 {name}", language).unit == table.unit(code), name


def test_every_currency_code_and_symbol_is_read() -> None:
    table = lexicon("en").units
    for code in table.codes:
        unit = parse_quantity(f"7 {code}").unit
        assert unit is not None
        assert unit.currency == code
        assert parse_quantity(f"{code} 7").unit == unit
    for symbol, key in table.symbol_ids.items():
        assert parse_quantity(f"7 {symbol}").unit == table.unit(key), symbol
    for sign, code in table.signs.items():
        assert parse_quantity(f"{sign}7").unit == table.unit(code), sign


def test_units_are_named_and_told_apart() -> None:
    units = unit_data()["units"]
    for key, entry in units.items():
        assert ("qudt" in entry) != ("texts" in entry), key
        assert re.fullmatch(r"Q[1-9]\d*", entry.get("wikidata", "Q1")), key
        assert re.fullmatch(r"[A-Za-z0-9_-]+", entry.get("qudt", "X")), key
        for one in entry.get("ambiguous", ()):
            assert one in units or re.fullmatch("[A-Z]{3}", one), one
        if "texts" in entry:
            for language in LANGUAGES:
                data = language_data(language)
                names = [*data["names"]["units"].get(key, ()), *data["units"].get(key, ())]
                assert not names or names[0] in entry["texts"], (key, language)
    qudt = [entry["qudt"] for entry in units.values() if "qudt" in entry]
    assert len(qudt) == len(set(qudt))


def test_proportions_are_concepts_of_the_vocabulary() -> None:
    vocabulary = (Path(__file__).parents[2] / "vocab" / "lod.ttl").read_text("utf-8")
    concepts = set(
        re.findall(r"lod:(\w+) a skos:Concept ; skos:inScheme lod:proportions", vocabulary)
    )
    assert set(language_data("en")["proportions"]) == concepts


def test_reading_a_quantity_does_not_load_babel() -> None:
    code = (
        "import sys; from lod.language.quantities import *;"
        "parse_quantity('more than 28 billion USD'); find_quantities('5 Prozent', 'de');"
        "print('babel' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
