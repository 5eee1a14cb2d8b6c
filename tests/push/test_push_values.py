"""What came back is compared by hash, and by value where a store keeps values."""

from __future__ import annotations

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lod.push.parcel import compare, for_update, value_line
from tests.push.publications import escaped, parcel, quads

XSD = "http://www.w3.org/2001/XMLSchema#"


def line(lexical: str, datatype: str) -> str:
    return f'<x:a> <x:b> "{lexical}"^^<{XSD}{datatype}> .'


LARGE = "12345678901234567890123456789012345"
SAME = [
    (("1.50", "decimal"), ("1.5", "decimal")),
    (("05", "integer"), ("5", "integer")),
    (("28000000000", "integer"), ("28000000000", "decimal")),
    (("28000000000", "integer"), ("28000000000.0", "decimal")),
    (("-0.0", "decimal"), ("0", "integer")),
    (("+5", "nonNegativeInteger"), ("5", "integer")),
    (
        (LARGE, "integer"),
        (f"0{LARGE}", "integer"),
    ),
    (("1.5E3", "double"), ("1500.0", "double")),
    (("1", "float"), ("1.0", "float")),
    (("INF", "double"), ("INF", "double")),
    (("1", "boolean"), ("true", "boolean")),
    (("2024-11-27T10:00:00.000Z", "dateTime"), ("2024-11-27T10:00:00Z", "dateTime")),
    (("2024-11-27T24:00:00Z", "dateTime"), ("2024-11-28T00:00:00Z", "dateTime")),
    (("2024-11-27T12:00:00+02:00", "dateTime"), ("2024-11-27T10:00:00Z", "dateTime")),
    (("2024-11-27+00:00", "date"), ("2024-11-27Z", "date")),
]
OTHER = [
    (("1.50", "decimal"), ("1.51", "decimal")),
    (("28000000000.123456789012345678", "decimal"), ("28000000000.123456789012346", "decimal")),
    (
        (LARGE, "integer"),
        (f"{LARGE[:-1]}6", "integer"),
    ),
    (("1", "integer"), ("1", "double")),
    (("1", "integer"), ("true", "boolean")),
    (("true", "boolean"), ("false", "boolean")),
    (("2024-11-27T10:00:00Z", "dateTime"), ("2024-11-27T10:00:00", "dateTime")),
    (("2024-11-27T10:00:00Z", "dateTime"), ("2024-11-27T10:00:01Z", "dateTime")),
    (("2024-11-27", "date"), ("2024-11-28", "date")),
    (("-0044-03-15", "date"), ("-044-03-15", "date")),
    (("P1Y", "duration"), ("12", "duration")),
    (("2024", "gYear"), ("02024", "gYear")),
    (("soon", "integer"), ("0", "integer")),
]


@pytest.mark.parametrize(("sent", "kept"), SAME)
def test_same_value(sent: tuple[str, str], kept: tuple[str, str]) -> None:
    assert value_line(line(*sent)) == value_line(line(*kept))
    agreement = compare((line(*sent),), {line(*kept)})
    assert agreement.is_fine
    assert bool(agreement.rewritten) == (sent != kept)


@pytest.mark.parametrize(("sent", "kept"), OTHER)
def test_other_value(sent: tuple[str, str], kept: tuple[str, str]) -> None:
    agreement = compare((line(*sent),), {line(*kept)})
    assert not agreement.is_fine
    assert (agreement.missing, agreement.unexpected) == ((line(*sent),), (line(*kept),))


def test_two_of_one_value_may_become_one() -> None:
    both = (line("5", "integer"), line("05", "integer"))
    assert compare(both, {both[0]}).is_fine
    # But what was sent once does not come back twice.
    agreement = compare(both[:1], set(both))
    assert agreement.unexpected == (both[1],)


def test_language_tags_are_the_same_in_any_case() -> None:
    assert compare(('<x:a> <x:b> "x"@de-CH .',), {'<x:a> <x:b> "x"@de-ch .'}).is_fine
    assert not compare(('<x:a> <x:b> "x"@de .',), {'<x:a> <x:b> "X"@de .'}).is_fine
    assert not compare(('<x:a> <x:b> "x"@de .',), {'<x:a> <x:b> "x" .'}).is_fine


@given(st.sets(st.integers(0, 30)), st.sets(st.integers(0, 30)))
def test_what_differs_is_what_is_named(sent: set[int], found: set[int]) -> None:
    def lines(numbers: set[int]) -> set[str]:
        return {f"<x:a> <x:b> <x:{number}> ." for number in numbers}

    agreement = compare(tuple(lines(sent)), lines(found))
    assert agreement.is_fine == (sent == found)
    assert set(agreement.missing) == lines(sent - found)
    assert set(agreement.unexpected) == lines(found - sent)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_the_same_in_an_update(text: str) -> None:
    base = "https://data.example.org/"
    (one,) = (
        line
        for line in parcel(base, quads(base, texts=[text])).graphs[f"{base}dataset"]
        if "text/0" in line
    )
    store = pyoxigraph.Store()
    store.update(f"INSERT DATA {{ {for_update(one)} }}")
    ((_, _, value, _),) = store
    assert isinstance(value, pyoxigraph.Literal)
    assert value.value == text


@given(st.text('\\uU0041"x', max_size=12))
def test_no_escape_is_found_by_those_who_look_before_they_parse(text: str) -> None:
    r"""Stores may replace `\u0041` before they look for strings: it must be the same after."""
    import re

    def early(update: str) -> str:
        return re.sub(
            r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})",
            lambda match: chr(int(match[1] or match[2], 16)),
            update,
        )

    update = for_update(f'<urn:a> <urn:b> "{escaped(text)}" .')
    for read in (update, early(update)):
        store = pyoxigraph.Store()
        store.update(f"INSERT DATA {{ {read} }}")
        ((_, _, value, _),) = store
        assert isinstance(value, pyoxigraph.Literal)
        assert value.value == text
