"""A corpus is built to the same bytes, whatever happens, and nothing is built twice."""

from __future__ import annotations

import io
import json
import shutil
import zlib
from collections.abc import Callable
from functools import partial
from hashlib import shake_128
from pathlib import Path

import pytest

import lod
from benchmarks.generate import BROKEN, make_publication
from lod.corpus.build import CorpusResult, build_corpus
from lod.corpus.compression import EXTENSIONS, compress, unpacked
from lod.corpus.items import find_items
from lod.corpus.output import folder_name
from lod.corpus.publish import publish
from lod.dataset.build import build_dataset
from lod.errors import InputError, LodError, OutputError
from lod.model.facts import Facts
from lod.rdf.dataset import Dataset
from lod.resources import files
from lod.sources.source import MAX_BYTES
from lod.vocabulary.vocabulary import Vocabulary
from tests.corpus.conftest import (
    Data,
    codes,
    line,
    manifest,
    publication,
    quads,
    report,
    tree,
    write_folder,
    write_lines,
)

ROOT = Path(__file__).parents[2]
build_tens = partial(build_corpus, shard_size=10, also=("turtle",))
Hundred = tuple[Path, Path, CorpusResult]


def shards(out: Path) -> set[str]:
    return {path.name for path in (out / "shards").iterdir()}


def test_totals_and_manifest_agree_with_the_files(hundred: Hundred) -> None:
    _, out, result = hundred
    assert (result.publications, result.broken, result.built) == (100, 0, 100)
    assert result.is_fine
    told = manifest(out)
    assert told["quads"] == result.quads == len(quads(out))
    assert told["claims"] == result.claims == 200
    assert told["bytes"] == sum(path.stat().st_size for path in (out / "shards").iterdir())
    assert {shard["file"] for shard in told["shards"]} == {f"shards/{n}" for n in shards(out)}
    assert sum(shard["publications"] for shard in told["shards"]) == 100
    assert len(told["shards"]) > 3
    assert (out / "report.jsonl").read_bytes() == b""


