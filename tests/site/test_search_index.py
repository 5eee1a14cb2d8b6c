"""The index of the search: the same in any order, sharded where large, read by the browser."""

from __future__ import annotations

import json
import random
import tracemalloc
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from lod.errors import OutputError
from lod.site.files import SiteFile, Writer, asset_files
from lod.site.make import make_site
from lod.site.search.entries import KINDS, SearchEntry, make_entry, search_entries, tokens
from lod.site.search.index import SearchIndex, index_files
from lod.site.search.postings import Change
from lod.site.search.publications import pack, unpack
from lod.site.search.sizes import SIZES, Sizes
from lod.site.site import SiteOptions
from tests.site.browser import served

if TYPE_CHECKING:
    from tests.site.browser import Visits

# Syllables make words that share beginnings, as words of a language do.
_SYLLABLES = (
    "ka zakh stan al ma ty ak sai ро сси я пра вда ұл 哈 萨 克 ge sell schaft trans port".split()
)


def corpus(publications: int, seed: int = 1) -> Iterator[list[SearchEntry]]:
    """Entries of many publications, the same for the same seed."""
    dice = random.Random(seed)  # noqa: S311 (test data)
    words = ["".join(dice.choices(_SYLLABLES, k=dice.randint(1, 4))) for _ in range(4000)]
    for number in range(publications):
        title = f"Report {number} " + " ".join(dice.choices(words, k=3))
        entries = [make_entry("publication", f"p{number}/index.html", title)]
        for claim in range(4):
            sentence = "The agency says: " + " ".join(dice.choices(words, k=8))
            path = f"p{number}/claim/c{claim}.html"
            entries.append(make_entry("claim", path, sentence, sentence=True, publication=title))
        item = min(int(dice.expovariate(0.05)), 200)
        entries.append(make_entry("item", f"item/Q{item}.html", f"{words[item]} {item % 3}"))
        entries.append(make_entry("entity", f"p{number}/entity/e.html", words[-1 - number % 900]))
        entries.append(make_entry("term", "vocabulary/lod/stated.html", "stated (lod:stated)"))
        yield entries


def changes(publications: Iterable[list[SearchEntry]]) -> Iterator[Change]:
    """Publications that an index has nothing of yet; the first entry names each."""
    for entries in publications:
        yield Change(entries[0].path, (), entries)


def files_of(
    publications: Iterable[list[SearchEntry]], sizes: Sizes | None = None
) -> list[SiteFile]:
    with SearchIndex(sizes=sizes) as index:
        index.update(changes(publications))
        return list(index.files())


def test_the_order_in_which_publications_come_does_not_matter() -> None:
    entries = list(corpus(900))
    shuffled = entries.copy()
    random.Random(2).shuffle(shuffled)  # noqa: S311 (test data)
    files = files_of(entries)
    assert files == files_of(shuffled)
    assert len(files) > 20  # it is sharded


def test_entries_come_back_as_they_were_kept() -> None:
    entries = list(corpus(3))
    assert [unpack(pack(one)) for one in entries] == entries
    assert unpack(None) == []


def test_a_small_site_has_one_file(tmp_path: Path) -> None:
    (file,) = files_of(corpus(20))
    assert file.path == "data/search.json"
    data = json.loads(file.content)
    assert sum(count for _, count in data["kinds"]) == len(data["entries"])
    assert {path for path, *_ in data["entries"] if path.startswith("vocabulary")} == {
        "vocabulary/lod/stated.html"
    }


