"""Publications with mistakes: each is found where it is, with its code, and nothing else is.

The files in `violating/` say in their first lines what is expected: `# expect: code line:column`.
`violating/raw/expected.toml` says it for files that cannot.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import lod
from lod.bounds import MOST_SAID
from lod.codes import CODES
from lod.diagnostics import Finding, Severity
from lod.facts.load import load_json
from tests.corpus.conftest import publication

FOLDER = Path(__file__).parent / "violating"
RAW = FOLDER / "raw"
CASES = sorted(FOLDER.glob("*.yaml"))
EXPECTED = tomllib.loads((RAW / "expected.toml").read_text("utf-8"))


def found(findings: list[Finding]) -> list[str]:
    """Code and place of every error and warning, sorted."""
    return sorted(
        f"{finding.code} {finding.location.line}:{finding.location.column}"
        for finding in findings
        if finding.severity is not Severity.INFO and finding.location
    )


@pytest.mark.parametrize("case", CASES, ids=[case.stem for case in CASES])
def test_each_mistake_is_found_in_its_place(case: Path) -> None:
    expected = re.findall(r"^# expect: (.+)$", case.read_text("utf-8"), re.MULTILINE)
    assert expected
    findings = lod.load(case).check()
    assert found(findings) == sorted(expected), "\n".join(
        f"{f.location}: {f.code}: {f.message} ({f.hint})" for f in findings
    )


@pytest.mark.parametrize("name", EXPECTED)
def test_each_unreadable_file_is_explained(name: str) -> None:
    findings = lod.load(RAW / name).check()
    places = [
        f"{f.code} {Path(f.location.file).name}:{f.location.line}:{f.location.column}"
        for f in findings
        if f.location
    ]
    assert sorted(places) == sorted(EXPECTED[name]), findings


def test_ten_megabytes_in_one_line(tmp_path: Path) -> None:
    file = tmp_path / "facts.yaml"
    file.write_bytes(b"publication: " + b"x" * 10_000_000 + b"\n")
    assert [finding.code for finding in lod.load(file).check()] == ["too-large"]


@pytest.mark.parametrize("case", CASES, ids=[case.stem for case in CASES])
def test_every_message_is_plain_and_short_enough_to_read(case: Path) -> None:
    for finding in lod.load(case).findings:
        assert "\n" not in finding.message
        assert len(finding.message) < 600
        assert finding.message[0] in finding.message.strip()
        assert "Traceback" not in finding.message
        assert not re.search(r"\ba [AEIO][a-z]|\biRI", finding.message)


def with_words(node: Any, words: str) -> Iterator[Any]:
    """The data with one of its texts, or with a key in one of its mappings, that is `words`."""
    if isinstance(node, str):
        yield words
    elif isinstance(node, list):
        for at, item in enumerate(node):
            yield from ([*node[:at], one, *node[at + 1 :]] for one in with_words(item, words))
    else:
        yield {**node, words: "x"}
        for key, item in node.items():
            yield from ({**node, key: one} for one in with_words(item, words))


def test_no_message_is_as_long_as_the_words_that_it_is_about(tmp_path: Path) -> None:
    cut = 0
    for data in with_words(publication(1), "wörd " * 10_000):
        loaded = load_json(json.dumps(data).encode(), "facts.json", tmp_path)
        for finding in loaded.findings:
            assert max(len(finding.message), len(finding.hint or "")) <= MOST_SAID
            assert len(json.dumps(finding.as_dict(), ensure_ascii=False)) < 8 * MOST_SAID
            cut += "…" in finding.message
    assert cut > 3


def test_there_are_enough_kinds_of_mistakes() -> None:
    """Every code that stops a build has at least one publication that shows it."""
    shown = {line.split()[0] for lines in EXPECTED.values() for line in lines}
    for case in CASES:
        shown |= set(re.findall(r"^# expect: ([a-z0-9-]+)", case.read_text("utf-8"), re.MULTILINE))
    shown |= {"too-large"}
    elsewhere = {
        "rule-failed": "tests/rules: what other packages bring",
        "internal": "tests/corpus: what a corpus build says where lod itself fails",
    }
    errors = {name for name, code in CODES.items() if code.severity == "error"}
    assert errors - shown == set(elsewhere)
