"""Ten well-known facts of the article as a user would write them: what the tools of today are
measured by, and what a user must be able to rely on.
"""

from __future__ import annotations

import difflib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph
import pytest

import lod
from lod.diagnostics import Severity
from lod.rdf.formats import FORMATS

TEN_FACTS = Path(__file__).parent / "ten-facts"
EXAMPLE = Path(__file__).parents[2] / "examples" / "russia-kazakhstan"
FACTS = (TEN_FACTS / "facts.yaml").read_text("utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "ten-facts"
    shutil.copytree(TEN_FACTS, copy)
    return copy


def edit(folder: Path, old: str, new: str) -> tuple[int, int]:
    """Replace the first `old` in the facts; gives line and column of where `new` begins."""
    assert old in FACTS
    start = FACTS.index(old)
    (folder / "facts.yaml").write_text(FACTS.replace(old, new, 1), "utf-8")
    line = FACTS.count("\n", 0, start) + 1
    return line, start - FACTS.rfind("\n", 0, start)


def lod_command(*arguments: str, seed: str = "0") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "lod", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONHASHSEED": seed},
    )


def test_the_user_writes_at_most_ninety_lines_for_twelve_claims() -> None:
    publication = lod.load(TEN_FACTS)
    assert len(FACTS.splitlines()) <= 90
    assert len(publication.dataset().claims) == 12
    assert sorted(path.name for path in TEN_FACTS.iterdir()) == ["article.txt", "facts.yaml"]


def test_no_false_alarm_on_correct_facts() -> None:
    """What is left to say is that most of the article is not covered; the example covers it."""
    assert {finding.code for finding in lod.load(TEN_FACTS).check()} == {"sentence-uncovered"}
    assert lod.load(EXAMPLE).check() == []


SEEDED = {
    "misquote": ("it set a new record", "it hit a new record", "quote-not-found", -11),
    "2.8 for 28": (
        "more than 28 billion USD",
        "more than 2.8 billion USD",
        "value-not-in-quote",
        0,
    ),
    "malformed item id": ("Q159}", "P159}", "bad-qid", 0),
    "missing speaker": ("author: putin", "author: puttin", "unknown-entity", 8),
    "month 13": ("2024-11-27", "2024-13-27", "bad-date", 0),
    "typo in a property": ("tradeVolume", "tradeVolum", "unknown-property", 0),
    "typo in a key": ("subject: trade", "subjct: trade", "unknown-key", 0),
    "id twice": ("id: trade-2024", "id: trade-2023", "duplicate-id", 4),
}


@pytest.mark.parametrize("mistake", SEEDED)
def test_each_seeded_mistake_is_found_at_its_line_and_column(mistake: str, folder: Path) -> None:
    old, new, code, offset = SEEDED[mistake]
    line, column = edit(folder, old, new)
    ran = lod_command("check", str(folder), "--format", "json")
    assert ran.returncode == 1
    assert "Traceback" not in ran.stderr + ran.stdout
    findings = json.loads(ran.stdout)["findings"]
    errors = [finding for finding in findings if finding["severity"] == "error"]
    places = [(finding["code"], finding["line"], finding["column"]) for finding in errors]
    assert (code, line, column + offset) in places
    assert not (folder / "dist").exists()
    assert lod_command("build", str(folder)).returncode == 1
    assert not (folder / "dist").exists()


@pytest.mark.parametrize("format_", [format_.name for format_ in FORMATS])
def test_the_same_facts_give_the_same_bytes(format_: str) -> None:
    first, second = (
        lod_command("export", str(TEN_FACTS), "-f", format_, seed=seed).stdout
        for seed in ("1", "2")
    )
    assert first
    assert first == second


def changed_lines(before: str, after: str) -> int:
    """How many lines of a diff were added or removed, the larger of both."""
    lines = list(difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm=""))
    added = sum(line.startswith("+") and not line.startswith("+++") for line in lines)
    removed = sum(line.startswith("-") and not line.startswith("---") for line in lines)
    return max(added, removed)


