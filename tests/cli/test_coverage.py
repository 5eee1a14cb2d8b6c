"""`lod coverage`: what of a text carries facts."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import EXAMPLE, Lod


def test_covered_text(lod: Lod, small: Path) -> None:
    result = lod("coverage", small)
    assert (result.code, result.err) == (0, "")
    assert result.out == (
        "1  member\n"
        "   Kazakhstan is a member of the CSTO.\n"
        "2  trade-2023\n"
        "   Trade exceeded $28 billion last year.\n"
        "3  no fact: greeting\n"
        "   Thank you!\n"
        "\n"
        "3 of 3 sentences (100 %), 15 of 15 words (100 %)\n"
    )


def test_what_is_missing_is_marked(lod: Lod, small: Path, edit: Callable[[str, str], None]) -> None:
    edit("quote: Trade exceeded $28 billion last year", "quote: exceeded $28 […] last year")
    edit("no_fact:\n  - {quote: Thank you!, reason: greeting}\n", "")
    result = lod("coverage", small)
    assert result.code == 1
    assert "   [[Trade]] exceeded $28 [[billion]] last year.\n" in result.out
    assert "3  carries nothing yet\n   [[Thank you]]!\n" in result.out
    assert result.out.endswith("2 of 3 sentences (66 %), 11 of 15 words (73 %)\n")


def test_only_what_is_missing(lod: Lod, small: Path, edit: Callable[[str, str], None]) -> None:
    edit("no_fact:\n  - {quote: Thank you!, reason: greeting}\n", "")
    lines = lod("coverage", small, "--missing").out.splitlines()
    assert lines[:2] == ["3  carries nothing yet", "   [[Thank you]]!"]
    data = json.loads(lod("coverage", small, "--missing", "-f", "json").out)
    assert (data["sentenceCount"], data["coveredSentences"]) == (3, 2)
    assert [one["text"] for one in data["sentences"]] == ["Thank you!"]


def test_json(lod: Lod, small: Path) -> None:
    data = json.loads(lod("coverage", small, "-f", "json").out)
    assert data["file"] == str(small / "facts.yaml")
    assert data["coveredSentences"] == data["sentenceCount"] == 3
    assert [one["claims"] for one in data["sentences"]] == [["member"], ["trade-2023"], []]


def test_errors_are_mentioned(lod: Lod, small: Path, edit: Callable[[str, str], None]) -> None:
    edit("is a member of the CSTO\n", "is a member of CSTO\n")
    result = lod("coverage", small)
    assert result.code == 1
    assert result.err == "small/facts.yaml: 1 error; lod check shows them\n"


def test_without_a_text(lod: Lod, small: Path) -> None:
    (small / "text.txt").unlink()
    result = lod("coverage", small)
    assert (result.code, result.out) == (1, "")
    assert "error[missing-file]" in result.err
    assert "there is no text to show; 1 error" in result.err


def test_example_is_covered(lod: Lod) -> None:
    result = lod("coverage", EXAMPLE)
    assert result.code == 0
    assert " sentences (100 %)" in result.out


VERSIONS = str(Path(__file__).parents[1] / "publications" / "conforming" / "versions.yaml")


def test_every_version_of_a_text_is_shown(lod: Lod) -> None:
    done = lod("coverage", VERSIONS)
    assert done.code == 0
    assert [line for line in done.out.splitlines() if line.startswith(("version", "claims"))] == [
        "version en",
        "claims without a quote of it: price",
        "version de",
    ]
    data = json.loads(lod("coverage", VERSIONS, "-f", "json").out)
    assert data["unquotedClaims"] == ["price"]
    assert data["versions"]["de"]["sentences"][2]["claims"] == ["price"]


def test_one_version_of_a_text_is_shown_by_its_name(lod: Lod) -> None:
    data = json.loads(lod("coverage", VERSIONS, "--version", "DE", "-f", "json").out)
    assert (data["version"], "versions" in data) == ("de", False)
    done = lod("coverage", VERSIONS, "--version", "dee")
    assert done.code == 2
    assert 'did you mean "de"?' in done.err
