"""What is found in a corpus, and what an item depends on."""

from __future__ import annotations

import gzip
import json
from hashlib import shake_128
from pathlib import Path
from typing import Any

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from lod.corpus.items import Item, Meter, find_items, measure, read_lines
from lod.corpus.shards import cut
from lod.errors import InputError
from lod.sources import is_corpus
from lod.sources.source import MAX_BYTES
from tests.corpus.conftest import line, publication, write_folder, write_lines

ENDINGS = [".jsonl", ".jsonl.gz", ".jsonl.zst", ".ndjson", ".ndjson.gz", ".ndjson.zst"]


def keys(corpus: Path) -> list[str]:
    return [item.key for item in find_items(corpus)]


def digests(corpus: Path) -> dict[str, bytes]:
    return {item.key: item.digest for item in find_items(corpus)}


def test_folders_and_lines_in_a_fixed_order(tmp_path: Path) -> None:
    write_folder(tmp_path / "b", publication(1))
    write_folder(tmp_path / "a" / "deep" / "er", publication(2))
    write_lines(tmp_path / "a" / "lines.jsonl", [publication(3), b"\n", b"  \r\n", publication(4)])
    write_lines(tmp_path / "c.jsonl.gz", [publication(5)])
    write_lines(tmp_path / ".hidden.jsonl", [publication(6)])
    write_folder(tmp_path / ".git" / "x", publication(7))
    (tmp_path / "notes.txt").write_text("x")
    assert keys(tmp_path) == [
        "c.jsonl.gz:1",
        "a/lines.jsonl:1",
        "a/lines.jsonl:4",
        "a/deep/er",
        "b",
    ]
    assert is_corpus(tmp_path)
    assert not is_corpus(tmp_path / "b")
    assert is_corpus(tmp_path / "c.jsonl.gz")
    assert not is_corpus(tmp_path / "b" / "facts.json")


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_compression_has_the_same_lines(ending: str, tmp_path: Path) -> None:
    file = write_lines(tmp_path / f"c{ending}", map(publication, range(30)))
    items = list(find_items(file))
    assert [item.data for item in items] == [line(publication(n))[:-1] for n in range(30)]
    assert [item.line for item in items] == list(range(1, 31))
    meter = Meter()
    assert len(list(find_items(file, meter))) == meter.items
    assert meter.done == measure(file).total == file.stat().st_size


@pytest.mark.parametrize(("ending", "pack"), [(".gz", gzip.compress), (".zst", zstandard.compress)])
def test_all_members_of_a_file_are_read(ending: str, pack: object, tmp_path: Path) -> None:
    assert callable(pack)
    file = tmp_path / f"c.jsonl{ending}"
    file.write_bytes(b"".join(pack(line(publication(n))) for n in range(5)))
    assert len(keys(file)) == 5


@pytest.mark.parametrize("ending", [".jsonl.gz", ".jsonl.zst"])
@pytest.mark.parametrize("damage", ["cut", "changed", "no such format"])
def test_damaged_files_are_no_end_of_the_corpus(ending: str, damage: str, tmp_path: Path) -> None:
    noise = [{"x": shake_128(bytes([n])).hexdigest(300)} for n in range(50)]
    file = write_lines(tmp_path / f"c{ending}", noise)
    data = file.read_bytes()
    half = len(data) // 2
    if damage == "cut":
        data = data[:half]
    elif damage == "changed":
        data = data[:half] + bytes(200) + data[half + 200 :]
    else:
        data = b'{"x": 1}\n'
    file.write_bytes(data)
    with pytest.raises(InputError, match=r"cannot be read after line \d+"):
        list(find_items(file))


@pytest.mark.parametrize("name", ["empty.jsonl", "folder", "nothing", "text.txt"])
def test_what_is_no_corpus(name: str, tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_bytes(b"\n\n")
    (tmp_path / "folder").mkdir()
    (tmp_path / "text.txt").write_bytes(b"x")
    with pytest.raises(InputError, match=name):
        list(find_items(tmp_path / name))


def test_a_line_that_is_too_long_is_found_and_not_held(tmp_path: Path) -> None:
    long = b"[" + b" " * (MAX_BYTES + 70_000) + b"]\n"
    file = write_lines(tmp_path / "c.jsonl", [long, publication(1)])
    first, second = find_items(file)
    assert (first.line, first.data) == (1, None)
    assert second.line == 2
    assert second.data is not None


def test_outputs_within_the_corpus_are_no_part_of_it(tmp_path: Path) -> None:
    write_folder(tmp_path / "a", publication(1))
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / ".lod-state.sqlite").touch()
    write_lines(tmp_path / "out" / "report.jsonl", [publication(1)])
    assert keys(tmp_path) == ["a"]