@pytest.mark.parametrize("format_", ["turtle", "json-ld"])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("exceeding the threshold of $28 billion", "exceeding the threshold of $28 billion, and"),
        ("title: Ten facts", "title: Some facts"),
        ("label: Astana", "label: Nursultan"),
        ("property: count\n    value: approximately 60,000", "property: count\n    value: 60,000"),
        ("id: graduate", "id: alumnus"),
    ],
    ids=["quote", "title", "label", "hedge", "id"],
)
def test_one_changed_word_changes_few_lines(old: str, new: str, format_: str, folder: Path) -> None:
    edit(folder, old, new)
    facts = folder / "facts.yaml"
    # The words that the change makes wrong are overruled: what is measured is the output.
    text = facts.read_text("utf-8").replace(
        "value: 60,000", "value: 60,000\n    allow: {hedge-not-in-quote: measured here}"
    )
    facts.write_text(text.replace("value: astana", "value: astana\n    means: {Astana: astana}"))
    before = lod.load(TEN_FACTS).serialize(format_)
    after = lod.load(folder).serialize(format_)
    if old.startswith("id:"):  # the name of the claim is in all its IRIs; nothing else changes
        after = after.replace("claim/alumnus", "claim/graduate").replace(
            "claim:alumnus", "claim:graduate"
        )
        assert changed_lines(before, after) == 0
    else:
        assert 0 < changed_lines(before, after) <= 6


@pytest.mark.parametrize("source", [TEN_FACTS, EXAMPLE], ids=["ten facts", "example"])
def test_turtle_and_json_ld_say_the_same(source: Path) -> None:
    publication = lod.load(source)
    turtle = set(pyoxigraph.parse(publication.serialize("turtle"), pyoxigraph.RdfFormat.TURTLE))
    json_ld = {
        quad
        for quad in pyoxigraph.parse(publication.serialize("json-ld"), pyoxigraph.RdfFormat.JSON_LD)
        if quad.graph_name == pyoxigraph.DefaultGraph()
    }
    assert turtle == json_ld
    items = re.findall(r'"http://www\.wikidata\.org', publication.serialize("n-quads"))
    assert not items  # an item is never a string


def test_the_example_covers_every_sentence_and_links_only_what_is_verified() -> None:
    publication = lod.load(EXAMPLE)
    coverage = publication.coverage
    assert coverage is not None
    assert all(sentence.is_covered for sentence in coverage.sentences)
    assert len(publication.dataset().claims) >= 75
    verified = EXAMPLE.parents[2] / "shared" / "wikidata" / "items.tsv"
    if verified.is_file():
        items = {line.split("\t")[1] for line in verified.read_text("utf-8").splitlines()[1:]}
        assert publication.facts is not None
        links = [entity.link for entity in publication.facts.entities.values()]
        assert all(link is not None for link in links)
        assert {link.qid for link in links if link and link.qid} <= items


def test_what_the_text_does_not_assert_is_not_asserted() -> None:
    """Plans, judgements and restricted claims have no direct triple."""
    publication = lod.load(EXAMPLE)
    answer = publication.query(
        """ASK {
          ?claim lod:modality ?modality ; lod:subject ?s ; lod:property ?p ; lod:value ?o .
          FILTER (?modality NOT IN (lod:stated, lod:implied))
          GRAPH ?graph { ?s ?p ?o }
          FILTER NOT EXISTS {
            ?other lod:subject ?s ; lod:property ?p ; lod:value ?o ; lod:modality lod:stated .
          }
        }"""
    )
    assert answer.boolean is False


@pytest.mark.parametrize("name", sorted(path.stem for path in (EXAMPLE / "queries").glob("*.rq")))
def test_every_query_of_the_example_answers(name: str) -> None:
    assert len(lod.load(EXAMPLE).query(name)) > 0
    text = (EXAMPLE / "queries" / f"{name}.rq").read_text("utf-8")
    assert text.startswith("# ")


def test_findings_name_severity() -> None:
    findings = lod.load(TEN_FACTS).check()
    assert all(finding.severity is Severity.WARNING for finding in findings)
