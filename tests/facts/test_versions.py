"""Several versions of a text: what each quotes, what differs, what is not compared."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

import lod
from lod.diagnostics import Finding, Severity
from lod.model.value import QuantityValue
from lod.publication import Publication
from lod.sources.yaml_source import read_yaml

CONFORMING = Path(__file__).parents[1] / "publications" / "conforming" / "versions.yaml"
_ROOT = read_yaml(CONFORMING.read_bytes(), "").root
assert isinstance(_ROOT, dict)
FACTS: dict[str, Any] = _ROOT
Change = Callable[[dict[str, Any]], None]


def changed(*changes: Change) -> Publication:
    data = deepcopy(FACTS)
    for change in changes:
        change(data)
    return lod.loads(data)


def german(old: str, new: str) -> Change:
    """Replace words of the German version, in its quotes too."""

    def change(data: dict[str, Any]) -> None:
        version = data["document"]["versions"]["de"]
        assert old in version["content"]
        version["content"] = version["content"].replace(old, new)
        for claim in data["claims"]:
            quotes = claim["quote"]["de"]
            several = isinstance(quotes, list)
            quotes = [one.replace(old, new) for one in (quotes if several else [quotes])]
            claim["quote"]["de"] = quotes if several else quotes[0]

    return change


def serious(publication: Publication) -> list[Finding]:
    return [one for one in publication.findings if one.severity is not Severity.INFO]


def test_every_version_is_anchored_in_its_own_text() -> None:
    publication = lod.load(CONFORMING)
    facts = publication.require_facts()
    texts = {one.name: one.text for one in facts.document.all_versions}
    assert list(texts) == ["", "de"]
    assert [[a.version for a in one.anchors] for one in facts.statements] == [
        ["", "de"],
        ["", "de"],
        ["de"],
    ]
    for statement in facts.statements:
        for anchor in statement.anchors:
            for one in anchor.selectors:
                assert texts[anchor.version][one.start : one.end] == one.exact


def test_the_wording_of_a_value_is_kept_for_each_version() -> None:
    passengers, _, price = lod.load(CONFORMING).require_facts().statements
    values = {name: one.values[0] for name, one in passengers.texts().items()}
    words = {name: one.wording for name, one in values.items() if isinstance(one, QuantityValue)}
    assert words == {"": "more than 12,000 passengers", "de": "mehr als 12.000"}
    assert list(price.texts()) == ["de"]
    assert price.values[0] == price.versions["de"].values[0]


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ("mehr als 12.000", "mehr als 21.000", "versions-differ", "mehr als 21.000"),
        ("mehr als 12.000", "rund 12.000", "versions-differ", "rund 12.000"),
        ("im vergangenen Jahr", "im Jahr 2021", "versions-differ", "im Jahr 2021"),
        ("24. Dezember", "31. Dezember", "versions-differ", "31. Dezember 2024"),
        ("fährt sie nicht", "fährt sie", "versions-differ", "fährt sie"),
        ("beförderte im", "beförderte nie im", "versions-differ", "nie"),
        ("Ines Holm", "Theo Wend", "versions-differ", "Theo Wend"),
        ("14 Euro", "15 Euro", "value-not-in-quote", "15 Euro"),
    ],
)
def test_what_a_version_says_otherwise_is_found_at_its_quote(
    old: str, new: str, code: str, words: str
) -> None:
    found = serious(changed(german(old, new)))
    assert [one.code for one in found] == [code]
    assert words in found[0].message
    if code == "versions-differ":
        assert found[0].path[2:] == ("quote", "de")
        assert found[0].message.startswith('"en" has ')


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("mehr als 12.000", "mehr als zwölftausend"),
        ("mehr als 12.000", "über 12 000"),
        ("im vergangenen Jahr", "2023"),
        ("fährt sie nicht", "fährt sie keinesfalls"),
    ],
)
def test_other_words_for_the_same_are_no_difference(old: str, new: str) -> None:
    assert serious(changed(german(old, new))) == []


def test_what_no_version_says_is_no_difference_between_them() -> None:
    def other(data: dict[str, Any]) -> None:
        data["claims"][0]["value"] = "more than 21,000 passengers"

    found = serious(changed(other))
    assert [one.code for one in found] == ["value-not-in-quote", "value-not-in-quote"]
    assert [one.message.startswith('version "de": ') for one in found] == [True, False]


def test_a_difference_is_allowed_for_its_version_and_value_alone() -> None:
    def allow(value: list[str]) -> Change:
        reason = {"versions-differ": {"value": value, "reason": "the translator rounds"}}
        return lambda data: data["claims"][0].__setitem__("allow", reason)

    rounded = german("mehr als 12.000", "rund 12.000")
    right = ["de", "more than 12,000 passengers"]
    assert serious(changed(rounded, allow(right))) == []
    for wrong in (["en", right[1]], ["de", "more than 13,000 passengers"], ["de"]):
        assert [one.code for one in serious(changed(rounded, allow(wrong)))] == ["versions-differ"]


def test_what_is_overruled_for_the_value_holds_in_every_version() -> None:
    def change(data: dict[str, Any]) -> None:
        data["claims"][0]["value"] = "12,345 passengers"
        data["claims"][0]["allow"] = {
            "value-not-in-quote": {"value": "12,345 passengers", "reason": "from the timetable"}
        }

    assert serious(changed(change)) == []


def test_words_in_another_language_are_said_to_be_uncompared() -> None:
    def soon(data: dict[str, Any]) -> None:
        data["claims"][1]["during"] = {"words": "on 24 December 2024"}

    notes = [one for one in lod.load(CONFORMING).findings if one.severity is Severity.INFO]
    assert [(one.code, one.path) for one in notes] == [
        ("version-not-compared", ("document", "versions", "de"))
    ]
    assert "texts (1)" in notes[0].message
    assert serious(changed(soon)) == []


def test_a_translation_counts_from_the_day_of_its_source() -> None:
    """What was published a year later still says "last year" of the year before the source."""

    def later(data: dict[str, Any]) -> None:
        data["document"]["versions"]["de"]["published"] = "2025-02-01"

    def translated(data: dict[str, Any]) -> None:
        for key in ("translator", "translationOf"):
            data["document"]["versions"]["de"][key] = data["document"].pop(key)
        data["document"]["versions"]["de"]["translationOf"] = "en"

    codes = [one.code for one in serious(changed(later))]
    assert codes == ["versions-differ"]
    assert serious(changed(later, translated)) == []


def test_a_claim_of_one_version_is_by_its_author() -> None:
    def other_author(data: dict[str, Any]) -> None:
        data["document"]["versions"]["de"]["author"] = "holm"

    facts = changed(other_author).require_facts()
    assert [one.speakers for one in facts.statements] == [("holm",), ("port",), ("holm",)]


def test_coverage_is_of_each_version() -> None:
    publication = lod.load(CONFORMING)
    assert publication.coverage is not None
    assert [one.claims for one in publication.coverage.sentences] == [
        ("passengers",),
        ("no-ferry",),
        (),
    ]
    (version,) = publication.versions
    assert [one.claims for one in version.coverage.sentences] == [
        ("passengers",),
        ("no-ferry",),
        ("price",),
    ]
    assert (publication.unquoted, version.unquoted) == (("price",), ())


def test_an_uncovered_sentence_of_a_version_is_found_in_its_file(tmp_path: Path) -> None:
    data = deepcopy(FACTS)
    version = data["document"]["versions"]["de"]
    (tmp_path / "de.txt").write_text(version.pop("content") + "\nMehr dazu bald.\n", "utf-8")
    version["text"] = "de.txt"
    (found,) = serious(lod.loads(data, folder=tmp_path))
    assert found.code == "sentence-uncovered"
    assert found.location is not None
    assert (Path(found.location.file).name, found.location.line) == ("de.txt", 4)


def test_one_text_keeps_its_plain_quotes() -> None:
    """Without versions, a quote by the language of the text is a plain one."""

    def alone(data: dict[str, Any]) -> None:
        del data["document"]["versions"], data["document"]["translationOf"]
        del data["document"]["translator"], data["entities"]["translator"]
        del data["entities"]["ticket"], data["claims"][2]
        for claim in data["claims"]:
            del claim["quote"]["de"]

    def plain(data: dict[str, Any]) -> None:
        for one in (*data["claims"], *data["no_fact"]):
            one["quote"] = one["quote"]["en"]

    by_name, as_text = changed(alone), changed(alone, plain)
    assert serious(by_name) == serious(as_text) == []
    assert by_name.serialize("n-quads") == as_text.serialize("n-quads")
