"""Texts in blocks: the bytes are those of one text, which is never made."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import lod
from benchmarks.large import write_publication
from lod.dist import build
from lod.rdf import blocks
from lod.rdf.blocks import Blocks
from lod.rdf.dataset import Dataset, TextOrBlocks
from lod.rdf.formats import FORMATS, RDF_XML
from lod.rdf.serialize import encode, serialize

EXAMPLE = "examples/russia-kazakhstan"
PARTS = st.lists(st.text(max_size=5))
#: With and without claims of several, claims about claims, chains of speakers, named graphs.
SAMPLES = ("examples/lake-bridge", "tests/publications/conforming/desk.yaml", EXAMPLE)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(head=st.text(max_size=3), parts=PARTS, more=PARTS, size=st.integers(1, 8))
def test_blocks_are_their_parts_in_whole(
    monkeypatch: pytest.MonkeyPatch, head: str, parts: list[str], more: list[str], size: int
) -> None:
    monkeypatch.setattr(blocks, "SIZE", size)
    text = Blocks(head)
    text.extend(parts)
    whole = "".join((head, *parts))
    longer = text.followed_by(more)
    longer.begin("<>")
    for made, expected in ((text, whole), (longer, "".join(("<>", whole, *more)))):
        assert str(made) == "".join(made) == expected
        assert b"".join(made.encoded()).decode() == expected
        assert len(made) == len(expected)
    ends = {len("".join((head, *parts[:count]))) for count in range(len(parts) + 1)}
    at = 0
    for block in text:
        at += len(block)
        assert at in ends


@pytest.mark.parametrize("size", [1, 3000])
@pytest.mark.parametrize("sample", SAMPLES, ids=str)
def test_what_is_written_does_not_depend_on_the_blocks(
    monkeypatch: pytest.MonkeyPatch, sample: str, size: int
) -> None:
    monkeypatch.setattr(blocks, "SIZE", 1 << 30)
    whole = lod.load(sample).dataset()
    assert len([*whole.blocks]) == 1
    monkeypatch.setattr(blocks, "SIZE", size)
    dataset = lod.load(sample).dataset()
    assert len([*dataset.blocks]) > 5
    assert dataset == whole
    assert len(dataset) == len(whole)
    for format_ in FORMATS:
        if format_ is not RDF_XML or sample == EXAMPLE:
            assert b"".join(encode(dataset, format_)).decode() == serialize(whole, format_)


@pytest.mark.parametrize("sample", SAMPLES, ids=str)
def test_statements_written_one_by_one_are_those_of_the_whole_graph(sample: str) -> None:
    dataset = lod.load(sample).dataset()
    statements = [*dataset.each_statement()]
    assert len(statements) == len(dataset.statements) - 1 > 5
    begin, end = dataset.statements[0], dataset.statements[-1]
    assert "".join(statements) == dataset.default[begin:end]
    assert "".join(dataset.rest()) == dataset.default[:begin] + dataset.default[end:]
    at_once = replace(dataset, default=dataset.default)
    assert [*at_once.each_statement()] == []
    assert serialize(at_once, "json-ld") == serialize(dataset, "json-ld")


def test_statements_are_not_looked_for_in_another_text() -> None:
    dataset = lod.load(EXAMPLE).dataset()
    lines = dataset.default.splitlines(keepends=True)
    fewer = replace(dataset, default="".join(lines[1:]))
    expected = Dataset(dataset.base, fewer.default, dataset.graphs, dataset.prefixes)
    for format_ in FORMATS:
        assert serialize(fewer, format_) == serialize(expected, format_)


def test_a_build_never_makes_one_text_of_its_quads(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = write_publication(40, tmp_path / "publication")
    expected = {file.path.name: file.sha256 for file in build(folder, out=tmp_path / "one").files}
    longest = 0

    def read(self: Blocks) -> str:
        nonlocal longest
        longest = max(longest, len(self))
        return "".join(self)

    def refuse(self: TextOrBlocks, dataset: Dataset | None, owner: type[Dataset]) -> str:
        raise AssertionError("the text of all quads was asked for")

    monkeypatch.setattr(blocks, "SIZE", 3000)
    monkeypatch.setattr("lod.validation.validate._LARGE", 0)
    monkeypatch.setattr(TextOrBlocks, "__get__", refuse)
    monkeypatch.setattr(Blocks, "__str__", read)
    result = build(folder, out=tmp_path / "some")
    assert {file.path.name: file.sha256 for file in result.files} == expected
    assert longest < min(file.size for file in result.files if file.path.name != "report.json") / 10


_BUILD = """
import sys
from pathlib import Path
from lod.dist import build

if __name__ == "__main__":
    assert build(sys.argv[1], out=Path(sys.argv[2])).files
    # Not ru_maxrss: Linux hands that on from the process that started this one.
    print(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])
"""


@pytest.mark.release
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is told by /proc")
def test_20_000_claims_are_built_in_500_mb(tmp_path: Path) -> None:
    folder = write_publication(20_000, tmp_path / "publication")
    run = subprocess.run(
        [sys.executable, "-c", _BUILD, folder, tmp_path / "dist"],
        capture_output=True,
        check=True,
        text=True,
    )
    assert int(run.stdout) / 1000 < 500
