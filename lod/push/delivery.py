"""Brings one publication to a store, and looks whether it arrived."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from lod.http.errors import NetworkError
from lod.push.parcel import Agreement, Parcel, Step, compare, step
from lod.push.state import Pushed
from lod.push.store import Store

#: With these a store refuses one publication, and may well take the next.
_OF_ONE = {400, 409, 413, 414, 422, 500}
_SHOWN = 3


class Action(StrEnum):
    """What became of a publication, or would."""

    UNCHANGED = "unchanged"
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    FAILED = "failed"


class Problem(Struct, frozen=True):
    """A publication that is not in the store as it should be.

    Attributes:
        kind: "refused", "differs" or "still-there".
        base: of the publication.
        message: what is wrong, in words.
        examples: lines that show it.
    """

    kind: str
    base: str
    message: str
    examples: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """As plain JSON data."""
        return {
            "kind": self.kind,
            "publication": self.base,
            "message": self.message,
            "examples": list(self.examples),
        }


class Outcome(Struct, frozen=True):
    """What became of one publication.

    Attributes:
        base: its base IRI.
        action: what was done.
        digest: of what it should be, "" where it is removed.
        graphs: the graphs that it has now.
        quads: how many quads it has.
        sizes: how many triples the store has in each of the graphs, as far as it was looked.
        gone: graphs that were taken out.
        one_step: whether it was replaced as one step; None where nothing was written.
        agreements: of its graphs, where they were read back.
        problems: what is wrong.
        version: of the release that it is, or None.
        since: the version of the release that the store had, where only the difference was sent.
        step: that difference.
    """

    base: str
    action: Action
    digest: str
    graphs: tuple[str, ...]
    quads: int
    sizes: tuple[int, ...] = ()
    gone: tuple[str, ...] = ()
    one_step: bool | None = None
    agreements: tuple[Agreement, ...] = ()
    problems: tuple[Problem, ...] = ()
    version: str | None = None
    since: str | None = None
    step: Step | None = None

    def as_dict(self) -> dict[str, Any]:
        """As plain JSON data."""
        data: dict[str, Any] = {"publication": self.base, "action": str(self.action)}
        if self.version is not None:
            data["release"] = self.version
        if self.step is not None:
            data["change"] = {
                "since": self.since,
                "deleted": self.step.lines_deleted,
                "added": self.step.lines_added,
            }
        if self.digest:
            data |= {"quads": self.quads, "graphs": list(self.graphs), "sha256": self.digest}
        if self.gone:
            data["graphs_removed"] = list(self.gone)
        if self.one_step is not None:
            data["one_step"] = self.one_step
        return data


class Delivery(Struct, frozen=True):
    """Brings publications to a store. Several threads may use it.

    Args:
        store: the store.
        check: whether to read back what was sent.
        dry_run: whether to change nothing.
        fresh: whether to send also what the store has already.
    """

    store: Store
    check: bool = True
    dry_run: bool = False
    fresh: bool = False

    def deliver(
        self,
        parcel: Parcel,
        known: Pushed | None,
        gone: tuple[str, ...],
        counts: Mapping[str, int] | None,
    ) -> Outcome:
        """Make the store have a publication as it is.

        Args:
            parcel: the publication.
            known: what is known of it in the store.
            gone: graphs that the store has of it and that it has no more.
            counts: how many triples its graphs have in the store, where the store tells.

        Returns:
            What was done, or in a dry run what would be.

        Raises:
            NetworkError: the store cannot be written or read.
        """
        there = self._looks_there(parcel, known, counts)
        if not gone and not self.fresh and there is not None:
            if there == ():
                return _outcome(parcel, Action.UNCHANGED)
            if all(agreement.is_fine for agreement in there):
                outcome = _outcome(parcel, Action.UNCHANGED, agreements=there)
                return replace(outcome, sizes=_sizes(parcel, parcel.graphs, there))
        is_new = not (counts or (known and known.digest) or any(a.found for a in there or ()))
        outcome = _outcome(parcel, Action.ADDED if is_new else Action.CHANGED, gone=gone)
        older = None if is_new else self._older_there(parcel, known, counts)
        if older is not None:
            outcome = replace(outcome, since=older.version, step=step(older, parcel))
        if self.dry_run:
            return outcome
        try:
            return self._change(parcel, outcome) or self._replace(parcel, outcome)
        except NetworkError as error:
            if error.status not in _OF_ONE:
                raise
            said = error.message if error.hint is None else f"{error.message}; {error.hint}"
            problem = Problem("refused", parcel.base, said)
            return _outcome(parcel, Action.FAILED, problems=(problem,))

    def _change(self, parcel: Parcel, outcome: Outcome) -> Outcome | None:
        """Send what differs; None where that was not enough, or is more than the store takes."""
        change = outcome.step
        if change is None:
            return None
        one_step = self.store.writer.change(parcel, change)
        if one_step is None:
            return None
        outcome = replace(outcome, one_step=one_step)
        if not self.check:
            return outcome
        agreements = self._read_back(parcel, change.touched)
        is_fine = all(agreement.is_fine for agreement in agreements)
        if not is_fine or self.still_there(parcel.base, outcome.gone):
            return None
        sizes = _sizes(parcel, change.touched, agreements)
        return replace(outcome, agreements=agreements, sizes=sizes)

    def _replace(self, parcel: Parcel, outcome: Outcome) -> Outcome:
        """Send all of it."""
        outcome = replace(outcome, since=None, step=None)
        one_step = self.store.writer.replace(parcel, outcome.gone)
        outcome = replace(outcome, one_step=one_step)
        if not self.check:
            return outcome
        agreements = self._read_back(parcel, parcel.graphs)
        problems = [
            _difference(parcel.base, graph, agreement)
            for graph, agreement in zip(parcel.graphs, agreements, strict=True)
            if not agreement.is_fine
        ]
        problems += self.still_there(parcel.base, outcome.gone)
        return replace(
            outcome,
            action=Action.FAILED if problems else outcome.action,
            agreements=agreements,
            sizes=_sizes(parcel, parcel.graphs, agreements),
            problems=tuple(problems),
        )

    def remove(self, base: str, graphs: tuple[str, ...]) -> Outcome:
        """Take a publication out of the store.

        Raises:
            NetworkError: the store cannot be written or read.
        """
        problems: list[Problem] = []
        if not self.dry_run:
            self.store.writer.remove(graphs)
            if self.check:
                problems = self.still_there(base, graphs)
        action = Action.FAILED if problems else Action.REMOVED
        return Outcome(base, action, "", (), 0, gone=graphs, problems=tuple(problems))

    def still_there(self, base: str, graphs: tuple[str, ...]) -> list[Problem]:
        """Those graphs of a publication that were taken out and are still there.

        Raises:
            NetworkError: the store cannot be read.
        """
        counts = self.store.reader.counts(graphs) if graphs else {}
        if counts is None:
            counts = {graph: len(self.store.reader.fetch(graph)) for graph in graphs}
        return [
            Problem(
                "still-there",
                base,
                f"the store has {counts[graph]:,} triples in <{graph}>, which it said is removed",
            )
            for graph in graphs
            if counts.get(graph)
        ]

    def _looks_there(
        self, parcel: Parcel, known: Pushed | None, counts: Mapping[str, int] | None
    ) -> tuple[Agreement, ...] | None:
        """Whether the store may have the publication as it is, by the cheapest sign that is enough.

        Returns:
            () where it was found there earlier and the counts still agree; what comparing it
            showed; None where it is certainly not there.
        """
        if self.fresh:
            return None
        is_known = known is not None and known.digest == parcel.digest
        if not self.store.reader.can_read:  # then nothing but what is remembered can say so
            return () if is_known else None
        if counts is not None:
            same = all(counts.get(graph, 0) == len(lines) for graph, lines in parcel.graphs.items())
            if is_known and same:
                return ()
            # A store that keeps values has fewer triples where two literals have one value.
            if not (same or is_known) or not all(counts.get(graph) for graph in parcel.graphs):
                return None
        elif known is not None and not is_known:
            return None
        return self._read_back(parcel, parcel.graphs)

    def _older_there(
        self, parcel: Parcel, known: Pushed | None, counts: Mapping[str, int] | None
    ) -> Parcel | None:
        """The newest of the older releases that the store has as it was; None where it has none.

        The last push from here found it there, and the counts agree; or, where nothing is known of
        the publication here, comparing all of its graphs shows that it is there.
        """
        if self.fresh or counts is None:
            return None
        for older in parcel.older():
            if counts != {graph: len(lines) for graph, lines in older.graphs.items()}:
                continue
            if known is not None and known.digest is not None:
                if known.digest == older.digest:
                    return older
            elif all(one.is_fine for one in self._read_back(older, older.graphs)):
                return older
        return None

    def _read_back(self, parcel: Parcel, graphs: Iterable[str]) -> tuple[Agreement, ...]:
        reader = self.store.reader
        return tuple(
            compare(parcel.graphs[graph], reader.fetch(graph, parcel.graphs[graph]))
            for graph in graphs
        )


def _outcome(
    parcel: Parcel,
    action: Action,
    *,
    gone: tuple[str, ...] = (),
    agreements: tuple[Agreement, ...] = (),
    problems: tuple[Problem, ...] = (),
) -> Outcome:
    return Outcome(
        parcel.base,
        action,
        parcel.digest,
        tuple(parcel.graphs),
        parcel.quads,
        _sizes(parcel),
        gone,
        agreements=agreements,
        problems=problems,
        version=parcel.version,
    )


def _sizes(
    parcel: Parcel, graphs: Iterable[str] = (), agreements: Iterable[Agreement] = ()
) -> tuple[int, ...]:
    """How many triples each graph has: as many as were found, or were sent where nobody looked."""
    found = {graph: one.found for graph, one in zip(graphs, agreements, strict=True)}
    return tuple(found.get(graph, len(lines)) for graph, lines in parcel.graphs.items())


def _difference(base: str, graph: str, agreement: Agreement) -> Problem:
    missing, unexpected = agreement.missing, agreement.unexpected
    words = [
        f"{len(missing):,} of {agreement.sent:,} triples are missing" if missing else "",
        f"{len(unexpected):,} are there that were not sent" if unexpected else "",
    ]
    return Problem(
        "differs",
        base,
        f"<{graph}> is not as it was sent: {' and '.join(filter(None, words))}",
        (
            *(f"missing: {line}" for line in missing[:_SHOWN]),
            *(f"not sent: {line}" for line in unexpected[:_SHOWN]),
        ),
    )
