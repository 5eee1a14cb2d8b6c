"""A large dataset in portions that can be validated one by one, with the results of the whole.

What shapes ask of a claim, of its anchors and of its values is found in the triples of its
statement, in what these name, and in the vocabulary. Only claims that name other claims, or are
named by them, have to be seen together. What else there is, entities and metadata, says nothing of
a claim, and is a portion of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lod.patterns import lazy

if TYPE_CHECKING:
    from lod.rdf.dataset import Dataset

#: Text of statements that a portion has at most, in code points, unless their claims need more.
MOST = 4_000_000

_OBJECT = lazy(r"> (<[^>]*>) \.\n")


@dataclass(frozen=True, slots=True)
class Portion:
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
    linked = {id_ for line in rest.linked for id_ in _ids(line, claims)}
    for text in dataset.each_statement():
        own = _id(text, len(claims))
        if others := set(refers.findall(text)) - {own}:
            linked |= others | {own}
    group: list[str] = []
    together = list(rest.linked)
    size = 0
    for text in dataset.each_statement():
        if _id(text, len(claims)) in linked:
            together.append(text)
            continue
        if group and size + len(text) > most:
            yield Portion("".join(group) + rest.named_in(group), claims, of_claims=True)
            group, size = [], 0
        group.append(text)
        size += len(text)
    for last in (group, together):
        if last:
            yield Portion("".join(last) + rest.named_in(last), claims, of_claims=True)
    yield Portion(rest.text, claims, of_claims=False)


def _id(text: str, start: int) -> str:
    """The id of the claim whose IRI goes on at `start`."""
    end = text.index(">", start)
    slash = text.find("/", start, end)
    return text[start : end if slash < 0 else slash]


def _ids(line: str, claims: str) -> Iterator[str]:
    at = line.find(claims)
    while at >= 0:
        yield _id(line, at + len(claims))
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
