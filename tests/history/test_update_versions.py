"""`lod update` of a text in several versions."""

from __future__ import annotations

import difflib
import json
from pathlib import Path

import pytest

import lod as api
from lod.history.reasons import read_changes
from tests.cli.conftest import Lod

EN = """\
The ferry Lark carried more than 12,000 passengers last year, harbour master Ines Holm said.
It does not sail on 24 December 2024.
Thank you for travelling with us!
"""
DE = """\
Die Fähre Lerche beförderte im vergangenen Jahr mehr als 12.000 Fahrgäste, sagte Hafenmeisterin Ines Holm.
Am 24. Dezember 2024 fährt sie nicht.
Die Fahrkarte kostet 14 Euro.
"""  # noqa: E501 - a line is a sentence
FACTS = """\
publication:
  base: https://data.example.org/ferry/
  title: Claims of a ferry notice
  license: https://creativecommons.org/publicdomain/zero/1.0/
  publisher: Example Data Desk
document:
  text: en.txt
  language: en
  author: port
  published: 2024-11-27
  versions:
    de:
      text: de.txt
      translator: translator
entities:
  port: {type: Organization, label: Port of Tillis}
  holm: {type: Person, label: Ines Holm}
  translator: {type: Person, label: Theo Wend}
  passengers: {type: Group, label: {en: passengers, de: Fahrgäste}}
  lark: {type: Thing, label: {en: Lark, de: Lerche}, also: [ferry, Fähre]}
  ticket: {type: Product, label: {en: ticket, de: Fahrkarte}}
claims:
  - id: passengers  # both say it
    quote:
      en: The ferry Lark carried more than 12,000 passengers last year
      de: Die Fähre Lerche beförderte im vergangenen Jahr mehr als 12.000 Fahrgäste
    subject: passengers
    property: count
    value: more than 12,000 passengers
    during: last year
    by: holm
  - id: no-ferry
    quote: {en: It does not sail on 24 December 2024, de: [Am 24. Dezember 2024 fährt sie nicht]}
    means: {it: lark, sie: lark}
    subject: lark
    property: status
    value: {text: sail}
    during: 2024-12-24
    polarity: negative
  - id: price
    quote: {de: Die Fahrkarte kostet 14 Euro}
    subject: ticket
    property: price
    value: 14 EUR
no_fact:
  - quote: {en: Thank you for travelling with us!}
    reason: greeting
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The notice in both languages."""
    place = tmp_path / "ferry"
    place.mkdir()
    for name, text in (("facts.yaml", FACTS), ("en.txt", EN), ("de.txt", DE)):
        (place / name).write_text(text, "utf-8")
    assert not api.load(place).has_errors
    return place


def new(folder: Path, version: str, *edit: str) -> str:
    """The option for a text of a version after an edit."""
    text = {"en": EN, "de": DE}[version]
    for before, after in zip(edit[::2], edit[1::2], strict=True):
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    (folder.parent / f"{version}.txt").write_text(text, "utf-8")
    return f"{version}={folder.parent / version}.txt"


def changes(folder: Path) -> list[str]:
    """The lines of the facts that are gone and that came."""
    after = (folder / "facts.yaml").read_text("utf-8")
    lines = difflib.ndiff(FACTS.splitlines(), after.splitlines())
    return [line for line in lines if line[0] in "+-"]


def test_only_the_quotes_of_one_version_are_in_question(folder: Path, lod: Lod) -> None:
    option = new(folder, "de", "beförderte", "brachte", "Am 24.", "Schon am 24.")
    result = lod("update", folder, "--text", option, "--format", "json")
    report = json.loads(result.out)
    assert (result.code, "newSentences" in report) == (1, False)
    assert [(one["id"], one["version"], one["fate"]) for one in report["claims"]] == [
        ("passengers", "de", "reworded"),
        ("no-ferry", "de", "reworded"),
        ("price", "de", "unchanged"),
    ]
    assert list(report["texts"]) == ["de"]
    assert report["texts"]["de"]["coverage"]["before"]["sentences"] == 3
    assert report["noFact"] == []
    assert lod("update", folder, "--text", option, "--accept", "reworded").code == 0
    assert changes(folder) == [
        "-       de: Die Fähre Lerche beförderte im vergangenen Jahr mehr als 12.000 Fahrgäste",
        "+       de: Die Fähre Lerche brachte im vergangenen Jahr mehr als 12.000 Fahrgäste",
        "-     quote: {en: It does not sail on 24 December 2024, de: [Am 24. Dezember 2024 fährt "
        "sie nicht]}",
        "+     quote: {en: It does not sail on 24 December 2024, de: [Schon am 24. Dezember 2024 "
        "fährt sie nicht]}",
    ]
    assert (folder / "en.txt").read_text("utf-8") == EN
    assert not api.load(folder).has_errors


