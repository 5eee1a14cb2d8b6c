"""What a claim says against its text: each kind of mistake is found, its right siblings are not.

The cases are in `said/`, a file a language. Each is a text, its entities as "Class Label", and a
claim or several; `expect` has the codes that are found, in the order of the file, none where it is
left out.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

import lod

FOLDER = Path(__file__).parent / "said"
CASES = [
    pytest.param(file.stem, case, id=f"{file.stem}-{case['case']}")
    for file in sorted(FOLDER.glob("*.yaml"))
    for case in yaml.load(file.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 - it makes text only
]
#: What these small publications leave undone, and is not meant.
ASIDE = {"unused-entity", "sentence-uncovered", "not-checked"}


def publication(language: str, case: dict[str, Any]) -> dict[str, Any]:
    """The facts of one case."""
    claims = case["claims"] if "claims" in case else [case["claim"]]
    entities = {
        slug: entity
        if isinstance(entity, dict)
        else dict(zip(("type", "label"), entity.split(" ", 1), strict=True))
        for slug, entity in case["entities"].items()
    }
    return {
        "publication": {
            "base": "https://data.example.org/case/",
            "title": "A case",
            "license": "https://creativecommons.org/publicdomain/zero/1.0/",
            "publisher": "Example Data Desk",
        },
        "document": {
            "content": case["text"],
            "language": language,
            "author": "reporter",
            "published": "2024-11-27",
            **case.get("document", {}),
        },
        "entities": {"reporter": {"type": "Person", "label": "Rita Reporter"}, **entities},
        "claims": [{"id": f"c{n}", **claim} for n, claim in enumerate(claims, 1)],
    }


@pytest.mark.parametrize(("language", "case"), CASES)
def test_what_is_wrong_is_found_and_nothing_else(language: str, case: dict[str, Any]) -> None:
    findings = [f for f in lod.loads(publication(language, case)).findings if f.code not in ASIDE]
    expected = case.get("expect", [])
    expected = [expected] if isinstance(expected, str) else expected
    assert [f.code for f in findings] == expected, [f"{f.message} ({f.hint})" for f in findings]
    for word in case.get("says", []):
        assert any(word in f"{f.message} {f.hint}" for f in findings), (word, findings)
