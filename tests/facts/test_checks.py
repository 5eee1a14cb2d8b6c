"""What is found where a claim and its quote disagree, by the tables in `checks/`.

A case is a quote, in a language, with what claims may say of it: under `right` what brings no
finding, under `wrong` what brings the finding of that code alone. A claim is the part of a facts
file below its quote; a plain text is its value.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lod.diagnostics import Finding
from lod.facts.load import load_json

FOLDER = Path(__file__).parent / "checks"
#: Findings about other things than what is compared here.
ELSEWHERE = {
    "modality-mismatch",
    "polarity-mismatch",
    "speaker-mismatch",
    "subject-not-in-quote",
    "entity-not-in-quote",
    "unused-entity",
}


def cases() -> Iterator[Any]:
    for file in sorted(FOLDER.glob("*.toml")):
        for number, case in enumerate(tomllib.loads(file.read_text("utf-8"))["case"], 1):
            claims = [("", claim) for claim in case.get("right", ())]
            for code, wrong in case.get("wrong", {}).items():
                claims += [(code, claim) for claim in wrong]
            for code, claim in claims:
                said = claim if isinstance(claim, str) else " ".join(map(str, claim.values()))
                yield pytest.param(
                    case, claim, code, id=f"{file.stem}-{number}-{code or 'right'}-{said}"
                )


def findings(case: dict[str, Any], claim: str | dict[str, Any]) -> list[Finding]:
    """The findings that a claim brings."""
    said = {"value": claim} if isinstance(claim, str) else claim
    facts = {
        "publication": {
            "base": "https://data.example.org/checks/",
            "title": "Checks",
            "license": "https://creativecommons.org/publicdomain/zero/1.0/",
            "publisher": {"name": "Example Desk", "url": "https://data.example.org/"},
        },
        "document": {
            "content": case["quote"],
            "language": case["language"],
            "author": "desk",
            "published": case.get("published", "2024-11-27"),
        },
        "entities": {
            "desk": {"type": "Person", "label": "Rita Reporter"},
            "thing": {"type": "Indicator", "label": "thing"},
        },
        "claims": [
            {
                "id": "c",
                "quote": case["quote"],
                "subject": "thing",
                **(
                    {"property": "amount"}
                    if "value" in said or "change" in said
                    else {"property": "status", "value": {"text": case["quote"].split()[0]}}
                ),
                **said,
            }
        ],
    }
    loaded = load_json(json.dumps(facts).encode(), "facts.json", FOLDER)
    return [finding for finding in loaded.findings if finding.code not in ELSEWHERE]


@pytest.mark.parametrize(("case", "claim", "code"), list(cases()))
def test_a_claim_is_held_against_its_quote(
    case: dict[str, Any], claim: str | dict[str, Any], code: str
) -> None:
    found = sorted({finding.code for finding in findings(case, claim)})
    assert found == sorted(case.get("always", []) + [code] * bool(code))


@pytest.mark.parametrize(
    ("language", "quote", "change", "word"),
    [
        ("en", "The harvest was whittled by 3 percent", "down 3 percent", "whittled"),
        ("de", "Die Ernte wurde um 3 Prozent geschmälert", "minus 3 Prozent", "geschmälert"),
    ],
)
def test_the_word_of_change_that_is_not_known_is_named(
    language: str, quote: str, change: str, word: str
) -> None:
    [finding] = findings({"language": language, "quote": quote}, {"change": change})
    assert f'"{word}" is not known as a word of change' in finding.message


def test_what_is_not_compared_is_counted() -> None:
    quote = "Il commercio ha raggiunto ventottomila euro"
    value = {"quantity": "28000 EUR", "words": "ventottomila euro"}
    [finding] = findings({"language": "it", "quote": quote}, {"value": value})
    assert "values (1), hedges (1), periods (0), denials (1)" in finding.message
    assert "speakers (1), conditions (1), lists (0)" in finding.message