@pytest.mark.parametrize(
    "name", ["article.txt", "wikidata.lock", "sub/terms.ttl", "facts.json", ".hidden"]
)
def test_a_folder_depends_on_its_files(name: str, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "a", publication(1))
    before = digests(tmp_path)
    assert digests(tmp_path) == before
    file = folder / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes((file.read_bytes() if file.exists() else b"") + b" ")
    assert digests(tmp_path) != before


def test_a_folder_does_not_depend_on_what_was_built_there(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "a", publication(1))
    before = digests(tmp_path)
    (folder / "dist").mkdir()
    (folder / "dist" / "dataset.nq").write_bytes(b"x")
    (folder / ".dist.lod-new").mkdir()
    (folder / ".dist.lod-new" / "x").write_bytes(b"x")
    assert digests(tmp_path) == before


@pytest.mark.parametrize(
    ("said", "file"),
    [
        ({"document": {"text": "t.txt"}}, "t.txt"),
        ({"document": {"versions": {"de": {}, "fr": {"text": "fr.txt"}}}}, "fr.txt"),
        ({"publication": {"vocabulary": "v.ttl"}}, "v.ttl"),
        ({"publication": {"shapes": "s.ttl"}}, "s.ttl"),
    ],
)
def test_a_line_depends_on_the_files_that_it_names(
    said: dict[str, dict[str, Any]], file: str, tmp_path: Path
) -> None:
    data = publication(1)
    for part, keys in said.items():
        data[part] |= keys
    corpus = write_lines(tmp_path / "sub" / "c.jsonl", [data, publication(2)])
    one, two = digests(corpus).values()
    (tmp_path / "sub" / file).write_text("first")
    three, four = digests(corpus).values()
    (tmp_path / "sub" / file).write_text("second")
    five, six = digests(corpus).values()
    assert len({one, three, five}) == 3
    assert two == four == six


@given(
    st.lists(st.binary(max_size=40).map(lambda b: b.replace(b"\n", b"")), max_size=30), st.data()
)
def test_byte_ranges_give_every_line_once(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes], data: st.DataObject
) -> None:
    file = tmp_path_factory.mktemp("ranges") / "c.jsonl"
    file.write_bytes(b"\n".join(lines))
    size = file.stat().st_size
    borders = sorted(data.draw(st.lists(st.integers(0, size), max_size=5)))
    whole = [one.data for one in read_lines(file)]
    ranges = zip([0, *borders], [*borders, size], strict=True)
    assert [one.data for start, end in ranges for one in read_lines(file, start, end)] == whole


@given(
    st.lists(st.binary(min_size=16, max_size=16), min_size=1, max_size=60),
    st.integers(0, 59),
    st.binary(min_size=16, max_size=16),
)
def test_borders_move_only_nearby(digests: list[bytes], at: int, new: bytes) -> None:
    def shards(all_: list[bytes]) -> list[list[bytes]]:
        items = [Item(str(n), digest, "") for n, digest in enumerate(all_)]
        return [[item.digest for item in run] for run in cut(items, 5)]

    before = shards(digests)
    assert [digest for run in before for digest in run] == digests
    after = shards([*digests[:at], new, *digests[at:]])
    # What ends at a border before the change stays, and so does what begins behind one after it.
    kept = [run for run in after if run in before]
    ends = [int.from_bytes(digest[:4], "big") % 5 == 0 for digest in digests]
    first = max((n + 1 for n in range(min(at, len(digests))) if ends[n]), default=0)
    last = next((n + 1 for n in range(at, len(digests)) if ends[n]), len(digests))
    untouched = len(digests) - (last - first)
    assert sum(map(len, kept)) >= untouched


def test_large_publications_make_short_shards() -> None:
    items = [Item(str(n), b"\xff" * 16, "", size=3 << 20) for n in range(9)]
    assert [len(run) for run in cut(items)] == [3, 3, 3]


def test_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    write_folder(tmp_path / "a", publication(1))
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert keys(tmp_path) == ["a"]


def test_unicode_names(tmp_path: Path) -> None:
    write_folder(tmp_path / "Қазақстан", publication(1))
    assert keys(tmp_path) == ["Қазақстан"]
    assert json.dumps(keys(tmp_path))
