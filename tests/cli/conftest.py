"""Runs the command in this process, and publications to run it on."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from lod.cli.run import run

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "russia-kazakhstan"
TEN_FACTS = ROOT / "tests" / "publications" / "ten-facts"

#: A small publication without findings.
TEXT = "Kazakhstan is a member of the CSTO. Trade exceeded $28 billion last year. Thank you!\n"
FACTS = """\
publication:
  base: https://data.example.org/small/
  title: A small text
  license: https://creativecommons.org/publicdomain/zero/1.0/
  publisher: {name: Example Data Desk}
document:
  text: text.txt
  language: en
  published: 2024-11-27
entities:
  kazakhstan: {type: Country, label: Kazakhstan, wikidata: Q232}
  csto: {type: InternationalOrganization, label: CSTO, wikidata: Q318693}
  trade: {type: Flow, label: trade}
claims:
  - id: member
    quote: Kazakhstan is a member of the CSTO
    subject: kazakhstan
    property: memberOf
    value: csto
  - id: trade-2023
    quote: Trade exceeded $28 billion last year
    subject: trade
    property: tradeVolume
    value: more than 28 billion USD
    during: last year
no_fact:
  - {quote: Thank you!, reason: greeting}
"""


@dataclass(frozen=True)
class Result:
    """What a run of the command gave."""

    code: int
    out: str
    err: str


Lod = Callable[..., Result]


@pytest.fixture
def lod(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Lod:
    """The command: `lod("check", folder)`; `stdin` is what it can read there."""

    def call(*arguments: object, stdin: bytes = b"") -> Result:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), "utf-8"))
        code = run([str(argument) for argument in arguments])
        sys.stdout.flush()
        sys.stderr.flush()
        out, err = capfd.readouterr()
        return Result(code, out, err)

    return call


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder `small` with a small publication, in the current folder."""
    folder = tmp_path / "small"
    folder.mkdir()
    (folder / "text.txt").write_text(TEXT, "utf-8")
    (folder / "facts.yaml").write_text(FACTS, "utf-8")
    monkeypatch.chdir(tmp_path)
    return Path("small")


@pytest.fixture
def edit(small: Path) -> Callable[[str, str], None]:
    """Replaces words of the small publication's facts."""

    def replace(old: str, new: str) -> None:
        file = small / "facts.yaml"
        text = file.read_text("utf-8")
        assert text.count(old) == 1
        file.write_text(text.replace(old, new), "utf-8")

    return replace


@pytest.fixture
def ten_facts(tmp_path: Path) -> Path:
    """A copy of the publication with ten facts."""
    return Path(shutil.copytree(TEN_FACTS, tmp_path / "ten-facts"))