def test_the_bytes_are_those_of_the_publications_alone(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    shutil.copytree(ROOT / "examples" / "russia-kazakhstan", corpus / "example")
    shutil.copytree(ROOT / "tests" / "publications" / "ten-facts", corpus / "ten")
    write_folder(corpus / "small", publication(1))
    result = build_corpus(corpus, tmp_path / "out", also=("turtle", "json-ld"))
    alone = [lod.load(corpus / name) for name in ("example", "small", "ten")]
    (shard,) = (tmp_path / "out" / "shards").iterdir()
    assert shard.read_text("utf-8") == "".join(one.serialize("n-quads") for one in alone)
    assert result.claims == sum(len(one.dataset().claims) for one in alone)
    for one in alone:
        folder = tmp_path / "out" / "publications" / folder_name(one.dataset().base)
        for name in ("turtle", "json-ld"):
            file = folder / f"dataset.{ {'turtle': 'ttl', 'json-ld': 'jsonld'}[name] }"
            assert file.read_text("utf-8") == one.serialize(name)


def test_the_findings_are_those_of_the_publications_alone(tmp_path: Path) -> None:
    for number, name in enumerate(BROKEN):
        if name != "no JSON":
            write_folder(tmp_path / "c" / f"{number:02}", make_publication(100 * number + 7))
    build_corpus(tmp_path / "c", tmp_path / "out")
    for key, data in report(tmp_path / "out").items():
        findings = [finding.as_dict() for finding in lod.load(tmp_path / "c" / key).check()]
        for finding in findings:
            finding["file"] = str(Path(finding["file"]).relative_to(tmp_path / "c"))
        shown = [finding for finding in findings if finding["severity"] != "info"]
        assert data["findings"] == shown


@pytest.mark.parametrize("form", ["lines", "folders"])
def test_every_way_of_being_broken_is_reported_and_left_out(form: str, tmp_path: Path) -> None:
    expected = {}
    whole, bodies = [], []
    for number, (way, code) in enumerate(BROKEN.items()):
        good, bad = make_publication(number + 10), make_publication(100 * number + 7)
        body = line(bad)[:-4] + b"\n" if way == "no JSON" else line(bad)
        whole.append(line(good))
        bodies += [line(good), body]
        expected[f"c.jsonl:{2 * number + 2}" if form == "lines" else f"{2 * number + 2:02}"] = code
    if form == "lines":
        write_lines(tmp_path / "c" / "c.jsonl", bodies)
    else:
        for number, body in enumerate(bodies, 1):
            folder = tmp_path / "c" / f"{number:02}"
            folder.mkdir(parents=True)
            (folder / "facts.json").write_bytes(body)
    out = tmp_path / "out"
    result = build_corpus(tmp_path / "c", out, also=("turtle",))
    assert (result.publications, result.broken) == (2 * len(BROKEN), len(BROKEN))
    assert not result.is_fine
    found = codes(out)
    assert found.keys() == expected.keys()
    for key, code in expected.items():
        assert code in found[key]
    assert not any(data["published"] for data in report(out).values())
    build_corpus(write_lines(tmp_path / "good.jsonl", whole), tmp_path / "good", also=("turtle",))
    assert quads(out) == quads(tmp_path / "good")
    only = {name: data for name, data in tree(out).items() if name.startswith("publications")}
    assert only == {name: data for name, data in tree(tmp_path / "good").items() if name in only}
    assert len(only) == len(BROKEN)


def test_findings_stand_at_file_line_and_column(tmp_path: Path) -> None:
    bad = publication(2)
    bad["claims"][1]["quote"] = "more than 7 firms"
    text = publication(3)
    text["document"] = {"language": "en", "text": "t.txt"}
    (tmp_path / "c" / "sub").mkdir(parents=True)
    (tmp_path / "c" / "sub" / "t.txt").write_bytes(
        b"\xef\xbb\xbfAldova 3 is a member of the Union. It has more than 1003 firms."
    )
    missing = publication(4)
    missing["document"] = {"language": "en", "text": "gone.txt"}
    write_lines(tmp_path / "c" / "sub" / "x.jsonl", [publication(1), b"\n", bad, text, missing])
    folder = write_folder(tmp_path / "c" / "f", publication(5))
    (folder / "facts.json").write_text('{\n  "publication": {}\n}')
    build_corpus(tmp_path / "c", tmp_path / "out")
    found = report(tmp_path / "out")
    (quote,) = found["sub/x.jsonl:3"]["findings"]
    assert quote["code"] == "quote-not-found"
    assert (quote["file"], quote["line"]) == ("sub/x.jsonl", 3)
    assert quote["column"] == line(bad).decode().index('"more than 7 firms"') + 1
    (mark,) = found["sub/x.jsonl:4"]["findings"]
    assert (mark["code"], mark["file"], mark["line"]) == ("byte-order-mark", "sub/t.txt", 1)
    assert found["sub/x.jsonl:4"]["published"]
    (gone,) = found["sub/x.jsonl:5"]["findings"]
    assert (gone["code"], gone["file"], gone["line"]) == ("missing-file", "sub/x.jsonl", 5)
    assert str(tmp_path) not in gone["message"]
    assert {(one["file"], one["line"]) for one in found["f"]["findings"]} >= {("f/facts.json", 2)}


def test_the_report_does_not_depend_on_where_the_corpus_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = publication(2)
    bad["document"] = {"language": "en", "text": "gone.txt"}
    bad["publication"]["vocabulary"] = "gone.ttl"
    write_lines(tmp_path / "one" / "c.jsonl", [bad])
    write_folder(tmp_path / "one" / "f", publication(1))
    (tmp_path / "one" / "f" / "article.txt").unlink()
    shutil.copytree(tmp_path / "one", tmp_path / "two" / "deep")
    build_corpus(tmp_path / "one", tmp_path / "out1")
    monkeypatch.chdir(tmp_path / "two" / "deep")
    build_corpus(Path(), tmp_path / "out2")
    assert tree(tmp_path / "out1") == tree(tmp_path / "out2")
    assert len(report(tmp_path / "out1")) == 2


@pytest.mark.parametrize("compression", [None, "gzip", "zstd"])
def test_jobs_and_compression_change_no_quad(
    compression: str | None, hundred: Hundred, tmp_path: Path
) -> None:
    corpus, out, _ = hundred
    one, two = tmp_path / "one", tmp_path / "two"
    for jobs, target in ((1, one), (2, two)):
        also = ("turtle",) if compression == "gzip" else ()
        build_corpus(corpus, target, jobs=jobs, compression=compression, also=also, shard_size=10)
    assert tree(one) == tree(two)
    assert quads(one) == quads(out)


@pytest.mark.parametrize("compression", ["gzip", "zstd"])
def test_a_shard_whose_bytes_changed_is_noticed(compression: str) -> None:
    noise = shake_128(b"").hexdigest(3000).encode()
    data = bytearray(compress(noise, compression))
    for place in range(40, len(data), 97):
        changed = bytes(data[:place]) + bytes([data[place] ^ 1]) + bytes(data[place + 1 :])
        with pytest.raises((OSError, EOFError, zlib.error)):
            unpacked(io.BytesIO(changed), f"x{EXTENSIONS[compression]}").read()


def test_nothing_is_built_twice(hundred: Hundred, tmp_path: Path) -> None:
    corpus, built, _ = hundred
    out = Path(shutil.copytree(built, tmp_path / "out"))  # and the times of its files are others
    before = tree(out)
    for jobs in (1, 2):
        assert build_corpus(corpus, out, shard_size=10, jobs=jobs).built == 0
        assert tree(out) == before


def changed(all_: list[Data]) -> list[Data]:
    return [publication(n, firms=7777) if n == 50 else one for n, one in enumerate(all_)]


def removed(all_: list[Data]) -> list[Data]:
    return [*all_[:50], *all_[51:]]


def inserted(all_: list[Data]) -> list[Data]:
    return [publication(1000), *all_]


def broken(all_: list[Data]) -> list[Data]:
    bad = publication(50)
    del bad["claims"][0]["quote"]
    return [*all_[:50], bad, *all_[51:]]


def moved(all_: list[Data]) -> list[Data]:
    return [*all_[1:], all_[0]]


@pytest.mark.parametrize(
    ("change", "built", "new"),
    [(changed, 1, 2), (removed, 0, 2), (inserted, 1, 2), (broken, 1, 2), (moved, 0, 3)],
)
def test_a_change_costs_what_it_changes(
    change: Callable[[list[Data]], list[Data]], built: int, new: int, tmp_path: Path
) -> None:
    corpus, out = tmp_path / "c.jsonl", tmp_path / "out"
    all_ = [publication(n) for n in range(100)]
    build_tens(write_lines(corpus, all_), out)
    before = shards(out)
    write_lines(corpus, change(all_))
    result = build_tens(corpus, out, jobs=2)
    assert result.built == built
    assert len(shards(out) - before) <= new
    assert len(before) > 6
    build_tens(corpus, tmp_path / "fresh")
    assert tree(out) == tree(tmp_path / "fresh")


def test_another_shard_size_builds_nothing(hundred: Hundred, tmp_path: Path) -> None:
    corpus, built, _ = hundred
    out = Path(shutil.copytree(built, tmp_path / "out"))
    assert build_corpus(corpus, out, shard_size=30).built == 0
    build_corpus(corpus, tmp_path / "fresh", shard_size=30)
    assert tree(out) == tree(tmp_path / "fresh")


def test_what_others_put_there_stays(tmp_path: Path) -> None:
    corpus = write_lines(tmp_path / "c.jsonl", [publication(1)])
    out = tmp_path / "out"
    others = ["README.md", "shards/README.md", "publications/index.html", "dataset.nq"]
    for name in others:
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_text("mine")
    build_corpus(corpus, out)
    assert [(out / name).read_text() for name in others] == ["mine"] * 4


@pytest.mark.parametrize("what", ["version", "shapes", "vocabulary", "package"])
def test_all_is_built_anew_when_what_it_depends_on_changes(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = write_lines(tmp_path / "c.jsonl", map(publication, range(3)))
    build_corpus(corpus, tmp_path / "out")
    assert build_corpus(corpus, tmp_path / "out").built == 0
    if what == "version":
        monkeypatch.setattr("lod.corpus.environment.__version__", "99")
    elif what == "package":
        monkeypatch.setattr("importlib.metadata.version", lambda _: "99")
    else:
        name = {"shapes": "shapes", "vocabulary": "vocab"}[what]
        copy = Path(shutil.copytree(ROOT / name, tmp_path / name))
        file = sorted(copy.glob("*.ttl"))[0]
        file.write_text(file.read_text("utf-8") + "# changed\n", "utf-8")
        monkeypatch.setattr(
            "lod.corpus.environment.files",
            lambda kind, end: sorted(copy.glob(f"*{end}")) if kind == name else files(kind, end),
        )
    assert build_corpus(corpus, tmp_path / "out").built == 3


def test_a_changed_text_file_is_noticed(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "c" / "a", publication(1))
    write_folder(tmp_path / "c" / "b", publication(2))
    assert build_corpus(tmp_path / "c", tmp_path / "out").broken == 0
    text = folder / "article.txt"
    text.write_text(text.read_text().replace("1001", "1009"))
    result = build_corpus(tmp_path / "c", tmp_path / "out")
    assert (result.built, result.broken) == (1, 1)
    assert codes(tmp_path / "out") == {"a": {"quote-not-found"}}


def test_one_base_for_two_publications_is_noticed(tmp_path: Path) -> None:
    other = publication(1, firms=55)
    corpus = write_lines(tmp_path / "c.jsonl", [publication(1), publication(2), other])
    out = tmp_path / "out"
    result = build_corpus(corpus, out, shard_size=1, also=("turtle",), jobs=2)
    assert result.duplicates == 1
    assert not result.is_fine
    assert codes(out) == {"c.jsonl:3": {"duplicate-base"}}
    (finding,) = report(out)["c.jsonl:3"]["findings"]
    assert "c.jsonl:1" in finding["message"]
    assert finding["line"] == 3
    file = out / "publications" / "data.example.org" / "1" / "dataset.ttl"
    assert "1001 firms" in file.read_text("utf-8")
    # Once the first is gone, the other one has the files.
    write_lines(corpus, [publication(2), other])
    result = build_corpus(corpus, out, shard_size=1, also=("turtle",))
    assert result.is_fine
    assert "55 firms" in file.read_text("utf-8")
    build_corpus(corpus, tmp_path / "fresh", shard_size=1, also=("turtle",))
    assert tree(out) == tree(tmp_path / "fresh")


def test_one_base_is_shown_where_it_is_given(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_folder(tmp_path / "c" / name, publication(1))
    build_corpus(tmp_path / "c", tmp_path / "out")
    (finding,) = report(tmp_path / "out")["b"]["findings"]
    assert finding["path"] == ["publication", "base"]
    file = tmp_path / "c" / finding["file"]
    line = file.read_text("utf-8").split("\n")[finding["line"] - 1]
    assert "https://data.example.org/1/" in line[finding["column"] - 1 :]


def test_the_same_publications_twice_are_one_shard(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_lines(tmp_path / "c" / f"{name}.jsonl", [publication(1)])
    result = build_corpus(tmp_path / "c", tmp_path / "out", shard_size=1)
    assert (result.publications, result.duplicates, result.shards) == (2, 1, 1)
    assert len(manifest(tmp_path / "out")["shards"]) == 1
    assert manifest(tmp_path / "out")["quads"] == len(quads(tmp_path / "out"))


def test_a_failure_of_ours_stops_one_publication_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(facts: Facts, vocabulary: Vocabulary) -> Dataset:
        if facts.publication.base.endswith("/2/"):
            raise KeyError("x")
        return build_dataset(facts, vocabulary)

    monkeypatch.setattr("lod.dataset.build.build_dataset", fails)
    corpus = write_lines(tmp_path / "c.jsonl", map(publication, range(1, 4)))
    result = build_corpus(corpus, tmp_path / "out")
    assert (result.publications, result.broken) == (3, 1)
    assert codes(tmp_path / "out") == {"c.jsonl:2": {"internal"}}


def test_lines_that_are_no_publications(tmp_path: Path) -> None:
    lines = [b"x\n", b"[]\n", b"\xff\n", b"[" * 100_000 + b"\n", b"{}\n", line(publication(1))]
    long = b'"' + b"x" * (MAX_BYTES + 10) + b'"\n'
    corpus = write_lines(tmp_path / "c.jsonl", [*lines, long])
    result = build_corpus(corpus, tmp_path / "out")
    assert (result.publications, result.broken) == (7, 6)
    found = codes(tmp_path / "out")
    assert found["c.jsonl:1"] == {"json-syntax"}
    assert found["c.jsonl:3"] == {"not-utf-8"}
    assert found["c.jsonl:4"] == {"yaml-limit"}
    assert found["c.jsonl:7"] == {"too-large"}


def test_one_path_for_one_publication_and_for_many(tmp_path: Path) -> None:
    example = ROOT / "examples" / "russia-kazakhstan"
    write_folder(tmp_path / "small", make_publication(3))
    for folder in (example, tmp_path / "small"):
        (item,) = find_items(folder)
        published = publish(item)
        assert published.dataset == lod.load(folder).dataset()
        assert published.dataset is not None


def test_output_in_the_place_of_the_corpus_is_refused(tmp_path: Path) -> None:
    write_folder(tmp_path / "c" / "a", publication(1))
    write_folder(tmp_path / "out" / "publications" / "a", publication(1))
    before = tree(tmp_path)
    for corpus, out in (("c", "c"), ("out/publications", "out"), ("out/publications/a", "out")):
        with pytest.raises(OutputError, match="the corpus is there"):
            build_corpus(tmp_path / corpus, tmp_path / out)
    assert tree(tmp_path) == before


def test_output_within_the_corpus(tmp_path: Path) -> None:
    write_folder(tmp_path / "a", publication(1))
    for _ in range(2):
        assert build_corpus(tmp_path, tmp_path / "out").publications == 1


def test_two_builds_at_once_are_refused(hundred: Hundred, tmp_path: Path) -> None:
    corpus, _, _ = hundred
    out = tmp_path / "out"

    def again(_: CorpusResult) -> None:
        with pytest.raises(OutputError, match="another build"):
            build_corpus(corpus, out)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_corpus(corpus, out, progress=again)
    assert not (out / "manifest.json").exists()
    assert not list(out.glob(".*.part"))


@pytest.mark.parametrize("file", ["missing.jsonl", "empty"])
def test_without_a_corpus_nothing_is_written(file: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError):
        build_corpus(tmp_path / file, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_output_that_cannot_be_written(tmp_path: Path) -> None:
    corpus = write_lines(tmp_path / "c.jsonl", [publication(1)])
    (tmp_path / "out").write_text("a file")
    with pytest.raises(LodError, match="cannot be written"):
        build_corpus(corpus, tmp_path / "out")


def test_the_report_is_json_lines_and_the_manifest_json(tmp_path: Path) -> None:
    bad = publication(1)
    bad["claims"][0]["quote"] = "Қазақстан \u2028 \U0001f600"
    corpus = write_lines(tmp_path / "c.jsonl", [bad])
    build_corpus(corpus, tmp_path / "out")
    (text,) = (tmp_path / "out" / "report.jsonl").read_bytes().splitlines()
    assert json.loads(text)["publication"] == "c.jsonl:1"
    assert manifest(tmp_path / "out")["findings"] == {"quote-not-found": 1}
