"""Stores on disk: filled, kept up to date, never half-changed."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from lod.corpus.items import Item
from lod.corpus.publish import publish
from lod.corpus.store import LoadResult, _Database, load_store
from lod.errors import BusyError, FormatError, InputError, OutputError, QueryError
from lod.publication import load as load_publication
from lod.query import open_store, run_query

ROOT = Path(__file__).parents[2]


def publication(name: str, *, says: str = "Aldova joined the Union.", by: str = "ana") -> str:
    """The N-Quads of a publication with one claim, and so with one reported graph."""
    facts = {
        "publication": {
            "base": f"https://e.org/{name}/",
            "title": name,
            "license": "https://creativecommons.org/publicdomain/zero/1.0/",
            "publisher": {"name": "Desk"},
        },
        "document": {"content": says, "language": "en", "author": by, "published": "2024-01-02"},
        "entities": {
            by: {"type": "Person", "label": by.title()},
            "aldova": {"type": "Country", "label": "Aldova", "wikidata": "Q232"},
            "union": {"type": "Organization", "label": "Union"},
        },
        "claims": [
            {
                "id": "joined",
                "quote": says.rstrip("."),
                "subject": "aldova",
                "property": "memberOf",
                "value": "union",
            }
        ],
    }
    published = publish(Item(name, bytes(16), name, 1, json.dumps(facts).encode()))
    assert published.dataset is not None, published.findings
    return published.dataset.n_quads()


def write(path: Path, *texts: str) -> Path:
    path.write_text("".join(texts), "utf-8")
    return path


def write_corpus(folder: Path, shards: Mapping[str, list[str]]) -> Path:
    """The output of a corpus build, each publication a member of its own in a gzip shard."""
    (folder / "shards").mkdir(parents=True, exist_ok=True)
    described = []
    for name, texts in shards.items():
        data = b"".join(gzip.compress(text.encode(), mtime=0) for text in texts)
        (folder / "shards" / name).write_bytes(data)
        described.append(
            {
                "file": f"shards/{name}",
                "sha256": hashlib.sha256(data).hexdigest(),
                "publications": len(texts),
            }
        )
    (folder / "manifest.json").write_text(json.dumps({"shards": described}))
    return folder


def content(store: Path) -> set[tuple[str, ...]]:
    """Every quad of a store."""
    with open_store(store) as opened:
        rows = run_query(opened, "SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }").raw
    return {tuple(str(term) for term in row) for row in rows}


def counts(result: LoadResult) -> tuple[int, int, int, int]:
    return result.publications, result.added, result.changed, result.removed


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture(params=["few", "many"])
def amount(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A few publications are put in as a transaction, many as files for the database."""
    if request.param == "many":
        monkeypatch.setattr("lod.corpus.store._BULK", 1)


def test_each_publication_gets_graphs_of_its_own(tmp_path: Path, store: Path) -> None:
    text = publication("a")
    load_store([write(tmp_path / "all.nq", text, publication("b"))], store)
    quads = content(store)
    assert {quad[0] for quad in quads} == {
        f"<https://e.org/{name}/{graph}>" for name in "ab" for graph in ("dataset", "reported/ana")
    }
    of_a = [quad for quad in quads if quad[0].startswith("<https://e.org/a/")]
    assert len(of_a) == text.count("\n")
    direct = [quad for quad in of_a if "relations#memberOf" in quad[2]]
    assert [quad[0] for quad in direct] == ["<https://e.org/a/reported/ana>"]


def test_queries_see_all_graphs_as_one(tmp_path: Path, store: Path) -> None:
    load_store([write(tmp_path / "all.nq", publication("a"), publication("b"))], store)
    with open_store(store) as opened:
        result = run_query(opened, "SELECT ?c { ?c schema:about wd:Q232 ; a lod:Claim }")
        assert sorted(str(row[0]) for row in result.raw) == [
            "<https://e.org/a/claim/joined>",
            "<https://e.org/b/claim/joined>",
        ]
        # What stands in several graphs is found in each of them.
        label = "{ <https://w3id.org/lod-facts/software> rdfs:label ?l }"
        assert len(run_query(opened, f"SELECT ?l {label}")) == 2
        assert len(run_query(opened, f"SELECT DISTINCT ?l {label}")) == 1


