"""Slips in datasets: each is found, and the result says whether by a shape or by a check."""

from __future__ import annotations

import re
import shutil
import tomllib
from functools import cache
from pathlib import Path

import pytest

import lod
from lod.dist import build
from lod.validation.folder import validate_folder
from lod.validation.validate import validate_files

FOLDER = Path(__file__).parent
PUBLICATIONS = FOLDER.parent / "publications" / "conforming"
SLIPS = tomllib.loads((FOLDER / "slips.toml").read_text("utf-8"))


@cache
def publication(name: str) -> lod.Publication:
    return lod.load(PUBLICATIONS / f"{name}.yaml")


def validate(tmp_path: Path, name: str, trig: str) -> set[str]:
    """The shapes and checks that find something in changed TriG."""
    text = publication(name).text
    assert text is not None
    (tmp_path / "text.txt").write_text(text.raw, "utf-8", newline="")
    file = tmp_path / "dataset.trig"
    file.write_text(trig, "utf-8")
    report = validate_files([file], text=tmp_path / "text.txt")
    for result in report.results:
        assert result.message.endswith("."), result
    return {one.source_shape.rpartition("/")[2].replace("s#", ":", 1) for one in report.results}


@pytest.mark.parametrize("name", ["statistics", "biography", "bericht"])
def test_what_is_edited_conforms_before(tmp_path: Path, name: str) -> None:
    assert validate(tmp_path, name, publication(name).serialize("trig")) == set()


def test_what_is_built_of_a_whole_text_conforms(tmp_path: Path) -> None:
    """Groups that act, with words for a value, stand in no publication that is edited."""
    example = FOLDER.parents[1] / "examples" / "russia-kazakhstan"
    build(lod.load(example), out=tmp_path / "dist")
    assert validate_folder(tmp_path / "dist").results == ()


@pytest.mark.parametrize("slip", SLIPS)
def test_each_slip_is_found(tmp_path: Path, slip: str) -> None:
    case = SLIPS[slip]
    before = publication(case["in"]).serialize("trig")
    after, count = re.subn(case["find"], case["put"], before, count=1)
    assert count == 1, "the edit finds nothing to change"
    assert case["by"] in validate(tmp_path, case["in"], after)


def test_graph_only_formats_are_not_asked_for_graphs(tmp_path: Path) -> None:
    file = tmp_path / "dataset.ttl"
    file.write_text(publication("statistics").serialize("turtle"), "utf-8")
    assert validate_files([file]).conforms


def test_a_claim_that_is_gone_is_found_by_its_hash(tmp_path: Path) -> None:
    source = tmp_path / "facts.yaml"
    shutil.copy(PUBLICATIONS / "statistics.yaml", source)
    build(lod.load(source), out=tmp_path / "dist")
    assert validate_folder(tmp_path / "dist").conforms
    trig = tmp_path / "dist" / "dataset.trig"
    text = trig.read_text("utf-8")
    blocks = text.split("\n\n")
    kept = [one for one in blocks if not one.startswith(("claim:silent", "<claim/silent"))]
    assert len(kept) < len(blocks)
    direct = "    entity:silent rel:count <claim/silent/value> .\n"
    assert direct in text
    trig.write_text("\n\n".join(kept).replace(direct, ""), "utf-8")
    results = validate_folder(tmp_path / "dist").results
    found = {one.source_shape.rpartition("#")[2] for one in results}
    assert found == {"Files"}