def test_files_of_a_large_site_are_small_and_hold_every_word() -> None:
    entries = list(corpus(900))
    files = {file.path: file.content for file in files_of(entries)}
    manifest = json.loads(files["data/search.json"])
    assert "words" not in manifest
    blocks = {p: json.loads(c) for p, c in files.items() if p.startswith("data/search/entries-")}
    assert all(len(block) < 4 * SIZES.block for block in blocks.values())
    shards = [json.loads(files[f"data/search/{name}"]) for _, name in manifest["shards"]]
    assert [next(iter(shard)) for shard in shards] == [word for word, _ in manifest["shards"]]
    found = [word for shard in shards for word in shard]
    assert found == sorted(found, key=lambda word: word.encode("utf-16-be"))
    assert set(found) == {word for each in entries for one in each for word in one.words}
    largest = max(len(content) for path, content in files.items() if "/words-" in path)
    assert largest < SIZES.shard + SIZES.most * len(KINDS) * 8
    for word, rows in ((w, r) for shard in shards for w, r in shard.items()):
        for _, total, postings in rows:
            assert len(postings) == 7 * min(total, SIZES.most), word
    paths = [row[0] for block in blocks.values() for rows in block.values() for row in rows]
    assert sorted(paths) == sorted({one.path for each in entries for one in each})
    assert sum(count for _, count, _ in manifest["kinds"]) == len(paths)


def test_an_item_is_called_what_most_texts_call_it() -> None:
    names = ["Kazakhstan", "Kasachstan", "Kazakhstan", "Қазақстан"]
    entries = [[make_entry("item", "item/Q232.html", name, names=["RK"])] for name in names]
    (file,) = files_of(entries)
    data = json.loads(file.content)
    assert data["entries"] == [["item/Q232.html", "Kazakhstan", "", "", "", 4]]
    assert set(data["words"]) == {"kazakhstan", "kasachstan", "қазақстан", "rk"}


def test_a_label_without_end_is_cut() -> None:
    entry = make_entry("entity", "entity/x.html", "long " * 200_000, text="y" * 1_000_000)
    assert len(entry.title) <= 300
    assert len(entry.text) <= 300
    assert len(entry.words) < 10


def test_memory_does_not_grow_with_the_corpus() -> None:
    tracemalloc.start()
    try:
        whole = list(corpus(800))
        size = tracemalloc.get_traced_memory()[0]
        del whole
        tracemalloc.reset_peak()
        with SearchIndex() as index:
            index.update(changes(corpus(800)))
            for _ in index.files():
                pass
        assert tracemalloc.get_traced_memory()[1] < 0.4 * size
    finally:
        tracemalloc.stop()


def test_an_index_that_cannot_be_written_is_an_error_of_ours() -> None:
    index = SearchIndex()
    index.close()
    with pytest.raises(OutputError, match="the search index cannot be written"):
        index.update(changes([[make_entry("entity", "entity/x.html", "x")]]))
    with pytest.raises(OutputError, match="the search index cannot be read"):
        next(index.files())


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[SearchEntry]]]:
    """The address of a large site that is nothing but its search, and its entries."""
    folder = tmp_path_factory.mktemp("large") / "site"
    site = make_site("https://data.example.org/", "Reports", SiteOptions(), several=True)
    writer = Writer(folder)
    folder.mkdir()
    entries = [one for each in corpus(1500) for one in each]
    with SearchIndex() as index:
        index.update(changes(corpus(1500)))
        for file in (*asset_files(None), *index_files(index, site)):
            writer.write(file)
    with served(folder) as address:
        yield address, entries


_FIND = """async ([address, queries]) => {
    const { SearchIndex } = await import(`${address}assets/search_index.js`);
    const index = new SearchIndex(new URL(address));
    const all = [];
    for (const query of queries) {
        const before = index.files.size;
        const found = await index.find(query);
        const kinds = {};
        for (const one of found) {
            const entries = await one.take(60);
            const paths = entries.map((entry) => entry.path);
            kinds[one.kind] = { paths, total: one.total, more: one.more };
        }
        all.push({ kinds, files: index.files.size - before });
    }
    return all;
}"""


