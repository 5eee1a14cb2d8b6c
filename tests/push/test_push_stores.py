"""Pushing into real stores: what arrives, what is replaced, what is removed."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest

import lod
from lod.push.delivery import Action
from lod.push.parcel import Parcel
from tests.push.conftest import Push, held, meant
from tests.push.faulty import Handler, Proxy, failing
from tests.push.publications import HOSTILE, parcel, quads
from tests.stores.running import RunningStore

EXAMPLE = Path(__file__).parents[2] / "examples" / "russia-kazakhstan"
Way = tuple[RunningStore, str]


@pytest.fixture
def root() -> str:
    """The beginning of the bases of one test: a store may have what others pushed."""
    return f"https://data.example.org/{uuid4().hex}/"


def corpus(root: str, size: int) -> list[Parcel]:
    return [parcel(f"{root}{number}/") for number in range(size)]


def test_corpus_arrives_and_is_then_unchanged(way: Way, pushed: Push, root: str) -> None:
    store, to = way
    size = 300 if to == store.update else 60
    parcels = corpus(root, size)
    result = pushed(parcels, to)
    assert result.is_fine
    assert (result.counts[Action.ADDED], result.publications) == (size, size)
    assert result.checked_quads == result.quads == sum(one.quads for one in parcels)
    assert held(store, root) == meant(parcels)
    again = pushed(parcels, to)
    assert (again.counts[Action.UNCHANGED], again.counts[Action.CHANGED]) == (size, 0)
    # Nothing is read back where the last push saw it and the counts are right.
    assert again.checked_quads == 0


def test_example_arrives(way: Way, pushed: Push, root: str) -> None:
    store, to = way
    dataset = lod.load(EXAMPLE).dataset()
    text = dataset.n_quads().replace(dataset.base, root)
    one = parcel(root, text)
    result = pushed([one], to)
    assert result.is_fine
    assert result.checked_quads == len(dataset)
    assert {graph: len(found) for graph, found in held(store, root).items()} == {
        graph: len(lines) for graph, lines in one.graphs.items()
    }
    # An update of that size is too much for Virtuoso, where it is gathered aside and moved.
    assert held(store, "urn:lod:incoming:") == {}


def test_changed_publication_is_replaced_alone(way: Way, pushed: Push, root: str) -> None:
    store, to = way
    parcels = corpus(root, 5)
    pushed(parcels, to)
    parcels[2] = parcel(f"{root}2/", quads(f"{root}2/", claims=3, texts=["new"]))
    result = pushed(parcels, to)
    assert result.is_fine
    assert (result.counts[Action.UNCHANGED], result.counts[Action.CHANGED]) == (4, 1)
    assert [one.base for one in result.listed] == [f"{root}2/"]
    assert held(store, root) == meant(parcels)


@pytest.mark.parametrize("other_machine", [False, True], ids=["same machine", "other machine"])
def test_graph_that_vanished_is_removed(
    way: Way, pushed: Push, root: str, other_machine: bool
) -> None:
    store, to = way
    base = f"{root}a/"
    before = parcel(base, quads(base, reported=["one", "two", "one/two"]))
    after = parcel(base, quads(base, reported=["one"]))
    pushed([before], to)
    assert len(held(store, root)) == 4
    result = pushed([after], to, state="other" if other_machine else "state")
    assert (result.is_fine, result.graphs_removed) == (True, 2)
    assert held(store, root) == meant([after])


def test_prune_removes_publications_that_vanished(way: Way, pushed: Push, root: str) -> None:
    store, to = way
    parcels = corpus(root, 4)
    pushed(parcels, to)
    kept = parcels[:2]
    assert pushed(kept, to).counts[Action.REMOVED] == 0
    assert held(store, root) == meant(parcels)
    dry = pushed(kept, to, prune=True, dry_run=True)
    assert dry.counts[Action.REMOVED] == 2
    assert held(store, root) == meant(parcels)
    result = pushed(kept, to, prune=True)
    assert (result.is_fine, result.counts[Action.REMOVED]) == (True, 2)
    assert held(store, root) == meant(kept)
    assert pushed(kept, to, prune=True).counts[Action.REMOVED] == 0


def test_hostile_strings_arrive_unharmed(way: Way, pushed: Push, root: str) -> None:
    store, to = way
    neighbour, base = parcel(f"{root}n/"), f"{root}h/"
    one = parcel(base, quads(base, texts=HOSTILE))
    result = pushed([neighbour, one], to)
    assert result.is_fine
    assert result.rewritten == 0
    assert held(store, root) == meant([neighbour, one])


def test_literals_that_a_store_rewrites_agree_by_value(way: Way, pushed: Push, root: str) -> None:
    _, to = way
    xsd = "http://www.w3.org/2001/XMLSchema#"
    tokens = [
        f'"{lexical}"^^<{xsd}{name}>'
        for lexical, name in (
            *(("1.50", "decimal"), ("05", "integer"), ("28000000000", "integer")),
            *(("1.5E3", "double"), ("2024-11-27", "date"), ("true", "boolean")),
            ("2024-11-27T10:00:00Z", "dateTime"),
        )
    ]
    one = parcel(root, quads(root, literals=[*tokens, '"Haus"@de-CH']))
    result = pushed([one], to)
    assert result.is_fine
    assert 0 < result.rewritten <= len(tokens)
    sent, kept = result.rewritten_examples[0]
    assert sent != kept
    assert pushed([one], to).counts[Action.UNCHANGED] == 1


def test_dry_run_says_what_would_change(way: Way, pushed: Push, root: str) -> None:
    store, to = way
    parcels = corpus(root, 3)
    pushed(parcels[:2], to)
    parcels[1] = parcel(f"{root}1/", quads(f"{root}1/", claims=1))
    result = pushed(parcels, to, dry_run=True)
    assert [(one.base, str(one.action)) for one in result.listed] == [
        (f"{root}1/", "changed"),
        (f"{root}2/", "added"),
    ]
    assert held(store, root) == meant(corpus(root, 2))


def test_default_graph_by_another_rule(way: Way, pushed: Push, root: str) -> None:
    store, to = way
    rule = "{base}claims"
    pushed([parcel(root)], to)
    one = parcel(root, default_graph=rule)
    result = pushed([one], to, default_graph=rule)
    assert result.is_fine
    # The graph of the old rule is taken out.
    assert set(held(store, root)) == {f"{root}claims", f"{root}reported/speaker"}


def test_more_than_a_store_gives_at_once(
    virtuoso: RunningStore, pushed: Push, root: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Virtuoso gives 10,000 rows and does not say that there are more."""
    for name, word in (("USER", virtuoso.user), ("PASSWORD", virtuoso.password)):
        monkeypatch.setenv(f"LOD_PUSH_{name}", str(word))
    one = parcel(root, quads(root, claims=6000))
    result = pushed([one], virtuoso.graph_store)
    assert result.is_fine
    assert result.checked_quads == one.quads > 12000


