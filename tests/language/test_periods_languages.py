"""The data of the languages: complete, well-formed, and safe to read any words with."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lod.language.data import languages
from lod.language.dates import PeriodError
from lod.language.periods import find_periods, parse_period, unresolved_hint
from lod.language.periods.meaning import OPS
from lod.language.periods.rules import Language, Rule, language
from lod.language.periods.templates import Template, _Kind, _Piece


def _language(tag: str) -> Language:
    found = language(tag)
    assert found is not None
    return found


def _rules(tag: str) -> list[Rule]:
    starts = _language(tag).starts.values()
    rules = {rule.order: rule for start in starts for few in start.rules.values() for rule in few}
    return [rules[order] for order in sorted(rules)]


#: What may stand in slots of no words.
_SOME = (
    *("2", "12", "199", "1990", "2023", "2023-05-04"),
    *(",", "/", "-", "10:30", "10:30 Uhr", "10:30 h", ""),
)


@cache
def _slot(tag: str, slot: str) -> str:
    """A number, a word or a sign that may stand in a slot."""
    name, _, values = slot.partition(":")
    pattern = _language(tag).slot(name, values).pattern
    parts = re.split(r"[|()]|\?P<\w+>", pattern.replace(r"\s+", " "))
    some = (*_SOME, *(part.replace("\\", "") for part in parts))
    return next(one for one in some if re.fullmatch(pattern, one, re.IGNORECASE))


def _said(tag: str, pieces: Iterable[_Piece], *, whole: bool) -> str:
    """One way to say a template: with all that may be missing, or with none of it."""
    said = ""
    for piece in pieces:
        text = {_Kind.DASH: "-", _Kind.APOSTROPHE: "'"}.get(piece.kind, piece.value)
        if piece.kind is _Kind.SLOT:
            text = _slot(tag, piece.value)
        elif piece.kind is _Kind.OPTIONAL and not whole:
            continue
        elif piece.branches:
            text = _said(tag, piece.branches[-1 if whole else 0], whole=whole)
        said += f" {text}" if piece.spaced and said else text
    return said


def test_english_and_german_are_there() -> None:
    assert {"de", "en"} <= languages("periods")


@pytest.mark.parametrize("tag", sorted(languages("periods")))
class TestData:
    def test_every_rule_is_well_formed(self, tag: str) -> None:
        for rule in _rules(tag):
            assert rule.op in OPS
            assert rule.pattern.match("") is None
            assert rule.first()

    def test_every_template_can_be_reached(self, tag: str) -> None:
        data = _language(tag).data
        templates = [say for entry in data["rules"] for say in entry["say"]]
        assert len(_rules(tag)) == len(templates)

    def test_words_of_every_template_are_read(self, tag: str) -> None:
        data = _language(tag).data
        for say in (say for entry in data["rules"] for say in entry["say"]):
            for whole in (True, False):
                words = _said(tag, Template(say)._pieces, whole=whole)
                with suppress(PeriodError):  # no time, a day that is none
                    parse_period(words=words, edtf=None, reference="2024-11-24", language=tag)

    def test_every_frame_is_known(self, tag: str) -> None:
        ops = {"in", "by", "until", "since", "before", "after", "unknown_end", "range"}
        for entry in _language(tag).data["frames"]:
            assert entry["op"] in ops
            for say in entry["say"]:
                assert say.count("{X}") == (2 if entry["op"] == "range" else 1)

    def test_values_and_units_are_complete(self, tag: str) -> None:
        data = _language(tag).data
        counts = {"month": 12, "weekday": 7, "season": 4}
        assert {name: len(data["values"][name]) for name in counts} == counts
        units = {"day", "week", "month", "quarter", "year", "decade", "century"}
        assert set(data["singular"]) == set(data["plural"]) == units

    def test_every_month_and_day_is_read(self, tag: str) -> None:
        values = _language(tag).data["values"]
        for number, names in enumerate(values["month"], 1):
            for name in _language(tag)._forms(names):
                period = parse_period(words=f"{name} 2024", edtf=None, reference=None, language=tag)
                assert period.edtf == f"2024-{number:02d}", name
        for number, names in enumerate(values["weekday"], 1):
            for name in _language(tag)._forms(names):
                period = parse_period(words=name, edtf=None, reference="2024-11-24", language=tag)
                assert period.start is not None
                assert date.fromisoformat(period.start).isoweekday() == number


@pytest.mark.parametrize("text", ["[a", "(a|b", "a]", "{month", "a)"])
def test_broken_templates_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"template|substring"):
        Template(text)


_references = st.one_of(
    st.none(),
    st.dates(date(1, 1, 1), date(9999, 12, 31)).map(date.isoformat),
    st.sampled_from(
        ["2024-02-29", "0001-01-01", "9999-12-31", "1999-12-31", "2000-01-01", "2023-03-01"]
    ),
)


@pytest.mark.parametrize("tag", sorted(languages("periods")))
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data(), reference=_references)
def test_words_of_every_rule_are_safe(tag: str, data: st.DataObject, reference: str | None) -> None:
    """Words made from a rule, alone or in a frame, give a period or a PeriodError."""
    rule = data.draw(st.sampled_from(_rules(tag)))
    words = data.draw(st.from_regex(rule.pattern, fullmatch=True))
    frames = [
        say for entry in _language(tag).data["frames"] for say in entry["say"] if say[0] != "("
    ]
    frame = data.draw(st.sampled_from([*frames, "{X}", "{X}"])).replace("{X}", words)
    find_periods(frame, tag)
    try:
        period = parse_period(words=frame, edtf=None, reference=reference, language=tag)
    except PeriodError:
        return
    if period.edtf is None:
        assert unresolved_hint(frame, reference, tag)
        return
    assert period.resolved_against in (None, reference)
    if period.start is not None and period.end is not None:
        assert period.start <= period.end
    both = parse_period(words=frame, edtf=period.edtf, reference=reference, language=tag)
    assert (both.start, both.end) == (period.start, period.end)


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(st.none(), st.text(max_size=40)),
    st.one_of(st.none(), st.sampled_from(["2023", "2024-02-30", "x", "1991/.."])),
    st.one_of(_references, st.text(max_size=12)),
    st.sampled_from(["en", "de", "en-GB", "kk", "ru", "uk", "", "x" * 100, "🎉"]),
)
def test_any_words_at_all(
    words: str | None, edtf: str | None, reference: str | None, tag: str
) -> None:
    try:
        period = parse_period(words=words, edtf=edtf, reference=reference, language=tag)
    except PeriodError:
        return
    assert period.words is not None or period.edtf is not None
