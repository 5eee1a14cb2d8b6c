"""Pushes publications to a store: what is new, changed or gone, a few at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice

from lod.push.delivery import Delivery
from lod.push.parcel import DATASET, Parcel, check_default_graph, graph_for
from lod.push.result import Action, Outcome, PushResult
from lod.push.state import Pushed, State
from lod.push.store import Store

#: How many publications are asked for at once: one query for all of them.
_TOGETHER = 40
#: After so many failures in a row, nobody can believe in the rest.
_GIVE_UP = 10


@dataclass(frozen=True, slots=True)
class Plan:
    """How to push.

    Attributes:
        default_graph: IRI of the graph for a publication's default graph, `{base}` for its base.
        prune: whether to remove publications that earlier pushes brought and that are gone.
        dry_run: whether to change nothing.
        fresh: whether to send also what the store has already.
        check: whether to read back what was sent.
        parallel: how many publications are on their way at once.
    """

    default_graph: str = DATASET
    prune: bool = False
    dry_run: bool = False
    fresh: bool = False
    check: bool = True
    parallel: int = 2


def push(
    parcels: Iterable[Parcel],
    store: Store,
    state: State,
    plan: Plan,
    progress: Callable[[PushResult], None] | None = None,
) -> PushResult:
    """Make a store have publications as they are.

    A push that was stopped at any moment is taken up by the next one: what arrived is found to be
    there, what did not is sent.

    Args:
        parcels: the publications; of those with one base only the first counts.
        store: the store.
        state: what earlier pushes brought to it.
        plan: how to push.
        progress: called after each publication.

    Returns:
        What was done, or in a dry run what would be.

    Raises:
        InputError: the rule for the default graph is none.
        NetworkError: the store cannot be reached, or refuses everything. What was done until then
            stays, and the next push goes on from there.
    """
    check_default_graph(plan.default_graph)
    return _Push(store, state, plan, progress).go(parcels)


class _Push:
    def __init__(
        self,
        store: Store,
        state: State,
        plan: Plan,
        progress: Callable[[PushResult], None] | None,
    ) -> None:
        self._store = store
        self._state = state
        self._plan = plan
        self._progress = progress
        self._delivery = Delivery(store, check=plan.check, dry_run=plan.dry_run, fresh=plan.fresh)
        self._failures = 0
        self.result = PushResult(
            store.target.address,
            store.writer.name,
            store.reader.query,
            plan.dry_run,
            plan.check,
        )

    def go(self, parcels: Iterable[Parcel]) -> PushResult:
        waiting: deque[Future[Outcome]] = deque()
        pool = ThreadPoolExecutor(self._plan.parallel, thread_name_prefix="lod-push")
        try:
            for parcel, known, gone, counts in self._planned(parcels):
                if not self._plan.dry_run:
                    before = known.graphs if known else ()
                    graphs = dict.fromkeys((*parcel.graphs, *before, *gone))
                    if known is None or known.digest != parcel.digest or gone:
                        self._state.begin(parcel.base, tuple(graphs))
                waiting.append(pool.submit(self._delivery.deliver, parcel, known, gone, counts))
                while len(waiting) > 2 * self._plan.parallel:
                    self._take(waiting.popleft().result())
                if self._failures >= _GIVE_UP:
                    self.result.is_complete = False
                    break
            while waiting:
                self._take(waiting.popleft().result())
        finally:
            pool.shutdown(cancel_futures=True)
        if self._plan.prune and self.result.is_complete:
            self._prune()
        return self.result

    def _planned(
        self, parcels: Iterable[Parcel]
    ) -> Iterator[tuple[Parcel, Pushed | None, tuple[str, ...], dict[str, int] | None]]:
        """Each publication with what is known of it, the graphs that it lost, and its counts."""
        source = iter(parcels)
        while some := list(islice(source, _TOGETHER)):
            fresh = [parcel for parcel in some if self._state.see(parcel.base)]
            self.result.repeated += len(some) - len(fresh)
            known = {parcel.base: self._state.find(parcel.base) for parcel in fresh}
            names: dict[str, None] = {}
            for parcel in fresh:
                names.update(dict.fromkeys(parcel.graphs))
                if (pushed := known[parcel.base]) is not None:
                    names.update(dict.fromkeys(pushed.graphs))
            counts = self._store.reader.counts(list(names))
            for parcel in fresh:
                pushed = known[parcel.base]
                own = self._graphs_there(parcel, pushed, counts)
                mine = None
                if counts is not None:
                    mine = {graph: counts[graph] for graph in own if graph in counts}
                gone = tuple(graph for graph in own if graph not in parcel.graphs)
                yield parcel, pushed, gone, mine

    def _graphs_there(
        self, parcel: Parcel, known: Pushed | None, counts: dict[str, int] | None
    ) -> list[str]:
        """The graphs of a publication that the store has, as far as can be known."""
        graphs = dict.fromkeys((*parcel.graphs, *(known.graphs if known else ())))
        dataset = graph_for(parcel.base, self._plan.default_graph)
        if known is None and counts and dataset in counts:
            described = self._store.reader.described(dataset, f"{parcel.base}reported/")
            found = self._store.reader.counts([name for name in described if name not in graphs])
            counts.update(found or {})
            graphs |= dict.fromkeys(found or {})
        if counts is None:
            return list(graphs)
        return [graph for graph in graphs if graph in counts]

    def _take(self, outcome: Outcome) -> None:
        """Note what became of a publication."""
        self.result.add(outcome)
        self._failures = self._failures + 1 if outcome.action is Action.FAILED else 0
        if not self._plan.dry_run:
            if outcome.action is Action.FAILED:
                known = self._state.find(outcome.base)
                graphs = dict.fromkeys((*outcome.graphs, *(known.graphs if known else ())))
                self._state.begin(outcome.base, tuple(graphs))
            else:
                self._state.finish(outcome.base, outcome.digest, outcome.graphs, outcome.quads)
        if self._progress is not None:
            self._progress(self.result)

    def _prune(self) -> None:
        for base, known in self._state.unseen():
            outcome = self._delivery.remove(base, known.graphs)
            self.result.add(outcome)
            if not self._plan.dry_run and outcome.action is Action.REMOVED:
                self._state.forget(base)
            if self._progress is not None:
                self._progress(self.result)
