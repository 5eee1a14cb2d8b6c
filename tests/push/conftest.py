"""Stores to push to, and a push with a state of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Protocol

import pyoxigraph
import pytest
import requests

from lod.http.retry import NetworkLimits
from lod.push.parcel import Bundle, Parcel
from lod.push.push import Plan, PushResult, push
from lod.push.state import State
from lod.push.store import Store, Target, Via
from tests.cli.conftest import lod, small
from tests.push.faulty import Proxy, faulty
from tests.stores.fixtures import oxigraph, virtuoso
from tests.stores.running import RunningStore

__all__ = ["lod", "oxigraph", "small", "virtuoso"]

#: Waits that a test can bear.
LIMITS = NetworkLimits(read=60, deadline=60, backoff=0.02, attempts=3, parallel=4)
#: Each store by each way of writing to it.
WAYS = ("oxigraph-update", "oxigraph-gsp", "virtuoso-update", "virtuoso-gsp")


class Push(Protocol):
    """Pushes with the state of the test; keywords are those of `Plan`."""

    def __call__(
        self,
        parcels: Iterable[Parcel | Bundle],
        to: str,
        *,
        query: str | None = None,
        via: str | None = None,
        limits: NetworkLimits = LIMITS,
        state: str = "state",
        **plan: Any,
    ) -> PushResult: ...


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No state, no password and no netrc of whoever runs the tests."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "user-state"))
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("LOD_PUSH_USER", "LOD_PUSH_PASSWORD", "NETRC"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def pushed(tmp_path: Path) -> Push:
    """Pushes publications and gives the result."""

    def run(
        parcels: Iterable[Parcel | Bundle],
        to: str,
        *,
        query: str | None = None,
        via: str | None = None,
        limits: NetworkLimits = LIMITS,
        state: str = "state",
        **plan: Any,
    ) -> PushResult:
        # Left to itself, a push to the updates of Virtuoso goes by its graphs.
        via = via or ("update" if to.endswith("/sparql-auth") else "auto")
        target = Target(to, query, Via(via), limits=limits)
        settings = Plan(**plan)
        with (
            State(tmp_path / f"{state}.sqlite", read_only=settings.dry_run) as remembered,
            Store(target, need_query=settings.check) as store,
        ):
            return push(parcels, store, remembered, settings)

    return run


@pytest.fixture(params=WAYS)
def way(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> tuple[RunningStore, str]:
    """A real store, and the address by which it is written to."""
    name, _, via = request.param.partition("-")
    store: RunningStore = request.getfixturevalue(name)
    log_in(store, monkeypatch)
    return store, store.update if via == "update" else store.graph_store


@pytest.fixture
def proxy(oxigraph: RunningStore) -> Iterator[Proxy]:
    """A server in front of an oxigraph that does wrong what a test tells it to."""
    with faulty(oxigraph) as server:
        yield server


def log_in(store: RunningStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the user of a store into the environment."""
    if store.user is not None and store.password is not None:
        monkeypatch.setenv("LOD_PUSH_USER", store.user)
        monkeypatch.setenv("LOD_PUSH_PASSWORD", store.password)


def held(store: RunningStore, beginning: str) -> dict[str, set[pyoxigraph.Triple]]:
    """What a store holds in the graphs whose IRIs have a beginning, read without lod.

    At most 10,000 triples: more Virtuoso does not give.
    """
    answer = _ask(
        store,
        "SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } "
        f'FILTER(STRSTARTS(STR(?g), "{beginning}")) }}',
    )
    # The older name of a type, which Virtuoso still uses.
    text = answer.text.replace('"type": "typed-literal"', '"type": "literal"')
    format_ = pyoxigraph.QueryResultsFormat.JSON
    found: dict[str, set[pyoxigraph.Triple]] = {}
    rows = pyoxigraph.parse_query_results(text.encode(), format=format_)
    assert isinstance(rows, pyoxigraph.QuerySolutions)
    for row in rows:
        graph, triple = row["g"], pyoxigraph.Triple(row["s"], row["p"], row["o"])
        found.setdefault(graph.value, set()).add(triple)
    return found


def select(store: RunningStore, query: str) -> list[dict[str, str]]:
    """The rows of a query, asked without lod."""
    answer = _ask(store, query)
    rows = answer.json()["results"]["bindings"]
    return [{name: cell["value"] for name, cell in row.items()} for row in rows]


def _ask(store: RunningStore, query: str) -> requests.Response:
    answer = requests.post(
        store.query,
        data={"query": query},
        headers={"Accept": "application/sparql-results+json"},
        timeout=60,
    )
    answer.raise_for_status()
    return answer


def meant(parcels: Iterable[Parcel]) -> dict[str, set[pyoxigraph.Triple]]:
    """What a store should hold of publications."""
    format_ = pyoxigraph.RdfFormat.N_TRIPLES
    return {
        graph: {quad.triple for quad in pyoxigraph.parse("\n".join(lines).encode(), format=format_)}
        for one in parcels
        for graph, lines in one.graphs.items()
    }