def test_same_quads_by_either_way(oxigraph: RunningStore, pushed: Push, root: str) -> None:
    parcels = corpus(root, 3)
    pushed(parcels, oxigraph.update)
    # Another address has another state, but the same store: everything is there already.
    result = pushed(parcels, oxigraph.graph_store, state="other")
    assert result.counts[Action.UNCHANGED] == 3
    assert result.checked_quads == result.quads


def test_fresh_sends_everything(oxigraph: RunningStore, pushed: Push, root: str) -> None:
    parcels = corpus(root, 3)
    pushed(parcels, oxigraph.update)
    result = pushed(parcels, oxigraph.update, fresh=True)
    assert (result.counts[Action.CHANGED], result.one_step) == (3, 3)


def test_store_that_was_emptied_is_filled_again(
    oxigraph: RunningStore, pushed: Push, root: str
) -> None:
    import requests

    parcels = corpus(root, 3)
    pushed(parcels, oxigraph.update)
    requests.post(
        oxigraph.update,
        "DROP ALL",
        headers={"Content-Type": "application/sparql-update"},
        timeout=60,
    ).raise_for_status()
    assert pushed(parcels, oxigraph.update).is_fine
    assert held(oxigraph, root) == meant(parcels)


def test_first_of_two_with_one_base_counts(oxigraph: RunningStore, pushed: Push, root: str) -> None:
    first, second = parcel(root), parcel(root, quads(root, claims=1))
    result = pushed([first, second], oxigraph.update)
    assert (result.publications, result.repeated) == (1, 1)
    assert held(oxigraph, root) == meant([first])


def test_store_that_only_takes_graphs(
    proxy: Proxy, oxigraph: RunningStore, pushed: Push, root: str
) -> None:
    """Nobody answers queries: everything is read graph by graph."""

    def only_graphs(handler: Handler) -> bool:
        return handler.path.startswith("/store?") or failing(404)(handler)

    proxy.guard = only_graphs
    before = [parcel(f"{root}{n}/", quads(f"{root}{n}/", reported=["a", "b"])) for n in range(3)]
    result = pushed(before, proxy.graph_store)
    assert (result.is_fine, result.query, result.counts[Action.ADDED]) == (True, None, 3)
    again = pushed(before, proxy.graph_store)
    # Without counts the store is asked for everything.
    assert (again.counts[Action.UNCHANGED], again.checked_quads) == (3, result.quads)
    after = [before[0], parcel(f"{root}1/", quads(f"{root}1/", reported=["a"]))]
    result = pushed(after, proxy.graph_store, prune=True)
    assert result.is_fine
    assert (result.counts[Action.CHANGED], result.counts[Action.REMOVED]) == (1, 1)
    assert held(oxigraph, root) == meant(after)
