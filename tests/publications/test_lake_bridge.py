"""The example of one text in three versions: they agree; what one says otherwise is found."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

import lod
from lod.diagnostics import Severity
from lod.publication import Publication
from lod.sources.yaml_source import read_yaml

EXAMPLE = Path(__file__).parents[2] / "examples" / "lake-bridge"
LANGUAGES = ("en", "de", "fr")
CASES = tomllib.loads((Path(__file__).parent / "lake-bridge.toml").read_text("utf-8"))["case"]


@pytest.fixture(scope="module")
def example() -> Publication:
    return lod.load(EXAMPLE)


def altered(version: str, old: str, new: str) -> tuple[Publication, list[str]]:
    """The example with other words in one version and in its quotes; and the ids of its claims."""
    root = read_yaml((EXAMPLE / "facts.yaml").read_bytes(), "").root
    assert isinstance(root, dict)
    data: dict[str, Any] = root
    texts = {name: (EXAMPLE / f"article.{name}.txt").read_text("utf-8") for name in LANGUAGES}
    assert texts[version].count(old) == 1
    texts[version] = texts[version].replace(old, new)
    for name, place in data["document"]["versions"].items():
        del place["text"]
        place["content"] = texts[name]
    del data["document"]["text"]
    data["document"]["content"] = texts["en"]
    for one in (*data["claims"], *data["no_fact"]):
        if version in one["quote"]:
            one["quote"][version] = one["quote"][version].replace(old, new)
    return lod.loads(data), [one["id"] for one in data["claims"]]


def test_nothing_is_found(example: Publication) -> None:
    """But that words are not translated, which is a note."""
    findings = example.check()
    assert {(one.code, one.severity) for one in findings} == {
        ("version-not-compared", Severity.INFO)
    }


def test_every_version_says_all_but_what_one_of_them_adds(example: Publication) -> None:
    facts = example.require_facts()
    assert len(facts.statements) == 32
    assert len(example.dataset().claims) == 33
    names = [one.name for one in facts.document.all_versions]
    assert names == ["", "de", "fr"]
    quoted = {one.id: [anchor.version for anchor in one.anchors] for one in facts.statements}
    assert {claim: found for claim, found in quoted.items() if found != names} == {
        "meeting": ["fr"]
    }
    assert example.unquoted == ("meeting",)
    assert [one.unquoted for one in example.versions] == [("meeting",), ()]
    for coverage in (example.coverage, *(one.coverage for one in example.versions)):
        assert coverage is not None
        assert all(one.is_covered for one in coverage.sentences)


def test_it_shows_what_texts_do(example: Publication) -> None:
    statements = example.require_facts().statements
    assert {one.modality for one in statements} == {
        *("stated", "planned", "expected", "possible", "demanded", "evaluative"),
    }
    assert {one.speakers for one in statements if len(one.speakers) > 1} == {("maren", "kessel")}
    assert len({one.speakers[-1] for one in statements}) >= 7
    assert sum(one.polarity == "negative" for one in statements) == 2
    assert any(one.share for one in statements)
    assert any(one.change for one in statements)
    assert any(one.compared_with for one in statements)


@pytest.mark.parametrize("case", CASES, ids=[case["what"] for case in CASES])
def test_what_one_version_says_otherwise_is_found(case: dict[str, Any]) -> None:
    publication, ids = altered(case["version"], case["old"], case["new"])
    found = [one for one in publication.findings if one.severity is not Severity.INFO]
    places = {(one.path[0], ids[int(one.path[1])], one.code) for one in found}
    assert places == {("claims", case["claim"], case.get("code", "versions-differ"))}
    for words in case["words"]:
        assert any(words in one.message for one in found), [one.message for one in found]


@pytest.mark.parametrize("name", sorted(path.stem for path in (EXAMPLE / "queries").glob("*.rq")))
def test_every_query_answers(name: str, example: Publication) -> None:
    assert len(example.query(name)) > 0
    assert (EXAMPLE / "queries" / f"{name}.rq").read_text("utf-8").startswith("# ")