@pytest.mark.usefixtures("amount")
@pytest.mark.parametrize("form", ["files", "corpus"])
def test_load_follows_its_sources(form: str, tmp_path: Path, store: Path) -> None:
    def load(*shards: list[str]) -> LoadResult:
        if form == "files":
            paths = [write(tmp_path / f"{n}.nq", *texts) for n, texts in enumerate(shards)]
            return load_store(paths, store)
        named = {f"{n}.nq.gz": texts for n, texts in enumerate(shards)}
        return load_store([write_corpus(tmp_path / "corpus", named)], store)

    a, b, c = map(publication, "abc")
    changed = publication("b", says="Aldova left the Union.", by="boris")
    assert counts(load([a, b], [c])) == (3, 3, 0, 0)
    first = content(store)
    assert counts(load([a, b], [c])) == (3, 0, 0, 0)
    assert counts(load([a, changed], [c])) == (3, 0, 1, 0)
    after = content(store)
    assert {quad[0] for quad in after ^ first} == {
        f"<https://e.org/b/{graph}>" for graph in ("dataset", "reported/ana", "reported/boris")
    }
    assert counts(load([c], [a])) == (2, 0, 0, 1)
    assert counts(load([b, a], [c])) == (3, 1, 0, 0)
    assert content(store) == first


def test_unchanged_store_is_not_touched(tmp_path: Path, store: Path) -> None:
    file = write(tmp_path / "all.nq", publication("a"))
    load_store([file], store)
    before = {path: path.stat().st_mtime_ns for path in store.rglob("*") if path.is_file()}
    load_store([file], store)
    assert {path: path.stat().st_mtime_ns for path in store.rglob("*") if path.is_file()} == before


def test_unchanged_shards_are_not_read(tmp_path: Path, store: Path) -> None:
    corpus = write_corpus(
        tmp_path / "corpus", {"1.nq.gz": [publication("a")], "2.nq.gz": [publication("b")]}
    )
    load_store([corpus], store)
    (corpus / "shards" / "1.nq.gz").unlink()
    assert counts(load_store([corpus], store)) == (2, 0, 0, 0)


def test_shard_that_comes_back_is_read_again(tmp_path: Path, store: Path) -> None:
    old, new = publication("a"), publication("a", says="Aldova left the Union.")
    folder = tmp_path / "corpus"
    for text in (old, new, old):
        load_store([write_corpus(folder, {"1.nq.gz": [text]})], store)
    with open_store(store) as opened:
        assert run_query(opened, 'ASK { ?q oa:exact "Aldova joined the Union" }')


def test_keep_leaves_the_others(tmp_path: Path, store: Path) -> None:
    load_store([write(tmp_path / "a.nq", publication("a"))], store)
    file = write(tmp_path / "b.nq", publication("b"))
    assert counts(load_store([file], store, keep=True)) == (2, 1, 0, 0)
    assert counts(load_store([file], store)) == (1, 0, 0, 1)


def test_fresh_loads_everything_anew(tmp_path: Path, store: Path) -> None:
    file = write(tmp_path / "a.nq", publication("a"))
    load_store([file], store)
    assert counts(load_store([file], store, fresh=True)) == (1, 1, 0, 0)
    assert len(content(store)) == publication("a").count("\n")


@pytest.mark.usefixtures("amount")
@pytest.mark.parametrize("form", ["files", "corpus"])
def test_first_of_two_with_one_base_wins(form: str, tmp_path: Path, store: Path) -> None:
    first, second = publication("a"), publication("a", says="Aldova left the Union.")
    other = publication("b")

    def load(*shards: list[str]) -> LoadResult:
        if form == "files":
            return load_store(
                [write(tmp_path / f"{n}.nq", *texts) for n, texts in enumerate(shards)], store
            )
        named = {f"{n}.nq.gz": texts for n, texts in enumerate(shards)}
        return load_store([write_corpus(tmp_path / "corpus", named)], store)

    assert load([first], [second, other]).repeated == 1
    before = content(store)
    assert load([first], [second, other]).repeated == 1
    assert content(store) == before
    # Once the first is gone, the second stands in its place.
    assert counts(load([second, other])) == (2, 0, 1, 0)
    with open_store(store) as opened:
        assert run_query(opened, 'ASK { ?q oa:exact "Aldova left the Union" }')


