"""Pushes publications to a store: what is new, changed or gone, a few at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import Any

from msgspec import Struct, field

from lod.push.delivery import Action, Delivery, Outcome, Problem
from lod.push.parcel import DATASET, Bundle, Parcel, check_default_graph, graph_for
from lod.push.state import Pushed, State
from lod.push.store import Store

#: How many publications are asked for at once: one query for all of them.
_TOGETHER = 40
#: After so many failures in a row, nobody can believe in the rest.
_GIVE_UP = 10
_EXAMPLES = 5
_MOST_LISTED = 1000


class Plan(Struct, frozen=True):
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


class PushResult(Struct):
    """What a push did.

    Attributes:
        target: the address that was pushed to.
        via: "gsp" or "update".
        query: where queries were answered, or None.
        why: why it went that way, where the push chose between two.
        dry_run: whether nothing was written.
        check: whether what was sent was read back.
        publications: how many were met.
        quads: how many quads they have.
        counts: how many publications there are of each action.
        graphs_removed: how many graphs were taken out.
        one_step: publications that were replaced as one step.
        several_steps: publications that took more than one.
        unread: publications of files that were not read, since the last push brought all of them,
            and the store has as many graphs of each size as it had then.
        by_difference: releases of which only what differs from an older one was sent.
        checked_quads: quads that were read back and compared.
        rewritten: literals that the store keeps in another form, the same by value.
        repeated: publications with the base of another one; only the first was pushed.
        is_complete: whether the push went to its end.
        problems: what is wrong.
    """

    target: str
    via: str
    query: str | None
    dry_run: bool
    check: bool
    why: str | None = None
    publications: int = 0
    quads: int = 0
    counts: dict[Action, int] = field(default_factory=lambda: dict.fromkeys(Action, 0))
    graphs_removed: int = 0
    one_step: int = 0
    several_steps: int = 0
    unread: int = 0
    by_difference: int = 0
    checked_quads: int = 0
    rewritten: int = 0
    repeated: int = 0
    is_complete: bool = True
    problems: list[Problem] = field(default_factory=list)
    rewritten_examples: list[tuple[str, str]] = field(default_factory=list)
    listed: list[Outcome] = field(default_factory=list)
    _unlisted: int = 0

    @property
    def is_fine(self) -> bool:
        """Whether the store has everything as it should be."""
        return self.is_complete and not self.problems

    def add(self, outcome: Outcome) -> None:
        """Count what became of a publication."""
        self.counts[outcome.action] += 1
        if outcome.action is not Action.REMOVED:
            self.publications += 1
            self.quads += outcome.quads
        self.graphs_removed += len(outcome.gone)
        if outcome.one_step is not None:
            self.one_step += outcome.one_step
            self.several_steps += not outcome.one_step
        self.by_difference += outcome.step is not None
        self.problems.extend(outcome.problems)
        for agreement in outcome.agreements:
            self.checked_quads += agreement.found
            self.rewritten += len(agreement.rewritten)
            free = _EXAMPLES - len(self.rewritten_examples)
            self.rewritten_examples.extend(agreement.rewritten[:free])
        if outcome.action is not Action.UNCHANGED:
            if len(self.listed) < _MOST_LISTED:
                self.listed.append(outcome)
            else:
                self._unlisted += 1

    def add_unread(self, publications: int, quads: int) -> None:
        """Count the publications of a file that was not read."""
        self.counts[Action.UNCHANGED] += publications
        self.publications += publications
        self.quads += quads
        self.unread += publications

    def as_dict(self) -> dict[str, Any]:
        """The report as plain JSON data."""
        return {
            "to": self.target,
            "via": self.via,
            **({} if self.why is None else {"why": self.why}),
            "query": self.query,
            "dry_run": self.dry_run,
            "publications": self.publications,
            "quads": self.quads,
            **{str(action): self.counts[action] for action in Action},
            "graphs_removed": self.graphs_removed,
            "repeated": self.repeated,
            "one_step": self.one_step,
            "several_steps": self.several_steps,
            "by_difference": self.by_difference,
            "unread": self.unread,
            "check": {
                "quads": self.checked_quads,
                # Where nothing was asked of it, the store said nothing.
                "agrees": (
                    self.is_fine if self.check and not self.dry_run and self.publications else None
                ),
                "literals_rewritten": self.rewritten,
                "examples": [{"sent": old, "kept": new} for old, new in self.rewritten_examples],
            },
            "complete": self.is_complete,
            "problems": [problem.as_dict() for problem in self.problems],
            "changes": [outcome.as_dict() for outcome in self.listed],
            "changes_left_out": self._unlisted,
        }


def push(
    parcels: Iterable[Parcel | Bundle],
    store: Store,
    state: State,
    plan: Plan,
    progress: Callable[[PushResult], None] | None = None,
) -> PushResult:
    """Make a store have publications as they are.

    A push that was stopped at any moment is taken up by the next one: what arrived is found to be
    there, what did not is sent.

    Args:
        parcels: the publications, or files of them; of those with one base only the first counts.
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
        self._with_releases: list[str] = []
        self._has_begun = False
        self._is_as_it_was: bool | None = None
        self.result = PushResult(
            store.target.address,
            store.writer.name,
            store.reader.query,
            plan.dry_run,
            plan.check,
            store.chosen,
        )

    def go(self, parcels: Iterable[Parcel | Bundle]) -> PushResult:
        waiting: deque[Future[Outcome]] = deque()
        pool = ThreadPoolExecutor(self._plan.parallel, thread_name_prefix="lod-push")
        try:
            for parcel, known, gone, counts in self._planned(parcels):
                self._has_begun = True
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
        if self.result.is_complete:
            self._prune()
        self._state.forget_bundles()
        return self.result

    def _ask_for_sizes(self) -> bool:
        """Whether the store has as many graphs of each size as after the last push.

        That is one question whatever the number of publications. One that was emptied, or restored
        from a backup, or in which somebody dropped a graph, answers otherwise.
        """
        # What this push itself changes would be counted too.
        if self._plan.fresh or self._has_begun or not self._state.has_bundles():
            return False
        known = self._state.sizes()
        return known is not None and self._store.reader.sizes(known[0]) == known[1]

    def _read(self, items: Iterable[Parcel | Bundle]) -> Iterator[Parcel]:
        """The publications of those files that have to be read, each base once."""
        for item in items:
            if isinstance(item, Parcel):
                if self._is_first(item):
                    yield item
                continue
            if self._is_as_it_was is None:
                self._is_as_it_was = self._ask_for_sizes()
            seen = self._state.see_bundle(item.digest) if self._is_as_it_was else None
            if seen is not None:
                self.result.add_unread(*seen)
                if self._progress is not None:
                    self._progress(self.result)
                continue
            members: dict[str, str] = {}
            repeated = self.result.repeated
            for parcel in item.read():
                if self._is_first(parcel):
                    members[parcel.base] = parcel.digest
                    yield parcel
            if repeated == self.result.repeated:
                self._state.add_bundle(item.digest, members)

    def _is_first(self, parcel: Parcel) -> bool:
        is_first = self._state.see(parcel.base)
        self.result.repeated += not is_first
        return is_first

    def _planned(
        self, items: Iterable[Parcel | Bundle]
    ) -> Iterator[tuple[Parcel, Pushed | None, tuple[str, ...], dict[str, int] | None]]:
        """Each publication with what is known of it, the graphs that it lost, and its counts."""
        source = self._read(items)
        while fresh := list(islice(source, _TOGETHER)):
            known = {parcel.base: self._state.find(parcel.base) for parcel in fresh}
            names: dict[str, None] = {}
            for parcel in fresh:
                names.update(dict.fromkeys(parcel.graphs))
                if (pushed := known[parcel.base]) is not None:
                    names.update(dict.fromkeys(pushed.graphs))
            counts = self._store.reader.counts(list(names))
            self._with_releases += [one.base for one in fresh if one.has_releases]
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
                may_be = dict.fromkeys((*outcome.graphs, *(known.graphs if known else ())))
                self._state.begin(outcome.base, tuple(may_be))
            else:
                graphs = dict(zip(outcome.graphs, outcome.sizes, strict=True))
                self._state.finish(outcome.base, outcome.digest, graphs, outcome.quads)
        if self._progress is not None:
            self._progress(self.result)

    def _prune(self) -> None:
        """Take out older releases that are not to be kept; all that is gone, where that is wanted.

        What was kept of a publication by an earlier push stands beside it, below `release/`.
        """
        beginnings = [""] if self._plan.prune else [f"{b}release/" for b in self._with_releases]
        if not beginnings:
            return
        for base, known in self._state.unseen():
            if not base.startswith(tuple(beginnings)):
                continue
            outcome = self._delivery.remove(base, known.graphs)
            self.result.add(outcome)
            if not self._plan.dry_run and outcome.action is Action.REMOVED:
                self._state.forget(base)
            if self._progress is not None:
                self._progress(self.result)
