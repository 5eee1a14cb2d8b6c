"""A large dataset in portions that can be validated one by one, with the results of the whole.

What shapes ask of a claim, of its anchors and of its values is found in the triples of its
statement, in what these name, and in the vocabulary. Only claims that name other claims, or are
named by them, have to be seen together. What else there is, entities and metadata, says nothing of
a claim, and is a portion of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from msgspec import Struct

from lod.patterns import lazy
from lod.rdf.dataset import first_segment

if TYPE_CHECKING:
    from lod.rdf.dataset import Dataset

#: Text of statements that a portion has at most, in code points, unless their claims need more.
MOST = 4_000_000

_OBJECT = lazy(r"> (<[^>]*>) \.\n")


class Portion(Struct, frozen=True):
    """Data for one run of an engine.

    Attributes:
        text: canonical N-Triples lines.
        claims: how the claims' nodes begin, as tokens.
        of_claims: whether the results count that are about claims' nodes; else those about others.
    """

    text: str
    claims: str
    of_claims: bool

    def counts(self, focus_node: str) -> bool:
        """Whether a result about a node counts in this portion; in another one it is seen whole."""
        return focus_node.startswith(self.claims) is self.of_claims


def portions(dataset: Dataset, most: int = MOST) -> Iterator[Portion]:
    """Divide a dataset.

    Args:
        dataset: one that knows where its statements are.
        most: how much text of statements is put together, in code points.
    """
    claims = f"<{dataset.base}claim/"
    refers = re.compile(f"> {re.escape(claims)}([^/>]+)")
    rest = _Rest(dataset.rest(), dataset.graphs.values(), claims)
    linked = _Linked()
    for line in rest.linked:
        linked.join(_ids(line, claims))
    owns = []
    for text in dataset.each_statement():
        owns.append(own := first_segment(text, len(claims)))
        if others := set(refers.findall(text)) - {own}:
            linked.join((own, *others))
    groups = _Groups(linked, owns)
    for line in rest.linked:
        groups.add_line(next(_ids(line, claims)), line)
    group: list[str] = []
    size = 0
    statements = map(groups.add, owns, dataset.each_statement())
    for texts in chain(statements, map(_Groups.rest, [groups])):
        more = sum(map(len, texts))
        if group and size + more > most:
            yield Portion("".join(group) + rest.named_in(group), claims, of_claims=True)
            group, size = [], 0
        group += texts
        size += more
    if group:
        yield Portion("".join(group) + rest.named_in(group), claims, of_claims=True)
    yield Portion(rest.text, claims, of_claims=False)


class _Linked:
    """Which claims have to be seen together: those that name each other, or that others join."""

    def __init__(self) -> None:
        self._next: dict[str, str] = {}

    def join(self, ids: Iterable[str]) -> None:
        """Note that some claims have to be seen together."""
        first, *others = (self.one_of(id_) for id_ in ids)
        self._next.setdefault(first, first)
        for other in others:
            self._next[self.one_of(other)] = self.one_of(first)

    def one_of(self, id_: str) -> str:
        """The claim that stands for all that have to be seen together with a claim."""
        while (following := self._next.get(id_, id_)) != id_:
            self._next[id_] = id_ = self._next[following]
        return id_

    def __contains__(self, id_: str) -> bool:
        return id_ in self._next


class _Groups:
    """Statements that have to be seen together, until all of them have come.

    Args:
        linked: which ones have to.
        ids: the id of the first claim of each statement.
    """

    def __init__(self, linked: _Linked, ids: Iterable[str]) -> None:
        self._linked = linked
        self._missing = Counter(linked.one_of(id_) for id_ in ids if id_ in linked)
        self._texts: dict[str, list[str]] = {}

    def add_line(self, id_: str, line: str) -> None:
        """Add a line of no statement that names a claim."""
        self._texts.setdefault(self._linked.one_of(id_), []).append(line)

    def add(self, id_: str, text: str) -> list[str]:
        """Add a statement; what is complete with it."""
        if id_ not in self._linked:
            return [text]
        one = self._linked.one_of(id_)
        self._missing[one] -= 1
        self._texts.setdefault(one, []).append(text)
        return [] if self._missing[one] else self._texts.pop(one)

    def rest(self) -> list[str]:
        """The lines that name no claim that there is."""
        return [line for lines in self._texts.values() for line in lines]


def _ids(line: str, claims: str) -> Iterator[str]:
    at = line.find(claims)
    while at >= 0:
        yield first_segment(line, at + len(claims))
        at = line.find(claims, at + 1)


class _Rest:
    """What is no statement: entities, metadata, and the graphs of what is reported.

    Attributes:
        text: its lines, without those that name claims.
        linked: the lines that name claims.
    """

    def __init__(self, parts: Iterable[str], graphs: Iterable[str], claims: str) -> None:
        self.linked: list[str] = []
        lines = self._without(parts, claims)
        reported = self._without(graphs, claims)
        self.text = "".join((*lines, *reported))
        self._said = _by_subject(lines)
        self._reported = _by_subject(reported)

    def _without(self, texts: Iterable[str], claims: str) -> list[str]:
        lines = [f"{line} .\n" for text in texts for line in text.split(" .\n")[:-1]]
        self.linked += [line for line in lines if claims in line]
        return [line for line in lines if claims not in line]

    def named_in(self, parts: Iterable[str]) -> str:
        """All that is said of what some lines name, of what that names, and so on."""
        known = self._said.keys() | self._reported.keys()
        found: dict[str, None] = {}
        new = {one for part in parts for one in _OBJECT.findall(part)} & known
        while new:
            found |= dict.fromkeys(sorted(new))
            lines = "".join(self._said.get(one, "") for one in new)
            new = (set(_OBJECT.findall(lines)) & known) - found.keys()
        return "".join(self._said.get(one, "") + self._reported.get(one, "") for one in found)


def _by_subject(lines: Iterable[str]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for line in lines:
        found.setdefault(line[: line.index(" ")], []).append(line)
    return {subject: "".join(some) for subject, some in found.items()}
