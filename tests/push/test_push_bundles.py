"""Files of publications that did not change: not read, but never taken at their word."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import count
from pathlib import Path

import pytest
import requests
from hypothesis import given, settings
from hypothesis import strategies as st

from lod.push.delivery import Action
from lod.push.parcel import Bundle, Parcel
from lod.push.push import Plan, push
from lod.push.state import State
from lod.push.store import Store, Target
from tests.push.conftest import LIMITS, Push, held, meant
from tests.push.faulty import Handler, Proxy, failing
from tests.push.publications import parcel, quads
from tests.stores.oxigraph import running_oxigraph
from tests.stores.running import RunningStore

ROOT = "https://data.example.org/"
TOGETHER = 3


class Files:
    """Files of publications, and how many were read."""

    def __init__(self, number: int) -> None:
        self.read = 0
        self.parcels = [
            [parcel(f"{ROOT}{n}-{one}/") for one in range(TOGETHER)] for n in range(number)
        ]

    def __iter__(self) -> Iterator[Bundle]:
        for some in self.parcels:
            digest = " ".join(one.digest for one in some)
            yield Bundle(digest, partial(self._read, some))

    def _read(self, some: list[Parcel]) -> Iterator[Parcel]:
        self.read += 1
        yield from some

    def change(self, number: int, text: str = "new") -> None:
        """Change the second publication of a file."""
        base = self.parcels[number][1].base
        self.parcels[number][1] = parcel(base, quads(base, texts=[text]))

    @property
    def all(self) -> list[Parcel]:
        return [one for some in self.parcels for one in some]


def update(store: RunningStore, text: str) -> None:
    kind = {"Content-Type": "application/sparql-update"}
    requests.post(store.update, text, headers=kind, timeout=60).raise_for_status()


def test_one_changed_costs_the_same_however_many_there_are(
    proxy: Proxy, oxigraph: RunningStore, pushed: Push
) -> None:
    asked = {}
    for size in (3, 12):
        files = Files(size)
        state = f"state-{size}"
        assert pushed(files, proxy.update, state=state).is_fine
        files.change(1)
        files.read = 0
        proxy.seen.clear()
        result = pushed(files, proxy.update, state=state)
        assert (files.read, result.unread) == (1, TOGETHER * (size - 1))
        assert (result.counts[Action.UNCHANGED], result.counts[Action.CHANGED]) == (
            TOGETHER * size - 1,
            1,
        )
        assert (result.publications, result.quads) == (
            TOGETHER * size,
            sum(one.quads for one in files.all),
        )
        assert held(oxigraph, ROOT) == meant(files.all)
        asked[size] = len(proxy.seen)
        update(oxigraph, "DROP ALL")
    assert asked[3] == asked[12]


def test_one_publication_alone_does_not_have_all_counted(
    proxy: Proxy, oxigraph: RunningStore, pushed: Push
) -> None:
    files = Files(2)
    pushed(files, proxy.update)
    counted = []
    proxy.on_read = lambda handler: (
        b"GROUP+BY+%3Fn" not in handler.body or not counted.append(handler.path)  # type: ignore[func-returns-value] # None is as good
    )
    assert pushed([parcel(f"{ROOT}alone/")], proxy.update).counts[Action.ADDED] == 1
    assert counted == []
    assert pushed(files, proxy.update).unread == len(files.all)
    assert len(counted) == 1


@pytest.mark.parametrize(
    "harm",
    [
        "DROP ALL",
        f"DROP GRAPH <{ROOT}0-0/dataset>",
        f"DROP GRAPH <{ROOT}3-2/reported/speaker>",
        f"INSERT DATA {{ GRAPH <{ROOT}2-1/dataset> {{ <x:a> <x:b> <x:c> }} }}",
        f"DELETE DATA {{ GRAPH <{ROOT}2-1/reported/speaker> "
        f"{{ <{ROOT}2-1/a> <{ROOT}2-1/b> <{ROOT}2-1/c> }} }}",
    ],
    ids=["emptied", "dropped", "reported dropped", "added", "deleted"],
)
def test_store_that_others_changed_is_mended(
    oxigraph: RunningStore, pushed: Push, harm: str
) -> None:
    files = Files(4)
    assert pushed(files, oxigraph.update).is_fine
    assert pushed(files, oxigraph.update).unread == len(files.all)
    update(oxigraph, harm)
    result = pushed(files, oxigraph.update)
    assert (result.is_fine, result.unread) == (True, 0)
    assert result.counts[Action.UNCHANGED] < len(files.all)
    assert held(oxigraph, ROOT) == meant(files.all)
    assert pushed(files, oxigraph.update).unread == len(files.all)


def test_store_restored_from_a_backup_is_brought_up_again(
    oxigraph: RunningStore, pushed: Push
) -> None:
    files = Files(3)
    pushed(files, oxigraph.update)
    backup = requests.get(
        oxigraph.graph_store, headers={"Accept": "application/n-quads"}, timeout=60
    ).content
    files.change(0)
    assert pushed(files, oxigraph.update).is_fine
    update(oxigraph, "DROP ALL")
    requests.post(
        oxigraph.graph_store, backup, headers={"Content-Type": "application/n-quads"}, timeout=60
    ).raise_for_status()
    result = pushed(files, oxigraph.update)
    assert (result.unread, result.counts[Action.CHANGED]) == (0, 1)
    assert held(oxigraph, ROOT) == meant(files.all)


def test_fresh_reads_and_sends_all(oxigraph: RunningStore, pushed: Push) -> None:
    files = Files(3)
    pushed(files, oxigraph.update)
    # What leaves the number of triples as it is.
    update(
        oxigraph,
        f'DELETE {{ GRAPH ?g {{ ?s ?p "Claim 1"@en }} }} INSERT {{ GRAPH ?g {{ ?s ?p "Other" }} }} '
        f'WHERE {{ GRAPH ?g {{ ?s ?p "Claim 1"@en }} FILTER(?g = <{ROOT}1-1/dataset>) }}',
    )
    assert pushed(files, oxigraph.update).unread == len(files.all)
    result = pushed(files, oxigraph.update, fresh=True)
    assert (result.unread, result.checked_quads) == (0, result.quads)
    assert held(oxigraph, ROOT) == meant(files.all)


@pytest.mark.parametrize("answer", [failing(500), failing(400), failing(200)])
def test_store_that_does_not_say_is_asked_of_each(
    proxy: Proxy, oxigraph: RunningStore, pushed: Push, answer: object
) -> None:
    def silent_of_all(handler: Handler) -> bool:
        return b"GROUP+BY+%3Fn" not in handler.body or bool(answer(handler))  # type: ignore[operator] # a fault

    files = Files(3)
    pushed(files, proxy.update)
    proxy.on_read = silent_of_all
    result = pushed(files, proxy.update)
    assert (result.is_fine, result.unread, result.counts[Action.UNCHANGED]) == (
        True,
        0,
        len(files.all),
    )


def test_graph_store_without_queries_is_read(
    proxy: Proxy, oxigraph: RunningStore, pushed: Push
) -> None:
    proxy.guard = lambda handler: handler.path.startswith("/store?") or failing(404)(handler)
    files = Files(2)
    pushed(files, proxy.graph_store)
    result = pushed(files, proxy.graph_store)
    assert (result.unread, result.checked_quads) == (0, result.quads)


def test_unread_publications_are_not_pruned(oxigraph: RunningStore, pushed: Push) -> None:
    files = Files(3)
    pushed(files, oxigraph.update)
    del files.parcels[1]
    result = pushed(files, oxigraph.update, prune=True)
    assert (result.unread, result.counts[Action.REMOVED]) == (len(files.all), TOGETHER)
    assert held(oxigraph, ROOT) == meant(files.all)
    assert pushed(files, oxigraph.update, prune=True).unread == len(files.all)


def test_publication_that_another_source_changed_is_sent_again(
    oxigraph: RunningStore, pushed: Push
) -> None:
    files, others = Files(2), Files(2)
    pushed(files, oxigraph.update)
    others.change(0)
    assert pushed([others.parcels[0][1]], oxigraph.update).counts[Action.CHANGED] == 1
    result = pushed(files, oxigraph.update)
    assert (result.unread, result.counts[Action.CHANGED]) == (TOGETHER, 1)
    assert held(oxigraph, ROOT) == meant(files.all)
    # Of two sources that have it the first counts, whether that is read or not.
    result = pushed([others.parcels[0][1], *files], oxigraph.update)
    assert (result.repeated, result.unread, result.counts[Action.CHANGED]) == (1, TOGETHER, 1)
    result = pushed([*files, others.parcels[0][1]], oxigraph.update)
    assert (result.repeated, result.counts[Action.CHANGED]) == (1, 1)
    assert held(oxigraph, ROOT) == meant(files.all)


def test_file_of_which_one_failed_is_read_again(
    proxy: Proxy, oxigraph: RunningStore, pushed: Push
) -> None:
    def refuse(handler: Handler) -> bool:
        return b"1-1/claim" not in handler.body or failing(400)(handler)

    files = Files(3)
    proxy.always = refuse
    assert pushed(files, proxy.update).counts[Action.FAILED] == 1
    proxy.always = None
    result = pushed(files, proxy.update)
    assert (result.is_fine, result.unread) == (True, 0)
    assert held(oxigraph, ROOT) == meant(files.all)
    assert pushed(files, proxy.update).unread == len(files.all)


def test_dry_run_reads_no_more_and_notes_nothing(oxigraph: RunningStore, pushed: Push) -> None:
    files = Files(3)
    assert pushed(files, oxigraph.update, dry_run=True).counts[Action.ADDED] == len(files.all)
    pushed(files, oxigraph.update)
    files.change(2)
    for _ in range(2):
        result = pushed(files, oxigraph.update, dry_run=True)
        assert (result.unread, result.counts[Action.CHANGED]) == (2 * TOGETHER, 1)


def test_state_that_an_earlier_version_wrote(oxigraph: RunningStore, tmp_path: Path) -> None:
    """It knows publications, but neither files nor sizes."""
    files, number = Files(2), count()

    def go() -> int:
        with State(tmp_path / "state.sqlite") as state, store() as there:
            if next(number) == 1:
                for table in ("sizes", "bundles", "members"):
                    state.execute(f"DROP TABLE {table}")
                state.execute("DROP VIEW there")
        with State(tmp_path / "state.sqlite") as state, store() as there:
            return push(files, there, state, Plan()).unread

    def store() -> Store:
        return Store(Target(oxigraph.update, limits=LIMITS))

    assert [go(), go(), go()] == [0, 0, len(files.all)]


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("change"), st.integers(0, 2), st.sampled_from(["a", "b", "c"])),
        st.tuples(st.just("leave out"), st.integers(0, 2), st.just("")),
        st.tuples(
            st.just("harm"),
            st.integers(0, 2),
            st.sampled_from(["dataset", "reported/speaker"]),
        ),
    ),
    min_size=1,
    max_size=4,
)


@pytest.mark.slow
def test_store_has_what_the_files_have_whatever_happened(tmp_path: Path) -> None:
    number = count()

    with running_oxigraph() as oxigraph:

        @settings(max_examples=15, deadline=None)
        @given(STEPS)
        def check(steps: list[tuple[str, int, str]]) -> None:
            update(oxigraph, "DROP ALL")
            files, state = Files(3), tmp_path / f"{next(number)}.sqlite"
            for what, which, name in [("", 0, ""), *steps, ("", 0, "")]:
                left_out = files.parcels[which] if what == "leave out" else None
                if what == "change":
                    files.change(which, name)
                elif what == "harm":
                    update(oxigraph, f"DROP SILENT GRAPH <{ROOT}{which}-0/{name}>")
                bundles = [
                    one
                    for one, some in zip(files, files.parcels, strict=True)
                    if some is not left_out
                ]
                there = [one for some in files.parcels if some is not left_out for one in some]
                target = Target(oxigraph.update, limits=LIMITS)
                with State(state) as remembered, Store(target) as store:
                    result = push(bundles, store, remembered, Plan(prune=True))
                assert result.is_fine
                assert held(oxigraph, ROOT) == meant(there)

        check()