def test_a_number_that_only_one_version_corrects_stays_open(folder: Path, lod: Lod) -> None:
    how = ("--accept", "value-changed", "--reason", "correction")
    for version, edit in (("de", ("12.000", "13.000")), ("en", ("12,000", "13,000"))):
        result = lod("update", folder, "--text", new(folder, version, *edit), *how)
        assert (result.code, "versions-differ" in result.out) == (1, True)
    assert changes(folder) == []


def test_a_number_is_corrected_in_all_versions_at_once(folder: Path, lod: Lod) -> None:
    options = (new(folder, "en", "12,000", "13,000"), new(folder, "de", "12.000", "13.000"))
    texts = [word for one in options for word in ("--text", one)]
    result = lod("update", folder, *texts, "--accept", "value-changed", "--reason", "correction")
    assert (result.code, "passengers: value-changed (de)" in result.out) == (0, True)
    assert changes(folder) == [
        f"{sign} {line.replace('12', number)}"
        for line in (
            "      en: The ferry Lark carried more than 12,000 passengers last year",
            "      de: Die Fähre Lerche beförderte im vergangenen Jahr mehr als 12.000 Fahrgäste",
            "    value: more than 12,000 passengers",
        )
        for sign, number in (("-", "12"), ("+", "13"))
    ]
    assert not api.load(folder).has_errors
    (account,) = read_changes(folder)
    assert list(account["texts"]) == ["en", "de"]
    assert account["claims"][0]["textVersion"] == "en"


def test_what_one_version_says_no_more_loses_its_quote(folder: Path, lod: Lod) -> None:
    gone = ("Am 24. Dezember 2024 fährt sie nicht.\n", "", "Die Fahrkarte kostet 14 Euro.\n", "")
    result = lod(
        *("update", folder, "--text", new(folder, "de", *gone)),
        *("--accept", "gone", "--reason", "withdrawn"),
    )
    assert result.code == 0
    facts = api.load(folder).require_facts()
    assert [one.id for one in facts.statements] == ["passengers", "no-ferry"]
    assert "    quote: {en: It does not sail on 24 December 2024}\n" in (
        folder / "facts.yaml"
    ).read_text("utf-8")


def test_gone_in_one_version_and_changed_in_another_stays_open(folder: Path, lod: Lod) -> None:
    options = (
        new(folder, "de", "Am 24. Dezember 2024 fährt sie nicht.\n", ""),
        new(folder, "en", "24 December", "25 December"),
    )
    texts = [word for one in options for word in ("--text", one)]
    result = lod("update", folder, *texts, "--accept", "gone", "--reason", "withdrawn")
    assert (result.code, "value-changed in one version and gone" in result.out) == (1, True)
    assert changes(folder) == []


def test_words_that_stand_twice_get_their_surroundings(folder: Path, lod: Lod) -> None:
    twice = ("Euro.\n", "Euro.\n\nSo ist es: Die Fahrkarte kostet 14 Euro, immer noch.\n")
    assert lod("update", folder, "--text", new(folder, "de", *twice)).code == 0
    assert changes(folder) == [
        "-     quote: {de: Die Fahrkarte kostet 14 Euro}",
        "+     quote: {de: {exact: Die Fahrkarte kostet 14 Euro, prefix: nicht.}}",
    ]


def test_a_new_date_of_a_translation_changes_no_time(folder: Path, lod: Lod) -> None:
    option = new(folder, "de")
    result = lod("update", folder, "--text", option, "--published", "2026-01-01")
    assert (result.code, changes(folder)) == (0, ["+       published: 2026-01-01"])


def test_the_date_of_the_document_moves_no_claim_that_only_others_say(
    folder: Path, lod: Lod
) -> None:
    facts = folder / "facts.yaml"
    claim = "    value: 14 EUR\n"
    words = DE.replace("kostet 14 Euro", "kostet dieses Jahr 14 Euro")
    (folder / "de.txt").write_text(words, "utf-8")
    text = facts.read_text("utf-8").replace(claim, f"{claim}    during: this year\n")
    facts.write_text(text.replace("kostet 14", "kostet dieses Jahr 14"), "utf-8")
    assert not api.load(folder).has_errors
    option = ("--text", new(folder, "en"), "--published")
    result = lod("update", folder, *option, "2025-11-27")
    assert (result.code, "count from the date of the document: price" in result.err) == (2, True)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("en.txt",), "nobody says which one"),
        (("fr=en.txt",), 'no version "fr"'),
        (("en=en.txt", "EN=de.txt"), "a second new text"),
        (("en.txt", "de=de.txt"), "--text VERSION=FILE"),
    ],
)
def test_which_version_is_meant_has_to_be_said(
    folder: Path, lod: Lod, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(folder)
    result = lod("update", folder, *(word for one in options for word in ("--text", one)))
    assert (result.code, said in result.err) == (2, True)
