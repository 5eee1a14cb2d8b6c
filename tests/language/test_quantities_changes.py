"""Changes: a direction, and by how much."""

from __future__ import annotations

import pytest

from lod.language.quantities import (
    Mismatch,
    QuantityError,
    find_changes,
    format_change,
    match_change,
    parse_change,
)
from lod.model.quantity import Change
from tests.language.test_quantities import notation


def _notation(change: Change) -> str:
    text = change.direction.value + ("…" if change.ongoing else "")
    return text if change.amount is None else f"{text} {notation(change.amount)}"


CHANGES = [
    ("up 0.2 percentage points", "en", "up =0.2 percentage points"),
    ("up by 0.2 percentage point", "en", "up =0.2 percentage points"),
    ("rose by more than 3 percent", "en", "up >3 percent"),
    ("down 3 percent", "en", "down =3 percent"),
    ("fell almost 3%", "en", "down <~3 percent"),
    ("3 percent higher", "en", "up =3 percent"),
    ("a 3 percent increase", "en", "up =3 percent"),
    ("an increase of between 3 and 5 percent", "en", "up 3..5 percent"),
    ("down by $5 billion", "en", "down =5000000000 USD"),
    ("rising", "en", "up…"),
    ("steadily rising", "en", "up…"),
    ("are growing", "en", "up…"),
    ("declining", "en", "down…"),
    ("rising by 3 percent", "en", "up… =3 percent"),
    ("unchanged", "en", "unchanged"),
    ("little changed", "en", "littleChanged"),
    ("changed little", "en", "littleChanged"),
    ("virtually unchanged", "en", "littleChanged"),
    ("up", "en", "up"),
    ("minus", "de", "down"),
    ("increased", "en", "up"),
    ("doubled", "en", "up =2 times"),
    ("more than doubled", "en", "up >2 times"),
    ("halved", "en", "down =0.5 times"),
    ("+0.2 percentage points", "en", "up =0.2 percentage points"),
    ("-3 percent", "en", "down =3 percent"),
    ("\u22123 percent", "en", "down =3 percent"),
    ("plus 0,2 Prozentpunkte", "de", "up =0.2 Prozentpunkte"),
    ("minus 3 Prozent", "de", "down =3 Prozent"),
    ("stieg um 3 Prozent", "de", "up =3 Prozent"),
    ("um 3 Prozent gestiegen", "de", "up =3 Prozent"),
    ("ein Rückgang um rund 3 Prozent", "de", "down ~3 Prozent"),
    ("3 Prozent mehr", "de", "up =3 Prozent"),
    ("steigend", "de", "up…"),
    ("unverändert", "de", "unchanged"),
    ("kaum verändert", "de", "littleChanged"),
    ("mehr als verdoppelt", "de", "up >2 mal"),
]


@pytest.mark.parametrize(("text", "language", "expected"), CHANGES)
def test_changes_are_read_and_written(text: str, language: str, expected: str) -> None:
    change = parse_change(text, language)
    assert _notation(change) == expected
    written = format_change(change, language)
    assert _notation(parse_change(written, language)) == expected, written


def test_changes_are_written_for_sentences() -> None:
    assert format_change(parse_change("rose by 0.2 percentage points")) == (
        "up 0.2 percentage points"
    )
    assert format_change(parse_change("are growing")) == "rising"
    assert format_change(parse_change("little changed")) == "little changed"
    assert format_change(parse_change("stieg um 3 %", "de"), "de") == "plus 3 Prozent"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("", "en"),
        ("3 percent", "en"),
        ("foo", "en"),
        ("rose to 4.2 percent", "en"),
        ("up 3 percent from a year earlier", "en"),
        ("+", "en"),
        ("- foo", "en"),
        ("3 Prozent", "de"),
    ],
)
def test_what_is_no_change_is_refused_with_a_reason(text: str, language: str) -> None:
    with pytest.raises(QuantityError) as caught:
        parse_change(text, language)
    assert caught.value.hint


FOUND = [
    (
        "the share of national currencies in mutual settlements is steadily rising",
        "en",
        [("rising", "up…")],
    ),
    ("investments are growing, amounting to $13 billion", "en", [("growing", "up…")]),
    (
        "The rate rose 0.2 percentage point to 4.1 percent",
        "en",
        [("rose 0.2 percentage point", "up =0.2 percentage points")],
    ),
    ("It rose to 4.2 percent.", "en", [("rose", "up")]),
    ("more than 80 percent went up to 5", "en", [("went up", "up")]),
    ("up to 5 percent, more than 7 people", "en", []),
    (
        "prices increased sharply in May by 3 percent",
        "en",
        [("increased sharply in May by 3 percent", "up =3 percent")],
    ),
    ("they fell, by law, by 3 percent", "en", [("fell", "down")]),
    ("the rate changed little in October", "en", [("changed little", "littleChanged")]),
    (
        "Der Umsatz legte um 3 Prozent auf 5 Mio. Euro zu",
        "de",
        [("legte um 3 Prozent", "up =3 Prozent")],
    ),
    ("Die Zahl ist um 3 Prozent gestiegen", "de", [("um 3 Prozent gestiegen", "up =3 Prozent")]),
    ("Die Quote blieb unverändert", "de", [("unverändert", "unchanged")]),
]


@pytest.mark.parametrize(("text", "language", "expected"), FOUND)
def test_changes_are_found(text: str, language: str, expected: list[tuple[str, str]]) -> None:
    found = find_changes(text, language)
    assert [(text[one.start : one.end], _notation(one.change)) for one in found] == expected


@pytest.mark.parametrize(
    ("stated", "quote", "mismatch", "words"),
    [
        ("rising", "is steadily rising", None, "rising"),
        ("rising", "investments are growing", None, "growing"),
        ("up", "rose to 4.2 percent", None, "rose"),
        ("rising", "is falling", Mismatch.NUMBER, "falling"),
        (
            "up 0.2 percentage points",
            "rose 0.2 percentage point",
            None,
            "rose 0.2 percentage point",
        ),
        ("up 0.2 percent", "rose 0.2 percentage point", Mismatch.UNIT, "rose 0.2 percentage point"),
        ("up 0.3 percent", "rose 0.2 percent", Mismatch.NUMBER, "rose 0.2 percent"),
        (
            "up 3 percent",
            "rose by more than 3 percent",
            Mismatch.HEDGE,
            "rose by more than 3 percent",
        ),
        ("up 3 percent", "rose", Mismatch.NUMBER, "rose"),
        ("up 3 percent", "fell 5 percent, then rose 3 percent", None, "rose 3 percent"),
        ("doubled", "has more than doubled", Mismatch.HEDGE, "more than doubled"),
        ("little changed", "nothing here", Mismatch.NUMBER, None),
    ],
)
def test_stated_changes_are_matched(
    stated: str, quote: str, mismatch: Mismatch | None, words: str | None
) -> None:
    result = match_change(parse_change(stated), quote)
    assert result.mismatch is mismatch
    assert result.agrees is (mismatch is None)
    said = None if result.match is None else quote[result.match.start : result.match.end]
    assert said == words
