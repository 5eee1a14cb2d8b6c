"""What `lod diff` tells of two corpora: by publication, whatever form the corpora have."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib

import lod as api
from lod.corpus.build import build_corpus
from lod.history.corpora import CorpusDifference
from tests.cli.conftest import Lod
from tests.corpus.conftest import Data, publication, quads, write_folder, write_lines

Write = Callable[[Path, list[Data]], Path]


def as_lines(path: Path, publications: list[Data]) -> Path:
    return write_lines(path.with_suffix(".jsonl"), publications)


def as_packed_lines(path: Path, publications: list[Data]) -> Path:
    return write_lines(path.with_suffix(".jsonl.gz"), publications)


def as_folders(path: Path, publications: list[Data]) -> Path:
    for one in publications:
        write_folder(path / one["publication"]["base"].split("/")[-2], one)
    return path


def as_built(path: Path, publications: list[Data]) -> Path:
    build_corpus(as_lines(path, publications), path, compression="gzip", shard_size=3)
    return path


FORMS = [as_lines, as_packed_lines, as_folders, as_built]


@pytest.mark.parametrize("second", FORMS)
@pytest.mark.parametrize("first", FORMS)
def test_publications_are_told_by_what_became_of_them(
    first: Write, second: Write, tmp_path: Path
) -> None:
    old = [publication(number) for number in range(12)]
    new = [publication(number) for number in range(1, 13)]  # one gone, one more, all moved up
    new[4] = publication(5, firms=7)
    before, after = first(tmp_path / "old", old), second(tmp_path / "new", new)
    total = CorpusDifference()
    differences = list(api.diff_corpora(before, after, total))
    told = {
        (one.after.base or one.before.base): [(e.what, e.id, e.change.value) for e in one.entries]
        for one in differences
    }
    assert told == {
        "https://data.example.org/0/": [("publication", "dataset", "withdrawn")],
        "https://data.example.org/5/": [
            ("claim", "member", "re-anchored"),
            ("claim", "firms", "value-changed"),
            ("document", "document", "reworded"),
        ],
        "https://data.example.org/12/": [("publication", "dataset", "added")],
    }
    assert differences[-1].before.base == "https://data.example.org/0/"
    assert differences[-1].entries[0].claims == ("member", "firms")
    assert total.as_dict() == {
        "publicationsBefore": 12,
        "publicationsAfter": 12,
        "same": 10,
        "counts": {"added": 1, "changed": 1, "withdrawn": 1},
        "changes": {
            "withdrawn": 1,
            "value-changed": 1,
            "added": 1,
            "re-anchored": 1,
            "reworded": 1,
        },
        "factsChanged": True,
        "unread": [],
    }


def test_the_command_tells_of_corpora_in_each_form(tmp_path: Path, lod: Lod) -> None:
    before = as_built(tmp_path / "old", [publication(number) for number in range(4)])
    after = as_built(tmp_path / "new", [publication(number, firms=9) for number in range(3)])
    result = lod("diff", before, after)
    assert result.code == 1
    assert "value-changed, reworded  firms\n  - " in result.out
    assert "4 and 3 publications: 0 the same, 3 changed, 1 withdrawn\n" in result.out
    data = json.loads(lod("diff", before, after, "-f", "json").out)
    assert [len(one["changes"]) for one in data["publications"]] == [3, 3, 3, 1]
    assert data["counts"] == {"changed": 3, "withdrawn": 1}
    markdown = lod("diff", before, after, "-f", "markdown").out
    assert "## https://data.example.org/0/\n\n### Changed\n\n- `firms`" in markdown
    store = rdflib.Dataset()
    store.parse(data="\n".join(quads(before)), format="nquads")
    patch = lod("diff", before, after, "-f", "patch").out
    store.parse(data=patch, format="patch")
    expected = rdflib.Dataset()
    expected.parse(data="\n".join(quads(after)), format="nquads")
    assert set(store.quads()) == set(expected.quads())


def test_corpora_that_say_the_same_differ_in_nothing(tmp_path: Path, lod: Lod) -> None:
    old = [publication(number) for number in range(3)]
    before = as_lines(tmp_path / "old", old)
    (after := tmp_path / "new.jsonl").write_bytes(b"\n\n" + before.read_bytes())
    assert lod("diff", before, after).out == "3 and 3 publications: 3 the same\n"
    empty = lod("diff", before, after, "-f", "json")
    assert json.loads(empty.out)["publications"] == []
    assert empty.code == 0


def test_what_could_not_be_compared_is_said(tmp_path: Path, lod: Lod) -> None:
    broken = publication(1)
    broken["claims"][0]["subject"] = "nobody"
    before = write_lines(tmp_path / "old.jsonl", [publication(0), publication(1)])
    after = write_lines(tmp_path / "new.jsonl", [publication(0), broken, b"{ no JSON\n"])
    for pair in ((before, after), (after, before)):
        result = lod("diff", *pair)
        assert result.code == 2
        assert 'jsonl:2: before: "nobody" is no entity' in result.err or (
            'jsonl:2: after: "nobody" is no entity' in result.err
        )
        assert ".jsonl:3: " in result.err


def test_what_could_not_be_read_is_neither_added_nor_withdrawn(tmp_path: Path, lod: Lod) -> None:
    broken = publication(1)
    broken["claims"][0]["subject"] = "nobody"
    whole = as_lines(tmp_path / "old", [publication(0), publication(1)])
    moved = write_folder(tmp_path / "new" / "elsewhere", broken).parent
    write_folder(moved / "zero", publication(0))
    for before, after in ((whole, moved), (moved, whole)):
        result = lod("diff", before, after, "-f", "json")
        data = json.loads(result.out)
        assert (result.code, data["publications"], data["counts"]) == (2, [], {})
        assert [one["name"] for one in data["unread"]] == ["elsewhere"]
        assert "D <https://data.example.org/1/" not in lod("diff", before, after, "-f", "patch").out


def test_a_corpus_and_a_publication_are_not_compared(tmp_path: Path, lod: Lod) -> None:
    corpus = as_lines(tmp_path / "old", [publication(0)])
    one = write_folder(tmp_path / "one", publication(0))
    result = lod("diff", corpus, one)
    assert result.code == 2
    assert "corpora are compared with corpora" in result.err


def test_a_shard_that_was_harmed_is_found(tmp_path: Path, lod: Lod) -> None:
    before = as_built(tmp_path / "old", [publication(0)])
    after = as_built(tmp_path / "new", [publication(1)])
    (shard,) = (after / "shards").iterdir()
    shard.write_bytes(shard.read_bytes()[:-3])
    result = lod("diff", before, after)
    assert result.code == 2
    assert "not the file that the manifest describes" in result.err


def test_of_what_could_not_be_begun_nothing_is_printed(lod: Lod, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    run = lod("diff", tmp_path / "empty", tmp_path / "empty", "-f", "json")
    assert (run.code, run.out) == (2, "")
    assert "no publication in it" in run.err
