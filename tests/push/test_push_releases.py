"""Releases on their way into a store: as a change, with tombstones, older ones kept or removed."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree

import pytest

from lod.history.parcels import publication_parcels, release_parcels
from lod.http.errors import NetworkError
from lod.publication import load
from lod.push.delivery import Action
from lod.push.parcel import DATASET, Parcel
from tests.cli.conftest import Lod
from tests.history.conftest import released
from tests.push.conftest import Push, held, meant, select
from tests.push.faulty import Handler, Proxy, failing
from tests.stores.running import RunningStore

__all__ = ["released"]

ANOTHER = Path(__file__).parents[1] / "site" / "one-claim"
BASE = "https://data.example.org/ten-facts/"
#: Of the two releases: quads of the newer one, and what differs.
DELETED, ADDED = 63, 25


def has(store: RunningStore, parcels: list[Parcel]) -> bool:
    """Whether a store holds these parcels and no more; Virtuoso keeps values in other forms."""
    found, expected = held(store, BASE), meant(parcels)
    if store.name == "virtuoso":
        return {graph: len(all_) for graph, all_ in found.items()} == {
            graph: len(all_) for graph, all_ in expected.items()
        }
    return found == expected


def told(store: RunningStore, count: int) -> bool:
    """Whether so many publications were sent as what differs.

    Virtuoso leaves some literals that it is told to delete; that is seen, and all is sent.
    """
    return count == 1 or (store.name == "virtuoso" and count == 0)


def release(folder: Path, version: str, *, keep: bool = False) -> list[Parcel]:
    return list(release_parcels(folder / "releases" / version, DATASET, keep=keep))


@pytest.fixture
def emptied(pushed: Push) -> Iterator[Callable[[str], None]]:
    """Takes out of a store, at the end, what the test brought."""
    stores: list[str] = []
    yield stores.append
    for to in stores:
        pushed([], to, prune=True)


def test_a_release_is_a_change_of_the_one_before(
    way: tuple[RunningStore, str], pushed: Push, released: Path, emptied: Callable[[str], None]
) -> None:
    store, to = way
    emptied(to)
    one, two = release(released, "1.0.0"), release(released, "2.0.0")
    assert pushed(one, to).counts[Action.ADDED] == 1
    assert has(store, one)
    before = held(store, BASE)
    dry = pushed(two, to, dry_run=True)
    assert (dry.counts[Action.CHANGED], dry.by_difference) == (1, 1)
    assert held(store, BASE) == before
    result = pushed(two, to)
    assert (result.is_fine, told(store, result.by_difference)) == (True, True)
    (outcome,) = result.listed if result.by_difference else dry.listed
    assert outcome.as_dict()["change"] == {"since": "1.0.0", "deleted": DELETED, "added": ADDED}
    assert has(store, two)
    assert pushed(two, to).counts[Action.UNCHANGED] == 1
    # What was withdrawn says so, and nothing else is said of it.
    claim = f"<{BASE}claim/students>"
    assert select(store, f"SELECT ?p {{ GRAPH <{BASE}dataset> {{ {claim} ?p ?o }} }}") == []
    (tombstone,) = select(
        store,
        "PREFIX owl: <http://www.w3.org/2002/07/owl#> PREFIX dcterms: <http://purl.org/dc/terms/> "
        f"SELECT ?other {{ GRAPH <{BASE}releases> {{ <{BASE}claim/students> owl:deprecated true ; "
        "dcterms:isReplacedBy ?other } }",
    )
    assert tombstone == {"other": f"{BASE}claim/enterprises"}


def test_a_state_that_is_lost_does_not_send_more(
    way: tuple[RunningStore, str], pushed: Push, released: Path, emptied: Callable[[str], None]
) -> None:
    store, to = way
    emptied(to)
    pushed(release(released, "1.0.0"), to)
    two = release(released, "2.0.0")
    result = pushed(two, to, state="of another machine")
    assert (result.is_fine, told(store, result.by_difference)) == (True, True)
    assert has(store, two)
    pushed([], to, state="of another machine", prune=True)


def test_older_releases_are_kept_or_removed_as_told(
    way: tuple[RunningStore, str], pushed: Push, released: Path, emptied: Callable[[str], None]
) -> None:
    store, to = way
    emptied(to)
    kept = release(released, "2.0.0", keep=True)
    assert [one.base for one in kept] == [BASE, f"{BASE}release/1.0.0/"]
    assert pushed(kept, to).is_fine
    assert has(store, kept)
    # The graphs of a release hold what it said, whatever is said now.
    graph = f"{BASE}release/1.0.0/dataset"
    assert meant(kept)[graph] == meant(release(released, "1.0.0"))[f"{BASE}dataset"]
    dry = pushed(release(released, "2.0.0"), to, dry_run=True)
    assert dry.counts[Action.REMOVED] == 1
    result = pushed(release(released, "2.0.0"), to)
    assert (result.is_fine, result.counts[Action.REMOVED]) == (True, 1)
    assert has(store, release(released, "2.0.0"))


def test_what_is_no_release_yet_is_a_change_of_the_last_one(
    oxigraph: RunningStore, pushed: Push, released: Path, emptied: Callable[[str], None]
) -> None:
    emptied(oxigraph.update)
    pushed(release(released, "2.0.0"), oxigraph.update)
    now = list(publication_parcels(load(released), DATASET, keep=True))
    assert [one.version for one in now] == [None, "1.0.0", "2.0.0"]
    result = pushed(now, oxigraph.update)
    assert (result.is_fine, result.by_difference) == (True, 1)
    assert has(oxigraph, now)
    # A claim that no release is without yet is a tombstone already.
    assert any("claim/invitation>" in line for line in now[0].graphs[f"{BASE}releases"])
    # Back to a release: nothing older is there, so all of it is sent.
    back = release(released, "1.0.0")
    result = pushed(back, oxigraph.update)
    assert (result.is_fine, result.by_difference, result.counts[Action.CHANGED]) == (True, 0, 1)
    assert has(oxigraph, back)


def test_another_change_in_the_store_is_no_older_release(
    oxigraph: RunningStore, pushed: Push, released: Path, emptied: Callable[[str], None]
) -> None:
    emptied(oxigraph.update)
    one, two = release(released, "1.0.0"), release(released, "2.0.0")
    pushed(one, oxigraph.update)
    _edit(oxigraph, f"INSERT DATA {{ GRAPH <{BASE}dataset> {{ <urn:x> <urn:y> <urn:z> }} }}")
    result = pushed(two, oxigraph.update)
    assert (result.is_fine, result.by_difference) == (True, 0)
    # Where the counts tell nothing, reading back what was changed does, and all of it is sent.
    pushed(one, oxigraph.update)
    line = next(one for one in one[0].graphs[f"{BASE}dataset"] if "Trade" in one or "trade" in one)
    _edit(
        oxigraph,
        f"DELETE DATA {{ GRAPH <{BASE}dataset> {{ {line} }} }} ; "
        f"INSERT DATA {{ GRAPH <{BASE}dataset> {{ <urn:x> <urn:y> <urn:z> }} }}",
    )
    result = pushed(two, oxigraph.update)
    assert (result.is_fine, result.by_difference) == (True, 0)
    assert has(oxigraph, two)


def _edit(store: RunningStore, update: str) -> None:
    import requests

    answer = requests.post(store.update, data={"update": update}, timeout=60)
    answer.raise_for_status()


def test_a_push_that_was_cut_off_goes_on(
    proxy: Proxy,
    oxigraph: RunningStore,
    pushed: Push,
    released: Path,
    emptied: Callable[[str], None],
) -> None:
    emptied(oxigraph.update)
    one, two = release(released, "1.0.0"), release(released, "2.0.0")
    pushed(one, proxy.update, query=oxigraph.query)
    proxy.always = failing(503)
    with pytest.raises(NetworkError):
        pushed(two, proxy.update, query=oxigraph.query)
    assert has(oxigraph, one)
    proxy.always = None
    result = pushed(two, proxy.update, query=oxigraph.query)
    assert (result.is_fine, result.by_difference) == (True, 1)
    assert has(oxigraph, two)


def test_a_store_that_refuses_the_difference_gets_all_of_it(
    proxy: Proxy,
    oxigraph: RunningStore,
    pushed: Push,
    released: Path,
    emptied: Callable[[str], None],
) -> None:
    emptied(oxigraph.update)
    one, two = release(released, "1.0.0"), release(released, "2.0.0")
    pushed(one, proxy.update, query=oxigraph.query)

    def refuse(handler: Handler) -> bool:
        return b"DELETE DATA" not in handler.body or failing(400)(handler)

    proxy.always = refuse
    result = pushed(two, proxy.update, query=oxigraph.query)
    assert (result.is_fine, result.by_difference) == (True, 0)
    # One that says that it did it, and did not.
    pushed(one, proxy.update, query=oxigraph.query)
    proxy.always, proxy.faults = None, deque([failing(204)])
    result = pushed(two, proxy.update, query=oxigraph.query)
    assert (result.is_fine, result.by_difference) == (True, 0)
    assert has(oxigraph, two)


def test_the_command_pushes_a_release(
    oxigraph: RunningStore, released: Path, lod: Lod, tmp_path: Path
) -> None:
    to = ("--to", oxigraph.update)
    first, second = (released / "releases" / version for version in ("1.0.0", "2.0.0"))
    assert lod("push", first, *to).code == 0
    result = lod("push", second, *to, "--dry-run")
    said = f"from 1.0.0 to 2.0.0 by what differs: {DELETED} quads deleted, {ADDED} added"
    assert (result.code, f"{BASE}: {said}" in result.out) == (0, True)
    result = lod("push", second, *to, "--old-releases", "keep", "--format", "json")
    report = json.loads(result.out)
    assert (report["changed"], report["added"], report["by_difference"]) == (1, 1, 1)
    assert [(one["release"], "change" in one) for one in report["changes"]] == [
        ("2.0.0", True),
        ("1.0.0", False),
    ]
    assert lod("push", second, *to).code == 0
    assert f"{BASE}release/1.0.0/dataset" not in held(oxigraph, BASE)
    copy = Path(copytree(released, tmp_path / "copy"))
    with (copy / "releases" / "2.0.0" / "dataset.nq").open("a") as stream:
        stream.write("<urn:x> <urn:y> <urn:z> .\n")
    result = lod("push", copy / "releases" / "2.0.0", *to)
    assert (result.code, "is not what was released" in result.err) == (2, True)
    assert lod("push", ANOTHER, *to, "--prune").code == 0
    assert held(oxigraph, BASE) == {}
