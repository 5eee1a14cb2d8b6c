"""The API: what `lod` exports, by name, by type, and from data that is made in Python."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import lod
from lod.query.named import list_queries

EXAMPLE = Path(__file__).parents[2] / "examples" / "russia-kazakhstan"


def facts() -> dict[str, Any]:
    return {
        "publication": {
            "base": "https://data.example.org/note/",
            "title": "Claims of a note",
            "license": "https://creativecommons.org/publicdomain/zero/1.0/",
            "publisher": {"name": "Example Desk"},
        },
        "document": {
            "content": "The mill of Norby employs 31.50 percent more people than in 2020.",
            "language": "en",
            "author": "rita",
            "published": date(2024, 11, 27),
        },
        "entities": {
            "rita": {"type": "Person", "label": "Rita Reporter"},
            "mill": {"type": "Company", "label": "mill of Norby"},
        },
        "claims": [
            {
                "id": "staff",
                "quote": "The mill of Norby employs 31.50 percent more people than in 2020",
                "subject": "mill",
                "property": "employeeCount",
                "change": "up 31.50 percent",
                "comparedWith": {"edtf": 2020},
            }
        ],
    }


def test_every_name_is_there_and_no_other() -> None:
    assert all(getattr(lod, name) is not None for name in lod.__all__)
    assert dir(lod) == lod.__all__
    with pytest.raises(AttributeError, match="no attribute 'laod'"):
        lod.laod  # type: ignore[attr-defined]  # noqa: B018 - that checkers see it is the next test


@pytest.mark.slow
def test_a_name_that_is_misspelt_is_an_error_for_type_checkers(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text("import lod\nlod.load('x').check()\nlod.laod('x')\n", "utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", str(program)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert 'program.py:3: error: Module has no attribute "laod"' in run.stdout
    assert "Found 1 error" in run.stdout


def test_a_mapping_is_a_publication() -> None:
    publication = lod.loads(facts())
    assert publication.check() == []
    assert publication.facts is not None
    change = publication.facts.statements[0].change
    assert change is not None
    assert change.change.amount is not None
    assert change.change.amount.value == Decimal("31.50")
    shipped = {query.name: query.text for query in list_queries(None)}
    assert shipped
    assert publication.queries() == shipped


def test_json_text_is_the_same_publication() -> None:
    data = facts()
    text = json.dumps(data, default=str)
    assert lod.loads(text).serialize("turtle") == lod.loads(data).serialize("turtle")
    assert lod.loads(text.encode()).serialize("turtle") == lod.loads(data).serialize("turtle")


def test_what_is_wrong_is_a_finding_with_its_path() -> None:
    data = facts()
    data["claims"][0]["subject"] = "mil"
    (finding,) = [one for one in lod.loads(data).findings if one.code == "unknown-entity"]
    assert finding.path == ("claims", 0, "subject")
    assert finding.hint == 'did you mean "mill"?'


@pytest.mark.parametrize("data", [{"claims": object()}, {"claims": {1, 2}}, {("a",): 1}])
def test_what_no_facts_file_can_hold_is_refused(data: Any) -> None:
    with pytest.raises(lod.InputError, match="the data cannot be a publication"):
        lod.loads(data)


def test_a_text_in_place_of_its_file_is_not_quoted_whole() -> None:
    data = facts()
    data["document"]["text"] = data["document"].pop("content") + "\n" * 2 + "And so on. " * 400
    (finding,) = [one for one in lod.loads(data).findings if one.code == "missing-file"]
    assert len(finding.message) < 200
    assert finding.hint is not None
    assert "content:" in finding.hint


@pytest.mark.parametrize("example", sorted(EXAMPLE.parent.iterdir()), ids=lambda path: path.name)
def test_what_was_built_is_what_the_result_says(example: Path, tmp_path: Path) -> None:
    result = lod.build(lod.load(example), out=tmp_path / "dist", formats=["turtle", "json-ld"])
    assert not result.has_errors
    for file in result.files:
        data = file.path.read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (file.size, file.sha256)
    for name in ("dataset.ttl", "dataset.jsonld"):
        assert (tmp_path / "dist" / name).read_bytes() == (example / "dist" / name).read_bytes()