def test_publication_folder_that_was_built(tmp_path: Path, store: Path) -> None:
    (tmp_path / "text" / "dist").mkdir(parents=True)
    write(tmp_path / "text" / "dist" / "dataset.nq", publication("a"))
    assert counts(load_store([tmp_path / "text"], store)) == (1, 1, 0, 0)


def test_trig_is_read_as_the_n_quads_that_it_says(tmp_path: Path, store: Path) -> None:
    built = load_publication(ROOT / "examples" / "lake-bridge")
    (tmp_path / "site").mkdir()
    quads = write(tmp_path / "all.nq", built.serialize("n-quads"))
    write(tmp_path / "site" / "dataset.trig", built.serialize("trig"))
    assert counts(load_store([quads], store)) == (1, 1, 0, 0)
    assert counts(load_store([tmp_path / "site"], store)) == (1, 0, 0, 0)
    write(tmp_path / "bad.trig", "<a> <b> .")
    with pytest.raises(FormatError, match=r"bad\.trig:1:\d"):
        load_store([tmp_path / "bad.trig"], store)


def test_publications_across_the_borders_of_reading(
    tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [publication(name) for name in "abc"]
    file = write(tmp_path / "all.nq", *texts)
    load_store([file], store)
    for size in (1000, 1001, len(texts[0]), len(texts[0]) - 1, len(texts[0]) + 1):
        monkeypatch.setattr("lod.corpus.nquads._READ", size)
        assert counts(load_store([file], store)) == (3, 0, 0, 0)


A = publication("a")
TRIPLE = "<https://e.org/x> <https://e.org/y> <https://e.org/z> .\n"


@pytest.mark.usefixtures("amount")
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "there is nothing in it"),
        ("\n", "there is nothing in it"),
        (TRIPLE, "begins no publication"),
        (TRIPLE + A, "begins no publication"),
        (A + "_:b <https://e.org/y> <https://e.org/z> .\n", "blank nodes"),
        (A + '<https://e.org/x> <https://e.org/y> "_:b .\n', "not its own"),
        (
            A.replace("<https://e.org/a/reported/ana> .\n", "<https://e.org/b/dataset> .\n"),
            "malformed",
        ),
        (A + "<https://e.org/x> <https://e.org/y> .\n", "not its own"),
        (A[: A.index("\n<https://e.org/a/reported") + 1] + "<https://e.org/x> .\n", "malformed"),
    ],
)
def test_what_lod_did_not_write(text: str, words: str, tmp_path: Path, store: Path) -> None:
    load_store([write(tmp_path / "good.nq", publication("b"))], store)
    before = content(store)
    with pytest.raises(FormatError, match=words):
        load_store([write(tmp_path / "bad.nq", text)], store)
    assert content(store) == before