def test_the_browser_finds_in_shards_what_is_there(
    visit: Visits, large: tuple[str, list[SearchEntry]]
) -> None:
    address, entries = large
    dice = random.Random(3)  # noqa: S311 (test data)
    words = sorted({word for one in entries for word in one.words})
    queries = [*dice.sample(words, 12), *(word[:3] for word in dice.sample(words, 6))]
    pairs = dice.sample([one for one in entries if one.kind == "claim"], 8)
    queries += [" ".join(dice.sample(sorted(one.words), 2)) for one in pairs]
    queries += ["report 1499", "agency", "a", "r", "zzzz", "the agency 哈萨"]
    page = visit(f"{address}search.html")
    answers = page.evaluate(_FIND, [address, queries])
    by_path = {one.path: one for one in entries}
    for query, answer in zip(queries, answers, strict=True):
        asked = tokens(query)
        expected: dict[str, set[str]] = {}
        for path, entry in by_path.items():
            if all(any(word.startswith(one) for word in entry.words) for one in asked):
                expected.setdefault(entry.kind, set()).add(path)
        _check(query, answer["kinds"], expected)
        assert answer["files"] < 140, query


def _check(query: str, kinds: dict[str, Any], expected: dict[str, set[str]]) -> None:
    # Terms of ours are there too, and not in the corpus of the test.
    for kind, found in kinds.items():
        paths = set(found["paths"])
        if kind == "term":
            continue
        # An item may be called otherwise by this publication than by most.
        wanted = expected.get(kind, set())
        if kind != "item":
            assert paths <= wanted, query
        if not found["more"]:
            assert len(paths) == min(60, found["total"]), query
            if kind != "item":
                assert found["total"] == len(wanted), query
    missing = {kind for kind in expected if kind not in kinds and kind != "term"}
    assert not missing, query


def test_labels_come_before_sentences_and_whole_words_before_beginnings(
    visit: Visits, tmp_path: Path
) -> None:
    site = make_site("https://data.example.org/", "x", SiteOptions(), several=False)
    writer = Writer(tmp_path / "site")
    with SearchIndex() as index:
        entries = [
            make_entry("entity", "entity/1.html", "Oilfield services"),
            make_entry("entity", "entity/2.html", "Black gold", names=["oil"]),
            make_entry("entity", "entity/3.html", "Export of oil"),
            make_entry("entity", "entity/4.html", "Oil"),
            make_entry("entity", "entity/5.html", "Pipeline", text="It carries oil."),
            make_entry("claim", "claim/1.html", "The oil flows.", sentence=True),
        ]
        index.update(changes([entries]))
        for file in (*asset_files(None), *index_files(index, site)):
            writer.write(file)
    with served(tmp_path / "site") as address:
        page = visit(f"{address}search.html")
        (answer,) = page.evaluate(_FIND, [address, ["oil"]])
    assert answer["kinds"]["entity"]["paths"] == [
        *("entity/4.html", "entity/3.html", "entity/1.html", "entity/2.html", "entity/5.html")
    ]
    assert list(answer["kinds"]) == ["entity", "claim"]


def test_everything_of_a_publication_is_there() -> None:
    from lod.pages.view import PublicationView
    from lod.publication import load
    from tests.site.conftest import EXAMPLE

    view = PublicationView(load(EXAMPLE))
    entries = search_entries(view)
    kinds = [one.kind for one in entries]
    assert kinds.count("publication") == 1
    assert kinds.count("entity") == len(view.facts.entities)
    assert kinds.count("claim") == len(view.claims)
    assert kinds.count("term") > 100
    by_path = {one.path: one for one in entries}
    kazakhstan = by_path["entity/kazakhstan.html"]
    assert {"kazakhstan", "қазақстан", "republic", "q232"} <= set(kazakhstan.words)
    claim = by_path["claim/trade-2023.html"]
    assert "threshold" in claim.words  # of the quote
    assert "28" in claim.words  # of the sentence
    items = {one.path: one for one in search_entries(view, items=True)}
    assert "item/Q232.html" in items
    assert "entity/kazakhstan.html" not in items
