"""Publications that are edited, released and compared."""

from __future__ import annotations

import re
from pathlib import Path
from shutil import copytree

import pytest

from lod.history.fates import Reason
from lod.history.reasons import Reasons, Why
from lod.history.release import release
from tests.cli.conftest import TEN_FACTS, lod

__all__ = ["TEN_FACTS", "lod"]

BASE = "https://data.example.org/ten-facts/"
TITLE = "title: Ten facts about Russia and Kazakhstan\n"
STUDENTS = (
    "  - id: students\n    quote: Approximately 60,000 Kazakhstani students are studying at "
    "Russian universities\n    subject: students\n    property: count\n"
    "    value: approximately 60,000\n"
)


def replace_in(file: Path, old: str, new: str) -> None:
    """Replace words that stand in a file once."""
    text = file.read_text("utf-8")
    assert text.count(old) == 1, (old, text.count(old))
    file.write_text(text.replace(old, new), "utf-8", newline="")


def versioned(folder: Path, version: str, date: str) -> None:
    """Set version and date of a publication."""
    file = folder / "facts.yaml"
    text = re.sub(r"  version: .*\n  modified: .*\n", "", file.read_text("utf-8"))
    assert text.count(TITLE) == 1
    said = f"{TITLE}  version: {version}\n  modified: {date}\n"
    file.write_text(text.replace(TITLE, said), "utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the publication with ten facts."""
    return Path(copytree(TEN_FACTS, tmp_path / "ten-facts"))


@pytest.fixture
def first(folder: Path) -> Path:
    """The publication with its first release."""
    versioned(folder, "1.0.0", "2024-12-01")
    release(folder)
    return folder


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A publication with two releases: a mistake corrected, claims withdrawn. Nobody writes there.

    Since then one more claim has gone that no release is without.
    """
    folder = Path(copytree(TEN_FACTS, tmp_path_factory.mktemp("released") / "ten-facts"))
    versioned(folder, "1.0.0", "2024-12-01")
    release(folder)
    versioned(folder, "2.0.0", "2024-12-05")
    facts = folder / "facts.yaml"
    replace_in(facts, STUDENTS, "")
    replace_in(facts, "[cis, csto, sco]", "[cis, csto]")
    replace_in(facts, "modality: planned", "modality: expected")
    why = {
        "mgimo-branch": Why(Reason.OUR_MISTAKE, "Expected, & not <planned>"),
        "students": Why(Reason.WITHDRAWN, "The number is of another year"),
    }
    otherwise = Why(Reason.WORLD_CHANGED)
    release(folder, reasons=Reasons(why, otherwise, {"students": "enterprises"}))
    text = facts.read_text("utf-8")
    start, end = text.index("  - id: invitation"), len(text)
    facts.write_text(text[:start] + text[end:], "utf-8")
    return folder