@pytest.mark.parametrize("at", range(4))
def test_malformed_publication_among_many(
    at: int, tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is named, though the engine has read beyond it, and though not all are kept."""
    monkeypatch.setattr("lod.corpus.store._BULK", 1)
    monkeypatch.setattr("lod.corpus.store._READ", 4_000)
    monkeypatch.setattr("lod.corpus.store._AHEAD", 20_000)
    texts = [publication(name) for name in ("a" * 90, "b" * 90, "c" * 90, "d" * 90)]
    assert sum(map(len, texts[:3])) > 20_000
    name = "abcd"[at] * 90
    texts[at] = texts[at].replace("<https://w3id.org/lod-facts/software>", "<not an IRI>")
    with pytest.raises(FormatError, match=rf"^https://e\.org/{name}/: malformed N-Quads"):
        load_store([write(tmp_path / "all.nq", *texts)], store)


@pytest.mark.usefixtures("amount")
@pytest.mark.parametrize("error", [KeyboardInterrupt, BrokenPipeError])
def test_load_that_is_interrupted_changes_nothing(
    error: type[BaseException], tmp_path: Path, store: Path
) -> None:
    load_store([write(tmp_path / "a.nq", A)], store)
    before = content(store)

    def interrupt(result: LoadResult) -> None:
        if result.read == 2:
            raise error

    changed = publication("a", says="Aldova left the Union.")
    both = write(tmp_path / "both.nq", changed, publication("b"), publication("c"))
    with pytest.raises(KeyboardInterrupt if error is KeyboardInterrupt else OutputError):
        load_store([both], store, progress=interrupt)
    assert content(store) == before
    assert counts(load_store([both], store)) == (3, 2, 1, 0)


def test_many_publications_go_into_the_database_at_once(
    tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files that are made by several calls are merged again and again."""
    monkeypatch.setattr("lod.corpus.store._BULK", 1)
    shards = {f"{name}.nq.gz": [publication(name)] for name in "abcdef"}
    corpus = write_corpus(tmp_path / "corpus", shards)
    add = _Database.add_many
    with patch.object(_Database, "add_many", autospec=True, side_effect=add) as add_many:
        assert counts(load_store([corpus], store)) == (6, 6, 0, 0)
    add_many.assert_called_once()


def truncate(corpus: Path) -> None:
    file = next(corpus.glob("shards/*"))
    file.write_bytes(file.read_bytes()[:-10])


def point_outside(corpus: Path) -> None:
    manifest = corpus / "manifest.json"
    manifest.write_text(manifest.read_text().replace("shards/", "../shards/"))


def empty(corpus: Path) -> None:
    (corpus / "manifest.json").write_text("{}")


@pytest.mark.parametrize("harm", [truncate, point_outside, empty])
def test_corpus_that_is_not_whole(
    harm: Callable[[Path], None], tmp_path: Path, store: Path
) -> None:
    corpus = write_corpus(tmp_path / "corpus", {"1.nq.gz": [A]})
    harm(corpus)
    with pytest.raises(InputError):
        load_store([corpus], store)


def test_a_shard_of_broken_publications_alone_is_empty(tmp_path: Path, store: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus", {"1.nq.gz": [A], "2.nq.gz": []})
    assert counts(load_store([corpus], store)) == (1, 1, 0, 0)


def test_truncated_file(tmp_path: Path, store: Path) -> None:
    file = tmp_path / "a.nq.gz"
    file.write_bytes(gzip.compress(A.encode())[:-20])
    with pytest.raises(InputError, match="cannot be read"):
        load_store([file], store)


@pytest.mark.parametrize("name", ["a.ttl", "nothing", "."])
def test_what_is_no_source(name: str, tmp_path: Path, store: Path) -> None:
    (tmp_path / "a.ttl").touch()
    with pytest.raises(InputError):
        load_store([tmp_path / name], store)


def test_folder_with_something_else_is_left_alone(tmp_path: Path, store: Path) -> None:
    store.mkdir()
    write(store / "diary.txt", "mine")
    with pytest.raises(InputError, match=r"diary\.txt"):
        load_store([write(tmp_path / "a.nq", A)], store)
    assert [path.name for path in store.iterdir()] == ["diary.txt"]


@pytest.mark.parametrize("said", ["", "{}", '{"layout": 0}', '{"layout": 1, "generation": "../x"}'])
def test_store_of_another_layout(said: str, tmp_path: Path, store: Path) -> None:
    file = write(tmp_path / "a.nq", A)
    load_store([file], store)
    write(store / "lod-store.json", said)
    with pytest.raises(InputError, match="cannot read"):
        load_store([file], store)
    with pytest.raises(InputError, match="cannot read"):
        open_store(store)


def test_one_load_at_a_time(tmp_path: Path, store: Path) -> None:
    file = write(tmp_path / "a.nq", A)
    load_store([file], store)

    def again(_: LoadResult) -> None:
        with pytest.raises(BusyError, match="another load is at work"):
            load_store([file], store)

    load_store([file], store, progress=again)
    load_store([file], store)


def test_who_asks_goes_on_to_see_the_old_state(tmp_path: Path, store: Path) -> None:
    load_store([write(tmp_path / "a.nq", A)], store)
    claims = "SELECT ?c { ?c a lod:Claim }"
    with open_store(store) as before:
        assert len(run_query(before, claims)) == 1
        load_store([write(tmp_path / "b.nq", publication("b"), publication("c"))], store)
        assert len(run_query(before, claims)) == 1
    with open_store(store) as after:
        assert len(run_query(after, claims)) == 2


def test_old_generations_go(tmp_path: Path, store: Path) -> None:
    for name in "abcd":
        load_store([write(tmp_path / "x.nq", publication(name))], store)
    assert sorted(path.name for path in store.glob("g*")) == ["g3", "g4"]


#: Loads, and is killed before a step that changes something in the folder of the store.
KILLED = """
import os, signal, sys
from pathlib import Path
from lod.corpus.store import load_store

steps, source, store = int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])

def count(event, args):
    global steps
    changes = event in ("os.rename", "os.mkdir", "os.link", "os.remove", "shutil.copyfile")
    changes |= event == "open" and args[1] not in (None, "r", "rb")
    if changes and any(str(store) in str(one) for one in args):
        steps -= 1
        if steps < 0:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(count)
load_store([source], store)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_killed_load_changes_nothing_or_all_and_is_repaired(tmp_path: Path) -> None:
    old = write(tmp_path / "old.nq", A, publication("b"))
    new = write(
        tmp_path / "new.nq", publication("b", says="Aldova left the Union."), publication("c")
    )
    load_store([old], tmp_path / "before")
    load_store([new], tmp_path / "after")
    before, after = content(tmp_path / "before"), content(tmp_path / "after")
    found = []
    for steps in range(0, 60, 3):
        store = tmp_path / f"store{steps}"
        load_store([old], store)
        killed = subprocess.run(
            [sys.executable, "-c", KILLED, str(steps), str(new), str(store)], cwd=ROOT, check=False
        )
        found.append(content(store))
        assert found[-1] in (before, after)
        assert killed.returncode == -signal.SIGKILL or found[-1] == after
        load_store([new], store)
        assert content(store) == after
        assert len(list(store.glob("g*"))) <= 2
        if killed.returncode == 0:
            break
    assert len(found) > 4
    assert found[0] == before


def test_store_is_asked_alone(tmp_path: Path, store: Path) -> None:
    file = write(tmp_path / "a.nq", A)
    load_store([file], store)
    with pytest.raises(QueryError, match="alone"):
        open_store([store, file])


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT * { SERVICE <https://e.org/> { ?s ?p ?o } }", "SERVICE"),
        ("DROP ALL", "DROP"),
        ("SELECT * FROM <https://e.org/> { ?s ?p ?o }", "FROM"),
    ],
)
def test_rules_hold_for_stores(query: str, words: str, tmp_path: Path, store: Path) -> None:
    load_store([write(tmp_path / "a.nq", A)], store)
    with open_store(store) as opened, pytest.raises(QueryError, match=words):
        run_query(opened, query)


def test_limits_hold_for_stores(tmp_path: Path, store: Path) -> None:
    from lod.query import Limits

    load_store([write(tmp_path / "a.nq", A)], store)
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    with open_store(store) as opened:
        start = time.monotonic()
        with pytest.raises(QueryError, match="seconds"):
            run_query(opened, endless, limits=Limits(seconds=0.3))
        assert time.monotonic() - start < 20
        with pytest.raises(QueryError, match="rows"):
            run_query(opened, "SELECT * { ?s ?p ?o }", limits=Limits(rows=3))
        # It starts again by itself.
        assert run_query(opened, "ASK { ?c a lod:Claim }")


def test_many_files_of_the_database_can_be_opened(tmp_path: Path, store: Path) -> None:
    """Its files are opened as they are needed, also while a query runs."""
    import pyoxigraph

    load_store([write(tmp_path / "a.nq", A)], store)
    generation: Any = json.loads((store / "lod-store.json").read_text())["generation"]
    database = pyoxigraph.Store(str(store / generation / "data"))
    for number in range(25):
        line = f"<https://e.org/s{number}> <https://e.org/p> <https://e.org/o{number}> .\n"
        database.bulk_load(line.encode(), format=pyoxigraph.RdfFormat.N_QUADS)
    database.flush()
    del database
    assert len(list((store / generation / "data").glob("*.sst"))) > 20
    with open_store(store) as opened:
        for number in range(25):
            assert run_query(opened, f"ASK {{ <https://e.org/s{number}> ?p ?o }}")


def test_progress_counts_publications(tmp_path: Path, store: Path) -> None:
    corpus = write_corpus(
        tmp_path / "corpus", {"1.nq.gz": [A, publication("b")], "2.nq.gz": [publication("c")]}
    )
    seen: list[tuple[int, int | None]] = []
    load_store([corpus], store, progress=lambda result: seen.append((result.read, result.total)))
    assert seen == [(1, 3), (2, 3), (3, 3)]
    seen.clear()
    load_store([corpus], store, progress=lambda result: seen.append((result.read, result.total)))
    assert seen == [(2, 3), (3, 3)]
    assert os.listdir(store)  # noqa: PTH208 - hidden files count too
