"""What a push did, and what it found."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from lod.push.agreement import Agreement

_EXAMPLES = 5
_MOST_LISTED = 1000


class Action(StrEnum):
    """What became of a publication, or would."""

    UNCHANGED = "unchanged"
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Problem:
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


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one publication.

    Attributes:
        base: its base IRI.
        action: what was done.
        digest: of what it should be, "" where it is removed.
        graphs: the graphs that it has now.
        quads: how many quads it has.
        gone: graphs that were taken out.
        one_step: whether it was replaced as one step; None where nothing was written.
        agreements: of its graphs, where they were read back.
        problems: what is wrong.
    """

    base: str
    action: Action
    digest: str
    graphs: tuple[str, ...]
    quads: int
    gone: tuple[str, ...] = ()
    one_step: bool | None = None
    agreements: tuple[Agreement, ...] = ()
    problems: tuple[Problem, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """As plain JSON data."""
        data: dict[str, Any] = {"publication": self.base, "action": str(self.action)}
        if self.digest:
            data |= {"quads": self.quads, "graphs": list(self.graphs), "sha256": self.digest}
        if self.gone:
            data["graphs_removed"] = list(self.gone)
        if self.one_step is not None:
            data["one_step"] = self.one_step
        return data


@dataclass(slots=True)
class PushResult:
    """What a push did.

    Attributes:
        target: the address that was pushed to.
        via: "gsp" or "update".
        query: where queries were answered, or None.
        dry_run: whether nothing was written.
        check: whether what was sent was read back.
        publications: how many were met.
        quads: how many quads they have.
        counts: how many publications there are of each action.
        graphs_removed: how many graphs were taken out.
        one_step: publications that were replaced as one step.
        several_steps: publications that took more than one.
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
    publications: int = 0
    quads: int = 0
    counts: dict[Action, int] = field(default_factory=lambda: dict.fromkeys(Action, 0))
    graphs_removed: int = 0
    one_step: int = 0
    several_steps: int = 0
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

    def as_dict(self) -> dict[str, Any]:
        """The report as plain JSON data."""
        return {
            "to": self.target,
            "via": self.via,
            "query": self.query,
            "dry_run": self.dry_run,
            "publications": self.publications,
            "quads": self.quads,
            **{str(action): self.counts[action] for action in Action},
            "graphs_removed": self.graphs_removed,
            "repeated": self.repeated,
            "one_step": self.one_step,
            "several_steps": self.several_steps,
            "check": {
                "quads": self.checked_quads,
                "agrees": self.is_fine if self.check and not self.dry_run else None,
                "literals_rewritten": self.rewritten,
                "examples": [{"sent": old, "kept": new} for old, new in self.rewritten_examples],
            },
            "complete": self.is_complete,
            "problems": [problem.as_dict() for problem in self.problems],
            "changes": [outcome.as_dict() for outcome in self.listed],
            "changes_left_out": self._unlisted,
        }
