"""`lod export`: the dataset in every format, to the screen or into a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph
import pytest

import lod as api
from lod.rdf.formats import FORMATS, Format
from tests.cli.conftest import Lod


@pytest.mark.parametrize("format_", FORMATS, ids=str)
def test_every_format(format_: Format, lod: Lod, small: Path) -> None:
    result = lod("export", small, "-f", format_.name)
    assert (result.code, result.err) == (0, "")
    assert result.out == api.load(small).serialize(format_.name)
    known = pyoxigraph.RdfFormat.from_media_type(format_.media_type)
    assert known is not None
    assert list(pyoxigraph.parse(result.out.encode(), known))


def test_turtle_unless_something_else_is_said(lod: Lod, small: Path) -> None:
    turtle = lod("export", small, "--format", "turtle").out
    assert turtle == lod("export", small).out == lod("export", small, "-o", "-").out
    assert lod("export", small, "-f", "TTL").out == turtle


def test_file_name_says_the_format(lod: Lod, small: Path) -> None:
    result = lod("export", small, "-o", "facts.nq")
    assert (result.code, result.out, result.err) == (0, "", "wrote facts.nq\n")
    assert Path("facts.nq").read_text("utf-8") == lod("export", small, "-f", "n-quads").out
    result = lod("export", small, "-o", "facts.what")
    assert result.code == 2
    assert "facts.what" in result.err
    assert lod("export", small, "-f", "turtle", "-o", "facts.what").code == 0


def test_errors_in_the_facts_are_findings(
    lod: Lod, small: Path, edit: Callable[[str, str], None]
) -> None:
    Path("facts.ttl").write_text("old")
    edit("Q232", "Q0232")
    result = lod("export", small, "-o", "facts.ttl")
    assert (result.code, result.out) == (1, "")
    lines = result.err.splitlines()
    assert lines[0].startswith("small/facts.yaml:11:60: error[bad-qid]: ")
    assert lines[-1] == "1 error"
    assert Path("facts.ttl").read_text() == "old"


def test_current_folder_is_the_default(
    lod: Lod, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = lod("export", small).out
    monkeypatch.chdir(small)
    assert lod("export").out == there
    assert lod("export", "facts.yaml").out == there
